"""What was told about people leaving: what waits for an employer, what waits for an officer, what a worker told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.employers import access
from teduh.registry import numbers
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 100
ROW = """
SELECT l.id, l.employment_id, e.employer_id, f.name, e.person_id, p.name, p.member_number, l.state, l.ended_on, l.cause,
    l.teller, l.told_on, l.text, l.why
FROM employers_leaving l JOIN employers_employment e ON e.id = l.employment_id
JOIN employers_employer f ON f.id = e.employer_id JOIN registry_person p ON p.id = e.person_id
"""


@dataclass(frozen=True)
class LeavingRow:
    """A word of leaving, the person masked. `why` is what was answered or decided; `text` the teller's own words."""

    id: int
    employment: int
    employer: int
    employer_name: str
    person: int
    name: str
    member_number: str
    state: str
    ended_on: dt.date
    cause: str
    teller: str
    told_on: dt.date
    text: str
    why: str


def leavings(
    *, by: Actor, employer: int, states: Sequence[str] = ("waiting", "disputed"), why: str = "", limit: int = MOST
) -> tuple[LeavingRow, ...]:
    """What was told about this employer's people, the oldest first."""
    access.require(by=by, employer=employer, what="view", why=why)
    rows = sql.rows(
        f"{ROW} WHERE e.employer_id = %s AND l.state = ANY(%s) ORDER BY l.id LIMIT %s",
        [employer, [str(state) for state in states], min(limit, MOST)],
    )
    return _shown(rows, by, why or "Pernyataan berhenti")


def disputed(*, by: Actor, limit: int = MOST, told_before: dt.date | None = None) -> tuple[LeavingRow, ...]:
    """What an officer decides: what an employer disputes, and with `told_before` what it left unanswered since then."""
    by.require("employers")
    rows = sql.rows(
        f"{ROW} WHERE l.state = 'disputed' OR (l.state = 'waiting' AND l.told_on < %s) ORDER BY l.id LIMIT %s",
        [told_before, min(limit, MOST)],
    )
    return _shown(rows, by, "Memutuskan pernyataan berhenti")


def ended(*, by: Actor, number: str, why: str) -> tuple[LeavingRow, ...]:
    """What was told about one member's ends, corrected ones and all, the newest first: by his member number (KPJ)."""
    by.require("employers")
    access.require_purpose(why)
    rows = sql.rows(
        f"{ROW} WHERE p.member_number = %s AND l.state IN ('accepted', 'replaced') ORDER BY l.id DESC LIMIT %s",
        [numbers.read(number), MOST],
    )
    return _shown(rows, by, why)


def words(*, by: Actor, employment: int, why: str) -> tuple[LeavingRow, ...]:
    """Everything that was told about one employment's end, in the order it was told."""
    by.require("employers")
    access.require_purpose(why)
    return _shown(sql.rows(f"{ROW} WHERE l.employment_id = %s ORDER BY l.id LIMIT %s", [employment, MOST]), by, why)


def of_person(*, persons: Sequence[int]) -> tuple[LeavingRow, ...]:
    """What was told about one person, who is himself asking; the newest first."""
    rows = sql.rows(f"{ROW} WHERE e.person_id = ANY(%s) ORDER BY l.id DESC LIMIT %s", [list(persons), MOST])
    return tuple(_masked(row) for row in rows)


def _shown(rows: list[tuple], by: Actor, why: str) -> tuple[LeavingRow, ...]:
    found = tuple(_masked(row) for row in rows)
    if found:
        subjects = sorted({f"person:{row.person}" for row in found})
        security.record(by=by, action="person.listed", subjects=subjects, why=why)
    return found


def _masked(row: tuple) -> LeavingRow:
    *start, name, member_number, state, ended_on, cause, teller, told_on, text, why = row
    return LeavingRow(
        *start, masking.name(crypto.decrypt(name)), member_number, state, ended_on, cause, teller, told_on,
        crypto.decrypt(text) if text else "", why,
    )  # fmt: skip
