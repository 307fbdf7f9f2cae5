"""Whether an employer reported one person under two records for the same month."""

from __future__ import annotations

from collections.abc import Collection

from teduh.core import sql
from teduh.law.months import Month

TWICE = """
WITH now AS (
    SELECT l.person_id, r.employer_id, l.month FROM employers_wageline l
    JOIN employers_wagereturn r ON r.id = l.wage_return_id
    WHERE l.person_id = ANY(%(all)s) AND NOT l.withdrawn
      AND NOT EXISTS (SELECT 1 FROM employers_wageline n WHERE n.replaces_id = l.id)
)
SELECT DISTINCT e.name, a.month FROM now a JOIN now b ON b.employer_id = a.employer_id AND b.month = a.month
JOIN employers_employer e ON e.id = a.employer_id
WHERE a.person_id = ANY(%(one)s) AND b.person_id = ANY(%(other)s) ORDER BY a.month, e.name
"""


def reported_twice(*, one: Collection[int], other: Collection[int]) -> tuple[tuple[str, Month], ...]:
    """Employers and months on whose returns, as they stand now, both records are listed."""
    given = {"one": list(one), "other": list(other), "all": [*one, *other]}
    return tuple((name, Month.of(month)) for name, month in sql.rows(TWICE, given))
