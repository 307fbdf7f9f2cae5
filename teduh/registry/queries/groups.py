"""Groups that join or pay together, and who is in them on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.registry.models.groups import Funding
from teduh.registry.queries import people
from teduh.security.access import Actor


@dataclass(frozen=True)
class GroupRow:
    """A group, where its money comes from, and how many are in it on the day."""

    id: int
    name: str
    kind: str
    funding: str
    region: str | None
    manager: int | None
    members: int

    @property
    def is_state_budget(self) -> bool:
        """Paid from APBN or APBD: no relief (PP 50/2025 Pasal 3)."""
        return Funding(self.funding).is_state_budget


@dataclass(frozen=True)
class MemberRow:
    """Somebody in a group: from when, and until when if that is known."""

    person: people.PersonRow
    from_day: dt.date
    until_day: dt.date | None


GROUPS = """
SELECT g.id, g.name, g.kind, g.funding, g.region_id, g.manager_id, (SELECT count(*) FROM registry_membership m
    WHERE m.group_id = g.id AND m.from_day <= %(on)s AND coalesce(m.until_day, 'infinity') >= %(on)s)
FROM registry_group g
"""


def groups(*, actor: Actor, on: dt.date, name: str = "", limit: int = 100) -> tuple[GroupRow, ...]:
    """The groups somebody manages; for an officer all of them, or those whose name holds some text."""
    actor.require("groups", "own_people")
    mine = "TRUE" if actor.may("groups") else "g.manager_id = %(user)s"
    rows = sql.rows(
        f"{GROUPS} WHERE {mine} AND position(lower(%(name)s) in lower(g.name)) > 0 ORDER BY g.name LIMIT %(limit)s",
        {"on": on, "user": actor.user, "name": name[:120].replace("\x00", ""), "limit": limit},
    )
    return tuple(GroupRow(*row) for row in rows)


def group(*, actor: Actor, group: int, on: dt.date) -> GroupRow:
    """One group, if the actor manages it or is an officer."""
    return _visible(actor, group, on)


def _visible(actor: Actor, group: int, on: dt.date) -> GroupRow:
    actor.require("groups", "own_people")
    rows = sql.rows(f"{GROUPS} WHERE g.id = %(group)s", {"on": on, "group": group})
    found = GroupRow(*rows[0]) if rows else None
    if found is None or not (actor.may("groups") or (actor.user is not None and found.manager == actor.user)):
        raise not_found(Text("Kelompok ini tidak ditemukan.", "There is no such group."))
    return found


def members(
    *, actor: Actor, why: str, group: int, on: dt.date, after: int = 0, limit: int = 100, coming: bool = False
) -> tuple[MemberRow, ...]:
    """Who is in the group on a day, masked and recorded; of them an agent sees his own people.

    `coming`: with those whose place begins later.
    """
    _visible(actor, group, on)
    rows = sql.rows(
        "SELECT DISTINCT ON (person_id) person_id, from_day, until_day FROM registry_membership "
        "WHERE group_id = %(group)s AND person_id > %(after)s AND (from_day <= %(on)s OR %(coming)s) "
        "AND coalesce(until_day, 'infinity') >= %(on)s ORDER BY person_id, from_day LIMIT %(n)s",
        {"group": group, "on": on, "after": after, "coming": coming, "n": min(limit, 1_000)},
    )
    shown = people.rows(actor=actor, why=why, persons=[row[0] for row in rows])
    return tuple(MemberRow(shown[id_], begins, ends) for id_, begins, ends in rows if id_ in shown)


def member_ids(*, group: int, on: dt.date) -> tuple[int, ...]:
    """Who is in the group on a day, by number: for a bill. Who was merged counts as who he is now."""
    rows = sql.rows(
        "SELECT DISTINCT coalesce(p.merged_into_id, p.id) FROM registry_membership m JOIN registry_person p "
        "ON p.id = m.person_id WHERE m.group_id = %(group)s AND m.from_day <= %(on)s "
        "AND coalesce(m.until_day, 'infinity') >= %(on)s ORDER BY 1",
        {"group": group, "on": on},
    )
    return tuple(row[0] for row in rows)


def among(*, group: int, persons: Sequence[int], on: dt.date) -> tuple[int, ...]:
    """Which of these people are in the group on a day, or will be. Nothing is shown, so nothing is recorded."""
    rows = sql.rows(
        "SELECT DISTINCT person_id FROM registry_membership WHERE group_id = %(group)s AND person_id = ANY(%(persons)s)"
        " AND coalesce(until_day, 'infinity') >= %(on)s",
        {"group": group, "persons": list(persons), "on": on},
    )
    return tuple(row[0] for row in rows)


def sponsors_of(*, person: int, on: dt.date) -> tuple[GroupRow, ...]:
    """The groups somebody is in on a day."""
    rows = sql.rows(
        f"{GROUPS} JOIN registry_membership w ON w.group_id = g.id WHERE w.person_id = %(person)s "
        "AND w.from_day <= %(on)s AND coalesce(w.until_day, 'infinity') >= %(on)s ORDER BY g.name",
        {"on": on, "person": person},
    )
    return tuple(GroupRow(*row) for row in rows)
