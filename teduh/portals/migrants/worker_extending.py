"""Extending in one step: the new last day, and the bill for it. Days without cover are said, never hidden."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import extending, timeline
from teduh.portals import doors
from teduh.portals.migrants import costs, worker_forms
from teduh.portals.migrants.side import Side, side
from teduh.portals.migrants.worker import OF_AMOUNTS


@doors.door("self", "family")
def extend(request: HttpRequest, relative: int | None = None) -> HttpResponse:
    """For how long; then the bill at once."""
    here, on = side(request, relative, "extend"), clock.today()
    form = worker_forms.Extend(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = extending.extend(placements=[here.placement], by=here.who, on=on, at=clock.now(),
                                    months=told["months"], ends=told["ends"], key=doors.key(request))  # fmt: skip
        except Refused as refused:
            if refused.status == 404:
                raise
            doors.onto(form, refused)
        else:
            return _done(request, here, made)
    found = timeline.timeline(placement=here.placement, by=here.who, on=on) if "see" in here.may else None
    unsure = [note for note in found.unconfirmed if not note.code.startswith(OF_AMOUNTS)] if found else []
    return render(request, "migrants/worker/extend.html", {
        "side": here, "unsure": unsure, "form": form, "t": found, "p": found.placement if found else None, "today": on,
        "month": costs.table(on=on).extension, "key": doors.key(request),
    }, status=422 if form.errors else 200)  # fmt: skip


def _done(request: HttpRequest, here: Side, made: extending.Extended) -> HttpResponse:
    for _, gap in made.gaps:
        what, then = Text(*gap.what), Text(*gap.next)
        doors.say(request, f"{what.id} {then.id}", f"{what.en} {then.en}")
    if made.bill is None:
        for no in made.refused:
            doors.say(request, f"Perpanjangan dicatat. {no.what.id} {no.then.id}",
                      f"The extension is on record. {no.what.en} {no.then.en}")  # fmt: skip
        return redirect(here.address("home"))
    doors.say(request, "Perpanjangan dicatat. Tinggal dibayar.", "The extension is on record. Now pay.")
    return redirect(here.address("bill", made.bill.number))
