"""An employment has one span of a programme, by a unique key; the exclusion guards all other sources.

A unique key is asked once and cheaply for each of an employer's 100,000 workers; a range in a GiST index is not.
"""

from django.db import migrations, models

BY_SOURCE = """
ALTER TABLE coverage_span DROP CONSTRAINT span_no_overlap;
ALTER TABLE coverage_span ADD CONSTRAINT span_no_overlap EXCLUDE USING gist (
    int8range(person_id, person_id, '[]') WITH &&,
    int4range(hashtext(programme || segment), hashtext(programme || segment), '[]') WITH &&,
    int8range(coalesce({source}, 0), coalesce({source}, 0), '[]') WITH &&,
    daterange(starts, grace_until, '[]') WITH &&
){where}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("coverage", "0004_sources"),
    ]
    operations = [
        migrations.RemoveIndex(model_name="span", name="span_by_person"),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                fields=["person", "programme", "-starts"],
                include=("paid_until", "due_until", "grace_until", "segment", "ends"),
                name="span_by_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(
                condition=models.Q(("employment__isnull", False)),
                fields=("employment", "programme"),
                name="span_once_for_an_employment",
            ),
        ),
        migrations.RunSQL(
            BY_SOURCE.format(source="project_id", where=" WHERE (employment_id IS NULL)"),
            BY_SOURCE.format(source="employment_id, project_id", where=""),
        ),
    ]
