"""A worker says himself that his job has ended, sees what follows for him, and goes on as self-employed in one step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import queries as coverage
from teduh.journeys.employers import leaving
from teduh.journeys.worker import worker
from teduh.portals import actor, doors, employer_forms, member
from teduh.portals.forms import Asked, Money, SomeOf, Words, said
from teduh.portals.joining import occupations
from teduh.registry import facts


class GoOn(Asked):
    """What a self-employed membership needs and is not known yet: the work, and what it brings."""

    occupation = forms.ChoiceField(label=said("Pekerjaan Anda sekarang", "Your work now"))
    income = Money("Penghasilan sebulan, kira-kira", "Income a month, roughly", least=1)
    evidence = Words("Apa yang menunjukkan pekerjaan ini?", "What shows this work?", most=500)
    programmes = SomeOf("Tambahan", "In addition", required=False,
                        choices=[("JHT", Text("Tabungan hari tua (JHT)", "Old-age savings (JHT)"))])  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].choices = occupations()


@doors.door("self")
def leave(request: HttpRequest, employment: int) -> HttpResponse:
    """The last day and the cause; first what follows is shown, then it is told. The employer is asked to confirm."""
    who, me, on = actor.of(request), member.own_person(request), clock.today()
    job = next((one for one in worker.jobs_of(actor=who, person=me) if one.employment == employment), None)
    if job is None:
        raise not_found(Text("Pekerjaan ini tidak ditemukan.", "There is no such job."))
    form = employer_forms.End(request.POST or None, on=on)
    form.fields["cause"].choices = [one for one in form.fields["cause"].choices if one[0] != "died"]
    shown: dict[str, Any] = {"job": job, "form": form, "follows": None, "today": on}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        asked = {"employment": employment, "ended_on": told["ended_on"], "cause": told["cause"], "by": who, "on": on}
        try:
            if request.POST.get("do") == "tell":
                leaving.tell(**asked, text=told["text"] or None)
                doors.say(request, "Terima kasih, sudah kami catat. Pemberi kerja diminta menanggapi.",
                          "Thank you, we have it. The employer is asked to answer.")  # fmt: skip
                return redirect("member_go_on")
            shown["follows"] = leaving.preview(**asked)
        except Refused as refused:
            doors.onto(form, refused)
    return render(request, "member/leave.html", shown, status=422 if form.errors else 200)


def _work(told: dict[str, Any]) -> leaving.Work:
    given = (facts.EvidenceGiven(kind="statement", text=told["evidence"], sha256=None),) if told["evidence"] else ()
    return leaving.Work(
        income=told["income"], occupation=told["occupation"], programmes=("JKK", "JKM", *told["programmes"]),
        evidence=given,
    )  # fmt: skip


@doors.door("self")
def go_on(request: HttpRequest) -> HttpResponse:
    """Go on as self-employed: one page, then the first bill."""
    who, me, on, at = actor.of(request), member.own_person(request), clock.today(), clock.now()
    cover = coverage.protection(person=me, on=on)
    form = GoOn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            done = leaving.continue_as_self_employed(
                person=me, work=_work(told), by=who, on=on, at=at, key=doors.key(request)
            )
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Anda terdaftar mandiri. Perlindungan mulai pada hari Anda membayar.",
                      "You are enrolled as self-employed. Cover starts on the day you pay.")  # fmt: skip
            return redirect("bill", done.bill.number) if done.bill else redirect("member")
    return render(request, "member/go_on.html", {"form": form, "cover": cover, "today": on, "key": doors.key(request)},
                  status=422 if form.errors else 200)  # fmt: skip
