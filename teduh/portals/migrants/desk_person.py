"""One person of a desk: the timeline with what to do next, and each thing that may be told, changed or billed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls.converters import StringConverter

from teduh.contributions import placement_queries
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import agreements, billing, extending, life, matters, papers, timeline
from teduh.journeys.money import bill_view
from teduh.migrants.facts import NewAgreement
from teduh.migrants.models import MatterKind
from teduh.portals import doors
from teduh.portals.migrants import desk_door, desk_forms, desk_people
from teduh.portals.migrants.desk_door import Here

BILLS = 6
#: What may be done to one person: address, heading, what a desk needs, and the states in which it makes sense.
OPEN = ("registered", "departed", "working", "ended", "returning", "missing")
WORKS = ("departed", "working", "ended")
DEEDS: dict[str, tuple[Text, str, tuple[str, ...]]] = {
    "perpanjang": (Text("Perpanjang", "Extend"), "extend", WORKS),
    "tagih": (Text("Buat tagihan", "Bill"), "pay", OPEN),
    "kabar": (Text("Beri kabar", "Tell what happened"), "tell", OPEN),
    "perjanjian": (Text("Isi perjanjian kerja", "Enter the work agreement"), "tell", OPEN),
    "dokumen": (Text("Catat dokumen", "Note a paper"), "tell", OPEN),
    "pindah": (Text("Pindah pemberi kerja", "Another employer"), "tell", WORKS),
    "berakhir": (Text("Berakhir lebih awal", "Ended early"), "tell", ("departed", "working")),
    "perbaiki": (Text("Perbaiki tanggal", "Put a date right"), "tell", ()),
    "urusan": (Text("Buka urusan", "Open a matter"), "view", ()),
}


@desk_door.desk(officers=True)
def person(request: HttpRequest, here: Here, placement: int) -> HttpResponse:
    """The whole of one placement as this desk may see it."""
    on = clock.today()
    found = timeline.timeline(placement=placement, by=here.who, on=on, why=here.why)
    one = found.placement
    waits = [Text(w["id"], w["en"]) for w in one.verdict.get("waits_for", ())] if not found.protected else []
    shown = {
        "t": found, "p": one, "deeds": _deeds(here, one), "bills": bills_of(here, placement, on),
        "waits": waits if not _has_what_it_waited_for(one) else [],
        "not_covered": [Text(w["id"], w["en"]) for w in one.verdict.get("not_covered", ())],
    }  # fmt: skip
    return desk_door.page(request, here, "person", shown)


def _has_what_it_waited_for(one: Any) -> bool:
    return bool(one.agreements) and any(paper.kind in ("passport", "mission") for paper in one.papers)


def _deeds(here: Here, one: Any) -> list[tuple[str, Text]]:
    """What may be done now."""
    offered = []
    for code, (word, needs, states) in DEEDS.items():
        if needs not in here.may or (states and one.state not in states):
            continue
        if (code == "perjanjian") == bool(one.agreements) and code in ("perjanjian", "perpanjang", "pindah"):
            continue
        offered.append((code, word))
    return offered


def bills_of(here: Here, placement: int, on: dt.date) -> list[bill_view.BillView]:
    """Its bills that this desk may open: the person's own, and this organisation's."""
    found = [bill_view.view(bill=id_, on=on) for id_ in placement_queries.bills_of(placement=placement, limit=BILLS)]
    return [one for one in found if one.organisation is None or one.organisation == here.id or here.is_officer]


@desk_door.desk(officers=True)
def deed(request: HttpRequest, here: Here, placement: int, what: str) -> HttpResponse:
    """Ask for what one of the deeds needs, and do it."""
    on = clock.today()
    found = timeline.timeline(placement=placement, by=here.who, on=on, why=here.why)
    heading, needs, _ = DEEDS[what]
    if needs not in here.may:
        return redirect("desk_person", placement)
    form = _form(what, request.POST if request.method == "POST" else None, here, found.placement)
    if form.is_bound and form.is_valid():
        try:
            return DO[what](request, here, found.placement, form.cleaned_data)
        except Refused as refused:
            if refused.status == 404 and refused.field not in form.fields:
                raise
            doors.onto(form, refused)
    shown: dict[str, Any] = {
        "t": found, "p": found.placement, "what": what, "heading": heading, "form": form, "key": doors.key(request),
        "quote": desk_people.priced(here, [placement]) if what == "tagih" else None,
    }  # fmt: skip
    return desk_door.page(request, here, "deed", shown, status=422 if form.errors else 200)


def _form(what: str, given: Any, here: Here, one: Any) -> Any:
    on = desk_forms.today_in_words(clock.today())
    if what == "kabar":
        form = desk_forms.Tell(given, initial={"event_on": on})
        form.fields["kind"].choices = [row for row in desk_forms.EVENTS if one.state in life.MOVES[row[0]].states]
        return form
    if what == "perpanjang":
        return desk_forms.Extend(given, payers=desk_forms.payers(here.id is not None, many=False))
    if what == "tagih":
        return desk_forms.ManyBill(given, payers=desk_forms.payers(here.id is not None, many=False))
    if what == "urusan":
        kinds = {code: word for code, word in matters.KINDS.items() if here.kind not in ("agency", "government")
                 or code != MatterKind.COMPLAINT}  # fmt: skip
        return desk_forms.OpenMatter(given, kinds=kinds)
    simple: dict[str, Callable[..., Any]] = {
        "perbaiki": desk_forms.Correct, "berakhir": desk_forms.Early, "pindah": desk_forms.Move,
        "perjanjian": desk_forms.AgreementAsked, "dokumen": desk_forms.Paper,
    }  # fmt: skip
    return simple[what](given)


def agreement(told: dict[str, Any]) -> NewAgreement | None:
    """The agreement a form told of, if it did."""
    if not told.get("agreement_starts"):
        return None
    return NewAgreement(
        starts=told["agreement_starts"], ends=told["agreement_ends"], employer=told["employer"], job=told["job"],
        employer_address=told["employer_address"],
    )  # fmt: skip


def _asked(here: Here) -> dict[str, Any]:
    return {"by": here.who, "on": clock.today(), "at": clock.now(), "why": here.why}


def _after(request: HttpRequest, one: Any, bahasa: str, english: str) -> HttpResponse:
    doors.say(request, bahasa, english)
    return redirect("desk_person", one.id)


def _tell(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    life.tell(placement=one.id, kind=told["kind"], event_on=told["event_on"], note=told["note"], **_asked(here))
    return _after(request, one, "Dicatat. Perlindungannya sudah disesuaikan.", "Noted. Cover has been adjusted.")


def _correct(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    asked = _asked(here) | {"why": told["note"] if not here.why else f"{here.why}: {told['note']}"}
    life.correct(placement=one.id, kind=told["kind"], event_on=told["event_on"], **asked)
    return _after(request, one, "Diperbaiki; yang lama tetap tercatat.", "Put right; what was told stays on record.")


def _early(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    agreements.end_early(
        placement=one.id, ended_on=told["event_on"], cause=told["cause"], note=told["note"], **_asked(here)
    )
    return _after(request, one, "Akhir perjanjian dicatat.", "The end of the agreement is noted.")


def _move(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    made = agreement(told)
    assert made is not None
    agreements.move(placement=one.id, agreement=made, destination=told["destination"] or None, **_asked(here))
    return _after(request, one, "Pemberi kerja baru dicatat.", "The new employer is noted.")


def _first(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    made = agreement(told)
    assert made is not None
    agreements.put_first(placement=one.id, agreement=made, **_asked(here))
    return _after(request, one, "Perjanjian kerja dicatat.", "The work agreement is noted.")


def _extend(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    payer = here.id if told["payer"] == "us" else None
    made = extending.extend(placements=[one.id], months=told["months"], ends=told["ends"], organisation=payer,
                            key=doors.key(request), **_asked(here))  # fmt: skip
    if made.bill and not made.gaps and not made.refused:
        doors.say(request, "Diperpanjang. Tinggal dibayar.", "Extended. Now pay.")
        return redirect("desk_bill", made.bill.number)
    return _after(request, one, "Diperpanjang. Periksa hari tanpa perlindungan di bawah.",
                  "Extended. Look at the days without cover below.")  # fmt: skip


def _bill(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    made = billing.bill(
        placements=[one.id], stages=desk_people.stages_of(told["stages"]), key=doors.key(request),
        organisation=here.id if told["payer"] == "us" else None, **_asked(here),
    )  # fmt: skip
    return redirect("desk_bill", made.number)


def _paper(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    is_new_passport = told["kind"] == "passport" and bool(told["number"])
    given = (
        {"passport": told["number"], "passport_until": told["valid_until"]} if is_new_passport
        else {"papers": [(told["kind"], None, told["valid_until"])]}
    )  # fmt: skip
    papers.show(placement=one.id, **given, **_asked(here))
    return _after(request, one, "Dokumen dicatat.", "The paper is noted.")


def _matter(request: HttpRequest, here: Here, one: Any, told: dict[str, Any]) -> HttpResponse:
    number = matters.open_(
        person=one.person, kind=told["kind"], text=told["text"], by=here.who, on=clock.today(), at=clock.now(),
        key=doors.key(request),
    )  # fmt: skip
    doors.say(request, f"Urusan {number} dibuka.", f"Matter {number} is open.")
    return redirect("desk_matter", number)


DO: dict[str, Callable[..., HttpResponse]] = {
    "kabar": _tell, "perbaiki": _correct, "berakhir": _early, "pindah": _move, "perjanjian": _first,
    "perpanjang": _extend, "tagih": _bill, "dokumen": _paper, "urusan": _matter,
}  # fmt: skip


class DeedInAddress(StringConverter):
    """What is done to one person, in an address."""

    regex = "|".join(DEEDS)
