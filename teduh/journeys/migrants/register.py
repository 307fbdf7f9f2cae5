"""Joining as a migrant worker: before departure or from abroad, alone or by an agency, a mission or an officer.

One person per NIK; the law decides on the spot, and what it says is frozen with the placement. Whoever has no agreement
or papers yet is registered all the same, with what is waited for, so that nobody has to begin again.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.journeys.migrants import reminders
from teduh.law import migrant_entry
from teduh.law.messages import Reason
from teduh.migrants import access, actions, facts, reference, standing
from teduh.migrants.actions import AgreementRow, EventRow, PlacedRow
from teduh.migrants.facts import NewMigrant
from teduh.registry import actions as registry
from teduh.registry import names
from teduh.registry.consents import PURPOSES
from teduh.registry.facts import Admitted
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor

KNOWN = """
SELECT a.key, m.id, m.number, m.person_id, m.outcome, m.verdict FROM unnest(%s::text[]) AS a (key)
JOIN migrants_placement m ON m.key = a.key
"""
ON_RECORD = "SELECT id, name, birth_date FROM registry_person WHERE id = ANY(%s)"
PLACERS = "SELECT id, kind FROM migrants_organisation WHERE id = ANY(%s) AND ended_on IS NULL"
#: What somebody who registers agrees to; it is read to him, or stands on the form.
AGREED = ("membership", "identity", "messages")
SAID = ("reasons", "waits_for", "not_covered")
CHANNELS = {standing.WORKER: "self", standing.AGENCY: "file", standing.MISSION: "file", standing.OFFICER: "officer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What came of it: `reasons` why, `not_covered` what the cover will not give (said before paying), `waits_for` what
    must come before anything can be paid."""

    placement: int
    number: str
    person: int
    is_new: bool
    outcome: str
    reasons: tuple[Text, ...]
    not_covered: tuple[Text, ...]
    waits_for: tuple[Text, ...]

    @property
    def may_pay(self) -> bool:
        return not self.waits_for


def decide(*, newcomer: NewMigrant, on: dt.date) -> migrant_entry.Decision:
    """What the law says of this newcomer today. Nothing is written."""
    return migrant_entry.decide(
        scheme=newcomer.scheme, birth_date=newcomer.birth_date, abroad=newcomer.abroad,
        agreement=newcomer.agreement.law if newcomer.agreement else None, passport_until=newcomer.passport_until,
        papers=frozenset(kind for kind, _ in newcomer.papers) | ({"passport"} if newcomer.passport else set()), on=on,
    )  # fmt: skip


def register(
    *, newcomer: NewMigrant, by: Actor, on: dt.date, at: dt.datetime, key: str | None = None, why: str = ""
) -> Registered:
    """Register one: the worker himself, an agency or mission one of its own, an officer with a `why`.

    The same `key` gives the same placement. Raises `Refused` where the law says no, the NIK is another's, or a
    placement is open.
    """
    _may_enter(newcomer, by, why)
    if not newcomer.consent:
        raise refusals.consent_missing()
    with transaction.atomic():
        return _register([newcomer], by, on, at, [key])[0]


def register_many(
    *, newcomers: Sequence[NewMigrant], organisation: int, by: Actor, on: dt.date, at: dt.datetime,
    keys: Sequence[str | None] | None = None, why: str = "",
) -> list[Registered]:  # fmt: skip
    """Register the people of a list, in their order, for one organisation, which has their consent. All or none.

    The first that cannot be is refused with its row in `field` (`rows.N`). The number of statements does not grow with
    the people.
    """
    access.require(by=by, what="enter", organisation=organisation, why=why)
    _require_its_own(newcomers, organisation, by)
    with transaction.atomic():
        return _register(newcomers, by, on, at, keys or [None] * len(newcomers))


def _may_enter(newcomer: NewMigrant, by: Actor, why: str) -> None:
    if by.role == "system":
        return
    if by.may("own_placements"):
        desks = access.desks_of(by=by)
        mine = [d for d in desks if d.organisation == newcomer.organisation or newcomer.destination in d.serves]
        if not mine:
            raise access.not_yours()
        access.require(by=by, what="enter", organisation=mine[0].organisation)
    elif by.may("migrants"):
        access.require_purpose(why)
    else:
        by.require("self")


