"""What tests of placements share: destinations, an agency and a mission with their desks, and newcomers."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

from teduh.migrants import reference
from teduh.migrants.facts import NewAgreement, NewMigrant
from teduh.migrants.models import Desk, Organisation, Serves
from teduh.security.access import SYSTEM, Actor
from tests import factories

_n = itertools.count(1)
D = dt.date.fromisoformat
ON = D("2026-02-02")
AGREEMENT = NewAgreement(starts=D("2026-04-01"), ends=D("2028-03-31"), employer="Lin Fu Co.", job="Perawat lansia")


def at(day: dt.date = ON) -> dt.datetime:
    """A morning of that day."""
    return dt.datetime.combine(day, dt.time(9), dt.UTC)


def organisation(kind: str = "agency", *, seat: str = "TW") -> int:
    reference.load_reference()
    number = next(_n)
    made = Organisation.objects.create(
        code=f"{kind[:3].upper()}{number}", kind=kind, name=f"{kind.title()} {number}", registered_on=D("2020-01-01"),
        seat_id=seat if kind == "mission" else None,
    )  # fmt: skip
    if kind == "mission":
        Serves.objects.create(organisation=made, destination_id=seat)
    return made.pk


def desk(organisation: int, *, role: str = "clerk") -> Actor:
    kind = Organisation.objects.get(pk=organisation).kind
    who = factories.actor("mission" if kind == "mission" else "agency")
    Desk.objects.create(organisation_id=organisation, user_id=who.user, role=role, from_day=D("2020-01-01"))
    return who


def newcomer(number: int | None = None, **more: object) -> NewMigrant:
    """A woman of Cilacap who goes to Taiwan on her own, unless told otherwise."""
    serial = number if number is not None else next(_n)
    born = D("1995-03-12") + dt.timedelta(days=serial % 2000)
    nik = f"330112{born.day + 40:02d}{born:%m%y}{serial % 9999 + 1:04d}"
    name = f"Siti {('Aminah', 'Rahayu', 'Lestari')[serial % 3]} {chr(65 + serial % 26)}rini"
    told = NewMigrant(
        nik=nik, name=name, birth_date=born,
        scheme="own", destination="TW", passport=f"C{serial % 10**7:07d}", passport_until=D("2031-01-01"),
        agreement=AGREEMENT, consent=True,
    )  # fmt: skip
    return replace(told, **more)


def placed(by: Actor = SYSTEM, on: dt.date = ON, **more: object) -> int:
    """A registered placement."""
    from teduh.journeys.migrants import register

    reference.load_reference()
    return register.register(newcomer=newcomer(**more), by=by, on=on, at=at(on)).placement
