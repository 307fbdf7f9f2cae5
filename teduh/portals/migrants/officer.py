"""The officer's pages for migrants: a placement found for a purpose, organisations with their desks, exchange rates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import organisations as journey
from teduh.journeys.migrants import rates
from teduh.migrants import queries
from teduh.migrants.models import DeskRole
from teduh.portals import actor, doors
from teduh.portals.forms import Asked, Day, OneOf, SomeOf, Words, said
from teduh.portals.migrants import desk_door, desk_forms
from teduh.portals.migrants.desk_door import PURPOSE

PURPOSES = (
    Text("Pekerja atau keluarganya datang", "The worker or the family came"),
    Text("Telepon atau pesan dari pekerja atau keluarga", "A call or message of the worker or the family"),
    Text("Membantu P3MI atau Perwakilan", "Helping an agency or a mission"),
    Text("Memeriksa data penempatan", "Checking a placement's data"),
)
ROLES = [
    (DeskRole.OWNER.value, Text("Pengelola: semua, termasuk akun", "Owner: everything, accounts too")),
    (DeskRole.CLERK.value, Text("Petugas: mendaftarkan dan menagih", "Clerk: registers and bills")),
    (DeskRole.VIEWER.value, Text("Pembaca", "Reader")),
]
MOST_RATES = 1_000_000


class Search(Asked):
    """Which placement, and why one looks."""

    sought = Words(
        "NIK, paspor, nomor penempatan atau nama", "NIK, passport, placement number or name", most=100, required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip
    why = Words(
        "Untuk apa", "For what", most=120,
        hint=said("Dicatat dan dapat dibaca pekerja.", "Recorded; the worker can read it."),
        widget=forms.TextInput(attrs={"list": "purposes"}),
    )  # fmt: skip


class Organisation(Asked):
    """An agency, a mission, or the government's placement."""

    kind = OneOf("Jenis", "Kind", choices=list(desk_door.KINDS.items()))
    name = Words("Nama", "Name", most=120)
    code = Words("Kode", "Code", most=12, hint=said("Misalnya kode SIP3MI, atau KDEITPE.", "Such as a licence code."))
    licence = Words("Nomor izin (P3MI)", "Licence (agency)", most=60, required=False)
    licence_until = Day("Izin berlaku sampai", "Licence valid until", required=False, hint=desk_forms.DAY)
    seat = forms.ChoiceField(label=said("Kedudukan (Perwakilan)", "Seat (mission)"), required=False,
                             choices=desk_forms.countries)  # fmt: skip
    serves = SomeOf("Negara lain yang dilayani", "Other countries it serves", required=False)
    phone = Words("Telepon", "Telephone", most=20, required=False)
    email = Words("Surel", "E-mail", most=254, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["serves"] = forms.MultipleChoiceField(
            label=said("Negara lain yang dilayani", "Other countries it serves"), required=False,
            choices=desk_forms.countries()[1:], widget=forms.SelectMultiple(attrs={"size": 6}),
        )  # fmt: skip


class Desk(Asked):
    """Which account acts for it, and as what."""

    username = Words("Nama akun", "Account", most=150, hint=said(
        "Dibuat operator dengan peran P3MI atau Perwakilan.", "Made by an operator, as an agency's or mission's."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}))  # fmt: skip
    role = OneOf("Boleh apa", "May do what", choices=ROLES, initial=DeskRole.CLERK.value)


class Rates(Asked):
    """A sheet of exchange rates."""

    file = forms.FileField(label=said("Berkas kurs (CSV)", "Rates (CSV)"), help_text=said(
        "Kolom: mata uang, tanggal, kurs rupiah; atau kurs jual dan beli dari Bank Indonesia.",
        "Columns: currency, day, rupiah; or the central bank's buying and selling rates."))  # fmt: skip
    source = Words("Sumbernya", "Source", most=120, hint=said("Misalnya Bank Indonesia.", "Such as Bank Indonesia."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_RATES:
            raise forms.ValidationError(str(Text("Berkasnya lebih dari 1 MB.", "The file is over 1 MB.")))
        return file


@doors.door("migrants")
def find(request: HttpRequest) -> HttpResponse:
    """A purpose first, then the desk's own list of people for what was sought."""
    form = Search(request.POST or None, initial={"why": request.session.get(PURPOSE, "")})
    if form.is_bound and form.is_valid():
        request.session[PURPOSE] = form.cleaned_data["why"]
        if request.GET.get("next"):
            return doors.back(request, "desk_people")
        return redirect(f"{reverse('desk_people')}?{urlencode({'q': form.cleaned_data['sought']})}")
    shown = {"form": form, "purposes": PURPOSES, "wanted": bool(request.GET.get("next")),
             "has_purpose": bool(request.session.get(PURPOSE))}  # fmt: skip
    return render(request, "migrants/officer/find.html", shown, status=422 if form.errors else 200)


@doors.door("migrants")
def organisations(request: HttpRequest) -> HttpResponse:
    """Those that work today; a POST registers another."""
    form = Organisation(request.POST or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = journey.register(**{**told, "seat": told["seat"] or None}, by=actor.of(request), on=clock.today())
        except Refused as refused:
            if refused.status == 403:
                raise
            doors.onto(form, refused)
        else:
            doors.say(request, "Lembaga terdaftar. Tambahkan akunnya.", "It is registered. Add its accounts.")
            return redirect("officer_organisation", made)
    sought = desk_door.words(request.GET.get("q", ""), 80)
    shown = {"form": form, "rows": queries.organisations(search=sought), "sought": sought, "kinds": desk_door.KINDS}
    return render(request, "migrants/officer/organisations.html", shown, status=422 if form.errors else 200)


@doors.door("migrants")
def organisation(request: HttpRequest, organisation: int) -> HttpResponse:
    """One organisation and the accounts that act for it."""
    who, on, why = actor.of(request), clock.today(), request.session.get(PURPOSE, "") or "Mengelola akun lembaga"
    one = queries.organisation(organisation=organisation)
    form = Desk(request.POST if request.POST.get("do") == "add" else None)
    try:
        if request.POST.get("do") == "remove":
            for user in desk_door.numbers([request.POST.get("user", "")]):
                journey.remove_desk(organisation=one.id, user=user, by=who, on=on, why=why)
            doors.say(request, "Akun dilepas.", "The account is removed.")
            return redirect("officer_organisation", one.id)
        if form.is_bound and form.is_valid():
            journey.add_desk(organisation=one.id, by=who, on=on, why=why, **form.cleaned_data)
            doors.say(request, "Akun ditambahkan.", "The account is added.")
            return redirect("officer_organisation", one.id)
    except Refused as refused:
        if refused.field not in form.fields:
            raise
        doors.onto(form, refused)
    shown = {"one": one, "form": form, "kind": desk_door.KINDS[one.kind], "roles": dict(ROLES),
             "desks": queries.accounts(organisation=one.id)}  # fmt: skip
    return render(request, "migrants/officer/organisation.html", shown, status=422 if form.errors else 200)


@doors.door("migrants", "runs")
def exchange_rates(request: HttpRequest) -> HttpResponse:
    """Upload a sheet of rates: read whole or not at all."""
    form = Rates(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            new = rates.load(content=told["file"].read(), source=told["source"], by=actor.of(request), on=clock.today())
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, f"{new} kurs baru disimpan.", f"{new} new rates kept.")
            return redirect("officer_rates")
    return render(request, "migrants/officer/rates.html", {"form": form}, status=422 if form.errors else 200)
