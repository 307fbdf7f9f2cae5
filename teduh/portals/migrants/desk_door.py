"""The door of an agency's or a mission's pages: for which organisation somebody acts, and what he may do there."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.migrants import access
from teduh.migrants.access import DESK_MAY, DeskRow
from teduh.portals import actor, doors
from teduh.security.access import Actor

DESK, PURPOSE = "placement_desk", "migrant_purpose"
KINDS = {
    "agency": Text("P3MI", "Placement agency (P3MI)"),
    "government": Text("Penempatan pemerintah", "Government placement"),
    "mission": Text("Perwakilan RI", "Indonesian mission"),
}
PAGES = (
    ("desk", Text("Ringkasan", "Overview")),
    ("desk_people", Text("Orang", "People")),
    ("desk_lists", Text("Daftar", "Lists")),
    ("desk_differences", Text("Selisih", "Differences")),
    ("desk_bills", Text("Tagihan", "Bills")),
    ("desk_matters", Text("Urusan", "Matters")),
)
OFFICER_PAGES = ("desk_people", "desk_lists", "desk_differences", "desk_matters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """The desk whose page is open. An officer has no organisation (`id` None) and a purpose (`why`) instead."""

    id: int | None
    name: str
    code: str
    kind: str
    role: str
    serves: tuple[str, ...]
    may: frozenset[str]
    who: Actor
    why: str
    among: tuple[DeskRow, ...]

    @property
    def kind_name(self) -> Text | str:
        return KINDS.get(self.kind, "")

    @property
    def is_mission(self) -> bool:
        return self.kind == "mission"

    @property
    def enters(self) -> bool:
        return "enter" in self.may

    @property
    def tells(self) -> bool:
        return "tell" in self.may

    @property
    def pays(self) -> bool:
        return "pay" in self.may

    @property
    def extends(self) -> bool:
        return "extend" in self.may

    @property
    def is_officer(self) -> bool:
        return self.id is None


def desk(*, officers: bool = False) -> Any:
    """Let in the accounts of agencies and missions; officers too where said, once they have said for what."""

    def around(view: doors.View) -> doors.View:
        @functools.wraps(view)
        @doors.door("own_placements", *(("migrants",) if officers else ()))
        def opened(request: HttpRequest, **places: Any) -> HttpResponse:
            who = actor.of(request)
            if who.may("own_placements"):
                return view(request, _own(request, who), **places)
            why = request.session.get(PURPOSE, "")
            if not why:
                return redirect(f"{reverse('officer_migrants')}?{urlencode({'next': request.get_full_path()})}")
            return view(request, _officer(who, why), **places)

        return opened

    return around


def _own(request: HttpRequest, who: Actor) -> Here:
    """The desk chosen last in this session, or the first."""
    desks = access.desks_of(by=who)
    if not desks:
        raise Refused(
            "no_desk",
            Text("Akun ini belum ditugaskan di lembaga mana pun.", "This account acts for no organisation yet."),
            then=Text("Minta pengelola lembaga atau petugas BPJS menambahkan akun ini.",
                      "Ask an owner of the organisation or an officer to add it."),
            status=403,
        )  # fmt: skip
    chosen = request.session.get(DESK)
    one = next((row for row in desks if row.organisation == chosen), desks[0])
    return Here(
        id=one.organisation, name=one.name, code=one.code, kind=one.kind, role=one.role, serves=one.serves,
        may=DESK_MAY[one.role], who=who, why="", among=desks,
    )  # fmt: skip


def _officer(who: Actor, why: str) -> Here:
    may = frozenset({"view", "enter", "tell", "pay", "extend"})
    return Here(id=None, name="", code="", kind="officer", role="officer", serves=(), may=may, who=who, why=why,
                among=())  # fmt: skip


def page(request: HttpRequest, here: Here, template: str, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the desk, with its name and its pages above."""
    names = [(name, label) for name, label in PAGES if not here.is_officer or name in OFFICER_PAGES]
    tabs = [(label, reverse(name)) for name, label in names]
    longest = max((address for _, address in tabs if request.path.startswith(address)), key=len, default="")
    frame = {"here": here, "tabs": [(label, address, address == longest) for label, address in tabs]}
    return render(request, f"migrants/desk/{template}.html", frame | shown, status=status)


def numbers(given: list[str], most: int = 20_000) -> list[int]:
    """Row numbers as a form sends them; what is none is left out."""
    return [int(one) for one in given[:most] if one.isascii() and one.isdigit() and len(one) < 19]


def words(given: str, most: int = 200) -> str:
    """A short text of a form or an address, trimmed."""
    return " ".join(given.replace("\x00", "").split())[:most]


class RowInAddress:
    """A row's number in an address: no longer than PostgreSQL's own."""

    regex = r"[0-9]{1,18}"

    def to_python(self, text: str) -> int:
        return int(text)

    def to_url(self, number: int) -> str:
        return str(number)
