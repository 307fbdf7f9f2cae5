"""Changes what is on record about a person, and says of each change which field it was, never what it held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.registry import consents, facts
from teduh.registry.actions import checking, enrolling
from teduh.registry.models.corrections import Correction, CorrectionState, Declaration
from teduh.registry.models.enrolment import Consent, Enrolment
from teduh.registry.models.people import Heir, Person
from teduh.registry.models.places import Occupation, Region
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor

#: What anybody may correct about himself at once, and what an officer decides on evidence.
CONTACT = ("phone", "email", "address", "lives_in", "works_in")
WORK = ("income", "occupation", "second_occupation")
OWN = (*CONTACT, *WORK, "heirs")
ON_EVIDENCE = ("nik", "name", "birth_date", "sex", "registered_at")
REGIONS = frozenset({"lives_in", "works_in", "registered_at"})


def change_contact(*, person: int, changes: Mapping[str, Any], by: Actor, why: str) -> tuple[str, ...]:
    """Change how and where to reach somebody; gives the fields that really changed."""
    one = _locked(person)
    changed = {}
    for name, raw in changes.items():
        value = facts.READERS[name](raw, name)
        column = f"{name}_id" if name in REGIONS else name
        if name in REGIONS:
            _require_region(value, name)
        before = getattr(one, column)
        if value != before:
            setattr(one, column, value)
            changed[name] = (before, value)
    if "phone" in changed:
        one.phone_index = crypto.blind("phone", one.phone) if one.phone else None
    if changed:
        one.save()
        _record(by, "person.corrected", one.id, why, changed)
    return tuple(changed)


def declare(*, person: int, month: Month, work: Mapping[str, Any], by: Actor, why: str) -> tuple[str, ...]:
    """What somebody earns and does from a month on; what is not said stays as it was."""
    enrolment = Enrolment.objects.select_for_update().filter(person=person, ended_on=None).first()
    if enrolment is None:
        raise Refused(
            "not_enrolled",
            Text("Orang ini tidak sedang terdaftar.", "This person is not enrolled now."),
            then=Text("Daftarkan kembali.", "Enrol the person again."),
            status=409,
        )
    last = Declaration.objects.filter(enrolment=enrolment, month__lte=month.first).order_by("-month", "-id").first()
    now = last or enrolment
    before = {"income": now.income, "occupation": now.occupation_id, "second_occupation": now.second_occupation_id}
    after = before | {name: facts.READERS[name](raw, name) for name, raw in work.items()}
    if after["second_occupation"] == after["occupation"]:
        after["second_occupation"] = None
    if after == before:
        return ()
    first, second = (_occupation(after[name], name) for name in ("occupation", "second_occupation"))
    Declaration.objects.create(
        enrolment=enrolment, month=month, income=after["income"], occupation=first, second_occupation=second,
        sector=first.sector,
    )  # fmt: skip
    changed = {name: (before[name], after[name]) for name in after if after[name] != before[name]}
    _record(by, "person.declared", person, why, changed, month=str(month))
    return tuple(changed)


def name_heirs(*, person: int, heirs: Iterable[facts.HeirNamed], by: Actor, on: dt.date, why: str) -> int:
    """The heirs as they are named now; those named before end, and stay on record."""
    ended = Heir.objects.filter(person=person, ended_on=None).update(ended_on=on)
    made = Heir.objects.bulk_create(
        Heir(
            person_id=person, name=heir.name, relation=heir.relation, birth_date=heir.birth_date, phone=heir.phone,
            named_on=on,
        )
        for heir in heirs
    )  # fmt: skip
    _record(by, "person.corrected", person, why, {"heirs": (ended or None, len(made) or None)})
    return len(made)


def withdraw_consent(*, person: int, purposes: Iterable[str], by: Actor, at: dt.datetime) -> None:
    """Take back an agreement: what stays agreed is written as a new consent, what was given before stays on record."""
    gone = frozenset(purposes)
    if consents.REQUIRED in gone or not gone <= consents.PURPOSES.keys():
        raise Refused(
            "consent_needed",
            Text("Persetujuan ini tidak dapat dicabut di sini.", "This consent cannot be withdrawn here."),
            why=Text("Tanpa data ini tidak ada kepesertaan.", "There is no membership without this data."),
            then=Text("Untuk berhenti menjadi peserta, hubungi petugas.", "To end the membership, ask an officer."),
            field="purposes",
        )
    for given in Consent.objects.select_for_update().filter(person=person, withdrawn_at=None):
        if gone & set(given.purposes):
            left = [purpose for purpose in given.purposes if purpose not in gone]
            Consent.objects.filter(id=given.id).update(withdrawn_at=at)
            Consent.objects.create(
                person_id=person, purposes=left, text_version=given.text_version, channel=given.channel, by_id=by.user
            )
    security.record(by=by, action="consent.withdrawn", subjects=[f"person:{person}"], detail={"purposes": sorted(gone)})


def ask_correction(
    *, person: int, field: str, value: object, evidence: str, sha256: bytes | None, changed_on: dt.date | None,
    by: Actor, on: dt.date,
) -> int:  # fmt: skip
    """Ask for a change that needs evidence; a second wish for the same field takes the first one's place."""
    text = _as_text(facts.READERS[field](value, field))
    if field in REGIONS:
        _require_region(text, field)
    row, _ = Correction.objects.update_or_create(
        person_id=person, field=field, state=CorrectionState.ASKED,
        defaults={
            "value": text, "evidence": evidence, "sha256": sha256, "changed_on": changed_on, "asked_on": on,
            "asked_by_id": by.user,
        },
    )  # fmt: skip
    security.record(
        by=by, action="correction.asked", subjects=[f"person:{person}"], detail={"field": field, "correction": row.id}
    )
    return row.id


