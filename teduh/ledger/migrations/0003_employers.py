"""Accounts of what employers owe: assessed and not yet paid, credits, penalties, and JKP's part from the State."""

from django.db import migrations

PROGRAMMES = ("JKK", "JKM", "JHT", "JP")

ACCOUNTS = [
    ("KOL:employers", "KOL", "asset", "Piutang iuran pemberi kerja", "Contributions receivable from employers"),
    ("KOL:credits", "KOL", "liability", "Kelebihan iuran pemberi kerja", "Employers' credits"),
    *[
        (f"KOL:assessed:{p}", "KOL", "liability", f"Iuran {p} ditetapkan, belum diterima", f"{p} assessed, not yet received")
        for p in PROGRAMMES
    ],
    ("KOL:assessed:denda", "KOL", "liability", "Denda ditetapkan, belum diterima", "Penalties assessed, not yet received"),
    *[(f"{p}:penalties", p, "income", f"Denda keterlambatan {p}", f"{p} late penalties") for p in PROGRAMMES],
    ("JKP:government", "JKP", "asset", "Piutang iuran JKP dari Pemerintah", "JKP contribution due from the State"),
]


def chart(apps, _schema_editor):
    apps.get_model("ledger", "Account").objects.bulk_create(
        [
            apps.get_model("ledger", "Account")(code=c, fund=f, kind=k, name_id=i, name_en=e)
            for c, f, k, i, e in ACCOUNTS
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guards")]
    operations = [migrations.RunPython(chart, migrations.RunPython.noop)]
