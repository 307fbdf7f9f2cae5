"""Photos and letters that people gave as evidence: opened by who may see the person, for a purpose, and recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from teduh.journeys.joining import documents
from teduh.portals import actor, doors


@require_safe
@doors.door("own_people", "everyone")
def paper(request: HttpRequest, person: str, sha256: str) -> HttpResponse:
    """One file as it was given. Nothing in it may run: it is only shown."""
    who = actor.of(request)
    why = request.session.get("purpose", "") if who.may("everyone") else "Mendampingi peserta"
    if not why:
        return redirect("person", person)
    found = documents.show(person=int(person), sha256=sha256, why=why, by=who)
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"
    answer["Cache-Control"] = "no-store"
    return answer
