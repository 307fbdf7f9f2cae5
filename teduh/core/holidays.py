"""Indonesia's public holidays and collective leave (cuti bersama), as the law of deadlines needs them."""

from __future__ import annotations

import datetime as dt
import functools

import holidays


@functools.cache
def indonesia(year: int) -> frozenset[dt.date]:
    """Every holiday of `year`: public ones and government leave days. Moon dates of coming years are estimates."""
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def between(first: int, last: int) -> frozenset[dt.date]:
    """The holidays of the years `first` to `last`, both included."""
    return frozenset().union(*(indonesia(year) for year in range(first, last + 1)))
