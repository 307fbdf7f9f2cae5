"""Writes what a firm says of itself: its registration, sites, risk classes, size and programmes, how to reach it.

What changes over time is a further row from a month on; rows that were there stay. Who may say it is not asked here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import facts, numbers
from teduh.employers.models.firms import BankAccount, Contact, Employer, Profile, RiskClass, RiskState, Size, Worksite
from teduh.law.months import Month
from teduh.registry import phones
from teduh.registry.models import Region
from teduh.security import actions as security
from teduh.security.access import Actor

#: What of a firm itself may change, and how each is read.
READERS = {"name": facts.name, "phone": facts.phone, "email": facts.email,
           "address": lambda value: facts.line(value, "address", 300)}  # fmt: skip
KNOWN = """
SELECT id, npp, nib IS NOT DISTINCT FROM %(nib)s AND nib IS NOT NULL FROM employers_employer
WHERE nib = %(nib)s OR npwp_index = %(npwp)s ORDER BY 3 DESC LIMIT 1
"""


def register(*, firm: facts.NewFirm, key: str | None, by: Actor, on: dt.date) -> Employer:
    """A registration with its number, and the seat as site 1."""
    _require_region(firm.region)
    made = Employer.objects.create(
        npp=numbers.take_npp(), name=firm.name, legal_form=firm.legal_form, nib=firm.nib, npwp=firm.npwp,
        npwp_index=numbers.npwp_index(firm.npwp) if firm.npwp else None, region_id=firm.region, address=firm.address,
        phone=firm.phone, email=firm.email, registered_on=on, by_id=by.user, key=key,
    )  # fmt: skip
    security.record(
        by=by, action="employer.registered", subjects=[f"employer:{made.id}"], detail={"on": on.isoformat()}
    )
    return made


def registered_by(*, key: str) -> int | None:
    """The firm that this form registered before."""
    found = sql.rows("SELECT id FROM employers_employer WHERE key = %s", [key])
    return found[0][0] if found else None


def known_as(*, nib: str | None, npwp: str | None) -> tuple[int, str, str] | None:
    """The firm with this NIB or NPWP: its id, its NPP, and by which of both it is known."""
    if not nib and not npwp:
        return None
    rows = sql.rows(KNOWN, {"nib": nib, "npwp": numbers.npwp_index(npwp) if npwp else None})
    return (rows[0][0], rows[0][1], "nib" if rows[0][2] else "npwp") if rows else None


def change(*, employer: int, changes: Mapping[str, object], by: Actor, on: dt.date, why: str) -> tuple[str, ...]:
    """Another name, address or telephone; gives the fields that really changed."""
    unknown = sorted(set(changes) - set(READERS))
    if unknown:
        raise Refused(
            "field_unknown",
            Text("Isian ini tidak diubah di sini.", "This field is not changed here."),
            then=Text("Minta petugas, dengan NIB atau akta.", "Ask an officer, with the NIB or the deed."),
            field=unknown[0],
        )
    one = Employer.objects.select_for_update().get(id=employer)
    changed = []
    for field, raw in changes.items():
        value = READERS[field](raw)
        if value != getattr(one, field):
            setattr(one, field, value)
            changed.append(field)
    if changed:
        one.save(update_fields=changed)
        _recorded("employer.changed", employer, by, on, why, fields=sorted(changed))
    return tuple(changed)


def open_site(
    *, employer: int, name: str, region: str | None, address: str, opened_on: dt.date, by: Actor, on: dt.date, why: str
) -> tuple[int, int]:
    """A further site; its id and its number, the next of this employer."""
    _require_region(region)
    Employer.objects.select_for_update().get(id=employer)
    (number,) = sql.rows("SELECT coalesce(max(number), 0) + 1 FROM employers_worksite WHERE employer_id = %s",
                         [employer])[0]  # fmt: skip
    made = Worksite.objects.create(
        employer_id=employer, number=number, name=name, region_id=region, address=address, opened_on=opened_on
    )
    _recorded("worksite.opened", employer, by, on, why, number=number)
    return made.id, number


def close_site(*, worksite: int, employer: int, closed_on: dt.date, by: Actor, on: dt.date, why: str) -> None:
    """The site's last day; what was reported for it stays."""
    Worksite.objects.filter(id=worksite).update(closed_on=closed_on)
    _recorded("worksite.closed", employer, by, on, why, worksite=worksite)


