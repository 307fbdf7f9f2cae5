"""Occupations as people name them in a sheet; what the list does not hold is noted as other work."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from teduh.registry import places
from teduh.registry.queries.places import OccupationRow, occupation_finder
from teduh.registry.sheets import cells
from teduh.registry.sheets.findings import NOTHING, Understood, find

OTHER = "pekerja-lain"
DIVIDED = re.compile(r"\s*(?:[/;,&+\n]|\bdan\b|\bserta\b|\band\b)\s*", re.I)
#: What identity cards and people call it when somebody has no work of his own.
IDLE = re.compile(
    r"(belum ?/? ?(tidak )?(be)?kerja|tidak (be)?kerja|tdk (be)?kerja|(me)?nganggur|pengangguran|pelajar|mahasiswa|"
    r"pelajar ?/? ?mahasiswa|mengurus rumah tangga|ibu rumah tangga|irt|mrt|pensiunan?|unemployed|student)$"
)
WAGES = re.compile(
    r"\b(pns|asn|p3k|pppk|tni|polri|polisi|pegawai negeri|pegawai tetap|karyawan (swasta|bumn|bumd|pabrik)|karyawan|"
    r"buruh pabrik|perangkat desa|kepala desa)\b"
)


class Trades:
    """The list of occupations, by every word people use for them; the same text is looked up once."""

    def __init__(self, finder: Callable[[str], OccupationRow | None]) -> None:
        self._finder = finder
        self.find = functools.cache(self._find)

    def named(self, code: str | None) -> OccupationRow | None:
        """The occupation with this code."""
        found = self._finder(code) if code else None
        return found if found and found.code == code else None

    def sector(self, code: str) -> str:
        """`transport` or `other`: what a relief tells apart."""
        found = self.named(code)
        return "transport" if found and found.sector == "transport" else "other"

    def _find(self, typed: str, field: str = "occupation") -> tuple[Understood, Understood]:
        """The occupation and, if two are named, the second one."""
        if cells.is_empty(typed):
            return NOTHING, NOTHING
        plain = places.plain(typed)
        if IDLE.match(plain):
            return Understood(None, (find("not_working", field, cell=typed),)), NOTHING
        whole = self._finder(typed)
        if whole and whole.likeness == 1:
            return self._told(whole, typed, field), NOTHING
        parts = [p for p in DIVIDED.split(typed) if places.plain(p) and not IDLE.match(places.plain(p))]
        found = [row for part in parts if (row := self._finder(part))] or ([whole] if whole else [])
        if not found:
            return self._unknown(typed, plain, field), NOTHING
        second = next((row for row in found[1:] if row.code != found[0].code), None)
        return self._told(found[0], typed, field), self._told(second, typed, "second_occupation") if second else NOTHING

    def _unknown(self, typed: str, plain: str, field: str) -> Understood:
        """Work that the list does not hold. Somebody's employee is told apart: he belongs to his employer."""
        other = self.named(OTHER)
        if other is None or not plain:
            return Understood(None, (find("occupation_missing", field),))
        code = "wage_work" if WAGES.search(plain) else "occupation_other"
        return Understood(OTHER, (find(code, field, cell=typed, read=other.name_id),))

    def _told(self, row: OccupationRow, typed: str, field: str) -> Understood:
        plain = places.plain(typed)
        if WAGES.search(plain):
            return Understood(row.code, (find("wage_work", field, cell=typed),))
        if places.plain(row.name_id) == plain:
            return Understood(row.code)
        said = "occupation_read" if row.likeness >= 0.9 else "occupation_similar"
        return Understood(row.code, (find(said, field, cell=typed, read=row.name_id),))


def load() -> Trades:
    """The whole list, in one statement."""
    return Trades(occupation_finder())
