"""What these tests share: places, organisations with desks, a worker abroad with his agreement and his cover."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from teduh.contributions.models import Assessment, PlacementDue
from teduh.coverage.models import Span
from teduh.journeys.migrants import family
from teduh.law.months import months_after
from teduh.migrants.models import Agreement, Desk, Destination, Organisation, Placement, Serves
from teduh.outreach.facts import read_words
from teduh.outreach.models import Message
from teduh.payments.models import Bill
from teduh.registry.models import Account, Person
from teduh.security.access import Actor
from teduh.security.models import User
from tests import factories

ON = dt.date(2026, 5, 4)
AT = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)
_n = itertools.count(1)
ZONES = {
    "TW": ("Taiwan", "Asia/Taipei", "TWD"), "SA": ("Arab Saudi", "Asia/Riyadh", "SAR"),
    "US": ("Amerika Serikat", "America/Los_Angeles", "USD"), "NZ": ("Selandia Baru", "Pacific/Auckland", "NZD"),
}  # fmt: skip


def destination(code: str = "TW") -> Destination:
    name, zone, currency = ZONES[code]
    return Destination.objects.get_or_create(
        code=code, defaults={"name_id": name, "name_en": name, "zone": zone, "currency": currency}
    )[0]


def organisation(kind: str = "agency", *, seat: str = "TW") -> Organisation:
    is_mission = kind == "mission"
    made = Organisation.objects.create(
        code=f"{kind[:3].upper()}{next(_n)}", kind=kind, name=f"{kind} {next(_n)}", registered_on=dt.date(2020, 1, 1),
        seat=destination(seat) if is_mission else None,
    )  # fmt: skip
    if is_mission:
        Serves.objects.create(organisation=made, destination=destination(seat))
    return made


def desk(at: Organisation, *, role: str = "clerk", account: str = "") -> Actor:
    who = factories.actor(account or ("mission" if at.kind == "mission" else "agency"))
    Desk.objects.create(organisation=at, user_id=who.user, role=role, from_day=dt.date(2020, 1, 1))
    return who


def placement(
    person: int | None = None, *, state: str = "working", to: str = "TW", by: Organisation | None = None,
    starts: dt.date = dt.date(2025, 5, 4), ends: dt.date | None = dt.date(2026, 8, 2), **more: object,
) -> Placement:  # fmt: skip
    """A placement abroad with its agreement; nothing is paid."""
    if state != "registered":
        more.setdefault("departed_on", starts)
    made = Placement.objects.create(
        number=f"M{next(_n):011d}", person_id=person or factories.person(), destination=destination(to), state=state,
        route="implementer" if by else "individual", scheme="agency" if by else "own", entry="before", organisation=by,
        registered_on=starts - dt.timedelta(days=30), ends_on=ends, outcome="eligible", verdict={}, **more,
    )  # fmt: skip
    if ends:
        Agreement.objects.create(
            placement=made, number=1, kind="first", starts=starts, ends=ends, destination=made.destination,
            employer="Lin Fu Co.", job="Perawat",
        )  # fmt: skip
    return made


def covered(one: Placement, phase: str, starts: dt.date, paid_until: dt.date, until: dt.date | None = None) -> None:
    """Cover of both programmes in a phase, as `coverage.placements` writes it."""
    if until is None:
        until = months_after(paid_until, 1) if phase == "during" else paid_until
    Span.objects.bulk_create(
        Span(person_id=one.person_id, programme=programme, segment="PMI", placement=one, phase=phase, starts=starts,
             paid_until=paid_until, due_until=paid_until, grace_until=until, ends=until, articles=["x"])
        for programme in ("JKK", "JKM")
    )  # fmt: skip


def working(to: str = "TW", *, until: dt.date = dt.date(2026, 8, 2), **more: object) -> Placement:
    """Somebody at work abroad, paid until this day."""
    made = placement(to=to, **{"ends": until, **more})
    covered(made, "during", dt.date(2025, 5, 4), until)
    return made


def account(person: int, *, language: str = "id") -> Actor:
    """The account of a member."""
    user = factories.user("member")
    User.objects.filter(pk=user.pk).update(language=language)
    Account.objects.create(user=user, person_id=person)
    return Actor(user=user.pk, name=user.username, role="member", person=person)


def relative(person: int, may: Sequence[str] = ("see", "pay"), *, phone: str = "+6281200000001") -> Actor:
    """A relative who is no member, with the code spent."""
    given = family.name(person=person, name="Siti Rahayu", relation="spouse", phone=phone, may=may,
                        by=account(person) if not Account.objects.filter(person=person).exists() else mine(person),
                        on=ON, at=AT)  # fmt: skip
    user = family.sign_up(code=given.code, phone=phone, password="tikar-laut-biru-9", name="Siti Rahayu", at=AT)
    return Actor(user=user.pk, name=user.username, role="family")


def mine(person: int) -> Actor:
    """The account a person has already."""
    user = Account.objects.get(person=person).user
    return Actor(user=user.pk, name=user.username, role="member", person=person)


def called(person: int, name: str) -> int:
    Person.objects.filter(pk=person).update(name=name)
    return person


def said(kind: str = "", *, person: int | None = None) -> list[tuple[str, str]]:
    """(title, body) in Bahasa of what was told, oldest first."""
    found = [one for one in Message.objects.order_by("id") if one.kind.startswith(kind)]
    words = [read_words(one.words) for one in found if person is None or one.person_id == person]
    return [(title.id, body.id) for title, body in words]


def settled(one, *stages: tuple[str, dt.date | None, int]) -> int:
    """A bill for this placement of which these stages (until, amount) are settled."""
    n = Bill.objects.count()
    bill = Bill.objects.create(number=f"T{n}", code=f"8860{n}", person_id=one.person_id, kind="placement", amount=1,
                               issued_on=dt.date(2026, 4, 1), expires_on=dt.date(2026, 5, 1))  # fmt: skip
    law = Assessment.objects.get_or_create(
        digest=b"x" * 32, defaults={"month": dt.date(2026, 4, 1), "facts": {}, "result": {}, "rulebook": "x"}
    )[0]
    for stage, until, amount in stages:
        PlacementDue.objects.create(
            bill=bill, placement=one, person_id=one.person_id, stage=stage, month=dt.date(2026, 4, 1), months=1,
            until=until, amount=amount, articles=["x"], assessment=law, settled_on=dt.date(2026, 4, 2),
        )  # fmt: skip
    return bill.pk
