"""Registering one person: an agency its own, a mission somebody in its country, an officer at the counter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import register
from teduh.migrants import queries
from teduh.migrants.facts import NewMigrant
from teduh.portals import doors
from teduh.portals.forms import said
from teduh.portals.migrants import desk_door, desk_forms, desk_person
from teduh.portals.migrants.desk_door import Here


class NewOfOthers(desk_forms.NewPerson):
    """The same by who places nobody: a mission or an officer, who names the agency if there was one."""

    agency = forms.ChoiceField(
        label=said("Lembaga penempatan (bila ada)", "Placing organisation (if any)"), required=False,
        choices=lambda: [("", Text("Berangkat sendiri", "On one's own")), *_agencies()],
    )  # fmt: skip
    field_order = tuple(
        "agency" if name == "scheme" else name for name in desk_forms.NewPerson.field_order
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("scheme", None)


def _agencies() -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for kind in ("agency", "government")
            for one in queries.organisations(kind=kind, limit=1_000)]  # fmt: skip


@desk_door.desk(officers=True)
def new(request: HttpRequest, here: Here) -> HttpResponse:
    """The form; on success the person's page says what the law found and what is next."""
    if not here.enters:
        return redirect("desk_people")
    made = NewOfOthers if here.kind in ("mission", "officer") else desk_forms.NewPerson
    form = made(request.POST or None, kind=here.kind)
    if here.serves and len(here.serves) == 1 and not form.is_bound:
        form.fields["destination"].initial = here.serves[0]
    if form.is_bound and form.is_valid():
        try:
            done = register.register(
                newcomer=_newcomer(here, form.cleaned_data), by=here.who, on=clock.today(), at=clock.now(),
                key=f"{here.who.user}:{doors.key(request)}", why=here.why,
            )  # fmt: skip
        except Refused as refused:
            if refused.status == 403:
                raise
            doors.onto(form, refused)
        else:
            _say(request, done)
            return redirect("desk_person", done.placement)
    return desk_door.page(request, here, "new", {"form": form, "key": doors.key(request)},
                          status=422 if form.errors else 200)  # fmt: skip


def _newcomer(here: Here, told: dict[str, Any]) -> NewMigrant:
    scheme, organisation = _scheme(here, told)
    return NewMigrant(
        nik=told["nik"], name=told["name"], birth_date=told["birth_date"], phone=told["phone"] or None, scheme=scheme,
        organisation=organisation, destination=told["destination"], abroad=told["where"] == "abroad",
        passport=told["passport"] or None, passport_until=told["passport_until"],
        agreement=desk_person.agreement(told), papers=tuple((kind, None) for kind in told["papers"]),
        consent=told["consent"],
    )  # fmt: skip


def _scheme(here: Here, told: dict[str, Any]) -> tuple[str, int | None]:
    if here.kind in ("agency", "government"):
        return here.kind, here.id
    chosen = told.get("agency") or ""
    if not chosen:
        return "own", None
    return queries.organisation(organisation=int(chosen)).kind, int(chosen)


def _say(request: HttpRequest, done: register.Registered) -> None:
    if done.waits_for:
        doors.say(request, f"Terdaftar dengan nomor {done.number}. Masih ada yang ditunggu; lihat di bawah.",
                  f"Registered, number {done.number}. Something is still waited for; see below.")  # fmt: skip
    else:
        doors.say(request, f"Terdaftar dengan nomor {done.number}. Buat tagihannya agar terlindungi.",
                  f"Registered, number {done.number}. Make the bill so that cover begins.")  # fmt: skip
