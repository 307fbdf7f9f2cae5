"""Joining, alone or with an agent's or officer's help: one question group a page, all shown before it counts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from teduh.core import clock, jobs
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining import documents, sign_up
from teduh.journeys.joining import join as joining_journey
from teduh.law import assessment
from teduh.law import facts as law
from teduh.law.months import Month
from teduh.portals import actor, doors, draft, joining, regions, terms
from teduh.portals.templatetags import words
from teduh.registry import queries as registry
from teduh.registry.models import Occupation
from teduh.security.models import Role

#: The three places of a person, kept apart: a village may register, house and employ three different people.
PLACES = ("lives_in", "works_in", "registered_at")

FORMS = {
    "who": joining.Who,
    "home": joining.Home,
    "work": joining.Work,
    "cover": joining.Cover,
    "heirs": joining.Heirs,
    "agree": joining.Agree,
}


def _own(request: HttpRequest) -> bool:
    """Whether somebody joins for himself; otherwise he is helped."""
    return not actor.of(request).may("enrol")


def _blocked(request: HttpRequest) -> bool:
    """Members have joined already; auditors and operators enrol nobody."""
    return request.user.is_authenticated and _own(request)


@doors.door()
def start(request: HttpRequest) -> HttpResponse:
    """What is needed, and the way in."""
    if _blocked(request):
        return redirect("front")
    draft.forget(request)
    return render(request, "join/start.html", {"own": _own(request)})


def _form(request: HttpRequest, step: str, answers: dict[str, Any]) -> Any:
    extra: dict[str, Any] = {"who": {"on": clock.today()}}.get(step, {})
    if step in ("home", "cover", "agree"):
        extra = {"own": _own(request)}
    initial = dict(answers.get(step, {}))
    if step == "who" and initial.get("birth_date"):
        initial["birth_date"] = dt.date.fromisoformat(initial["birth_date"]).strftime("%d-%m-%Y")
    if step == "agree":
        initial.setdefault("consent", ["membership", "identity", "messages"])
    sent = request.method == "POST"
    return FORMS[step](request.POST if sent else None, request.FILES if sent else None, initial=initial, **extra)


@sensitive_post_parameters("password")
@doors.door()
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One page of questions; its answers are kept and the next one follows."""
    if _blocked(request):
        return redirect("front")
    answers = draft.read(request)
    missing = next((s for s in joining.STEPS[: joining.STEPS.index(name)] if s not in answers and s != "heirs"), None)
    if missing:
        return redirect("join_step", missing)
    more = "more" in request.POST
    form = _form(request, name, answers)
    if request.method == "POST" and not more and form.is_valid():
        if name == "agree":
            return _send(request, form, answers)
        try:
            told = _plain(request, name, form)
        except Refused as refused:
            doors.onto(form, refused)
            return _shown(request, name, form, answers)
        draft.keep(request, name, told)
        return redirect("join_step", joining.STEPS[joining.STEPS.index(name) + 1])
    return _shown(request, name, form, answers)


def _plain(request: HttpRequest, name: str, form: Any) -> dict[str, Any]:
    told = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in form.cleaned_data.items()}
    if name == "home":
        told |= {name: regions.chosen(request.POST, name) for name in PLACES}
    if name == "work":
        told["evidence_file"] = _kept(request, told["evidence_file"], draft.read(request).get("work", {}))
    return told


def _shown(request: HttpRequest, name: str, form: Any, answers: dict[str, Any]) -> HttpResponse:
    at = joining.STEPS.index(name)
    shown: dict[str, Any] = {
        "form": form,
        "step": name,
        "title": joining.TITLES[name],
        "steps": joining.STEPS,
        "at": at,
        "number": at + 1,
        "count": len(joining.STEPS),
        "own": _own(request),
        "before": joining.STEPS[at - 1] if at else None,
    }
    if name == "home":
        shown.update(_region_lists(request, answers.get("home", {})))
    if name == "cover":
        shown["prices"] = _prices(answers["work"])
    if name == "agree":
        shown.update(_summary(request, answers))
    return render(request, f"join/{name}.html", shown, status=422 if form.errors else 200)


