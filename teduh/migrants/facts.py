"""What is said of a placement, as frozen values: read into one shape here, or refused by field.

It knows shapes (a passport's letters and digits, dates in order), not whether such a person or agency exists.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import placements as law
from teduh.migrants.models import PaperKind
from teduh.registry import cleaning, phones
from teduh.registry.facts import HeirNamed, date, email, nik, region, sex
from teduh.security import crypto

#: One letter or two and six to nine digits, as passports and seafarers' books are numbered; foreign lists add spaces.
PASSPORT = re.compile(r"[A-Z]{1,2}[0-9]{6,8}[A-Z]?|[0-9]{8,9}")
PASSPORT_NOISE = re.compile("[\\s.\\-/'\"`\u2018\u2019\u200b-\u200f\ufeff\x00]")
SCHEMES = ("agency", "government", "own", "company")
SAVINGS = (0, 50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000)
PAPERS = frozenset(PaperKind.values)
LONGEST_YEARS = 10

REFUSALS = {
    "passport_unreadable": (
        Text("Nomor paspor tidak dapat dibaca.", "The passport number cannot be read."),
        Text("Salin dari halaman foto, misalnya C1234567.", "Copy it from the photo page, such as C1234567."),
    ),
    "scheme_unknown": (
        Text("Cara berangkat belum dipilih.", "How the placement is made has not been chosen."),
        Text("Pilih P3MI, pemerintah, atau berangkat sendiri.", "Choose an agency, the government, or on your own."),
    ),
    "destination_unknown": (
        Text("Negara tujuan tidak dikenal.", "The destination is not known."),
        Text("Pilih negara dari daftar.", "Choose the country from the list."),
    ),
    "agreement_dates": (
        Text("Tanggal perjanjian kerja terbalik.", "The work agreement ends before it begins."),
        Text("Periksa tanggal mulai dan berakhir di perjanjian.", "Check its first and last day."),
    ),
    "agreement_too_long": (
        Text("Perjanjian kerja lebih dari 10 tahun.", "The work agreement is longer than 10 years."),
        Text("Periksa tahun pada tanggal berakhirnya.", "Check the year of its last day."),
    ),
    "employer_missing": (
        Text("Nama pemberi kerja belum diisi.", "The employer's name is missing."),
        Text("Salin dari perjanjian kerja.", "Copy it from the work agreement."),
    ),
    "job_missing": (
        Text("Jabatan atau pekerjaan belum diisi.", "The job is missing."),
        Text("Tulis seperti di perjanjian kerja.", "Write it as in the work agreement."),
    ),
    "savings_not_a_tier": (
        Text("Iuran JHT bukan salah satu pilihan.", "This is not one of the savings tiers."),
        Text("Pilih Rp50.000 atau Rp100.000 sampai Rp600.000 sebulan.", "Choose Rp50,000 or Rp100,000 to Rp600,000."),
    ),
    "paper_unknown": (
        Text("Jenis dokumen tidak dikenal.", "This kind of document is not known."),
        Text("Pilih dari daftar.", "Choose it from the list."),
    ),
    "organisation_missing": (
        Text("P3MI atau lembaga penempatan belum dipilih.", "The placing agency has not been chosen."),
        Text("Pilih dari daftar, atau pilih berangkat sendiri.", "Choose it from the list, or choose on your own."),
    ),
    "consent_missing": (
        Text("Persetujuan belum diberikan.", "There is no consent yet."),
        Text("Baca dan setujui pemakaian data untuk mendaftar.", "Read and agree to the use of data for joining."),
    ),
}


def refusal(code: str, field: str) -> Refused:
    """The refusal of a field by its code: what is wrong with it, and what to do."""
    what, then = REFUSALS[code]
    return Refused(code, what, then=then, field=field)


def passport(value: object, field: str = "passport") -> str | None:
    """A passport number in capitals, without spaces and dashes; None where there is none."""
    text = PASSPORT_NOISE.sub("", str(value if value is not None else "")[:60]).upper()
    if not text:
        return None
    if not PASSPORT.fullmatch(text):
        raise refusal("passport_unreadable", field)
    return text


def passport_index(value: str) -> bytes:
    """By which a placement is found from its passport; reads the number as people write it."""
    return crypto.blind("passport", PASSPORT_NOISE.sub("", value[:60]).upper())


def passport_masked(value: str | None) -> str:
    """`C••••567`: enough to recognise one's own, too little to use."""
    return f"{value[:1]}••••{value[-3:]}" if value else ""


