"""The first page of an agency or a mission: how its people stand, who ends next, and what waits for it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.text import Text
from teduh.journeys.migrants import differences, lists, matters
from teduh.journeys.migrants import people as journey
from teduh.migrants import access
from teduh.portals import actor, doors
from teduh.portals.migrants import desk_door
from teduh.portals.migrants.desk_door import Here

SOONEST = 6
#: How each filter of the people is called, and how it is coloured where anybody is in it.
ONLY = (
    ("all", Text("semua", "everybody"), ""),
    ("unprotected", Text("tidak terlindungi", "not protected"), "is-sun"),
    ("ending", Text("berakhir dalam 90 hari", "ending within 90 days"), "is-careful"),
    ("waiting", Text("menunggu berkas", "waiting for papers"), "is-careful"),
    ("abroad", Text("di luar negeri", "abroad"), ""),
    ("registered", Text("belum berangkat", "not yet departed"), ""),
    ("returning", Text("akan atau sedang pulang", "going home"), ""),
    ("problem", Text("perlu perhatian", "in need of attention"), "is-sun"),
)


@desk_door.desk()
def home(request: HttpRequest, here: Here) -> HttpResponse:
    """Counts, the soonest endings, matters and differences."""
    on = clock.today()
    found = journey.people(by=here.who, on=on, only="ending", organisation=here.id, limit=SOONEST)
    mine = matters.mine(by=here.who, limit=5)
    shown = {
        "counts": [(code, name, tone if found.counts[code] else "", found.counts[code]) for code, name, tone in ONLY],
        "ending": found.rows, "matters": mine, "today": on,
        "open_matters": sum(n for state, n in mine.counts.items() if state != "done"),
        "differences": sum(differences.open_(by=here.who, organisation=here.id, limit=1).counts.values()),
        "lists": lists.lists_of(by=here.who, organisation=here.id, limit=3),
    }  # fmt: skip
    return desk_door.page(request, here, "home", shown)


@doors.door("own_placements")
def choose(request: HttpRequest) -> HttpResponse:
    """Go to another desk of this account."""
    wanted = desk_door.numbers([request.POST.get("desk", "")])
    if wanted and wanted[0] in {row.organisation for row in access.desks_of(by=actor.of(request))}:
        request.session[desk_door.DESK] = wanted[0]
    return redirect("desk")
