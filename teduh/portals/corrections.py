"""Correcting one's data: what one may change oneself, and what an officer decides on evidence. Helpers use it too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining import data
from teduh.portals import actor, doors, joining, member, regions, terms
from teduh.portals.forms import Asked, Day, Money, Words, said
from teduh.registry import consents, facts
from teduh.registry.queries import dossiers

FIELDS = {
    "name": Text("Nama", "Name"),
    "nik": Text("NIK", "NIK"),
    "birth_date": Text("Tanggal lahir", "Birth date"),
    "sex": Text("Jenis kelamin (P/L)", "Sex (F/M)"),
}
MOST_HEIRS = 5


class Contact(Asked):
    """How and where to reach somebody."""

    phone = Words(
        "Nomor HP",
        "Mobile number",
        most=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = Words(
        "Surel",
        "E-mail",
        most=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    address = Words("Alamat (jalan, RT/RW)", "Address (street, RT/RW)", most=300, required=False)


class Work(Asked):
    """What somebody does and earns, from next month on."""

    occupation = forms.ChoiceField(label=said("Pekerjaan", "Occupation"))
    second_occupation = forms.ChoiceField(
        label=said("Pekerjaan kedua (bila ada)", "Second occupation (if any)"), required=False
    )
    income = Money("Penghasilan rata-rata sebulan", "Average income a month")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("occupation", "second_occupation"):
            self.fields[name].choices = joining.occupations()


class Request(Asked):
    """A change of who somebody is."""

    field = forms.ChoiceField(label=said("Yang diperbaiki", "What to correct"), choices=list(FIELDS.items()))
    value = Words("Seharusnya", "It should be", most=120)
    evidence = Words(
        "Buktinya",
        "The evidence",
        most=500,
        hint=said(
            "Misalnya: KTP baru 2025, KK, akta lahir.", "Such as: new KTP of 2025, family card, birth certificate."
        ),
    )
    changed_on = Day("Berubah sejak (bila tahu)", "Changed on (if known)", required=False)


class OneHeir(Asked):
    """A row of the heirs' list; an empty name takes the row away."""

    name = Words("Nama", "Name", required=False)
    relation = forms.ChoiceField(
        label=said("Hubungan", "Relation"),
        required=False,
        choices=[("", Text("Pilih…", "Choose…")), *terms.choices("relation")],
    )
    birth_date = Day("Tanggal lahir (bila tahu)", "Birth date (if known)", required=False)
    phone = Words("Nomor HP (bila ada)", "Mobile number (if any)", most=40, required=False)


HeirForms = forms.formset_factory(OneHeir, extra=0, max_num=MOST_HEIRS, validate_max=True)


@doors.door("self")
def own(request: HttpRequest) -> HttpResponse:
    """My data."""
    return _page(request, member.own_person(request), "member_data", member.OWN)


@doors.door("own_people", "everyone")
def of_person(request: HttpRequest, person: int) -> HttpResponse:
    """Somebody's data, corrected with him."""
    return _page(request, person, "person_data", "Perbaikan data bersama peserta")


def _page(request: HttpRequest, person: int, address: str, why: str) -> HttpResponse:
    record = dossiers.dossier(actor=actor.of(request), why=why, person=person)
    do = request.POST.get("do") if "more" not in request.POST else None
    made = _forms(request, record, do)
    if do in DOES and (do == "consent" or made[do].is_valid()):
        try:
            DOES[do](request, record, made)
            return redirect(*((address, person) if address == "person_data" else (address,)))
        except Refused as refused:
            if do in ("consent", "heirs"):
                return doors.refusal(request, refused)
            doors.onto(made[do], refused)
    code = (
        regions.chosen(request.POST, "lives_in") if request.POST else (record.lives_in.code if record.lives_in else "")
    )
    wrong = any(form.errors for name, form in made.items() if name != "heirs")
    return render(request, "member/data.html", {
        "me": record, **made, "own": address == "member_data", "lives_in": regions.levels("lives_in", code),
        "purposes": _purposes(record), "fields": FIELDS,
    }, status=422 if wrong else 200)  # fmt: skip


