"""More of a firm's own affairs: invitations of staff and taking them up, closing a site, ending a contact."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import queries
from teduh.journeys.employers import employers as journey
from teduh.portals import actor, auth, doors, draft, employer_door, employer_firm, employer_forms
from teduh.portals.employer_door import Here
from teduh.portals.employer_sign_up import BACKEND
from teduh.portals.forms import Asked, ChosenPassword, Day, Digits, OneOf, Words, said
from teduh.portals.templatetags.words import language
from teduh.security.models import User


class Invite(Asked):
    """Which place the code opens."""

    role = OneOf(
        "Boleh apa", "May do what", initial="preparer", choices=employer_forms.NewStaff.base_fields["role"].choices
    )


class Close(Asked):
    """The last day of a site."""

    closed_on = Day("Hari terakhir lokasi", "Last day of the site")


class Code(Asked):
    """The two things that an invitation consists of."""

    npp = Digits("NPP usaha", "NPP of the business", hint=said("Tercantum bersama kodenya.", "Given with the code."))
    code = Words(
        "Kode undangan", "Invitation code", most=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class Invited(Code):
    """The same, and an account for who has none."""

    name = Words("Nama Anda", "Your name", most=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    username = Words(
        "Nomor HP atau surel", "Mobile number or e-mail", most=150, hint=said("Dipakai untuk masuk.", "To sign in."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    password = ChosenPassword("Kata sandi", "Password")


@never_cache
@employer_door.firm("manage")
def invitations(request: HttpRequest, here: Here) -> HttpResponse:
    """Codes that wait for somebody, and a form for a new one; a code is shown once."""
    form, key = Invite(request.POST or None), doors.key(request)
    if request.method == "POST" and form.is_valid():
        made = journey.invite_staff(
            employer=here.id, role=form.cleaned_data["role"], key=key, by=here.who, at=clock.now(), why=here.why
        )
        draft.hand_over(request, f"invited:{here.id}", {"code": made.code, "npp": made.npp, "role": made.role})
        return redirect("employer_invitations", here.id)
    rows = queries.invitations(by=here.who, employer=here.id, at=clock.now(), why=here.why)
    shown = {
        "form": form, "key": key, "rows": rows, "made": draft.take(request, f"invited:{here.id}"),
        "address": request.build_absolute_uri(reverse("employer_invited")),
    }  # fmt: skip
    return employer_door.page(request, here, "invitations", shown, status=422 if form.errors else 200)


@employer_door.firm("manage")
def withdraw(request: HttpRequest, here: Here, invitation: int) -> HttpResponse:
    """The code opens nothing any more."""
    if request.method == "POST":
        journey.withdraw_invitation(
            employer=here.id, invitation=invitation, by=here.who, at=clock.now(), why=here.why
        )  # fmt: skip
        doors.say(request, "Undangan ditarik; kodenya tidak berlaku lagi.", "Withdrawn; the code opens nothing.")
    return redirect("employer_invitations", here.id)


@sensitive_post_parameters("password", "code")
@never_cache
@doors.door()
def invited(request: HttpRequest) -> HttpResponse:
    """Whoever has NPP and code takes the place: with the account he is signed in with, or with a new one."""
    known = request.user.is_authenticated
    if known and not actor.of(request).may("own_employers"):
        return redirect(auth.home_of(request.user))
    form = (Code if known else Invited)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _taken_up(request, form.cleaned_data, known=known)
        except Refused as refused:
            doors.onto(form, refused)
    return render(request, "employer/invited.html", {"form": form, "known": known}, status=422 if form.errors else 200)


def _taken_up(request: HttpRequest, told: dict[str, Any], *, known: bool) -> HttpResponse:
    on, at, given = clock.today(), clock.now(), {"npp": told["npp"], "code": told["code"]}
    if known:
        employer = journey.join_by_invitation(**given, by=actor.of(request), on=on, at=at)
        doors.say(request, "Akun ini sekarang mengurus usaha itu juga.", "This account acts for that business too now.")
        return redirect("employer_home", employer)
    made = journey.accept_invitation(
        **given, name=told["name"], username=auth.account_name(told["username"]), password=told["password"], on=on,
        at=at, language=language(),
    )  # fmt: skip
    answer = auth.enter(request, User.objects.get(pk=made), backend=BACKEND)
    answer.headers["Location"] = reverse("employers")
    return answer


@employer_door.firm("manage")
def close(request: HttpRequest, here: Here, number: int) -> HttpResponse:
    """A site's last day; what was reported for it stays."""
    firm = queries.firm(by=here.who, employer=here.id, why=here.why)
    site = next((one for one in firm.worksites if one.number == number), None)
    if site is None or site.closed_on is not None:
        raise not_found(Text("Lokasi ini tidak ada, atau sudah ditutup.", "There is no such site, or it is closed."))
    form = Close(request.POST or None, initial={"closed_on": f"{clock.today():%d-%m-%Y}"})
    return employer_firm.asked(
        request, here, form, title=Text("Tutup lokasi {name}", "Close the site {name}").with_(name=site.name),
        template="close_site", said=Text("Lokasi ditutup.", "The site is closed."),
        do=lambda told: journey.close_site(
            employer=here.id, site=number, closed_on=told["closed_on"], by=here.who, on=clock.today(), why=here.why
        ),
    )  # fmt: skip


@employer_door.firm("manage")
def end_contact(request: HttpRequest, here: Here, contact: int) -> HttpResponse:
    """He is spoken to no more."""
    if request.method == "POST":
        if not journey.end_contact(
            employer=here.id, contact=contact, by=here.who, on=clock.today(), why=here.why
        ):  # fmt: skip
            raise not_found(Text("Kontak ini tidak ditemukan.", "There is no such contact."))
        doors.say(request, "Kontak dihapus dari daftar.", "The contact is off the list.")
    return redirect("employer_data", here.id)
