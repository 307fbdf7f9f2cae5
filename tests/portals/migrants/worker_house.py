"""A worker abroad with an account, paid or not, and a relative, for the tests of their pages."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.journeys.migrants import billing, family, life, rates
from teduh.journeys.money import pay
from teduh.journeys.money.bill_view import BillView
from teduh.migrants import reference
from teduh.migrants.facts import NewAgreement
from teduh.payments.facts import Notice
from teduh.registry.models import Account
from teduh.security.access import SYSTEM, Actor, actor_of
from tests.migrants import people
from tests.portals import house

NIK, BORN = "3301215207940003", "12-07-1994"
PASSWORD = house.PASSWORD
ABROAD, BEFORE = "migrant_abroad_step", "migrant_before_step"


def ready() -> None:
    """Destinations, and a rate of today."""
    reference.load_reference()
    on = clock.today()
    rates.load(content=f"currency,date,rupiah,source\nTWD,{on},512.5,BI\n".encode(), by=SYSTEM, on=on)


def place(*, paid: bool = True, abroad: bool = True, days: int = 400, **more: object) -> int:
    """A placement in Taiwan whose agreement ends in so many days."""
    ready()
    on = clock.today()
    agreement = NewAgreement(starts=on - dt.timedelta(days=20), ends=on + dt.timedelta(days=days),
                             employer="Lin Fu Co.", job="Perawat lansia")  # fmt: skip
    told = {"abroad": abroad, "agreement": agreement, "passport_until": on + dt.timedelta(days=1500)} | more
    placement = people.placed(on=on, **told)
    if paid:
        pays(bill(placement))
    return placement


def worker(**wanted: object) -> Client:
    """A member with such a placement; the client knows it."""
    placement = place(**wanted)
    client = house.signed_in("member", person=people_of(placement))
    client.placement = placement  # type: ignore[attr-defined]
    return client


def people_of(placement: int) -> int:
    from teduh.migrants.models import Placement

    return int(Placement.objects.get(pk=placement).person_id)


def actor(client: Client) -> Actor:
    account = client.account  # type: ignore[attr-defined]
    person = Account.objects.filter(user=account).values_list("person", flat=True).first()
    return actor_of(account, person=person)


def bill(placement: int) -> BillView:
    return billing.bill(placements=[placement], by=SYSTEM, on=clock.today(), at=clock.now())


def pays(one: BillView) -> None:
    """The bank tells that this bill was paid today."""
    told = Notice(bank="BNI", bank_reference=f"REF{one.code}", code=one.code, amount=one.remaining, paid_at=clock.now())
    pay.receive(notices=[told], on=clock.today(), at=clock.now(), by=SYSTEM)


def relative_of(client: Client, *may: str) -> tuple[Client, int]:
    """Somebody at home with an account, and the row that lets him."""
    who = actor(client)
    assert who.person
    named = family.name(person=who.person, name="Sri Rahayu", relation="spouse", phone=None, may=may or ("see",),
                        by=who, on=clock.today(), at=clock.now())  # fmt: skip
    home = house.signed_in("family")
    family.spend(code=named.code, by=actor(home), at=clock.now())
    return home, named.relative


def tell(client: Client, kind: str, on: dt.date | None = None) -> None:
    life.tell(placement=client.placement, kind=kind, event_on=on or clock.today(), by=actor(client),  # type: ignore[attr-defined]
              on=clock.today(), at=clock.now())  # fmt: skip


ANSWERS: dict[str, dict[str, str]] = {
    "siapa": {"nik": NIK, "name": "Wahyuni", "birth_date": BORN},
    "negara": {"destination": "TW", "scheme": "own", "passport": "C 123 4567", "passport_until": "31-01-2035"},
    "kontak": {"phone": "+886 912 345 678", "family_name": "Budi Santoso", "family_relation": "spouse",
               "family_may": "on", "family_heir": "on"},
    "periksa": {"consent": "on", "password": PASSWORD},
}  # fmt: skip


def agreement(months: int = 24) -> dict[str, str]:
    on = clock.today()
    return {"has": "yes", "agreement_starts": (on - dt.timedelta(days=10)).isoformat(), "employer": "Chang Family",
            "agreement_ends": (on + dt.timedelta(days=30 * months)).isoformat(), "job": "Perawat lansia"}  # fmt: skip


def joins(client: Client, door: str = ABROAD, until: str = "periksa", **steps: dict[str, str]):
    """Answer every page of a door up to one; the last answer."""
    answers = {"perjanjian": agreement(), **ANSWERS} | steps
    answer = None
    for name in ("siapa", "negara", "perjanjian", "kontak", "periksa"):
        answer = client.post(reverse(door, args=[name]), answers[name])
        if name == until:
            break
    return answer