def _require_its_own(newcomers: Sequence[NewMigrant], organisation: int, by: Actor) -> None:
    """An agency lists those it places itself, a mission those in the countries it serves."""
    mine = next((desk for desk in access.desks_of(by=by) if desk.organisation == organisation), None)
    for n, one in enumerate(newcomers):
        if mine is not None and one.organisation != organisation and one.destination not in mine.serves:
            raise _at_row(refusals.not_its_own(), n, len(newcomers))


def _require_placers(newcomers: Sequence[NewMigrant], places: Sequence[int]) -> None:
    """Who places is on record, works today and is of the kind that was said. One statement."""
    asked = sorted({one.organisation for one in newcomers if one.organisation is not None})
    kinds = dict(sql.rows(PLACERS, [asked])) if asked else {}
    for one, n in zip(newcomers, places, strict=True):
        if one.organisation is not None and kinds.get(one.organisation) != one.scheme:
            raise _at_row(facts.refusal("organisation_missing", "organisation"), n, len(newcomers))


def _register(
    newcomers: Sequence[NewMigrant], by: Actor, on: dt.date, at: dt.datetime, keys: Sequence[str | None]
) -> list[Registered]:
    _papers_stand(newcomers, by)
    before = _before(keys)
    fresh = [(n, one, key) for n, (one, key) in enumerate(zip(newcomers, keys, strict=True)) if key not in before]
    found: dict[int, Registered] = {n: before[key] for n, key in enumerate(keys) if key is not None and key in before}
    decided = [(n, one, key, _decided(one, on, n, len(newcomers))) for n, one, key in fresh]
    _require_placers([one for _, one, _, _ in decided], [n for n, *_ in decided])
    admitted = _admit([one for _, one, _, _ in decided], by, on, [n for n, *_ in decided])
    rows = [
        _row(one, person, decision, key, on)
        for (_, one, key, decision), (person, _) in zip(decided, admitted, strict=True)
    ]
    made = actions.place(rows=rows, by=by.user)
    for (n, _, _, decision), (person, is_new) in zip(decided, admitted, strict=True):
        if person not in made:
            raise _at_row(refusals.already_placed(), n, len(newcomers))
        placement, number = made.pop(person)
        found[n] = _registered(placement, number, person, is_new, decision)
    _add(decided, found, by, on, at)
    _live_abroad(decided, found)
    return [found[n] for n in range(len(newcomers))]


def _papers_stand(newcomers: Sequence[NewMigrant], by: Actor) -> None:
    for n, one in enumerate(newcomers):
        if ("mission", None) in one.papers and standing.teller(by=by) not in standing.STATES_FOR_A_MISSION:
            raise _at_row(refusals.statement_without_file(field="papers"), n, len(newcomers))


def _before(keys: Sequence[str | None]) -> dict[str | None, Registered]:
    asked = [key for key in keys if key]
    if not asked:
        return {}
    return {
        key: Registered(
            placement=id_, number=number, person=person, is_new=False, outcome=outcome,
            reasons=_told(verdict["reasons"]), not_covered=_told(verdict["not_covered"]),
            waits_for=_told(verdict["waits_for"]),
        )
        for key, id_, number, person, outcome, verdict in (
            (*row[:5], _as_dict(row[5])) for row in sql.rows(KNOWN, [asked])
        )
    }  # fmt: skip


