"""The officer's pages for employers: found with a purpose, risk classes confirmed, disputed leavings decided."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.text import Text
from teduh.employers import queries
from teduh.journeys.employers import employers as journey
from teduh.journeys.employers import leaving
from teduh.portals import actor, doors
from teduh.portals.employer_door import PURPOSE
from teduh.portals.forms import Asked, Words, said

PURPOSES = (
    Text("Pemberi kerja datang ke kantor", "The employer came to the office"),
    Text("Telepon atau pesan dari pemberi kerja", "A call or message of the employer"),
    Text("Memeriksa kelas risiko", "Checking a risk class"),
    Text("Memeriksa laporan atau tunggakan", "Checking returns or arrears"),
)


class Search(Asked):
    """Which employer, and why one looks."""

    sought = Words(
        "Nama usaha, NPP atau NPWP", "Name, NPP or NPWP", most=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    why = Words(
        "Untuk apa", "For what", most=120, hint=said("Dicatat.", "Recorded."),
        widget=forms.TextInput(attrs={"list": "purposes"}),
    )  # fmt: skip


@doors.door("employers")
def search(request: HttpRequest) -> HttpResponse:
    """Search by POST with a purpose; with a firm already chosen only the purpose is asked."""
    who = actor.of(request)
    wanted = request.GET.get("employer", "")
    form = Search(request.POST or None, initial={"why": request.session.get(PURPOSE, "")})
    found = None
    why = " ".join(request.POST.get("why", "").replace("\x00", "").split())[:120]
    if request.method == "POST" and wanted.isascii() and wanted.isdigit() and len(wanted) < 19 and why:
        request.session[PURPOSE] = why
        return doors.back(request, f"/usaha/{wanted}/")
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        request.session[PURPOSE] = why
        found = queries.find_employers(by=who, why=why, text=form.cleaned_data["sought"])
    return render(request, "officer/employers.html", {
        "form": form, "found": found, "purposes": PURPOSES, "wanted": wanted if wanted.isdigit() else "",
        "next": request.GET.get("next", ""), "decides": not who.may("inspect"),
        "waiting": len(queries.unconfirmed(by=who, limit=100)) if not who.may("inspect") else 0,
        "disputed": len(leaving.to_decide(by=who, on=clock.today())) if not who.may("inspect") else 0,
    }, status=422 if form.errors and not wanted else 200)  # fmt: skip


@doors.door("everyone")
def risks(request: HttpRequest) -> HttpResponse:
    """Risk classes that wait for an officer, the oldest first."""
    who = actor.of(request)
    return render(request, "officer/risks.html", {"rows": queries.unconfirmed(by=who, limit=50)})


@doors.door("everyone")
def risk(request: HttpRequest, risk: int) -> HttpResponse:
    """Confirm a declared class, or set another; either way a further row, from the same month."""
    why = _why(request)
    if request.method == "POST":
        chosen: Any = request.POST.get("risk_class", "")
        journey.confirm(
            risk=risk, risk_class=int(chosen) if chosen in ("1", "2", "3", "4", "5") else None, why=why,
            by=actor.of(request), on=clock.today(),
        )  # fmt: skip
        doors.say(request, "Dikonfirmasi.", "Confirmed.")
    return redirect("officer_risks")


@doors.door("everyone")
def leavings(request: HttpRequest) -> HttpResponse:
    """Leavings that worker and employer do not agree on."""
    return render(
        request, "officer/leavings.html", {"rows": leaving.to_decide(by=actor.of(request), on=clock.today(), limit=50)}
    )


@doors.door("everyone")
def decide(request: HttpRequest, leaving_id: int) -> HttpResponse:
    """It ended as the worker says, or it did not."""
    if request.method == "POST":
        accepted = request.POST.get("do") == "accept"
        leaving.decide(
            leaving=leaving_id, accepted=accepted, why=_why(request), by=actor.of(request), on=clock.today()
        )  # fmt: skip
        doors.say(request, "Diputuskan.", "Decided.")
    return redirect("officer_leavings")


def _why(request: HttpRequest) -> str:
    return " ".join(request.POST.get("why", "").replace("\x00", "").split())[:200]
