"""What an agency, a mission or an officer is asked about a placement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from teduh.core.text import Text
from teduh.migrants import reference, words
from teduh.migrants.models import MatterKind
from teduh.portals.forms import Asked, Day, Digits, OneOf, SomeOf, Words, Yes, said

PHONE = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
OFF = {"autocomplete": "off", "spellcheck": "false"}
AGREEMENT = ("agreement_starts", "agreement_ends", "employer", "employer_address", "job")
DAY = said("Hari-bulan-tahun, misalnya 17-8-2026.", "Day-month-year, such as 17-8-2026.")
#: What a desk tells of people, as it is asked.
EVENTS = (
    ("departed", Text("Berangkat dari Indonesia", "Left Indonesia")),
    ("working", Text("Mulai bekerja di negara tujuan", "Began to work at the destination")),
    ("leave", Text("Cuti ke Indonesia", "On leave in Indonesia")),
    ("back", Text("Kembali dari cuti", "Back from leave")),
    ("ended", Text("Perjanjian selesai pada waktunya", "The agreement ended on its day")),
    ("returning", Text("Tiba di Indonesia", "Arrived in Indonesia")),
    ("home", Text("Tiba di rumah", "Arrived at home")),
    ("failed", Text("Gagal berangkat", "Failed to depart")),
    ("missing", Text("Tidak diketahui keberadaannya", "Missing")),
    ("found", Text("Ditemukan", "Found again")),
    ("died", Text("Meninggal dunia", "Died")),
)
CORRECTED = tuple(
    (code, words.EVENTS[code]) for code in ("departed", "returning", "home", "failed", "died")
)  # fmt: skip


def countries() -> list[tuple[str, Any]]:
    """Destinations for a list, the most frequent first."""
    return [("", Text("Pilih negara…", "Choose a country…")), *((d.code, d.name) for d in reference.destinations())]


def payers(may_pay: bool, *, many: bool) -> list[tuple[str, Text]]:
    """Who may pay: the desk's organisation, if there is one, or the people themselves."""
    us = [("us", Text("Lembaga ini, satu tagihan", "This organisation, one bill"))] if may_pay else []
    each = Text("Masing-masing, dengan tagihan sendiri", "Each one, with a bill of their own")
    alone = Text("Orang ini sendiri atau keluarganya", "This person, or the family")
    return [*us, ("each", each if many else alone)]


class AgreementAsked(Asked):
    """A work agreement: its days, who employs, as what."""

    agreement_starts = Day("Perjanjian kerja mulai", "The agreement begins", hint=DAY)
    agreement_ends = Day("Perjanjian kerja berakhir", "The agreement ends", hint=DAY)
    employer = Words("Pemberi kerja di luar negeri", "Employer abroad", most=160, widget=forms.TextInput(attrs=OFF))
    employer_address = Words("Alamat kerja (boleh kosong)", "Address of work (may stay empty)", most=300,
                             required=False)  # fmt: skip
    job = Words("Pekerjaan", "Job", most=120, hint=said("Misalnya: perawat lansia.", "Such as: caretaker."))


