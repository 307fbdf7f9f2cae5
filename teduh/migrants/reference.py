"""Destinations: countries and territories with their names, time zone and currency, loaded from the file beside."""

from __future__ import annotations

import csv
import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path

from teduh.core import sql
from teduh.core.text import Text

DATA = Path(__file__).resolve().parent / "data"
NOISE = re.compile(r"[^A-Z]")
WORDS = re.compile(r"[^A-Z]+")

UPSERT = """
INSERT INTO migrants_destination AS d (code, name_id, name_en, aliases, zone, currency)
SELECT code, name_id, name_en, aliases, zone, currency FROM json_to_recordset(%s::json)
    AS t (code text, name_id text, name_en text, aliases text[], zone text, currency text)
ON CONFLICT (code) DO UPDATE SET (name_id, name_en, aliases, zone, currency) =
    (EXCLUDED.name_id, EXCLUDED.name_en, EXCLUDED.aliases, EXCLUDED.zone, EXCLUDED.currency)
WHERE (d.name_id, d.name_en, d.aliases, d.zone, d.currency) IS DISTINCT FROM
    (EXCLUDED.name_id, EXCLUDED.name_en, EXCLUDED.aliases, EXCLUDED.zone, EXCLUDED.currency)
"""
#: Where most Indonesian migrants are (`data/estimates.csv`): offered first.
FIRST = ("TW", "HK", "MY", "KR", "JP", "SG", "SA", "BN", "AE", "QA", "KW", "IT", "TR", "PL")


@dataclass(frozen=True, slots=True)
class DestinationView:
    """A destination as it is shown."""

    code: str
    name: Text
    zone: str
    currency: str


@functools.cache
def _file() -> dict[str, dict[str, object]]:
    with (DATA / "destinations.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: {**row, "aliases": [a for a in row["aliases"].split("|") if a]} for row in csv.DictReader(file)
        }


def load_reference() -> dict[str, int]:
    """Bring destinations up to date; as often as one likes. Returns how many there are."""
    sql.run(UPSERT, [json.dumps(list(_file().values()))])
    return {"destinations": len(_file())}


def destination(code: str) -> DestinationView | None:
    """The destination with these two letters."""
    row = _file().get(code)
    if row is None:
        return None
    return DestinationView(code, Text(str(row["name_id"]), str(row["name_en"])), str(row["zone"]), str(row["currency"]))


def destinations(*, search: str = "") -> tuple[DestinationView, ...]:
    """All destinations, where most migrants are first, then by name; `search` finds parts of names and aliases."""
    wanted = _key(search)
    found = [code for code, names in _keys().items() if not wanted or any(wanted in name for name in names)]
    rank = {code: place for place, code in enumerate(FIRST)}
    views = [view for view in map(destination, found) if view]
    return tuple(sorted(views, key=lambda view: (rank.get(view.code, len(FIRST)), view.name.id)))


def read(text: str) -> str | None:
    """The code that a list means by a name, an alias or the code itself; None if nothing or more than one is meant."""
    wanted = _key(text)
    if not wanted:
        return None
    exact = [code for code, names in _keys().items() if wanted in names]
    if len(exact) == 1:
        return exact[0]
    spoken = f" {WORDS.sub(' ', text[:100].upper()).strip()} "
    within = [code for code, names in _spoken().items() if any(f" {name} " in spoken for name in names)]
    return within[0] if not exact and len(within) == 1 else None


@functools.cache
def _keys() -> dict[str, frozenset[str]]:
    return {
        code: frozenset(_key(str(name)) for name in (code, row["name_id"], row["name_en"], *row["aliases"]))  # type: ignore[misc]
        for code, row in _file().items()
    }


@functools.cache
def _spoken() -> dict[str, tuple[str, ...]]:
    """Names as whole words, to find them in "Kota Kinabalu, Malaysia" but not Peru in "perusahaan"."""
    return {
        code: tuple(
            word
            for name in (row["name_id"], row["name_en"], *row["aliases"])  # type: ignore[misc]
            if len(word := WORDS.sub(" ", str(name).upper()).strip()) > 3
        )
        for code, row in _file().items()
    }


def _key(text: str) -> str:
    return NOISE.sub("", text[:100].upper())
