"""A firm's places of work, and the risk class of each: declared by the firm with evidence, confirmed by an officer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import queries
from teduh.journeys.employers import employers as journey
from teduh.law.months import Month
from teduh.portals import doors, employer_door, employer_forms, employer_sign_up, regions
from teduh.portals.employer_door import Here
from teduh.portals.employer_sign_up import PLACE


def _search(request: HttpRequest) -> tuple[str, list[tuple[str, str]]]:
    sought = " ".join((request.POST.get("sought") or request.GET.get("sought") or "").split())[:80]
    return sought, employer_sign_up.found(sought, request.POST.get("activity", ""))


@employer_door.firm("manage")
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """A further place of work; its risk class is declared on the next page."""
    more = "more" in request.POST
    form = employer_forms.Site(request.POST if request.method == "POST" and not more else None,
                               initial=request.POST.dict())  # fmt: skip
    region = regions.chosen(request.POST, PLACE)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = journey.open_site(
                employer=here.id, name=told["name"], region=region or None, address=told["address"],
                opened_on=told["opened_on"], by=here.who, on=clock.today(), why=here.why,
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Lokasi dibuka. Sekarang kegiatannya.", "The site is open. Now its activity.")
            return redirect("employer_risk", here.id, made)
    shown = {"form": form, "levels": regions.levels(PLACE, region)[:2], "name": PLACE}
    return employer_door.page(request, here, "site", shown, status=422 if form.errors else 200)


@employer_door.firm("manage")
def risk(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """Which activity a site has from a month on; an officer confirms the class."""
    site = _site(here, number)
    sought, found = _search(request)
    saving = request.method == "POST" and "activity" in request.POST
    form = employer_forms.Activity(request.POST if saving else None, found=found)
    since = employer_forms.From(
        request.POST if saving else None, initial={"from_month": str(Month.of(clock.today()))}, prefix="f"
    )
    if saving and form.is_valid() and since.is_valid():
        told = form.cleaned_data
        try:
            journey.classify(
                employer=here.id, site=number, activity=int(told["activity"]), evidence=told["evidence"],
                from_month=since.cleaned_data["from_month"], by=here.who, on=clock.today(), why=here.why,
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Disimpan; petugas akan mengonfirmasi.", "Saved; an officer will confirm it.")
            return redirect("employer_data", here.id)
    shown: dict[str, Any] = {
        "site": site, "form": form, "since": since, "sought": sought, "found": found,
        "search": employer_forms.Search(initial={"sought": sought}),
    }  # fmt: skip
    return employer_door.page(request, here, "risk", shown, status=422 if form.errors or since.errors else 200)


def _site(here: Here, number: int) -> Any:
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    for site in firm.worksites:
        if site.number == number:
            return site
    raise not_found(Text("Lokasi ini tidak ditemukan.", "There is no such site."))
