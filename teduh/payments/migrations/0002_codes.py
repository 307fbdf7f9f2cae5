"""Where bill numbers and payment codes come from: one sequence of ten digits."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE payments_bill_serial START 1 MAXVALUE 9999999999 CACHE 1",
            "DROP SEQUENCE payments_bill_serial",
        ),
    ]