class NewPerson(AgreementAsked):
    """One person of this desk."""

    nik = Digits("NIK", "NIK", length=16, hint=said("16 angka di KTP.", "16 digits on the identity card."))
    name = Words("Nama seperti di KTP", "Name as on the identity card", widget=forms.TextInput(attrs=OFF))
    birth_date = Day("Tanggal lahir", "Birth date")
    phone = Words("Nomor HP (boleh kosong)", "Mobile (may stay empty)", most=40, required=False,
                  widget=forms.TextInput(attrs=PHONE))  # fmt: skip
    destination = forms.ChoiceField(label=said("Negara tujuan", "Destination"), choices=countries)
    where = OneOf(
        "Sekarang di mana?", "Where is the person now?", initial="home",
        choices=[("home", Text("Masih di Indonesia", "Still in Indonesia")),
                 ("abroad", Text("Sudah di negara tujuan", "At the destination already"))],
    )  # fmt: skip
    scheme = OneOf("Cara berangkat", "How the placement is made", choices=list(words.SCHEMES.items()))
    passport = Words("Nomor paspor", "Passport number", most=30, required=False, widget=forms.TextInput(attrs=OFF))
    passport_until = Day("Paspor berlaku sampai", "Passport valid until", required=False, hint=DAY)
    papers = SomeOf("Dokumen yang sudah ditunjukkan", "Papers that were shown", required=False, choices=[
        (code, name) for code, name in words.PAPERS.items() if code != "passport"
    ])  # fmt: skip
    consent = Yes(
        "Orang ini menyetujui pendaftaran dan pemakaian datanya",
        "This person agrees to joining and to the use of data",
        hint=said("Bacakan dulu: data dipakai untuk kepesertaan, pencocokan identitas, dan pesan.",
                  "Read it out first: data are used for membership, identity checks and messages."),
    )  # fmt: skip
    field_order = ("nik", "name", "birth_date", "phone", "where", "scheme", "destination", "passport",
                   "passport_until", *AGREEMENT, "papers", "consent")  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in AGREEMENT:
            self.fields[name].required = False
        if kind in ("agency", "government"):
            del self.fields["scheme"]
        else:
            self.fields["scheme"].choices = [("own", words.SCHEMES["own"])]
            self.fields["scheme"].initial = "own"
        if kind == "mission":
            self.fields["where"].initial = "abroad"
        if kind not in ("mission", "officer"):
            self.fields["papers"].choices = [row for row in self.fields["papers"].choices if row[0] != "mission"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        given = [name for name in AGREEMENT if told.get(name)]
        for name in ("agreement_starts", "agreement_ends", "employer", "job") if given else ():
            if not told.get(name) and name not in self.errors:
                self.add_error(name, str(Text("Lengkapi, atau kosongkan semua tentang perjanjian.",
                                              "Complete it, or leave all of the agreement empty.")))  # fmt: skip
        return told


class Tell(Asked):
    """Something that happened, and when."""

    kind = OneOf("Apa yang terjadi?", "What happened?", choices=EVENTS)
    event_on = Day("Tanggalnya", "On which day", hint=DAY)
    note = Words("Keterangan (boleh kosong)", "Remark (may stay empty)", most=500, required=False)


class Correct(Asked):
    """A date that was told wrongly; none means that it did not happen."""

    kind = OneOf("Tanggal apa yang keliru?", "Which date is wrong?", choices=CORRECTED)
    event_on = Day("Tanggal yang benar", "The right day", required=False, hint=said(
        "Kosongkan bila peristiwa itu tidak terjadi.", "Leave empty if it did not happen."))  # fmt: skip
    note = Words("Mengapa diperbaiki", "Why it is put right", most=300)


class Early(Asked):
    """The agreement ended before its last day."""

    event_on = Day("Hari kerja terakhir", "Last day of work", hint=DAY)
    cause = OneOf("Sebabnya", "The cause", choices=[(c, w) for c, w in words.CAUSES.items() if c != "moved"])
    note = Words("Keterangan (boleh kosong)", "Remark (may stay empty)", most=500, required=False)


class Move(AgreementAsked):
    """Another employer, here or in another country."""

    destination = forms.ChoiceField(
        label=said("Negara (bila pindah)", "Country (if it changes)"), choices=countries, required=False
    )


class Extend(Asked):
    """For how long, or until which day; and who pays."""

    months = forms.IntegerField(
        label=said("Perpanjang berapa bulan", "Extend by how many months"), required=False, min_value=1, max_value=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short", "autocomplete": "off"}),
    )  # fmt: skip
    ends = Day("atau sampai tanggal", "or until the day", required=False, hint=DAY)
    payer = OneOf("Siapa yang membayar", "Who pays", initial="us")

    def __init__(self, *args: Any, payers: list[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = payers
        self.fields["payer"].initial = payers[0][0]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("months") is None) == (told.get("ends") is None) and not self.errors:
            self.add_error("months", str(Text("Isi salah satu: lamanya atau tanggalnya.",
                                              "Fill one of the two: the months or the day.")))  # fmt: skip
        return told


class ManyDay(Asked):
    """A day for all who were chosen."""

    event_on = Day("Tanggalnya", "On which day", hint=DAY)
    note = Words("Keterangan (boleh kosong)", "Remark (may stay empty)", most=300, required=False)


class ManyBill(Asked):
    """What is asked for, and of whom."""

    stages = OneOf("Untuk apa", "For what", initial="all", choices=[
        ("all", Text("Semua yang perlu dibayar sekarang", "All that is to be paid now")),
        ("before", Text("Sebelum berangkat saja", "Before departure only")),
        ("during", Text("Selama dan setelah bekerja saja", "During and after work only")),
    ])  # fmt: skip
    payer = OneOf("Siapa yang membayar", "Who pays", initial="us")

    def __init__(self, *args: Any, payers: list[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["payer"].choices = payers
        self.fields["payer"].initial = payers[0][0]


class Paper(Asked):
    """A document that was shown."""

    kind = forms.ChoiceField(label=said("Dokumen", "Paper"), choices=list(words.PAPERS.items()))
    number = Words("Nomor paspor baru (bila paspor)", "The new passport's number (for a passport)", most=30,
                   required=False, widget=forms.TextInput(attrs=OFF))  # fmt: skip
    valid_until = Day("Berlaku sampai (boleh kosong)", "Valid until (may stay empty)", required=False, hint=DAY)


class OpenMatter(Asked):
    """A matter of one person."""

    kind = forms.ChoiceField(label=said("Tentang apa", "About what"))
    text = Words("Apa yang terjadi atau ditanyakan", "What happened, or the question", most=2000,
                 widget=forms.Textarea(attrs={"rows": 4}))  # fmt: skip

    def __init__(self, *args: Any, kinds: dict[Any, Text], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(str(MatterKind(code)), word) for code, word in kinds.items()]


def today_in_words(on: dt.date) -> str:
    """A day as these forms are filled."""
    return f"{on.day}-{on.month}-{on.year}"
