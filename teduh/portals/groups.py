"""Groups and sponsors: made, filled with people, billed as one, and left again."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.contributions import bills
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import queries as coverage
from teduh.journeys.joining import groups as groups_journey
from teduh.journeys.money import pay
from teduh.portals import actor, doors, draft, paying, regions
from teduh.portals.forms import Asked, Day, OneOf, SomeOf, Words, said
from teduh.registry.queries import groups, people

WHY = "Daftar kelompok"
LENGTHS = [
    (str(n), Text(f"{n} bulan iuran", f"{n} contribution month" + ("s" if n > 1 else ""))) for n in (1, 3, 6, 12)
]
SHOWN = 100
PICKED = 50
#: How far from today a place in a group may begin or end.
REACH = dt.timedelta(days=5 * 366)
FUNDING = [
    ("members", Text("Iuran anggota sendiri", "The members' own money")),
    ("apbn", Text("APBN: tanpa keringanan iuran PP 50/2025 (Pasal 3)",
                  "State budget (APBN): no relief by PP 50/2025 (Article 3)")),
    ("apbd", Text("APBD: tanpa keringanan iuran PP 50/2025 (Pasal 3)",
                  "Regional budget (APBD): no relief by PP 50/2025 (Article 3)")),
    ("village", Text("Dana desa", "Village fund")),
    ("private", Text("CSR atau swasta", "A company or private sponsor")),
]  # fmt: skip


class MakeGroup(Asked):
    """Its name, what it is, and where the money comes from."""

    name = Words("Nama kelompok", "Name of the group", most=120)
    kind = OneOf("Jenis", "Kind", kind="group")
    funding = OneOf(
        "Iurannya dibayar dari mana?",
        "Where does the money come from?",
        choices=FUNDING,
        hint=said("Menentukan jumlah setiap tagihan kelompok.", "It decides the amount of each of the group's bills."),
    )


class AddPeople(Asked):
    """Who comes in: picked or pasted; from when, and for how long."""

    persons = SomeOf("Siapa yang masuk?", "Who comes in?", required=False)
    numbers = Words(
        "Tempel nomor peserta atau NIK, satu per baris",
        "Paste member numbers or NIKs, one to a line",
        most=40_000,
        required=False,
        hint=said("Paling banyak 1.000 baris.", "1,000 lines at most."),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
    )
    begins = Day("Mulai tanggal", "From")
    length = OneOf(
        "Sampai kapan?",
        "For how long?",
        initial="open",
        choices=[
            ("open", Text("Sampai diakhiri", "Until it is ended")),
            *(
                (str(n), Text(f"{n} bulan iuran", f"{n} contribution month" + ("s" if n > 1 else "")))
                for n in (1, 3, 6, 12)
            ),
            ("day", Text("Sampai tanggal tertentu", "Until a day")),
        ],
        hint=said(
            "Bulan pertama adalah bulan tanggal mulai; berakhir pada hari terakhir bulan yang terakhir.",
            "The first month is the month of the first day; it ends with the last day of the last month.",
        ),
    )
    until = Day("Hari terakhir (bila sampai tanggal tertentu)", "Last day (if until a day)", required=False)

    def __init__(self, *args: Any, own: list[tuple[str, str]], on: dt.date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = own + _sent(self)

    def clean_begins(self) -> dt.date:
        return _within_reach(self.cleaned_data["begins"], self.on)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("persons") and not told.get("numbers") and "numbers" not in self.errors:
            self.add_error("numbers", str(Text("Pilih orang, atau tempel nomornya.", "Pick people, or paste numbers.")))
        if told.get("length") == "day" and not told.get("until") and "until" not in self.errors:
            self.add_error("until", str(Text("Tulis hari terakhirnya.", "Write the last day.")))
        if told.get("begins") and told.get("length", "").isdigit():
            told["until"] = groups_journey.last_day(on=told["begins"], months=int(told["length"]))
        elif told.get("length") != "day":
            told["until"] = None
        return told


class EndPlaces(Asked):
    """Whose place ends, and on which day."""

    persons = SomeOf("Siapa yang keluar?", "Who leaves?")
    last = Day("Hari terakhir", "Last day", hint=said("Pada hari itu masih anggota.", "Still in it on that day."))

    def __init__(self, *args: Any, members: list[tuple[str, str]], on: dt.date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)
        self.fields["persons"].choices = members + _sent(self)

    def clean_last(self) -> dt.date:
        return _within_reach(self.cleaned_data["last"], self.on)


class AskGroupBill(Asked):
    """How many months for the whole group."""

    months = OneOf(
        "Bayar untuk berapa bulan?",
        "Pay for how many months?",
        initial="1",
        choices=[(str(n), Text(f"{n} bulan", f"{n} month" + ("s" if n > 1 else ""))) for n in paying.MONTHS],
    )


def _sent(form: forms.Form) -> list[tuple[str, str]]:
    """Whoever was chosen may have come in or left since, by the same form sent twice; the journey looks who may."""
    sent = form.data.getlist("persons")[: SHOWN + PICKED] if form.is_bound else []
    return [(one, one) for one in sent if one.isascii() and one.isdigit() and len(one) < 18]


def _within_reach(day: dt.date, on: dt.date) -> dt.date:
    if abs(day - on) > REACH:
        raise forms.ValidationError(
            str(Text("Tanggal ini terlalu jauh. Periksa tahunnya.", "This day is too far away. Check the year."))
        )
    return day


@doors.door("groups", "own_people")
def group_list(request: HttpRequest) -> HttpResponse:
    """Cooperatives, groups and sponsors."""
    found = groups.groups(actor=actor.of(request), on=clock.today(), name=request.GET.get("name", ""))
    return render(request, "agent/groups.html", {"groups": found, "name": request.GET.get("name", "")[:120]})


@doors.door("groups", "own_people")
def make(request: HttpRequest) -> HttpResponse:
    """A new group. Sent twice, it is the same group."""
    more = "more" in request.POST
    form = MakeGroup(request.POST if request.method == "POST" and not more else None, initial=_typed(request))
    region = regions.chosen(request.POST, "lives_in")
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        try:
            made = groups_journey.make(
                name=told["name"], kind=told["kind"], funding=told["funding"], region=region or None,
                by=actor.of(request), on=clock.today(),
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Kelompok dibuat. Tambahkan orangnya.", "The group is made. Add its people.")
            return redirect("group_add", made)
    shown = {"form": form, "lives_in": regions.levels("lives_in", region)}
    return render(request, "agent/group_new.html", shown, status=422 if form.errors else 200)


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {name: request.POST.get(name, "") for name in ("name", "kind", "funding")}


@doors.door("groups", "own_people")
def group(request: HttpRequest, group: int) -> HttpResponse:
    """A group: its people, its bills, and one bill for all of them."""
    who, on = actor.of(request), clock.today()
    row = groups.group(actor=who, group=group, on=on)
    form = AskGroupBill(request.POST or None)
    if request.method == "POST" and form.is_valid():
        months = int(form.cleaned_data["months"])
        try:
            made = pay.bill(
                people=(), group=group, months=months, first=None, programmes=None, by=who, on=on,
                key=doors.key(request),
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            return redirect("bill", made.number)
    after = request.GET.get("after", "")
    members = groups.members(
        actor=who, why=WHY, group=group, on=on, limit=SHOWN, after=_place(after), coming=True
    )  # fmt: skip
    cover = coverage.many(persons=[one.person.id for one in members], on=on)
    shown = {
        "group": row,
        "region": regions.said(row.region or ""),
        "form": form,
        "key": doors.key(request),
        "today": on,
        "members": [(one, cover.get(one.person.id)) for one in members],
        "after": members[-1].person.id if len(members) == SHOWN else "",
        "bills": bills.bills(on=on, group=group, limit=10),
        "report": draft.take(request, f"group:{group}"),
    }
    return render(request, "agent/group.html", shown, status=422 if form.errors else 200)


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0


@doors.door("groups", "own_people")
def add(request: HttpRequest, group: int) -> HttpResponse:
    """Put people in: all who can come in do, and the group's page says of every line what became of it."""
    who, on = actor.of(request), clock.today()
    row = groups.group(actor=who, group=group, on=on)
    own, after = _own(request, row.id, on)
    initial = {"begins": on.strftime("%d-%m-%Y"), "numbers": draft.take(request, f"again:{group}").get("numbers", "")}
    form = AddPeople(request.POST or None, own=own, on=on, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _put_in(request, group, form.cleaned_data)
        except Refused as refused:
            doors.onto(form, refused)
        else:
            return redirect("group", group)
    shown = {
        "group": row,
        "form": form,
        "own": form.fields["persons"].choices,
        "after": after,
        "paged": "after" in request.GET,
    }
    return render(request, "agent/group_add.html", shown, status=422 if form.errors else 200)


def _own(request: HttpRequest, group: int, on: dt.date) -> tuple[list[tuple[str, str]], int | None]:
    """An agent's people who are not in the group, a page of them; officers paste numbers."""
    who = actor.of(request)
    if who.may("everyone"):
        return [], None
    page = people.own_people(actor=who, why=WHY, after=_place(request.GET.get("after", "")) or None, limit=PICKED)
    inside = set(groups.among(group=group, persons=[row.id for row in page.rows], on=on))
    return [(str(row.id), f"{row.name} · {row.member_number}") for row in page.rows if row.id not in inside], page.after


def _put_in(request: HttpRequest, group: int, told: dict[str, Any]) -> None:
    """Picked and pasted people in one go, with the same days."""
    asked = {"group": group, "by": actor.of(request), "on": told["begins"], "until": told["until"]}
    came, lines = groups_journey.add_both(
        persons=[int(one) for one in told["persons"]], text=told["numbers"], **asked
    )  # fmt: skip
    left = [line.text for line in lines if line.state not in ("added", "already")]
    report = {"picked": len(came), "lines": [asdict(line) for line in lines], "left": len(left)}
    draft.hand_over(request, f"group:{group}", report)
    if left:
        draft.hand_over(request, f"again:{group}", {"numbers": "\n".join(left)})


@doors.door("groups", "own_people")
def end(request: HttpRequest, group: int) -> HttpResponse:
    """Let people leave, on a day; whoever has left already stays as he is."""
    who, on = actor.of(request), clock.today()
    row = groups.group(actor=who, group=group, on=on)
    after = _place(request.GET.get("after", ""))
    members = groups.members(actor=who, why=WHY, group=group, on=on, limit=SHOWN, after=after, coming=True)
    choices = [(str(one.person.id), f"{one.person.name} · {one.person.member_number}") for one in members]
    form = EndPlaces(request.POST or None, members=choices, on=on, initial={"last": on.strftime("%d-%m-%Y")})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        left = groups_journey.leave(group=group, persons=[int(one) for one in told["persons"]], by=who, on=told["last"])
        doors.say(request, f"{len(left)} orang diakhiri.", f"The place of {len(left)} ended.")
        return redirect("group", group)
    shown = {"group": row, "form": form, "after": members[-1].person.id if len(members) == SHOWN else ""}
    return render(request, "agent/group_end.html", shown, status=422 if form.errors else 200)
