"""The firms somebody acts for, and one firm's first page: what is to be done now, and how it stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.employers import queries
from teduh.journeys.employers import desk
from teduh.law import programmes as law
from teduh.portals import actor, doors, employer_bills, employer_door, employer_terms

SHOWN = 100


@doors.door("own_employers")
def firms(request: HttpRequest) -> HttpResponse:
    """All firms of an account, those with something to do first. Who has one firm goes straight to it."""
    own = queries.firms_of(by=actor.of(request))
    if len(own) == 1 and "all" not in request.GET:
        return redirect("employer_home", own[0].id)
    states = desk.states(employers=[one.id for one in own], on=clock.today())
    sought, only = request.GET.get("q", "").strip()[:80], request.GET.get("state", "")
    counts: dict[str, int] = {}
    for one in states.values():
        counts[one.state] = counts.get(one.state, 0) + 1
    rows = [
        (one, states[one.id]) for one in own
        if (not sought or sought.casefold() in f"{one.name} {one.npp}".casefold())
        and (only not in counts or states[one.id].state == only)
    ]  # fmt: skip
    rows.sort(key=lambda row: (desk.URGENT.index(row[1].state), row[0].name))
    return render(request, "employer/firms.html", {
        "rows": rows[:SHOWN], "more": max(0, len(rows) - SHOWN), "sought": sought, "only": only, "own": len(own),
        "counts": [(code, employer_terms.WORDS["firm_state"][code], counts[code], employer_terms.TONE.get(code, ""))
                   for code in desk.URGENT if code in counts],
    })  # fmt: skip


@employer_door.firm()
def home(request: HttpRequest, here: employer_door.Here) -> HttpResponse:
    """What is to do now, and how the firm stands."""
    on = clock.today()
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    state = desk.states(employers=[here.id], on=on)[here.id]
    first = desk.next_bill(employer=here.id, on=on)
    size = firm.profile.size if firm.profile else None
    return employer_door.page(request, here, "home", {
        "firm": firm, "now": state, "must": law.mandatory(size) if size else None, "today": on,
    } | (employer_bills.paying(here, first) if first else {}))  # fmt: skip
