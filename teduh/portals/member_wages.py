"""What a wage earner's employers report and pay for him: his months, why a month costs that, and the way of the money.

The same pages serve an officer who said for what purpose he looks; he is recorded, and the member can read that.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.worker import worker
from teduh.law.months import Month
from teduh.portals import actor, doors, member
from teduh.registry.queries import people
from teduh.security.access import Actor


@dataclass(frozen=True)
class Whose:
    """Whose wages are looked at, by whom and what for. `base` is the address that his pages begin with."""

    who: Actor
    person: int
    why: str
    own: bool
    base: str
    name: str = ""


def whose(request: HttpRequest, person: int | None) -> Whose:
    """The member himself, or the person whom an officer named; an officer says his purpose on the search page first."""
    who = actor.of(request)
    if person is None:
        who.require("self")
        return Whose(who, member.own_person(request), member.OWN, True, reverse("member_wages"))
    why = request.session.get("purpose", "")
    people.require_purpose(why)
    name = people.masked_name(person=person)
    return Whose(who, person, why, False, reverse("person_wages", args=[person]), name)


@require_safe
@doors.door("self", "everyone")
def wages(request: HttpRequest, person: int | None = None) -> HttpResponse:
    """Every month: what was reported, what was paid by whom and when, what is late, missing, lower or changed."""
    try:
        seen = whose(request, person)
    except Refused as refused:
        if refused.code == "purpose_missing":
            return redirect(f"/petugas/cari/?person={person}")
        raise
    on = clock.today()
    found = worker.months(actor=seen.who, person=seen.person, on=on, first=_first(request), why=seen.why)
    by_month: dict[Month, list[worker.JobMonth]] = {}
    for one in found.months:
        by_month.setdefault(one.month, []).append(one)
    return render(request, "member/wages.html", {
        "seen": seen, "wages": found, "by_month": by_month, "on": on, "earlier": found.first.plus(-24),
        "may_be_earlier": any(Month.of(job.started_on) < found.first for job in found.jobs),
        "trouble": [one for one in found.months if one.is_trouble], "postings": found.jht.lines[::-1],
    })  # fmt: skip


def _first(request: HttpRequest) -> Month | None:
    try:
        return Month.parse(request.GET.get("dari", "")[:7])
    except ValueError:
        return None


@require_safe
@doors.door("self", "everyone")
def why(request: HttpRequest, line: int, person: int | None = None) -> HttpResponse:
    """Why a month's contributions come to what they do."""
    seen = whose(request, person)
    found = worker.explain(actor=seen.who, person=seen.person, line=line, why=seen.why)
    return render(request, "member/wage_why.html", {"seen": seen, "found": found})


@require_safe
@doors.door("self", "everyone")
def trail(request: HttpRequest, line: int, person: int | None = None) -> HttpResponse:
    """From a line of the employer's file to the books."""
    seen = whose(request, person)
    found = worker.trail(actor=seen.who, person=seen.person, line=line, why=seen.why)
    return _way(request, seen, found, None)


@require_safe
@doors.door("self", "everyone")
def posting(request: HttpRequest, posting: int, person: int | None = None) -> HttpResponse:
    """From a movement on the savings account back to the employer's file."""
    seen = whose(request, person)
    found = worker.trail(actor=seen.who, person=seen.person, posting=posting, why=seen.why)
    return _way(request, seen, found, posting)


def _way(request: HttpRequest, seen: Whose, found: tuple[worker.Trail, ...], posting: int | None) -> HttpResponse:
    rows = [(one, worker.file_row(actor=seen.who, person=seen.person, line=one.line, why=seen.why)) for one in found]
    return render(request, "member/wage_trail.html", {"seen": seen, "trails": rows, "posting": posting})
