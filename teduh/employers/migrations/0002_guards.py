"""What the tables of employers cannot do: change what was filed or declared, or employ somebody twice at once."""

from django.db import migrations

from teduh.core.guards import append_only

NO_OVERLAP = """
ALTER TABLE employers_employment ADD CONSTRAINT employment_never_twice_at_once EXCLUDE USING gist (
    int8range(employer_id, employer_id, '[]') WITH &&,
    int8range(person_id, person_id, '[]') WITH &&,
    daterange(started_on, ended_on, '[]') WITH &&
)
"""

NUMBERS = """
CREATE SEQUENCE employers_npp START 1000001 MAXVALUE 9999999;
CREATE SEQUENCE employers_project_number START 100001;
CREATE SEQUENCE employers_case_number START 100001;
CREATE SEQUENCE employers_report_number START 100001;
"""

NO_NUMBERS = """
DROP SEQUENCE employers_npp; DROP SEQUENCE employers_project_number;
DROP SEQUENCE employers_case_number; DROP SEQUENCE employers_report_number;
"""


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_initial")]
    operations = [
        migrations.RunSQL(NO_OVERLAP, "ALTER TABLE employers_employment DROP CONSTRAINT employment_never_twice_at_once"),
        migrations.RunSQL(NUMBERS, NO_NUMBERS),
        append_only("employers_profile"),
        append_only("employers_riskclass"),
        append_only("employers_wagefile"),
        append_only("employers_wageline"),
        append_only("employers_step"),
    ]
