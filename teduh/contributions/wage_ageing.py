"""What employers owe on a day, by how late it is: open bills, ageing, months in a row, penalties as of that day.

A constant number of statements, for one employer or all. Months that were never reported are not known here.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from teduh.contributions import penalties
from teduh.core import sql
from teduh.core.text import Text
from teduh.law import penalties as law
from teduh.law.months import Month

#: Months late: not due yet, begun to be 1, 2, 3 months late, and later.
BUCKETS = ("not_due", "1", "2", "3", "more")
BUCKET_NAMES = {
    "not_due": Text("Belum jatuh tempo", "Not due yet"),
    "1": Text("Terlambat 1 bulan", "1 month late"),
    "2": Text("Terlambat 2 bulan", "2 months late"),
    "3": Text("Terlambat 3 bulan", "3 months late"),
    "more": Text("Terlambat lebih dari 3 bulan", "More than 3 months late"),
}
PROGRAMMES = ("JKK", "JKM", "JHT", "JP")

#: Open bills with what is open of them; each is of one month. `filed_on` where an amendment asked.
OPEN = """
SELECT b.id, b.number, b.code, b.employer_id, b.issued_on, o.month, o.filed_on, coalesce(o.jkk, 0)::bigint,
    coalesce(o.jkm, 0)::bigint, coalesce(o.jht, 0)::bigint, coalesce(o.jp, 0)::bigint,
    (SELECT coalesce(sum(p.amount), 0) FROM contributions_penalty p
     WHERE p.charged_on_id = b.id AND p.settled_on IS NULL AND p.cancelled_on IS NULL)::bigint,
    ((SELECT coalesce(sum(s.amount), 0) FROM payments_suspense s
      WHERE s.bill_id = b.id AND s.state = 'open' AND s.reason = 'too_little')
     + (SELECT coalesce(sum(c.amount - c.spent), 0) FROM contributions_credit c
        WHERE c.used_on_id = b.id AND c.cancelled_on IS NULL))::bigint
FROM payments_bill b
LEFT JOIN LATERAL (
    SELECT max(d.month) AS month,
        sum(d.jkk) FILTER (WHERE d.protection_on IS NULL) AS jkk,
        sum(d.jkm) FILTER (WHERE d.protection_on IS NULL) AS jkm,
        sum(d.jht_employer + d.jht_worker) FILTER (WHERE d.savings_on IS NULL) AS jht,
        sum(d.jp_employer + d.jp_worker) FILTER (WHERE d.savings_on IS NULL) AS jp,
        (SELECT CASE WHEN r.version > 1 THEN r.filed_on END FROM employers_wageline l
         JOIN employers_wagereturn r ON r.id = l.wage_return_id WHERE l.id = min(d.line_id)) AS filed_on
    FROM contributions_wagedue d WHERE d.bill_id = b.id HAVING count(*) > 0
) o ON TRUE
WHERE b.kind IN ('wages', 'penalty') AND b.state IN ('open', 'part', 'expired') AND b.employer_id IS NOT NULL
  AND (%(employers)s::bigint[] IS NULL OR b.employer_id = ANY(%(employers)s)) AND b.issued_on <= %(on)s
ORDER BY b.employer_id, o.month, b.id
"""

UNCHARGED = """
SELECT b.employer_id, sum(p.amount)::bigint FROM contributions_penalty p JOIN payments_bill b ON b.id = p.late_bill_id
WHERE p.charged_on_id IS NULL AND p.cancelled_on IS NULL
  AND (%(employers)s::bigint[] IS NULL OR b.employer_id = ANY(%(employers)s)) GROUP BY b.employer_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBill:
    """A bill of wages that is not paid, whole rupiah: open by programme, open penalties, and money kept for it."""

    id: int
    number: str
    code: str
    employer: int
    issued_on: dt.date
    month: Month | None
    filed_on: dt.date | None
    jkk: int
    jkm: int
    jht: int
    jp: int
    penalties: int
    kept: int

    @property
    def by_programme(self) -> dict[str, int]:
        return {"JKK": self.jkk, "JKM": self.jkm, "JHT": self.jht, "JP": self.jp}

    @property
    def contributions(self) -> int:
        return self.jkk + self.jkm + self.jht + self.jp

    @property
    def to_pay(self) -> int:
        return max(0, self.contributions + self.penalties - self.kept)

    def late(self, on: dt.date) -> list[penalties.Charge]:
        """What the law would charge if all that is open were paid on a day."""
        if self.month is None:
            return []
        return penalties.late(contributions=self.by_programme, month=self.month, filed_on=self.filed_on, paid=on)


