"""Money as people write it: `1.500.000`, `Rp 1,5 jt`, `1-2 juta`, `500rb`, `50.000/hari`. Whole rupiah come out."""

from __future__ import annotations

import functools
import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from teduh.core.text import rupiah
from teduh.registry.sheets import cells
from teduh.registry.sheets.findings import NOTHING, Understood, find

MOST = 1_000_000_000
UNITS = (
    (re.compile(r"^(m|miliar|milyar|bn)\b"), 1_000_000_000, "miliar"),
    (re.compile(r"^(jt|jut[ae]?|juta?an|million|mio|mill)"), 1_000_000, "juta"),
    (re.compile(r"^(rb|ribu|ribuan|k\b|thousand|rbu)"), 1_000, "ribu"),
)
AMOUNT = re.compile(r"(-?\d[\d.,\u00a0 ]*)\s*([a-z]*)")
#: What a period's amount comes to in a month.
PERIODS = (
    (re.compile(r"\bhari|harian|/ ?day|per day|daily|/hr\b"), 25, "hari"),
    (re.compile(r"minggu|pekan|/ ?week|weekly"), Decimal(13) / 3, "minggu"),
    (re.compile(r"tahun|/ ?year|yearly|per annum|/thn|/th\b"), Decimal(1) / 12, "tahun"),
)
BETWEEN = re.compile(r"(?<=[\d\s.a-z])\s*(?:-|–|—|s[./]?d\.?|sampai(?: dengan)?|hingga|to|~)\s*(?=(?:rp\.?\s*)?\d)")
BOUND = re.compile(r"^(?:<|>|≤|≥|=|\+|±|kurang dari|lebih dari|di ?bawah|di ?atas|dibawah|maks\w*|min\w*|under|over|"
                   r"less than|more than|kurang lebih|sekitar|kira2|±|about|~)+\s*")  # fmt: skip
UNSURE = re.compile(r"tidak (tentu|menentu|pasti|tetap)|tdk (tentu|menentu|pasti)|variatif|bervariasi|musiman|varies")
MONEY = re.compile(
    r"\b(?:rp|idr)\b\.?|rp\.?(?=\d)|,-+|\.-+|=|rupiah|per bulan|/ ?bln|/ ?bulan|sebulan|/ ?month|perbulan"
)


def income(value: Any, scale: int = 1) -> Understood:
    """Income of a month in whole rupiah. `scale` is what the column's title says: 1,000 for thousands."""
    if value is None or value == "" or isinstance(value, bool):
        return NOTHING
    typed = cells.text(value)[:120]
    if isinstance(value, (int, float)):
        if not math.isfinite(value):
            return _unreadable(typed)
        return _checked(_sized(Decimal(repr(value)), typed, scale), typed)
    return _income(typed, scale)


def plain(value: Any) -> int | None:
    """An amount without a doubt (a contribution, a total), or None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < 1e15 and value == int(value) else None
    found = AMOUNT.search(MONEY.sub(" ", cells.text(value)[:120].casefold()))
    number = decimal_of(found[1]) if found else None
    return int(number * unit_of(found[2])[0]) if number is not None and found else None


@functools.lru_cache(maxsize=20_000)
def _income(typed: str, scale: int) -> Understood:
    plain = typed.casefold()
    if plain in cells.EMPTY - {"0"} or UNSURE.search(plain):
        return NOTHING
    period = next(((n, word) for pattern, n, word in PERIODS if pattern.search(plain)), None)
    for pattern, _, _ in PERIODS:
        plain = pattern.sub(" ", plain)
    plain = " ".join(MONEY.sub(" ", plain).split())
    bound = BOUND.match(plain)
    plain = plain[bound.end() :] if bound else plain
    parts = [part for part in BETWEEN.split(plain) if part.strip()]
    if len(parts) == 2:
        return _checked(_range(typed, *parts, scale=scale), typed)
    read = _one(plain, typed, scale)
    if period and read.value:
        amount = int(read.value * period[0])
        read = Understood(amount, (find("income_per", "income", cell=typed, unit=period[1], read=rupiah(amount)),))
    elif bound and read.value:
        read = Understood(read.value, (find("income_bound", "income", cell=typed, read=rupiah(read.value)),))
    return _checked(read, typed)


def _range(typed: str, low: str, high: str, scale: int) -> Understood:
    """`1-2 juta`: the unit of the upper end holds for both; the middle is used."""
    upper, lower = AMOUNT.search(high), AMOUNT.search(low)
    if not upper or not lower:
        return _unreadable(typed)
    top, bottom = decimal_of(upper[1]), decimal_of(lower[1])
    if top is None or bottom is None:
        return _unreadable(typed)
    unit = unit_of(upper[2])[0]
    ends = [
        bottom * (unit_of(lower[2])[0] if lower[2] else unit if bottom < 1_000 else 1),
        top * unit,
    ]
    if unit == 1 and top < 10_000:
        ends = [end * (scale if scale > 1 else 1_000_000 if top < 100 else 1_000) for end in ends]
    middle = int((ends[0] + ends[1]) / 2)
    return Understood(middle, (find("income_range", "income", cell=typed, read=rupiah(middle)),))


def _one(plain: str, typed: str, scale: int) -> Understood:
    match = AMOUNT.fullmatch(plain) or AMOUNT.match(plain)
    number = decimal_of(match[1]) if match else None
    if match is None or number is None or (plain[match.end() :].strip(" .,-()") and match.end() < len(plain) - 20):
        return _unreadable(typed)
    unit, _ = unit_of(match[2])
    if match[2] and unit == 1:
        return _unreadable(typed)
    if unit > 1:
        amount = int(number * unit)
        return Understood(amount, (find("income_read", "income", cell=typed, read=rupiah(amount)),))
    return _sized(number, typed, scale)


def _sized(number: Decimal, typed: str, scale: int) -> Understood:
    """A number without a unit: `1.5` can only mean million, `1500` thousand; anything larger is rupiah."""
    unit = scale if 0 < number < 10_000 and scale > 1 else 1
    if unit == 1 and 0 < number < 100:
        unit = 1_000_000
    elif unit == 1 and 100 <= number < 10_000:
        unit = 1_000
    amount = int(number * unit)
    if unit > 1:
        word = "juta" if unit == 1_000_000 else "ribu"
        return Understood(amount, (find("income_scaled", "income", cell=typed, read=rupiah(amount), unit=word),))
    same = typed.isdigit() and int(typed) == amount
    return Understood(amount, () if same else (find("income_read", "income", cell=typed, read=rupiah(amount)),))


def _checked(read: Understood, typed: str) -> Understood:
    if read.value is None:
        return read
    if read.value < 0:
        return Understood(None, (find("income_negative", "income", cell=typed),))
    if read.value > MOST:
        return Understood(None, (find("income_too_much", "income", cell=typed),))
    return read


def _unreadable(typed: str) -> Understood:
    return Understood(None, (find("income_unreadable", "income", cell=typed),))


def unit_of(word: str) -> tuple[int, str]:
    return next(((n, name) for pattern, n, name in UNITS if pattern.match(word)), (1, ""))


def decimal_of(written: str) -> Decimal | None:
    """`1.500.000`, `1,500,000`, `1.500.000,50`, `1,5`: dots and commas by where they stand."""
    digits = re.sub(r"[\s\u00a0]", "", written).rstrip(".,")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?", digits):
        digits = digits.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d{1,2})?", digits):
        digits = digits.replace(",", "")
    else:
        digits = digits.replace(",", ".")
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None
