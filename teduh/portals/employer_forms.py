"""What is asked of an employer: the account, the firm, its activity and size, sites, contacts, staff, bank accounts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from teduh.core.text import Text
from teduh.portals import employer_terms
from teduh.portals.forms import Asked, ChosenPassword, Day, Digits, Money, OfMonth, OneOf, SomeOf, Words, Yes, said

PHONE = {"type": "tel", "autocomplete": "tel", "inputmode": "tel"}
EXTRA = (("JHT", Text("Jaminan hari tua (JHT)", "Old-age savings (JHT)")), ("JP", Text("Pensiun (JP)", "Pension (JP)")))


def listed(kind: str, *, of: tuple[str, ...] = ()) -> list[tuple[str, Text]]:
    """The words of a kind, for a list; only those of `of` if some are named."""
    return [(code, word) for code, word in employer_terms.WORDS[kind].items() if not of or code in of]


class Account(Asked):
    """Who signs in for the firm, and with what."""

    name = Words(
        "Nama Anda", "Your name", most=100, widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    username = Words(
        "Nomor HP atau surel",
        "Mobile number or e-mail",
        most=150,
        hint=said("Dipakai untuk masuk.", "You sign in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = ChosenPassword("Kata sandi", "Password")


class Firm(Asked):
    """Its name, what it is in law, its numbers, and how to reach it."""

    name = Words(
        "Nama usaha", "Name of the business", most=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    legal_form = forms.ChoiceField(
        label=said("Bentuk usaha", "Legal form"), choices=[("", Text("Pilih…", "Choose…")), *listed("legal_form")]
    )
    nib = Digits(
        "NIB (bila ada)", "Business number NIB (if any)", length=13, required=False,
        hint=said("13 angka, dari OSS.", "13 digits, from OSS."),
    )  # fmt: skip
    npwp = Digits(
        "NPWP (bila ada)", "Tax number NPWP (if any)", required=False,
        hint=said("15 atau 16 angka.", "15 or 16 digits."),
    )  # fmt: skip
    phone = Words(
        "Telepon usaha", "Telephone of the business", most=40, required=False, widget=forms.TextInput(attrs=PHONE)
    )
    email = Words(
        "Surel usaha (boleh kosong)", "E-mail of the business (may stay empty)", most=254, required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "email"}),
    )  # fmt: skip
    address = Words("Alamat (jalan, RT/RW)", "Address (street, RT/RW)", most=300, required=False)


class Search(Asked):
    """A word of what the business does."""

    sought = Words(
        "Cari kegiatan usaha", "Search the activity", most=80, required=False,
        hint=said("Misalnya: mebel, restoran, angkutan, sawit.", "Such as: mebel, restoran, angkutan, sawit."),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )  # fmt: skip


class Activity(Asked):
    """Which activity of the regulation's list, and what shows it."""

    activity = OneOf("Kegiatan usaha", "Business activity", choices=[("", "")])
    evidence = Words(
        "Apa yang menunjukkan kegiatan ini?", "What shows this activity?", most=300,
        hint=said("Misalnya: NIB, izin usaha, foto tempat kerja.", "Such as: NIB, licence, photo of the workplace."),
    )  # fmt: skip

    def __init__(self, *args: Any, found: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = found


class Size(Asked):
    """How big it is, which programmes it takes part in beyond the mandatory ones, and what reliefs ask about."""

    capital = Money(
        "Modal usaha, tanpa tanah dan bangunan", "Capital without land and buildings", required=False, most=10**16,
        help_text=said(
            "Isi modal atau penjualan setahun; salah satu cukup.", "Give the capital or the yearly sales; one will do."
        ),
    )  # fmt: skip
    yearly_sales = Money("Penjualan setahun", "Yearly sales", required=False, most=10**16)
    programmes = SomeOf(
        "Program tambahan yang dipilih", "Programmes chosen besides", required=False, choices=EXTRA,
        hint=said(
            "Yang wajib menurut ukuran usaha selalu ikut, dicentang atau tidak.",
            "What the size makes mandatory is always in, ticked or not.",
        ),
    )  # fmt: skip
    labour_intensive = Yes(
        "Industri padat karya", "Labour-intensive industry", required=False,
        hint=said("Ada keringanan iuran JKK untuk sebagian industri.", "Some industries have a relief of JKK."),
    )  # fmt: skip
    health_insured = Yes(
        "Pekerja ikut JKN (BPJS Kesehatan) lewat usaha ini", "Workers are in JKN (health) through this business",
        required=False, initial=True, hint=said("Syarat program JKP.", "A condition of the JKP programme."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("capital") is None and told.get("yearly_sales") is None and not self.errors:
            needed = Text("Isi modal atau penjualan setahun; perkiraan cukup.", "Give one of the two; a guess will do.")
            self.add_error("capital", str(needed))
        return told


class SizeFrom(Size):
    """The same, from a month on."""

    from_month = OfMonth("Berlaku mulai bulan", "From the month")
    evidence = Words("Buktinya", "The evidence", most=300, required=False)


class Person(Asked):
    """Whom the fund may speak to."""

    name = Words("Nama", "Name")
    position = Words("Jabatan", "Position", most=80, hint=said("Misalnya: pemilik, HRD.", "Such as: owner, HR."))
    phone = Words("Nomor HP", "Mobile number", most=40, required=False, widget=forms.TextInput(attrs=PHONE))
    email = Words(
        "Surel", "E-mail", most=254, required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )  # fmt: skip


class Details(Asked):
    """What of the firm itself may change."""

    name = Words("Nama usaha", "Name of the business", most=120)
    phone = Words(
        "Telepon usaha", "Telephone of the business", most=40, required=False, widget=forms.TextInput(attrs=PHONE)
    )
    email = Words("Surel usaha", "E-mail of the business", most=254, required=False)
    address = Words("Alamat (jalan, RT/RW)", "Address (street, RT/RW)", most=300, required=False)


class Site(Asked):
    """A further place of work."""

    name = Words("Nama lokasi", "Name of the site", most=120, hint=said("Misalnya: gudang.", "Such as: warehouse."))
    address = Words("Alamat (jalan, RT/RW)", "Address (street, RT/RW)", most=300, required=False)
    opened_on = Day("Dipakai sejak", "In use since")


class From(Asked):
    """From which month a risk class holds."""

    from_month = OfMonth("Berlaku mulai bulan", "From the month")


class Bank(Asked):
    """Where money goes back to."""

    bank_code = Words("Kode bank", "Bank code", most=11, hint=said("Misalnya BRI, BNI, 009.", "Such as BRI, BNI, 009."))
    account_number = Digits("Nomor rekening", "Account number")
    account_name = Words("Nama pemilik rekening", "Account holder")


class NewStaff(Asked):
    """Whose account gets a place here, and what it may do."""

    username = Words(
        "Nomor HP atau surel akunnya", "Mobile number or e-mail of the account", most=150,
        hint=said(
            "Ia membuat akun dulu di “Daftarkan usaha”, lalu Anda memasukkannya di sini.",
            "He opens an account first (“Register a business”), then you put it in here.",
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    role = OneOf(
        "Boleh apa", "May do what", initial="preparer",
        choices=[
            ("owner", Text("Pengelola: semua, termasuk data usaha dan staf", "Manager: all, with data and staff")),
            ("filer", Text("Menyusun dan mengirim laporan", "Prepares and files returns")),
            ("preparer", Text("Menyusun laporan; orang lain yang mengirim", "Prepares; somebody else files")),
            ("viewer", Text("Hanya membaca", "Only reads")),
        ],
    )  # fmt: skip


class End(Asked):
    """The last day of work, and why it ended."""

    ended_on = Day("Hari kerja terakhir", "Last day of work")
    cause = OneOf("Sebabnya", "The cause", choices=listed("cause"))
    text = Words("Keterangan (boleh kosong)", "Remark (may stay empty)", most=500, required=False)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        self.on = on
        super().__init__(*args, **kwargs)

    def clean_ended_on(self) -> dt.date:
        day = self.cleaned_data["ended_on"]
        if not dt.date(2015, 7, 1) <= day <= self.on + dt.timedelta(days=366):
            raise forms.ValidationError(str(Text("Periksa tahunnya.", "Check the year.")))
        return day