@dataclass(slots=True)
class Ageing:
    """An employer's open contributions on a day by how late they are. `penalty` is what paying all of it on that day
    would fix; `fixed` is fixed already and not paid. `months` are those in arrears, `in_a_row` the longest run."""

    employer: int
    on: dt.date
    buckets: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BUCKETS, 0))
    months: set[Month] = field(default_factory=set)
    penalty: int = 0
    fixed: int = 0
    to_pay: int = 0
    open_bills: int = 0

    @property
    def total(self) -> int:
        return sum(self.buckets.values())

    @property
    def arrears(self) -> int:
        return self.total - self.buckets["not_due"]

    @property
    def in_a_row(self) -> int:
        return max((_run(self.months, month) for month in self.months), default=0)

    @property
    def oldest(self) -> Month | None:
        return min(self.months, default=None)


def _run(months: set[Month], first: Month) -> int:
    count = 0
    while first.plus(count) in months:
        count += 1
    return count


@functools.lru_cache(maxsize=4_096)
def due_on(programme: str, month: Month, filed_on: dt.date | None = None) -> dt.date:
    """The last day to pay in time."""
    return penalties.due_on(programme=programme, month=month, filed_on=filed_on)


def open_bills(*, employers: Iterable[int] | None, on: dt.date) -> tuple[OpenBill, ...]:
    """Bills of wages and penalties that are not paid; of all employers where None. The oldest month first."""
    names = ("id", "number", "code", "employer", "issued_on", "month", "filed_on", "jkk", "jkm", "jht", "jp",
             "penalties", "kept")  # fmt: skip
    params = {"employers": sorted(set(employers)) if employers is not None else None, "on": on}
    return tuple(
        OpenBill(**{**(told := dict(zip(names, row, strict=True))),
                    "month": Month.of(told["month"]) if told["month"] else None})
        for row in sql.rows(OPEN, params)
    )  # fmt: skip


def ageing(*, employers: Iterable[int] | None, on: dt.date) -> dict[int, Ageing]:
    """Employer -> what he owes by lateness; of all where None. Who owes nothing is left out. Two statements."""
    asked = sorted(set(employers)) if employers is not None else None
    found: dict[int, Ageing] = {}
    for bill in open_bills(employers=asked, on=on):
        one = found.setdefault(bill.employer, Ageing(bill.employer, on))
        one.to_pay += bill.to_pay
        one.open_bills += 1
        one.fixed += bill.penalties
        one.penalty += sum(charge.amount for charge in bill.late(on))
        for programme, amount in bill.by_programme.items():
            if amount and bill.month is not None:
                _age(one, programme, amount, bill, on)
    for employer, amount in sql.rows(UNCHARGED, {"employers": asked}):
        found.setdefault(employer, Ageing(employer, on)).fixed += amount
    return found


def _age(one: Ageing, programme: str, amount: int, bill: OpenBill, on: dt.date) -> None:
    assert bill.month is not None
    late = law.months_late(due=due_on(programme, bill.month, bill.filed_on), paid=on)
    one.buckets["not_due" if not late else str(late) if late <= 3 else "more"] += amount
    if late and amount > 0:
        one.months.add(bill.month)


def total(*, found: dict[int, Ageing]) -> dict[str, int]:
    """The buckets of all together."""
    sums: dict[str, int] = defaultdict(int)
    for one in found.values():
        for bucket, amount in one.buckets.items():
            sums[bucket] += amount
    return {bucket: sums[bucket] for bucket in BUCKETS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far behind an employer is: months in a row (PP 44/2015 Pasal 38, 41), and since when."""

    employer: int
    in_a_row: int
    months: tuple[Month, ...]
    arrears: int


def standing(*, employers: Sequence[int], on: dt.date) -> dict[int, Standing]:
    """Months in arrears in a row, for each employer asked; 0 for who is not behind. Two statements."""
    found = ageing(employers=employers, on=on)
    empty = {employer: Ageing(employer, on) for employer in employers}
    return {
        employer: Standing(employer=employer, in_a_row=one.in_a_row, months=tuple(sorted(one.months)),
                           arrears=one.arrears)
        for employer, one in {**empty, **found}.items()
    }  # fmt: skip


def penalty_so_far(*, employer: int, on: dt.date) -> dict[str, int]:
    """What paying all arrears on this day would fix, by programme: a preview that the page shows with the date."""
    sums = dict.fromkeys(PROGRAMMES, 0)
    for bill in open_bills(employers=[employer], on=on):
        for charge in bill.late(on):
            sums[charge.programme] += charge.amount
    return sums
