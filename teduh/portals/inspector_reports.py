"""Workers' reports on the inspectors' pages: a list without names, one report opened for a purpose, the answer."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.employers.models import ReportState
from teduh.journeys.compliance import worker_reports
from teduh.portals import actor, doors
from teduh.portals.forms import Asked, Words, said
from teduh.portals.inspector import PURPOSES, why_of


class Answer(Asked):
    """What the worker is told."""

    text = Words(
        "Jawaban untuk pekerja", "Answer to the worker", most=1_000,
        hint=said("Hanya pekerja ini yang membacanya. Tulis apa yang sudah diperiksa dan apa yang dapat ia lakukan.",
                  "Only this worker reads it. Say what was looked into, and what he can do."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class Link(Asked):
    """To which case a report belongs."""

    case = Words(
        "Nomor perkara", "Case number", most=14,
        hint=said("Perkara dan suratnya tidak menyebut laporan ini.", "The case and its letters do not mention it."),
    )  # fmt: skip


@doors.door("inspect")
def listed(request: HttpRequest) -> HttpResponse:
    """What workers reported, without who."""
    state = request.GET.get("state", "")
    state = state if state in ReportState.values else ""
    rows = worker_reports.listed(by=actor.of(request), state=state)
    states = [(code, worker_reports.STATES[code]) for code in ReportState]
    return render(request, "inspector/reports.html", {"rows": rows, "state": state, "states": states})


@doors.door("inspect")
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One report: opened by POST with a purpose; taken, answered, put to a case."""
    who, did = actor.of(request), request.POST.get("do", "")
    if request.method != "POST":
        return render(request, "inspector/report_purpose.html", {"number": number, "purposes": PURPOSES})
    why = why_of(request)
    answer = Answer(request.POST if did == "answer" else None)
    link = Link(request.POST if did == "link" else None)
    try:
        if did == "take":
            worker_reports.take(number=number, by=who, on=clock.today())
            doors.say(request, "Laporan ini Anda pegang.", "You have taken this report.")
        elif did == "answer" and answer.is_valid():
            text = answer.cleaned_data["text"]
            worker_reports.answer(number=number, text=text, by=who, on=clock.today(), at=clock.now())
            doors.say(request, "Jawaban dikirim kepada pekerja.", "The worker is answered.")
            return redirect("worker_reports")
        elif did == "link" and link.is_valid():
            worker_reports.link(number=number, case=link.cleaned_data["case"], by=who)
            doors.say(request, "Dihubungkan; perkaranya tidak menyebutnya.", "Linked; the case does not mention it.")
    except Refused as refused:
        if did not in ("answer", "link"):
            raise
        doors.onto(answer if did == "answer" else link, refused)
    found = worker_reports.read(number=number, why=why, by=who)
    shown = {"one": found, "row": found.row, "answer": answer, "link": link, "why": why, "me": who.user}
    return render(request, "inspector/report.html", shown, status=422 if answer.errors or link.errors else 200)
