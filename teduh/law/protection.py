"""When cover starts, how long it lasts and how long grace leaves it standing; knows payments, not persons.

A span runs from the day the number is issued (registered and first contribution paid) to the last day on
which the person is at most three months in a row behind. All dates are inclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.law import due, rulebook
from teduh.law.employed import JpMonths, employed_standing, jp_months, wage_earner
from teduh.law.months import Month, working_day_from
from teduh.law.spans import ACCOUNT, FAQ, NO_ARREARS, START, STARTS, Paid, Span, account, in_order, unpaid
from teduh.law.standing import (
    Arrears,
    Membership,
    Standing,
    membership,
    self_employed_arrears,
    span_on,
    standing,
    wage_earner_arrears,
)

__all__ = [
    "Arrears",
    "JpMonths",
    "Membership",
    "Paid",
    "Span",
    "Standing",
    "cover_starts",
    "employed_standing",
    "jp_months",
    "membership",
    "self_employed",
    "self_employed_arrears",
    "span_on",
    "standing",
    "wage_earner",
    "wage_earner_arrears",
]


STARTS_WITH = {
    ("self_employed", "JKK"): "PP 44/2015 Pasal 11(5)",
    ("self_employed", "JKM"): "PP 44/2015 Pasal 11(5)",
    ("self_employed", "JHT"): "PP 46/2015 Pasal 13(4)",
    ("wage_earner", "JKK"): "PP 44/2015 Pasal 6(3)",
    ("wage_earner", "JKM"): "PP 44/2015 Pasal 6(3)",
    ("wage_earner", "JHT"): "PP 46/2015 Pasal 7(3)",
    ("wage_earner", "JP"): "PP 45/2015 Pasal 3(1)",
}


def cover_starts(
    *, segment: str, programme: str, registered_on: dt.date, first_paid_on: dt.date
) -> tuple[dt.date, str]:
    """Membership starts when the number is issued: registered and first contribution paid, never before.

    Returns the earliest such day and its article.
    """
    return max(registered_on, first_paid_on), STARTS_WITH[segment, programme]


def _due(serial: int, holidays: frozenset[dt.date]) -> dt.date:
    """Due date of JKK and JKM for the month with this serial, as `due.due_date` gives it, without its
    reasons.
    """
    month = Month.numbered(serial)
    if not 24247 <= serial <= 24252:  # August 2020 to January 2021: PP 49/2020 moved it
        return working_day_from(dt.date(month.year, month.month, 15), holidays)
    return due.due_date("JKK", "self_employed", month, holidays=holidays).date


class _Run:
    """The months of one span as they are paid, in order of payment."""

    __slots__ = ("end", "months", "most", "starts")

    def __init__(self, starts: dt.date, serial: int, most: int) -> None:
        self.starts, self.end, self.most, self.months = starts, serial - 1, most, set[int]()

    def pay(self, serial: int) -> None:
        self.months.add(serial)
        while self.end + 1 in self.months:
            self.end += 1

    def grace(self, holidays: frozenset[dt.date]) -> dt.date:
        """The due date of the first month with which more than `most` in a row are unpaid."""
        return _due(unpaid(self.months, self.end, self.most + 1), holidays)

    def over(self, on: dt.date, holidays: frozenset[dt.date]) -> bool:
        """Whether grace is over; in a month before the earliest that can end it nothing needs looking up."""
        early = on.year * 12 + on.month - 1 <= self.end + self.most
        return not early and on > self.grace(holidays)

    def span(self, programme: str, holidays: frozenset[dt.date], again: bool) -> Span:
        notes = (NO_ARREARS, FAQ) if again else (START, FAQ)
        return Span(programme, self.starts, Month.numbered(self.end).last, self.grace(holidays),
                    STARTS[programme], notes, _due(self.end + 1, holidays))  # fmt: skip


def self_employed(
    *, programme: str, enrolled_on: dt.date, payments: Sequence[Paid], holidays: frozenset[dt.date]
) -> tuple[Span, ...]:
    """PP 44/2015 Pasal 11, 39 and 42: the spans in which a self-employed person is covered.

    A month paid within grace joins its span; after grace a new span starts on the day of payment.
    `grace_until` is the due date of the fourth month unpaid in a row: on that day three months are in
    arrears, on the next four.
    """
    if programme == "JHT":
        return account("JHT", enrolled_on, payments, STARTS["JHT"], ACCOUNT)
    most = int(rulebook.in_force("arrears_months", enrolled_on).value)
    spans: list[Span] = []
    run: _Run | None = None
    for on, serial in in_order(payments):
        if run is not None and run.over(on, holidays):
            spans.append(run.span(programme, holidays, bool(spans)))
            run = None
        if run is None:
            run = _Run(max(on, enrolled_on), serial, most)
        run.pay(serial)
        if run.over(run.starts, holidays):  # an old month, paid when even its grace is over, buys nothing
            run = None
    if run is not None:
        spans.append(run.span(programme, holidays, bool(spans)))
    return tuple(spans)
