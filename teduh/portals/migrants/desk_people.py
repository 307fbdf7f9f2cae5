"""The people of a desk: found by what matters now, ticked, and dealt with together."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from teduh.contributions.placement_queries import STAGES
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import billing, extending, life
from teduh.journeys.migrants import people as journey
from teduh.migrants import queries
from teduh.portals import doors
from teduh.portals.migrants import desk_door, desk_forms
from teduh.portals.migrants.desk import ONLY
from teduh.portals.migrants.desk_door import Here

PAGE = 50
#: Of "everybody in this filter" so many are taken at once.
MOST = 2_000
SHOWN = 20
#: What is done to many: its word on the button, and how its page is headed.
DEEDS = {
    "extend": Text("Perpanjang", "Extend"),
    "bill": Text("Buat tagihan", "Bill"),
    "departed": Text("Sudah berangkat", "Have departed"),
    "returning": Text("Tiba di Indonesia", "Arrived in Indonesia"),
    "home": Text("Tiba di rumah", "Arrived at home"),
    "failed": Text("Gagal berangkat", "Failed to depart"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people: a filter, words, a country, and from where on."""

    only: str
    sought: str
    destination: str
    after: str

    @property
    def address(self) -> str:
        return urlencode({"only": self.only, "q": self.sought, "negara": self.destination})


def wanted(given: Any) -> Wanted:
    """The filter that an address or a form names."""
    after = given.get("after", "")
    day, _, last = after.partition("~")
    try:
        dt.date.fromisoformat(day)
    except ValueError:
        after = ""
    only = given.get("only", "all")
    return Wanted(
        only=only if only in journey.ONLY else "all", sought=desk_door.words(given.get("q", ""), 100),
        destination=desk_door.words(given.get("negara", ""), 2),
        after=after if last.isascii() and last.isdigit() and len(last) < 19 else "",
    )  # fmt: skip


def found(here: Here, want: Wanted, *, limit: int = PAGE, after: str | None = None) -> journey.People:
    """A page of them."""
    return journey.people(
        by=here.who, on=clock.today(), only=want.only, search=want.sought, destination=want.destination,
        organisation=here.id, after=want.after if after is None else after, limit=limit, why=here.why,
    )  # fmt: skip


@desk_door.desk(officers=True)
def people(request: HttpRequest, here: Here) -> HttpResponse:
    """The list with its filters, and boxes to tick."""
    want = wanted(request.GET)
    page = found(here, want)
    here_counts = [(code, name, page.counts[code]) for code, name, _ in ONLY]
    shown = {
        "page": page, "want": want, "counts": here_counts, "countries": queries.destinations(), "deeds": _deeds(here),
        "in_filter": page.counts[want.only],
    }  # fmt: skip
    return desk_door.page(request, here, "people", shown)


def _deeds(here: Here) -> list[tuple[str, Text]]:
    needs = {"extend": here.extends, "bill": here.pays}
    return [(code, word) for code, word in DEEDS.items() if needs.get(code, here.tells)]


@desk_door.desk(officers=True)
def together(request: HttpRequest, here: Here) -> HttpResponse:
    """What is done to all who were ticked: first asked, then done, all or none."""
    deed, want = request.POST.get("do", ""), wanted(request.POST)
    if request.method != "POST" or deed not in dict(_deeds(here)):
        return redirect("desk_people")
    ids, rows = _chosen(request, here, want)
    if not ids:
        doors.say(request, "Centang dulu orangnya.", "Tick the people first.")
        return redirect(f"{reverse('desk_people')}?{want.address}")
    form = _form(deed, request.POST if request.POST.get("step") == "do" else None, here)
    if form.is_bound and form.is_valid():
        try:
            return _done(request, here, deed, ids, form.cleaned_data)
        except Refused as refused:
            if refused.status == 404:
                raise
            doors.onto(form, refused)
    shown: dict[str, Any] = {
        "deed": deed, "heading": DEEDS[deed], "ids": ids, "rows": rows[:SHOWN], "more": max(0, len(ids) - SHOWN),
        "form": form, "want": want, "key": doors.key(request),
        "quote": priced(here, ids) if deed == "bill" else None,
    }  # fmt: skip
    return desk_door.page(request, here, "together", shown, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, here: Here, want: Wanted) -> tuple[list[int], list[journey.PersonRow]]:
    """Who was ticked, or everybody of the filter; with the rows to show them."""
    sent = [*request.POST.getlist("placement"), *request.POST.get("ids", "").split(",")]
    ids = list(dict.fromkeys(desk_door.numbers(sent, MOST)))
    if request.POST.get("whole") == "1":
        rows: list[journey.PersonRow] = []
        after = ""
        while len(rows) < MOST:
            page = found(here, want, limit=journey.MOST, after=after)
            rows += page.rows
            after = page.after
            if not after:
                break
        return [row.placement for row in rows[:MOST]], rows
    if not ids:
        return [], []
    rows = [row for row in found(here, want).rows if row.placement in set(ids)]
    return ids, rows


