"""Where numbers of placements and matters come from, and what is only ever added."""

from django.db import migrations

from teduh.core.guards import append_only

NUMBERS = """
CREATE SEQUENCE migrants_placement_number START 2600000001 MAXVALUE 9999999999;
CREATE SEQUENCE migrants_matter_number START 1000001 MAXVALUE 9999999;
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0001_initial")]
    operations = [
        migrations.RunSQL(
            NUMBERS, "DROP SEQUENCE migrants_placement_number; DROP SEQUENCE migrants_matter_number;"
        ),
        append_only("migrants_event"),
        append_only("migrants_matterentry"),
    ]
