"""A firm with the fund: registering, its sites and their risk class, its size and programmes, how to reach it.

What counts from a month on never changes a month before it. A firm cannot declare anything for months it has filed
already: these keep what was filed, until an amendment. An officer may, and is told which months ask for one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from teduh.core import holidays
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import access, actions, facts, queries, reference
from teduh.employers.actions import registering
from teduh.employers.facts import NewFirm
from teduh.employers.models import Employer, RiskClass, RiskState, StaffRole, Worksite
from teduh.journeys.employers import firm_refusals as refusals
from teduh.journeys.employers.staff import (
    Invited,
    accept_invitation,
    add_staff,
    invite_staff,
    join_by_invitation,
    remove_staff,
    withdraw_invitation,
)
from teduh.law import deadlines, jkp
from teduh.law import programmes as law
from teduh.law.messages import Reason
from teduh.law.months import Month
from teduh.security.access import Actor

__all__ = [
    "Declared", "Invited", "NewFirm", "Registered", "accept_invitation", "add_contact", "add_staff", "change",
    "classify", "close_site", "confirm", "declare_profile", "end_contact", "invite_staff", "join_by_invitation",
    "open_site", "register", "remove_staff", "set_bank_account", "withdraw_invitation",
]  # fmt: skip

#: What runs from the day of registering, and from the first day of somebody's work.
LIMITS = ("registration_form", "manifest_neglect")


@dataclass(frozen=True)
class Deadline:
    """Something the firm has to do, and by which day."""

    code: str
    what: Text
    until: dt.date
    is_past: bool
    articles: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Registered:
    """A firm's registration: its number, what its size makes mandatory, JKP, what is missing, and by when what is due.

    `already`: this very form had registered it before.
    """

    employer: int
    npp: str
    mandatory: law.Mandatory
    programmes: tuple[str, ...]
    has_jkp: bool
    jkp_because: tuple[Reason, ...]
    missing: tuple[Text, ...]
    deadlines: tuple[Deadline, ...]
    already: bool


@dataclass(frozen=True)
class Declared:
    """What was declared, from which month, and the filed months that ask for an amendment because of it."""

    id: int
    from_month: Month
    amend: tuple[Month, ...]
    notes: tuple[Text, ...]


def register(*, firm: NewFirm, by: Actor, on: dt.date, at: dt.datetime, key: str | None = None) -> Registered:
    """Register a firm; who does it with an employer's account becomes its owner. The same key registers once.

    PP 44/2015 Pasal 6; PP 46/2015 Pasal 7; Perpres 109/2013 Pasal 6.
    """
    by.require("own_employers", "employers")
    if access.is_inspector(by):
        raise refusals.inspector()
    must, programmes = facts.taken_part(
        capital=firm.capital, yearly_sales=firm.yearly_sales, programmes=firm.programmes
    )
    month = facts.require_month(firm.from_month or Month.of(on), on=on)
    if month > Month.of(on):
        raise refusals.month_to_come()
    scoped = f"{by.user or by.name}:{key}"[:100] if key else None
    if scoped and (made := registering.registered_by(key=scoped)):
        return _registered(made, by, on, already=True)
    if known := registering.known_as(nib=firm.nib, npwp=firm.npwp):
        raise _known(known, by)
    try:
        with transaction.atomic():
            employer = _write(firm, scoped, must.size, programmes, month, by, on)
    except IntegrityError as error:  # two at once: the database alone knows for certain
        if scoped and (made := registering.registered_by(key=scoped)):
            return _registered(made, by, on, already=True)
        if known := registering.known_as(nib=firm.nib, npwp=firm.npwp):
            raise _known(known, by) from error
        raise
    return _registered(employer, by, on, already=False)


def _write(
    firm: NewFirm, key: str | None, size: str, programmes: tuple[str, ...], month: Month, by: Actor, on: dt.date
) -> int:
    employer = actions.register(firm=firm, key=key, by=by, on=on).id
    told = {"employer": employer, "by": by, "on": on, "why": ""}
    site, _ = actions.open_site(
        name=firm.site_name, region=firm.region, address=firm.address, opened_on=month.first, **told
    )
    activity, risk_class = _class(firm.activity, firm.risk_class)
    actions.classify(
        worksite=site, from_month=month, activity=activity, risk_class=risk_class, evidence=firm.evidence, **told
    )
    actions.declare_profile(
        from_month=month, capital=firm.capital, yearly_sales=firm.yearly_sales, size=size, programmes=programmes,
        labour_intensive=firm.labour_intensive, health_insured=firm.health_insured,
        evidence=firm.labour_evidence or (firm.evidence if firm.labour_intensive else ""), **told,
    )  # fmt: skip
    if firm.contact_name.strip():
        actions.add_contact(
            name=firm.contact_name, position=firm.contact_position, phone=firm.contact_phone,
            email=firm.contact_email, **told,
        )  # fmt: skip
    if by.user is not None and by.may("own_employers") and not by.may("employers"):
        actions.place(employer=employer, user=by.user, role=StaffRole.OWNER, by=by, on=on)
    return employer


def _registered(employer: int, by: Actor, on: dt.date, *, already: bool) -> Registered:
    firm = queries.firm(by=by, employer=employer, why="Pendaftaran")
    profile = firm.profiles[-1]
    jkn = ("JKN",) if profile.health_insured else ()
    part = jkp.participation(
        age_at_registration=0, citizen=True, employed=True, firm=profile.size, programmes=(*profile.programmes, *jkn),
        on=on,
    )  # fmt: skip
    return Registered(
        employer, firm.npp, law.mandatory(profile.size), profile.programmes, part.participant, part.because,
        firm.missing, _deadlines(firm.registered_on, profile.from_month, on), already,
    )  # fmt: skip


def _deadlines(registered_on: dt.date, since: Month, on: dt.date) -> tuple[Deadline, ...]:
    """The form and its workers, counted from registering; neglect, from the first day of the first month's work."""
    first = registered_on if since == Month.of(registered_on) else since.first
    found = []
    for code, start in zip(LIMITS, (registered_on, first), strict=True):
        promise = deadlines.promise(code, start)
        until = deadlines.latest(code, start, holidays=holidays.between(start.year, start.year + 1))
        text = Text(promise.id, promise.en)
        found.append(Deadline(code, text, until, on > until, promise.articles, promise.status))
    return tuple(found)


