"""What somebody says when joining, as frozen values. Whatever shape it comes in, it is read here or refused, by field.

It knows shapes (sixteen digits, a date, a region's code), not whether such a person, region or occupation exists.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import eligibility
from teduh.registry import cleaning, consents, phones, places
from teduh.registry.models.enrolment import EvidenceKind
from teduh.registry.models.people import Relation

MOST_INCOME = 10**11
NIK_NOISE = re.compile("[\\s.\\-\u200b-\u200f\ufeff'\"`\u2018\u2019\x00]")
EMAIL = re.compile(r"[^@\s<>\"]{1,64}@[^@\s<>\"]{1,180}\.[^@\s<>\".]{2,}")
SLUG = re.compile(r"[a-z0-9-]{1,40}")
DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
SEXES = {
    **dict.fromkeys(("F", "P", "PEREMPUAN", "WANITA", "PR", "FEMALE"), "F"),
    **dict.fromkeys(("M", "L", "LAKI-LAKI", "LAKI LAKI", "LAKI", "PRIA", "LK", "MALE"), "M"),
}
REQUIRED = ("nik", "name", "birth_date", "sex", "income", "occupation")
PROGRAMMES = ("JKK", "JKM", "JHT")
KINDS = frozenset(EvidenceKind.values)
RELATIONS = frozenset(Relation.values)


#: What is wrong, and what to do.
REFUSALS = {
    "choice_unknown": (
        Text("Pilihannya tidak ada dalam daftar.", "This choice is not in the list."),
        Text("Pilih dari daftar.", "Choose from the list."),
    ),
    "nik_not_16_digits": (
        Text("NIK harus tepat 16 angka.", "A NIK has exactly 16 digits."),
        Text("Salin NIK dari KTP atau KK.", "Copy the NIK from the KTP or the family card (KK)."),
    ),
    "not_a_date": (
        Text("Tanggalnya tidak dapat dibaca.", "The date cannot be read."),
        Text("Tulis seperti 17-08-1985.", "Write it like 17-08-1985 (day-month-year)."),
    ),
    "sex_unknown": (
        Text("Jenis kelamin belum diisi.", "The sex is missing."),
        Text("Pilih Perempuan atau Laki-laki.", "Choose female or male, as on the KTP."),
    ),
    "income_not_an_amount": (
        Text("Penghasilan tidak dapat dibaca.", "The income cannot be read."),
        Text("Tulis rupiah bulat sebulan, misalnya 1500000.", "Write whole rupiah a month, such as 1500000."),
    ),
    "region_unknown": (
        Text("Wilayahnya tidak dikenal.", "The region is not known."),
        Text("Pilih wilayah dari daftar.", "Choose the region from the list."),
    ),
    "occupation_unknown": (
        Text("Pekerjaannya tidak dikenal.", "The occupation is not known."),
        Text("Pilih pekerjaan dari daftar.", "Choose the occupation from the list."),
    ),
    "email_not_an_address": (
        Text("Alamat surel tidak benar.", "This is no e-mail address."),
        Text("Tulis seperti nama@contoh.id, atau kosongkan.", "Write it like name@example.id, or leave it out."),
    ),
    "programme_unknown": (
        Text("Programnya tidak dikenal.", "The programme is not known."),
        Text("Pilih JKK, JKM, dan bila mau JHT.", "Choose JKK, JKM and, if wanted, JHT."),
    ),
    "relation_unknown": (
        Text("Hubungan ahli waris belum dipilih.", "The heir's relation is missing."),
        Text("Pilih dari daftar.", "Choose it from the list."),
    ),
    "evidence_unknown": (
        Text("Jenis bukti kerja tidak dikenal.", "This kind of evidence is not known."),
        Text("Pilih dari daftar.", "Choose it from the list."),
    ),
    "occupation_missing": (
        Text("Pekerjaan belum diisi.", "The occupation is missing."),
        Text("Pilih pekerjaan dari daftar.", "Choose the occupation from the list."),
    ),
}


def refusal(code: str, field: str) -> Refused:
    """The refusal of a field by its code: what is wrong with it, and what to do."""
    what, then = REFUSALS[code]
    return Refused(code, what, then=then, field=field)


def nik(value: object, field: str = "nik") -> str:
    """Sixteen digits; spaces, dots, dashes and Excel's apostrophe are ignored."""
    if isinstance(value, float) or re.search(r"\d[eE]\+?\d", str(value)[:40]):
        raise Refused(
            "nik_lost_digits",
            Text("NIK ini sudah rusak oleh Excel.", "Excel has damaged this NIK."),
            why=Text("Bilangan Excel hanya menyimpan 15 angka.", "A number in Excel keeps only 15 digits."),
            then=Text(
                "Ubah format kolom menjadi Teks, ketik ulang NIK.", "Format the column as Text and type it again."
            ),
            field=field,
        )
    text = NIK_NOISE.sub("", str(value)[:200])
    if not re.fullmatch(r"[0-9]{16}", text):
        raise refusal("nik_not_16_digits", field)
    return text


