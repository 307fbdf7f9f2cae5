"""Everything on record about somebody's work abroad, for himself: placements, agreements, events, papers, fees, cover,
family and matters, as plain values. What the fund and a mission noted between them is not in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from teduh.contributions.models.placements import PlacementDue
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.coverage.models import Span
from teduh.migrants import access
from teduh.migrants.models import Agreement, Event, Matter, MatterEntry, Paper, Placement, Relative
from teduh.registry import queries as registry
from teduh.security import actions as audit
from teduh.security.access import Actor

PLACEMENT = (
    "id", "number", "route", "scheme", "entry", "organisation__name", "destination_id", "registered_on", "state",
    "ends_on", "departed_on", "debarked_on", "home_on", "failed_on", "died_on", "passport", "passport_until",
    "savings_monthly", "outcome", "verdict",
)  # fmt: skip
OF_PLACEMENT: dict[str, tuple[Any, tuple[str, ...]]] = {
    "agreements": (Agreement, ("number", "kind", "starts", "ends", "ended_on", "ended_why", "destination_id",
                               "employer", "employer_address", "job", "withdrawn_at")),
    "events": (Event, ("kind", "on", "teller", "note", "at")),
    "papers": (Paper, ("kind", "valid_until", "at")),
    "fees": (PlacementDue, ("bill__number", "stage", "months", "until", "amount", "articles", "settled_on",
                            "withdrawn_on")),
    "cover": (Span, ("programme", "phase", "starts", "paid_until", "grace_until", "articles")),
}  # fmt: skip
RELATIVE = ("name", "relation", "phone", "may", "named_on", "ended_on")
MATTER = ("id", "number", "kind", "state", "opened_on", "opener", "agency_sees", "closed_on")
ENTRY = ("at", "speaker", "text")


def export(*, person: int, by: Actor, on: dt.date, why: str = "") -> dict[str, Any]:
    """What is on record about this person's work abroad. To himself, or to an officer who says why; recorded."""
    persons = registry.same_person(person=person)
    if by.person not in persons or not by.may("self"):
        if not by.may("migrants"):
            raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
        access.require_purpose(why)
    with transaction.atomic():
        placements = _rows(Placement.objects.filter(person__in=persons), PLACEMENT)
        parts = {name: _by_placement(model, fields, placements) for name, (model, fields) in OF_PLACEMENT.items()}
        said = _entries(matters := _rows(Matter.objects.filter(person__in=persons), MATTER))
        subjects = [f"person:{one}" for one in persons]
        audit.record(by=by, action="person.exported", subjects=subjects, why=why or "salinan")
    return {
        "on": str(on),
        "placements": [
            {**_without_id(one), **{name: found.get(one["id"], []) for name, found in parts.items()}}
            for one in placements
        ],
        "relatives": [_plain(row) for row in _rows(Relative.objects.filter(person__in=persons), RELATIVE)],
        "matters": [{**_without_id(one), "entries": said.get(one["id"], [])} for one in matters],
    }


def _rows(found: QuerySet[Any], fields: Iterable[str]) -> list[dict[str, Any]]:
    return list(found.order_by("id").values(*fields))


def _by_placement(model: Any, fields: tuple[str, ...], placements: list[dict[str, Any]]) -> dict[int, list[Any]]:
    return _grouped(model.objects.filter(placement__in=[one["id"] for one in placements]), "placement_id", fields)


def _entries(matters: list[dict[str, Any]]) -> dict[int, list[Any]]:
    """What was said in them, to him or by him."""
    told = MatterEntry.objects.filter(matter__in=[one["id"] for one in matters], inside=False)
    return _grouped(told, "matter_id", ENTRY)


def _grouped(found: QuerySet[Any], by: str, fields: tuple[str, ...]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in _rows(found, (by, *fields)):
        grouped.setdefault(row.pop(by), []).append(_plain(row))
    return grouped


def _without_id(row: dict[str, Any]) -> dict[str, Any]:
    return _plain({name: value for name, value in row.items() if name != "id"})


PLAIN: dict[type, Callable[[Any], Any]] = {dt.date: str, dt.datetime: dt.datetime.isoformat}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Values that JSON can hold, under names without the joins they came by."""
    return {
        name.replace("__", "_").removesuffix("_id"): PLAIN.get(type(value), lambda same: same)(value)
        for name, value in row.items()
    }
