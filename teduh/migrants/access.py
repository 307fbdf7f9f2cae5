"""Who may see and act on a placement: the condition that every question about placements carries.

The worker himself, a relative as far as he was allowed, an agency its own people, a mission those in the countries it
serves, an officer everyone for a stated purpose. What is not the asker's reads like what is not there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.migrants.models import DeskRole
from teduh.security import actions as security
from teduh.security.access import Actor

#: What a role at an organisation's desk allows.
DESK_MAY: dict[str, frozenset[str]] = {
    DeskRole.OWNER: frozenset({"view", "enter", "tell", "pay", "extend", "manage"}),
    DeskRole.CLERK: frozenset({"view", "enter", "tell", "pay", "extend"}),
    DeskRole.VIEWER: frozenset({"view"}),
}
#: What a relative needs to have been allowed (`Relative.may`).
FAMILY_NEEDS = {"view": "see", "pay": "pay", "extend": "extend", "tell": "extend"}
WHAT = frozenset({"view", "enter", "tell", "pay", "extend", "manage"})

DESKS = """
SELECT o.id, o.code, o.name, o.kind, d.role,
    ARRAY(SELECT destination_id FROM migrants_serves s WHERE s.organisation_id = o.id ORDER BY 1)
FROM migrants_desk d JOIN migrants_organisation o ON o.id = d.organisation_id
WHERE d.user_id = %s AND d.until_day IS NULL AND o.ended_on IS NULL ORDER BY o.name, o.id
"""
THERE = "SELECT m.person_id FROM migrants_placement m WHERE m.id = %(placement)s AND {condition}"


@dataclass(frozen=True, slots=True)
class DeskRow:
    """An organisation an account acts for, and as what."""

    organisation: int
    code: str
    name: str
    kind: str
    role: str
    serves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which placements an asker may see: `kind` says as what; `organisations`, `destinations` and `person` which."""

    kind: str  # own, family, desk, everyone, nobody
    organisations: tuple[int, ...] = ()
    destinations: tuple[str, ...] = ()
    user: int | None = None
    person: int | None = None
    need: str = "see"

    def sql(self, alias: str) -> tuple[str, dict[str, Any]]:
        """A condition on `migrants_placement` called `alias`, and its parameters."""
        if self.kind == "everyone":
            return "TRUE", {}
        if self.kind == "desk":
            return (
                f"({alias}.organisation_id = ANY(%(scope_organisations)s) "
                f"OR {alias}.destination_id = ANY(%(scope_destinations)s))",
                {"scope_organisations": list(self.organisations), "scope_destinations": list(self.destinations)},
            )
        if self.kind == "nobody":
            return "FALSE", {}
        mine = f"{alias}.person_id IN (SELECT id FROM registry_person WHERE %(scope_person)s IN (id, merged_into_id))"
        named = (
            f"{alias}.person_id IN (SELECT o.id FROM migrants_relative r JOIN registry_person p ON p.id = r.person_id "
            "JOIN registry_person o ON coalesce(o.merged_into_id, o.id) = coalesce(p.merged_into_id, p.id) "
            "WHERE r.user_id = %(scope_user)s AND r.ended_on IS NULL AND %(scope_need)s = ANY(r.may))"
        )
        if self.kind == "own":
            return f"({mine} OR {named})", {
                "scope_person": self.person, "scope_user": self.user, "scope_need": self.need,
            }  # fmt: skip
        return named, {"scope_user": self.user, "scope_need": self.need}


def desks_of(*, by: Actor) -> tuple[DeskRow, ...]:
    """The organisations this account acts for, by name; a machine's token may be narrowed to one."""
    if not by.may("own_placements"):
        return ()
    only = by.organisations
    return tuple(
        DeskRow(id_, code, name, kind, role, tuple(serves))
        for id_, code, name, kind, role, serves in sql.rows(DESKS, [by.user])
        if only is None or code in only
    )


