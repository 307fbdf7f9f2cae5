"""What happened on placements, as rows that are only added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.security import crypto

ADD = """
INSERT INTO migrants_event (placement_id, kind, "on", agreement_id, teller, organisation_id, note, by_id, at)
SELECT placement, kind, "on", agreement, teller, organisation, note, %s, %s
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::bigint[], %s::text[], %s::bigint[], %s::bytea[])
    WITH ORDINALITY AS t (placement, kind, "on", agreement, teller, organisation, note, n) ORDER BY n
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """Something that happened, as it is told."""

    placement: int
    kind: str
    on: dt.date
    teller: str
    agreement: int | None = None
    organisation: int | None = None
    note: str = ""


def add_events(*, rows: Sequence[EventRow], by: int | None, at: dt.datetime) -> None:
    """Add these, in their order. One statement."""
    values = [
        (row.placement, row.kind, row.on, row.agreement, row.teller, row.organisation,
         crypto.encrypt(row.note) if row.note else None)
        for row in rows
    ]  # fmt: skip
    if values:
        sql.run(ADD, [by, at, *sql.columns(values, 7)])
