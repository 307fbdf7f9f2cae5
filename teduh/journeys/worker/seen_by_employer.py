"""One worker as his employer sees him: the months filed there, what they cost and when they were paid. Nothing of other
employers, and nothing of what he told in confidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from teduh.core import sql
from teduh.employers import queries
from teduh.law.months import Month
from teduh.security.access import Actor

#: All versions of a month together; paid once every part of them is.
SUMS = """
SELECT d.month, sum(d.jkk + d.jkm + d.jht_employer + d.jht_worker + d.jp_employer + d.jp_worker)::bigint,
    CASE WHEN bool_and((d.jkk + d.jkm = 0 OR d.protection_on IS NOT NULL) AND
        (d.jht_employer + d.jht_worker + d.jp_employer + d.jp_worker = 0 OR d.savings_on IS NOT NULL))
    THEN max(greatest(d.protection_on, d.savings_on)) END
FROM contributions_wagedue d JOIN employers_wageline l ON l.id = d.line_id WHERE l.employment_id = %s GROUP BY d.month
"""


@dataclass(frozen=True)
class MonthHere(queries.WageMonth):
    """A month's wage here, what was owed for it in all (the worker's share included), and when all of it was paid."""

    total: int = 0
    paid_on: dt.date | None = None


def worker(*, by: Actor, employer: int, employment: int, on: dt.date, why: str = "") -> queries.Worker:
    """The worker with his `MonthHere`s, the newest first; masked and recorded."""
    found = queries.worker(by=by, employer=employer, employment=employment, on=on, why=why)
    sums = {Month.of(month): rest for month, *rest in sql.rows(SUMS, [employment])}
    months = tuple(MonthHere(**vars(one), **_sum(sums.get(one.month))) for one in found.months)
    return replace(found, months=months)


def _sum(found: list | None) -> dict[str, object]:
    return {"total": found[0], "paid_on": found[1]} if found else {}
