"""Days as lists of other countries write them: Excel serials, two-digit years, month names, and Taiwan's own years.

Minguo year 1 is 1912 (115/03/01 is 1 March 2026). They are read only where a list speaks of Taiwan.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable
from typing import Any

from teduh.registry.sheets import cells, dates

MINGUO = 1911
#: A year of two digits is at most so many years ahead.
AHEAD = 20
SLASHED = re.compile(r"^(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{2}|\d{4})$")
ROC_FIRST = re.compile(
    r"^(?:民國|roc|minguo|r\.o\.c\.?)?\s*(\d{2,3})\s*[-/.年 ]\s*(\d{1,2})\s*[-/.月 ]\s*(\d{1,2})\s*日?$"
)
ROC_LAST = re.compile(r"^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{3})$")
ROC_RUN = re.compile(r"^(1[0-4]\d)(\d{2})(\d{2})$")
KANJI = re.compile(r"^(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?$")
SHORTEST_BIRTH = 32


def read(value: Any, *, on: dt.date, roc: bool = False, month_first: bool = False) -> tuple[dt.date | None, str]:
    """The day, and how it was read: "" plainly, `roc`, `serial`, `month_first`, `century`, or why it was not (`bad`).

    An empty cell is (None, "").
    """
    if isinstance(value, dt.datetime):
        return value.date(), ""
    if isinstance(value, dt.date):
        return value, ""
    if cells.is_empty(value) or isinstance(value, (bool, dt.time)):
        return None, ""
    return _written(cells.text(value)[:60].casefold(), on.year, roc, month_first)


@functools.lru_cache(maxsize=60_000)
def _written(typed: str, year: int, roc: bool, month_first: bool) -> tuple[dt.date | None, str]:
    if re.fullmatch(r"\d{5}(\.\d+)?", typed) and int(float(typed)) in dates.SERIALS:
        return dates.EPOCH + dt.timedelta(days=int(float(typed))), "serial"
    if found := KANJI.fullmatch(typed):
        return _day(*map(int, found.groups()), how="")
    if roc and (day := minguo(typed)):
        return day, "roc"
    if found := SLASHED.fullmatch(typed):
        one, two, written = (int(part) for part in found.groups())
        month, day_ = (one, two) if month_first else (two, one)
        said = "century" if len(found[3]) == 2 else "month_first" if month_first and one != two else ""
        return _day(_full(written, year) if len(found[3]) == 2 else written, month, day_, how=said)
    for meant, month, day_ in dates.meanings(typed):
        if meant < 100 or meant > 999:
            whole = _full(meant, year) if meant < 100 else meant
            read_, how = _day(whole, month, day_, how="century" if meant < 100 else "")
            if read_:
                return read_, how
    return None, "bad"


def minguo(typed: str) -> dt.date | None:
    """A day in Taiwan's years: 115/03/01, 1150301, 75.3.1 of somebody born in 1986; None if it is not one."""
    if found := ROC_RUN.fullmatch(typed) or ROC_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
        if len(found[1]) == 3 or year >= SHORTEST_BIRTH:
            return _day(year + MINGUO, month, day, how="")[0]
    if found := ROC_LAST.fullmatch(typed):
        day, month, year = (int(part) for part in found.groups())
        return _day(year + MINGUO, month, day, how="")[0]
    return None


def looks_minguo(value: Any) -> bool:
    """Whether a cell can only be a day in Taiwan's years."""
    typed = cells.text(value)[:60].casefold() if isinstance(value, (str, int, float)) else ""
    found = ROC_FIRST.fullmatch(typed)
    return minguo(typed) is not None and (found is None or len(found[1]) == 3 or typed.startswith(("民國", "roc")))


def is_month_first(values: Iterable[Any]) -> bool:
    """Whether a column writes the month before the day: some second numbers are above 12, and no first ones are."""
    first = second = 0
    for value in values:
        if isinstance(value, str) and (found := SLASHED.fullmatch(value.strip())):
            first, second = max(first, int(found[1])), max(second, int(found[2]))
    return second > 12 >= first


def _full(year: int, now: int) -> int:
    return 2000 + year if 2000 + year <= now + AHEAD else 1900 + year


def _day(year: int, month: int, day: int, *, how: str) -> tuple[dt.date | None, str]:
    try:
        return dt.date(year, month, day), how
    except ValueError:
        return None, "bad"
