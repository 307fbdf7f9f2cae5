"""People: found, read, with what protects them. Every look says why, and the member can read who looked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AfterValidator

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import MemberPath, WhyQuery, storable
from teduh.api.tokens import actor
from teduh.contributions import bills
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.coverage import card, card_pdf
from teduh.coverage import queries as coverage
from teduh.journeys.money import statement as statements
from teduh.journeys.worker import worker
from teduh.registry import queries as registry
from teduh.security import queries as audit

router = Router(tags=["people"])
ANYBODY = ("everyone", "own_people", "self")
PersonRow = shapes.of(registry.PersonRow)
Dossier = shapes.of(registry.Dossier)
Read = shapes.of(audit.Read)
Statement = shapes.of(statements.Statement)
Wages = shapes.of(worker.Wages, omit=("jp",), also=(("jp_percent", int),))
Claims = shapes.of(card.Claims)
BillRow = shapes.of(bills.BillRow, also=(("state_name", Text), ("remaining", int)))
Protection = shapes.of(
    coverage.Protection,
    omit=("asked", "person"),
    also=(
        ("state", str),
        ("is_protected", bool),
        ("protected_from", dt.date | None),
        ("protected_until", dt.date | None),
        ("grace_until", dt.date | None),
        ("next_step", Text),
    ),
)


class MemberCard(shapes.Out):
    """A card: `text` goes into the QR and onto the screen."""

    text: str
    claims: Claims  # type: ignore[valid-type]


Sought = Annotated[str, Query(max_length=120, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]


@operation(router, "GET", "/find", needs=ANYBODY, out=list[PersonRow])
def find_people(
    request: HttpRequest,
    why: WhyQuery,
    nik: Sought = "",
    phone: Sought = "",
    name: Sought = "",
    member_number: Sought = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Any:
    """People who match all that is given, masked: by NIK, phone or member number exactly, by words of the name."""
    return registry.find(
        actor=actor(request), why=why, nik=nik, phone=phone, name=name, member_number=member_number, limit=limit
    )


@operation(router, "GET", "/{member_number}", needs=ANYBODY, out=Dossier, may_fail=(404,))
def person(request: HttpRequest, member_number: MemberPath, why: WhyQuery) -> Any:
    """Everything on record about one person, unmasked."""
    return _dossier(request, member_number, why)


@operation(router, "GET", "/{member_number}/readers", needs=ANYBODY, out=list[Read], may_fail=(404,))
def person_readers(request: HttpRequest, member_number: MemberPath, why: WhyQuery, limit: inputs.Limit = 100) -> Any:
    """Who looked at this person's record, when and for what purpose, newest first."""
    who = seeing.person(actor=actor(request), why=why, number=member_number)
    return audit.reads_of(records=registry.same_person(person=who), limit=limit)


@operation(router, "GET", "/{member_number}/protection", needs=ANYBODY, out=Protection, may_fail=(404,))
def person_protection(
    request: HttpRequest, member_number: MemberPath, why: WhyQuery, on: Annotated[dt.date | None, Query()] = None
) -> Any:
    """What protects this person on a day (today, unless named), programme by programme, and what to do next."""
    who = seeing.person(actor=actor(request), why=why, number=member_number)
    return _cover(who, inputs.day(on, clock.today()))


@operation(router, "GET", "/{member_number}/statement", needs=ANYBODY, out=Statement, may_fail=(404,))
def person_statement(
    request: HttpRequest, member_number: MemberPath, why: WhyQuery, on: Annotated[dt.date | None, Query()] = None
) -> Any:
    """Every contribution paid for this member, and his old-age savings (JHT), movement by movement."""
    asking, on_day = actor(request), inputs.day(on, clock.today())
    who = registry.by_member_number(number=member_number)
    if who is None:
        raise not_found(seeing.NOBODY)
    return statements.statement(person=who, by=asking, on=on_day, why=why)


@operation(router, "GET", "/{member_number}/wages", needs=("everyone", "self"), out=Wages, may_fail=(404,))
def person_wages(request: HttpRequest, member_number: MemberPath, why: WhyQuery) -> Any:
    """What employers reported and paid for this member, month by month: his own, or anybody's by officers."""
    who = registry.by_member_number(number=member_number)
    if who is None:
        raise not_found(seeing.NOBODY)
    return worker.months(actor=actor(request), person=who, on=clock.today(), why=why)


@operation(router, "GET", "/{member_number}/bills", needs=ANYBODY, out=list[BillRow], may_fail=(404,))
def person_bills(
    request: HttpRequest,
    member_number: MemberPath,
    why: WhyQuery,
    before: inputs.Before = None,
    limit: inputs.Limit = 50,
) -> Any:
    """This person's bills, newest first; `before` is the last id seen."""
    who = seeing.person(actor=actor(request), why=why, number=member_number)
    return bills.bills(on=clock.today(), person=who, before=before, limit=limit)


@operation(router, "GET", "/{member_number}/card", needs=ANYBODY, out=MemberCard, may_fail=(404,))
def person_card(request: HttpRequest, member_number: MemberPath, why: WhyQuery) -> Any:
    """The member's card as of today: the text for a QR, and what it says."""
    return _card(_dossier(request, member_number, why))


@operation(
    router, "GET", "/{member_number}/card.pdf", needs=ANYBODY, out=None, media="application/pdf", may_fail=(404,)
)
def person_card_pdf(request: HttpRequest, member_number: MemberPath, why: WhyQuery) -> Any:
    """The member's card on paper: an A4 page with the card to cut out and the next steps."""
    known = _dossier(request, member_number, why)
    step = _cover(known.id, clock.today()).next_step
    pdf = card_pdf.draw(card=_card(known), name=known.name, nik=known.nik, next_step=step)
    return HttpResponse(pdf, content_type="application/pdf")


def _dossier(request: HttpRequest, number: str, why: str) -> registry.Dossier:
    who = registry.by_member_number(number=number)
    if who is None:
        raise not_found(seeing.NOBODY)
    return registry.dossier(actor=actor(request), why=why, person=who)


def _cover(who: int, on: dt.date) -> coverage.Protection:
    found = coverage.protection(person=who, on=on)
    if found is None:
        raise not_found(seeing.NOBODY)
    return found


def _card(known: registry.Dossier) -> card.Card:
    today = clock.today()
    return card.issue(
        person=known.id, name=known.name, member_number=known.member_number, cover=_cover(known.id, today), on=today
    )
