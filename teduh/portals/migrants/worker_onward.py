"""Home again: the ways on into cover at home, offered at once; self-employed in one step, with its bill."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.migrants import onward as journey
from teduh.portals import doors
from teduh.portals.member_leaving import GoOn
from teduh.portals.migrants.side import side
from teduh.portals.migrants.worker import shown_of
from teduh.registry import facts


@doors.door("self")
def onward(request: HttpRequest) -> HttpResponse:
    """What follows at home, by when; the self-employed way is a form here."""
    here, on = side(request), clock.today()
    offers = journey.offers(placement=here.placement, by=here.who, on=on)
    shown = shown_of(here)
    may_take = shown["p"].state in journey.OVER
    form = GoOn(request.POST or None) if may_take else None
    if form and request.method == "POST" and form.is_valid():
        try:
            taken = _taken(request, here.placement, form.cleaned_data)
        except Refused as refused:
            doors.onto(form, refused)
        else:
            for note in taken.notes:
                doors.say(request, note.id, note.en)
            return redirect("bill", taken.bill.number) if taken.bill else redirect("member")
    return render(request, "migrants/worker/onward.html", {
        **shown, "offers": offers, "form": form, "key": doors.key(request),
    }, status=422 if form and form.errors else 200)  # fmt: skip


def _taken(request: HttpRequest, placement: int, told: dict[str, Any]) -> journey.Taken:
    here = side(request)
    given = (facts.EvidenceGiven(kind="statement", text=told["evidence"], sha256=None),) if told["evidence"] else ()
    return journey.take_self_employed(
        placement=placement, by=here.who, on=clock.today(), at=clock.now(), occupation=told["occupation"],
        income=told["income"], programmes=("JKK", "JKM", *told["programmes"]), evidence=given, key=doors.key(request),
    )  # fmt: skip
