"""Keys for a firm's payroll program: made by who manages the firm, shown once, taken back any time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import queries
from teduh.employers.models import Staff
from teduh.journeys.employers import machine_tokens
from teduh.portals import doors, draft, employer_door, terms
from teduh.portals.employer_door import Here
from teduh.portals.forms import Asked, OneOf, Words, said


class NewKey(Asked):
    """What the key is for, as whom it acts, and for how long."""

    name = Words("Nama kunci", "Name of the key", most=60, hint=said("Misalnya: program gaji.", "Such as: payroll."))
    staff = forms.ChoiceField(label=said("Bertindak sebagai", "Acts as"))
    days = OneOf("Berlaku", "Valid for", initial="365", choices=[
        ("90", Text("90 hari", "90 days")), ("365", Text("Satu tahun", "One year")),
    ])  # fmt: skip

    def __init__(self, *args: Any, staff: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = staff


def _account(here: Here, staff: str) -> str:
    """The account that has this place at the firm."""
    found = Staff.objects.filter(pk=int(staff), employer=here.id, until_day=None).select_related("user").get()
    return str(found.user.username)


@never_cache
@employer_door.firm("manage")
def keys(request: HttpRequest, here: Here) -> HttpResponse:
    """The firm's keys, and a form for a new one."""
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    staff = [(str(one.id), f"{one.name} ({terms.say('staff_role', one.role)})") for one in firm.staff]
    form = NewKey(request.POST or None, staff=staff)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = machine_tokens.create(
                employer=here.id, username=_account(here, told["staff"]), name=told["name"], days=int(told["days"]),
                by=here.who, at=clock.now(), why=here.why,
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            draft.hand_over(request, f"key:{here.id}", {"secret": made.secret})
            return redirect("employer_keys", here.id)
    shown = {
        "form": form, "secret": draft.take(request, f"key:{here.id}").get("secret", ""),
        "keys": machine_tokens.keys(employer=here.id, by=here.who, at=clock.now(), why=here.why),
    }  # fmt: skip
    return employer_door.page(request, here, "keys", shown, status=422 if form.errors else 200)


@employer_door.firm("manage")
def revoke(request: HttpRequest, here: Here, token: int) -> HttpResponse:
    """The key opens nothing from now on."""
    if request.method == "POST":
        machine_tokens.revoke(employer=here.id, token=token, by=here.who, at=clock.now(), why=here.why)
        doors.say(request, "Kunci dicabut.", "The key is taken back.")
    return redirect("employer_keys", here.id)
