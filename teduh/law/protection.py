"""When cover starts, how long it lasts and how long grace leaves it standing; knows payments, not persons.

A span runs from the day the number is issued (registered and first contribution paid) to the last day on
which the person is at most three months in a row behind. All dates are inclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from operator import itemgetter

from teduh.law import due, rulebook
from teduh.law.months import Month, working_day_from
from teduh.law.spans import ACCOUNT, FAQ, NO_ARREARS, START, STARTS, Paid, Span
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
    "Membership",
    "Paid",
    "Span",
    "Standing",
    "cover_starts",
    "membership",
    "self_employed",
    "self_employed_arrears",
    "span_on",
    "standing",
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


def _unpaid(months: set[int], after: int, run: int) -> int:
    """The `run`th month of the first row of that many unpaid months."""
    at, unpaid = after, 0
    while unpaid < run:
        at += 1
        unpaid = 0 if at in months else unpaid + 1
    return at


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
        return _due(_unpaid(self.months, self.end, self.most + 1), holidays)

    def over(self, on: dt.date, holidays: frozenset[dt.date]) -> bool:
        """Whether grace is over; in a month before the earliest that can end it nothing needs looking up."""
        early = on.year * 12 + on.month - 1 <= self.end + self.most
        return not early and on > self.grace(holidays)

    def span(self, programme: str, holidays: frozenset[dt.date], again: bool) -> Span:
        notes = (NO_ARREARS, FAQ) if again else (START, FAQ)
        return Span(programme, self.starts, Month.numbered(self.end).last, self.grace(holidays),
                    STARTS[programme], notes, _due(self.end + 1, holidays))  # fmt: skip


def _in_order(payments: Iterable[Paid]) -> list[tuple[dt.date, int]]:
    return sorted(((p[1], p[0][0] * 12 + p[0][1] - 1) for p in payments), key=itemgetter(0, 1))


def self_employed(
    *, programme: str, enrolled_on: dt.date, payments: Sequence[Paid], holidays: frozenset[dt.date]
) -> tuple[Span, ...]:
    """PP 44/2015 Pasal 11, 39 and 42: the spans in which a self-employed person is covered.

    A month paid within grace joins its span; after grace a new span starts on the day of payment.
    `grace_until` is the due date of the fourth month unpaid in a row: on that day three months are in
    arrears, on the next four.
    """
    if programme == "JHT":
        return _account(enrolled_on, payments)
    most = int(rulebook.in_force("arrears_months", enrolled_on).value)
    spans: list[Span] = []
    run: _Run | None = None
    for on, serial in _in_order(payments):
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


def _account(enrolled_on: dt.date, payments: Sequence[Paid]) -> tuple[Span, ...]:
    """JHT: stretches of paid months; the first begins when membership does."""
    ordered = _in_order(payments)
    if not ordered:
        return ()
    joined = max(enrolled_on, ordered[0][0])
    months = sorted({serial for _, serial in ordered})
    spans: list[Span] = []
    first = months[0]
    for i, serial in enumerate(months):
        if i + 1 < len(months) and months[i + 1] == serial + 1:
            continue
        starts, last = Month.numbered(first).first, Month.numbered(serial).last
        starts = joined if starts < joined <= last else starts
        spans.append(Span("JHT", starts, last, last, STARTS["JHT"], (ACCOUNT,), last))
        first = months[i + 1] if i + 1 < len(months) else first
    return tuple(spans)
