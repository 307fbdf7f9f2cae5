"""Correcting what is on record: how to reach somebody, what he does and who inherits he changes himself, at once;
who he is changes on evidence, and another decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from teduh.core import holidays
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.law import months
from teduh.law.months import Month
from teduh.registry import actions, cleaning, facts, queries
from teduh.registry.actions import correcting
from teduh.registry.queries import people
from teduh.security.access import Actor

#: PP 44/2015 Pasal 13(1): changes are reported within 7 working days. The text names no sanction.
REPORT_WITHIN = 7
LATE = Text(
    "Perubahan seharusnya dilaporkan dalam 7 hari kerja (PP 44/2015 Pasal 13); tetap diterima, tanpa sanksi.",
    "Changes are to be reported within 7 working days (PP 44/2015 Pasal 13); it is accepted all the same.",
)
FROM_MONTH = Text(
    "Berlaku mulai bulan iuran {month}; bulan sebelumnya tetap seperti semula.",
    "It counts from the contribution month {month}; months before stay as they were.",
)


@dataclass(frozen=True)
class Corrected:
    """Which fields changed, what waits for an officer (its number), and what to say about it."""

    changed: tuple[str, ...]
    waits: int | None
    notes: tuple[Text, ...]


def correct(
    *, person: int, changes: Mapping[str, Any], by: Actor, on: dt.date, at: dt.datetime, why: str = "koreksi data",
    changed_on: dt.date | None = None, from_month: Month | None = None,
) -> Corrected:  # fmt: skip
    """Change what somebody may change about himself (`correcting.OWN`), all of it or nothing.

    Work and income count from `from_month` on: next month, unless a later one is named.
    """
    person = _visible(by, person)
    unknown = sorted(set(changes) - set(correcting.OWN))
    if unknown:
        raise _needs_evidence(unknown[0])
    month = from_month or Month.of(on).plus(1)
    work = {name: changes[name] for name in correcting.WORK if name in changes}
    if work:
        _require_month_to_come(month, on)
    with transaction.atomic():
        contact = {name: changes[name] for name in correcting.CONTACT if name in changes}
        changed = actions.change_contact(person=person, changes=contact, by=by, why=why) if contact else ()
        if work:
            changed += actions.declare(person=person, month=month, work=work, by=by, why=why)
        if "heirs" in changes:
            actions.name_heirs(person=person, heirs=_heirs(changes["heirs"]), by=by, on=on, why=why)
            changed += ("heirs",)
    is_later = any(name in changed for name in correcting.WORK)
    notes = (FROM_MONTH.with_(month=month),) if is_later else ()
    return Corrected(changed, None, notes + _late(changed_on, on))


def request(
    *, person: int, field: str, value: object, evidence: str, by: Actor, on: dt.date, sha256: bytes | None = None,
    changed_on: dt.date | None = None,
) -> Corrected:  # fmt: skip
    """Ask for a change of who somebody is (`correcting.ON_EVIDENCE`): an officer decides on the evidence."""
    person = _visible(by, person)
    if field not in correcting.ON_EVIDENCE:
        raise Refused(
            "field_unknown",
            Text("Isian ini tidak diubah lewat permohonan.", "This field is not changed by a request."),
            then=Text("Ubah langsung pada data Anda.", "Change it in your data directly."),
            field="field",
        )
    text = cleaning.line(evidence, field="evidence", most=2_000)
    if not text:
        raise Refused(
            "evidence_missing",
            Text("Bukti belum disebutkan.", "The evidence is missing."),
            then=Text("Sebutkan dokumennya, misalnya KTP baru atau KK.", "Name the document, such as a new KTP or KK."),
            field="evidence",
        )
    with transaction.atomic():
        number = actions.ask_correction(
            person=person, field=field, value=value, evidence=text, sha256=sha256, changed_on=changed_on, by=by, on=on
        )
    return Corrected((), number, _late(changed_on, on))


def decide(*, correction: int, approve: bool, why: str, by: Actor, on: dt.date, at: dt.datetime) -> None:
    """An officer grants or declines a request, but not his own. The civil registry is asked about the new data."""
    by.require("identity")
    people.require_purpose(why)
    try:
        with transaction.atomic():
            row = correcting.open_correction(correction=correction)
            if row.asked_by_id is not None and row.asked_by_id == by.user:
                raise _two_people()
            correcting.settle_correction(
                correction=row,
                approve=approve,
                reason=cleaning.line(why[:200], field="why", most=200),
                by=by,
                on=on,
                at=at,
            )
    except IntegrityError as error:  # the database alone knows for certain whose NIK it is
        raise _nik_of_another() from error


def withdraw_consent(*, person: int, purposes: tuple[str, ...], by: Actor, on: dt.date, at: dt.datetime) -> None:
    """Take back what is not needed for the membership itself; that one ends by leaving, not here."""
    person = _visible(by, person)
    with transaction.atomic():
        actions.withdraw_consent(person=person, purposes=purposes, by=by, at=at)


def _visible(by: Actor, person: int) -> int:
    """The person as who he is now, if `by` may see him; otherwise there is no such person."""
    if not queries.is_visible(actor=by, person=person):
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    return queries.lives_on_as(persons=[person])[person]


def _heirs(given: object) -> tuple[facts.HeirNamed, ...]:
    heirs = tuple(one if isinstance(one, facts.HeirNamed) else facts.HeirNamed(**one) for one in given)
    if len(heirs) > 20:
        raise cleaning.too_long("heirs", len(heirs), 20)
    return heirs


def _require_month_to_come(month: Month, on: dt.date) -> None:
    if not Month.of(on) <= month <= Month.of(on).plus(12):
        raise Refused(
            "month_is_past",
            Text("Bulan mulainya sudah lewat atau terlalu jauh.", "The month it starts in is past or too far ahead."),
            why=Text("Iuran bulan yang lewat dihitung dari data saat itu.", "Past months go by what was said then."),
            then=Text("Pilih bulan ini atau bulan depan.", "Choose this month or the next."),
            field="from_month",
        )


def _late(changed_on: dt.date | None, on: dt.date) -> tuple[Text, ...]:
    if changed_on is None:
        return ()
    if changed_on > on:
        raise Refused(
            "change_in_future",
            Text("Tanggal perubahannya belum tiba.", "The day of the change has not come yet."),
            then=Text("Isi tanggal yang sudah lewat.", "Give a day that has passed."),
            field="changed_on",
        )
    days_off = holidays.between(changed_on.year, changed_on.year + 1)
    return (LATE,) if on > months.working_days_after(changed_on, REPORT_WITHIN, days_off) else ()


def _needs_evidence(field: str) -> Refused:
    if field not in correcting.ON_EVIDENCE:
        return Refused(
            "field_unknown",
            Text("Isian ini tidak dapat diubah.", "This field cannot be changed."),
            then=Text("Hubungi petugas.", "Ask an officer."),
            field=field,
        )
    return Refused(
        "needs_evidence",
        Text("Isian ini diubah oleh petugas berdasarkan bukti.", "An officer changes this field, on evidence."),
        then=Text("Ajukan permohonan dengan bukti (KTP, KK).", "Send a request with evidence (KTP, KK)."),
        field=field,
    )


def _two_people() -> Refused:
    return Refused(
        "takes_two_people",
        Text("Yang memohon tidak boleh memutuskan.", "Who asked for it may not decide it."),
        then=Text("Minta petugas lain memutuskannya.", "Ask another officer to decide."),
        status=403,
    )


def _nik_of_another() -> Refused:
    return Refused(
        "nik_of_another",
        Text("NIK ini milik peserta lain.", "This NIK belongs to another member."),
        why=Text("Satu NIK adalah satu orang.", "One NIK is one person."),
        then=Text(
            "Periksa apakah keduanya orang yang sama, lalu usulkan penggabungan.",
            "See whether both are the same person, and propose to merge them.",
        ),
        status=409,
        field="nik",
    )
