"""Employers as they are read: one with all that is known of it, the firms of an account, and what waits for an officer.

Staff, contacts, tax numbers and bank accounts are masked; whoever looks from outside is recorded with his purpose.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text
from teduh.employers import access, numbers
from teduh.employers.models.firms import BankAccount, Contact, Employer, Profile, Staff
from teduh.law.months import Month
from teduh.security import actions as security
from teduh.security import masking
from teduh.security.access import Actor

MOST = 100
OWN = """
SELECT e.id, e.npp, e.name, s.role, e.region_id, e.ended_on FROM employers_staff s
JOIN employers_employer e ON e.id = s.employer_id WHERE s.user_id = %s AND s.until_day IS NULL ORDER BY e.name, e.id
"""
SITES = """
SELECT w.id, w.number, w.name, w.region_id, g.name, w.address, w.opened_on, w.closed_on,
    r.risk_class, r.activity, r.state, r.evidence, r.from_month
FROM employers_worksite w LEFT JOIN registry_region g ON g.code = w.region_id
LEFT JOIN LATERAL (SELECT * FROM employers_riskclass r WHERE r.worksite_id = w.id
    ORDER BY r.from_month DESC, r.id DESC LIMIT 1) r ON TRUE
WHERE w.employer_id = %s ORDER BY w.number
"""
FOUND = """
SELECT e.id, e.npp, e.name, e.region_id, coalesce(g.name, ''), e.ended_on FROM employers_employer e
LEFT JOIN registry_region g ON g.code = e.region_id
WHERE e.npp = %(number)s OR e.nib = %(number)s OR e.npwp_index = %(npwp)s
    OR (%(text)s <> '' AND position(upper(%(text)s) IN upper(e.name)) > 0)
ORDER BY upper(e.name), e.id LIMIT %(limit)s
"""
#: Declared, and no later row speaks of the same months.
UNCONFIRMED = """
SELECT r.id, e.id, e.name, e.npp, w.id, w.name, r.activity, r.risk_class, r.from_month, r.evidence,
    EXISTS (SELECT FROM employers_activity a WHERE lower(a.name_id) = lower(r.activity) AND a.risk_class = r.risk_class)
FROM employers_riskclass r JOIN employers_worksite w ON w.id = r.worksite_id
JOIN employers_employer e ON e.id = w.employer_id
WHERE r.state = 'declared' AND e.ended_on IS NULL AND NOT EXISTS (SELECT FROM employers_riskclass o
    WHERE o.worksite_id = r.worksite_id AND o.id > r.id AND o.from_month <= r.from_month)
