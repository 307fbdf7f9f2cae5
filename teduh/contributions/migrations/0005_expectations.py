"""What everyone is expected to pay for a month: partitioned by month, append-only, each partition filled aside."""

import teduh.core.fields
from django.db import migrations, models

from teduh.core.guards import append_only


EXPECTATIONS = """
CREATE TABLE contributions_expectation (
    source bigint NOT NULL,
    month date NOT NULL,
    booking bigint NOT NULL,
    jkk bigint NOT NULL,
    jkm bigint NOT NULL,
    jht_employer bigint NOT NULL,
    jht_worker bigint NOT NULL,
    jp_employer bigint NOT NULL,
    jp_worker bigint NOT NULL,
    jkp_from_jkk bigint NOT NULL,
    jkp_from_jkm bigint NOT NULL,
    jkp_state bigint NOT NULL,
    abroad bigint NOT NULL,
    total bigint NOT NULL,
    segment smallint NOT NULL,
    refused smallint NOT NULL,
    CONSTRAINT expectation_once_for_a_month PRIMARY KEY (source, segment, month),
    CONSTRAINT expectation_not_negative CHECK (total >= 0),
    CONSTRAINT expectation_adds_up CHECK (
        total = jkk + jkm + jht_employer + jht_worker + jp_employer + jp_worker + abroad
    ),
    CONSTRAINT expectation_segment_is_known CHECK (segment BETWEEN 1 AND 4)
) PARTITION BY LIST (month)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0004_credits_spent_and_reliefs_lost'),
    ]

    operations = [
        migrations.CreateModel(
            name='Expectation',
            fields=[
                ('pk', models.CompositePrimaryKey('source', 'segment', 'month', blank=True, editable=False, primary_key=True, serialize=False)),
                ('month', teduh.core.fields.MonthField()),
                ('booking', models.BigIntegerField()),
                ('segment', models.SmallIntegerField()),
                ('source', models.BigIntegerField()),
                ('jkk', teduh.core.fields.Rupiah()),
                ('jkm', teduh.core.fields.Rupiah()),
                ('jht_employer', teduh.core.fields.Rupiah()),
                ('jht_worker', teduh.core.fields.Rupiah()),
                ('jp_employer', teduh.core.fields.Rupiah()),
                ('jp_worker', teduh.core.fields.Rupiah()),
                ('jkp_from_jkk', teduh.core.fields.Rupiah()),
                ('jkp_from_jkm', teduh.core.fields.Rupiah()),
                ('jkp_state', teduh.core.fields.Rupiah()),
                ('abroad', teduh.core.fields.Rupiah()),
                ('total', teduh.core.fields.Rupiah()),
                ('refused', models.SmallIntegerField()),
            ],
            options={
                'db_table': 'contributions_expectation',
                'ordering': ['month', 'segment', 'source'],
                'managed': False,
            },
        ),
        migrations.RunSQL(EXPECTATIONS, "DROP TABLE contributions_expectation"),
        append_only("contributions_expectation"),
    ]