def date(value: object, field: str = "birth_date") -> dt.date:
    """A day: a date, or text such as 17-08-1985 or 1985-08-17."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for shape in DATES:
        try:
            found = dt.datetime.strptime(str(value)[:30].strip(), shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        if found.year >= 1900:
            return found
    raise refusal("not_a_date", field)


def sex(value: object, field: str = "sex") -> str:
    """`F` or `M`, from the words people use."""
    found = SEXES.get(str(value)[:40].strip().upper())
    if found is None:
        raise refusal("sex_unknown", field)
    return found


def income(value: object, field: str = "income") -> int:
    """Whole rupiah a month, from a number or from text such as `Rp1.500.000`."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str):
        text = re.sub(r"(?i)^rp\.?|\s|,-$|,00$", "", value[:40].strip())
        value = (
            int(text.replace(".", "").replace(",", "")) if re.fullmatch(r"\d{1,3}([.,]\d{3})+|\d{1,12}", text) else None
        )
    if type(value) is not int or not 0 <= value <= MOST_INCOME:
        raise refusal("income_not_an_amount", field)
    return value


def region(value: object, field: str) -> str | None:
    """A dotted code (35.78.01.1001), from its digits with or without dots."""
    text = str(value or "")[:40].strip()
    if not text:
        return None
    if re.fullmatch(r"\d+", text) and len(text) in (2, 4, 6, 10):
        text = ".".join(part for part in (text[:2], text[2:4], text[4:6], text[6:]) if part)
    if not places.is_code(text):
        raise refusal("region_unknown", field)
    return text


def occupation(value: object, field: str) -> str | None:
    """An occupation's code."""
    text = str(value or "")[:80].strip()
    if not text and field in REQUIRED:
        raise refusal("occupation_missing", field)
    if text and not SLUG.fullmatch(text):
        raise refusal("occupation_unknown", field)
    return text or None


def email(value: object, field: str = "email") -> str | None:
    """An address with one @, or None."""
    text = cleaning.line(value or "", field=field, most=254)
    if text and not EMAIL.fullmatch(text):
        raise refusal("email_not_an_address", field)
    return text or None


def programmes(value: object, field: str = "programmes") -> tuple[str, ...]:
    """JKK and JKM, which are mandatory, and whatever else was chosen, in the law's order."""
    chosen = {str(name)[:10].strip().upper() for name in (value.split(",") if isinstance(value, str) else value or ())}
    unknown = chosen - {*PROGRAMMES, "JP", ""}
    if unknown:
        raise refusal("programme_unknown", field)
    return tuple(name for name in (*PROGRAMMES, "JP") if name in chosen | {"JKK", "JKM"})


def _optional_line(most: int) -> Callable[[object, str], str | None]:
    return lambda value, field: cleaning.line(value, field=field, most=most) or None if value is not None else None


@dataclass(frozen=True)
class HeirNamed:
    """Somebody named as heir."""

    name: str
    relation: str
    birth_date: dt.date | None = None
    phone: str | None = None

    def __post_init__(self) -> None:
        _set(self, "name", cleaning.name(self.name, field="heirs"))
        if self.relation not in RELATIONS:
            raise refusal("relation_unknown", "heirs")
        _set(self, "birth_date", date(self.birth_date, "heirs") if self.birth_date else None)
        _set(self, "phone", phones.read(self.phone, field="heirs"))


