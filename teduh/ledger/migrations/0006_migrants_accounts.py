"""Accounts of migrants' JKK and JKM: one fund for both, because no text splits their fee (Permenaker 4/2023 Pasal 18)."""

from django.db import migrations

ACCOUNTS = [
    ("KOL:due:PMI", "KOL", "liability", "Terutang ke JKK dan JKM pekerja migran", "Owed to JKK and JKM of migrants"),
    ("PMI:collection", "PMI", "asset", "Piutang pada penampungan", "Due from collection"),
    ("PMI:contributions", "PMI", "income", "Iuran JKK dan JKM pekerja migran", "Migrants' contributions to JKK and JKM"),
]


def chart(apps, _schema_editor):
    apps.get_model("ledger", "Account").objects.bulk_create(
        [
            apps.get_model("ledger", "Account")(code=c, fund=f, kind=k, name_id=i, name_en=e)
            for c, f, k, i, e in ACCOUNTS
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_migrants")]
    operations = [migrations.RunPython(chart, migrations.RunPython.noop)]
