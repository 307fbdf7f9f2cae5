"""What employers owe and are late with, by month and programme: contributions of wages and of projects, without
penalties.

For compliance: one statement for any number of employers. Which day a month falls due is the law's.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from teduh.core import holidays, sql
from teduh.law import due
from teduh.law.months import Month

PROGRAMMES = ("JKK", "JKM", "JHT", "JP")

OPEN = """
SELECT employer_id, month, sum(jkk)::bigint, sum(jkm)::bigint, sum(jht)::bigint, sum(jp)::bigint, NULL::date FROM (
    SELECT employer_id, month,
        CASE WHEN protection_on IS NULL THEN jkk ELSE 0 END AS jkk,
        CASE WHEN protection_on IS NULL THEN jkm ELSE 0 END AS jkm,
        CASE WHEN savings_on IS NULL THEN jht_employer + jht_worker ELSE 0 END AS jht,
        CASE WHEN savings_on IS NULL THEN jp_employer + jp_worker ELSE 0 END AS jp
    FROM contributions_wagedue
    WHERE (protection_on IS NULL OR savings_on IS NULL) AND month < %(on)s
        AND (%(employers)s::bigint[] IS NULL OR employer_id = ANY(%(employers)s))
) w GROUP BY 1, 2
UNION ALL
SELECT p.employer_id, d.month, d.jkk, d.jkm, 0, 0, d.due_on
FROM contributions_projectdue d JOIN employers_project p ON p.id = d.project_id
WHERE d.settled_on IS NULL AND d.withdrawn_on IS NULL AND d.due_on < %(on)s
    AND (%(employers)s::bigint[] IS NULL OR p.employer_id = ANY(%(employers)s))
"""


@dataclass(slots=True)
class Arrears:
    """An employer's arrears on a day: rupiah by programme, and by month the sum."""

    programmes: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PROGRAMMES, 0))
    months: dict[Month, int] = field(default_factory=dict)

    @property
    def amount(self) -> int:
        return sum(self.programmes.values())

    @property
    def oldest(self) -> Month | None:
        return min(self.months, default=None)

    def in_a_row(self, last: Month) -> int:
        """Months in arrears without a gap, counted back from `last`."""
        count = 0
        while last.plus(-count) in self.months:
            count += 1
        return count


@functools.lru_cache(maxsize=2_000)
def due_on(month: Month) -> dt.date:
    """The last day to pay a month's contributions of wages."""
    return due.due_date("JKK", "wage_earner", month, holidays=holidays.between(month.year, month.year + 1)).date


def last_due(*, on: dt.date) -> Month:
    """The newest month whose last day to pay has passed."""
    month = Month.of(on).plus(-1)
    while due_on(month) >= on:
        month = month.plus(-1)
    return month


def arrears(*, employers: Sequence[int] | None, on: dt.date) -> dict[int, Arrears]:
    """Employer -> what is past its day and not paid; of all employers where None. Nothing owed: left out."""
    ids = sorted(set(employers)) if employers is not None else None
    found: dict[int, Arrears] = defaultdict(Arrears)
    for employer, day, *sums, project_due in sql.rows(OPEN, {"employers": ids, "on": on}):
        month = Month.of(day)
        if (project_due or due_on(month)) >= on or not sum(sums):
            continue
        one = found[employer]
        for programme, amount in zip(PROGRAMMES, sums, strict=True):
            one.programmes[programme] += amount
        one.months[month] = one.months.get(month, 0) + sum(sums)
    return {employer: one for employer, one in found.items() if one.amount > 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBill:
    """A bill of an employer that is not paid, with the code that pays it."""

    number: str
    code: str
    kind: str
    amount: int


def open_bills(*, employer: int, limit: int = 50) -> tuple[OpenBill, ...]:
    """An employer's bills that are open or paid in part, oldest first; `amount` is what each asked for."""
    found = sql.rows(
        "SELECT number, code, kind, amount FROM payments_bill WHERE employer_id = %s AND state IN ('open', 'part') "
        "ORDER BY id LIMIT %s",
        [employer, limit],
    )
    return tuple(OpenBill(number=row[0], code=row[1], kind=row[2], amount=row[3]) for row in found)
