"""Finding people: exactly by NIK, phone or member number, by words of the name otherwise. Lists are masked.

Every list is recorded, person by person, with the purpose that was given: a member can read who looked him up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry import facts, names, numbers, phones
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 100
ROW = """
SELECT s.id, s.member_number, s.name, s.nik, s.phone, s.birth_date, s.sex, s.identity,
    concat_ws(', ', v.name, k.name), s.joined_on,
    EXISTS (SELECT FROM registry_enrolment e WHERE e.person_id = s.id AND e.ended_on IS NULL)
FROM registry_person s
LEFT JOIN registry_region v ON v.code = s.lives_in_id
LEFT JOIN registry_region k ON k.code = left(s.lives_in_id, 5) AND k.code <> v.code
"""


@dataclass(frozen=True)
class PersonRow:
    """A person in a list, masked: enough to recognise somebody one knows, too little to look him up."""

    id: int
    member_number: str
    name: str
    nik: str
    phone: str
    birth_year: int
    sex: str
    identity: str
    place: str
    joined_on: dt.date
    is_enrolled: bool


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next ones begin (None: there are no more)."""

    rows: tuple[PersonRow, ...]
    after: int | None


def try_keys() -> None:
    """Open the newest person's name and forget it: raises if this data folder's keys are not those of the database."""
    for (name,) in sql.rows("SELECT name FROM registry_person ORDER BY id DESC LIMIT 1"):
        crypto.decrypt(bytes(name))


def scope(actor: Actor) -> tuple[str, dict[str, object]]:
    """Whom an actor may see, as a condition on `s`: everyone, his own people, or himself."""
    if actor.may("everyone"):
        return "TRUE", {}
    if actor.may("own_people"):
        return "s.agent_id = %(user)s", {"user": actor.user}
    if actor.may("self"):
        mine = "s.id = (SELECT coalesce(merged_into_id, id) FROM registry_person WHERE id = %(self)s)"
        return mine, {"self": actor.person}
    actor.require("everyone", "own_people", "self")
    raise AssertionError("unreachable")


def find(
    *, actor: Actor, why: str, nik: str | None = None, name: str | None = None, phone: str | None = None,
    member_number: str | None = None, limit: int = 20,
) -> list[PersonRow]:  # fmt: skip
    """People who match everything that is given, whom the actor may see. Who was merged is found as who he became."""
    require_purpose(why)
    sought = {"nik": nik, "name": name, "phone": phone, "member_number": member_number}
    given = {key: value for key, value in sought.items() if value and str(value).strip()}
    if not given:
        raise Refused(
            "nothing_to_look_for",
            Text("Belum ada yang dicari.", "There is nothing to look for."),
            then=Text("Isi NIK, nama, HP, atau nomor peserta.", "Give a NIK, a name, a phone or a member number."),
        )
    allowed, values = scope(actor)
    found = _find(given, allowed, values, min(limit, MOST))
    _record(actor, "person.found", why, [row.id for row in found], {"by": sorted(given)})
    return found


def _find(given: dict[str, str], allowed: str, values: dict[str, object], limit: int) -> list[PersonRow]:
    exact, values = _exactly(given, dict(values))
    readings = [(exact, {})]
    if "name" in given:
        words = [list(names.sought(given["name"][:200])), list(names.sought_by_sound(given["name"][:200]))]
        readings = [([*exact, "p.name_words @> %(words)s::bigint[]"], {"words": found}) for found in words if found]
    rows: dict[int, PersonRow] = {}
    for conditions, extra in readings:
        statement = (
            f"{ROW} WHERE {allowed} AND s.id IN (SELECT coalesce(p.merged_into_id, p.id) FROM registry_person p "
            f"WHERE {' AND '.join(conditions)} ORDER BY p.id DESC LIMIT 1000) ORDER BY s.id DESC LIMIT %(limit)s"
        )
        for row in sql.rows(statement, values | extra | {"limit": limit}):
            rows.setdefault(row[0], masked(row))
        if len(rows) >= limit:
            break
    return list(rows.values())[:limit]


