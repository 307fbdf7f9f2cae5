"""The officer's desk: the overview, searching with a purpose, and whether somebody is protected on a day, and why."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import needs
from teduh.coverage import queries as coverage
from teduh.payments import queries as payments
from teduh.portals import actor, desk, doors, pictures, terms
from teduh.portals.forms import Asked, Day, Words, said
from teduh.registry.queries import people, undecided

PURPOSES = (
    Text("Peserta datang ke kantor", "The member came to the office"),
    Text("Telepon atau pesan dari peserta", "A call or message of the member"),
    Text("Pemeriksaan klaim", "Checking a claim"),
    Text("Pemeriksaan data", "Checking data"),
)


class Search(Asked):
    """One box for whatever is known, and why one looks."""

    sought = Words(
        "NIK, nama, nomor HP atau nomor peserta",
        "NIK, name, mobile or member number",
        most=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    why = Words(
        "Untuk apa",
        "For what",
        most=120,
        hint=said("Dicatat dan dapat dibaca peserta.", "Recorded; the member can read it."),
        widget=forms.TextInput(attrs={"list": "purposes"}),
    )


@doors.door("everyone")
def home(request: HttpRequest) -> HttpResponse:
    """What waits for a decision, and how the members stand."""
    on = clock.today()
    counts = needs.counts(on=on)
    waiting = payments.waiting_sums()
    shown = [
        pictures.Bar(label=needs.NEEDS[need], count=counts[need], tone=terms.TONE.get(need, "")) for need in needs.NEEDS
    ]
    return render(
        request,
        "officer/home.html",
        {
            "form": Search(),
            "purposes": PURPOSES,
            "check": Check(initial={"on": on.strftime("%d-%m-%Y")}, auto_id="check_%s"),
            "chart": pictures.bars(shown, Text("Peserta menurut perlindungan", "Members by protection")),
            "suspense_count": sum(count for count, _ in waiting.values()),
            "suspense_sum": sum(amount for _, amount in waiting.values()),
            "refund_count": len(payments.refunds(state="proposed", limit=100)),
            "undecided": undecided.undecided(),
        },
    )


def reading(text: str) -> list[dict[str, str]]:
    """What the text in the box may be: digits are tried as NIK, member number and phone, words as a name."""
    digits = "".join(c for c in text if c.isdigit())
    if len(digits) == 16 and len(text) < 30:
        return [{"nik": digits}]
    if digits and len(digits) >= 9 and not any(c.isalpha() for c in text):
        return [{"member_number": digits}, {"phone": text}] if len(digits) == 11 else [{"phone": text}]
    return [{"name": text}]


@doors.door("everyone")
def search(request: HttpRequest) -> HttpResponse:
    """Search by POST, so that no NIK stands in an address or a log; the results are masked."""
    form = Search(request.POST or None, initial={"why": request.session.get("purpose", "")})
    found: list[people.PersonRow] | None = None
    wanted = request.GET.get("person", "")
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        request.session["purpose"] = why
        found = _found(request, form, why)
    elif request.method == "POST" and wanted.isdigit() and request.POST.get("why", "").strip():
        request.session["purpose"] = request.POST["why"].strip()[:120]
        return redirect("person", int(wanted))
    shown = {"form": form, "found": found, "purposes": PURPOSES, "wanted": wanted if wanted.isdigit() else ""}
    return render(request, "officer/search.html", shown)


def _found(request: HttpRequest, form: Any, why: str) -> list[people.PersonRow] | None:
    rows: dict[int, people.PersonRow] = {}
    problem: Refused | None = None
    for sought in reading(form.cleaned_data["sought"]):
        try:
            rows |= {row.id: row for row in people.find(actor=actor.of(request), why=why, limit=50, **sought)}
        except Refused as refused:
            problem = refused
    if problem and not rows:
        form.add_error("sought", f"{problem.what} {problem.then}")
        return None
    return list(rows.values())


class Check(Asked):
    """Who, and on which day."""

    sought = Words(
        "NIK atau nomor peserta",
        "NIK or member number",
        most=40,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    on = Day("Pada tanggal", "On the day")

    def clean_on(self) -> dt.date:
        day = self.cleaned_data["on"]
        if not dt.date(2015, 7, 1) <= day <= dt.date(2100, 1, 1):
            raise forms.ValidationError(
                str(Text("Pilih tanggal sejak 1 Juli 2015.", "Choose a day from 1 July 2015 on."))
            )
        return day


@doors.door("everyone")
def check(request: HttpRequest) -> HttpResponse:
    """Is this person protected on this day, for what and why."""
    form = Check(request.POST or None, initial={"on": clock.today().strftime("%d-%m-%Y")})
    found: coverage.Protection | None = None
    row = None
    if request.method == "POST" and form.is_valid():
        try:
            row = desk.who(actor=actor.of(request), sought=form.cleaned_data["sought"])
        except Refused as refused:
            form.add_error("sought", f"{refused.what} {refused.then}")
        else:
            found = coverage.protection(person=row.id, on=form.cleaned_data["on"])
    return render(request, "officer/check.html", {"form": form, "cover": found, "row": row})


@doors.door("everyone")
def forget_purpose(request: HttpRequest) -> HttpResponse:
    """The next person needs a purpose of his own."""
    request.session.pop("purpose", None)
    return redirect(reverse("search"))
