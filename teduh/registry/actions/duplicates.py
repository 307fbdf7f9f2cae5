"""Flags pairs of records that may be one person, and keeps what two officers make of each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.registry.models.identity import Duplicate, DuplicateState
from teduh.registry.models.people import Person
from teduh.registry.queries import suspects
from teduh.security.access import Actor

FLAG = """
INSERT INTO registry_duplicate (first_id, second_id, evidence, state)
SELECT first, second, evidence, 'suspected'
FROM json_to_recordset(%(rows)s::json) AS t (first bigint, second bigint, evidence jsonb)
ORDER BY first, second ON CONFLICT (first_id, second_id) DO NOTHING
RETURNING id, first_id, second_id, evidence
"""
#: What may follow what.
MOVES: dict[str, frozenset[str]] = {
    DuplicateState.SUSPECTED: frozenset({DuplicateState.PROPOSED, DuplicateState.DISTINCT}),
    DuplicateState.PROPOSED: frozenset({DuplicateState.MERGED, DuplicateState.DISTINCT}),
    DuplicateState.DISTINCT: frozenset({DuplicateState.PROPOSED}),
    DuplicateState.MERGED: frozenset(),
}


@dataclass(frozen=True)
class Flagged:
    """A pair that was flagged: its number, the two people, and the evidence."""

    id: int
    first: int
    second: int
    evidence: tuple[dict[str, str], ...]

    def other(self, person: int) -> int:
        return self.second if person == self.first else self.first


def flag(*, persons: Sequence[int]) -> tuple[Flagged, ...]:
    """Look for these people under another record and flag each pair once; what was judged before stays judged."""
    if not persons:
        return ()
    if len(persons) > 1:  # each is looked for by name: what waits to be indexed would be read again for each
        sql.run("SELECT gin_clean_pending_list('person_by_name')")
    pairs = [
        {"first": found.first, "second": found.second, "evidence": found.evidence}
        for found in suspects.suspects(persons=persons)
    ]
    rows = sql.rows(FLAG, {"rows": json.dumps(pairs)})
    return tuple(Flagged(id_, one, other, _evidence(evidence)) for id_, one, other, evidence in rows)


def _evidence(value: str | list[dict[str, str]]) -> tuple[dict[str, str], ...]:
    return tuple(json.loads(value) if isinstance(value, str) else value)


def pair(*, one: int, other: int) -> int:
    """The pair's number; flagged by hand if the machine had not seen it."""
    first, second = sorted((one, other))
    found, _ = Duplicate.objects.get_or_create(first_id=first, second_id=second, defaults={"evidence": []})
    return found.id


def locked(*, duplicate: int) -> Duplicate:
    """The pair, held until the transaction ends, together with its two people in order of their numbers."""
    found = Duplicate.objects.select_for_update().filter(id=duplicate).first()
    if found is None:
        raise not_found(Text("Pasangan ini tidak ada.", "There is no such pair."))
    list(Person.objects.select_for_update().filter(id__in=(found.first_id, found.second_id)).order_by("id"))
    return found


def move(
    *, duplicate: Duplicate, to: str, by: Actor, at: dt.datetime, keep: int | None = None, why: str = ""
) -> Duplicate:
    """The pair's next state, or a refusal if it may not follow."""
    if to not in MOVES[duplicate.state]:
        raise Refused(
            "pair_already_judged",
            Text("Pasangan ini sudah diputuskan.", "This pair has been decided already."),
            then=Text("Muat ulang halamannya.", "Load the page again."),
            status=409,
        )
    duplicate.state = to
    if to == DuplicateState.PROPOSED:
        duplicate.proposed_by_id, duplicate.keep_id = by.user, keep
        duplicate.decided_by_id = duplicate.decided_at = None
    else:
        duplicate.decided_by_id, duplicate.decided_at = by.user, at
    duplicate.save()
    return duplicate


#: What moves when two records become one; what was paid and booked does not: readers follow `merged_into`.
FOLD = (
    "UPDATE registry_person SET merged_into_id = %(into)s WHERE id = %(away)s OR merged_into_id = %(away)s",
    """
    INSERT INTO registry_enrolment (person_id, segment, "on", channel, by_id, income, sector, occupation_id,
        second_occupation_id, programmes, outcome, verdict, ended_why)
    SELECT %(into)s, segment, "on", channel, by_id, income, sector, occupation_id, second_occupation_id, programmes,
        outcome, verdict, '' FROM registry_enrolment WHERE person_id = %(away)s AND ended_on IS NULL
    ON CONFLICT (person_id, segment) WHERE ended_on IS NULL DO NOTHING
    """,
    """
    UPDATE registry_enrolment SET ended_on = greatest("on", %(on)s), ended_why = 'digabung / merged'
    WHERE person_id = %(away)s AND ended_on IS NULL
    """,
    """
    UPDATE registry_membership m SET person_id = %(into)s WHERE person_id = %(away)s AND NOT EXISTS (
        SELECT FROM registry_membership o WHERE o.person_id = %(into)s AND o.group_id = m.group_id)
    """,
    """
    UPDATE registry_account a SET person_id = %(into)s WHERE person_id = %(away)s AND NOT EXISTS (
        SELECT FROM registry_account o WHERE o.person_id = %(into)s)
    """,
    "UPDATE registry_identitycheck SET retry_at = NULL WHERE person_id = %(away)s AND retry_at IS NOT NULL",
    """
    UPDATE registry_duplicate SET state = 'distinct' WHERE (first_id = %(away)s OR second_id = %(away)s)
        AND state IN ('suspected', 'proposed')
    """,
)


def fold(*, away: int, into: int, on: dt.date) -> None:
    """Let one record live on in the other: it keeps its row and points there, as do those merged into it before."""
    for statement in FOLD:
        sql.run(statement, {"away": away, "into": into, "on": on})
