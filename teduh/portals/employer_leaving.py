"""Telling that somebody left, with what follows for him said at once; answering a worker's own word of leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.employers import queries
from teduh.journeys.employers import leaving
from teduh.portals import doors, employer_door, employer_forms
from teduh.portals.employer_door import Here
from teduh.portals.forms import Asked, Words


class Dispute(Asked):
    """Why the firm does not agree."""

    why = Words(
        "Mengapa tidak benar?", "Why is it not so?", most=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


@employer_door.firm("file")
def end(request: HttpRequest, here: Here, employment: int) -> HttpResponse:
    """The last day and the cause; first what would follow is shown, then it is told."""
    on = clock.today()
    found = queries.worker(by=here.who, employer=here.id, employment=employment, on=on, why=here.why)
    form = employer_forms.End(request.POST or None, on=on)
    shown: dict[str, Any] = {"w": found, "form": form, "follows": None}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asked = {
            "employment": employment, "ended_on": told["ended_on"], "cause": told["cause"], "by": here.who, "on": on,
        }  # fmt: skip
        try:
            if request.POST.get("do") == "tell":
                leaving.tell(**asked, text=told["text"] or None, why=here.why)
                doors.say(request, "Sudah dinyatakan berhenti.", "It is told that the work ended.")
                return redirect("employer_worker", here.id, employment)
            shown["follows"] = leaving.preview(**asked, why=here.why)
        except Refused as refused:
            doors.onto(form, refused)
    return employer_door.page(request, here, "end", shown, status=422 if form.errors else 200)


@employer_door.firm()
def leavings(request: HttpRequest, here: Here) -> HttpResponse:
    """Workers' own words that wait for the firm's answer, and those that an officer decides."""
    rows = queries.leavings(by=here.who, employer=here.id, states=("waiting", "disputed"), why=here.why)
    return employer_door.page(request, here, "leavings", {"rows": rows, "form": Dispute(auto_id=False)})


@employer_door.firm("file")
def answer(request: HttpRequest, here: Here, leaving_id: int) -> HttpResponse:
    """It is so, or it is not: then an officer decides."""
    if request.method != "POST":
        return redirect("employer_leavings", here.id)
    why = " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200]
    accepted = request.POST.get("do") == "accept"
    leaving.answer(
        leaving=leaving_id, employer=here.id, accepted=accepted, why=why, by=here.who, on=clock.today()
    )  # fmt: skip
    if accepted:
        doors.say(request, "Dibenarkan; pekerjaan berakhir pada hari itu.", "Confirmed; the work ended on that day.")
    else:
        doors.say(request, "Dibantah; petugas yang memutuskan.", "Disputed; an officer decides.")
    return redirect("employer_leavings", here.id)