def scope(*, by: Actor, why: str = "", what: str = "view", organisation: int | None = None) -> Scope:
    """What this asker may see, for a condition in SQL. An officer's look without a purpose is refused.

    `organisation` narrows a desk to one of those the account acts for.
    """
    if by.role == "system":
        return Scope(kind="everyone")
    if by.may("own_placements"):
        desks = [desk for desk in desks_of(by=by) if what in DESK_MAY[desk.role]]
        if organisation is not None:
            desks = [desk for desk in desks if desk.organisation == organisation]
        served = sorted({code for desk in desks if desk.kind == "mission" for code in desk.serves})
        return Scope(kind="desk", organisations=tuple(d.organisation for d in desks), destinations=tuple(served))
    if by.may("migrants"):
        require_purpose(why)
        return Scope(kind="everyone")
    need = FAMILY_NEEDS.get(what, "")
    if by.may("self") and by.person is not None:
        return Scope(kind="own", person=by.person, user=by.user, need=need)
    if by.may("family"):
        return Scope(kind="family", user=by.user, need=need)
    return Scope(kind="nobody")


def require(
    *, by: Actor, what: str, placement: int | None = None, organisation: int | None = None, why: str = ""
) -> None:
    """Raise `Refused` unless `by` may do this (view, enter, tell, pay, extend, manage) with this placement, or for this
    organisation. Looks of whoever is not the worker himself are recorded."""
    if what not in WHAT:
        raise ValueError(f"no such thing to do with a placement: {what}")
    if by.role == "system":
        return
    if organisation is not None:
        _require_desk(by, organisation, what, why)
    if placement is not None:
        allowed = scope(by=by, why=why, what=what)
        condition, params = allowed.sql("m")
        found = sql.rows(THERE.format(condition=condition), {"placement": placement, **params})
        if not found:
            raise not_yours()
        if found[0][0] != by.person:
            purpose = why or f"migrants.{what}"
            security.record(by=by, action=f"placement.{what}", subjects=[f"person:{found[0][0]}"], why=purpose,
                            detail={"placement": placement})  # fmt: skip


def require_all(*, by: Actor, what: str, placements: Sequence[int], why: str = "") -> None:
    """The same for many placements: all must be the asker's. Two statements, however many."""
    condition, params = scope(by=by, why=why, what=what).sql("m")
    found = sql.rows(
        f"SELECT m.person_id FROM migrants_placement m WHERE m.id = ANY(%(placements)s) AND {condition}",
        {"placements": list(placements), **params},
    )
    if len(found) != len(set(placements)):
        raise not_yours()
    security.record(by=by, action=f"placement.{what}", subjects=[f"person:{row[0]}" for row in found],
                    why=why or f"migrants.{what}")  # fmt: skip


def _require_desk(by: Actor, organisation: int, what: str, why: str) -> None:
    if by.may("own_placements"):
        mine = next((desk for desk in desks_of(by=by) if desk.organisation == organisation), None)
        if mine is None:
            raise not_yours()
        if what not in DESK_MAY[mine.role]:
            raise Refused(
                "not_for_this_role",
                Text("Peran Anda di lembaga ini tidak mencakup hal ini.", "Your role here does not include this."),
                why=Text(f"Peran Anda: {DeskRole(mine.role).label}.", f"Your role: {mine.role}."),
                then=Text("Minta pengelola akun lembaga melakukannya.", "Ask an owner of the account to do it."),
                status=403,
            )
    elif by.may("migrants"):
        require_purpose(why)
        security.record(by=by, action=f"organisation.{what}", subjects=[f"organisation:{organisation}"], why=why)
    else:
        raise not_yours()


def require_purpose(why: str) -> None:
    """Nobody of the fund opens migrants' data for no reason."""
    if not why.strip():
        raise Refused(
            "purpose_missing",
            Text("Tujuan belum diisi.", "The purpose is missing."),
            why=Text("Setiap pembukaan data pekerja migran dicatat.", "Every look at a migrant's data is recorded."),
            then=Text("Tulis untuk apa data ini dibuka.", "Write what you need this for."),
            field="why",
        )


def not_yours() -> Refused:
    """There is no such placement or organisation, or it is not the asker's; both read the same."""
    return not_found(
        Text("Penempatan ini tidak ditemukan.", "There is no such placement."),
        Text("Periksa nomornya, atau minta petugas.", "Check the number, or ask an officer."),
    )
