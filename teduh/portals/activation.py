"""The account of somebody whom others enrolled: the slip with his code, and the page where he uses it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.joining import activation
from teduh.portals import actor, agent, auth, doors, draft
from teduh.portals.forms import Asked, ChosenPassword, Day, Digits, Words, said
from teduh.portals.templatetags.words import language
from teduh.security.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


class Activate(Asked):
    """What stands on the slip, the birth date, and what he will sign in with."""

    member_number = Digits("Nomor peserta", "Member number", length=11, hint=said("Ada di slip.", "It is on the slip."))
    code = Words(
        "Kode aktivasi",
        "Activation code",
        most=40,
        hint=said("Ada di slip; huruf besar atau kecil sama saja.", "It is on the slip; capitals do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "is-short"}
        ),
    )
    birth_date = Day("Tanggal lahir", "Birth date")
    username = Words(
        "Nomor HP untuk masuk",
        "Mobile number to sign in with",
        most=150,
        hint=said(
            "Tidak punya HP? Tulis nama akun, misalnya siti.cilacap.", "No mobile? Write a name for the account."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = ChosenPassword("Kata sandi baru", "New password")


@sensitive_post_parameters("code", "password")
@never_cache
@doors.door()
def open_account(request: HttpRequest) -> HttpResponse:
    """Number, code and birth date open an account; whoever did is signed in."""
    if request.user.is_authenticated:
        return redirect(auth.home_of(request.user))
    form = Activate(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = activation.open_account(
                member_number=told["member_number"], code=told["code"], birth_date=told["birth_date"],
                username=auth.account_name(told["username"]), password=told["password"], at=clock.now(),
                language=language(),
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Akun Anda aktif.", "Your account is active.")
            return auth.enter(request, User.objects.get(pk=made), backend=BACKEND)
    return render(request, "auth/activate.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@doors.door("own_people", "everyone")
def slip(request: HttpRequest, person: int) -> HttpResponse:
    """A code for one of his people, on a slip to print, shown once."""
    name = f"code:{person}"
    if request.method == "POST":
        given = activation.give(person=person, by=actor.of(request), key=doors.key(request), at=clock.now())
        told = {"number": given.member_number, "code": given.code, "until": given.expires_at.isoformat()}
        draft.hand_over(request, name, told)
        return redirect("person_code", person)
    row = agent.row_of(request, person, why="Kode aktivasi akun")
    told: dict[str, Any] = draft.take(request, name)
    shown = {
        "p": row,
        "given": told,
        "until": dt.datetime.fromisoformat(told["until"]) if told else None,
        "address": request.build_absolute_uri(reverse("activate")),
        "key": doors.key(request),
    }
    return render(request, "agent/slip.html", shown)
