"""Cells of a wage sheet read as amounts, days, ways of paying, contracts and causes; none raises.

Whole columns are read at once: most cells of a column look alike, and what was read once is remembered.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from teduh.employers.models.employment import Cause, Contract
from teduh.employers.models.returns import WageType
from teduh.law.facts import MOST_WAGE
from teduh.registry.sheets import amounts, cells, dates

#: Not an amount; a negative one; more than the law's columns hold.
UNREADABLE, NEGATIVE, TOO_MUCH = "pay_unreadable", "pay_negative", "pay_too_much"
NUMBER = re.compile(r"(-?)\(?(\d[\d.,\s\u00a0']*)\)?\s*([a-z]*)\.?")
MONEY = re.compile(
    r"\b(?:rp|idr)\b\.?|^rp\.?(?=\s*[-\d])|rupiah|,-+$|\.-+$|=|per bulan|/ ?(?:bln|bulan|month|hari|day)|"
    r"per hari|perbulan|perhari|sebulan|sehari", re.I,
)  # fmt: skip
PER_DAY = re.compile(r"hari|/ ?day|daily", re.I)


def amount(value: Any, scale: int = 1) -> int | str | None:
    """Whole rupiah; None for an empty cell; a code for what is no amount."""
    if type(value) is float or type(value) is int:
        if not math.isfinite(value):
            return UNREADABLE
        found = round(value) if value == int(value) else int(_half_up(Decimal(repr(value))))
        return _scaled(found, scale) if scale == 1 else _scaled(int(Decimal(repr(value)) * scale), 1)
    if value is None or value == "":
        return None
    if isinstance(value, (bool, dt.date, dt.time)):
        return UNREADABLE
    return _typed(str(value).strip()[:120], scale)


@functools.lru_cache(maxsize=200_000)
def _typed(typed: str, scale: int) -> int | str | None:
    if typed.isascii() and typed.isdigit():
        return _scaled(int(typed) * scale, 1)
    plain = typed.casefold()
    if plain in cells.EMPTY:
        return 0 if plain == "0" else None
    found = NUMBER.fullmatch(" ".join(MONEY.sub(" ", plain).split()))
    if found is None:
        return UNREADABLE
    number = amounts.decimal_of(found[2].replace("'", ""))
    unit, _ = amounts.unit_of(found[3])
    if number is None or (found[3] and unit == 1):
        return UNREADABLE
    negative = found[1] or "(" in typed
    return _scaled(int(_half_up(-number * unit * scale if negative else number * unit * scale)), 1)


def _scaled(found: int, scale: int) -> int | str:
    found *= scale
    return NEGATIVE if found < 0 else TOO_MUCH if found > MOST_WAGE else found


def _half_up(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1), ROUND_HALF_UP)


@functools.lru_cache(maxsize=20_000)
def _day(typed: str, latest: int) -> dt.date | None:
    if len(typed) == 5 and typed.isdigit():
        return _serial(int(typed))
    for year, month, day in dates.meanings(typed):
        full = year if year >= 100 else 2000 + year if 2000 + year <= latest else 1900 + year
        try:
            return dt.date(full, month, day)
        except ValueError:
            continue
    return None


def day(value: Any, latest: int) -> dt.date | str | None:
    """A day; None for an empty cell; a code for what is none. Years of two digits do not lie after `latest`."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if cells.is_empty(value) or isinstance(value, (bool, dt.time)):
        return None
    if isinstance(value, float) and 3_000 < value < 80_000:
        return _serial(int(value)) or "day_unreadable"
    return _day(cells.text(value)[:120], latest) or "day_unreadable"


def _serial(number: int) -> dt.date | None:
    return dates.EPOCH + dt.timedelta(days=number) if number in dates.SERIALS else None


WAGE_TYPES = (
    (WageType.WEATHER, re.compile(r"cuaca|musim|weather", re.I)),
    (WageType.PIECE, re.compile(r"borong|satuan|potong|piece|hasil", re.I)),
    (WageType.DAILY, re.compile(r"hari|daily|day|\bhl\b", re.I)),
    (WageType.MONTHLY, re.compile(r"bulan|month|\bbln\b|tetap", re.I)),
)
CONTRACTS = (
    (Contract.PERMANENT, re.compile(r"pkwtt|tetap|permanent|\bkartap\b|indefinite", re.I)),
    (Contract.FIXED, re.compile(r"pkwt|kontrak|contract|waktu tertentu|fixed|probation|percobaan|outsourc", re.I)),
    (Contract.DAILY, re.compile(r"harian|\bhl\b|\bphl\b|\bbhl\b|lepas|daily|casual", re.I)),
    (Contract.PARTNER, re.compile(r"lain|mitra|magang|partner|intern|other|freelance", re.I)),
)
CAUSES = (
    (Cause.DIED, re.compile(r"meninggal|wafat|mati\b|died|death|dead", re.I)),
    (Cause.DISABLED, re.compile(r"cacat|disab", re.I)),
    (Cause.RETIRED, re.compile(r"pensiun|purna|retire", re.I)),
    (Cause.CONTRACT_BROKEN, re.compile(r"sebelum waktu|sebelum habis|putus kontrak|broken|early termination", re.I)),
    (Cause.CONTRACT_ENDED, re.compile(r"habis|kontrak|contract|selesai|finish", re.I)),
    (Cause.RESIGNED, re.compile(r"resign|mengundurkan|undur|mundur|sendiri|keluar sendiri", re.I)),
    (Cause.DISMISSED, re.compile(r"phk|pecat|pemutusan|dismiss|laid|layoff|efisiensi|terminat|fired", re.I)),
    (Cause.LEFT_COUNTRY, re.compile(r"luar negeri|meninggalkan indonesia|abroad|left indonesia|left_country", re.I)),
    (Cause.MOVED, re.compile(r"pindah|mutasi|transfer|moved", re.I)),
    (Cause.OTHER, re.compile(r"lain|other", re.I)),
)


def _choice(typed: str, words: tuple[tuple[Any, re.Pattern[str]], ...]) -> str:
    plain = typed.strip().casefold()
    exact = next((str(code) for code, _ in words if plain == str(code)), "")
    return exact or next((str(code) for code, pattern in words if pattern.search(plain)), "?")


@functools.lru_cache(maxsize=2_000)
def wage_type(typed: str) -> str:
    """How somebody is paid; "" for an empty cell, "?" for words that say nothing known."""
    return _choice(typed, WAGE_TYPES) if typed.strip() else ""


@functools.lru_cache(maxsize=2_000)
def contract(typed: str) -> str:
    """The kind of contract; "" and "?" as above. `PKWTT` is tried before `PKWT`."""
    return _choice(typed, CONTRACTS) if not cells.is_empty(typed) else ""


@functools.lru_cache(maxsize=2_000)
def cause(typed: str) -> str:
    """Why somebody left; "" and "?" as above."""
    return _choice(typed, CAUSES) if not cells.is_empty(typed) else ""


@functools.lru_cache(maxsize=500)
def is_foreign(typed: str) -> bool:
    """Whether the words say that somebody is not an Indonesian."""
    plain = typed.strip().casefold()
    return bool(plain) and not re.search(r"\bwni\b|indonesia|^id$|^idn$|^wn ?i$", plain) and plain not in cells.EMPTY


def member_number(value: Any) -> str:
    """Eleven digits, without the signs that people put between them; a number of a spreadsheet may have lost zeros."""
    typed = re.sub(r"[\s.\-'`]", "", cells.text(value)[:40])
    return typed.zfill(11) if isinstance(value, float) and typed.isdigit() else typed
