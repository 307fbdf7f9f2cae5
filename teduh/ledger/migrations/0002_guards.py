"""What the books' tables cannot do: change, be deleted, or move money between two funds in one posting."""

from django.db import migrations

from teduh.core.guards import append_only

ONE_FUND = """
ALTER TABLE ledger_posting
    ADD CONSTRAINT posting_debit_in_fund FOREIGN KEY (debit_id, fund) REFERENCES ledger_account (id, fund),
    ADD CONSTRAINT posting_credit_in_fund FOREIGN KEY (credit_id, fund) REFERENCES ledger_account (id, fund)
"""
ANY_FUND = "ALTER TABLE ledger_posting DROP CONSTRAINT posting_debit_in_fund, DROP CONSTRAINT posting_credit_in_fund"

ACCOUNTS = [
    ("KOL:bank", "KOL", "asset", "Kas di bank", "Cash at bank"),
    ("KOL:suspense", "KOL", "liability", "Penerimaan belum teridentifikasi", "Unallocated receipts"),
    ("KOL:refunds", "KOL", "liability", "Utang pengembalian", "Refunds payable"),
    ("KOL:recoverable", "KOL", "asset", "Piutang atas penerimaan yang ditarik bank", "Recoverable from payers"),
    *[
        row
        for fund in ("JKK", "JKM", "JHT", "JP", "JKP")
        for row in (
            (f"KOL:due:{fund}", "KOL", "liability", f"Utang kepada dana {fund}", f"Due to the {fund} fund"),
            (f"{fund}:collection", fund, "asset", "Piutang pada penampungan", "Due from collection"),
        )
    ],
    *[(f"{fund}:contributions", fund, "income", f"Iuran {fund}", f"{fund} contributions") for fund in ("JKK", "JKM", "JP", "JKP")],
    ("JHT:members", "JHT", "liability", "Tabungan peserta JHT", "Members' JHT savings"),
]


def chart(apps, _schema_editor):
    apps.get_model("ledger", "Account").objects.bulk_create(
        [
            apps.get_model("ledger", "Account")(code=c, fund=f, kind=k, name_id=i, name_en=e)
            for c, f, k, i, e in ACCOUNTS
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(ONE_FUND, ANY_FUND),
        append_only("ledger_entry"),
        append_only("ledger_posting"),
        migrations.RunPython(chart, migrations.RunPython.noop),
    ]