def _region_lists(request: HttpRequest, answers: dict[str, Any]) -> dict[str, Any]:
    codes = {
        name: regions.chosen(request.POST, name) if request.method == "POST" else answers.get(name, "")
        for name in PLACES
    }
    shown: dict[str, Any] = {name: regions.levels(name, code) for name, code in codes.items()}
    return shown | {"works_elsewhere": bool(codes["works_in"]), "registered_elsewhere": bool(codes["registered_at"])}


def _kept(request: HttpRequest, file: Any, before: dict[str, Any]) -> str:
    """The digest of the evidence file that was sent now, or of the one sent when this page was filled in before."""
    if not file:
        return before.get("evidence_file", "")
    return documents.keep(content=file.read(), by=actor.of(request))


def _prices(work: dict[str, Any]) -> dict[str, Any]:
    month = Month.of(clock.today())
    asked = {"income": work["income"], "sector": law.relief_sector(registry.sector_of(work["occupation"]))}
    without = assessment.assess(law.SelfEmployed(**asked), month=month)
    with_savings = assessment.assess(law.SelfEmployed(**asked, programmes=("JKK", "JKM", "JHT")), month=month)
    return {"month": month, "without": without.as_dict(), "with": with_savings.as_dict()}


def _summary(request: HttpRequest, answers: dict[str, Any]) -> dict[str, Any]:
    """What was said, what the law says of it, and what will end or limit cover: before anything is stored."""
    on = clock.today()
    newcomer = joining.newcomer(answers, on=on, agent=_agent(request))
    verdict = joining_journey.decide(newcomer=newcomer, on=on)
    prices = _prices(answers["work"])
    work = Occupation.objects.filter(code=newcomer.occupation).values_list("name_id", "name_en").first() or ("", "")
    return {
        "newcomer": newcomer,
        "verdict": verdict,
        "verdict_tone": terms.TONE.get(verdict.outcome, ""),
        "price": prices["with" if "JHT" in newcomer.programmes else "without"],
        "month": prices["month"],
        "lives_in": regions.said(newcomer.lives_in or ""),
        "works_in": regions.said(newcomer.works_in or ""),
        "registered_at": regions.said(newcomer.registered_at or ""),
        "occupation": Text(*work),
    }


def _agent(request: HttpRequest) -> int | None:
    return request.user.pk if getattr(request.user, "role", "") == Role.AGENT else None


def _send(request: HttpRequest, form: Any, answers: dict[str, Any]) -> HttpResponse:
    """Join; for oneself open the account too and go on to paying."""
    who, own, on, at = actor.of(request), _own(request), clock.today(), clock.now()
    try:
        newcomer = joining.newcomer(answers, on=on, agent=_agent(request), consent=tuple(form.cleaned_data["consent"]))
        if own:
            member = sign_up.join_and_open(
                newcomer=newcomer, password=form.cleaned_data["password"], by=who, on=on, at=at,
                language=words.language(),
            )  # fmt: skip
        else:
            channel = "agent" if who.role == Role.AGENT else "officer"
            joined = joining_journey.join(newcomer=newcomer, by=who, on=on, channel=channel, at=at)
    except Refused as refused:
        doors.onto(form, refused)
        return _shown(request, "agree", form, answers)
    jobs.soon("ask_civil_registry", at=at)
    draft.forget(request)
    if own:
        auth.login(request, member, backend="django.contrib.auth.backends.ModelBackend")
        doors.say(
            request,
            "Anda terdaftar. Perlindungan mulai setelah iuran pertama diterima.",
            "You are enrolled. Protection starts when the first contribution arrives.",
        )
        return redirect("member_pay")
    doors.say(
        request,
        f"Terdaftar dengan nomor peserta {joined.member_number}.",
        f"Enrolled as member {joined.member_number}.",
    )
    return redirect("person_pay", joined.person)
