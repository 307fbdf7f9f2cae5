"""The audit cannot be edited."""

from django.db import migrations

from teduh.core.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("security", "0001_initial")]
    operations = [append_only("security_event"), append_only("security_seal")]
