"""Matters: one number for a question, a trouble or an accident, from the first word to the last; for the worker, and
for a relative whom he lets speak."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import family
from teduh.journeys.migrants import matters as journey
from teduh.migrants import queries
from teduh.migrants.models import MatterKind
from teduh.portals import actor, doors
from teduh.portals.migrants import worker_forms
from teduh.portals.migrants.side import not_granted


def _names(of_family: bool) -> dict[str, str]:
    prefix = "family_" if of_family else ""
    return {"list": f"{prefix}matters", "new": f"{prefix}matter_new", "one": f"{prefix}matter"}


@require_safe
@doors.door("self", "family")
def matters(request: HttpRequest, of_family: bool = False) -> HttpResponse:
    """All that this reader may see, newest first."""
    after = request.GET.get("after", "")
    page = journey.mine(by=actor.of(request), after=int(after) if after.isdigit() and len(after) < 19 else 0, limit=30)
    shown = {"page": page, "names": _names(of_family), "of_family": of_family, "may_open": bool(_people(request))}
    return render(request, "migrants/worker/matters.html", shown)


def _people(request: HttpRequest) -> list[tuple[str, Any]]:
    """For whom one may be opened: oneself, and those whom he may speak for."""
    who = actor.of(request)
    own = [(str(who.person), Text("Saya sendiri", "Myself"))] if who.person else []
    mine = family.mine(by=who, on=clock.today())
    return own + [(str(one.person), Text(one.name, one.name)) for one in mine if "speak" in one.may]


@doors.door("self", "family")
def new(request: HttpRequest, of_family: bool = False) -> HttpResponse:
    """Open one: what it is about, and in one's own words."""
    who, people = actor.of(request), _people(request)
    if not people:
        raise not_granted(family.MAY["speak"])
    wanted = request.GET.get("kind", "")
    form = worker_forms.NewMatter(
        request.POST if request.method == "POST" else None, people=people, own=who.person is not None,
        initial={"kind": wanted if wanted in MatterKind.values else "", "family_sees": True},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            number = journey.open_(
                person=int(told["person"]), kind=told["kind"], text=told["text"], by=who, on=clock.today(),
                at=clock.now(), agency_sees=told.get("agency_sees", False), family_sees=told.get("family_sees", True),
                key=doors.key(request),
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(
                request, f"Urusan {number} dibuka. Simpan nomornya.", f"Matter {number} is open. Keep its number."
            )
            return redirect(_names(of_family)["one"], number)
    shown = {"form": form, "key": doors.key(request), "names": _names(of_family), "of_family": of_family}
    return render(request, "migrants/worker/matter_new.html", shown, status=422 if form.errors else 200)


@doors.door("self", "family")
def matter(request: HttpRequest, number: str, of_family: bool = False) -> HttpResponse:
    """The thread: what was said, what to prepare, an answer."""
    who = actor.of(request)
    closing = request.method == "POST" and request.POST.get("do") == "close"
    form = worker_forms.Say(request.POST if request.method == "POST" and not closing else None)
    if closing:
        journey.close(number=number, by=who, at=clock.now())
        return redirect(_names(of_family)["one"], number)
    if form.is_bound and form.is_valid():
        try:
            journey.say(number=number, text=form.cleaned_data["text"], by=who, at=clock.now())
        except Refused as refused:
            if refused.status == 404:
                raise
            doors.onto(form, refused)
        else:
            return redirect(_names(of_family)["one"], number)
    found = journey.view(number=number, by=who)
    shown = {"m": found, "row": found.row, "form": form, "names": _names(of_family), "of_family": of_family,
             "zone": _zone(found.row)}  # fmt: skip
    return render(request, "migrants/worker/matter.html", shown, status=422 if form.errors else 200)


def _zone(row: journey.MatterRow) -> str:
    """The worker reads the hours of the place where he is; his family those of home."""
    if row.as_ != "worker" or not row.destination:
        return "Asia/Jakarta"
    place = next((d for d in queries.destinations() if d.code == row.destination), None)
    return place.zone if place else "Asia/Jakarta"
