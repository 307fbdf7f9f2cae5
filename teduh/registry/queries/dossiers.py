"""Everything on record about one person, decrypted, for who may read it and says why. Each reading is recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models

from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.registry.models.corrections import Correction, Declaration
from teduh.registry.models.documents import Document
from teduh.registry.models.enrolment import Consent, Enrolment, Evidence
from teduh.registry.models.groups import Membership
from teduh.registry.models.identity import Duplicate, DuplicateState, IdentityCheck
from teduh.registry.models.people import Heir, Person
from teduh.registry.queries import people, places
from teduh.security import actions as security
from teduh.security.access import Actor


@dataclass(frozen=True)
class HeirView:
    id: int
    name: str
    relation: str
    relation_label: str
    birth_date: dt.date | None
    phone: str | None
    named_on: dt.date
    ended_on: dt.date | None


@dataclass(frozen=True)
class EvidenceView:
    kind: str
    label: str
    text: str
    sha256: str
    is_kept: bool
    at: dt.datetime


@dataclass(frozen=True)
class DeclarationView:
    month: Month
    income: int
    sector: str
    occupation: str
    second_occupation: str | None


@dataclass(frozen=True)
class EnrolmentView:
    """An enrolment with its frozen verdict: outcome, because, limits, facts and rulebook of that day."""

    id: int
    on: dt.date
    channel: str
    income: int
    sector: str
    occupation: str
    occupation_name: Text
    second_occupation: str | None
    second_occupation_name: Text | None
    programmes: tuple[str, ...]
    outcome: str
    verdict: dict[str, Any]
    ended_on: dt.date | None
    ended_why: str
    evidence: tuple[EvidenceView, ...]
    declarations: tuple[DeclarationView, ...]


@dataclass(frozen=True)
class ConsentView:
    purposes: tuple[str, ...]
    text_version: str
    channel: str
    at: dt.datetime
    withdrawn_at: dt.datetime | None


@dataclass(frozen=True)
class CheckView:
    """A question to the civil registry: `answer` waiting, verified, mismatch, not_found, or why it was away."""

    asked_at: dt.datetime
    answer: str
    matches: dict[str, bool]
    trace: str
    attempt: int
    retry_at: dt.datetime | None


@dataclass(frozen=True)
class MembershipView:
    group: int
    name: str
    kind: str
    funding: str
    from_day: dt.date
    until_day: dt.date | None


@dataclass(frozen=True)
class CorrectionView:
    id: int
    field: str
    value: str
    evidence: str
    changed_on: dt.date | None
    asked_on: dt.date
    state: str
    reason: str


@dataclass(frozen=True)
class Dossier:
    """One person, whole. `merged_from`: numbers he was known by before."""

    id: int
    member_number: str
    nik: str
    name: str
    birth_date: dt.date
    sex: str
    phone: str | None
    email: str | None
    address: str | None
    registered_at: places.RegionRow | None
    lives_in: places.RegionRow | None
    works_in: places.RegionRow | None
    identity: str
    identity_label: str
    agent: int | None
    joined_on: dt.date
    merged_from: tuple[str, ...]
    enrolments: tuple[EnrolmentView, ...]
    heirs: tuple[HeirView, ...]
    consents: tuple[ConsentView, ...]
    checks: tuple[CheckView, ...]
    groups: tuple[MembershipView, ...]
    corrections: tuple[CorrectionView, ...]
    open_duplicates: int

    @property
    def enrolment(self) -> EnrolmentView | None:
        """The enrolment that is open now."""
        return next((one for one in self.enrolments if one.ended_on is None), None)


def dossier(*, actor: Actor, why: str, person: int) -> Dossier:
    """The person's whole record, as who he is now. What the actor may not see does not exist for him."""
    people.require_purpose(why)
    allowed, values = people.scope(actor)
    found = sql.rows(
        "SELECT s.id FROM registry_person s WHERE s.id = (SELECT coalesce(merged_into_id, id) FROM registry_person "
        f"WHERE id = %(asked)s) AND {allowed}",
        values | {"asked": person},
    )
    if not found:
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    id_ = found[0][0]
    security.record(by=actor, action="person.read", subjects=[f"person:{id_}"], why=why)
    return _whole(Person.objects.get(id=id_))


