"""The published figures the population follows: the one place that names rows of coverage-statistics.csv."""

from __future__ import annotations

import csv
import functools
import tomllib
from importlib import resources
from typing import Any, NamedTuple

DATA = resources.files("teduh.national") / "data"
REGIONS = resources.files("teduh") / "registry" / "data" / "regions"

#: Names in the statistics that the region tables write in full.
NAMES = {"DKI Jakarta": "31", "DI Yogyakarta": "34"}

#: The last month for which every segment's active members are published; together they are 39.70 million.
MEMBERS_ON = "2025-04"
EMPLOYED_ON = "2025-08"
DOMICILE_ON = "2025 (month not stated)"

#: Figures given for the two old Papuan provinces, shared out among those made of them in 2022.
PAPUA = {"Papua": ("91", "93", "94", "95"), "Papua Barat": ("92", "96")}


class Row(NamedTuple):
    """One published figure."""

    series: str
    segment: str
    region: str
    date: str
    value: float
    unit: str
    source: str
    confidence: str


@functools.cache
def rows() -> dict[tuple[str, str, str, str], Row]:
    """Every row by (series, segment, region, date)."""
    with (DATA / "coverage-statistics.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        read = [Row(*line[:4], float(line[4]), *line[5:]) for line in reader]
    return {row[:4]: row for row in read}


def value(series: str, segment: str, region: str, date: str) -> float:
    """One published figure; a row that is not there is an error that names it."""
    try:
        return rows()[series, segment, region, date].value
    except KeyError:
        raise LookupError(f"coverage-statistics.csv has no row {series}/{segment}/{region}/{date}") from None


def whole(series: str, segment: str, region: str, date: str) -> int:
    """A published count."""
    return round(value(series, segment, region, date))


@functools.cache
def assumptions() -> dict[str, Any]:
    """What nobody publishes (data/assumptions.toml)."""
    return tomllib.loads((DATA / "assumptions.toml").read_text("utf-8"))


def _table(path: Any) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@functools.cache
def provinces() -> dict[str, str]:
    """Province codes and names, in the order of the codes."""
    return {code: name for code, name, *_ in _table(REGIONS / "provinces.csv")}


@functools.cache
def districts() -> dict[int, list[int]]:
    """The districts of each regency: 3301 has 330101, 330102, …"""
    found: dict[int, list[int]] = {}
    for code, regency, *_ in _table(REGIONS / "districts.csv"):
        found.setdefault(int(regency.replace(".", "")), []).append(int(code.replace(".", "")))
    return {regency: sorted(found[regency]) for regency in sorted(found)}


@functools.cache
def minimum_wages() -> dict[str, int]:
    """The minimum wage of each province in 2025."""
    return {code: int(rupiah) for code, _, rupiah in _table(DATA / "minimum-wages.csv")}


def name_of(code: str) -> str:
    """A province as the statistics call it."""
    return next((name for name, known in NAMES.items() if known == code), provinces()[code])


def by_province(series: str, segment: str, date: str) -> dict[str, int]:
    """A published count for every province; 0 where none is given."""
    found = rows()
    keys = {code: (series, segment, name_of(code), date) for code in provinces()}
    return {code: round(found[key].value) if key in found else 0 for code, key in keys.items()}


def informal() -> dict[str, int]:
    return by_province("derived_informal_workers", "informal", EMPLOYED_ON)


def formal() -> dict[str, int]:
    """Employed people who are not informal workers."""
    employed = by_province("employed_population", "TOTAL", EMPLOYED_ON)
    return {code: employed[code] - few for code, few in informal().items()}


def members_by_province(segment: str) -> dict[str, int]:
    """Active members of PU or BPU by domicile; Papua's figures go to the new provinces by kind of work."""
    found = by_province("active_participants_by_domicile_probable", segment, DOMICILE_ON)
    weights = formal() if segment == "PU" else informal()
    for old, parts in PAPUA.items():
        total = found[next(code for code in parts if name_of(code) == old)]
        together = sum(weights[code] for code in parts)
        found |= {code: total * weights[code] // together for code in parts}
    return found


def origins() -> dict[str, int]:
    """Placements abroad by province of origin in 2025; what the list leaves out goes by employed population."""
    found = by_province("pmi_placements_by_origin", "TOTAL", "2025")
    rest = whole("pmi_placements", "TOTAL", "World", "2025") - sum(found.values())
    employed = by_province("employed_population", "TOTAL", EMPLOYED_ON)
    unlisted = [code for code, placed in found.items() if not placed]
    together = sum(employed[code] for code in unlisted)
    return found | {code: rest * employed[code] // together for code in unlisted}


def active(segment: str) -> int:
    """Active members of a segment in April 2025."""
    return whole("active_participants", segment, "Indonesia", MEMBERS_ON)


def inactive(segment: str) -> int:
    """Registered members whose cover has lapsed (December 2023). Projects and placements end; none are published."""
    return whole("inactive_participants", segment, "Indonesia", "2023-12") if segment in ("PU", "BPU") else 0
