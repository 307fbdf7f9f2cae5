"""Who may act for a firm: accounts with a role, put in and taken out by its owners."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.text import Text
from teduh.journeys.employers import employers as journey
from teduh.portals import auth, doors, employer_door, employer_firm, employer_forms
from teduh.portals.employer_door import Here


@employer_door.firm("manage")
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """A place for somebody's account."""
    form = employer_forms.NewStaff(request.POST or None)
    return employer_firm.asked(
        request, here, form, title=Text("Tambah staf", "Add staff"),
        do=lambda told: journey.add_staff(
            employer=here.id, username=auth.account_name(told["username"]), role=told["role"], by=here.who,
            on=clock.today(), why=here.why,
        ),
    )  # fmt: skip


@employer_door.firm("manage")
def remove(request: HttpRequest, here: Here, staff: int) -> HttpResponse:
    """His place ends; the account stays."""
    if request.method == "POST":
        journey.remove_staff(employer=here.id, staff=staff, by=here.who, on=clock.today(), why=here.why)
        doors.say(request, "Akun itu tidak lagi mengurus usaha ini.", "That account acts for this business no more.")
    return redirect("employer_data", here.id)
