"""The questions of joining as a migrant worker, step by step, and the newcomer that the answers make."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import password_validation

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import family
from teduh.migrants import facts, queries, reference
from teduh.migrants.facts import NewAgreement, NewMigrant
from teduh.portals import joining, terms
from teduh.portals.forms import Asked, ChosenPassword, Day, OneOf, Words, Yes, said
from teduh.registry import phones
from teduh.registry.facts import HeirNamed
from teduh.security.models import User

STEPS = ("siapa", "negara", "perjanjian", "kontak", "periksa")
TITLES = {
    "siapa": Text("Siapa Anda", "Who you are"),
    "negara": Text("Negara dan paspor", "Country and passport"),
    "perjanjian": Text("Perjanjian kerja", "Work agreement"),
    "kontak": Text("Nomor Anda dan keluarga", "Your number and your family"),
    "periksa": Text("Periksa dan setujui", "Check and agree"),
}
PHONE = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
OFF = {"autocomplete": "off", "spellcheck": "false"}
CAPITALS = {**OFF, "autocapitalize": "characters", "class": "is-short"}
HOW = {
    "own": Text("Sendiri, lewat calo, atau tanpa prosedur resmi", "On my own, by a broker, or in no official way"),
    "agency": Text("Lewat P3MI (PJTKI)", "Through an agency (P3MI)"),
    "government": Text("Lewat program pemerintah (G to G)", "Through a government programme (G to G)"),
}
NEEDED = ("agreement_starts", "agreement_ends", "employer", "job")

Who = joining.Who


def countries() -> list[tuple[str, Any]]:
    """Destinations, the most frequent first."""
    return [("", Text("Pilih negara…", "Choose a country…")), *((d.code, d.name) for d in reference.destinations())]


def placers() -> list[tuple[str, Any]]:
    """Agencies and the government's placement."""
    found = [(str(one.id), one.name) for kind in ("agency", "government")
             for one in queries.organisations(kind=kind, limit=1_000)]  # fmt: skip
    return [("", Text("Pilih…", "Choose…")), *found]


