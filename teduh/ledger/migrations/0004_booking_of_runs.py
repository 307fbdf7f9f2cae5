"""Results of runs over everyone, booked: who proposed and approved, piece by piece; and the returns on savings."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import teduh.core.fields
from django.conf import settings
from django.db import migrations, models

from teduh.core.guards import append_only


#: A partition for each booking, made by the journey that books it.
ACCRUALS = """
CREATE TABLE ledger_accrual (
    party bigint NOT NULL,
    booking_id bigint NOT NULL,
    entry_id bigint NOT NULL,
    "on" date NOT NULL,
    month date NOT NULL,
    fund varchar(3) NOT NULL,
    debit_id bigint NOT NULL,
    credit_id bigint NOT NULL,
    amount bigint NOT NULL,
    carried bigint NOT NULL,
    CONSTRAINT accrual_once_for_a_booking PRIMARY KEY (party, booking_id),
    CONSTRAINT accrual_not_negative CHECK (amount >= 0 AND carried >= 0),
    CONSTRAINT accrual_moves_somewhere CHECK (debit_id <> credit_id)
) PARTITION BY LIST (booking_id)
"""

#: Every movement in the books: postings, and returns on savings, whose number is the party's, below zero.
MOVED = """
CREATE VIEW ledger_moved AS
SELECT id, entry_id, "on", fund, debit_id, credit_id, amount, party, month, articles FROM ledger_posting
UNION ALL
SELECT -party, entry_id, "on", fund, debit_id, credit_id, amount, party, month, ARRAY[]::varchar(80)[]
FROM ledger_accrual
"""

RETURNS = ("JHT:returns", "JHT", "expense", "Hasil pengembangan bagi peserta JHT", "Returns credited to JHT members")


def chart(apps, _schema_editor):
    code, fund, kind, id_, en = RETURNS
    apps.get_model("ledger", "Account").objects.create(code=code, fund=fund, kind=kind, name_id=id_, name_en=en)


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0003_employers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Accrual',
            fields=[
                ('pk', models.CompositePrimaryKey('party', 'booking', blank=True, editable=False, primary_key=True, serialize=False)),
                ('party', models.BigIntegerField()),
                ('on', models.DateField()),
                ('month', teduh.core.fields.MonthField()),
                ('fund', models.CharField(choices=[('KOL', 'Penampungan'), ('JKK', 'Jaminan Kecelakaan Kerja'), ('JKM', 'Jaminan Kematian'), ('JHT', 'Jaminan Hari Tua'), ('JP', 'Jaminan Pensiun'), ('JKP', 'Jaminan Kehilangan Pekerjaan')], max_length=3)),
                ('amount', teduh.core.fields.Rupiah()),
                ('carried', models.BigIntegerField()),
            ],
            options={
                'db_table': 'ledger_accrual',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Booking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('accrue', 'Hasil pengembangan JHT'), ('assess', 'Iuran yang diharapkan')], max_length=6)),
                ('month', teduh.core.fields.MonthField()),
                ('stamp', models.CharField(max_length=64)),
                ('target', models.CharField(max_length=500)),
                ('rows', models.BigIntegerField()),
                ('amount', teduh.core.fields.Rupiah()),
                ('shards', models.IntegerField()),
                ('said', models.JSONField()),
                ('articles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('state', models.CharField(choices=[('ready', 'Siap diusulkan'), ('proposed', 'Diusulkan'), ('approved', 'Disetujui'), ('booked', 'Dibukukan'), ('replaced', 'Digantikan'), ('rejected', 'Ditolak')], max_length=8)),
                ('entry', models.BigIntegerField(null=True)),
                ('why', models.CharField(max_length=200)),
                ('proposed_on', models.DateField(null=True)),
                ('decided_on', models.DateField(null=True)),
                ('booked_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='booking_month_is_a_month'), models.UniqueConstraint(condition=models.Q(('state', 'rejected'), _negated=True), fields=('stamp',), name='booking_of_results_once'), models.UniqueConstraint(condition=models.Q(('kind', 'accrue'), models.Q(('state', 'rejected'), _negated=True)), fields=('month',), name='booking_of_returns_once_a_year'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'accrue'), _negated=True), ('decided_by', None), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='booking_takes_two_people'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'accrue'), ('state__in', ['approved', 'booked']), _negated=True), models.Q(('decided_by__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='booking_of_returns_names_two'), models.CheckConstraint(condition=models.Q(('kind__in', ['accrue', 'assess'])), name='booking_kind_is_known'), models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'proposed', 'approved', 'booked', 'replaced', 'rejected'])), name='booking_state_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('stamp', models.CharField(max_length=32)),
                ('rows', models.BigIntegerField()),
                ('amount', teduh.core.fields.Rupiah()),
                ('by', models.CharField(max_length=150)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('booking', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='ledger.booking')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('booking', 'number'), name='piece_is_booked_once')],
            },
        ),
        append_only("ledger_piece"),
        migrations.RunSQL(ACCRUALS, "DROP TABLE ledger_accrual"),
        append_only("ledger_accrual"),
        migrations.RunSQL(MOVED, "DROP VIEW ledger_moved"),
        migrations.RunPython(chart, migrations.RunPython.noop),
    ]
