"""Contribution months (bulan iuran) and working days; knows calendars, refuses to know today's date."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Month(NamedTuple):
    """One calendar month, ordered and hashable: the month a contribution belongs to."""

    year: int
    month: int

    @classmethod
    def of(cls, date: dt.date) -> Month:
        """The month a date lies in."""
        return cls(date.year, date.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """A month from text such as `2026-04`."""
        year, _, month = text.partition("-")
        if not (len(year) == 4 and len(month) == 2 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
            raise ValueError(f"{text!r} is not a month: write it like 2026-04")
        return cls(int(year), int(month))

    @classmethod
    def span(cls, first: Month, n: int) -> tuple[Month, ...]:
        """`n` months in a row from `first`."""
        return tuple(first.plus(i) for i in range(n))

    @classmethod
    def numbered(cls, serial: int) -> Month:
        """The month with this `serial`."""
        return cls(serial // 12, serial % 12 + 1)

    @property
    def serial(self) -> int:
        """Months since year zero: neighbours differ by one."""
        return self.year * 12 + self.month - 1

    @property
    def number(self) -> int:
        """The month as `yyyymm`."""
        return self.year * 100 + self.month

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        return self.plus(1).first - dt.timedelta(days=1)

    def day(self, day: int) -> dt.date:
        """This day of the month, or the last one where the month is shorter."""
        return min(self.first + dt.timedelta(days=day - 1), self.last)

    def plus(self, n: int) -> Month:
        index = self.year * 12 + self.month - 1 + n
        return Month(index // 12, index % 12 + 1)

    def minus(self, other: Month) -> int:
        """How many months lie between `other` and this one."""
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def months_after(date: dt.date, n: int) -> dt.date:
    """The same day `n` months later, or the last day of a shorter month."""
    return Month.of(date).plus(n).day(date.day)


def months_begun(since: dt.date, until: dt.date) -> int:
    """Months that have begun after `since` up to and with `until`; a part of a month counts as one."""
    if until <= since:
        return 0
    n = Month.of(until).minus(Month.of(since))
    return n + (until > months_after(since, n))


def is_working_day(date: dt.date, holidays: frozenset[dt.date]) -> bool:
    """Monday to Friday and not a holiday; the texts name no weekend, so Saturday is a decision of ours."""
    return date.weekday() < 5 and date not in holidays


def working_day_from(date: dt.date, holidays: frozenset[dt.date]) -> dt.date:
    """This day if one works on it, otherwise the next working day."""
    while not is_working_day(date, holidays):
        date += dt.timedelta(days=1)
    return date


def working_days_after(date: dt.date, n: int, holidays: frozenset[dt.date]) -> dt.date:
    """The `n`th working day after `date`."""
    for _ in range(n):
        date = working_day_from(date + dt.timedelta(days=1), holidays)
    return date


def working_days_before(date: dt.date, n: int, holidays: frozenset[dt.date]) -> dt.date:
    """The `n`th working day before `date`."""
    while n:
        date -= dt.timedelta(days=1)
        n -= is_working_day(date, holidays)
    return date
