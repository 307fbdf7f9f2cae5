"""The questions of joining, step by step, and the newcomer that the answers make."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.files.uploadedfile import UploadedFile

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining import documents
from teduh.law import nik
from teduh.portals import terms
from teduh.portals.forms import Asked, ChosenPassword, Day, Digits, Money, OneOf, SomeOf, Words, Yes, said
from teduh.registry import consents, facts, phones
from teduh.registry.models import Group, Occupation
from teduh.security.models import User

STEPS = ("who", "home", "work", "cover", "heirs", "agree")
TITLES = {
    "who": Text("Siapa yang mendaftar", "Who is joining"),
    "home": Text("Kontak dan tempat tinggal", "Contact and home"),
    "work": Text("Pekerjaan", "Work"),
    "cover": Text("Perlindungan", "Protection"),
    "heirs": Text("Ahli waris", "Heirs"),
    "agree": Text("Periksa dan setujui", "Check and agree"),
}
MOST_HEIRS = 3


class Who(Asked):
    """NIK, name, birth date; the NIK says the sex."""

    nik = Digits(
        "NIK", "NIK", length=16, hint=said("16 angka di KTP atau KK.", "The 16 digits on the KTP or family card.")
    )
    name = Words(
        "Nama lengkap",
        "Full name",
        hint=said("Seperti di KTP.", "As on the KTP."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )
    birth_date = Day("Tanggal lahir", "Birth date")

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean_nik(self) -> str:
        found = nik.read(self.cleaned_data["nik"], regions=None, today=self.on)
        if found.problems:
            reasons = " ".join(str(Text(one.id, one.en)) for one in found.problems)
            then = Text("Salin lagi dari KTP.", "Copy it again from the KTP.")
            raise forms.ValidationError(f"{reasons} {then}")
        return self.cleaned_data["nik"]

    def clean_birth_date(self) -> dt.date:
        day = self.cleaned_data["birth_date"]
        if not dt.date(1900, 1, 1) <= day <= self.on:
            raise forms.ValidationError(str(Text("Tanggal lahir ini tidak mungkin.", "This birth date cannot be.")))
        return day


class Home(Asked):
    """Phone, e-mail, address; the regions are asked beside it."""

    phone = Words(
        "Nomor HP",
        "Mobile number",
        most=40,
        hint=said("Dipakai untuk masuk dan untuk pengingat.", "Used to sign in and for reminders."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = Words(
        "Surel (boleh kosong)",
        "E-mail (may stay empty)",
        most=254,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )
    address = Words(
        "Alamat (jalan, RT/RW)",
        "Address (street, RT/RW)",
        most=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = own
        if not own:
            self.fields["phone"].help_text = said("Boleh kosong bila tidak punya.", "May stay empty if there is none.")

    def clean_phone(self) -> str:
        try:
            return phones.read(self.cleaned_data["phone"]) or ""
        except Refused as refused:
            raise forms.ValidationError(f"{refused.what} {refused.why} {refused.then}") from refused

    def clean_email(self) -> str:
        try:
            return facts.email(self.cleaned_data["email"]) or ""
        except Refused as refused:
            raise forms.ValidationError(f"{refused.what} {refused.then}") from refused


def occupations() -> list[Any]:
    """Occupations by sector, for a list."""
    english = str(Text("id", "en"))
    groups: dict[str, list[tuple[str, str]]] = {}
    for code, sector, name_id, name_en in Occupation.objects.order_by("sector", "name_id").values_list(
        "code", "sector", "name_id", "name_en"
    ):
        groups.setdefault(str(terms.say("sector", sector)), []).append((code, name_en if english == "en" else name_id))
    return [("", Text("Pilih…", "Choose…")), *groups.items()]


class Work(Asked):
    """What he does, what he earns, and what shows it."""

    occupation = forms.ChoiceField(label=said("Pekerjaan", "Occupation"))
    second_occupation = forms.ChoiceField(
        label=said("Pekerjaan kedua (bila ada)", "Second occupation (if any)"), required=False
    )
    income = Money(
        "Penghasilan rata-rata sebulan",
        "Average income a month",
        help_text=said(
            "Perkiraan yang wajar; menentukan santunan dan iuran.",
            "A fair estimate; it decides benefits and contributions.",
        ),
    )
    is_working = Yes(
        "Saya sedang bekerja atau berusaha",
        "I am working or running a business now",
        required=False,
        hint=said(
            "Yang tidak bekerja tidak dapat menjadi peserta; ini diperiksa saat klaim.",
            "Who does not work cannot be a member; this is looked at when claiming.",
        ),
    )
    other_employer = Yes(
        "Saya juga menerima upah dari pemberi kerja", "I also earn a wage from an employer", required=False
    )
    evidence = OneOf(
        "Apa yang menunjukkan pekerjaan ini?",
        "What shows this work?",
        kind="evidence",
        initial="statement",
        hint=said(
            "Disimpan sekarang, supaya klaim tidak ditolak nanti.", "Kept now, so that no claim is refused later."
        ),
    )
    evidence_text = Words(
        "Ceritakan singkat",
        "Say it briefly",
        most=500,
        hint=said(
            "Misalnya: melaut dari Tambak Lorok dengan perahu sendiri sejak 2015.",
            "Such as: fishing from Tambak Lorok with my own boat since 2015.",
        ),
    )
    evidence_file = forms.FileField(
        label=said("Foto atau berkas (boleh kosong)", "Photo or file (may stay empty)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = occupations()
        self.fields["occupation"].choices = choices
        self.fields["second_occupation"].choices = choices

    def clean_evidence_file(self) -> UploadedFile | None:
        file = self.cleaned_data.get("evidence_file")
        if file and file.size > documents.MOST_BYTES:
            raise forms.ValidationError(str(Text("Paling besar 8 MB.", "8 MB at most.")))
        return file or None


class Cover(Asked):
    """The programmes: two are mandatory, savings may be added."""

    jht = OneOf(
        "Tambah tabungan hari tua (JHT)?",
        "Add old-age savings (JHT)?",
        initial="no",
        choices=[
            ("no", Text("Tidak, perlindungan kecelakaan dan kematian saja", "No, work injury and death only")),
            ("yes", Text("Ya, sekaligus menabung untuk hari tua", "Yes, and save for old age")),
        ],
    )
    group = forms.ChoiceField(
        label=said("Kelompok atau sponsor (bila ada)", "Group or sponsor (if any)"), required=False
    )

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["group"]
        else:
            groups = [(str(pk), name) for pk, name in Group.objects.order_by("name").values_list("pk", "name")[:200]]
            self.fields["group"].choices = [("", Text("Tidak ada", "None")), *groups]


class Heirs(Asked):
    """Up to three heirs; all of it may be left for later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, MOST_HEIRS + 1):
            self.fields[f"name_{n}"] = Words(f"Nama {n}", f"Name {n}", required=False)
            self.fields[f"relation_{n}"] = forms.ChoiceField(
                label=said("Hubungan", "Relation"),
                required=False,
                choices=[("", Text("Pilih…", "Choose…")), *terms.choices("relation")],
            )
            self.fields[f"phone_{n}"] = Words(
                "Nomor HP (boleh kosong)", "Mobile number (may stay empty)", most=40, required=False
            )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for n in range(1, MOST_HEIRS + 1):
            if told.get(f"name_{n}") and not told.get(f"relation_{n}"):
                self.add_error(f"relation_{n}", str(Text("Pilih hubungannya.", "Choose the relation.")))
        return told

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The questions of each heir together."""
        return [[self[f"{part}_{n}"] for part in ("name", "relation", "phone")] for n in range(1, MOST_HEIRS + 1)]


class Agree(Asked):
    """What one agrees to; for oneself also a password."""

    consent = SomeOf(
        "Persetujuan",
        "Consent",
        choices=[(k, v) for k, v in consents.PURPOSES.items() if k != "group"],
        hint=said(
            "Yang pertama wajib; lainnya boleh ditarik kapan saja.",
            "The first is needed; the others may be withdrawn at any time.",
        ),
    )
    password = ChosenPassword("Buat kata sandi", "Choose a password")

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not own:
            del self.fields["password"]
            self.fields["consent"].label = said("Persetujuan, dibacakan kepadanya", "Consent, read out to him or her")

    def clean_consent(self) -> list[str]:
        if consents.REQUIRED not in self.cleaned_data["consent"]:
            raise forms.ValidationError(
                str(
                    Text(
                        "Tanpa persetujuan pertama, kepesertaan tidak dapat dibuat.",
                        "Without the first consent there can be no membership.",
                    )
                )
            )
        return self.cleaned_data["consent"]

    def clean_password(self) -> str:
        password_validation.validate_password(self.cleaned_data["password"], User())
        return self.cleaned_data["password"]


def newcomer(
    answers: dict[str, Any], *, on: dt.date, agent: int | None, consent: tuple[str, ...] = ()
) -> facts.Newcomer:
    """The newcomer whom the answers of all steps describe. Raises `Refused` naming the field."""
    who, home, work, cover = (answers[step] for step in ("who", "home", "work", "cover"))
    heirs = answers.get("heirs", {})
    lives_in = home.get("lives_in") or None
    return facts.newcomer(
        {
            "nik": who["nik"],
            "name": who["name"],
            "birth_date": who["birth_date"],
            "sex": nik.read(who["nik"], regions=None, today=on).sex,
            "phone": home["phone"] or None,
            "email": home["email"] or None,
            "address": home["address"] or None,
            "registered_at": home.get("registered_at") or lives_in,
            "lives_in": lives_in,
            "works_in": home.get("works_in") or lives_in,
            "income": work["income"],
            "occupation": work["occupation"],
            "second_occupation": work["second_occupation"] or None,
            "is_working": work["is_working"],
            "has_other_employer": work["other_employer"],
            "evidence": (
                facts.EvidenceGiven(
                    kind=work["evidence"], text=work["evidence_text"], sha256=work["evidence_file"] or None
                ),
            ),
            "programmes": ("JKK", "JKM", "JHT") if cover["jht"] == "yes" else ("JKK", "JKM"),
            "group": int(cover["group"]) if cover.get("group") else None,
            "heirs": tuple(
                facts.HeirNamed(
                    name=heirs[f"name_{n}"], relation=heirs[f"relation_{n}"], phone=heirs[f"phone_{n}"] or None
                )
                for n in range(1, MOST_HEIRS + 1)
                if heirs.get(f"name_{n}")
            ),
            "consent": consent,
            "agent": agent,
        }
    )
