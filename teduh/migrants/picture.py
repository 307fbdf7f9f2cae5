"""Placements counted, without asking who they are of: what ends when and where, and what the places are called."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants.models import OPEN_STATES

ENDING = """
SELECT destination_id, (ends_on - %(on)s::date) / 7, count(*)
FROM migrants_placement
WHERE state = ANY(%(open)s) AND ends_on BETWEEN %(on)s::date AND %(until)s::date
GROUP BY 1, 2
ORDER BY 1, 2
"""
PLACES = """
SELECT code, name, name FROM registry_region WHERE code = ANY(%(regions)s)
UNION ALL
SELECT code, name_id, name_en FROM migrants_destination WHERE code = ANY(%(destinations)s)
"""
UNKNOWN = Text("Belum diketahui", "Not known")


class EndingCount(NamedTuple):
    """Open placements at a destination that end in a week from the day asked about (0: its first seven days)."""

    destination: str
    week: int
    people: int


def ending(*, on: dt.date, until: dt.date) -> list[EndingCount]:
    """Open placements whose last agreement ends from `on` to `until`, by destination and week. One statement."""
    found = sql.rows(ENDING, {"on": on, "until": until, "open": [state.value for state in OPEN_STATES]})
    return [EndingCount(*row) for row in found]


def places(*, regions: Iterable[str], destinations: Iterable[str]) -> dict[str, Text]:
    """What regions and destinations are called, by code; an empty code is not known. One statement."""
    found = sql.rows(PLACES, {"regions": sorted(regions), "destinations": sorted(destinations)})
    return {"": UNKNOWN} | {code: Text(id, en) for code, id, en in found}
