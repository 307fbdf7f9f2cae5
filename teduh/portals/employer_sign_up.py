"""The way in for who acts for a firm: an account first, then the firm in four short steps; officers register too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import reference
from teduh.journeys.employers import employers as journey
from teduh.journeys.joining import sign_up
from teduh.law import programmes as law
from teduh.portals import actor, auth, doors, draft, employer_forms, regions, terms
from teduh.portals.templatetags.words import language

BACKEND = "django.contrib.auth.backends.ModelBackend"
NAME = "registering"
STEPS = ("firm", "activity", "size", "agree")
TITLES = {
    "firm": Text("Usaha Anda", "Your business"),
    "activity": Text("Kegiatan dan risikonya", "Activity and its risk"),
    "size": Text("Ukuran dan program", "Size and programmes"),
    "agree": Text("Periksa dan daftarkan", "Check and register"),
}
PLACE = "works_in"


@sensitive_post_parameters("password")
@never_cache
@doors.door()
def open_account(request: HttpRequest) -> HttpResponse:
    """An account for the firm's affairs; whoever opened it goes on to register."""
    if request.user.is_authenticated:
        return redirect("employer_new" if actor.of(request).may("own_employers") else auth.home_of(request.user))
    form = employer_forms.Account(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = sign_up.open_employer_account(
                name=told["name"], username=auth.account_name(told["username"]), password=told["password"],
                language=language(),
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            answer = auth.enter(request, made, backend=BACKEND)
            answer.headers["Location"] = reverse("employer_new")
            return answer
    return render(request, "employer/account.html", {"form": form}, status=422 if form.errors else 200)


@doors.door("own_employers", "everyone")
def start(request: HttpRequest) -> HttpResponse:
    """What is needed, and the first step."""
    draft.forget(request, NAME)
    return render(request, "employer/start.html", {"own": actor.of(request).may("own_employers")})


@doors.door("own_employers", "everyone")
def step(request: HttpRequest, name: str) -> HttpResponse:
    """One step: its answers are kept, and the next is shown."""
    told = draft.read(request, NAME)
    missing = next((one for one in STEPS[: STEPS.index(name)] if one not in told), None)
    if missing:
        return redirect("employer_new_step", missing)
    return {"firm": _firm, "activity": _activity, "size": _size, "agree": _agree}[name](request, told)


def _shown(request: HttpRequest, name: str, shown: dict[str, Any]) -> HttpResponse:
    at = STEPS.index(name)
    frame = {
        "steps": STEPS, "at": at, "number": at + 1, "count": len(STEPS), "title": TITLES[name],
        "before": STEPS[at - 1] if at else "",
    }  # fmt: skip
    wrong = shown.get("form") is not None and shown["form"].errors
    return render(request, f"employer/new_{name}.html", frame | shown, status=422 if wrong else 200)


def _next(request: HttpRequest, name: str, answers: dict[str, Any]) -> HttpResponse:
    draft.keep(request, name, answers, NAME)
    return redirect("employer_new_step", STEPS[STEPS.index(name) + 1])


def _firm(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    kept = told.get("firm", {})
    more = "more" in request.POST
    form = employer_forms.Firm(request.POST if request.method == "POST" and not more else None,
                               initial=request.POST.dict() if more else kept)  # fmt: skip
    region = regions.chosen(request.POST, PLACE) if request.method == "POST" else kept.get("region", "")
    if form.is_bound and form.is_valid():
        if region:
            return _next(request, "firm", {**form.cleaned_data, "region": region})
        form.add_error(None, str(Text("Pilih provinsi dan kabupaten/kota.", "Choose the province and the regency.")))
    return _shown(request, "firm", {"form": form, "levels": regions.levels(PLACE, region)[:2], "name": PLACE})


def found(sought: str, kept: str = "") -> list[tuple[str, str]]:
    """Activities of the regulation's list that have the word, with their risk class."""
    rows = {one.id: one for one in reference.activities(search=sought)} if sought else {}
    if kept.isdigit() and int(kept) not in rows:
        rows |= {one.id: one for one in (reference.activity(id=int(kept)),) if one}
    return [(str(one.id), f"{one.name} · {terms.say('risk_class', str(one.risk_class))}") for one in rows.values()]


def _activity(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    kept = told.get("activity", {})
    sought = " ".join((request.POST.get("sought") or request.GET.get("sought") or "").split())[:80]
    chosen = request.POST.get("activity", "") or kept.get("activity", "")
    choices = found(sought, chosen)
    saving = request.method == "POST" and "find" not in request.POST
    form = employer_forms.Activity(request.POST if saving else None, found=choices, initial=kept)
    if form.is_bound and form.is_valid():
        return _next(request, "activity", form.cleaned_data)
    search = employer_forms.Search(initial={"sought": sought})
    return _shown(request, "activity", {"form": form, "search": search, "sought": sought, "found": choices})


def _size(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    form = employer_forms.Size(request.POST or None, initial=told.get("size", {}))
    if form.is_bound and form.is_valid():
        return _next(request, "size", form.cleaned_data)
    return _shown(request, "size", {"form": form, "sizes": sizes()})


def sizes() -> list[dict[str, Any]]:
    """Each size, up to where it goes, and what it makes mandatory."""
    most = {name: (capital, sales) for name, capital, sales in law.SIZES}
    return [
        {"size": size, "most": most.get(size), "mandatory": law.mandatory(size).programmes}
        for size in ("micro", "small", "medium", "large")
    ]


def taken_part(size: dict[str, Any]) -> tuple[law.Mandatory, tuple[str, ...]]:
    """What the size makes mandatory, and all programmes with those chosen besides."""
    must = law.mandatory(law.size_of(capital=size["capital"], yearly_sales=size["yearly_sales"]))
    return must, tuple(one for one in ("JKK", "JKM", "JHT", "JP") if one in {*must.programmes, *size["programmes"]})


def _agree(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    must, programmes = taken_part(told["size"])
    form = employer_forms.Person(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = journey.register(
                firm=_new(told, programmes, form.cleaned_data), by=actor.of(request), on=clock.today(), at=clock.now(),
                key=doors.key(request),
            )  # fmt: skip
        except Refused as refused:
            doors.onto(form, refused)
        else:
            draft.forget(request, NAME)
            doors.say(request, f"Terdaftar. NPP {made.npp}.", f"Registered. NPP {made.npp}.")
            return redirect("employer_home", made.employer)
    return _shown(request, "agree", {
        "form": form, "told": told, "must": must, "programmes": programmes, "key": doors.key(request),
        "activity": dict(found("", told["activity"]["activity"])).get(told["activity"]["activity"], ""),
        "region": regions.said(told["firm"]["region"]),
    })  # fmt: skip


def _new(told: dict[str, Any], programmes: tuple[str, ...], person: dict[str, Any]) -> journey.NewFirm:
    firm, size = told["firm"], told["size"]
    return journey.NewFirm(
        name=firm["name"], legal_form=firm["legal_form"], nib=firm["nib"] or None, npwp=firm["npwp"] or None,
        region=firm["region"], address=firm["address"], phone=firm["phone"], email=firm["email"],
        activity=int(told["activity"]["activity"]), evidence=told["activity"]["evidence"],
        capital=size["capital"], yearly_sales=size["yearly_sales"], programmes=programmes,
        labour_intensive=size["labour_intensive"], health_insured=size["health_insured"],
        contact_name=person["name"], contact_position=person["position"], contact_phone=person["phone"],
        contact_email=person["email"],
    )  # fmt: skip
