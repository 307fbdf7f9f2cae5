"""Corrections that wait for an officer, the oldest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.registry.models.corrections import Correction, CorrectionState
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security.access import Actor


@dataclass(frozen=True)
class CorrectionRow:
    """A change that somebody asks for: the field, what it should become, and the evidence."""

    id: int
    person: people.PersonRow
    field: str
    value: str
    evidence: str
    sha256: str
    changed_on: dt.date | None
    asked_on: dt.date
    asked_by: int | None


def corrections(*, actor: Actor, why: str, after: int = 0, limit: int = 50) -> tuple[CorrectionRow, ...]:
    """What waits to be decided; `after` is the last one seen."""
    actor.require("identity")
    people.require_purpose(why)
    rows = list(
        Correction.objects.filter(state=CorrectionState.ASKED, id__gt=after).order_by("id")[: min(limit, people.MOST)]
    )
    shown = people.rows(actor=actor, why=why, persons=sorted({row.person_id for row in rows}))
    return tuple(
        CorrectionRow(
            row.id, shown[row.person_id], row.field, row.value, row.evidence,
            bytes(row.sha256).hex() if row.sha256 else "", row.changed_on, row.asked_on, row.asked_by_id,
        )
        for row in rows
    )  # fmt: skip


def identities(*, actor: Actor, why: str, after: int = 0, limit: int = 50) -> tuple[people.PersonRow, ...]:
    """People whom the civil registry did not know, or knows otherwise: an officer looks at their papers."""
    actor.require("identity")
    people.require_purpose(why)
    rows = people.sql.rows(
        f"{people.ROW} WHERE s.identity IN ('mismatch', 'not_found') AND s.merged_into_id IS NULL AND s.id > %(after)s "
        "ORDER BY s.id LIMIT %(limit)s",
        {"after": after, "limit": min(limit, people.MOST)},
    )
    security.record(by=actor, action="person.listed", subjects=[f"person:{row[0]}" for row in rows] or [""], why=why)
    return tuple(people.masked(row) for row in rows)
