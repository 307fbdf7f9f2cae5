"""Loads what everybody shares, from files beside the code: Indonesia's regions, occupations of the self-employed."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection

from teduh.registry import places

DATA = Path(__file__).resolve().parent.parent / "data"
Progress = Callable[[str], None]

UPSERT_REGIONS = """
INSERT INTO registry_region (code, parent_id, level, name, search) SELECT * FROM fresh ORDER BY level, code
ON CONFLICT (code) DO UPDATE SET (parent_id, level, name, search) =
    (EXCLUDED.parent_id, EXCLUDED.level, EXCLUDED.name, EXCLUDED.search)
WHERE (registry_region.parent_id, registry_region.level, registry_region.name, registry_region.search)
    IS DISTINCT FROM (EXCLUDED.parent_id, EXCLUDED.level, EXCLUDED.name, EXCLUDED.search)
"""
UPSERT_OCCUPATIONS = """
INSERT INTO registry_occupation (code, sector, name_id, name_en, aliases)
SELECT * FROM jsonb_to_recordset(%s::jsonb) AS t(code text, sector text, name_id text, name_en text, aliases jsonb)
ON CONFLICT (code) DO UPDATE SET (sector, name_id, name_en, aliases) =
    (EXCLUDED.sector, EXCLUDED.name_id, EXCLUDED.name_en, EXCLUDED.aliases)
"""


def load_reference(*, progress: Progress | None = None) -> dict[str, int]:
    """Bring regions and occupations up to date; as often as one likes. Returns how many there are."""
    tell = progress or (lambda _: None)
    tell("regions")
    regions = _load_regions()
    tell("occupations")
    return {"regions": regions, "occupations": _load_occupations()}


def _load_regions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.fresh")
        cursor.execute("CREATE TEMP TABLE fresh (code text, parent_id text, level int2, name text, search text)")
        with cursor.cursor.copy("COPY fresh FROM STDIN") as copy:
            for row in _regions():
                copy.write_row(row)
        cursor.execute("SELECT count(*) FROM fresh")
        (count,) = cursor.fetchone()
        cursor.execute(UPSERT_REGIONS)
        cursor.execute("DROP TABLE fresh")
    return count


def _regions() -> Iterator[tuple[str, str | None, int, str, str]]:
    folder = DATA / "regions"
    for level, name in enumerate(("provinces.csv", "regencies.csv", "districts.csv", "villages.csv.gz"), start=1):
        opened = gzip.open if name.endswith(".gz") else open
        with opened(folder / name, "rt", encoding="utf-8", newline="") as file:
            rows = csv.reader(file)
            next(rows)
            for code, *parent, name_ in rows:
                yield code, parent[0] if parent else None, level, name_, places.key(name_, level)


def _load_occupations() -> int:
    rows = occupations()
    with connection.cursor() as cursor:
        cursor.execute(UPSERT_OCCUPATIONS, [json.dumps(rows)])
    return len(rows)


def occupations() -> list[dict[str, object]]:
    """The occupations in the file; aliases are divided by `|`."""
    with (DATA / "occupations.csv").open(encoding="utf-8", newline="") as file:
        return [{**row, "aliases": [a.strip() for a in row["aliases"].split("|") if a.strip()]}
                for row in csv.DictReader(file)]  # fmt: skip
