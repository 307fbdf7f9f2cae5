"""Writing wage earners' spans: one of JKK and one of JKM for each employment, from what its employer paid.

The law is asked once for each pattern of days and paid months, however many workers share it. JHT and JP are accounts:
their standing is what was paid in, so nothing of them is stored here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from teduh.core import holidays, sql
from teduh.law import protection
from teduh.law.months import Month

PROGRAMMES = ("JKK", "JKM")

#: Workers by what decides their cover. A month is paid once any of its protection was settled; what an amendment asks
#: for later is a debt about the wage, not about the month. A month amended down to nothing was not worked. OFFSET 0
#: keeps each step an index look-up, also over rows of this transaction that PostgreSQL has not counted yet.
PATTERNS = """
WITH asked AS (
    SELECT unnest(%(employments)s::bigint[]) AS id
    UNION
    SELECT l.employment_id FROM contributions_wagedue d
    CROSS JOIN LATERAL (SELECT employment_id FROM employers_wageline WHERE id = d.line_id OFFSET 0) l
    WHERE d.bill_id = ANY(%(bills)s::bigint[])
    UNION
    SELECT employment_id FROM employers_wageline WHERE wage_return_id = ANY(%(returns)s::bigint[])
), workers AS (
    SELECT a.id, p.person, greatest(e.started_on, e.registered_on) AS registered, e.ended_on, m.first, m.months
    FROM asked a
    CROSS JOIN LATERAL (
        SELECT person_id, started_on, registered_on, ended_on FROM employers_employment WHERE id = a.id OFFSET 0) e
    CROSS JOIN LATERAL (
        SELECT coalesce(merged_into_id, id) AS person FROM registry_person WHERE id = e.person_id OFFSET 0) p
    CROSS JOIN LATERAL (
        SELECT min(paid.first) AS first, array_agg((extract(year FROM paid.month) * 12
            + extract(month FROM paid.month) - 1)::int ORDER BY paid.month) AS months
        FROM (
            SELECT d.month, min(d.protection_on) AS first FROM employers_wageline l
            CROSS JOIN LATERAL (
                SELECT month, protection_on, jkk, jkm FROM contributions_wagedue WHERE line_id = l.id OFFSET 0) d
            WHERE l.employment_id = a.id
            GROUP BY d.month HAVING min(d.protection_on) IS NOT NULL AND sum(d.jkk + d.jkm) > 0
        ) paid
    ) m
)
SELECT registered, ended_on, first, months, array_agg(id ORDER BY id), array_agg(person ORDER BY id)
FROM workers GROUP BY registered, ended_on, first, months
"""

#: Only what differs is written.
WRITE = """
INSERT INTO coverage_span AS s (person_id, programme, segment, employment_id, starts, paid_until, due_until,
    grace_until, ends, articles)
SELECT w.person, t.programme, 'PU', w.employment, t.starts, t.paid_until, t.due_until, t.grace_until, t.ends,
    string_to_array(t.articles, chr(31))
FROM unnest(%s::int[], %s::bigint[], %s::bigint[]) AS w(pattern, employment, person)
JOIN unnest(%s::int[], %s::text[], %s::date[], %s::date[], %s::date[], %s::date[], %s::date[], %s::text[])
    AS t(pattern, programme, starts, paid_until, due_until, grace_until, ends, articles) ON t.pattern = w.pattern
ORDER BY w.employment, t.programme
ON CONFLICT (employment_id, programme) WHERE employment_id IS NOT NULL DO UPDATE SET person_id = excluded.person_id,
    starts = excluded.starts, paid_until = excluded.paid_until, due_until = excluded.due_until,
    grace_until = excluded.grace_until, ends = excluded.ends, articles = excluded.articles
WHERE (s.person_id, s.starts, s.paid_until, s.due_until, s.grace_until, s.ends, s.articles) IS DISTINCT FROM
    (excluded.person_id, excluded.starts, excluded.paid_until, excluded.due_until, excluded.grace_until,
     excluded.ends, excluded.articles)
"""

BETWEEN = "\x1f"


def recompute(
    *, bills: Iterable[int] = (), returns: Iterable[int] = (), employments: Iterable[int] = (), on: dt.date
) -> int:
    """Bring cover in line with what is settled, of all workers on these bills and returns and of these employments.

    How many spans changed. At most three statements, however many workers; what is right is not written again.
    """
    asked = {"bills": sorted(set(bills)), "returns": sorted(set(returns)), "employments": sorted(set(employments))}
    if not any(asked.values()):
        return 0
    wanted: list[tuple[Any, ...]] = []
    workers: tuple[list[int], list[int], list[int]] = ([], [], [])
    gone: list[int] = []
    for number, (registered, ended, first, months, ids, persons) in enumerate(sql.rows(PATTERNS, asked)):
        rows = _rows(registered, ended, first, months) if first else []
        if not rows:
            gone += ids
            continue
        wanted += [(number, *row) for row in rows]
        for column, values in zip(workers, ([number] * len(ids), ids, persons), strict=True):
            column.extend(values)
    written = sql.run("DELETE FROM coverage_span WHERE employment_id = ANY(%s)", [gone]) if gone else 0
    return written + (sql.run(WRITE, [*workers, *sql.columns(wanted, 8)]) if wanted else 0)


def _rows(registered: dt.date, ended: dt.date | None, first: dt.date, months: list[int]) -> list[tuple[Any, ...]]:
    """The law's spans for one pattern, as the table holds them."""
    paid = [protection.Paid(Month.numbered(serial), first) for serial in months]
    days_off = holidays.between(min(registered.year, months[0] // 12), max(first.year, months[-1] // 12 + 1) + 1)
    rows = []
    for programme in PROGRAMMES:
        starts, _ = protection.cover_starts(
            segment="wage_earner", programme=programme, registered_on=registered, first_paid_on=first
        )
        for span in protection.wage_earner(
            programme=programme, starts=starts, ends=ended, paid=paid, holidays=days_off
        ):
            due = max(span.paid_until, span.due_until)
            rows.append((programme, span.starts, span.paid_until, due, max(due, span.grace_until), ended,
                         BETWEEN.join(span.articles)))  # fmt: skip
    return rows
