"""What the ranking of employers rests on, gathered for all of them at once: a constant number of statements.

What they owe is not here but above (`contributions`); the journey puts both together.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from typing import Any

from teduh.core import sql
from teduh.law.months import Month

#: Who an employer is now; the seat's activity and class, and the lowest class declared for a listed activity.
FIRMS = """
WITH classes AS (
    SELECT DISTINCT ON (w.id) w.employer_id, w.number, r.activity, r.risk_class, a.risk_class AS listed
    FROM employers_worksite w JOIN employers_riskclass r ON r.worksite_id = w.id
    LEFT JOIN employers_activity a ON a.name_id = r.activity
    WHERE w.closed_on IS NULL AND r.from_month <= %(on)s ORDER BY w.id, r.from_month DESC, r.id DESC
), profiles AS (
    SELECT DISTINCT ON (employer_id) employer_id, size, programmes FROM employers_profile WHERE from_month <= %(on)s
    ORDER BY employer_id, from_month DESC, id DESC
), since AS (SELECT employer_id, min(from_month) AS first FROM employers_profile GROUP BY 1),
sites AS (
    SELECT employer_id, min(activity) FILTER (WHERE number = 1) AS activity,
        min(risk_class) FILTER (WHERE risk_class < listed) AS declared,
        max(listed) FILTER (WHERE risk_class < listed) AS listed
    FROM classes GROUP BY 1
)
SELECT e.id, e.npp, e.name, e.region_id, coalesce(g.name, ''), coalesce(s.activity, ''), coalesce(p.size, ''),
    coalesce(p.programmes, '{}'), since.first, s.declared, s.listed,
    EXISTS (SELECT FROM employers_case c WHERE c.employer_id = e.id AND c.state = 'open'), e.legal_form
FROM employers_employer e
LEFT JOIN profiles p ON p.employer_id = e.id LEFT JOIN since ON since.employer_id = e.id
LEFT JOIN sites s ON s.employer_id = e.id LEFT JOIN registry_region g ON g.code = left(e.region_id, 5)
WHERE (e.ended_on IS NULL OR e.ended_on >= %(on)s) AND (%(only)s::bigint IS NULL OR e.id = %(only)s)
ORDER BY e.id
"""

#: Every filed month of the last thirteen: when it was first filed, and how many workers its last version has.
RETURNS = """
SELECT employer_id, month, min(filed_on), (array_agg(workers ORDER BY version DESC))[1]
FROM employers_wagereturn
WHERE state = 'filed' AND month >= %(since)s AND month <= %(last)s
    AND (%(only)s::bigint IS NULL OR employer_id = %(only)s)
GROUP BY 1, 2
"""

EVER = """
SELECT employer_id, count(DISTINCT month) FROM employers_wagereturn
WHERE state = 'filed' AND (%(only)s::bigint IS NULL OR employer_id = %(only)s) GROUP BY 1
"""

#: The wages of everybody's last filed month. A minimum is the district's, else the province's.
WAGES = """
WITH last AS (
    SELECT employer_id, max(month) AS month FROM employers_wagereturn
    WHERE state = 'filed' AND kind <> 'nil' AND month >= %(since)s AND month <= %(last)s
        AND (%(only)s::bigint IS NULL OR employer_id = %(only)s) GROUP BY 1
), minimum AS (
    SELECT DISTINCT ON (region_id) region_id, amount FROM employers_minimumwage WHERE from_day <= %(on)s
    ORDER BY region_id, from_day DESC
), sites AS (
    SELECT w.id, coalesce(d.amount, p.amount) AS least FROM employers_worksite w
    LEFT JOIN minimum d ON d.region_id = left(w.region_id, 5) LEFT JOIN minimum p ON p.region_id = left(w.region_id, 2)
), lines AS (
    SELECT r.employer_id, l.wage, l.variable, s.least
    FROM last JOIN employers_wagereturn r ON r.employer_id = last.employer_id AND r.month = last.month
        AND r.state = 'filed'
    JOIN employers_wageline l ON l.wage_return_id = r.id JOIN sites s ON s.id = l.worksite_id
    WHERE NOT l.withdrawn AND NOT EXISTS (SELECT FROM employers_wageline n WHERE n.replaces_id = l.id)
), alike AS (
    SELECT DISTINCT ON (employer_id) employer_id, wage, count(*) AS count FROM lines GROUP BY 1, 2
    ORDER BY employer_id, count(*) DESC, wage
)
SELECT l.employer_id, count(*), count(*) FILTER (WHERE abs(l.wage - l.least) * 100 <= l.least), count(l.least),
    sum(l.wage)::bigint, sum(l.variable)::bigint, min(a.count), min(a.wage)
FROM lines l JOIN alike a ON a.employer_id = l.employer_id GROUP BY 1
"""

REPORTS = """
SELECT employer_id, kind, count(*) FROM employers_workerreport
WHERE employer_id IS NOT NULL AND told_on > %(year_ago)s AND (%(only)s::bigint IS NULL OR employer_id = %(only)s)
GROUP BY 1, 2
"""


def gather(*, last: Month, on: dt.date, only: int | None = None) -> tuple[list[tuple[Any, ...]], Mapping[str, Any]]:
    """Rows of `FIRMS`, and by name what the others say of each employer. `last`: the newest month that is due."""
    asked = {"on": on, "only": only, "last": last.first, "since": last.plus(-12).first,
             "year_ago": on - dt.timedelta(days=365)}  # fmt: skip
    returns: dict[int, dict[Month, tuple[dt.date, int]]] = {}
    for employer, month, filed_on, workers in sql.rows(RETURNS, asked):
        returns.setdefault(employer, {})[_month(month)] = (filed_on, workers)
    reports: dict[int, dict[str, int]] = {}
    for employer, kind, count in sql.rows(REPORTS, asked):
        reports.setdefault(employer, {})[kind] = count
    rest = {
        "returns": returns,
        "ever": dict(sql.rows(EVER, asked)),
        "wages": {row[0]: row[1:] for row in sql.rows(WAGES, asked)},
        "reports": reports,
    }
    return sql.rows(FIRMS, asked), rest


@functools.lru_cache(maxsize=1_000)
def _month(day: dt.date) -> Month:
    """There are thirteen months and very many rows."""
    return Month.of(day)


def median(values: Sequence[int]) -> int | None:
    """The middle one, the lower of two."""
    ordered = sorted(values)
    return ordered[(len(ordered) - 1) // 2] if ordered else None