def change(
    *, employer: int, changes: Mapping[str, object], by: Actor, on: dt.date, why: str = ""
) -> tuple[str, ...]:  # fmt: skip
    """Another name, address, telephone or e-mail; gives the fields that changed."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        return registering.change(employer=employer, changes=changes, by=by, on=on, why=why)


def open_site(
    *, employer: int, name: str, region: str | None, opened_on: dt.date, by: Actor, on: dt.date, address: str = "",
    activity: int | str | None = None, risk_class: int | None = None, evidence: str = "", why: str = "",
) -> int:  # fmt: skip
    """A further place of work; its number. Until a risk class is declared for it, no wages are reported there."""
    access.require(by=by, employer=employer, what="manage", why=why)
    if opened_on > on + dt.timedelta(days=366):
        raise refusals.day_too_far("opened_on")
    told = {"employer": employer, "by": by, "on": on, "why": why}
    with transaction.atomic():
        site, number = actions.open_site(
            name=facts.name(name), region=facts.people.region(region, "region"),
            address=facts.line(address, "address", 300), opened_on=opened_on, **told,
        )  # fmt: skip
        if activity is not None:
            activity, risk_class = _class(activity, risk_class)
            actions.classify(
                worksite=site, from_month=Month.of(opened_on), activity=activity, risk_class=risk_class,
                evidence=facts.evidence(evidence), **told,
            )  # fmt: skip
    return number


def close_site(*, employer: int, site: int, closed_on: dt.date, by: Actor, on: dt.date, why: str = "") -> None:
    """A site's last day. The seat stays, and so does a site where somebody still works."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        worksite = _site(employer, site)
        if site == 1 or worksite.employments.filter(ended_on=None).exists() or closed_on < worksite.opened_on:
            raise Refused(
                "site_in_use",
                Text("Tempat kerja ini belum dapat ditutup.", "This site cannot be closed yet."),
                why=Text("Ini kantor pusat, masih ada yang bekerja di sana, atau tanggalnya sebelum dibuka.",
                         "It is the seat, somebody still works there, or the day is before it opened."),
                then=Text("Pindahkan pekerjanya ke tempat kerja lain dulu.", "Move its people to another site first."),
                status=409, field="closed_on",
            )  # fmt: skip
        actions.close_site(worksite=worksite.id, employer=employer, closed_on=closed_on, by=by, on=on, why=why)


