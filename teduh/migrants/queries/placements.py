"""One placement, whole: as the worker, his family, his agency, his mission and an officer see it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants import access, facts, numbers, reference
from teduh.migrants import words as said
from teduh.migrants.models import OPEN_STATES
from teduh.migrants.reference import DestinationView
from teduh.security import crypto, masking
from teduh.security.access import Actor

ONE = """
SELECT m.id, m.number, m.person_id, p.name, p.nik, m.route, m.scheme, m.entry, o.id, o.name, m.destination_id,
    m.registered_on, m.state, m.ends_on, m.departed_on, m.debarked_on, m.home_on, m.failed_on, m.died_on, m.passport,
    m.passport_until, m.savings_monthly, m.outcome, m.verdict, p.birth_date
FROM migrants_placement m JOIN registry_person p ON p.id = m.person_id
LEFT JOIN migrants_organisation o ON o.id = m.organisation_id WHERE m.id = %s
"""
AGREEMENTS = """
SELECT id, number, kind, starts, ends, ended_on, ended_why, employer, job, destination_id FROM migrants_agreement
WHERE placement_id = %s AND withdrawn_at IS NULL ORDER BY number
"""
EVENTS = """
SELECT e.kind, e."on", e.teller, o.name, e.note, e.at FROM migrants_event e
LEFT JOIN migrants_organisation o ON o.id = e.organisation_id WHERE e.placement_id = %s ORDER BY e.id
"""
PAPERS = "SELECT id, kind, valid_until, sha256 IS NOT NULL, at FROM migrants_paper WHERE placement_id = %s ORDER BY id"
OF_PERSON = """
SELECT m.id FROM registry_person p
JOIN registry_person o ON coalesce(o.merged_into_id, o.id) = coalesce(p.merged_into_id, p.id)
JOIN migrants_placement m ON m.person_id = o.id WHERE p.id = %s ORDER BY m.state = ANY(%s) DESC, m.id DESC
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementView:
    """A work agreement of a placement; `last` is its real last day."""

    id: int
    number: int
    kind: str
    kind_name: Text
    starts: dt.date
    ends: dt.date
    ended_on: dt.date | None
    ended_why: Text | None
    employer: str
    job: str
    destination: DestinationView | None

    @property
    def last(self) -> dt.date:
        return self.ended_on or self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """Something that happened, and who told it."""

    kind: str
    name: Text
    on: dt.date
    teller: Text
    note: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """A document that was shown."""

    id: int
    kind: str
    name: Text
    valid_until: dt.date | None
    has_file: bool
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementView:
    """A placement with its agreements, events and papers, NIK and passport masked."""

    id: int
    number: str
    person: int
    name: str
    nik_masked: str
    birth_date: dt.date
    route: str
    scheme: str
    scheme_name: Text
    entry: str
    organisation: tuple[int, str] | None
    destination: DestinationView
    registered_on: dt.date
    state: str
    state_name: Text
    ends_on: dt.date | None
    departed_on: dt.date | None
    debarked_on: dt.date | None
    home_on: dt.date | None
    failed_on: dt.date | None
    died_on: dt.date | None
    passport_masked: str
    passport_until: dt.date | None
    savings_monthly: int
    outcome: str
    verdict: dict[str, Any]
    agreements: tuple[AgreementView, ...]
    events: tuple[EventView, ...]
    papers: tuple[PaperView, ...]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def agreement(self) -> AgreementView | None:
        """The last one."""
        return self.agreements[-1] if self.agreements else None


def placement(*, by: Actor, placement: int, on: dt.date, why: str = "") -> PlacementView:
    """One placement, if it is the asker's to see; the look is recorded unless it is the worker's own."""
    access.require(by=by, what="view", placement=placement, why=why)
    (row,) = sql.rows(ONE, [placement])
    (id_, number, person, name, nik, route, scheme, entry, organisation, organisation_name, destination, registered,
     state, *dates, passport, passport_until, savings, outcome, verdict, born) = row  # fmt: skip
    ends, departed, debarked, home, failed, died = dates
    shown = reference.destination(destination)
    return PlacementView(
        id=id_, number=number, person=person, name=crypto.decrypt(bytes(name)),
        nik_masked=masking.nik(crypto.decrypt(bytes(nik))), birth_date=born, route=route, scheme=scheme,
        scheme_name=said.SCHEMES[scheme], entry=entry,
        organisation=(organisation, organisation_name) if organisation else None,
        destination=shown or DestinationView(destination, Text(destination, destination), "Asia/Jakarta", "USD"),
        registered_on=registered, state=state, state_name=said.STATES[state], ends_on=ends, departed_on=departed,
        debarked_on=debarked, home_on=home, failed_on=failed, died_on=died,
        passport_masked=facts.passport_masked(crypto.decrypt(bytes(passport)) if passport else None),
        passport_until=passport_until, savings_monthly=savings, outcome=outcome, verdict=_json(verdict),
        agreements=_agreements(placement), events=_events(placement), papers=_papers(placement),
    )  # fmt: skip


def _json(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value


def _agreements(placement: int) -> tuple[AgreementView, ...]:
    return tuple(
        AgreementView(
            id=id_, number=number, kind=kind, kind_name=said.AGREEMENTS[kind], starts=starts, ends=ends,
            ended_on=ended, ended_why=said.CAUSES.get(ended_why), employer=crypto.decrypt(bytes(employer)), job=job,
            destination=reference.destination(code),
        )
        for id_, number, kind, starts, ends, ended, ended_why, employer, job, code in sql.rows(AGREEMENTS, [placement])
    )  # fmt: skip


def _events(placement: int) -> tuple[EventView, ...]:
    return tuple(
        EventView(
            kind=kind, name=said.EVENTS[kind], on=on, note=crypto.decrypt(bytes(note)) if note else "", at=at,
            teller=Text(organisation, organisation) if organisation else said.TELLERS.get(teller, Text(teller, teller)),
        )
        for kind, on, teller, organisation, note, at in sql.rows(EVENTS, [placement])
    )  # fmt: skip


def _papers(placement: int) -> tuple[PaperView, ...]:
    return tuple(
        PaperView(id=id_, kind=kind, name=said.PAPERS[kind], valid_until=until, has_file=has_file, at=at)
        for id_, kind, until, has_file, at in sql.rows(PAPERS, [placement])
    )


def of_person(*, person: int) -> tuple[int, ...]:
    """The placements of somebody and of records merged into him: an open one first, then the latest."""
    return tuple(row[0] for row in sql.rows(OF_PERSON, [person, [str(state) for state in OPEN_STATES]]))


def current(*, person: int) -> int | None:
    """The open placement of somebody, or else his last; None if he never had one."""
    return next(iter(of_person(person=person)), None)


def by_number(*, number: str) -> int | None:
    """The placement with this number as people type it. Whose it is, `placement` decides."""
    read = numbers.read(number)
    found = sql.rows("SELECT id FROM migrants_placement WHERE number = %s", [read])
    return found[0][0] if found else None


FILES = """
SELECT sha256 FROM migrants_paper WHERE sha256 = ANY(%(digests)s)
UNION SELECT sha256 FROM migrants_agreement WHERE sha256 = ANY(%(digests)s)
UNION SELECT sha256 FROM migrants_matterentry WHERE sha256 = ANY(%(digests)s)
"""


def named_files(*, digests: Collection[bytes]) -> set[bytes]:
    """Which of these files a paper, an agreement or something said in a matter names. One statement."""
    return {bytes(row[0]) for row in sql.rows(FILES, {"digests": list(digests)})} if digests else set()
