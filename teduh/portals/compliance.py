"""What a firm sees of its own case: the steps, what to do to end it, and the letters, ready to print."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from teduh.core import clock
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.employers.compliance_letters import letter
from teduh.journeys.compliance import compliance
from teduh.portals import employer_door


@employer_door.firm()
def listed(request: HttpRequest, here: employer_door.Here) -> HttpResponse:
    """A firm's cases, or the good news that there is none."""
    rows = compliance.own(employer=here.id, by=here.who)
    return employer_door.page(request, here, "compliance/list", {"rows": rows})


@employer_door.firm()
def one(request: HttpRequest, here: employer_door.Here, number: str) -> HttpResponse:
    """One case: what was done, what is still lacking, and how it ends."""
    return employer_door.page(request, here, "compliance/one", {"view": _of(here, number)})


@employer_door.firm()
def printed(request: HttpRequest, here: employer_door.Here, number: str, step: int) -> HttpResponse:
    """A letter of the firm's own case."""
    return letter_page(request, _of(here, number), step)


def _of(here: employer_door.Here, number: str) -> compliance.CaseView:
    view = compliance.view(number=number, by=here.who, on=clock.today(), why=here.why)
    if view.row.employer != here.id:
        raise not_found(Text("Perkara tidak ditemukan.", "There is no such case."))
    return view


def letter_page(request: HttpRequest, view: compliance.CaseView, step: int) -> HttpResponse:
    """A step's letter as a page of its own, for the printer."""
    found = next((each for each in view.steps if each.id == step and each.has_letter), None)
    if found is None:
        raise not_found(Text("Surat tidak ditemukan.", "There is no such letter."))
    return render(request, "compliance/letter.html", {"letter": letter(case=view.row, step=found), "case": view.row})
