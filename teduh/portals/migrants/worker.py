"""A placement's home, for the worker and a relative who may see it: protected until when, the timeline, what to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from teduh.contributions import placement_queries
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import billing, matters, onward, timeline
from teduh.journeys.migrants.drawing import GapView, NoteView, PhaseView
from teduh.journeys.money import bill_view
from teduh.portals import doors, messages
from teduh.portals.migrants import timeline_picture
from teduh.portals.migrants.side import Side, side

ABROAD = ("departed", "working", "ended", "missing")
STATES = {
    "past": Text("Sudah lewat", "Past"),
    "now": Text("Sekarang", "Now"),
    "next": Text("Berikutnya, sudah dibayar", "Next, paid"),
    "open": Text("Belum dibayar", "Not paid yet"),
    "missing": Text("Tanpa perlindungan", "Without cover"),
}
LATER = Text("Nanti, setelah pulang", "Later, after the return")
#: What codes of remarks about a benefit's amount begin with.
OF_AMOUNTS = ("value:", "pmi_annex_unread:", "pmi_old_list_unread")
BILLS = 6


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of the way: a phase, or days without cover between phases."""

    kind: str
    phase: PhaseView | None = None
    gap: GapView | None = None

    @property
    def word(self) -> Text:
        is_far = self.kind == "open" and self.phase is not None and self.phase.phase == "after"
        return LATER if is_far else STATES.get(self.kind, STATES["missing"])

    @property
    def unsure(self) -> list[NoteView]:
        """Points that bite on these days and that no text settles; those of amounts stand with the amounts."""
        return [note for note in self._unconfirmed if not note.code.startswith(OF_AMOUNTS)]

    @property
    def unsure_amounts(self) -> list[NoteView]:
        each = {note.text.id: note for note in self._unconfirmed if note.code.startswith(OF_AMOUNTS)}
        return list(each.values())

    @property
    def _unconfirmed(self) -> list[NoteView]:
        return [note for note in self.phase.notes if note.status == "unconfirmed"] if self.phase else []


def way(found: timeline.Timeline) -> list[Stop]:
    """Phases and gaps in the order of their days."""
    stops = [Stop(one.state, phase=one) for one in found.phases]
    for gap in found.gaps:
        after = (n for n, one in enumerate(stops) if one.phase and _follows(one.phase, gap.starts))
        stops.insert(next(after, len(stops)), Stop("gap", gap=gap))
    return stops


def _follows(phase: PhaseView, day: dt.date) -> bool:
    return phase.starts > day if phase.starts else phase.state in ("open", "next")


def shown_of(here: Side) -> dict[str, Any]:
    """What a page about this placement draws."""
    on, at = clock.today(), clock.now()
    found = timeline.timeline(placement=here.placement, by=here.who, on=on)
    one = found.placement
    zone = found.zone if one.state in ABROAD else "Asia/Jakarta"
    until = found.protected_until
    return {
        "side": here, "t": found, "p": one, "way": way(found), "band": timeline_picture.draw(found, on), "today": on,
        "now": at, "zone": zone, "days_left": (until - _day_there(at, zone)).days if until else None,
        "ended_on": max((p.until for p in found.phases if p.until and p.state == "past"), default=None),
    }  # fmt: skip


def _day_there(at: dt.datetime, zone: str) -> dt.date:
    return at.astimezone(ZoneInfo(zone)).date()


@require_safe
@doors.door("self", "family")
def home(request: HttpRequest, relative: int | None = None) -> HttpResponse:
    """The big answer, the timeline, and what can be done from here."""
    try:
        here = side(request, relative)
    except Refused as refused:
        if refused.code == "no_placement" and relative is None:
            return redirect("migrants")
        raise
    shown = shown_of(here)
    on, one = clock.today(), shown["p"]
    waiting = [bill for bill in bills_of(here, on) if bill.remaining and bill.state in ("open", "part")]
    shown |= {
        "bill": waiting[0] if waiting else None, "needs_agreement": not one.agreements and one.is_open,
        "quote": billing.quote(placements=[one.id], by=here.who, on=on) if one.is_open and "pay" in here.may else None,
        "offers": onward.offers(placement=here.placement, by=here.who, on=on),
        "may_extend": one.state in ("departed", "working", "ended") and bool(one.agreements)
        and {"extend", "pay"} <= here.may,
        "matters": matters.mine(by=here.who, limit=5).rows if here.own else (),
        "bill_address": here.address("bill", waiting[0].number) if waiting else "",
        **messages.button(),
    }  # fmt: skip
    return render(request, "migrants/worker/home.html", shown)


def bills_of(here: Side, on: dt.date) -> list[bill_view.BillView]:
    """The bills of this placement that the person himself pays."""
    found = [bill_view.view(bill=id_, on=on) for id_ in
             placement_queries.bills_of(placement=here.placement, limit=BILLS)]  # fmt: skip
    return [one for one in found if one.person is not None]
