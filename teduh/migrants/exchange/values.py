"""Cells that only placement lists have: passports, whether the fee is paid, how many months. None raises."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from typing import Any

from teduh.core.errors import Refused
from teduh.migrants import facts
from teduh.migrants.exchange import days
from teduh.registry.sheets import cells

MOST_MONTHS = 120
PAID = re.compile(
    r"\b(lunas|aktif|active|paid|sudah|terbayar|dibayar|ya|yes|y|ada|terdaftar|insured|ok|v|terlindungi|sdh|valid)\b|[✓✔√☑]"
)
UNPAID = re.compile(
    r"\b(belum|blm|tidak|tdk|non ?aktif|nonaktif|inactive|unpaid|not|no|n|t|expired|kadaluarsa|kedaluwarsa|habis|"
    r"menunggak|nunggak|mati|lapsed|batal|x)\b|[✗✘☒]"
)
UNTIL = re.compile(r"(?:s\s?[./]?\s?d\.?|sampai(?: dengan)?|hingga|until|till|exp(?:ired)?\.?)\s*[:.]?\s*(\d.*)$")
MONTHS = re.compile(r"(\d{1,3})(?:[.,]0+)?\s*(bulan|bln|bl|months?|mths?|mo|b|m)?")
YEARS = re.compile(r"(\d{1,2})(?:[.,](\d))?\s*(?:tahun|thn|th|years?|yrs?|y)(?:\s*(\d{1,2})\s*(?:bulan|bln|months?))?")


@functools.lru_cache(maxsize=60_000)
def _passport(typed: str) -> str | None:
    plain = unicodedata.normalize("NFKC", typed)
    plain = re.sub(r"^(?:no\.?|nomor|paspor|passport|ppt)\s*[:.]?\s*", "", plain.strip(), flags=re.I)
    try:
        return facts.passport(plain)
    except Refused:
        return None


def passport(value: Any) -> tuple[str | None, bool]:
    """The passport's number, and whether something stood there that is none."""
    if cells.is_empty(value) or isinstance(value, (dt.date, dt.time, bool)):
        return None, False
    read = _passport(cells.text(value)[:60])
    return read, read is None


def paid(value: Any, *, on: dt.date, roc: bool = False) -> tuple[bool | None, dt.date | None, bool]:
    """Whether the other side holds the fee for paid, until when, and whether something stood there that says neither.

    A date alone is a last day of cover; an amount above zero is a payment.
    """
    if value is None or value == "" or (isinstance(value, str) and not value.strip()):
        return None, None, False
    if isinstance(value, bool):
        return value, None, False
    if isinstance(value, dt.date):
        until, _ = days.read(value, on=on)
        return (until is not None and until >= on), until, False
    return _paid(cells.text(value)[:80], on, roc)


@functools.lru_cache(maxsize=20_000)
def _paid(typed: str, on: dt.date, roc: bool) -> tuple[bool | None, dt.date | None, bool]:
    plain = " ".join(typed.casefold().split())
    found = UNTIL.search(plain)
    until = days.read(found[1], on=on, roc=roc)[0] if found else None
    if plain in ("0", "-", "--", "—", "false"):
        return False, None, False
    if plain in ("1", "true") or re.fullmatch(r"(rp\.?)?\s*[1-9]\d{2,3}[.,]?\d{3}(,-)?(,00)?", plain):
        return True, until, False
    if UNPAID.search(plain):
        return False, None, False
    if until is None and (alone := days.read(plain, on=on, roc=roc)[0]):
        return alone >= on, alone, False
    if PAID.search(plain) or until:
        return True, until, False
    return None, None, True


def months(value: Any) -> tuple[int | None, bool]:
    """How many months a contract lasts: `24`, `24 bln`, `2 tahun`, `3 years`; and whether it could not be read."""
    if cells.is_empty(value) or isinstance(value, (dt.date, dt.time, bool)):
        return None, not cells.is_empty(value)
    return _months(cells.text(value)[:40].casefold().strip())


@functools.lru_cache(maxsize=5_000)
def _months(typed: str) -> tuple[int | None, bool]:
    if found := YEARS.fullmatch(typed):
        whole = int(found[1]) * 12 + (6 if found[2] == "5" else 0) + int(found[3] or 0)
        return (whole, False) if whole <= MOST_MONTHS and found[2] in (None, "0", "5") else (None, True)
    if found := MONTHS.fullmatch(typed):
        read = int(found[1])
        return (read, False) if 0 < read <= MOST_MONTHS else (None, True)
    return None, True


@functools.lru_cache(maxsize=2_000)
def agency_key(name: str) -> str:
    """An agency's name without what stands around it: `PT. Karya Maju (Persero)` and `KARYA MAJU, PT` are one."""
    plain = re.sub(r"[^a-z0-9 ]", " ", unicodedata.normalize("NFKD", name.casefold()).replace(".", ""))
    return "".join(word for word in plain.split() if word not in ("pt", "cv", "tbk", "persero", "p3mi"))
