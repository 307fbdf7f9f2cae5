"""JP's yearly figures: the wage ceiling, the limits of a pension, the pension age. Publishes none that is
not out yet.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from teduh.law import rulebook
from teduh.law.messages import Message, RulebookError
from teduh.law.months import months_after


def next_ceiling(previous: int, gdp_growth: str) -> int:
    """PP 45/2015 Pasal 29(3): last year's ceiling times one plus GDP growth, down to whole hundreds.

    The rounding is inferred: it reproduces every published ceiling.
    """
    factor = 10_000 + int(Decimal(gdp_growth) * 100)
    return previous * factor // 10_000 // 100 * 100


def next_benefit(previous: int, inflation: str) -> int:
    """PP 45/2015 Pasal 17(1)b: a pension in payment rises by the general inflation of the year before."""
    factor = 10_000 + int(Decimal(inflation) * 100)
    return (previous * factor * 2 + 10_000) // 20_000


def ceiling(on: dt.date) -> rulebook.Value:
    """The highest wage that counts for JP on a day; for a year not announced yet it is refused."""
    value = rulebook.in_force("jp_ceiling", on)
    announced = dt.date(value.since.year + 1, 2, 28) if value.since.year > 2015 else dt.date(2016, 2, 29)
    if value.until is None and on > announced:
        raise RulebookError(
            "not_announced",
            what=Message(
                f"Batas atas upah JP untuk {on} belum diketahui.",
                f"The JP ceiling for {on} is not known yet.",
            ),
            why=Message(
                "Batas diumumkan setiap tahun (PP 45/2015 Pasal 29(4)).",
                "It is announced every year (PP 45/2015 Pasal 29(4)).",
            ),
            next=Message("Tambahkan angka yang diumumkan.", "Add the announced figure."),
        )
    return value


def limited(benefit: int, on: dt.date) -> int:
    """PP 45/2015 Pasal 18: a pension is at least the lowest and at most the highest amount of the year."""
    low, high = (rulebook.in_force(name, on).value for name in ("jp_benefit_min", "jp_benefit_max"))
    return max(int(low), min(int(high), benefit))


def pension_age(on: dt.date) -> int:
    """PP 45/2015 Pasal 15: 56 at first, 57 from 2019, then a year more every three years up to 65."""
    return int(rulebook.in_force("pension_age", on).value)


def pension_day(born: dt.date) -> dt.date:
    """PP 45/2015 Pasal 15: the first day on which a person's age is the pension age of that day."""
    ages = [int(value.value) for value in rulebook.values("pension_age")]
    days = [months_after(born, 12 * age) for age in ages]
    return next(day for age, day in zip(ages, days, strict=True) if day < rulebook.LAW_START or pension_age(day) <= age)
