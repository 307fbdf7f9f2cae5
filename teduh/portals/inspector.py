"""The inspectors' desk: employers by risk, one employer with his reasons, and cases with their steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import compliance as cases
from teduh.employers import risk
from teduh.employers.models import StepKind
from teduh.journeys.compliance import compliance, inspecting, worker_reports
from teduh.journeys.compliance.inspecting import Filter
from teduh.law import sanctions
from teduh.portals import actor, doors, regions
from teduh.portals import compliance as letters
from teduh.portals.forms import Asked, OneOf, Words, said

PURPOSES = (
    Text("Pemeriksaan rutin", "Routine inspection"),
    Text("Persiapan kunjungan", "Preparing a visit"),
    Text("Tindak lanjut tunggakan", "Following up arrears"),
    Text("Tindak lanjut perkara", "Following up a case"),
)
PURPOSE = "inspect_purpose"
NOT_A_REPORT = said(
    "Dibaca pemberi kerja. Jangan mengutip atau menyebut laporan pekerja, dan jangan menyebut nama pekerja.",
    "The employer reads this. Never quote or mention a worker's report, and name no worker.",
)


class Open(Asked):
    """For which breached duty a case is opened, and why."""

    violation = OneOf("Kewajiban yang tidak dipenuhi", "The duty that is not fulfilled", choices=[
        (one.code, Text(one.what.id, one.what.en)) for one in sanctions.VIOLATIONS if one.who == "employer"
    ])  # fmt: skip
    why = Words("Apa yang ditemukan", "What was found", most=300, hint=NOT_A_REPORT)


def why_of(request: HttpRequest) -> str:
    """What somebody typed as his reason."""
    return " ".join(request.POST.get("why", "").replace("\x00", "").split())[:500]


def _filter(request: HttpRequest) -> Filter:
    given = request.GET if request.method == "GET" else request.POST
    text = {name: given.get(name, "").replace("\x00", "").strip()[:80] for name in ("activity", "reason", "q")}
    reason = text["reason"] if text["reason"] in risk.WEIGHTS else ""
    region = given.get("region", "") if regions.chain(given.get("region", "")) else ""
    return Filter(region=region, activity=text["activity"], reason=reason, text=text["q"])


@doors.door("inspect")
def home(request: HttpRequest) -> HttpResponse:
    """The ranking, a page at a time."""
    wanted, after = _filter(request), request.GET.get("after", "")
    start = int(after) if after.isdigit() and len(after) < 7 else 0
    found = inspecting.ranked(by=actor.of(request), on=clock.today(), wanted=wanted, after=start, limit=50)
    reasons = [(code, risk.WEIGHTS[code].name, count) for code, count in found.by_reason.items()]
    provinces = regions.levels("region", "")[0].options if regions.levels("region", "") else ()
    shown = {"found": found, "wanted": wanted, "reasons": sorted(reasons, key=lambda row: -row[2]), "start": start,
             "provinces": provinces, "purposes": PURPOSES, "reports": worker_reports.waiting()}  # fmt: skip
    return render(request, "inspector/home.html", shown)


@doors.door("inspect")
def sheet(request: HttpRequest) -> HttpResponse:
    """The list as CSV, for a purpose; by POST, so that no link takes it."""
    if request.method != "POST":
        return redirect("inspector")
    text = inspecting.exported(by=actor.of(request), on=clock.today(), why=why_of(request), wanted=_filter(request))
    answer = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="risiko-{clock.today():%Y%m%d}.csv"'
    return answer


@doors.door("inspect")
def firm(request: HttpRequest, employer: int) -> HttpResponse:
    """One employer with his reasons and cases; opened for a purpose."""
    who, on = actor.of(request), clock.today()
    if request.method == "POST" and request.POST.get("do") == "look":
        request.session[PURPOSE] = why_of(request)[:120]
        return redirect("inspector_firm", employer)
    why = request.session.get(PURPOSE, "")
    if not why:
        return render(request, "inspector/purpose.html", {"employer": employer, "purposes": PURPOSES})
    found = inspecting.opened(employer=employer, by=who, on=on, why=why)
    form = Open(request.POST if request.POST.get("do") == "open" else None)
    if form.is_bound and form.is_valid():
        try:
            made = compliance.open_case(employer=employer, by=who, on=on, **form.cleaned_data)
        except Refused as refused:
            doors.onto(form, refused)
        else:
            doors.say(request, "Perkara dibuka.", "The case is opened.")
            return redirect("case", made.row.number)
    rows, now = compliance.own(employer=employer, by=who), compliance.standing(employer=employer, on=on)
    shown = {"one": found, "facts": found.facts, "cases": rows, "form": form, "why": why, "standing": now,
             "has_open": any(row.is_open for row in rows)}  # fmt: skip
    return render(request, "inspector/firm.html", shown, status=422 if form.errors else 200)


@doors.door("inspect")
def forget_purpose(request: HttpRequest) -> HttpResponse:
    """The next employer needs a purpose of his own."""
    request.session.pop(PURPOSE, None)
    return redirect("inspector")


@doors.door("inspect")
def case_list(request: HttpRequest) -> HttpResponse:
    """Cases, those whose time ends first before others."""
    state = request.GET.get("state", "open")
    state = state if state in ("open", "closed") else ""
    text = request.GET.get("q", "")[:80]
    rows = compliance.listed(by=actor.of(request), state=state, text=text)
    return render(request, "inspector/cases.html", {"rows": rows, "state": state, "q": text, "today": clock.today()})


@doors.door("inspect")
def case(request: HttpRequest, number: str) -> HttpResponse:
    """A case: what was done, what may follow today by which article, and what two people decide."""
    who, on = actor.of(request), clock.today()
    view = compliance.view(number=number, by=who, on=on, why=f"Perkara {number}")
    wrong: Refused | None = None
    if request.method == "POST":
        try:
            _step(request, view.row.id)
        except Refused as refused:
            wrong = refused
        else:
            return redirect("case", number)
    shown = {"view": view, "me": request.user.pk, "wrong": wrong, "today": on, "typed": why_of(request),
             "reports": worker_reports.of_case(case=view.row.id, by=who), "not_a_report": NOT_A_REPORT}  # fmt: skip
    return render(request, "inspector/case.html", shown, status=wrong.status if wrong else 200)


def _step(request: HttpRequest, id_: int) -> None:
    """Take or propose a step, or decide a proposal, as the button says."""
    do, kind, sent = request.POST.get("do", ""), request.POST.get("kind", ""), request.POST.get("proposal", "")
    told: dict[str, Any] = {"by": actor.of(request), "on": clock.today()}
    if do in ("approve", "reject") and sent.isdigit() and len(sent) < 18:
        compliance.decide(proposal=int(sent), approve=do == "approve", answer=why_of(request), **told)
        doors.say(request, "Diputuskan.", "Decided.")
    elif kind in StepKind.values:
        act = compliance.propose if kind in cases.TWO_PEOPLE else compliance.take
        act(case=id_, kind=kind, why=why_of(request), **told)
        doors.say(request, "Dicatat.", "Noted.")


@doors.door("inspect")
def letter(request: HttpRequest, number: str, step: int) -> HttpResponse:
    """A letter of a case, for the printer."""
    view = compliance.view(number=number, by=actor.of(request), on=clock.today(), why=f"Surat perkara {number}")
    return letters.letter_page(request, view, step)
