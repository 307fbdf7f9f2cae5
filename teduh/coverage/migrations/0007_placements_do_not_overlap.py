"""Spans of one placement, programme and phase never overlap: phases of one placement may touch, never repeat."""

from django.db import migrations

BY_SOURCE = """
ALTER TABLE coverage_span DROP CONSTRAINT span_no_overlap;
ALTER TABLE coverage_span ADD CONSTRAINT span_no_overlap EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int4range(hashtext(programme || segment), hashtext(programme || segment), '[]') WITH &&,
    int8range(coalesce({source}, 0), coalesce({source}, 0), '[]') WITH &&,
    daterange(starts, grace_until, '[]') WITH &&
) WHERE (employment_id IS NULL)
"""


class Migration(migrations.Migration):
    dependencies = [("coverage", "0006_placements")]
    operations = [
        migrations.RunSQL(
            BY_SOURCE.format(source="project_id, placement_id"), BY_SOURCE.format(source="project_id")
        ),
    ]
