"""What a worker or his family is asked about a placement: months, days, events, relatives, papers, matters."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from teduh.core.text import Text
from teduh.journeys.joining import documents
from teduh.journeys.migrants import family, matters
from teduh.migrants import words
from teduh.migrants.models import MatterKind
from teduh.portals.forms import Asked, Day, OneOf, SomeOf, Words, Yes, said
from teduh.portals.migrants.joining_forms import CAPITALS, OFF, PHONE, AgreementAsked, countries

DAY = said("Hari-bulan-tahun, misalnya 17-8-2026.", "Day-month-year, such as 17-8-2026.")
MONTHS = (3, 6, 12, 24, 36)
SAVED = (0, 1, 3, 6, 12)
CAUSES = [(code, word) for code, word in words.CAUSES.items() if code != "moved"]
KINDS_FIRST = (MatterKind.QUESTION, MatterKind.PAYMENT, MatterKind.EXTENSION, MatterKind.PAPERS, MatterKind.ACCIDENT,
               MatterKind.DISMISSAL, MatterKind.RETURN)  # fmt: skip


def today_in_words(on: dt.date) -> str:
    """A day as these forms are filled."""
    return on.strftime("%d-%m-%Y")


class Pay(Asked):
    """What is paid now, with savings for some months or without."""

    savings_months = OneOf("Tabungan hari tua (JHT), berapa bulan?", "Old-age savings (JHT), how many months?",
                           initial="0", choices=[(str(n), Text(f"{n} bulan", f"{n} months") if n else
                                                  Text("Tidak kali ini", "Not this time")) for n in SAVED])  # fmt: skip

    def __init__(self, *args: Any, saves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not saves:
            del self.fields["savings_months"]


class Extend(Asked):
    """For how long, or until which day."""

    months = OneOf("Perpanjang berapa lama?", "Extend for how long?", required=False, choices=[
        *((str(n), Text(f"{n} bulan", f"{n} months")) for n in MONTHS),
        ("day", Text("Sampai tanggal di perjanjian baru", "Until the day in the new agreement"))],
        initial="12")  # fmt: skip
    ends = Day("Tanggal terakhir di perjanjian baru", "Last day in the new agreement", required=False, hint=DAY)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        by_day = told.get("months") in ("day", "") or not told.get("months")
        if by_day and not told.get("ends") and "ends" not in self.errors:
            self.add_error(
                "ends", str(Text("Isi tanggalnya, atau pilih lamanya.", "Give the day, or choose how long."))
            )
        return {**told, "months": None if by_day else int(told["months"]), "ends": told.get("ends") if by_day else None}


class Happened(Asked):
    """On which day it happened."""

    event_on = Day("Tanggalnya", "On which day", hint=DAY)
    note = Words("Keterangan (boleh kosong)", "Remark (may stay empty)", most=500, required=False)


class Ended(Asked):
    """How the agreement ended."""

    event_on = Day("Hari kerja terakhir", "Last day of work", hint=DAY)
    cause = OneOf("Mengapa berakhir?", "Why did it end?", initial="done", choices=[
        ("done", Text("Selesai pada waktunya", "It ended on its day")), *CAUSES])  # fmt: skip
    note = Words("Keterangan (boleh kosong)", "Remark (may stay empty)", most=500, required=False)


class Moved(AgreementAsked):
    """Another employer, here or in another country."""

    destination = forms.ChoiceField(label=said("Negara (bila pindah negara)", "Country (if it changes)"),
                                    choices=countries, required=False)  # fmt: skip


class Corrected(Asked):
    """A day that was told wrongly; none means that it did not happen."""

    kind = OneOf("Tanggal apa yang keliru?", "Which day is wrong?")
    event_on = Day("Tanggal yang benar", "The right day", required=False, hint=said(
        "Kosongkan bila itu tidak terjadi.", "Leave it empty if it did not happen."))  # fmt: skip
    why = Words("Mengapa keliru?", "Why was it wrong?", most=300)

    def __init__(self, *args: Any, kinds: list[tuple[str, Text]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds
        self.fields["kind"].initial = kinds[-1][0] if kinds else None


class Relative(Asked):
    """Who at home may act, and how far."""

    name = Words("Nama", "Name", most=120, widget=forms.TextInput(attrs=OFF))
    relation = forms.ChoiceField(label=said("Hubungan dengan Anda", "Relation to you"), choices=lambda: [
        ("", Text("Pilih…", "Choose…")), *family.RELATIONS.items()])  # fmt: skip
    phone = Words("Nomor HP-nya (boleh kosong)", "The mobile number (may stay empty)", most=40, required=False,
                  widget=forms.TextInput(attrs={**PHONE, "autocomplete": "off"}),
                  hint=said("Dipakai untuk mengingatkannya.", "Used to remind him or her."))  # fmt: skip
    may = SomeOf("Yang boleh dilakukannya", "What he or she may do", choices=list(family.MAY.items()),
                 hint=said("Memperpanjang berarti juga boleh membayar.", "Whoever may extend may also pay."),
                 initial=list(family.MAY))  # fmt: skip

    def clean_may(self) -> list[str]:
        return _with_pay(self.cleaned_data["may"])


class Rights(Asked):
    """What a relative may do from now on."""

    may = SomeOf("Yang boleh dilakukannya", "What he or she may do", choices=list(family.MAY.items()))

    def clean_may(self) -> list[str]:
        return _with_pay(self.cleaned_data["may"])


def _with_pay(may: list[str]) -> list[str]:
    return [*may, "pay"] if "extend" in may and "pay" not in may else may


class Paper(Asked):
    """A document that is shown."""

    kind = forms.ChoiceField(label=said("Dokumen", "Paper"), choices=list(words.PAPERS.items()))
    number = Words("Nomor paspor (hanya untuk paspor)", "Passport number (for a passport only)", most=30,
                   required=False, widget=forms.TextInput(attrs=CAPITALS))  # fmt: skip
    valid_until = Day("Berlaku sampai (boleh kosong)", "Valid until (may stay empty)", required=False, hint=DAY)
    file = forms.FileField(label=said("Foto atau PDF (boleh kosong)", "Photo or PDF (may stay empty)"), required=False,
                           widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}))  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file and file.size > documents.MOST_BYTES:
            raise forms.ValidationError(str(Text("Paling besar 8 MB.", "8 MB at most.")))
        return file or None


class NewMatter(Asked):
    """What it is about, and who may read it."""

    person = forms.ChoiceField(label=said("Untuk siapa?", "For whom?"))
    kind = forms.ChoiceField(label=said("Tentang apa?", "About what?"))
    text = Words("Ceritakan", "Tell us", most=matters.LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    family_sees = Yes("Keluarga yang saya beri izin bicara boleh membacanya", "Relatives I let speak may read it",
                      required=False, initial=True)  # fmt: skip
    agency_sees = Yes("P3MI saya boleh membacanya", "My agency may read it", required=False, hint=said(
        "Pengaduan tidak pernah dibaca P3MI.", "A complaint is never read by an agency."))  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, Any]], own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people
        if len(people) == 1:
            self.fields["person"].widget = forms.HiddenInput()
            self.fields["person"].initial = people[0][0]
        rest = [kind for kind in matters.KINDS if kind not in KINDS_FIRST]
        kinds = [(str(kind), matters.KINDS[kind]) for kind in (*KINDS_FIRST, *rest)]
        self.fields["kind"].choices = [("", Text("Pilih…", "Choose…")), *kinds]
        if not own:
            del self.fields["family_sees"], self.fields["agency_sees"]


class Say(Asked):
    """Something more in a matter."""

    text = Words("Tulis", "Write", most=matters.LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class FamilyCode(Asked):
    """A code, for who has an account already."""

    code = Words("Kode keluarga", "Family code", most=40, hint=said(
        "Dikirim oleh keluarga Anda di luar negeri. Huruf besar atau kecil sama saja.",
        "Your relative abroad sent it. Capitals do not matter."),
        widget=forms.TextInput(attrs={**OFF, "autocapitalize": "characters", "class": "is-short"}))  # fmt: skip
