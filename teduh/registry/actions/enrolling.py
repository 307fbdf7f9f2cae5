"""Enrols people, one or ten thousand, with the same few statements. It decides nothing: the verdict comes with each."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry import consents, names, numbers, verdicts
from teduh.registry.actions import duplicates, statements
from teduh.registry.facts import Admitted, Decided, Newcomer
from teduh.registry.models.enrolment import Channel
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor
from teduh.security.models import Role


@dataclass(frozen=True)
class Enrolled:
    """What came of it, by each newcomer's place in the list.

    `made`: enrolled now (place, person, member number). `known`: was enrolled already, or is twice in the list
    (place, person). `differs`: places of the known whose name or birth date is not the one on record for that NIK;
    nothing was written for them. `duplicates`: pairs that may be one person, flagged now.
    """

    made: tuple[tuple[int, int, str], ...]
    known: tuple[tuple[int, int], ...]
    differs: frozenset[int]
    duplicates: tuple[duplicates.Flagged, ...]


@dataclass
class _Row:
    """A newcomer on the way: his place in the list, and what he became."""

    place: int
    newcomer: Newcomer
    index: str
    verdict: str
    person: int = 0
    number: str = ""
    is_new: bool = False
    enrolment: int = 0


def enrol(*, newcomers: Sequence[Decided], by: Actor, on: dt.date, channel: str) -> Enrolled:
    """Enrol everybody who is not enrolled yet: one person per NIK, however often it is given or by how many at once.

    Somebody whose enrolment has ended is enrolled again. The number of statements does not depend on the people.
    Call it inside a transaction.
    """
    if channel not in Channel.values:
        raise ValueError(f"no such channel: {channel}")
    if not newcomers:
        return Enrolled((), (), frozenset(), ())
    rows = [_row(place, decided, on) for place, decided in enumerate(newcomers)]
    _require_known_codes(rows)
    first: dict[str, _Row] = {}
    for row in rows:
        first.setdefault(row.index, row)
    _insert_people(list(first.values()), by, on)
    differs = _find_known(first, rows)
    _insert_enrolments([row for row in first.values() if row.place not in differs], by, on, channel)
    fresh = [row for row in first.values() if row.enrolment]
    _renew([row for row in fresh if not row.is_new], by, on)
    _insert_belongings(fresh, by, on, channel)
    for row in rows:
        row.person = first[row.index].person
    _insert_memberships([row for row in rows if row.newcomer.group and row.place not in differs], on)
    security.record(
        by=by, action="person.enrolled", subjects=[f"person:{row.person}" for row in fresh],
        detail={"channel": channel, "on": on.isoformat()},
    )  # fmt: skip
    return Enrolled(
        made=tuple((row.place, row.person, row.number) for row in fresh),
        known=tuple((row.place, row.person) for row in rows if not row.enrolment),
        differs=differs,
        duplicates=duplicates.flag(persons=[row.person for row in fresh if row.is_new]),
    )


def _row(place: int, decided: Decided, on: dt.date) -> _Row:
    newcomer = decided.newcomer
    index = crypto.blind("nik", newcomer.nik).hex()
    return _Row(place, newcomer, index, verdicts.frozen(newcomer, decided.verdict, on=on))


def _require_known_codes(rows: list[_Row]) -> None:
    """Refuse the first region, occupation, group or agent that does not exist, naming its field."""
    fields = {
        "region": ("registered_at", "lives_in", "works_in"),
        "occupation": ("occupation", "second_occupation"),
        "group": ("group",),
        "agent": ("agent",),
    }
    codes = {
        kind: sorted({getattr(row.newcomer, name) for row in rows for name in names_} - {None}, key=str)
        for kind, names_ in fields.items()
    }
    unknown = set(sql.rows(statements.UNKNOWN_CODES, codes))
    if not unknown:
        return
    for row in rows:
        for kind, names_ in fields.items():
            for name in names_:
                if (kind, str(getattr(row.newcomer, name))) in unknown:
                    raise _unknown_code(name, row.place)


def require_known_regions(people: Iterable[Admitted]) -> None:
    """Refuse a region that does not exist, for people of whom no more is said."""
    codes = {one.lives_in for one in people} | {one.works_in for one in people}
    asked = dict.fromkeys(("occupation", "group", "agent"), []) | {"region": sorted(codes - {None})}
    for _, code in sql.rows(statements.UNKNOWN_CODES, asked) if asked["region"] else ():
        place, one = next((n, one) for n, one in enumerate(people) if code in (one.lives_in, one.works_in))
        raise _unknown_code("lives_in" if one.lives_in == code else "works_in", place)


def _unknown_code(field: str, place: int) -> Refused:
    return Refused(
        "code_unknown",
        Text("Pilihannya tidak ada dalam daftar.", "This choice is not in the list."),
        why=Text(f"Orang ke-{place + 1}, isian {field}.", f"Person {place + 1}, field {field}."),
        then=Text("Pilih dari daftar, lalu kirim lagi.", "Choose from the list and send it again."),
        field=field,
    )


def _insert_people(rows: list[_Row], by: Actor, on: dt.date) -> None:
    people = [_person(row, number, by) for row, number in zip(rows, numbers.take(len(rows)), strict=True)]
    made = sql.rows(statements.PEOPLE, {"rows": json.dumps(people), "on": on})
    by_index = {row.index: row for row in rows}
    for person, index, number in made:
        row = by_index[index]
        row.person, row.number, row.is_new = person, number, True


def _person(row: _Row, number: str, by: Actor) -> dict[str, Any]:
    """A person's columns; what is secret is encrypted here."""
    one = row.newcomer
    return {
        "member_number": number,
        "nik": _secret(one.nik),
        "nik_index": row.index,
        "name": _secret(one.name),
        "name_words": name_words(name=one.name, birth_date=one.birth_date),
        "birth_date": one.birth_date.isoformat(),
        "sex": one.sex,
        **contact(one),
        "registered_at": one.registered_at,
        "agent": agent_of(one, by=by),
    }


