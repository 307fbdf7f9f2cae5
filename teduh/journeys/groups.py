"""Groups that join or pay together, made by an officer or by the agent who manages them; people from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry import actions, queries
from teduh.registry.queries import people
from teduh.security.access import Actor


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