def classify(
    *, worksite: int, employer: int, from_month: Month, activity: str, risk_class: int, evidence: str,
    state: str = RiskState.DECLARED, by: Actor, on: dt.date, why: str = "",
) -> int:  # fmt: skip
    """A site's activity and risk class from a month on; earlier months keep theirs."""
    if not 1 <= risk_class <= 5:
        raise Refused(
            "risk_class_unknown",
            Text("Kelas risiko adalah 1 sampai 5.", "A risk class is 1 to 5."),
            then=Text("Pilih kelas dari daftar PP 44/2015 Lampiran I.", "Choose it from PP 44/2015 Lampiran I."),
            field="risk_class",
        )
    made = RiskClass.objects.create(
        worksite_id=worksite, from_month=from_month, activity=activity[:200], risk_class=risk_class,
        evidence=evidence[:300], state=state, by_id=by.user,
    )  # fmt: skip
    _recorded(f"risk.{state}", employer, by, on, why, worksite=worksite, month=str(from_month), risk_class=risk_class)
    return made.id


def declare_profile(
    *, employer: int, from_month: Month, capital: int | None, yearly_sales: int | None, size: str,
    programmes: Sequence[str], labour_intensive: bool, health_insured: bool, evidence: str, by: Actor, on: dt.date,
    why: str = "",
) -> int:  # fmt: skip
    """Size, programmes and what reliefs ask about, from a month on; earlier months keep theirs."""
    made = Profile.objects.create(
        employer_id=employer, from_month=from_month, capital=capital, yearly_sales=yearly_sales, size=Size(size),
        programmes=list(programmes), labour_intensive=labour_intensive, health_insured=health_insured,
        evidence=evidence[:300], by_id=by.user,
    )  # fmt: skip
    _recorded("employer.declared", employer, by, on, why, month=str(from_month), size=size)
    return made.id


def add_contact(
    *, employer: int, name: str, position: str, phone: str | None, email: str | None, by: Actor, on: dt.date, why: str
) -> int:
    """Somebody the fund may speak to."""
    made = Contact.objects.create(
        employer_id=employer, name=facts.people.cleaning.name(name, field="name"),
        position=facts.line(position, "position", 80), phone=phones.read(phone or None),
        email=facts.email(email) or None, from_day=on,
    )  # fmt: skip
    _recorded("contact.added", employer, by, on, why, contact=made.id)
    return made.id


def end_contact(*, employer: int, contact: int, by: Actor, on: dt.date, why: str) -> bool:
    """He is spoken to no more; whether he was."""
    found = Contact.objects.filter(id=contact, employer=employer, until_day=None).update(until_day=on)
    if found:
        _recorded("contact.ended", employer, by, on, why, contact=contact)
    return bool(found)


def set_bank_account(
    *, employer: int, bank_code: str, account_number: str, account_name: str, by: Actor, on: dt.date, why: str
) -> int:
    """Where money goes back to, instead of any account before."""
    code, digits = facts.line(bank_code, "bank_code", 11).upper(), numbers.NOISE.sub("", str(account_number)[:60])
    if not re.fullmatch("[A-Z0-9]{2,11}", code) or not re.fullmatch("[0-9]{5,34}", digits):
        raise Refused(
            "bank_account_unreadable",
            Text("Kode bank atau nomor rekening tidak dapat dibaca.", "The bank's code or the account cannot be read."),
            then=Text("Salin dari buku rekening: kode bank, lalu angka rekening.", "Copy both from the bank book."),
            field="account_number" if code.isalnum() else "bank_code",
        )
    BankAccount.objects.filter(employer=employer, until_day=None).update(until_day=on)
    made = BankAccount.objects.create(
        employer_id=employer, bank_code=code, account_number=digits,
        account_name=facts.name(account_name, "account_name"), from_day=on,
    )  # fmt: skip
    _recorded("bank_account.set", employer, by, on, why, account=made.id)
    return made.id


def _require_region(region: str | None) -> None:
    if region and not Region.objects.filter(code=region).exists():
        raise facts.people.refusal("region_unknown", "region")


def _recorded(action: str, employer: int, by: Actor, on: dt.date, why: str, **detail: object) -> None:
    security.record(
        by=by, action=action, subjects=[f"employer:{employer}"], why=why, detail={"on": on.isoformat(), **detail}
    )
