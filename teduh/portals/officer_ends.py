"""The officer corrects an end of work that was accepted with a wrong day or cause; what was told before stays there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import queries
from teduh.journeys.employers import leaving
from teduh.portals import actor, doors, employer_forms
from teduh.portals.forms import Asked, Words, said


class Sought(Asked):
    """Whose end of work, and why one looks."""

    number = Words(
        "Nomor peserta (KPJ)", "Member number (KPJ)", most=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    why = Words("Untuk apa", "For what", most=120, hint=said("Dicatat.", "Recorded."))


class Correction(employer_forms.End):
    """The true day and cause, and why it is corrected."""

    text = None  # type: ignore[assignment]
    why = Words(
        "Mengapa dibetulkan", "Why it is corrected", most=200,
        hint=said("Misalnya: surat PHK bertanggal lain. Dicatat.", "Such as: the letter has another day. Recorded."),
    )  # fmt: skip


@doors.door("everyone")
def search(request: HttpRequest) -> HttpResponse:
    """Ends of one member's work, found by POST with a purpose."""
    form, rows = Sought(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        rows = queries.ended(by=actor.of(request), number=told["number"], why=told["why"])
    return render(request, "officer/ends.html", {"form": form, "rows": rows}, status=422 if form.errors else 200)


@doors.door("everyone")
def correct(request: HttpRequest, employment: int) -> HttpResponse:
    """What was told, the corrected day and cause; what would follow is shown before it is done."""
    who, on = actor.of(request), clock.today()
    words = queries.words(by=who, employment=employment, why="Membetulkan akhir kerja")
    now = next((one for one in reversed(words) if one.state == "accepted"), None)
    if now is None:
        raise not_found(Text("Tidak ada akhir kerja yang diterima di sini.", "No end of work was accepted here."))
    form = Correction(request.POST or None, on=on, initial={"ended_on": f"{now.ended_on:%d-%m-%Y}", "cause": now.cause})
    shown: dict[str, Any] = {"now": now, "words": words, "form": form, "follows": None}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asked = {name: told[name] for name in ("ended_on", "cause", "why")}
        try:
            if request.POST.get("do") == "correct":
                done = leaving.correct(employment=employment, **asked, by=who, on=on)
                doors.say(request, "Dibetulkan; perlindungan dihitung lagi.", "Corrected; cover is worked out again.")
                shown |= {"done": True, "follows": done, "form": None}
                shown["words"] = queries.words(by=who, employment=employment, why=told["why"])
                shown["now"] = shown["words"][-1]
            else:
                shown["follows"] = leaving.preview_correction(employment=employment, **asked, by=who, on=on)
        except Refused as refused:
            doors.onto(form, refused)
    return render(request, "officer/end.html", shown, status=422 if form.errors else 200)