@dataclass(frozen=True)
class EvidenceGiven:
    """A piece of work evidence: what kind, what it says, and the SHA-256 of its file."""

    kind: str
    text: str = ""
    sha256: bytes | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise refusal("evidence_unknown", "evidence")
        _set(self, "text", cleaning.line(self.text or "", field="evidence", most=2_000))
        _set(self, "sha256", bytes.fromhex(self.sha256) if isinstance(self.sha256, str) else self.sha256)
        if self.sha256 is not None and len(self.sha256) != 32:
            raise ValueError("a SHA-256 has 32 bytes")


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Who wants to join. Making one reads every field into its one shape, or raises `Refused` naming the field."""

    nik: str
    name: str
    birth_date: dt.date
    sex: str
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    registered_at: str | None = None
    lives_in: str | None = None
    works_in: str | None = None
    income: int
    occupation: str
    second_occupation: str | None = None
    programmes: tuple[str, ...] = ("JKK", "JKM")
    evidence: tuple[EvidenceGiven, ...] = ()
    heirs: tuple[HeirNamed, ...] = ()
    consent: tuple[str, ...] = ()
    is_working: bool = True
    citizenship: str = "ID"
    foreigner_months: int | None = None
    is_employer: bool = False
    has_other_employer: bool = False
    group: int | None = None
    agent: int | None = None

    def __post_init__(self) -> None:
        for name, read in READERS.items():
            _set(self, name, read(getattr(self, name), name))
        if self.second_occupation == self.occupation:
            _set(self, "second_occupation", None)
        _set(self, "heirs", tuple(self.heirs)[:20])
        _set(self, "evidence", tuple(self.evidence)[:20])
        _set(self, "consent", tuple(dict.fromkeys(self.consent)))
        for field, is_known in (
            ("consent", set(self.consent) <= consents.PURPOSES.keys()),
            ("citizenship", bool(re.fullmatch("[A-Z]{2}", self.citizenship))),
            ("group", self.group is None or 0 < self.group < 2**63),
            ("agent", self.agent is None or 0 < self.agent < 2**63),
        ):
            if not is_known:
                raise refusal("choice_unknown", field)


READERS: dict[str, Callable[[Any, str], Any]] = {
    "nik": nik,
    "name": lambda value, field: cleaning.name(value, field=field),
    "birth_date": date,
    "sex": sex,
    "phone": lambda value, field: phones.read(value, field=field),
    "email": email,
    "address": _optional_line(500),
    "registered_at": region,
    "lives_in": region,
    "works_in": region,
    "income": income,
    "occupation": occupation,
    "second_occupation": occupation,
    "programmes": programmes,
}


def problems(raw: Mapping[str, Any]) -> tuple[Refused, ...]:
    """Everything that cannot be read in `raw`, field by field, so that a form can show it all at once."""
    found = []
    for name, read in READERS.items():
        if name in raw or name in REQUIRED:
            try:
                read(raw.get(name) if raw.get(name) is not None else "" if name in REQUIRED else None, name)
            except Refused as refused:
                found.append(refused)
    if not found:
        try:
            newcomer(raw)
        except Refused as refused:
            found.append(refused)
    return tuple(found)


def newcomer(raw: Mapping[str, Any]) -> Newcomer:
    """A `Newcomer` from a mapping with the same names; what is missing and required is refused by its name."""
    known = {field.name for field in fields(Newcomer)}
    given = {name: value for name, value in raw.items() if name in known}
    return Newcomer(**{**dict.fromkeys(REQUIRED, ""), **given})


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """Somebody whom others name: who he is and how he is reached. Making one reads every field, or raises `Refused`."""

    nik: str
    name: str
    birth_date: dt.date
    sex: str
    phone: str | None = None
    email: str | None = None
    lives_in: str | None = None
    works_in: str | None = None

    def __post_init__(self) -> None:
        for name in ADMITTED:
            value = getattr(self, name)
            if value is not None or name in REQUIRED:
                _set(self, name, READERS[name](value, name))


ADMITTED = ("nik", "name", "birth_date", "sex", "phone", "email", "lives_in", "works_in")


@dataclass(frozen=True)
class Decided:
    """A newcomer and what the law said of him at entry."""

    newcomer: Newcomer
    verdict: eligibility.Verdict


def _set(of: object, name: str, value: object) -> None:
    object.__setattr__(of, name, value)
