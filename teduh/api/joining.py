"""Joining, and correcting what is on record: by oneself, by an agent, or by an officer."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import IdPath, Line, MemberPath, Why, WhyQuery, Word
from teduh.api.tokens import actor
from teduh.core import clock, jobs
from teduh.journeys.joining import data, identity, join
from teduh.law import eligibility
from teduh.registry import facts
from teduh.registry import queries as registry
from teduh.registry.models.enrolment import Channel
from teduh.security.models import Role

router = Router(tags=["joining and data"])
Verdict = shapes.of(eligibility.Verdict)
Joined = shapes.of(join.Joined, omit=("person", "limits", "duplicates"))
Corrected = shapes.of(data.Corrected)
Correction = shapes.of(registry.CorrectionRow)
WHO = ("enrol", "self")
RegionCode = Annotated[str, Field(max_length=13, pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Income = Annotated[int, Field(ge=0, le=facts.MOST_INCOME)]
SITI = {
    "nik": "3273014107900007", "name": "Siti Aminah", "birth_date": "1990-07-01", "sex": "F", "phone": "081234567890",
    "lives_in": "32.73", "income": 1500000, "occupation": "pedagang-sayur", "consent": ["membership", "identity"],
    "evidence": [{"kind": "statement", "text": "Berjualan sayur di Pasar Kiaracondong sejak 2018"}],
    "heirs": [{"name": "Budi Santoso", "relation": "spouse"}],
}  # fmt: skip


class Heir(inputs.In):
    name: Line
    relation: Literal["spouse", "child", "parent", "grandparent", "grandchild", "sibling", "parent_in_law", "will"]
    birth_date: dt.date | None = None
    phone: Word | None = None


class Evidence(inputs.In):
    kind: Literal["statement", "photo", "letter", "card", "platform", "witness"]
    text: inputs.LongText = ""
    sha256: Digest | None = None


class Newcomer(inputs.In):
    """Somebody who wants to join as self-employed (BPU)."""

    nik: inputs.NIK
    name: Line
    birth_date: dt.date
    sex: Literal["F", "M"]
    phone: Word | None = None
    email: inputs.text(254) | None = None  # type: ignore[valid-type]
    address: inputs.Address | None = None
    registered_at: RegionCode | None = None
    lives_in: RegionCode | None = None
    works_in: RegionCode | None = None
    income: Income
    occupation: Word
    second_occupation: Word | None = None
    programmes: Annotated[list[Literal["JKK", "JKM", "JHT"]], Field(max_length=3)] = ["JKK", "JKM"]
    evidence: Annotated[list[Evidence], Field(max_length=20)] = []
    heirs: Annotated[list[Heir], Field(max_length=20)] = []
    consent: Annotated[list[Literal["membership", "identity", "messages", "group"]], Field(max_length=4)] = []
    is_working: bool = True
    citizenship: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "ID"
    foreigner_months: Annotated[int, Field(ge=0, le=1200)] | None = None
    is_employer: bool = False
    has_other_employer: bool = False
    group: inputs.Ident | None = None


class Changes(inputs.In):
    """What a member changes himself; what is left out stays. Work and income count from `from_month` on."""

    phone: Word | None = None
    email: inputs.text(254) | None = None  # type: ignore[valid-type]
    address: inputs.Address | None = None
    lives_in: RegionCode | None = None
    works_in: RegionCode | None = None
    income: Income | None = None
    occupation: Word | None = None
    second_occupation: Word | None = None
    heirs: Annotated[list[Heir], Field(max_length=20)] | None = None


class Patch(inputs.In):
    changes: Changes
    why: Why
    changed_on: dt.date | None = None
    from_month: inputs.MonthWord | None = None


class Request(inputs.In):
    """A change of who somebody is: an officer decides on the evidence."""

    field: Literal["nik", "name", "birth_date", "sex", "registered_at"]
    value: inputs.text(120, 1)  # type: ignore[valid-type]
    evidence: inputs.text(2_000, 3)  # type: ignore[valid-type]
    sha256: Digest | None = None
    changed_on: dt.date | None = None


class Judgement(inputs.In):
    approve: bool
    why: Why


class Purpose(inputs.In):
    why: Why


class Withdrawal(inputs.In):
    purposes: Annotated[list[Literal["identity", "messages", "group"]], Field(min_length=1, max_length=3)]
    why: Why


class Done(shapes.Out):
    done: Literal[True] = True


@operation(router, "POST", "/people/decide", needs=WHO, out=Verdict, example=SITI)
def decide_newcomer(request: HttpRequest, body: Newcomer) -> Any:
    """What the law says of somebody who would join today, with reasons and limits. Nothing is stored."""
    return join.decide(newcomer=_newcomer(request, body), on=clock.today())


@operation(router, "POST", "/people", needs=WHO, out=Joined, status=201, idempotent=True, example=SITI)
def join_people(request: HttpRequest, body: Newcomer) -> Any:
    """Enrol one person. The decision with its reasons is kept; the civil registry is asked afterwards.

    The same NIK is the same person: sent again by anybody it enrols nobody twice (`already`).
    """
    newcomer, who = _newcomer(request, body), actor(request)
    joined = join.join(newcomer=newcomer, by=who, on=clock.today(), channel=Channel.API, at=clock.now())
    jobs.soon("ask_civil_registry", at=clock.now())
    return joined


@operation(
    router, "PATCH", "/people/{member_number}/data", needs=("everyone", "own_people", "self"), out=Corrected,
    may_fail=(404, 409), example={"changes": {"phone": "081298765432"}, "why": "ganti nomor"},
)  # fmt: skip
def correct_person(request: HttpRequest, member_number: MemberPath, body: Patch) -> Any:
    """Change how to reach somebody, what he does, or who inherits: all of it or nothing, at once."""
    who = actor(request)
    return data.correct(
        person=seeing.person(actor=who, why=body.why, number=member_number),
        changes=body.changes.model_dump(exclude_unset=True), by=who, on=clock.today(), at=clock.now(), why=body.why,
        changed_on=body.changed_on, from_month=inputs.month(body.from_month),
    )  # fmt: skip


@operation(
    router, "POST", "/people/{member_number}/requests", needs=("everyone", "own_people", "self"), out=Corrected,
    status=201, idempotent=True, may_fail=(404,),
)  # fmt: skip
def request_correction(request: HttpRequest, member_number: MemberPath, body: Request) -> Any:
    """Ask for a change of NIK, name, birth date, sex or place of registration, on evidence."""
    who = actor(request)
    return data.request(
        person=seeing.person(actor=who, why="permohonan koreksi", number=member_number), field=body.field,
        value=body.value, evidence=body.evidence, sha256=bytes.fromhex(body.sha256) if body.sha256 else None,
        changed_on=body.changed_on, by=who, on=clock.today(),
    )  # fmt: skip


@operation(
    router, "POST", "/people/{member_number}/consents/withdraw", needs=("everyone", "own_people", "self"), out=Done,
    idempotent=True, may_fail=(404,),
)  # fmt: skip
def withdraw_consent(request: HttpRequest, member_number: MemberPath, body: Withdrawal) -> Any:
    """Take back what is not needed for the membership itself."""
    who = actor(request)
    found = seeing.person(actor=who, why=body.why, number=member_number)
    data.withdraw_consent(person=found, purposes=tuple(body.purposes), by=who, on=clock.today(), at=clock.now())
    return Done()


@operation(router, "GET", "/corrections", needs=("identity",), out=list[Correction])
def list_corrections(request: HttpRequest, why: WhyQuery, after: inputs.After = 0, limit: inputs.Limit = 50) -> Any:
    """Changes that wait for an officer, the oldest first; `after` is the last id seen."""
    return registry.corrections(actor=actor(request), why=why, after=after, limit=limit)


@operation(
    router, "POST", "/corrections/{id}/decision", needs=("identity",), out=Done, idempotent=True, may_fail=(404,)
)
def decide_correction(request: HttpRequest, id: IdPath, body: Judgement) -> Any:
    """Grant or decline a change; not by who asked for it."""
    data.decide(correction=id, approve=body.approve, why=body.why, by=actor(request), on=clock.today(), at=clock.now())
    return Done()


@operation(
    router, "POST", "/people/{member_number}/identity/ask", needs=("identity",), out=Done, idempotent=True,
    may_fail=(404,),
)  # fmt: skip
def ask_identity_again(request: HttpRequest, member_number: MemberPath, body: Purpose) -> Any:
    """Have the civil registry asked anew."""
    who = actor(request)
    found = seeing.person(actor=who, why=body.why, number=member_number)
    identity.ask_again(person=found, why=body.why, by=who, on=clock.today(), at=clock.now())
    jobs.soon("ask_civil_registry", at=clock.now())
    return Done()


@operation(
    router, "POST", "/people/{member_number}/identity/confirm", needs=("identity",), out=Done, idempotent=True,
    may_fail=(404,),
)  # fmt: skip
def confirm_identity(request: HttpRequest, member_number: MemberPath, body: Purpose) -> Any:
    """An officer has seen the papers; `why` says which."""
    who = actor(request)
    found = seeing.person(actor=who, why=body.why, number=member_number)
    identity.confirm(person=found, why=body.why, by=who, on=clock.today(), at=clock.now())
    return Done()


def _newcomer(request: HttpRequest, body: Newcomer) -> facts.Newcomer:
    given = body.model_dump()
    given["heirs"] = tuple(facts.HeirNamed(**heir) for heir in given["heirs"])
    given["evidence"] = tuple(facts.EvidenceGiven(**piece) for piece in given["evidence"])
    who = actor(request)
    return facts.newcomer({**given, "agent": who.user if who.role == Role.AGENT else None})