def _exactly(given: dict[str, str], values: dict[str, object]) -> tuple[list[str], dict[str, object]]:
    conditions = []
    if "nik" in given:
        conditions.append("p.nik_index = %(nik)s")
        values["nik"] = crypto.blind("nik", facts.nik(given["nik"]))
    if "phone" in given:
        conditions.append("p.phone_index = %(phone)s")
        values["phone"] = crypto.blind("phone", phones.read(given["phone"]) or "")
    if "member_number" in given:
        conditions.append("p.member_number = %(number)s")
        values["number"] = numbers.read(given["member_number"])
    return conditions, values


def own_people(*, actor: Actor, why: str = "daftar", after: int | None = None, limit: int = 50) -> Page:
    """An agent's people (for an officer: everybody), the newest first; `after` is the last page's `after`."""
    allowed, values = scope(actor)
    limit = min(limit, MOST)
    rows = sql.rows(
        f"{ROW} WHERE {allowed} AND s.merged_into_id IS NULL AND s.id < %(after)s ORDER BY s.id DESC LIMIT %(limit)s",
        values | {"after": after if after is not None else 2**62, "limit": limit + 1},
    )
    page = tuple(masked(row) for row in rows[:limit])
    _record(actor, "person.listed", why, [row.id for row in page], {})
    return Page(page, page[-1].id if len(rows) > limit else None)


def rows(*, actor: Actor, why: str, persons: Sequence[int]) -> dict[int, PersonRow]:
    """These people, masked, as far as the actor may see them: for lists that come from other nouns."""
    allowed, values = scope(actor)
    found = sql.rows(f"{ROW} WHERE {allowed} AND s.id = ANY(%(ids)s)", values | {"ids": list(persons)})
    _record(actor, "person.listed", why, [row[0] for row in found], {})
    return {row[0]: masked(row) for row in found}


def masked(row: tuple[object, ...]) -> PersonRow:
    """A row of `ROW`, decrypted and masked."""
    id_, number, name, nik, phone, birth_date, sex, identity, place, joined_on, is_enrolled = row
    return PersonRow(
        id_, number, masking.name(crypto.decrypt(name)), masking.nik(crypto.decrypt(nik)),
        masking.phone(crypto.decrypt(phone)) if phone else "", birth_date.year, sex, identity, place, joined_on,
        is_enrolled,
    )  # fmt: skip


def masked_name(*, person: int) -> str:
    """The short name that an account of this person carries."""
    found = sql.rows("SELECT name FROM registry_person WHERE id = %s", [person])
    return masking.name(crypto.decrypt(found[0][0])) if found else ""


def hidden(*, actor: Actor, persons: Sequence[int]) -> tuple[int, ...]:
    """Those of these people whom the actor may not see, or who are not there."""
    allowed, values = scope(actor)
    seen = sql.rows(
        "SELECT p.id FROM registry_person p JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id) "
        f"WHERE p.id = ANY(%(ids)s) AND {allowed}",
        values | {"ids": list(persons)},
    )
    return tuple(sorted(set(persons) - {row[0] for row in seen}))


def is_visible(*, actor: Actor, person: int) -> bool:
    """Whether the actor may see this person, as who he is now. Nothing is shown, so nothing is recorded."""
    return not hidden(actor=actor, persons=[person])


def require_purpose(why: str) -> None:
    """Nobody reads about somebody for no reason."""
    if not why.strip():
        raise Refused(
            "purpose_missing",
            Text("Tujuan belum diisi.", "The purpose is missing."),
            why=Text("Setiap pembacaan data peserta dicatat dengan tujuannya.", "Every look is recorded with its why."),
            then=Text("Tulis untuk apa data ini dibuka.", "Write what you need this data for."),
            field="why",
        )


def _record(actor: Actor, action: str, why: str, persons: Sequence[int], detail: dict[str, object]) -> None:
    subjects = [f"person:{person}" for person in persons] or [""]
    security.record(by=actor, action=action, subjects=subjects, why=why, detail=detail)