def classify(
    *, employer: int, site: int, activity: int | str, evidence: str, from_month: Month, by: Actor, on: dt.date,
    risk_class: int | None = None, why: str = "",
) -> Declared:  # fmt: skip
    """Declare a site's activity from a month on. What the regulation's list names has the list's class; what it does
    not, the class that is declared. Either holds at once and is `declared` until an officer confirms it.

    A site's first class counts from the month it opened. PP 44/2015 Pasal 16, Lampiran I.
    """
    access.require(by=by, employer=employer, what="manage", why=why)
    activity, risk_class = _class(activity, risk_class)
    with transaction.atomic():
        worksite = _site(employer, site)
        if not worksite.risk_classes.exists():
            from_month = min(from_month, Month.of(worksite.opened_on))
            amend: tuple[Month, ...] = ()
        else:
            amend = _amend(employer, facts.require_month(from_month, on=on), by)
        made = actions.classify(
            worksite=worksite.id, employer=employer, from_month=from_month, activity=activity, risk_class=risk_class,
            evidence=facts.evidence(evidence), by=by, on=on, why=why,
        )  # fmt: skip
    return Declared(made, from_month, amend, _notes(amend))


def confirm(
    *, risk: int, by: Actor, on: dt.date, why: str, risk_class: int | None = None, from_month: Month | None = None
) -> Declared:
    """An officer confirms a declared class, or sets another, from the declared month or a later one on."""
    _require_officer(by)
    access.require_purpose(why)
    with transaction.atomic():
        row = RiskClass.objects.select_related("worksite").filter(id=risk).first()
        if row is None:
            raise not_found(Text("Kelas risiko ini tidak ditemukan.", "There is no such risk class."))
        employer = row.worksite.employer_id
        _held(employer)
        later = RiskClass.objects.filter(worksite=row.worksite_id, id__gt=row.id, from_month__lte=row.from_month.first)
        if row.state != RiskState.DECLARED or later.exists():
            raise Refused(
                "risk_already_decided",
                Text("Kelas risiko ini sudah diputuskan atau diganti.", "This class was decided or replaced already."),
                then=Text("Muat ulang halamannya.", "Load the page again."),
                status=409,
            )
        month = max(from_month or row.from_month, row.from_month)
        new = risk_class or row.risk_class
        made = actions.classify(
            worksite=row.worksite_id, employer=employer, from_month=row.from_month if new == row.risk_class else month,
            activity=row.activity, risk_class=new, evidence=row.evidence, state=RiskState.CONFIRMED, by=by, on=on,
            why=why,
        )  # fmt: skip
        amend = queries.filed_since(employer=employer, month=month) if new != row.risk_class else ()
    return Declared(made, month, amend, _notes(amend))


def declare_profile(
    *, employer: int, from_month: Month, capital: int | None, yearly_sales: int | None, by: Actor, on: dt.date,
    programmes: Iterable[str] = (), labour_intensive: bool = False, health_insured: bool = True, evidence: str = "",
    why: str = "",
) -> Declared:  # fmt: skip
    """Size and programmes from a month on; what the size makes mandatory is always in. A labour-intensive industry
    needs its evidence (PP 7/2025). Only an officer puts an earlier first month."""
    access.require(by=by, employer=employer, what="manage", why=why)
    told = {"capital": facts.money(capital, "capital"), "yearly_sales": facts.money(yearly_sales, "yearly_sales")}
    must, taken = facts.taken_part(**told, programmes=facts.chosen(programmes))
    shown = facts.evidence(evidence) if labour_intensive else facts.line(evidence, "evidence", 300)
    with transaction.atomic():
        _held(employer)
        first = queries.first_month(employer=employer)
        month = facts.require_month(from_month, on=on)
        if first is not None and month < first and not by.may("employers"):
            raise refusals.before_first(first)
        amend = _amend(employer, month, by)
        made = actions.declare_profile(
            employer=employer, from_month=month, **told, size=must.size, programmes=taken,
            labour_intensive=labour_intensive, health_insured=health_insured, evidence=shown, by=by, on=on, why=why,
        )  # fmt: skip
    return Declared(made, month, amend, _notes(amend))