def _whole(one: Person) -> Dossier:
    merged = dict(Person.objects.filter(merged_into=one.id).order_by("id").values_list("id", "member_number"))
    records = [one.id, *merged]
    named = places.region_names([one.registered_at_id, one.lives_in_id, one.works_in_id])
    return Dossier(
        id=one.id, member_number=one.member_number, nik=one.nik, name=one.name, birth_date=one.birth_date, sex=one.sex,
        phone=one.phone, email=one.email, address=one.address, registered_at=named.get(one.registered_at_id),
        lives_in=named.get(one.lives_in_id), works_in=named.get(one.works_in_id), identity=one.identity,
        identity_label=one.get_identity_display(), agent=one.agent_id, joined_on=one.joined_on,
        merged_from=tuple(merged.values()), enrolments=_enrolments(records), heirs=_heirs(records),
        consents=_consents(records), checks=_checks(one.id), groups=_groups(one.id), corrections=_corrections(one.id),
        open_duplicates=Duplicate.objects.filter(
            models.Q(first=one.id) | models.Q(second=one.id),
            state__in=(DuplicateState.SUSPECTED, DuplicateState.PROPOSED),
        ).count(),
    )  # fmt: skip


def _enrolments(persons: list[int]) -> tuple[EnrolmentView, ...]:
    evidence: dict[int, list[EvidenceView]] = {}
    kept = models.Exists(Document.objects.filter(sha256=models.OuterRef("sha256")))
    for piece in Evidence.objects.filter(enrolment__person__in=persons).annotate(is_kept=kept).order_by("id"):
        sha256 = bytes(piece.sha256).hex() if piece.sha256 else ""
        evidence.setdefault(piece.enrolment_id, []).append(
            EvidenceView(piece.kind, piece.get_kind_display(), piece.text or "", sha256, piece.is_kept, piece.at)
        )
    declared: dict[int, list[DeclarationView]] = {}
    for row in Declaration.objects.filter(enrolment__person__in=persons).order_by("month", "id"):
        declared.setdefault(row.enrolment_id, []).append(
            DeclarationView(row.month, row.income, row.sector, row.occupation_id, row.second_occupation_id)
        )
    rows = Enrolment.objects.filter(person__in=persons).select_related("occupation", "second_occupation")
    return tuple(
        _enrolment(row, tuple(evidence.get(row.id, ())), tuple(declared.get(row.id, ())))
        for row in rows.order_by("-id")
    )


def _enrolment(
    row: Enrolment, evidence: tuple[EvidenceView, ...], declarations: tuple[DeclarationView, ...]
) -> EnrolmentView:
    first, second = row.occupation, row.second_occupation
    return EnrolmentView(
        id=row.id, on=row.on, channel=row.channel, income=row.income, sector=row.sector, occupation=first.code,
        occupation_name=Text(first.name_id, first.name_en), second_occupation=second and second.code,
        second_occupation_name=second and Text(second.name_id, second.name_en), programmes=tuple(row.programmes),
        outcome=row.outcome, verdict=row.verdict, ended_on=row.ended_on, ended_why=row.ended_why, evidence=evidence,
        declarations=declarations,
    )  # fmt: skip


def _heirs(persons: list[int]) -> tuple[HeirView, ...]:
    rows = Heir.objects.filter(person__in=persons).order_by("ended_on", "id")
    return tuple(
        HeirView(row.id, row.name, row.relation, row.get_relation_display(), row.birth_date, row.phone, row.named_on,
                 row.ended_on)
        for row in rows
    )  # fmt: skip


def _consents(persons: list[int]) -> tuple[ConsentView, ...]:
    rows = Consent.objects.filter(person__in=persons).order_by("-id")
    return tuple(
        ConsentView(tuple(row.purposes), row.text_version, row.channel, row.at, row.withdrawn_at) for row in rows
    )


def _checks(person: int) -> tuple[CheckView, ...]:
    rows = IdentityCheck.objects.filter(person=person).order_by("-id")[:50]
    return tuple(CheckView(row.asked_at, row.answer, row.matches, row.trace, row.attempt, row.retry_at) for row in rows)


def _groups(person: int) -> tuple[MembershipView, ...]:
    rows = Membership.objects.filter(person=person).select_related("group").order_by("-from_day", "-id")
    return tuple(
        MembershipView(row.group_id, row.group.name, row.group.kind, row.group.funding, row.from_day, row.until_day)
        for row in rows
    )


def _corrections(person: int) -> tuple[CorrectionView, ...]:
    rows = Correction.objects.filter(person=person).order_by("-id")[:50]
    return tuple(
        CorrectionView(row.id, row.field, row.value, row.evidence, row.changed_on, row.asked_on, row.state, row.reason)
        for row in rows
    )
