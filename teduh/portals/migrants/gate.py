"""The departure gate: is this person covered if she leaves on that day? Yes or no with the reason; one or a list."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import gate as journey
from teduh.journeys.migrants.gate import Asked as Whom
from teduh.migrants import numbers
from teduh.portals import actor, doors
from teduh.portals.forms import Asked, Day, Words, said
from teduh.portals.migrants import desk_door, desk_forms

MOST_ROWS = 500
#: What separates the cells of a pasted departure list.
CELLS = re.compile(r"[\t;,|]")


class One(Asked):
    """Whom the gate asks about."""

    sought = Words(
        "NIK, nomor paspor, atau nomor penempatan", "NIK, passport number, or placement number", most=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
    passport = Words("Paspor yang dipegang (boleh kosong)", "The passport in hand (may stay empty)", most=30,
                     required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
                     hint=said("Diisi untuk memeriksa apakah paspornya cocok.",
                               "Fill it in to check that the passport fits."))  # fmt: skip
    departs_on = Day("Berangkat tanggal", "Leaves on", hint=desk_forms.DAY)


class Many(Asked):
    """A departure list, pasted."""

    rows = forms.CharField(
        label=said("Daftar keberangkatan", "Departure list"), max_length=60_000, strip=False,
        help_text=said("Satu orang satu baris; tempel dari Excel. Cukup NIK, paspor, atau nomor penempatan.",
                       "One person a row; paste it from Excel. A NIK, passport or placement number will do."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )  # fmt: skip
    departs_on = Day("Berangkat tanggal", "Leave on", hint=desk_forms.DAY)


@doors.door("gate", "own_placements")
def gate(request: HttpRequest) -> HttpResponse:
    """One person, asked by POST so that no NIK stands in an address."""
    today = {"departs_on": desk_forms.today_in_words(clock.today())}
    is_list = request.POST.get("do") == "many"
    one = One(request.POST if request.method == "POST" and not is_list else None, initial=today)
    many = Many(request.POST if is_list else None, initial=today, auto_id="many_%s")
    shown: dict[str, Any] = {"one": one, "many": many, "answer": None, "answers": None}
    try:
        if one.is_bound and one.is_valid():
            told = one.cleaned_data
            shown["answer"] = journey.check(
                by=actor.of(request), on=clock.today(), departs_on=told["departs_on"],
                **_read(told["sought"], told["passport"]),
            )  # fmt: skip
        if many.is_bound and many.is_valid():
            shown |= _of_list(request, many.cleaned_data)
    except Refused as refused:
        if refused.status == 403:
            raise
        doors.onto(many if is_list else one, refused)
    return render(request, "migrants/gate/gate.html", shown, status=422 if one.errors or many.errors else 200)


def _read(text: str, passport: str = "") -> dict[str, str]:
    """What was typed, as a NIK, a placement's number, or a passport."""
    plain = numbers.read(text)
    digits = re.sub(r"\D", "", text)
    if numbers.is_placement(plain):
        told = {"number": text}
    elif len(digits) == journey.NIK and digits.isascii() and not re.search(r"[A-Za-z]", text):
        told = {"nik": digits}
    else:
        told = {"passport": text}
    return told | ({"passport": passport} if passport else {})


def _of_list(request: HttpRequest, told: dict[str, Any]) -> dict[str, Any]:
    lines = [desk_door.words(line, 400) if "\t" not in line else line[:400] for line in told["rows"].splitlines()]
    asked = [(line, _row(line)) for line in lines if line.strip()]
    rows = [(line, whom) for line, whom in asked if whom is not None][:MOST_ROWS]
    if not rows:
        raise Refused("nobody", Text("Tidak ada baris yang dapat dibaca.", "No row can be read."),
                      then=Text("Tempel satu orang per baris, dengan NIK atau paspor.",
                                "Paste one person a row, with NIK or passport."), field="rows")  # fmt: skip
    found = journey.many(by=actor.of(request), on=clock.today(), asked=[whom for _, whom in rows],
                         departs_on=told["departs_on"])  # fmt: skip
    answers = sorted(
        ((number, answer) for number, answer in enumerate(found, 1)),
        key=lambda row: (("no", "unsure", "yes").index(row[1].answer), row[0]),
    )
    counts = {word: sum(1 for one in found if one.answer == word) for word in ("no", "unsure", "yes")}
    return {"answers": answers, "counts": counts, "unread": len(asked) - len(rows), "day": told["departs_on"]}


def _row(line: str) -> Whom | None:
    """A pasted row: the first cell that is a NIK or a placement's number, and the first that is a passport."""
    told: dict[str, str] = {}
    for cell in CELLS.split(line.replace("\x00", "")):
        text = cell.strip(" '\"")
        plain, digits = numbers.read(text), re.sub(r"\D", "", text)
        if numbers.is_placement(plain):
            told.setdefault("number", text)
        elif len(digits) == journey.NIK and digits.isascii() and not re.search(r"[A-Za-z]", text):
            told.setdefault("nik", digits)
        elif re.fullmatch(r"[A-Za-z]{1,2}[ -]?\d{6,8}[A-Za-z]?", text):
            told.setdefault("passport", text)
    if not told:
        return None if not re.search(r"\d{5}", line) else Whom(passport=line.strip()[:40])
    return Whom(**told)
