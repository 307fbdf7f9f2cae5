"""Where member numbers come from: ten digits in order, and a check digit that the registry adds."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE registry_member_number START 2600000001 MAXVALUE 9999999999",
            "DROP SEQUENCE registry_member_number",
        ),
    ]