def _form(deed: str, given: Any, here: Here) -> Any:
    if deed in ("extend", "bill"):
        asked = desk_forms.Extend if deed == "extend" else desk_forms.ManyBill
        return asked(given, payers=desk_forms.payers(here.id is not None, many=True))
    return desk_forms.ManyDay(given, initial={"event_on": desk_forms.today_in_words(clock.today())})


def stages_of(chosen: str) -> list[str] | None:
    """The stages a form asked for; None: all that are open."""
    return None if chosen not in ("before", "during") else [chosen]


def priced(here: Here, ids: list[int]) -> dict[str, Any] | None:
    """What they would pay now, summed by stage, and who cannot be billed and why."""
    quote = billing.quote(placements=ids, by=here.who, on=clock.today(), why=here.why)
    sums: dict[str, list[int]] = {}
    for line in quote.lines:
        one = sums.setdefault(line.stage, [0, 0])
        one[0], one[1] = one[0] + 1, one[1] + line.amount
    reasons: dict[Text, int] = {}
    for no in quote.refused:
        reasons[no.what] = reasons.get(no.what, 0) + 1
    notes = {note.code: note for line in quote.lines for note in line.notes}
    return {
        "total": quote.total, "stages": [(STAGES[code], n, amount) for code, (n, amount) in sums.items()],
        "refused": list(reasons.items()), "notes": list(notes.values()),
    }  # fmt: skip


def _done(request: HttpRequest, here: Here, deed: str, ids: list[int], told: dict[str, Any]) -> HttpResponse:
    on, at = clock.today(), clock.now()
    if deed in ("extend", "bill"):
        payer = here.id if told["payer"] == "us" else None
        return (_extend if deed == "extend" else _bill)(request, here, ids, told, payer)
    count = life.tell_many(
        placements=ids, kind=deed, event_on=told["event_on"], by=here.who, on=on, at=at, note=told["note"], why=here.why
    )
    doors.say(request, f"Dicatat untuk {count} orang.", f"Noted for {count} people.")
    return redirect("desk_people")


def _extend(request: HttpRequest, here: Here, ids: list[int], told: dict[str, Any], payer: int | None) -> HttpResponse:
    made = extending.extend(
        placements=ids, by=here.who, on=clock.today(), at=clock.now(), months=told["months"], ends=told["ends"],
        organisation=payer, key=doors.key(request), why=here.why,
    )  # fmt: skip
    if made.bill and not made.refused and not made.gaps and (payer or len(ids) == 1):
        doors.say(request, f"{len(ids)} perjanjian diperpanjang. Tinggal dibayar.",
                  f"{len(ids)} agreements extended. Now pay.")  # fmt: skip
        return redirect("desk_bill", made.bill.number)
    reasons: dict[str, int] = {}
    for no in made.refused:
        reasons[f"{no.what} {no.then}"] = reasons.get(f"{no.what} {no.then}", 0) + 1
    stretches = Counter((gap.starts, gap.until) for _, gap in made.gaps)
    return desk_door.page(request, here, "extended", {
        "made": made, "people": len(ids), "refused": list(reasons.items()), "bills": len(made.bills),
        "gaps": [(*days, n) for days, n in stretches.most_common(SHOWN)],
        "gap_people": len({id_ for id_, _ in made.gaps}),
    })  # fmt: skip


def _bill(request: HttpRequest, here: Here, ids: list[int], told: dict[str, Any], payer: int | None) -> HttpResponse:
    asked = {"by": here.who, "on": clock.today(), "stages": stages_of(told["stages"]), "key": doors.key(request),
             "why": here.why}  # fmt: skip
    if payer is not None or len(ids) == 1:
        bill = billing.bill(placements=ids, organisation=payer, at=clock.now(), **asked)
        doors.say(request, "Tagihan dibuat.", "The bill is made.")
        return redirect("desk_bill", bill.number)
    made = billing.bill_each(placements=ids, **asked)
    doors.say(request, f"{len(made)} tagihan dibuat; kodenya ada di halaman tiap orang.",
              f"{len(made)} bills made; the codes are on each person's page.")  # fmt: skip
    return redirect("desk_people")
