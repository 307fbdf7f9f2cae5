"""Cover from several sources at once: spans of one person, programme and source never overlap."""

from django.db import migrations

BY_PROGRAMME = """
ALTER TABLE coverage_span ADD CONSTRAINT span_no_overlap EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int4range(hashtext(programme), hashtext(programme), '[]') WITH &&,
    daterange(starts, grace_until, '[]') WITH &&
)
"""

BY_SOURCE = """
ALTER TABLE coverage_span DROP CONSTRAINT span_no_overlap;
ALTER TABLE coverage_span ADD CONSTRAINT span_no_overlap EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int4range(hashtext(programme || segment), hashtext(programme || segment), '[]') WITH &&,
    int8range(coalesce(employment_id, project_id, 0), coalesce(employment_id, project_id, 0), '[]') WITH &&,
    daterange(starts, grace_until, '[]') WITH &&
)
"""


class Migration(migrations.Migration):
    dependencies = [("coverage", "0003_wage_earners")]
    operations = [
        migrations.RunSQL(BY_SOURCE, "ALTER TABLE coverage_span DROP CONSTRAINT span_no_overlap;" + BY_PROGRAMME),
    ]
