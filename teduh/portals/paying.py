"""Asking for a bill and looking at one: for a member himself, and for an agent or officer who helps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from teduh.contributions import bills, queries
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import queries as coverage
from teduh.journeys.money import pay
from teduh.portals import actor, doors, pictures
from teduh.portals.forms import Asked, OneOf, Yes
from teduh.registry.queries import groups, members, people
from teduh.security.access import Actor

MONTHS = (1, 2, 3, 6, 12)


class AskBill(Asked):
    """How many months, with or without savings."""

    months = OneOf("Bayar untuk berapa bulan?", "Pay for how many months?", initial="1", choices=[
        (str(n), Text(f"{n} bulan", f"{n} month" + ("s" if n > 1 else ""))) for n in MONTHS])  # fmt: skip
    jht = Yes("Termasuk tabungan hari tua (JHT)", "With old-age savings (JHT)", required=False)

    def __init__(self, *args: Any, jht: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if jht:
            self.fields["jht"].initial = True
        else:
            self.fields["jht"].widget = forms.HiddenInput()


def ask(request: HttpRequest, *, person: int, template: str, shown: dict[str, Any]) -> HttpResponse:
    """The months to be paid; sent twice with one key, there is one bill."""
    on = clock.today()
    enrolled = queries.enrolled(people=[person]).get(person)
    chose_jht = bool(enrolled and "JHT" in enrolled.programmes)
    form = AskBill(request.POST or None, jht=chose_jht)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        programmes = ("JKK", "JKM", "JHT") if chose_jht and told["jht"] else ("JKK", "JKM")
        try:
            made = pay.bill(people=[person], group=None, months=int(told["months"]), first=None, programmes=programmes,
                            by=actor.of(request), on=on, key=doors.key(request))  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            return redirect("bill", made.number)
    shown |= {
        "form": form, "key": doors.key(request), "enrolled": enrolled, "chose_jht": chose_jht,
        "cover": coverage.protection(person=person, on=on),
        "open_bills": [one for one in bills.bills(on=on, person=person, limit=10) if one.is_payable],
    }  # fmt: skip
    return render(request, template, shown, status=422 if form.errors else 200)


def may_see(who: Actor, row: bills.BillRow) -> bool:
    """A member his own bills, an agent those of his people and groups, officers and operators all."""
    if who.may("everyone") or who.may("bank"):
        return True
    try:
        if row.group is not None:
            groups.group(actor=who, group=row.group, on=clock.today())
            return True
        if who.role == "member":
            return who.person is not None and row.person in members.same_person(person=who.person)
        return row.person in people.rows(actor=who, why="tagihan", persons=[row.person or 0])
    except Refused:
        return False


def seen(request: HttpRequest, number: str) -> pay.BillView:
    """The bill, if the one who asks may see it; otherwise there is none."""
    on = clock.today()
    row = bills.bill_by_number(number=number, on=on)
    if row is None or not may_see(actor.of(request), row):
        raise not_found(Text("Tagihan ini tidak ditemukan.", "There is no such bill."))
    return pay.view(bill=row.id, on=on)


@doors.door("self", "bill", "everyone", "bank")
def bill(request: HttpRequest, number: str) -> HttpResponse:
    """The bill: code, QR, what is asked and why, what paying gives; once paid, what was given."""
    shown = seen(request, number)
    if shown.stages and shown.person and actor.of(request).may("self"):
        return redirect("migrant_bill", shown.number)
    cover = coverage.protection(person=shown.person, on=clock.today()) if shown.person else None
    return render(request, "member/bill.html", {
        "bill": shown, "cover": cover, "qr": pictures.qr(shown.qris) if shown.qris else "",
        "paid_until": shown.months[-1].last if shown.months else None,
        "share": Text(f"Tagihan Teduh {shown.number}: kode bayar {shown.code}",
                      f"Teduh bill {shown.number}: payment code {shown.code}"),
        "simulator": reverse("bank") + f"?code={shown.code}&amount={shown.remaining}",
    })  # fmt: skip


@doors.door("self", "bill", "everyone", "bank")
def why(request: HttpRequest, number: str) -> HttpResponse:
    """Why each month of the bill costs what it does: rules, values, articles as they were when it was made."""
    return render(request, "member/why.html", {"bill": seen(request, number)})
