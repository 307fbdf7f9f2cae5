"""Lists that returns are checked against: regional minimum wages and the regulation's activities with their risk class.

A district without a minimum wage of its own has its province's. Each value carries its source and status.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from teduh.core import sql

DATA = Path(__file__).resolve().parent / "data"
MOST = 50

UPSERT_WAGES = """
INSERT INTO employers_minimumwage AS m (region_id, from_day, amount, source, status)
SELECT t.region, t."from", t.amount, t.source, t.status
FROM json_to_recordset(%s::json) AS t (region text, "from" date, amount bigint, source text, status text)
JOIN registry_region r ON r.code = t.region
ON CONFLICT (region_id, from_day) DO UPDATE SET (amount, source, status) =
    (EXCLUDED.amount, EXCLUDED.source, EXCLUDED.status)
WHERE (m.amount, m.source, m.status) IS DISTINCT FROM (EXCLUDED.amount, EXCLUDED.source, EXCLUDED.status)
"""
UPSERT_ACTIVITIES = """
INSERT INTO employers_activity AS a (name_id, risk_class, source, status)
SELECT name_id, risk_class, source, status
FROM json_to_recordset(%s::json) AS t (name_id text, risk_class int, source text, status text)
ON CONFLICT (name_id) DO UPDATE SET (risk_class, source, status) =
    (EXCLUDED.risk_class, EXCLUDED.source, EXCLUDED.status)
WHERE (a.risk_class, a.source, a.status) IS DISTINCT FROM (EXCLUDED.risk_class, EXCLUDED.source, EXCLUDED.status)
"""
#: The newest that had come into force; of one day the regency's own before the province's.
WAGES = """
SELECT asked.code, m.amount, m.source, m.status FROM unnest(%(regions)s::text[]) AS asked (code)
LEFT JOIN LATERAL (SELECT * FROM employers_minimumwage m
    WHERE m.region_id IN (left(asked.code, 2), left(asked.code, 5)) AND m.from_day <= %(on)s
    ORDER BY m.from_day DESC, length(m.region_id) DESC LIMIT 1) m ON TRUE
"""
ACTIVITIES = "SELECT id, name_id, risk_class, source, status FROM employers_activity"


class MinimumWage(NamedTuple):
    """What is the least a month in a region, where that was read, and how sure it is."""

    amount: int
    source: str
    status: str


class Activity(NamedTuple):
    """A business activity of PP 44/2015 Lampiran I with its risk class."""

    id: int
    name: str
    risk_class: int
    source: str
    status: str


def load_reference() -> dict[str, int]:
    """Bring both lists up to date, as often as one likes; regions come first. How many rows there are in the files."""
    wages, activities = _read("minimum_wages.csv"), _read("activities.csv")
    sql.run(UPSERT_WAGES, [json.dumps(wages)])
    sql.run(UPSERT_ACTIVITIES, [json.dumps(activities)])
    return {"minimum_wages": len(wages), "activities": len(activities)}


def minimum_wage(*, regions: Sequence[str], on: dt.date) -> dict[str, MinimumWage | None]:
    """Each region's minimum monthly wage on a day (None: not held here), in one statement."""
    asked = {"regions": sorted(set(regions)), "on": on}
    return {code: MinimumWage(*rest) if rest[0] is not None else None for code, *rest in sql.rows(WAGES, asked)}


def activities(*, search: str = "", limit: int = MOST) -> tuple[Activity, ...]:
    """Activities whose name has every word of the search."""
    words = [word for word in search.replace("\x00", "")[:200].split() if word][:8]
    where = " AND ".join(["position(lower(%s) IN lower(name_id)) > 0"] * len(words))
    found = sql.rows(
        f"{ACTIVITIES}{' WHERE ' + where if where else ''} ORDER BY name_id LIMIT %s", [*words, min(limit, MOST)]
    )
    return tuple(Activity(*row) for row in found)


def activity(*, id: int) -> Activity | None:
    """One activity of the list."""
    found = sql.rows(f"{ACTIVITIES} WHERE id = %s", [id]) if 0 < id < 2**63 else ()
    return Activity(*found[0]) if found else None


def activity_named(*, name: str) -> Activity | None:
    """The activity that the list names so, capitals aside."""
    found = sql.rows(f"{ACTIVITIES} WHERE lower(name_id) = lower(%s)", [name])
    return Activity(*found[0]) if found else None


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