class Country(Asked):
    """Where, how, and the passport."""

    destination = forms.ChoiceField(choices=countries)
    scheme = OneOf("Bagaimana Anda berangkat?", "How do you go?", choices=list(HOW.items()), initial="own")
    organisation = forms.ChoiceField(
        label=said("Nama P3MI atau program", "Name of the agency or programme"), choices=placers, required=False,
        help_text=said("Tidak ada di daftar? Pilih “sendiri” di atas; di luar negeri perlindungannya sama.",
                       "Not listed? Choose “on my own” above; abroad the cover is the same."),
    )  # fmt: skip
    passport = Words("Nomor paspor", "Passport number", most=30, required=False, widget=forms.TextInput(attrs=CAPITALS),
                     hint=said("Misalnya C1234567. Tidak memegang paspor? Kosongkan; kami jelaskan caranya.",
                               "Such as C1234567. You do not hold it? Leave it empty; we say what to do."))  # fmt: skip
    passport_until = Day("Paspor berlaku sampai", "Passport valid until", required=False)

    def __init__(self, *args: Any, abroad: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["destination"].label = said("Negara tujuan", "Where are you going?")
        if abroad:
            self.fields["destination"].label = said("Sekarang Anda di negara mana?", "In which country are you?")
            self.fields["scheme"].label = said("Dulu bagaimana Anda berangkat?", "How did you go there?")

    def clean_passport(self) -> str:
        try:
            return facts.passport(self.cleaned_data["passport"]) or ""
        except Refused as refused:
            raise forms.ValidationError(f"{refused.what} {refused.then}") from refused

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("scheme") == "own":
            told["organisation"] = ""
            self.errors.pop("organisation", None)
        elif told.get("scheme") and not told.get("organisation") and "organisation" not in self.errors:
            wrong = Text("Pilih namanya, atau pilih “sendiri”.", "Choose its name, or choose “on my own”.")
            self.add_error("organisation", str(wrong))
        return told


class AgreementAsked(Asked):
    """A work agreement: its days, who employs, as what."""

    agreement_starts = Day("Mulai", "First day", hint=said("Misalnya 1-4-2026.", "Such as 1-4-2026."))
    agreement_ends = Day("Berakhir", "Last day", hint=said("Misalnya 31-3-2028.", "Such as 31-3-2028."))
    employer = Words("Majikan atau perusahaan", "Employer", most=160, widget=forms.TextInput(attrs=OFF))
    job = Words("Pekerjaan", "Job", most=120, hint=said("Misalnya: perawat lansia, pekerja pabrik, nelayan.",
                                                       "Such as: caretaker, factory worker, fisher."))  # fmt: skip
    employer_address = Words("Alamat kerja (boleh kosong)", "Address of work (may stay empty)", most=300,
                             required=False)  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if all(told.get(name) for name in NEEDED):
            try:
                agreement_of(told)
            except Refused as refused:
                name = refused.field if refused.field in self.fields else "agreement_ends"
                self.add_error(name, f"{refused.what} {refused.then}")
        return told


class Agreement(AgreementAsked):
    """The same while joining, where there may be none."""

    has = OneOf("Punya perjanjian (kontrak) kerja?", "Do you have a work agreement?", initial="yes", choices=[
        ("yes", Text("Ya", "Yes")),
        ("no", Text("Tidak ada, hilang, atau ditahan majikan", "None, lost, or kept by the employer")),
    ])  # fmt: skip
    savings_monthly = forms.ChoiceField(
        label=said("Tabungan hari tua (JHT), bila mau", "Old-age savings (JHT), if you like"), required=False,
        help_text=said("Sukarela, dibayar terpisah; dapat dimulai kapan saja.", "Voluntary, paid apart, at any time."),
        choices=lambda: [("0", Text("Tidak sekarang", "Not now")), *(
            (str(n), Text(f"Rp{n:,} sebulan".replace(",", "."), f"Rp{n:,} a month")) for n in facts.SAVINGS if n)],
    )  # fmt: skip
    field_order = ("has", "agreement_starts", "agreement_ends", "employer", "job", "employer_address",
                   "savings_monthly")  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("has") != "no":
            return super().clean()
        for name in (*NEEDED, "employer_address"):
            self.errors.pop(name, None)
        empty = {"agreement_starts": None, "agreement_ends": None, "employer": "", "job": "", "employer_address": ""}
        return {**self.cleaned_data, **empty}


class Contact(Asked):
    """How to reach him, and somebody at home who may act for him."""

    phone = Words("Nomor HP Anda", "Your mobile number", most=40, widget=forms.TextInput(attrs=PHONE),
                  hint=said("Dipakai untuk masuk. Nomor luar negeri: mulai dengan + dan kode negara, "
                            "misalnya +886 912 345 678.",
                            "You sign in with it. A foreign number begins with + and the country's code, "
                            "such as +886 912 345 678."))  # fmt: skip
    family_name = Words("Nama keluarga di rumah", "Name of a relative at home", required=False)
    family_relation = forms.ChoiceField(label=said("Hubungan", "Relation"), required=False, choices=lambda: [
        ("", Text("Pilih…", "Choose…")), *family.RELATIONS.items()])  # fmt: skip
    family_phone = Words("Nomor HP keluarga", "The relative's mobile number", most=40, required=False,
                         widget=forms.TextInput(attrs={**PHONE, "autocomplete": "off"}))  # fmt: skip
    family_may = Yes("Boleh membantu saya: melihat perlindungan, membayar, memperpanjang, bicara dalam urusan",
                     "May help me: see my cover, pay, extend, speak in my matters", required=False,
                     hint=said("Ia mendapat kode untuk masuk. Anda dapat mengubah atau mengakhirinya kapan saja.",
                               "A code lets him or her in. You may change or end this at any time."))  # fmt: skip
    family_heir = Yes("Ia ahli waris saya", "He or she is my heir", required=False,
                      hint=said("Yang menerima santunan bila Anda meninggal; urutannya ditentukan undang-undang.",
                                "Who receives the benefit if you die; the law decides the order."))  # fmt: skip

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["phone"]

    def clean_phone(self) -> str:
        return _phone(self.cleaned_data["phone"])

    def clean_family_phone(self) -> str:
        return _phone(self.cleaned_data["family_phone"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("family_name") and not told.get("family_relation"):
            self.add_error("family_relation", str(Text("Pilih hubungannya.", "Choose the relation.")))
        if not told.get("family_name") and (told.get("family_relation") or told.get("family_phone")):
            self.add_error("family_name", str(Text("Isi namanya.", "Give the name.")))
        return told


def _phone(typed: str) -> str:
    try:
        return phones.read(typed) or ""
    except Refused as refused:
        raise forms.ValidationError(f"{refused.what} {refused.why} {refused.then}") from refused


class Agree(Asked):
    """What he agrees to; and a password, for who has no account yet."""

    consent = Yes(
        "Saya setuju menjadi peserta dan data saya dipakai untuk itu",
        "I agree to become a member and to the use of my data for it",
        hint=said("Untuk kepesertaan, pencocokan identitas dengan Dukcapil, dan pesan kepada Anda. "
                  "Dilihat petugas dan Perwakilan RI di negara Anda; setiap pembukaan dicatat.",
                  "For membership, the identity check with the civil registry, and messages to you. Seen by officers "
                  "and the mission where you are; every look is recorded."),
    )  # fmt: skip
    password = ChosenPassword("Buat kata sandi", "Choose a password")

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["password"]
        self.fields["consent"].error_messages["required"] = said(
            "Tanpa persetujuan ini Anda belum dapat didaftarkan.", "Without this consent you cannot be registered."
        )

    def clean_password(self) -> str:
        password_validation.validate_password(self.cleaned_data["password"], User())
        return self.cleaned_data["password"]


def agreement_of(told: dict[str, Any]) -> NewAgreement | None:
    """The agreement that was told, if there is one. Raises `Refused` naming the field."""
    if not told.get("agreement_starts"):
        return None
    return NewAgreement(
        starts=told["agreement_starts"], ends=told["agreement_ends"], employer=told["employer"], job=told["job"],
        employer_address=told.get("employer_address", ""),
    )  # fmt: skip


def newcomer(answers: dict[str, Any], *, abroad: bool, consent: bool = False) -> NewMigrant:
    """The newcomer whom the answers of all steps describe. Raises `Refused` naming the field."""
    who, country, told, contact = (answers[step] for step in STEPS[:4])
    relation = contact["family_relation"]
    is_heir = contact["family_heir"] and relation in dict(terms.choices("relation"))
    heir = contact["family_name"] if is_heir else ""
    days = {name: _day(told[name]) for name in ("agreement_starts", "agreement_ends")}
    return NewMigrant(
        nik=who["nik"], name=who["name"], birth_date=who["birth_date"], phone=contact.get("phone") or None,
        scheme=country["scheme"], organisation=int(country["organisation"]) if country["organisation"] else None,
        destination=country["destination"], abroad=abroad, passport=country["passport"] or None,
        passport_until=_day(country["passport_until"]), agreement=agreement_of({**told, **days}),
        heirs=(HeirNamed(name=heir, relation=relation, phone=contact["family_phone"] or None),) if heir else (),
        savings_monthly=int(told["savings_monthly"] or 0), consent=consent,
    )  # fmt: skip


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
