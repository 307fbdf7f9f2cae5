"""Groups that join or pay together, made by an officer or by the agent who manages them; people from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.registry import actions, queries
from teduh.registry.queries import listed, people
from teduh.security.access import Actor

WHY = "Menambah anggota kelompok"
#: What becomes of a line whose person does not come in.
STAYS = {"hidden": "not_yours", "missing": "not_found", "unread": "unread"}


@dataclass(frozen=True)
class Line:
    """What became of one line of a list: added, already, not_found, not_yours or unread."""

    line: int
    text: str
    state: str
    name: str = ""
    member_number: str = ""


def make(*, name: str, kind: str, funding: str, region: str | None = None, by: Actor, on: dt.date) -> int:
    """A new group; whoever is no officer manages it himself."""
    by.require("groups", "own_people")
    with transaction.atomic():
        return actions.make_group(name=name, kind=kind, funding=funding, region=region, manager=by.user, by=by, on=on)


def add(*, group: int, persons: Sequence[int], by: Actor, on: dt.date, until: dt.date | None = None) -> tuple[int, ...]:
    """Put people into a group; an agent puts in his own people only. `until`: the last day, where it is known."""
    queries.group(actor=by, group=group, on=on)
    _require_visible(by, persons)
    with transaction.atomic():
        return actions.add_members(group=group, persons=persons, by=by, on=on, until=until)


def add_both(
    *, group: int, persons: Sequence[int], text: str, by: Actor, on: dt.date, until: dt.date | None = None
) -> tuple[tuple[int, ...], tuple[Line, ...]]:
    """Put in people who were picked and people who stand in a list of member numbers and NIKs, one to a line.

    Gives who of the picked came in, and what became of every line. All who can come in do, together; sent again, they
    are in already.
    """
    queries.group(actor=by, group=group, on=on)
    _require_visible(by, persons)
    named = listed.named(actor=by, why=WHY, text=text) if text.strip() else ()
    told = {"group": group, "by": by, "on": on, "until": until}
    with transaction.atomic():
        picked = actions.add_members(persons=persons, **told) if persons else ()
        came = set(actions.add_members(persons=[one.person for one in named if one.person], **told)) if named else set()
    lines = []
    for one in named:
        state = STAYS.get(one.state) or ("added" if one.person in came else "already")
        came.discard(one.person)
        lines.append(Line(one.line, one.text, state, one.name, one.member_number))
    return picked, tuple(lines)


def last_day(*, on: dt.date, months: int) -> dt.date:
    """The last day of so many contribution months, of which the first is the month of `on`."""
    return Month.of(on).plus(months - 1).last


def leave(*, group: int, persons: Sequence[int], by: Actor, on: dt.date) -> tuple[int, ...]:
    """Let people leave; `on` is their last day. Whoever manages the group may, and so may a member for himself."""
    if not (by.person is not None and set(persons) == {by.person}):
        queries.group(actor=by, group=group, on=on)
    with transaction.atomic():
        return actions.end_memberships(group=group, persons=persons, by=by, on=on)


def _require_visible(by: Actor, persons: Sequence[int]) -> None:
    hidden = people.hidden(actor=by, persons=persons)
    if hidden:
        raise Refused(
            "not_your_people",
            Text("Ada peserta yang bukan binaan Anda.", "Some of these members are not yours."),
            why=Text(f"Sebanyak {len(hidden)} orang.", f"{len(hidden)} of them."),
            then=Text("Keluarkan mereka dari daftar, atau minta petugas.", "Leave them out, or ask an officer."),
            status=404,
        )
