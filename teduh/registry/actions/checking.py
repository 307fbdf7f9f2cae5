"""Keeps what the civil registry was asked and what it said; asks nobody itself."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.registry.civil_registry import AWAY, Answer, Question
from teduh.security import crypto

#: Whoever takes checks may keep them this long; then others take them up again.
LEASE = dt.timedelta(minutes=10)
TAKE = """
WITH due AS (
    SELECT c.id, c.person_id FROM registry_identitycheck c
    WHERE c.retry_at <= %(at)s AND (%(persons)s::bigint[] IS NULL OR c.person_id = ANY(%(persons)s))
    ORDER BY c.retry_at, c.id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE registry_identitycheck c SET retry_at = %(lease)s, attempt = least(c.attempt + 1, 32000) FROM due
    WHERE c.id = due.id RETURNING c.id, c.person_id, c.attempt
)
SELECT t.id, t.person_id, t.attempt, p.nik, p.name, p.birth_date, p.sex
FROM taken t JOIN registry_person p ON p.id = t.person_id ORDER BY t.id
"""
STORE = """
UPDATE registry_identitycheck c SET answer = t.answer, matches = t.matches, trace = t.trace, retry_at = t.retry_at
FROM json_to_recordset(%(rows)s::json) AS t (id bigint, answer text, matches jsonb, trace text, retry_at timestamptz,
    lease timestamptz)
WHERE c.id = t.id AND c.retry_at = t.lease
RETURNING c.person_id
"""
#: What an officer has checked by hand is not undone by a machine.
JUDGE = """
UPDATE registry_person p SET identity = t.answer
FROM json_to_recordset(%(rows)s::json) AS t (person bigint, answer text)
WHERE p.id = t.person AND p.identity <> 'by_hand'
RETURNING p.id, p.identity
"""


@dataclass(frozen=True)
class Taken:
    """A check that was taken up: whom it is about, which attempt this is, and what to ask."""

    id: int
    person: int
    attempt: int
    lease: dt.datetime
    question: Question


def take(*, at: dt.datetime, limit: int, persons: Sequence[int] | None = None) -> tuple[Taken, ...]:
    """Checks that are due, kept from others for a while, so that two who ask at once never ask twice."""
    rows = sql.rows(
        TAKE, {"at": at, "limit": limit, "lease": at + LEASE, "persons": list(persons) if persons is not None else None}
    )
    return tuple(
        Taken(id_, person, attempt, at + LEASE, Question(crypto.decrypt(nik), crypto.decrypt(name), birth_date, sex))
        for id_, person, attempt, nik, name, birth_date, sex in rows
    )


def store(*, answers: Sequence[tuple[Taken, Answer, dt.datetime | None]]) -> dict[int, str]:
    """Write what was answered, and when to ask again where it was away; gives each judged person's new identity.

    If the person's data was corrected meanwhile, the check is due again and the answer, to an old question, is dropped.
    """
    checks = [
        {"id": taken.id, "answer": answer.fault if answer.state == AWAY else answer.state, "trace": answer.trace,
         "matches": dict(answer.matches), "retry_at": retry_at.isoformat() if retry_at else None,
         "lease": taken.lease.isoformat()}
        for taken, answer, retry_at in answers
    ]  # fmt: skip
    stored = {person for (person,) in sql.rows(STORE, {"rows": json.dumps(checks)})}
    judged = [
        {"person": taken.person, "answer": answer.state}
        for taken, answer, _ in answers
        if answer.state != AWAY and taken.person in stored
    ]
    return dict(sql.rows(JUDGE, {"rows": json.dumps(judged)}))


def ask_again(*, person: int, at: dt.datetime) -> None:
    """The person's data changed or somebody wants to know now: what was known is open, and one check is due."""
    sql.run("UPDATE registry_person SET identity = 'waiting' WHERE id = %s", [person])
    again = sql.run(
        "UPDATE registry_identitycheck SET retry_at = %s WHERE person_id = %s AND retry_at IS NOT NULL", [at, person]
    )
    if not again:
        sql.run(
            "INSERT INTO registry_identitycheck (person_id, answer, matches, trace, attempt, retry_at) "
            "VALUES (%s, 'waiting', '{}', '', 0, %s)",
            [person, at],
        )


def checked_by_hand(*, person: int) -> int:
    """An officer has seen the papers; nothing more is asked. How many people that was: one, or none."""
    sql.run("UPDATE registry_identitycheck SET retry_at = NULL WHERE person_id = %s AND retry_at IS NOT NULL", [person])
    return sql.run("UPDATE registry_person SET identity = 'by_hand' WHERE id = %s AND merged_into_id IS NULL", [person])
