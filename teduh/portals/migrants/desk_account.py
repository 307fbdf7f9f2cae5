"""A code on a slip with which a worker whom others registered opens an account of his own: given by a mission."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from teduh.core import clock
from teduh.journeys.joining import activation
from teduh.migrants import queries
from teduh.portals import doors, draft
from teduh.portals.migrants import desk_door
from teduh.portals.migrants.desk_door import Here


@never_cache
@desk_door.desk()
def slip(request: HttpRequest, here: Here, placement: int) -> HttpResponse:
    """The slip, shown once. An agency has none: whoever holds the code could read what is said in confidence."""
    found = queries.placement(by=here.who, placement=placement, on=clock.today())
    name = f"code:{found.person}"
    if request.method == "POST":
        given = activation.give(person=found.person, by=here.who, key=doors.key(request), at=clock.now())
        told = {"number": given.member_number, "code": given.code, "until": given.expires_at.isoformat()}
        draft.hand_over(request, name, told)
        return redirect("desk_account", placement)
    told: dict[str, Any] = draft.take(request, name)
    shown = {
        "p": found, "given": told, "until": dt.datetime.fromisoformat(told["until"]) if told else None,
        "address": request.build_absolute_uri(reverse("activate")), "key": doors.key(request),
        "back": reverse("desk_person", args=[placement]),
    }  # fmt: skip
    return render(request, "agent/slip.html", shown)