def _as_dict(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value


def _told(reasons: Sequence[dict[str, Any]]) -> tuple[Text, ...]:
    return tuple(Text(one["id"], one["en"]) for one in reasons)


def _decided(newcomer: NewMigrant, on: dt.date, n: int, total: int) -> migrant_entry.Decision:
    if reference.destination(newcomer.destination) is None:
        raise _at_row(refusals.unknown_destination(), n, total)
    decision = decide(newcomer=newcomer, on=on)
    if decision.outcome == "refused":
        raise _at_row(refusals.by_law(reasons=decision.reasons), n, total)
    return decision


def _at_row(refused: Refused, n: int, total: int) -> Refused:
    """A refusal of a list says which row."""
    if total > 1:
        refused.field = f"rows.{n + 1}"
    return refused


def _admit(newcomers: Sequence[NewMigrant], by: Actor, on: dt.date, places: Sequence[int]) -> list[tuple[int, bool]]:
    people = [
        Admitted(
            nik=one.nik, name=one.name, birth_date=one.birth_date, sex=one.sex or "F", phone=one.phone, email=one.email,
            lives_in=one.home_region,
        )
        for one in newcomers
    ]  # fmt: skip
    admitted = registry.admit(people=people, by=by, on=on)
    old = {
        person: (name, born)
        for person, name, born in sql.rows(ON_RECORD, [[person for person, is_new in admitted if not is_new]])
    }
    for one, (person, is_new), n in zip(newcomers, admitted, places, strict=True):
        if by.role == "member" and person != by.person:
            raise refusals.not_oneself()
        if not is_new and person in old:
            name, born = old[person]
            if born != one.birth_date or not names.compare(crypto.decrypt(bytes(name)), one.name).is_alike:
                raise _at_row(refusals.another_person(), n, len(newcomers))
    return admitted


def _row(one: NewMigrant, person: int, decision: migrant_entry.Decision, key: str | None, on: dt.date) -> PlacedRow:
    return PlacedRow(
        person=person, route=migrant_entry.route(scheme=one.scheme), scheme=one.scheme,
        entry="abroad" if one.abroad else "before", organisation=one.organisation, destination=one.destination,
        registered_on=on, state="working" if one.abroad else "registered",
        ends_on=one.agreement.ends if one.agreement else None, passport=one.passport,
        passport_until=one.passport_until, savings_monthly=one.savings_monthly, outcome=decision.outcome,
        verdict=_frozen(decision), key=key,
    )  # fmt: skip


def _frozen(decision: migrant_entry.Decision) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        **{
            name: [one._asdict() for one in getattr(decision, name)] for name in ("reasons", "waits_for", "not_covered")
        },
    }


def _registered(placement: int, number: str, person: int, is_new: bool, decision: migrant_entry.Decision) -> Registered:
    def said(reasons: tuple[Reason, ...]) -> tuple[Text, ...]:
        return tuple(Text(one.id, one.en) for one in reasons)

    return Registered(
        placement=placement, number=number, person=person, is_new=is_new, outcome=decision.outcome,
        reasons=said(decision.reasons), not_covered=said(decision.not_covered), waits_for=said(decision.waits_for),
    )  # fmt: skip


def _add(
    decided: Sequence[tuple[int, NewMigrant, str | None, migrant_entry.Decision]], found: dict[int, Registered],
    by: Actor, on: dt.date, at: dt.datetime,
) -> None:  # fmt: skip
    """Agreements, papers, heirs, consents, and the first event of each."""
    teller = standing.teller(by=by)
    agreements = [
        AgreementRow(placement=found[n].placement, kind="first", starts=one.agreement.starts, ends=one.agreement.ends,
                     destination=one.destination, employer=one.agreement.employer,
                     employer_address=one.agreement.employer_address, job=one.agreement.job,
                     sha256=one.agreement.sha256)
        for n, one, _, _ in decided if one.agreement
    ]  # fmt: skip
    made = actions.add_agreements(rows=agreements, by=by.user)
    actions.add_events(
        rows=[
            EventRow(
                placement=found[n].placement, kind="registered", on=on, teller=teller,
                agreement=made.get(found[n].placement),
                organisation=one.organisation if teller == "agency" else None,
            )
            for n, one, _, _ in decided
        ],
        by=by.user, at=at,
    )  # fmt: skip
    actions.add_papers(
        rows=[
            (found[n].placement, kind, digest, one.passport_until if kind == "passport" else None)
            for n, one, _, _ in decided
            for kind, digest in (*one.papers, *([("passport", None)] if one.passport else []))
        ],
        by=by.user,
    )
    for n, one, _, _ in decided:
        if one.heirs:  # a form's own; lists do not name heirs
            registry.name_heirs(person=found[n].person, heirs=one.heirs, by=by, on=on, why="Pendaftaran pekerja migran")
    registry.consent(
        persons=[found[n].person for n, *_ in decided], purposes=[name for name in AGREED if name in PURPOSES],
        channel=CHANNELS.get(teller, "file"), by=by,
    )  # fmt: skip
    security.record(
        by=by, action="placement.registered", subjects=[f"person:{found[n].person}" for n, *_ in decided] or [""],
    )  # fmt: skip


def _live_abroad(
    decided: Sequence[tuple[int, NewMigrant, str | None, migrant_entry.Decision]], found: dict[int, Registered]
) -> None:
    """Whoever joins from abroad has the days and nights of the place where he is."""
    views = {found[n].person: reference.destination(one.destination) for n, one, _, _ in decided if one.abroad}
    if zones := {person: view.zone for person, view in views.items() if view}:
        reminders.live_in(zones=zones)
