"""The family at home, as the worker sees it: whom he named, what each may do, a code shown once, and ending it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.migrants import family as journey
from teduh.migrants.families import RelativeRow
from teduh.portals import actor, doors, draft
from teduh.portals.member import own_person
from teduh.portals.migrants import worker_forms

CODE = "relative-code"


@doors.door("self")
def relatives(request: HttpRequest) -> HttpResponse:
    """Whom he named; naming one more; the code that was just made."""
    me, who = own_person(request), actor.of(request)
    form = worker_forms.Relative(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            named = journey.name(person=me, name=told["name"], relation=told["relation"], phone=told["phone"] or None,
                                 may=told["may"], by=who, on=clock.today(), at=clock.now())  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            return _give(request, named, told["name"])
    told = draft.take(request, CODE) if not form.is_bound else {}
    return render(request, "migrants/worker/family.html", {
        "form": form, "rows": journey.of(person=me, by=who, at=clock.now()), "told": told,
        "until": dt.datetime.fromisoformat(told["until"]) if told else None,
        "share": _share(request, told) if told else "",
    }, status=422 if form.errors else 200)  # fmt: skip


def _give(request: HttpRequest, named: journey.Named, name: str) -> HttpResponse:
    draft.hand_over(request, CODE, {"code": named.code, "name": name, "until": named.expires_at.isoformat()})
    return redirect("migrant_family")


def _share(request: HttpRequest, told: dict[str, Any]) -> str:
    address = request.build_absolute_uri(reverse("family_sign_up"))
    return str(Text(
        f"Kode keluarga Teduh dari saya: {told['code']}. Buka {address} dan masukkan kode ini, berlaku 7 hari.",
        f"My Teduh family code: {told['code']}. Open {address} and enter it; it lives 7 days.",
    ))  # fmt: skip


def _row(request: HttpRequest, relative: int) -> RelativeRow:
    rows = journey.of(person=own_person(request), by=actor.of(request), at=clock.now())
    found = next((row for row in rows if row.id == relative), None)
    if found is None:
        raise not_found(Text("Keluarga ini tidak ditemukan.", "There is no such relative."))
    return found


@doors.door("self")
def rights(request: HttpRequest, relative: int) -> HttpResponse:
    """What one may do from now on."""
    row = _row(request, relative)
    form = worker_forms.Rights(request.POST if request.method == "POST" else None, initial={"may": list(row.may)})
    if form.is_bound and form.is_valid():
        try:
            journey.allow(relative=row.id, may=form.cleaned_data["may"], by=actor.of(request), on=clock.today())
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Izinnya sudah diubah.", "The rights have been changed.")
            return redirect("migrant_family")
    return render(
        request, "migrants/worker/rights.html", {"form": form, "row": row}, status=422 if form.errors else 200
    )


@require_POST
@doors.door("self")
def again(request: HttpRequest, relative: int) -> HttpResponse:
    """A new code for one who has not used his."""
    row = _row(request, relative)
    return _give(request, journey.code_again(relative=row.id, by=actor.of(request), at=clock.now()), row.name)


@require_POST
@doors.door("self")
def end(request: HttpRequest, relative: int) -> HttpResponse:
    """He may nothing any more."""
    row = _row(request, relative)
    journey.end(relative=row.id, by=actor.of(request), on=clock.today())
    doors.say(request, f"Akses {row.name} sudah diakhiri.", f"The access of {row.name} has ended.")
    return redirect("migrant_family")