def name_words(*, name: str, birth_date: dt.date) -> list[int]:
    """What is kept to find a person by name, and to find him twice."""
    return [*names.blind_words(name), *names.birth_words(name, birth_date)]


def contact(one: Newcomer) -> dict[str, Any]:
    """What may have changed since somebody was enrolled before."""
    return {
        "phone": _secret(one.phone),
        "phone_index": crypto.blind("phone", one.phone).hex() if one.phone else None,
        "email": _secret(one.email),
        "address": _secret(one.address),
        "lives_in": one.lives_in,
        "works_in": one.works_in,
    }


def agent_of(one: Newcomer, *, by: Actor) -> int | None:
    """An agent enrols his own people, whatever the form says."""
    return by.user if by.role == Role.AGENT else one.agent


def _secret(text: str | None) -> str | None:
    return crypto.encrypt(text).hex() if text else None


def _find_known(first: dict[str, _Row], everybody: list[_Row]) -> frozenset[int]:
    """Give the known their person (the surviving one, if merged); the places whose name or birth date differs."""
    on_record = {index: (row.newcomer.name, row.newcomer.birth_date) for index, row in first.items()}
    known = [bytes.fromhex(index) for index, row in first.items() if not row.is_new]
    for index, person, number, name, birth_date in sql.rows(statements.KNOWN, {"indexes": known}) if known else ():
        row = first[bytes(index).hex()]
        row.person, row.number = person, number
        on_record[row.index] = (crypto.decrypt(bytes(name)), birth_date)
    return frozenset(row.place for row in everybody if not _is_like(row.newcomer, *on_record[row.index]))


def _is_like(one: Newcomer, name: str, birth_date: dt.date) -> bool:
    return one.birth_date == birth_date and names.compare(one.name, name).is_alike


def _insert_enrolments(rows: list[_Row], by: Actor, on: dt.date, channel: str) -> None:
    texts = {text: place for place, text in enumerate(dict.fromkeys(row.verdict for row in rows))}
    enrolments = [
        {
            "person": row.person, "income": row.newcomer.income, "occupation": row.newcomer.occupation,
            "second_occupation": row.newcomer.second_occupation, "programmes": row.newcomer.programmes,
            "verdict": texts[row.verdict],
        }
        for row in sorted(rows, key=lambda row: row.person)
    ]  # fmt: skip
    made = dict(
        sql.rows(
            statements.ENROLMENTS,
            {
                "rows": json.dumps(enrolments), "verdicts": f"[{','.join(texts)}]", "on": on, "channel": channel,
                "by": by.user,
            },
        )
    )  # fmt: skip
    for row in rows:
        row.enrolment = made.get(row.person, 0)


def _renew(rows: list[_Row], by: Actor, on: dt.date) -> None:
    """Somebody who comes back: how to reach him, where he lives and works, who inherits, as he says it now."""
    if not rows:
        return
    people = [
        {"person": row.person, "has_heirs": bool(row.newcomer.heirs), "agent": agent_of(row.newcomer, by=by)}
        | contact(row.newcomer)
        for row in rows
    ]
    sql.run(statements.RENEW, {"rows": json.dumps(people)})
    sql.run(statements.END_HEIRS, {"rows": json.dumps(people), "on": on})


def _insert_belongings(rows: list[_Row], by: Actor, on: dt.date, channel: str) -> None:
    """Heirs, work evidence, consents, and the question to the civil registry, which waits from this day on."""
    heirs = [
        {
            "person": row.person, "name": _secret(heir.name), "relation": heir.relation, "phone": _secret(heir.phone),
            "birth_date": heir.birth_date.isoformat() if heir.birth_date else None,
        }
        for row in rows for heir in row.newcomer.heirs
    ]  # fmt: skip
    evidence = [
        {
            "enrolment": row.enrolment, "kind": piece.kind, "text": _secret(piece.text),
            "sha256": piece.sha256.hex() if piece.sha256 else None,
        }
        for row in rows for piece in row.newcomer.evidence
    ]  # fmt: skip
    agreed = [{"person": row.person, "purposes": row.newcomer.consent} for row in rows if row.newcomer.consent]
    start = dt.datetime.combine(on, dt.time(), JAKARTA)
    sql.run(statements.HEIRS, {"rows": json.dumps(heirs), "on": on})
    sql.run(statements.EVIDENCE, {"rows": json.dumps(evidence)})
    sql.run(
        statements.CONSENTS,
        {"rows": json.dumps(agreed), "version": consents.VERSION, "channel": channel, "by": by.user},
    )
    sql.run(statements.CHECKS, {"persons": [row.person for row in rows], "at": start})


def _insert_memberships(rows: Iterable[_Row], on: dt.date) -> None:
    members = [{"group": row.newcomer.group, "person": row.person} for row in rows]
    if members:
        sql.run(statements.MEMBERSHIPS, {"rows": json.dumps(members), "on": on})