def open_correction(*, correction: int) -> Correction:
    """A wish that waits for a decision, held until the transaction ends."""
    row = Correction.objects.select_for_update().filter(id=correction).first()
    if row is None:
        raise not_found(Text("Permohonan ini tidak ada.", "There is no such request."))
    if row.state != CorrectionState.ASKED:
        raise Refused(
            "correction_decided",
            Text("Permohonan ini sudah diputuskan.", "This request has been decided already."),
            then=Text("Muat ulang halamannya.", "Load the page again."),
            status=409,
        )
    return row


def settle_correction(
    *, correction: Correction, approve: bool, reason: str, by: Actor, on: dt.date, at: dt.datetime
) -> None:
    """Decide a wish; if it is granted, change the person and ask the civil registry again."""
    correction.state = CorrectionState.APPROVED if approve else CorrectionState.DECLINED
    correction.decided_by_id, correction.decided_on, correction.reason = by.user, on, reason
    correction.save()
    if approve:
        _apply(correction, by, reason, at)
    action = "correction.approved" if approve else "correction.declined"
    detail = {"field": correction.field, "correction": correction.id}
    security.record(by=by, action=action, subjects=[f"person:{correction.person_id}"], why=reason, detail=detail)


def _apply(correction: Correction, by: Actor, why: str, at: dt.datetime) -> None:
    one, name = _locked(correction.person_id), correction.field
    column = f"{name}_id" if name in REGIONS else name
    before, value = getattr(one, column), facts.READERS[name](correction.value, name)
    setattr(one, column, value)
    one.name_words = enrolling.name_words(name=one.name, birth_date=one.birth_date)
    one.nik_index = crypto.blind("nik", one.nik)
    one.save()
    _record(by, "person.corrected", one.id, why, {name: (before, value)})
    if name != "registered_at":
        checking.ask_again(person=one.id, at=at)


def _locked(person: int) -> Person:
    one = Person.objects.select_for_update(of=("self",)).filter(id=person).first()
    if one is None:
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    return one


def _require_region(code: str | None, field: str) -> None:
    if code and not Region.objects.filter(code=code).exists():
        raise facts.refusal("region_unknown", field)


def _occupation(code: str | None, field: str) -> Occupation | None:
    found = Occupation.objects.filter(code=code).first() if code else None
    if found is None and (code or field == "occupation"):
        raise facts.refusal("occupation_unknown", field)
    return found


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value or "")


def _record(by: Actor, action: str, person: int, why: str, changed: Mapping[str, tuple[Any, Any]], **more: str) -> None:
    """The audit row: each field's privacy class, and whether it was empty before and after."""
    fields = {
        name: {
            "class": "special" if name == "heirs" else "personal",
            "old": "empty" if old is None else "given",
            "new": "empty" if new is None else "given",
        }
        for name, (old, new) in changed.items()
    }
    security.record(by=by, action=action, subjects=[f"person:{person}"], why=why, detail={"fields": fields, **more})
