"""The documents of a placement: what was shown, until when it is valid, and adding one more."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.joining import documents
from teduh.journeys.migrants import papers as journey
from teduh.migrants import queries
from teduh.portals import doors
from teduh.portals.migrants import worker_forms
from teduh.portals.migrants.side import side


@doors.door("self")
def papers(request: HttpRequest) -> HttpResponse:
    """What there is, and one more."""
    here, on = side(request), clock.today()
    sent = request.method == "POST"
    form = worker_forms.Paper(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        told = form.cleaned_data
        try:
            digest = documents.keep(content=told["file"].read(), by=here.who) if told["file"] else None
            is_passport = told["kind"] == "passport"
            journey.show(
                placement=here.placement, by=here.who, on=on, at=clock.now(),
                papers=[(told["kind"], bytes.fromhex(digest) if digest else None, told["valid_until"])],
                passport=(told["number"] or None) if is_passport else None,
                passport_until=told["valid_until"] if is_passport else None,
            )  # fmt: skip
        except Refused as refused:
            refused.field = {"evidence_file": "file", "passport": "number", "papers": "file"}.get(
                refused.field or "", "kind"
            )
            doors.onto(form, refused)
        else:
            doors.say(request, "Dokumen dicatat.", "The paper is on record.")
            return redirect("migrant_papers")
    view = queries.placement(by=here.who, placement=here.placement, on=on)
    waiting = journey.checklist(placement=view, on=on) if view.state == "registered" else ()
    shown = {"side": here, "p": view, "form": form, "today": on, "asked": waiting}
    return render(request, "migrants/worker/papers.html", shown, status=422 if form.errors else 200)
