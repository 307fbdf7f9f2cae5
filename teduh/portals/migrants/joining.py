"""Two doors for who works abroad: before departure, and from abroad. Few questions, kept at each step; what it costs
and does not cover is said before anything is stored or paid."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import auth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from teduh.core import clock, jobs
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import family, register, sign_up
from teduh.law import migrant_terms
from teduh.migrants import families, queries, rates, reference
from teduh.migrants.facts import NewMigrant
from teduh.portals import actor, doors, draft
from teduh.portals.migrants import costs
from teduh.portals.migrants import joining_forms as forms
from teduh.portals.templatetags import words

BACKEND = "django.contrib.auth.backends.ModelBackend"
#: The two doors: the draft that each keeps, and what its steps are called.
ABROAD, BEFORE = "abroad", "before"
KEPT = {ABROAD: "joining-abroad", BEFORE: "joining-before"}
NAMES = {ABROAD: "migrant_abroad_step", BEFORE: "migrant_before_step"}
FORMS = {"siapa": forms.Who, "negara": forms.Country, "perjanjian": forms.Agreement, "kontak": forms.Contact,
         "periksa": forms.Agree}  # fmt: skip
DAYS = ("birth_date", "passport_until", "agreement_starts", "agreement_ends")
#: Where a refusal of the last page is put right.
STEP_OF = {"nik": "siapa", "name": "siapa", "birth_date": "siapa", "destination": "negara", "organisation": "negara",
           "scheme": "negara", "passport": "negara", "passport_until": "negara", "agreement_starts": "perjanjian",
           "agreement_ends": "perjanjian", "employer": "perjanjian", "job": "perjanjian", "phone": "kontak",
           "heirs": "kontak"}  # fmt: skip


@require_safe
@doors.door()
def front(request: HttpRequest) -> HttpResponse:
    """The two doors, what it costs and what it gives; whoever has begun goes on where he was."""
    on = clock.today()
    drafts = {door: draft.read(request, name) for door, name in KEPT.items()}
    return render(request, "migrants/joining/front.html", {
        "covers": migrant_terms.covered(phase="during", route="individual", on=on),
        "not_covered": migrant_terms.not_covered(phase="during", route="individual", abroad=True, on=on),
        "costs": costs.table(on=on), "begun": {door: _first_open(told) for door, told in drafts.items() if told},
        "is_placed": _placement(request) is not None,
    })  # fmt: skip


def _first_open(answers: dict[str, Any]) -> str:
    return next((step for step in forms.STEPS if step not in answers), forms.STEPS[-1])


def _placement(request: HttpRequest) -> int | None:
    """The open placement of the member who is signed in."""
    who = actor.of(request)
    found = queries.current(person=who.person) if who.person else None
    is_open = found and queries.placement(by=who, placement=found, on=clock.today()).is_open
    return found if is_open else None


def _signed_in(request: HttpRequest) -> bool:
    return actor.of(request).person is not None


@doors.door()
def start(request: HttpRequest, door: str) -> HttpResponse:
    """Begin, or go on where the connection was lost."""
    if blocked := _blocked(request):
        return blocked
    return redirect(NAMES[door], _first_open(draft.read(request, KEPT[door])))


def _blocked(request: HttpRequest) -> HttpResponse | None:
    """Who has a placement goes to it; staff and desks register people on their own pages."""
    if not request.user.is_authenticated:
        return None
    if not _signed_in(request):
        return redirect("front")
    return redirect("migrant_home") if _placement(request) is not None else None


@sensitive_post_parameters("password")
@doors.door()
def step(request: HttpRequest, door: str, name: str) -> HttpResponse:
    """One page of questions; its answers are kept and the next one follows."""
    if blocked := _blocked(request):
        return blocked
    answers = draft.read(request, KEPT[door])
    missing = next((s for s in forms.STEPS[: forms.STEPS.index(name)] if s not in answers), None)
    if missing:
        return redirect(NAMES[door], missing)
    form = _form(request, door, name, answers)
    if request.method == "POST" and form.is_valid():
        if name == forms.STEPS[-1]:
            return _send(request, door, form, answers)
        told = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in form.cleaned_data.items()}
        draft.keep(request, name, told, KEPT[door])
        if "key" not in answers:
            draft.keep(request, "key", {"key": doors.key(request)}, KEPT[door])
        return redirect(NAMES[door], forms.STEPS[forms.STEPS.index(name) + 1])
    return _shown(request, door, name, form, answers)


def _form(request: HttpRequest, door: str, name: str, answers: dict[str, Any]) -> Any:
    extra: dict[str, Any] = {
        "siapa": {"on": clock.today()}, "negara": {"abroad": door == ABROAD},
        "kontak": {"signed_in": _signed_in(request)}, "periksa": {"signed_in": _signed_in(request)},
    }.get(name, {})  # fmt: skip
    initial = {k: _day(v) if k in DAYS and v else v for k, v in answers.get(name, {}).items()}
    return FORMS[name](request.POST if request.method == "POST" else None, initial=initial, **extra)


def _day(text: str) -> str:
    return dt.date.fromisoformat(text).strftime("%d-%m-%Y")


def _shown(request: HttpRequest, door: str, name: str, form: Any, answers: dict[str, Any]) -> HttpResponse:
    at = forms.STEPS.index(name)
    shown: dict[str, Any] = {
        "form": form, "step": name, "title": forms.TITLES[name], "steps": forms.STEPS, "at": at, "number": at + 1,
        "count": len(forms.STEPS), "abroad": door == ABROAD, "key": doors.key(request),
        "before": reverse(NAMES[door], args=[forms.STEPS[at - 1]]) if at else reverse("migrants"),
        "addresses": {one: reverse(NAMES[door], args=[one]) for one in forms.STEPS},
    }  # fmt: skip
    if name == forms.STEPS[-1]:
        try:
            shown |= _summary(answers, door)
        except Refused as refused:
            doors.say(request, f"{refused.what.id} {refused.then.id}", f"{refused.what.en} {refused.then.en}")
            return redirect(NAMES[door], STEP_OF.get(refused.field or "", forms.STEPS[0]))
    return render(request, f"migrants/joining/{name}.html", shown, status=422 if form.errors else 200)


def _summary(answers: dict[str, Any], door: str) -> dict[str, Any]:
    """What was said, what the law says of it, what it costs here and there, and what it does not cover."""
    on = clock.today()
    who = forms.newcomer(answers, abroad=door == ABROAD)
    decision = register.decide(newcomer=who, on=on)
    place = reference.destination(who.destination)
    quote = sign_up.price(newcomer=who, on=on) if decision.outcome != "refused" else None
    local = rates.local(rupiah=quote.total, currency=place.currency, on=on) if place and quote and quote.total else None
    return {"who": who, "decision": decision, "place": place, "quote": quote, "local": local,
            "contact": answers["kontak"], "lines": costs.lines(quote.lines) if quote else ()}  # fmt: skip


def _send(request: HttpRequest, door: str, form: Any, answers: dict[str, Any]) -> HttpResponse:
    """Register, and open the account where there is none; then pay, or see what is waited for."""
    on, at, key = clock.today(), clock.now(), answers["key"]["key"]
    told = form.cleaned_data
    try:
        who = forms.newcomer(answers, abroad=door == ABROAD, consent=told["consent"])
        if _signed_in(request):
            made = register.register(newcomer=who, by=actor.of(request), on=on, at=at, key=key)
        else:
            user, made = sign_up.register_and_open(
                newcomer=who, password=told["password"], on=on, at=at, key=key, language=words.language()
            )
            auth.login(request, user, backend=BACKEND)
            del request.actor
    except Refused as refused:
        if refused.code == "phone_has_account" and (again := _came_through(request, who, told["password"])):
            return again
        doors.onto(form, refused)
        return _shown(request, door, forms.STEPS[-1], form, answers)
    jobs.soon("ask_civil_registry", at=at)
    draft.forget(request, KEPT[door])
    code = _name_family(request, made.person, answers["kontak"])
    draft.hand_over(request, "joined", {"code": code, "family": answers["kontak"]["family_name"]})
    return redirect("migrant_joined")


def _came_through(request: HttpRequest, who: NewMigrant, password: str) -> HttpResponse | None:
    """The answer to the first sending was lost on its way: whoever knows the password is let in, and it is there."""
    user = auth.authenticate(request, username=who.phone, password=password)
    if user is None:
        return None
    auth.login(request, user)
    return redirect("migrant_home")


def _name_family(request: HttpRequest, person: int, told: dict[str, Any]) -> str:
    """A code for the relative who may act, if he wishes so; a relative who cannot be named stops nothing."""
    if not told["family_name"] or not told["family_may"]:
        return ""
    try:
        return family.name(
            person=person, name=told["family_name"], relation=told["family_relation"],
            phone=told["family_phone"] or None, may=tuple(families.MAY), by=actor.of(request), on=clock.today(),
            at=clock.now(),
        ).code  # fmt: skip
    except Refused as refused:
        doors.say(request, f"{refused.what.id} {refused.then.id}", f"{refused.what.en} {refused.then.en}")
        return ""


@require_safe
@doors.door("self")
def joined(request: HttpRequest) -> HttpResponse:
    """Registered: the number, what is waited for, the relative's code (once), and the way to pay."""
    placement = _placement(request)
    if placement is None:
        return redirect("migrants")
    view = queries.placement(by=actor.of(request), placement=placement, on=clock.today())
    told = draft.take(request, "joined")
    return render(request, "migrants/joining/joined.html", {
        "p": view, "told": told, "waits": [Text(one["id"], one["en"]) for one in view.verdict["waits_for"]],
        "code_address": request.build_absolute_uri(reverse("family_sign_up")),
    })  # fmt: skip