ORDER BY r.id LIMIT %s
"""
FILED_SINCE = """
SELECT DISTINCT month FROM employers_wagereturn
WHERE employer_id = %s AND state = 'filed' AND month >= %s ORDER BY month
"""


@dataclass(frozen=True)
class FirmRow:
    """A firm that an account acts for, and in which role."""

    id: int
    npp: str
    name: str
    role: str
    region: str | None
    ended_on: dt.date | None = None


@dataclass(frozen=True)
class FoundRow:
    """A firm that was searched for."""

    id: int
    npp: str
    name: str
    region: str | None
    region_name: str
    ended_on: dt.date | None


@dataclass(frozen=True)
class Site:
    """A place of work with its newest risk class, if one was declared."""

    id: int
    number: int
    name: str
    region: str | None
    region_name: str | None
    address: str
    opened_on: dt.date
    closed_on: dt.date | None
    risk_class: int | None
    activity: str
    risk_state: str
    evidence: str
    from_month: Month | None


@dataclass(frozen=True)
class ProfileView:
    """What was declared last, and from which month it counts."""

    from_month: Month
    capital: int | None
    yearly_sales: int | None
    size: str
    programmes: tuple[str, ...]
    labour_intensive: bool
    health_insured: bool
    evidence: str


@dataclass(frozen=True)
class StaffRow:
    """An account that acts for the firm, masked."""

    id: int
    name: str
    username: str
    role: str
    from_day: dt.date


@dataclass(frozen=True)
class ContactRow:
    """Somebody the fund may speak to, masked."""

    id: int
    name: str
    position: str
    phone: str
    email: str


@dataclass(frozen=True)
class BankAccountRow:
    """Where money goes back to, masked."""

    id: int
    bank_code: str
    account_number: str
    account_name: str


@dataclass(frozen=True)
class Firm:
    """All that is known of a firm. `missing`: what is still to be given, in words."""

    id: int
    npp: str
    name: str
    legal_form: str
    nib: str
    npwp: str
    region: str | None
    address: str
    phone: str
    email: str
    registered_on: dt.date
    ended_on: dt.date | None
    profile: ProfileView | None
    profiles: tuple[ProfileView, ...]
    worksites: tuple[Site, ...]
    staff: tuple[StaffRow, ...]
    contacts: tuple[ContactRow, ...]
    bank_accounts: tuple[BankAccountRow, ...]
    missing: tuple[Text, ...]


@dataclass(frozen=True)
class Unconfirmed:
    """A risk class that was declared and waits for an officer. `is_listed`: the regulation's list says the same."""

    id: int
    employer: int
    name: str
    npp: str
    worksite: int
    site: str
    activity: str
    risk_class: int
    from_month: Month
    evidence: str
    is_listed: bool


def firms_of(*, by: Actor) -> tuple[FirmRow, ...]:
    """The firms an account acts for, by name: one statement, also for an accountant of many."""
    if by.user is None or not by.may("own_employers"):
        return ()
    found = (FirmRow(*row) for row in sql.rows(OWN, [by.user]))
    return tuple(row for row in found if by.firms is None or row.npp in by.firms)


def named(*, employer: int) -> tuple[str, str]:
    """Name and NPP, for whoever was let in by `access.require`."""
    rows = sql.rows("SELECT name, npp FROM employers_employer WHERE id = %s", [employer])
    if not rows:
        raise access.not_yours()
    return rows[0][0], rows[0][1]


def by_npp(*, npp: str) -> int | None:
    """The firm with this registration number. It shows nothing, so it records nothing."""
    text = numbers.npp(npp)
    rows = sql.rows("SELECT id FROM employers_employer WHERE npp = %s", [text]) if numbers.is_npp(text) else ()
    return rows[0][0] if rows else None


def firm(*, by: Actor, employer: int, why: str = "") -> Firm:
    """One firm. Its own staff see it; an officer or inspector with a purpose, which is recorded."""
    access.require(by=by, employer=employer, what="view", why=why)
    one = Employer.objects.get(id=employer)
    sites = tuple(_site(row) for row in sql.rows(SITES, [employer]))
    profiles = tuple(_profile(row) for row in Profile.objects.filter(employer=one).order_by("-from_month", "-id"))
    contacts = tuple(_contact(row) for row in Contact.objects.filter(employer=one, until_day=None).order_by("id"))
    accounts = tuple(_account(row) for row in BankAccount.objects.filter(employer=one, until_day=None).order_by("id"))
    return Firm(
        id=one.id, npp=one.npp, name=one.name, legal_form=one.legal_form, nib=one.nib or "", npwp=digits(one.npwp),
        region=one.region_id, address=one.address, phone=one.phone, email=one.email, registered_on=one.registered_on,
        ended_on=one.ended_on, profile=profiles[0] if profiles else None, profiles=profiles, worksites=sites,
        staff=_staff(employer), contacts=contacts, bank_accounts=accounts,
        missing=_missing(one, sites, contacts, accounts),
    )  # fmt: skip


