"""What changed: departed, arrived, another employer or country, ended early, on the way, home; a wrong day put right.

After an end or a return the way on at home is offered at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.migrants import agreements, life
from teduh.migrants import queries, words
from teduh.portals import doors
from teduh.portals.migrants import joining_forms, worker_forms
from teduh.portals.migrants.side import Side, side

#: What a worker tells: its address, words, and what follows from it for his cover.
KINDS: dict[str, tuple[str, Text, Text]] = {
    "berangkat": ("departed", Text("Saya berangkat dari Indonesia", "I left Indonesia"),
                  Text("Perlindungan selama bekerja mulai pada hari itu.", "Cover for the work begins that day.")),
    "mulai": ("working", Text("Saya sudah mulai bekerja", "I have begun to work"),
              Text("Perlindungan tidak berubah.", "Cover does not change.")),
    "pindah": ("moved", Text("Pindah majikan atau negara", "Another employer or country"),
               Text("Yang sudah dibayar ikut; selebihnya ditagih.", "What is paid goes along; the rest is billed.")),
    "berakhir": ("ended", Text("Perjanjian kerja berakhir", "The agreement has ended"),
                 Text("Sesudahnya ada waktu paling lama satu bulan untuk pulang.",
                      "After it there is at most a month to come home.")),
    "cuti": ("leave", Text("Cuti ke Indonesia", "On leave in Indonesia"),
             Text("Perlindungan tetap berjalan selama cuti.", "Cover goes on during the leave.")),
    "kembali": ("back", Text("Kembali dari cuti", "Back from leave"),
                Text("Perlindungan tidak berubah.", "Cover does not change.")),
    "tiba": ("returning", Text("Saya tiba di Indonesia", "I arrived in Indonesia"),
             Text("Perlindungan sampai di rumah, lalu lanjutkan di dalam negeri.",
                  "Cover until you are home; then go on with cover here.")),
    "rumah": ("home", Text("Saya sudah di rumah", "I am home"),
              Text("Kecelakaan kerja berhenti; kematian tetap sampai 30 hari setelah tiba di Indonesia.",
                   "Work injury ends; death stays until 30 days after arrival in Indonesia.")),
    "gagal": ("failed", Text("Gagal berangkat", "I could not depart"),
              Text("Bila bukan karena kesalahan sendiri, ada manfaatnya: buka urusan.",
                   "If it was not your own fault there is a benefit: open a matter.")),
}  # fmt: skip
WORD_OF = {kind: (address, title, says) for address, (kind, title, says) in KINDS.items()}
#: After these the way on at home is offered.
OVER = ("ended", "returning", "home", "failed")
DAYS = {"departed": "departed_on", "returning": "debarked_on", "home": "home_on", "failed": "failed_on"}


def possible(view: queries.PlacementView) -> list[tuple[str, Text, Text]]:
    """What may be told now, with what follows."""
    found = []
    for address, (kind, title, says) in KINDS.items():
        states = agreements.GOES_ON if kind == "moved" else life.MOVES[kind].states
        needs_one = kind == "moved" and not view.agreements
        is_back = kind == "back" and (not view.events or view.events[-1].kind != "leave")
        if view.state in states and not needs_one and not is_back:
            found.append((address, title, says))
    return found


def wrong_days(view: queries.PlacementView) -> list[tuple[str, Text]]:
    """The days that were told, which may be put right."""
    told = [(kind, words.EVENTS[kind]) for kind, name in DAYS.items() if getattr(view, name)]
    ended = view.agreement and (view.agreement.ended_on or view.state == "ended")
    return [*told, *([("ended", words.EVENTS["ended"])] if ended else [])]


def _view(here: Side) -> queries.PlacementView:
    return queries.placement(by=here.who, placement=here.placement, on=clock.today())


@doors.door("self")
def changes(request: HttpRequest) -> HttpResponse:
    """What can be told now."""
    here = side(request)
    view = _view(here)
    shown = {"side": here, "p": view, "kinds": possible(view), "wrong": wrong_days(view)}
    return render(request, "migrants/worker/changes.html", shown)


@doors.door("self")
def change(request: HttpRequest, what: str) -> HttpResponse:
    """One change: asked on one page, told at once."""
    here = side(request)
    view = _view(here)
    kind, title, says = KINDS[what]
    if what not in [address for address, _, _ in possible(view)]:
        raise _not_now(view)
    form = _form(kind, request)
    if form.is_bound and form.is_valid():
        try:
            _told(here, view, kind, form.cleaned_data)
        except Refused as refused:
            if refused.status == 404:
                raise
            doors.onto(form, refused)
        else:
            doors.say(request, "Terima kasih, sudah kami catat.", "Thank you, we have it.")
            return redirect(
                {"moved": "migrant_pay"}.get(kind) or ("migrant_onward" if kind in OVER else "migrant_home")
            )
    shown = {"side": here, "p": view, "form": form, "title": title, "says": says, "key": doors.key(request)}
    return render(request, "migrants/worker/change.html", shown, status=422 if form.errors else 200)


def _form(kind: str, request: HttpRequest) -> Any:
    form: Callable[..., Any] = {"moved": worker_forms.Moved, "ended": worker_forms.Ended}.get(
        kind, worker_forms.Happened
    )
    initial = {} if kind == "moved" else {"event_on": worker_forms.today_in_words(clock.today())}
    return form(request.POST if request.method == "POST" else None, initial=initial)


def _told(here: Side, view: queries.PlacementView, kind: str, told: dict[str, Any]) -> None:
    given: dict[str, Any] = {"placement": here.placement, "by": here.who, "on": clock.today(), "at": clock.now()}
    if kind == "moved":
        agreement = joining_forms.agreement_of(told)
        assert agreement
        agreements.move(**given, agreement=agreement, destination=told["destination"] or None)
    elif kind == "ended" and told["cause"] != "done":
        agreements.end_early(**given, ended_on=told["event_on"], cause=told["cause"], note=told["note"])
    else:
        life.tell(**given, kind=kind, event_on=told["event_on"], note=told["note"])


def _not_now(view: queries.PlacementView) -> Refused:
    return Refused(
        "event_does_not_follow",
        Text("Hal ini tidak dapat dicatat sekarang.", "This cannot be told now."),
        why=Text(f"Penempatan Anda: {view.state_name.id.lower()}.", f"Your placement: {view.state_name.en.lower()}."),
        then=Text("Kembali ke halaman Perubahan.", "Go back to the page Changes."), status=409,
    )  # fmt: skip


@doors.door("self")
def correct(request: HttpRequest) -> HttpResponse:
    """A day that was told wrongly."""
    here = side(request)
    view = _view(here)
    kinds = wrong_days(view)
    if not kinds:
        raise not_found(Text("Belum ada tanggal yang dapat diperbaiki.", "There is no day to put right yet."))
    form = worker_forms.Corrected(request.POST if request.method == "POST" else None, kinds=kinds)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            life.correct(placement=here.placement, kind=told["kind"], event_on=told["event_on"], by=here.who,
                         on=clock.today(), at=clock.now(), why=told["why"])  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Tanggalnya sudah diperbaiki.", "The day has been put right.")
            return redirect("migrant_home")
    shown = {"side": here, "p": view, "form": form, "key": doors.key(request),
             "title": Text("Perbaiki tanggal", "Put a day right"),
             "says": Text("Perlindungan dihitung lagi dari tanggal yang benar.",
                          "Cover is reckoned anew from the right day.")}  # fmt: skip
    return render(request, "migrants/worker/change.html", shown, status=422 if form.errors else 200)


@doors.door("self")
def agreement(request: HttpRequest) -> HttpResponse:
    """The first agreement of somebody who joined without one."""
    here = side(request)
    view = _view(here)
    if view.agreements:
        return redirect("migrant_extend")
    form = joining_forms.AgreementAsked(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            agreements.put_first(placement=here.placement, agreement=joining_forms.agreement_of(form.cleaned_data),
                                 by=here.who, on=clock.today(), at=clock.now())  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Perjanjian kerja dicatat.", "The work agreement is on record.")
            return redirect("migrant_pay")
    shown = {"side": here, "p": view, "form": form, "key": doors.key(request),
             "title": Text("Isi perjanjian kerja", "Enter the work agreement"),
             "says": Text("Dari perjanjian dihitung iuran dan lamanya perlindungan.",
                          "The fee and the length of cover follow from it.")}  # fmt: skip
    return render(request, "migrants/worker/change.html", shown, status=422 if form.errors else 200)
