"""An agency and a mission with accounts, and people of theirs, for the tests of the desks' pages."""

from __future__ import annotations

import datetime as dt

from django.test import Client

from teduh.core import clock
from teduh.journeys.migrants import billing, register
from teduh.migrants import reference
from teduh.migrants.facts import NewAgreement
from teduh.migrants.models import Desk, Organisation
from teduh.payments.models import Bill
from teduh.security.access import SYSTEM
from tests.migrants import people
from tests.portals import house


def desk(kind: str = "agency", *, role: str = "owner", organisation: int | None = None, seat: str = "TW") -> Client:
    """A client whose account acts for an organisation (a new one, unless told)."""
    organisation = organisation or people.organisation(kind, seat=seat)
    client = house.signed_in("mission" if kind == "mission" else "agency")
    Desk.objects.create(organisation_id=organisation, user=client.account, role=role, from_day=dt.date(2020, 1, 1))
    client.organisation = organisation  # type: ignore[attr-defined]
    return client


def agreement(months_ahead: int = 2, days: int = 730) -> NewAgreement:
    """An agreement that begins some weeks from today."""
    starts = clock.today() + dt.timedelta(days=30 * months_ahead)
    return NewAgreement(
        starts=starts, ends=starts + dt.timedelta(days=days), employer="Lin Fu Co.", job="Perawat lansia"
    )


def place(organisation: int | None = None, **more: object) -> int:
    """Somebody registered today, by an agency if one is named."""
    reference.load_reference()
    told = {"agreement": agreement(), "passport_until": clock.today() + dt.timedelta(days=1500)} | more
    if organisation is not None:
        told |= {"scheme": Organisation.objects.get(pk=organisation).kind, "organisation": organisation}
    newcomer = people.newcomer(**told)
    return register.register(newcomer=newcomer, by=SYSTEM, on=clock.today(), at=clock.now()).placement


def bill(placement: int, organisation: int | None = None) -> Bill:
    """A bill for what this placement has to pay now."""
    made = billing.bill(placements=[placement], organisation=organisation, by=SYSTEM, on=clock.today(), at=clock.now())
    return Bill.objects.get(pk=made.id)