@dataclass(frozen=True, kw_only=True)
class NewAgreement:
    """A work agreement as it is told: first and last day, employer and job (UU 18/2017 Pasal 15)."""

    starts: dt.date
    ends: dt.date
    employer: str
    job: str
    employer_address: str = ""
    sha256: bytes | None = None

    def __post_init__(self) -> None:
        _set(self, "starts", date(self.starts, "agreement_starts"))
        _set(self, "ends", date(self.ends, "agreement_ends"))
        _set(self, "employer", cleaning.line(self.employer or "", field="employer", most=160))
        _set(self, "job", cleaning.line(self.job or "", field="job", most=120))
        _set(self, "employer_address", cleaning.line(self.employer_address or "", field="employer_address", most=300))
        if self.ends < self.starts:
            raise refusal("agreement_dates", "agreement_ends")
        if (self.ends - self.starts).days > LONGEST_YEARS * 366:
            raise refusal("agreement_too_long", "agreement_ends")
        if not self.employer:
            raise refusal("employer_missing", "employer")
        if not self.job:
            raise refusal("job_missing", "job")

    @property
    def law(self) -> law.Agreement:
        return law.Agreement(self.starts, self.ends)


@dataclass(frozen=True, kw_only=True)
class NewMigrant:
    """Who goes abroad, or is there, and how. Making one reads every field into its one shape, or raises `Refused`.

    `scheme`: agency (P3MI), government, own, or company (sent by one's own company: refused with the way it goes).
    `number` is the row of a list. `savings_monthly` is a tier of voluntary JHT in rupiah, or 0.
    """

    nik: str
    name: str
    birth_date: dt.date
    sex: str | None = None
    phone: str | None = None
    email: str | None = None
    scheme: str
    organisation: int | None = None
    destination: str
    abroad: bool = False
    passport: str | None = None
    passport_until: dt.date | None = None
    agreement: NewAgreement | None = None
    heirs: tuple[HeirNamed, ...] = ()
    savings_monthly: int = 0
    home_region: str | None = None
    papers: tuple[tuple[str, bytes | None], ...] = ()
    consent: bool = False
    number: int = 0

    def __post_init__(self) -> None:
        for name, read in READERS.items():
            _set(self, name, read(getattr(self, name), name))
        if self.sex is None:
            _set(self, "sex", "F" if int(self.nik[6:8]) > 40 else "M")
        _set(self, "heirs", tuple(self.heirs)[:20])
        _set(self, "papers", tuple(self.papers)[:20])
        if self.scheme not in SCHEMES:
            raise refusal("scheme_unknown", "scheme")
        if self.scheme in ("agency", "government") and self.organisation is None:
            raise refusal("organisation_missing", "organisation")
        if self.scheme == "own" and self.organisation is not None:
            _set(self, "organisation", None)
        if self.savings_monthly not in SAVINGS:
            raise refusal("savings_not_a_tier", "savings_monthly")
        if not {kind for kind, _ in self.papers} <= PAPERS:
            raise refusal("paper_unknown", "papers")


def destination(value: object, field: str = "destination") -> str:
    """A destination's two letters; whether it is on record, the register says."""
    text = str(value or "")[:10].strip().upper()
    if not re.fullmatch("[A-Z]{2}", text) or text == "ID":
        raise refusal("destination_unknown", field)
    return text


READERS: dict[str, Callable[[Any, str], Any]] = {
    "nik": nik,
    "name": lambda value, field: cleaning.name(value, field=field),
    "birth_date": date,
    "sex": lambda value, field: sex(value, field) if value else None,
    "phone": lambda value, field: phones.read(value, field=field),
    "email": email,
    "destination": destination,
    "passport": passport,
    "passport_until": lambda value, field: date(value, field) if value else None,
    "home_region": region,
}


def _set(one: object, name: str, value: object) -> None:
    object.__setattr__(one, name, value)
