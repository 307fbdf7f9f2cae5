"""A relative's own pages: whom he looks after, and the account he opens with the code he was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.journeys.migrants import family as journey
from teduh.journeys.migrants import matters
from teduh.portals import actor, doors
from teduh.portals.forms import ChosenPassword, Words
from teduh.portals.migrants import worker_forms
from teduh.portals.migrants.joining_forms import PHONE
from teduh.portals.templatetags.words import language

BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignUp(worker_forms.FamilyCode):
    """A code, and what he will sign in with."""

    name = Words("Nama Anda", "Your name", most=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = Words("Nomor HP Anda", "Your mobile number", most=40, widget=forms.TextInput(attrs=PHONE))
    password = ChosenPassword("Buat kata sandi", "Choose a password")

    def clean_password(self) -> str:
        auth.password_validation.validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


@doors.door("family")
def home(request: HttpRequest) -> HttpResponse:
    """Each migrant who named him: protected until when, and what he may do."""
    who = actor.of(request)
    return render(request, "migrants/family/home.html", {
        "mine": journey.mine(by=who, on=clock.today()), "today": clock.today(),
        "matters": matters.mine(by=who, limit=5).rows, "form": worker_forms.FamilyCode(),
    })  # fmt: skip


@require_POST
@doors.door("family")
def spend(request: HttpRequest) -> HttpResponse:
    """One more code, on the account that is there."""
    form = worker_forms.FamilyCode(request.POST)
    if form.is_valid():
        try:
            journey.spend(code=form.cleaned_data["code"], by=actor.of(request), at=clock.now())
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Kode diterima.", "The code is right.")
            return redirect("family")
    shown: dict[str, Any] = {"mine": journey.mine(by=actor.of(request), on=clock.today()), "form": form, "matters": ()}
    return render(request, "migrants/family/home.html", shown, status=422)


@require_POST
@doors.door("family")
def leave(request: HttpRequest, relative: int) -> HttpResponse:
    """He no longer looks after this one."""
    journey.end(relative=relative, by=actor.of(request), on=clock.today())
    doors.say(request, "Akses Anda sudah diakhiri.", "Your access has ended.")
    return redirect("family")


@sensitive_post_parameters("code", "password")
@never_cache
@doors.door()
def sign_up(request: HttpRequest) -> HttpResponse:
    """A code opens an account; whoever has one enters it at home."""
    if request.user.is_authenticated and actor.of(request).may("family"):
        return redirect("family")
    form = SignUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            user = journey.sign_up(code=told["code"], phone=told["phone"], password=told["password"],
                                   name=told["name"], at=clock.now(), language=language())  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            auth.login(request, user, backend=BACKEND)
            return redirect("family")
    return render(request, "migrants/family/sign_up.html", {"form": form}, status=422 if form.errors else 200)