def find_employers(*, by: Actor, why: str, text: str, limit: int = 20) -> tuple[FoundRow, ...]:
    """Firms by NPP, NIB, NPWP or letters of the name, for officers and inspectors; what was found is recorded."""
    by.require("employers")
    access.require_purpose(why)
    sought = " ".join(text.replace("\x00", "").split())[:120]
    number = numbers.NOISE.sub("", sought)
    is_number = number.isascii() and number.isdigit()
    rows = sql.rows(FOUND, {
        "number": number if is_number else None, "text": sought if len(sought) > 1 else "", "limit": min(limit, MOST),
        "npwp": numbers.npwp_index(number) if is_number and len(number) in (15, 16) else None,
    })  # fmt: skip
    found = tuple(FoundRow(*row) for row in rows)
    security.record(by=by, action="employer.found", subjects=[f"employer:{one.id}" for one in found] or [""], why=why)
    return found


def unconfirmed(*, by: Actor, limit: int = MOST) -> tuple[Unconfirmed, ...]:
    """Risk classes that wait for an officer, the oldest first. They speak of firms, not of people."""
    by.require("employers")
    return tuple(Unconfirmed(*row[:8], Month.of(row[8]), *row[9:]) for row in sql.rows(UNCONFIRMED, [min(limit, MOST)]))


def filed_since(*, employer: int, month: Month) -> tuple[Month, ...]:
    """Months from this one on that are filed already."""
    return tuple(Month.of(first) for (first,) in sql.rows(FILED_SINCE, [employer, month.first]))


def first_month(*, employer: int) -> Month | None:
    """The first month anything was declared for."""
    ((first,),) = sql.rows("SELECT min(from_month) FROM employers_profile WHERE employer_id = %s", [employer])
    return Month.of(first) if first else None


def digits(value: str | None) -> str:
    """`••••••••••789`: the last three of a number that is nobody else's business."""
    return f"{'•' * (len(value) - 3)}{value[-3:]}" if value and len(value) > 4 else ""


def _staff(employer: int) -> tuple[StaffRow, ...]:
    rows = Staff.objects.filter(employer=employer, until_day=None).select_related("user").order_by("from_day", "id")
    return tuple(
        StaffRow(row.id, masking.name(row.user.get_full_name()), _username(row.user.username), row.role, row.from_day)
        for row in rows
    )


def _username(name: str) -> str:
    if name.startswith("+") or name.isdigit():
        return masking.phone(name)
    return _email(name) if "@" in name else f"{name[:3]}•••"


def _email(value: str) -> str:
    local, at, host = value.partition("@")
    return f"{local[:2]}•••{at}{host}" if at else ""


def _contact(row: Contact) -> ContactRow:
    return ContactRow(
        row.id, masking.name(row.name), row.position, masking.phone(row.phone or ""), _email(row.email or "")
    )


def _account(row: BankAccount) -> BankAccountRow:
    return BankAccountRow(row.id, row.bank_code, digits(row.account_number), masking.name(row.account_name))


def _profile(row: Profile) -> ProfileView:
    return ProfileView(
        row.from_month, row.capital, row.yearly_sales, row.size, tuple(row.programmes), row.labour_intensive,
        row.health_insured, row.evidence,
    )  # fmt: skip


def _site(row: tuple) -> Site:
    *place, risk_class, activity, state, evidence, since = row
    return Site(*place, risk_class, activity or "", state or "", evidence or "", Month.of(since) if since else None)


def _missing(
    one: Employer, sites: Sequence[Site], contacts: Sequence[ContactRow], accounts: Sequence[BankAccountRow]
) -> tuple[Text, ...]:
    unclassed = [site for site in sites if site.risk_class is None and site.closed_on is None]
    tests = (
        (not one.nib and not one.npwp, Text("NIB atau NPWP", "NIB or NPWP")),
        (not contacts, Text("orang yang dapat dihubungi", "somebody to speak to")),
        (not accounts, Text("rekening untuk pengembalian", "a bank account for refunds")),
        (unclassed, Text("kelas risiko tempat kerja {n}", "the risk class of site {n}").with_(
            n=", ".join(str(site.number) for site in unclassed))),
    )  # fmt: skip
    return tuple(text for is_missing, text in tests if is_missing)