def add_contact(
    *, employer: int, name: str, position: str, by: Actor, on: dt.date, phone: str | None = None,
    email: str | None = None, why: str = "",
) -> int:  # fmt: skip
    """A further person to speak to."""
    access.require(by=by, employer=employer, what="manage", why=why)
    told = {"name": name, "position": position, "phone": phone, "email": email}
    with transaction.atomic():
        return actions.add_contact(employer=employer, **told, by=by, on=on, why=why)


def end_contact(*, employer: int, contact: int, by: Actor, on: dt.date, why: str = "") -> bool:
    """He is spoken to no more."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        return actions.end_contact(employer=employer, contact=contact, by=by, on=on, why=why)


def set_bank_account(
    *, employer: int, bank_code: str, account_number: str, account_name: str, by: Actor, on: dt.date, why: str = ""
) -> int:
    """Where money goes back to, instead of the account before."""
    access.require(by=by, employer=employer, what="manage", why=why)
    told = {"bank_code": bank_code, "account_number": account_number, "account_name": account_name}
    with transaction.atomic():
        return actions.set_bank_account(employer=employer, **told, by=by, on=on, why=why)


def _class(activity: int | str, risk_class: int | None) -> tuple[str, int]:
    """The activity's name and class: the list's own if it is in the list, else as declared."""
    if isinstance(activity, int):
        listed = reference.activity(id=activity)
        if listed is None:
            raise facts.people.refusal("choice_unknown", "activity")
        return listed.name, listed.risk_class
    text = facts.line(activity, "activity", 200)
    listed = reference.activity_named(name=text) if text else None
    if listed is not None:
        return listed.name, listed.risk_class
    if not text or risk_class not in range(1, 6):
        raise Refused(
            "activity_unknown",
            Text("Kegiatan usahanya tidak ada dalam daftar.", "The activity is not in the list."),
            why=Text("Kelas risiko JKK mengikuti kegiatan usaha (PP 44/2015 Lampiran I).",
                     "The JKK risk class goes by the activity (PP 44/2015 Lampiran I)."),
            then=Text("Pilih dari daftar, atau tulis kegiatannya dan pilih kelas 1-5 beserta buktinya.",
                      "Choose from the list, or write the activity and choose a class 1-5 with its evidence."),
            field="activity" if not text else "risk_class",
        )  # fmt: skip
    return text, risk_class  # type: ignore[return-value]


def _site(employer: int, number: int) -> Worksite:
    found = Worksite.objects.select_for_update().filter(employer=employer, number=number).first()
    if found is None:
        raise not_found(Text("Tempat kerja ini tidak ditemukan.", "There is no such site."))
    return found


def _held(employer: int) -> None:
    """Declarations of one firm follow one another, and never overtake the filing of a return."""
    Employer.objects.select_for_update().get(id=employer)


def _known(found: tuple[int, str, str], by: Actor) -> Refused:
    employer, npp, field = found
    return refusals.known(employer=employer, npp=npp, field=field, by=by)


def _amend(employer: int, month: Month, by: Actor) -> tuple[Month, ...]:
    """Filed months that a declaration would reach back to: refused to a firm, told to an officer."""
    _held(employer)
    filed = queries.filed_since(employer=employer, month=month)
    if filed and not by.may("employers"):
        raise refusals.filed_already(filed)
    return filed


def _notes(amend: tuple[Month, ...]) -> tuple[Text, ...]:
    return (refusals.amend(amend),) if amend else ()


def _require_officer(by: Actor) -> None:
    by.require("employers")
    if access.is_inspector(by):
        raise refusals.inspector()
