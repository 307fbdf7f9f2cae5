"""Makes groups and keeps who is in them, from a day until a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry import cleaning
from teduh.registry.models.groups import Funding, Group, GroupKind
from teduh.registry.models.places import Region
from teduh.security import actions as security
from teduh.security.access import Actor

ADD = """
INSERT INTO registry_membership (group_id, person_id, from_day, until_day)
SELECT DISTINCT %(group)s::bigint, coalesce(p.merged_into_id, p.id), %(on)s::date, %(until)s::date
FROM registry_person p WHERE p.id = ANY(%(persons)s) AND NOT EXISTS (
    SELECT FROM registry_membership m WHERE m.group_id = %(group)s AND m.person_id = coalesce(p.merged_into_id, p.id)
        AND coalesce(m.until_day, 'infinity') >= %(on)s)
ON CONFLICT DO NOTHING RETURNING person_id
"""
END = """
UPDATE registry_membership SET until_day = %(until)s
WHERE group_id = %(group)s AND person_id = ANY(%(persons)s) AND from_day <= %(until)s
    AND coalesce(until_day, 'infinity') > %(until)s
RETURNING person_id
"""
#: A place that would begin only after the last day never begins.
NEVER = """
DELETE FROM registry_membership WHERE group_id = %(group)s AND person_id = ANY(%(persons)s) AND from_day > %(until)s
RETURNING person_id
"""


def make_group(
    *, name: str, kind: str, funding: str, region: str | None, manager: int | None, by: Actor, on: dt.date
) -> int:
    """A new group; the same name in the same region is the same group and gives the same number."""
    if kind not in GroupKind.values or funding not in Funding.values:
        raise Refused(
            "group_unknown_kind",
            Text("Jenis kelompok atau sumber dana belum dipilih.", "The kind of group or its funding is missing."),
            then=Text("Pilih keduanya dari daftar.", "Choose both from the lists."),
            field="kind" if kind not in GroupKind.values else "funding",
        )
    name = cleaning.name(name, field="name", most=120)
    if region and not Region.objects.filter(code=region).exists():
        raise Refused(
            "region_unknown",
            Text("Wilayahnya tidak dikenal.", "The region is not known."),
            then=Text("Pilih wilayah dari daftar.", "Choose the region from the list."),
            field="region",
        )
    found, is_new = Group.objects.get_or_create(
        name=name, region_id=region or None, defaults={"kind": kind, "funding": funding, "manager_id": manager}
    )
    if is_new:
        security.record(by=by, action="group.made", subjects=[f"group:{found.id}"], detail={"on": on.isoformat()})
    elif found.manager_id != manager and not by.may("groups"):
        raise Refused(
            "group_of_another",
            Text("Kelompok bernama ini sudah dikelola orang lain.", "Somebody else manages a group of this name."),
            then=Text("Beri nama lain, atau minta bantuan petugas.",
                      "Give another name, or ask an officer."),
            status=409, field="name",
        )  # fmt: skip
    elif (found.kind, found.funding) != (kind, funding):
        raise Refused(
            "group_exists_otherwise",
            Text("Kelompok bernama ini sudah ada dengan jenis atau sumber dana lain.",
                 "A group of this name exists with another kind or funding."),
            then=Text("Pakai kelompok yang ada, atau beri nama lain.", "Use that group, or give another name."),
            status=409, field="name",
        )  # fmt: skip
    return found.id


def add_members(
    *, group: int, persons: Sequence[int], by: Actor, on: dt.date, until: dt.date | None = None
) -> tuple[int, ...]:
    """Put people into a group from a day on; who is in it already stays as he is. Gives those who came in."""
    if until is not None and until < on:
        raise Refused(
            "until_before_from",
            Text("Tanggal akhir mendahului tanggal mulai.", "The last day is before the first."),
            then=Text("Perbaiki tanggalnya.", "Correct the dates."),
            field="until",
        )
    rows = sql.rows(ADD, {"group": group, "persons": list(persons), "on": on, "until": until})
    return _recorded("group.joined", rows, group, by, on)


def end_memberships(*, group: int, persons: Sequence[int], by: Actor, on: dt.date) -> tuple[int, ...]:
    """Let people leave a group; `on` is their last day in it. Gives those who left."""
    told = {"group": group, "persons": list(persons), "until": on}
    rows = sql.rows(END, told) + sql.rows(NEVER, told)
    return _recorded("group.left", rows, group, by, on)


def _recorded(action: str, rows: list[tuple[int, ...]], group: int, by: Actor, on: dt.date) -> tuple[int, ...]:
    people = tuple(sorted({row[0] for row in rows}))
    if people:
        subjects = [f"person:{person}" for person in people]
        security.record(by=by, action=action, subjects=subjects, detail={"group": group, "on": on.isoformat()})
    return people
