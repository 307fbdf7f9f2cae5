"""Places as a sheet writes them, found among Indonesia's regions without asking the database for each row.

It knows the regions that the sheet's words can mean. It never guesses between two places of one name: it lists them.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from teduh.core import sql
from teduh.registry import places
from teduh.registry.sheets.findings import NOTHING, Finding, Understood, find

UPPER = "SELECT code, parent_id, level, name, search FROM registry_region WHERE level < 4"
VILLAGES = """
SELECT code, parent_id, level, name, search FROM registry_region
WHERE level = 4 AND (search = ANY(%(keys)s) OR code = ANY(%(codes)s) OR parent_id = ANY(%(parents)s))
"""
LEVELS = ("province", "regency", "district", "village")
ALIKE = 0.8
#: Places named inside an address: `Jl. Melati, Desa Sukamaju Kec. Cilawu Kab. Garut`.
INSIDE = re.compile(
    r"\b(?P<kind>desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota|provinsi|prov)\b\.?\s*[:.]?\s*"
    r"(?P<name>.+?)(?=\s*(?:,|;|\n|\b(?:desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota|provinsi|prov|rt|rw)\b|$))",
    re.I,
)
KINDS = {"desa": 4, "ds": 4, "kelurahan": 4, "kel": 4, "kecamatan": 3, "kec": 3, "kabupaten": 2, "kab": 2, "kota": 2,
         "provinsi": 1, "prov": 1}  # fmt: skip


class Region(NamedTuple):
    """A province, regency, district or village."""

    code: str
    parent: str | None
    level: int
    name: str
    search: str


class Written(NamedTuple):
    """What a row says of a place, level by level from the province down, or its code."""

    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""
    code: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self)

    def __str__(self) -> str:
        return self.code or ", ".join(part for part in (self.village, self.district, self.regency) if part)


class Gazetteer:
    """The regions that a sheet can mean. `near` is where the file comes from: it settles names that are common."""

    def __init__(self, regions: Iterable[Region], near: str | None = None) -> None:
        self.regions = {region.code: region for region in regions}
        self.near = near if near in self.regions else None
        self._by_key: dict[tuple[int, str], list[Region]] = defaultdict(list)
        self._inside: dict[str, list[Region]] = defaultdict(list)
        for region in self.regions.values():
            self._by_key[region.level, region.search].append(region)
            if region.parent:
                self._inside[region.parent].append(region)
        self.find = functools.cache(self._find)

    def full_name(self, code: str) -> str:
        """`Sukamaju, Cilawu, Kabupaten Garut`."""
        names, region = [], self.regions.get(code)
        while region and (region.level > 1 or not names):
            names.append(region.name)
            region = self.regions.get(region.parent or "")
        return ", ".join(names)

    def _find(self, written: Written, field: str = "place") -> Understood:
        if written.is_empty:
            return NOTHING
        if written.code:
            return self._coded(written, field)
        found, alike, lost = self._narrowed(written)
        if lost and not found:
            return Understood(None, (find("place_unknown", field, cell=lost),))
        if len(found) > 1:
            return self._ambiguous(found, written, field)
        return self._told(found[0], written, alike, lost, field)

    def _coded(self, written: Written, field: str) -> Understood:
        code = dotted(written.code)
        if code in self.regions:
            return Understood(code, (find("place_read", field, read=self.full_name(code)),))
        rest = written._replace(code="")
        return self._find(rest, field) if not rest.is_empty else Understood(
            None, (find("place_unknown", field, cell=written.code),)
        )  # fmt: skip

    def _narrowed(self, written: Written) -> tuple[list[Region], bool, str]:
        """From the top down: the regions that fit, whether by likeness only, and the name that was not found."""
        found: list[Region] = []
        alike, lost = False, ""
        for level, name in enumerate(written[:4], start=1):
            if not name:
                continue
            fit = self._named(name, level, found)
            if not fit and found:
                fit, alike = self._similar(name, level, found), True
            if not fit:
                lost = name
                continue
            found = fit
        return found, alike and not lost, lost

    def _named(self, name: str, level: int, above: list[Region]) -> list[Region]:
        keys = {reading.key for reading in places.sought(name)} | {places.key(name, level)}
        fit = [region for key in keys for region in self._by_key.get((level, key), ())]
        if level == 2:
            fit = _as_written(fit, name)
        if above:
            fit = [region for region in fit if any(_is_in(region.code, upper.code) for upper in above)]
        return fit

    def _similar(self, name: str, level: int, above: list[Region]) -> list[Region]:
        inside = {r.search: r for upper in above for r in self._below(upper.code, level)}
        key = places.sought(name)
        close = difflib.get_close_matches(key[0].key if key else "", inside, n=1, cutoff=ALIKE)
        return [inside[close[0]]] if close else []

    def _below(self, code: str, level: int) -> list[Region]:
        regions = self._inside.get(code, [])
        if not regions or regions[0].level >= level:
            return [region for region in regions if region.level == level]
        return [found for region in regions for found in self._below(region.code, level)]

    def _ambiguous(self, found: list[Region], written: Written, field: str) -> Understood:
        """The one that shares most of its code with where the file comes from, if only one does."""
        for length in (8, 5, 2) if self.near else ():
            close = [region for region in found if self.near and region.code[:length] == self.near[:length]]
            if len(close) == 1:
                return self._told(close[0], written, False, "", field)
        names = "; ".join(f"{self.full_name(region.code)} ({region.code})" for region in found[:3])
        return Understood(None, (find("place_ambiguous", field, cell=written, candidates=names),))

    def _told(self, region: Region, written: Written, alike: bool, lost: str, field: str) -> Understood:
        read = self.full_name(region.code)
        if lost:
            said: Finding = find("place_part", field, cell=lost, read=read)
        else:
            said = find("place_similar" if alike else "place_read", field, cell=written, read=read)
        return Understood(region.code, (said,))


def load(written: Iterable[Written], near: str | None = None) -> Gazetteer:
    """Provinces to districts, and the villages that these words can mean: two statements, however many rows."""
    upper = [Region(*row) for row in sql.rows(UPPER)]
    wanted = set(written)
    first = Gazetteer(upper, near)
    names = {w.village for w in wanted if w.village}
    keys = {reading.key for name in names for reading in places.sought(name)}
    codes = {dotted(w.code) for w in wanted if w.code} | ({near} if near else set())
    above = {w._replace(village="", code="") for w in wanted if w.village}
    parents = {r.code for w in above if w.district for r in first._narrowed(w)[0] if r.level == 3}
    params = {"keys": list(keys), "codes": list(codes), "parents": list(parents)}
    return Gazetteer([*upper, *(Region(*row) for row in sql.rows(VILLAGES, params))], near)


@functools.lru_cache(maxsize=20_000)
def in_address(address: str) -> Written:
    """The places that an address names with their kinds."""
    found: dict[str, str] = {}
    for match in INSIDE.finditer(address[:300]):
        level = LEVELS[KINDS[match["kind"].lower()] - 1]
        name = match["name"].strip(" .,:-")
        if name and len(name) <= 60:
            kind = "kota " if match["kind"].lower() == "kota" else ""
            found.setdefault(level, kind + name)
    return Written(**found)


def dotted(code: str) -> str:
    """`3205012003` as `32.05.01.2003`."""
    digits = re.sub(r"\D", "", code[:40])
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:10]) if part)


def _is_in(code: str, upper: str) -> bool:
    return code == upper or code.startswith(f"{upper}.")


def _as_written(regions: list[Region], name: str) -> list[Region]:
    """`Kota Bandung` is not `Kabupaten Bandung`; a bare `Bandung` is the regency, as villages are there."""
    is_city = places.plain(name).startswith(("kota ", "kodya ", "kotamadya "))
    fit = [region for region in regions if region.name.startswith("Kota") == is_city]
    return fit or regions
