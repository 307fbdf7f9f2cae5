"""Dates as people write them: `12-05-1988`, `12 Mei 88`, `May 12, 1988`, an Excel serial, `Cilacap, 12/5/1988`.

A text gives every day it can mean; what the NIK carries chooses among them, and the choice is always said.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
from typing import Any

from teduh.registry.sheets import cells
from teduh.registry.sheets.findings import NOTHING, Understood, find

EPOCH = dt.date(1899, 12, 30)
SERIALS = range(3_000, 80_000)  # 1908 to 2119
OLDEST = 120
#: A year of two digits belongs to the century in which the person is at least this old.
YOUNGEST = 14

MONTHS = {
    "januari": 1, "january": 1, "jan": 1, "februari": 2, "february": 2, "pebruari": 2, "feb": 2, "peb": 2,
    "maret": 3, "march": 3, "mar": 3, "mrt": 3, "april": 4, "apr": 4, "mei": 5, "may": 5, "mey": 5, "me": 5,
    "juni": 6, "june": 6, "jun": 6, "juli": 7, "july": 7, "jul": 7,
    "agustus": 8, "august": 8, "agu": 8, "agt": 8, "ags": 8, "aug": 8,
    "agst": 8, "september": 9, "sep": 9, "sept": 9, "oktober": 10, "october": 10, "okt": 10, "oct": 10,
    "november": 11, "nopember": 11, "nov": 11, "nop": 11, "desember": 12, "december": 12, "des": 12, "dec": 12,
}  # fmt: skip
NUMBERS = re.compile(r"(\d{1,4})\s*[-/.,\s\u2010-\u2015]\s*(\d{1,2})\s*[-/.,\s\u2010-\u2015]\s*(\d{1,4})(?!\d)")
DAY_MONTH = re.compile(r"(\d{1,2})\s*(?:st|nd|rd|th)?[-/.,\s]*([a-z]{3,10})[-/.,\s]*(\d{2,4})(?!\d)")
MONTH_DAY = re.compile(r"([a-z]{3,10})[-/.,\s]*(\d{1,2})(?:st|nd|rd|th)?[-/.,\s]+(\d{4})(?!\d)")
RUN = re.compile(r"(?<!\d)(\d{8})(?!\d)")
YEAR = re.compile(r"(?:19|20)\d\d")

Meaning = tuple[int, int, int]


def birth(value: Any, *, by_nik: tuple[dt.date, ...], on: dt.date, field: str = "birth_date") -> Understood:
    """A birth date. `by_nik` are the days that the NIK can carry; they settle what the cell leaves open."""
    read = _typed(value, by_nik, field) if isinstance(value, dt.date) else _written(value, by_nik, on, field)
    if read is NOTHING or read.value is None and not read.findings:
        return _from_nik(by_nik, field)
    if read.value is None:
        return read
    if read.value > on:
        return Understood(None, (find("date_future", field, cell=read.value),))
    if on.year - read.value.year > OLDEST:
        return Understood(None, (find("date_too_old", field, cell=read.value),))
    return read


def _from_nik(by_nik: tuple[dt.date, ...], field: str) -> Understood:
    if not by_nik:
        return Understood(None, (find("date_missing", field),))
    return Understood(by_nik[0], (find("date_from_nik", field, read=by_nik[0]),))


def _typed(value: dt.date, by_nik: tuple[dt.date, ...], field: str) -> Understood:
    """A date cell. Excel set to English may have turned day and month; the NIK tells."""
    day = value.date() if isinstance(value, dt.datetime) else value
    turned = _day(day.year, day.day, day.month)
    if day not in by_nik and turned in by_nik:
        return Understood(turned, (find("date_swapped", field, read=turned),))
    return Understood(day)


def _written(value: Any, by_nik: tuple[dt.date, ...], on: dt.date, field: str) -> Understood:
    if cells.is_empty(value) or isinstance(value, (bool, dt.time)):
        return NOTHING
    typed = cells.text(value)[:120]
    if serial := _serial(value, typed):
        return Understood(serial, (find("date_read", field, cell=typed, read=serial),))
    found = meanings(typed)
    days = list(dict.fromkeys(day for m in found if (day := _full(*m, by_nik=by_nik, on=on))))
    if not days:
        return _unreadable(typed, found, by_nik, field)
    return _chosen(typed, found, days, by_nik, field)


def _chosen(typed: str, found: tuple[Meaning, ...], days: list[dt.date], by_nik: tuple[dt.date, ...],
            field: str) -> Understood:  # fmt: skip
    agreed = next((day for day in days if day in by_nik), None)
    read = agreed or days[0]
    if len(days) > 1:
        code = "date_by_nik" if agreed else "date_day_first"
        return Understood(read, (find(code, field, cell=typed, read=read),))
    if found[0][0] < 100:
        return Understood(read, (find("date_century", field, cell=typed, read=read),))
    return Understood(read, () if typed == read.isoformat() else (find("date_read", field, cell=typed, read=read),))


def _unreadable(typed: str, found: tuple[Meaning, ...], by_nik: tuple[dt.date, ...], field: str) -> Understood:
    """Only a year, or a day that no calendar has: the NIK helps if its year agrees."""
    years = {int(year) for year in YEAR.findall(typed)}
    agreed = next((day for day in by_nik if day.year in years), None)
    if agreed:
        return Understood(agreed, (find("date_from_nik", field, read=agreed),))
    return Understood(None, (find("date_not_possible" if found else "date_unreadable", field, cell=typed),))


@functools.lru_cache(maxsize=60_000)
def meanings(typed: str) -> tuple[Meaning, ...]:
    """Every (year, month, day) that a text can mean, the likeliest first: Indonesia writes the day first."""
    plain = typed.casefold()
    if match := NUMBERS.search(plain):
        return _numbers(*match.groups())
    if (match := DAY_MONTH.search(plain)) and (month := _month(match[2])):
        return ((int(match[3]), month, int(match[1])),)
    if (match := MONTH_DAY.search(plain)) and (month := _month(match[1])):
        return ((int(match[3]), month, int(match[2])),)
    if match := RUN.search(plain):
        run = match[1]
        day_first = (int(run[4:]), int(run[2:4]), int(run[:2]))
        year_first = (int(run[:4]), int(run[4:6]), int(run[6:]))
        return (year_first,) if run[:2] in ("19", "20") and int(run[4:6]) <= 12 else (day_first,)
    return ()


def _numbers(first: str, second: str, third: str) -> tuple[Meaning, ...]:
    if len(first) > 2:
        return ((int(first), int(second), int(third)),) if len(third) <= 2 else ()
    year, one, two = int(third), int(first), int(second)
    if len(third) == 3:
        return ()
    return ((year, two, one), (year, one, two)) if one <= 12 and one != two else ((year, two, one),)


@functools.lru_cache(maxsize=500)
def _month(word: str) -> int | None:
    close = difflib.get_close_matches(word, MONTHS, n=1, cutoff=0.75)
    return MONTHS[close[0]] if close else None


def _full(year: int, month: int, day: int, *, by_nik: tuple[dt.date, ...], on: dt.date) -> dt.date | None:
    """The day, with its century: the NIK's if it agrees, else that in which the person can be working."""
    if year >= 100:
        return _day(year, month, day)
    centuries = [_day(base + year, month, day) for base in (2000, 1900)]
    agreed = next((date for date in centuries if date in by_nik), None)
    return agreed or next((d for d in centuries if d and on.year - d.year >= YOUNGEST), None)


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _serial(value: Any, typed: str) -> dt.date | None:
    """Excel's count of days, in a numeric cell or as five digits."""
    if isinstance(value, float) and not value.is_integer():
        value = int(value) if value in SERIALS or 3_000 < value < 80_000 else 0
        typed = str(value)
    if len(typed) == 5 and typed.isascii() and typed.isdigit() and int(typed) in SERIALS:
        return EPOCH + dt.timedelta(days=int(typed))
    return None
