"""What the fund knows of a firm, and changing it: details, size and programmes, contacts, the bank account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import queries
from teduh.journeys.employers import employers as journey
from teduh.law.months import Month
from teduh.portals import doors, employer_door, employer_forms, employer_sign_up
from teduh.portals.employer_door import Here

SAVED = Text("Disimpan.", "Saved.")


@employer_door.firm()
def data(request: HttpRequest, here: Here) -> HttpResponse:
    """All of it on one page, each part with its way to change it."""
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    return employer_door.page(request, here, "data", {"firm": firm})


def asked(
    request: HttpRequest, here: Here, form: forms.Form, *, do: Callable[[dict[str, Any]], Any], title: Text,
    shown: dict[str, Any] | None = None, template: str = "form", to: str = "employer_data", said: Text = SAVED,
) -> HttpResponse:  # fmt: skip
    """One form of a firm: asked, done by `do`, and back to where it shows; what is refused stands beside it."""
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            if refused.status in (403, 404) and not refused.field:
                raise
            doors.onto(form, refused)
        else:
            doors.say(request, said.id, said.en)
            return redirect(to, here.id)
    frame = {"form": form, "title": title, "key": doors.key(request), **(shown or {})}
    return employer_door.page(request, here, template, frame, status=422 if form.errors else 200)


@employer_door.firm("manage")
def details(request: HttpRequest, here: Here) -> HttpResponse:
    """Name, address, how to reach it."""
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    now = {"name": firm.name, "phone": firm.phone, "email": firm.email, "address": firm.address}
    form = employer_forms.Details(request.POST or None, initial=now)
    return asked(
        request, here, form, title=Text("Ubah data usaha", "Change the business's data"),
        do=lambda told: journey.change(
            employer=here.id, changes={name: told[name] for name in form.changed_data}, by=here.who, on=clock.today(),
            why=here.why,
        ),
    )  # fmt: skip


@employer_door.firm("manage")
def profile(request: HttpRequest, here: Here) -> HttpResponse:
    """Size and programmes, from a month on."""
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    now = firm.profile
    first = {
        "capital": now.capital, "yearly_sales": now.yearly_sales, "programmes": list(now.programmes),
        "labour_intensive": now.labour_intensive, "health_insured": now.health_insured,
        "from_month": str(Month.of(clock.today())),
    } if now else {}  # fmt: skip
    form = employer_forms.SizeFrom(request.POST or None, initial=first)

    def do(told: dict[str, Any]) -> None:
        _, programmes = employer_sign_up.taken_part(told)
        journey.declare_profile(
            employer=here.id, from_month=told["from_month"], capital=told["capital"],
            yearly_sales=told["yearly_sales"], programmes=programmes, labour_intensive=told["labour_intensive"],
            health_insured=told["health_insured"], evidence=told["evidence"], by=here.who, on=clock.today(),
            why=here.why,
        )  # fmt: skip

    return asked(
        request, here, form, title=Text("Ukuran dan program", "Size and programmes"), template="profile", do=do,
        shown={"sizes": employer_sign_up.sizes()},
    )  # fmt: skip


@employer_door.firm("manage")
def contact(request: HttpRequest, here: Here) -> HttpResponse:
    """A further person to speak to."""
    form = employer_forms.Person(request.POST or None)
    return asked(
        request, here, form, title=Text("Tambah kontak", "Add a contact"),
        do=lambda told: journey.add_contact(
            employer=here.id, name=told["name"], position=told["position"], phone=told["phone"] or None,
            email=told["email"] or None, by=here.who, on=clock.today(), why=here.why,
        ),
    )  # fmt: skip


@employer_door.firm("manage")
def bank(request: HttpRequest, here: Here) -> HttpResponse:
    """The account to which money goes back."""
    form = employer_forms.Bank(request.POST or None)
    return asked(
        request, here, form, title=Text("Rekening usaha", "The business's bank account"),
        do=lambda told: journey.set_bank_account(
            employer=here.id, bank_code=told["bank_code"].upper(), account_number=told["account_number"],
            account_name=told["account_name"], by=here.who, on=clock.today(), why=here.why,
        ),
    )  # fmt: skip
