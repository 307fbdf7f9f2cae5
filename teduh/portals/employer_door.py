"""The door of a firm's pages: whose firm it is, what the one who asks may do there, and why an officer looks."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.urls.converters import StringConverter

from teduh.core.text import Text
from teduh.employers import access, queries
from teduh.law.months import Month
from teduh.portals import actor, doors
from teduh.security.access import Actor

PURPOSE = "firm_purpose"
PAGES = (
    ("employer_home", Text("Ringkasan", "Overview")),
    ("employer_returns", Text("Laporan upah", "Wage returns")),
    ("employer_bills", Text("Tagihan", "Bills")),
    ("employer_workers", Text("Tenaga kerja", "Workers")),
    ("employer_projects", Text("Proyek", "Projects")),
    ("employer_cases", Text("Kepatuhan", "Compliance")),
    ("employer_data", Text("Data usaha", "The business")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The firm whose page is open. `why` is an officer's purpose; the firm's own people need none."""

    id: int
    npp: str
    name: str
    role: str
    may: frozenset[str]
    who: Actor
    why: str
    among: int

    @property
    def prepares(self) -> bool:
        return "prepare" in self.may

    @property
    def files(self) -> bool:
        return "file" in self.may

    @property
    def manages(self) -> bool:
        return "manage" in self.may

    @property
    def is_own(self) -> bool:
        return self.who.may("own_employers")


def firm(what: str = "view") -> Callable[[doors.View], doors.View]:
    """Let in who may do `what` at the firm of the address; an officer is asked for his purpose first."""

    def around(view: doors.View) -> doors.View:
        @functools.wraps(view)
        @doors.door("own_employers", "employers")
        def opened(request: HttpRequest, employer: int, **places: Any) -> HttpResponse:
            who = actor.of(request)
            why = "" if who.may("own_employers") else request.session.get(PURPOSE, "")
            if not why and not who.may("own_employers"):
                asked = urlencode({"employer": employer, "next": request.get_full_path()})
                return redirect(f"{reverse('officer_employers')}?{asked}")
            access.require(by=who, employer=employer, what=what, why=why)
            return view(request, _here(employer, who, why), **places)

        return opened

    return around


def _here(employer: int, who: Actor, why: str) -> Here:
    own = queries.firms_of(by=who) if who.may("own_employers") else ()
    row = next((one for one in own if one.id == employer), None)
    name, npp = (row.name, row.npp) if row else queries.named(employer=employer)
    role = row.role if row else who.role
    return Here(
        id=employer, npp=npp, name=name, role=role, may=access.MAY.get(role, frozenset({"view"})), who=who, why=why,
        among=len(own),
    )  # fmt: skip


def page(request: HttpRequest, here: Here, template: str, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the firm, with its name and its pages above."""
    at = request.path
    tabs = [(label, reverse(name, args=[here.id])) for name, label in PAGES]
    longest = max((address for _, address in tabs if at.startswith(address)), key=len, default="")
    frame = {"here": here, "tabs": [(label, address, address == longest) for label, address in tabs]}
    return render(request, f"employer/{template}.html", frame | shown, status=status)


class MonthInAddress:
    """A month in an address, `2026-04`."""

    regex = r"20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, text: str) -> Month:
        return Month.parse(text)

    def to_url(self, month: Month | str) -> str:
        return str(month)


class NumberInAddress:
    """A row's number in an address: no longer than PostgreSQL's own."""

    regex = r"[0-9]{1,18}"

    def to_python(self, text: str) -> int:
        return int(text)

    def to_url(self, number: int) -> str:
        return str(number)


class SheetInAddress(StringConverter):
    """The kind of a sheet to keep."""

    regex = r"csv|xlsx"
