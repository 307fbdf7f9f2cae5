"""Placements as rows: made once for a person at a time, held while they change, and their dates moved."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.migrants import facts, numbers
from teduh.migrants.models import OPEN_STATES
from teduh.security import crypto

#: The dates an event may set.
DATES = ("departed_on", "debarked_on", "home_on", "failed_on", "died_on")

#: Verdicts are long and few: each goes over and is read once, however many people it was given to.
PLACE = """
WITH said AS MATERIALIZED (
    SELECT n, verdict::jsonb AS verdict FROM unnest(%s::text[]) WITH ORDINALITY AS v (verdict, n)
)
INSERT INTO migrants_placement (number, person_id, route, scheme, entry, organisation_id, destination_id, registered_on,
    state, ends_on, passport, passport_index, passport_until, savings_monthly, outcome, verdict, by_id, key)
SELECT number, person, route, scheme, entry, organisation, destination, registered, state, ends, passport,
    passport_index, passport_until, savings, outcome, said.verdict, by, key
FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::date[],
    %s::text[], %s::date[], %s::bytea[], %s::bytea[], %s::date[], %s::int[], %s::text[], %s::int[], %s::bigint[],
    %s::text[]) AS t (number, person, route, scheme, entry, organisation, destination, registered, state, ends,
    passport, passport_index, passport_until, savings, outcome, verdict, by, key)
JOIN said ON said.n = t.verdict
ORDER BY person
ON CONFLICT (person_id) WHERE state IN ({open}) DO NOTHING
RETURNING person_id, id, number
"""
LOCK = """
SELECT m.id, m.number, coalesce(p.merged_into_id, p.id), m.state, m.entry, m.route, m.scheme, m.organisation_id,
    m.destination_id, m.registered_on, m.departed_on, m.debarked_on, m.home_on, m.failed_on, m.died_on, m.ends_on,
    (SELECT json_agg(json_build_array(a.id, a.number, a.kind, a.starts, a.ends, a.ended_on, a.destination_id, a.job,
        a.ended_why)
        ORDER BY a.number) FROM migrants_agreement a WHERE a.placement_id = m.id AND a.withdrawn_at IS NULL)
FROM unnest(%s::bigint[]) AS asked (id)
CROSS JOIN LATERAL (SELECT * FROM migrants_placement WHERE id = asked.id FOR UPDATE OFFSET 0) m
JOIN registry_person p ON p.id = m.person_id ORDER BY m.id
"""
CHANGE = """
UPDATE migrants_placement m SET state = t.state, departed_on = t.departed, debarked_on = t.debarked, home_on = t.home,
    failed_on = t.failed, died_on = t.died, ends_on = t.ends, destination_id = t.destination
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::date[], %s::date[], %s::date[], %s::date[],
    %s::text[]) AS t (id, state, departed, debarked, home, failed, died, ends, destination)
WHERE m.id = t.id
"""
PASSPORT = """
UPDATE migrants_placement SET passport = coalesce(%s, passport), passport_index = coalesce(%s, passport_index),
    passport_until = %s WHERE id = %s
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRow:
    """A placement to be made, decided on already."""

    person: int
    route: str
    scheme: str
    entry: str
    organisation: int | None
    destination: str
    registered_on: dt.date
    state: str
    ends_on: dt.date | None
    passport: str | None
    passport_until: dt.date | None
    savings_monthly: int
    outcome: str
    verdict: dict[str, Any]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementHeld:
    """An agreement of a placement that is held."""

    id: int
    number: int
    kind: str
    starts: dt.date
    ends: dt.date
    ended_on: dt.date | None
    destination: str
    job: str
    ended_why: str = ""

    @property
    def last(self) -> dt.date:
        return min(self.ends, self.ended_on) if self.ended_on else self.ends


@dataclass(frozen=True, slots=True)
class Held:
    """A placement that is held until the transaction ends."""

    id: int
    number: str
    person: int
    state: str
    entry: str
    route: str
    scheme: str
    organisation: int | None
    destination: str
    registered_on: dt.date
    departed_on: dt.date | None
    debarked_on: dt.date | None
    home_on: dt.date | None
    failed_on: dt.date | None
    died_on: dt.date | None
    ends_on: dt.date | None
    agreements: tuple[AgreementHeld, ...]


def place(*, rows: Sequence[PlacedRow], by: int | None) -> dict[int, tuple[int, str]]:
    """Make these placements: person -> (placement, number). Who has an open one gets none and is missing here."""
    if not rows:
        return {}
    taken = numbers.take_placements(len(rows))
    said: dict[str, int] = {}
    values = [
        (
            number, row.person, row.route, row.scheme, row.entry, row.organisation, row.destination, row.registered_on,
            row.state, row.ends_on, crypto.encrypt(row.passport) if row.passport else None,
            facts.passport_index(row.passport) if row.passport else None, row.passport_until, row.savings_monthly,
            row.outcome, said.setdefault(json.dumps(row.verdict), len(said) + 1), by, row.key,
        )
        for number, row in zip(taken, rows, strict=True)
    ]  # fmt: skip
    states = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
    made = sql.rows(PLACE.format(open=states), [list(said), *sql.columns(values, 18)])
    return {person: (id_, number) for person, id_, number in made}


def lock(*, placements: Iterable[int]) -> dict[int, Held]:
    """Hold these placements in the order of their keys, so that two who change the same wait and do not lock up."""
    found = sql.rows(LOCK, [sorted(set(placements))])
    return {row[0]: Held(*row[:-1], tuple(_agreement(one) for one in row[-1] or ())) for row in found}


def _agreement(one: list[Any]) -> AgreementHeld:
    id_, number, kind, starts, ends, ended, destination, job, why = one
    day = dt.date.fromisoformat
    return AgreementHeld(id_, number, kind, day(starts), day(ends), day(ended) if ended else None, destination, job,
                         why)  # fmt: skip


def change(*, rows: Sequence[Held]) -> None:
    """Write state, dates, last day and destination of these placements as they are here. One statement."""
    values = [
        (row.id, row.state, row.departed_on, row.debarked_on, row.home_on, row.failed_on, row.died_on, row.ends_on,
         row.destination)
        for row in rows
    ]  # fmt: skip
    if values:
        sql.run(CHANGE, sql.columns(values, 9))


def put_passport(*, placement: int, passport: str | None, until: dt.date | None) -> None:
    """The passport she has now, and its last day; no number given: the one on record."""
    index = facts.passport_index(passport) if passport else None
    sql.run(PASSPORT, [crypto.encrypt(passport) if passport else None, index, until, placement])
