"""One person's spans by one programme never overlap. Works on plain PostgreSQL, without btree_gist."""

from django.db import migrations

NO_OVERLAP = """
ALTER TABLE coverage_span ADD CONSTRAINT span_no_overlap EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int4range(hashtext(programme), hashtext(programme), '[]') WITH &&,
    daterange(starts, grace_until, '[]') WITH &&
)
"""


class Migration(migrations.Migration):
    dependencies = [("coverage", "0001_initial")]
    operations = [
        migrations.RunSQL(NO_OVERLAP, "ALTER TABLE coverage_span DROP CONSTRAINT span_no_overlap"),
    ]