def _forms(request: HttpRequest, record: dossiers.Dossier, do: str | None) -> dict[str, Any]:
    sent = request.POST if request.method == "POST" else None
    enrolment = record.enrolment
    now = enrolment.declarations[-1] if enrolment and enrolment.declarations else enrolment
    work = (
        {"occupation": now.occupation, "second_occupation": now.second_occupation, "income": now.income} if now else {}
    )
    heirs = [
        {"name": one.name, "relation": one.relation, "phone": one.phone,
         "birth_date": one.birth_date.strftime("%d-%m-%Y") if one.birth_date else ""}
        for one in record.heirs if not one.ended_on
    ][: MOST_HEIRS - 1]  # fmt: skip
    contact = {"phone": record.phone, "email": record.email, "address": record.address}
    return {
        "contact": Contact(sent if do == "contact" else None, initial=contact, prefix="c"),
        "work": Work(sent if do == "work" else None, initial=work, prefix="w"),
        "request_form": Request(sent if do == "request_form" else None, prefix="r"),
        "heirs": HeirForms(sent if do == "heirs" else None, initial=[*heirs, {}], prefix="h"),
    }


def _contact(request: HttpRequest, record: dossiers.Dossier, made: dict[str, Any]) -> None:
    changes: dict[str, Any] = {
        name: made["contact"].cleaned_data[name] or None for name in made["contact"].changed_data
    }
    region = regions.chosen(request.POST, "lives_in")
    if region and region != (record.lives_in.code if record.lives_in else ""):
        changes["lives_in"] = region
    _correct(request, record, changes)


def _work(request: HttpRequest, record: dossiers.Dossier, made: dict[str, Any]) -> None:
    told = made["work"].cleaned_data
    _correct(request, record, {name: told[name] or None for name in made["work"].changed_data})


def _heirs(request: HttpRequest, record: dossiers.Dossier, made: dict[str, Any]) -> None:
    told = [form.cleaned_data for form in made["heirs"] if form.cleaned_data.get("name")]
    heirs = tuple(
        facts.HeirNamed(
            name=one["name"], relation=one["relation"], birth_date=one["birth_date"], phone=one["phone"] or None
        )
        for one in told
    )
    _correct(request, record, {"heirs": heirs})


def _correct(request: HttpRequest, record: dossiers.Dossier, changes: dict[str, Any]) -> None:
    if not changes:
        doors.say(request, "Tidak ada yang berubah.", "Nothing changed.")
        return
    done = data.correct(person=record.id, changes=changes, by=actor.of(request), on=clock.today(), at=clock.now())
    notes = [*done.notes]
    doors.say(
        request,
        " ".join(["Perubahan disimpan.", *(n.id for n in notes)]),
        " ".join(["The change is stored.", *(n.en for n in notes)]),
    )


def _request(request: HttpRequest, record: dossiers.Dossier, made: dict[str, Any]) -> None:
    told = made["request_form"].cleaned_data
    data.request(person=record.id, field=told["field"], value=told["value"], evidence=told["evidence"],
                 changed_on=told["changed_on"], by=actor.of(request), on=clock.today())  # fmt: skip
    doors.say(
        request,
        "Permohonan dikirim; petugas memutuskan berdasarkan bukti.",
        "The request is sent; an officer decides on the evidence.",
    )


def _consent(request: HttpRequest, record: dossiers.Dossier, made: dict[str, Any]) -> None:
    purpose = request.POST.get("purpose", "")
    if purpose in consents.PURPOSES:
        data.withdraw_consent(
            person=record.id, purposes=(purpose,), by=actor.of(request), on=clock.today(), at=clock.now()
        )
        doors.say(request, "Persetujuan ditarik.", "The consent is withdrawn.")


DOES = {"contact": _contact, "work": _work, "heirs": _heirs, "request_form": _request, "consent": _consent}


def _purposes(record: dossiers.Dossier) -> list[tuple[str, Text, bool]]:
    """What was agreed to and still holds, and whether it may be withdrawn."""
    held = {purpose for one in record.consents if one.withdrawn_at is None for purpose in one.purposes}
    return [(code, said_, code != consents.REQUIRED) for code, said_ in consents.PURPOSES.items() if code in held]
