"""A worker's confidential report: by himself, by somebody whom nobody listed yet, or at the counter with an officer.

No page of an employer knows that there is one.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from teduh.core import clock, jobs
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining import worker_sign_up
from teduh.journeys.worker import worker_report
from teduh.law import nik
from teduh.law.months import Month
from teduh.portals import actor, doors, member
from teduh.portals.forms import Asked, ChosenPassword, Money, OfMonth, OneOf, Words, said
from teduh.portals.joining import Who
from teduh.portals.templatetags import words
from teduh.registry.facts import Admitted
from teduh.security.access import Actor

OTHER = "0"


def _questions(employers: tuple[tuple[int, str], ...]) -> dict[str, forms.Field]:
    asked: dict[str, forms.Field] = {
        "kind": OneOf("Apa yang tidak benar?", "What is not right?", choices=list(worker_report.KINDS.items())),
    }
    if employers:
        named = [*((str(id_), name) for id_, name in employers), (OTHER, Text("Lainnya", "Another one"))]
        asked["employer"] = OneOf("Pemberi kerja", "Employer", choices=named)
    asked["employer_name"] = Words(
        "Nama pemberi kerja, dan di mana" if not employers else "Bila lainnya: nama pemberi kerja, dan di mana",
        "The employer's name, and where" if not employers else "If another one: the employer's name, and where",
        most=120, required=False,
    )  # fmt: skip
    asked["month"] = OfMonth("Untuk bulan (boleh kosong)", "For which month (may stay empty)", required=False)
    asked["wage"] = Money(
        "Upah Anda yang sebenarnya, sebulan (boleh kosong)", "Your true wage, a month (may stay empty)", required=False
    )
    for name, bahasa, english in (
        ("text", "Ceritakan dengan kata-kata Anda (boleh kosong)", "In your own words (may stay empty)"),
        ("evidence", "Bukti yang Anda punya: slip gaji, foto, saksi (boleh kosong)",
         "Evidence that you have: payslip, photo, witness (may stay empty)"),
    ):  # fmt: skip
        asked[name] = Words(bahasa, english, most=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    return asked


def _asked(base: type[forms.Form], employers: tuple[tuple[int, str], ...] = ()) -> type[forms.Form]:
    return type(base.__name__, (base,), _questions(employers))


class Unknown(Who):
    """Who tells, when nobody has listed him: NIK, name, birth date, mobile number and a password for his own pages."""

    phone = Words(
        "Nomor HP", "Mobile number", most=40, hint=said("Dengan ini Anda masuk.", "You sign in with it."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )  # fmt: skip
    password = ChosenPassword("Kata sandi", "Password")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("nik") and told.get("name") and told.get("birth_date"):
            try:
                self.who = _admitted(told, self.on)
            except Refused as refused:
                doors.onto(self, refused)
        return told


class AtCounter(Unknown):
    """The same at the counter: no password; the phone may be missing."""

    password = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = False


def _admitted(told: dict[str, Any], on: dt.date) -> Admitted:
    read = nik.read(told["nik"], regions=None, today=on)
    return Admitted(nik=told["nik"], name=told["name"], birth_date=told["birth_date"], sex=read.sex or "M",
                    phone=told.get("phone") or None)  # fmt: skip


@doors.door("self")
def tell(request: HttpRequest) -> HttpResponse:
    """Something is wrong: say it in confidence; below, what was said before and what came of it."""
    who, me, on = actor.of(request), member.own_person(request), clock.today()
    employers = worker_report.employers_of(actor=who)
    kind = _asked(Asked, employers)
    asked = {"kind": "apa", "employer": "di", "month": "bulan"}
    form = kind(request.POST or None, initial={name: request.GET.get(key, "") for name, key in asked.items()})
    if request.method == "POST" and form.is_valid():
        number = _tell(form, me, who, on)
        if number:
            _thank(request, number)
            return redirect("member_report")
    return render(request, "member/report.html", {
        "form": form, "reports": worker_report.own(actor=who), "today": on,
    }, status=422 if form.errors else 200)  # fmt: skip


@sensitive_post_parameters("password")
@doors.door()
def start(request: HttpRequest) -> HttpResponse:
    """Somebody who works for a wage and whom nobody listed: makes himself known and tells it in one step."""
    if request.user.is_authenticated:
        return redirect("member_report" if actor.of(request).may("self") else "front")
    on = clock.today()
    form = _asked(Unknown)(request.POST or None, on=on, initial={"kind": "not_listed"})
    if request.method == "POST" and form.is_valid():
        try:
            user = worker_sign_up.open_account(
                who=form.who, password=form.cleaned_data["password"], on=on, language=words.language()
            )
        except Refused as refused:
            doors.onto(form, refused)
        else:
            jobs.soon("ask_civil_registry", at=clock.now())
            auth.login(request, user, backend="django.contrib.auth.backends.ModelBackend")
            del request.actor  # type: ignore[attr-defined]
            who = actor.of(request)
            number = _tell(form, who.person or 0, who, on)
            if number:
                _thank(request, number)
            return redirect("member_report")
    return render(request, "member/report_start.html", {"form": form}, status=422 if form.errors else 200)


@doors.door("everyone")
def tell_for(request: HttpRequest) -> HttpResponse:
    """At the counter: an officer writes down what a worker says, who may be on record or not."""
    who, on = actor.of(request), clock.today()
    form = _asked(AtCounter)(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            person = worker_sign_up.admit_for(who=form.who, by=who, on=on)
        except Refused as refused:
            doors.onto(form, refused)
        else:
            number = _tell(form, person, who, on)
            if number:
                _thank(request, number)
                return redirect("report_for")
    return render(request, "member/report_for.html", {"form": form}, status=422 if form.errors else 200)


def _tell(form: forms.Form, person: int, who: Actor, on: dt.date) -> str | None:
    told = form.cleaned_data
    chosen = told.get("employer") or OTHER
    month: Month | None = told["month"]
    try:
        return worker_report.tell(
            person=person, kind=told["kind"], employer=None if chosen == OTHER else int(chosen),
            employer_name=told["employer_name"] if chosen == OTHER else "", month=month, wage=told["wage"],
            text=told["text"], evidence=told["evidence"], by=who, on=on,
        )  # fmt: skip
    except Refused as refused:
        doors.onto(form, refused)
        return None


def _thank(request: HttpRequest, number: str) -> None:
    doors.say(
        request,
        f"Kami terima dengan nomor {number}. Pemberi kerja tidak diberi tahu.",
        f"We have it under {number}. The employer is not told.",
    )
