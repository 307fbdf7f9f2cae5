"""What a firm says of itself when it registers, as frozen values: read into their one shape here, or refused by field.

It knows shapes, not whether such a region, activity or firm exists.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import numbers
from teduh.employers.models.firms import LegalForm
from teduh.law import programmes as law
from teduh.law.months import Month
from teduh.registry import cleaning
from teduh.registry import facts as people

MOST_MONEY = 10**16
PROGRAMMES = ("JKK", "JKM", "JHT", "JP")
PHONE = re.compile(r"\+?[0-9]{5,18}")


@dataclass(frozen=True, kw_only=True)
class NewFirm:
    """Who wants to register. Making one reads every field, or raises `Refused` naming the field.

    `activity` is a number of the regulation's list or, with `risk_class`, the firm's own words. `from_month` is the
    first month it employed for a wage; the month of registering, if none is given.
    """

    name: str
    legal_form: str
    nib: str | None = None
    npwp: str | None = None
    region: str | None = None
    address: str = ""
    phone: str = ""
    email: str = ""
    activity: int | str
    risk_class: int | None = None
    evidence: str
    capital: int | None = None
    yearly_sales: int | None = None
    programmes: tuple[str, ...] = ()
    labour_intensive: bool = False
    labour_evidence: str = ""
    health_insured: bool = True
    from_month: Month | None = None
    site_name: str = "Pusat"
    contact_name: str = ""
    contact_position: str = ""
    contact_phone: str | None = None
    contact_email: str | None = None

    def __post_init__(self) -> None:
        read = {
            "name": name(self.name), "legal_form": legal_form(self.legal_form), "nib": numbers.nib(self.nib),
            "npwp": numbers.npwp(self.npwp), "region": people.region(self.region, "region"),
            "address": line(self.address, "address", 300), "phone": phone(self.phone), "email": email(self.email),
            "evidence": evidence(self.evidence), "capital": money(self.capital, "capital"),
            "yearly_sales": money(self.yearly_sales, "yearly_sales"), "programmes": chosen(self.programmes),
            "labour_evidence": line(self.labour_evidence, "labour_evidence", 300),
            "site_name": name(self.site_name, "site_name"),
        }  # fmt: skip
        for field, value in read.items():
            object.__setattr__(self, field, value)


def line(value: object, field: str, most: int) -> str:
    """One line of text, without what cannot be kept."""
    return cleaning.line(value or "", field=field, most=most)


def name(value: object, field: str = "name") -> str:
    """A firm's or a site's name: letters or digits, at most 120."""
    text = line(value, field, 120)
    if not any(c.isalnum() for c in text):
        raise Refused(
            "firm_name_missing",
            Text("Nama belum diisi.", "The name is missing."),
            then=Text("Tulis nama seperti pada NIB atau akta.", "Write the name as on the NIB or the deed."),
            field=field,
        )
    return text


def legal_form(value: str) -> str:
    """A legal form of the list."""
    if value not in LegalForm.values:
        raise people.refusal("choice_unknown", "legal_form")
    return value


def phone(value: object, field: str = "phone") -> str:
    """A firm's telephone, mobile or not: its digits."""
    text = re.sub(r"[\s().\-/]", "", line(value, field, 60))
    if text and not PHONE.fullmatch(text):
        raise Refused(
            "phone_not_a_number",
            Text("Nomor telepon tidak dapat dibaca.", "The telephone number cannot be read."),
            then=Text("Tulis seperti 031-5551234 atau 0812-3456-7890.", "Write it like 031-5551234."),
            field=field,
        )
    return text


def email(value: object, field: str = "email") -> str:
    """An address with one @, or nothing."""
    return people.email(value, field) or ""


def evidence(value: object, field: str = "evidence") -> str:
    """What shows what is said; never empty."""
    text = line(value, field, 300)
    if not text:
        raise Refused(
            "evidence_missing",
            Text("Bukti belum disebutkan.", "The evidence is missing."),
            then=Text("Sebutkan buktinya, misalnya NIB, izin usaha atau laporan keuangan.",
                      "Name it, such as the NIB, a licence or the accounts."),
            field=field,
        )  # fmt: skip
    return text


def money(value: object, field: str) -> int | None:
    """Whole rupiah, or None."""
    if value is not None and (type(value) is not int or not 0 <= value <= MOST_MONEY):
        raise Refused(
            "not_an_amount",
            Text("Jumlahnya tidak dapat dibaca.", "The amount cannot be read."),
            then=Text("Tulis rupiah bulat, misalnya 500000000.", "Write whole rupiah, such as 500000000."),
            field=field,
        )
    return value  # type: ignore[return-value]


def chosen(value: Iterable[str]) -> tuple[str, ...]:
    """Programmes by name, in the law's order."""
    wanted = {str(one)[:10].strip().upper() for one in value or ()}
    if wanted - set(PROGRAMMES):
        raise people.refusal("programme_unknown", "programmes")
    return tuple(one for one in PROGRAMMES if one in wanted)


def taken_part(
    *, capital: int | None, yearly_sales: int | None, programmes: Iterable[str]
) -> tuple[law.Mandatory, tuple[str, ...]]:
    """What the size makes mandatory, and all programmes together with those chosen besides."""
    if capital is None and yearly_sales is None:
        raise Refused(
            "size_unknown",
            Text("Ukuran usaha belum diketahui.", "The size of the business is not known."),
            why=Text("Program wajib ditentukan oleh ukuran usaha (Perpres 109/2013 Pasal 6).",
                     "The size decides which programmes are mandatory (Perpres 109/2013 Pasal 6)."),
            then=Text("Isi modal usaha atau penjualan setahun; salah satu cukup, perkiraan boleh.",
                      "Give the capital or the yearly sales; one is enough, an estimate will do."),
            field="capital",
        )  # fmt: skip
    must = law.mandatory(law.size_of(capital=capital, yearly_sales=yearly_sales))
    return must, tuple(one for one in PROGRAMMES if one in {*must.programmes, *programmes})


def require_month(month: Month, *, on: dt.date) -> Month:
    """A month from which something is declared: the law of the months before July 2015 is not held."""
    if not Month(2015, 7) <= month <= Month.of(on).plus(12):
        raise Refused(
            "month_out_of_reach",
            Text("Bulan mulainya terlalu lama atau terlalu jauh ke depan.", "The first month is too early or too far."),
            then=Text("Pilih bulan mulai Juli 2015 sampai setahun ke depan.", "Choose July 2015 to a year from now."),
            field="from_month",
        )
    return month
