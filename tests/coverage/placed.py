"""Placements abroad as tests of cover need them, straight through the models. What a journey decides, it decides."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from teduh.contributions.models import Assessment
from teduh.contributions.models.placements import PlacementDue
from teduh.coverage import placements
from teduh.law.months import Month
from teduh.migrants.models import Agreement, Destination, Entry, Placement, Route, Scheme, State
from teduh.payments.models import Bill, BillKind
from teduh.registry.models import Person
from teduh.security import crypto

D = dt.date.fromisoformat
_serial = itertools.count(1)
REGISTERED = D("2026-01-10")
BEGINS, ENDS = D("2026-04-01"), D("2028-03-31")


def destination(code: str = "TW") -> Destination:
    names = {
        "TW": ("Taiwan", "Taiwan", "Asia/Taipei", "TWD"),
        "KR": ("Korea Selatan", "South Korea", "Asia/Seoul", "KRW"),
    }
    name_id, name_en, zone, currency = names[code]
    return Destination.objects.get_or_create(
        code=code, defaults={"name_id": name_id, "name_en": name_en, "zone": zone, "currency": currency}
    )[0]


def migrant(**changed: object) -> int:
    """Somebody who is no member by other means."""
    n = next(_serial)
    born = changed.get("birth_date", D("1998-05-17"))
    nik = f"351501{born.day + 40:02}{born:%m%y}{n:04d}"
    given = {"name": f"Siti Migran {n}", "birth_date": D("1998-05-17"), "sex": "F", "joined_on": REGISTERED, **changed}
    return Person.objects.create(
        member_number=f"8{n:010d}", nik=nik, nik_index=crypto.blind("nik", nik), identity="verified", **given
    ).id


def placement(
    *, person: int | None = None, route: str = Route.IMPLEMENTER, to: str = "TW", abroad: bool = False,
    agreements: Sequence[tuple[str, str]] = ((str(BEGINS), str(ENDS)),), registered: str = str(REGISTERED),
    **dates: object,
) -> Placement:  # fmt: skip
    """A placement with its agreements; `dates` are departed_on and so on, and state or passport."""
    n = next(_serial)
    values = {name: D(value) if name.endswith(("_on", "_until")) else value for name, value in dates.items()}
    if "passport" in values:
        values["passport_index"] = crypto.blind("passport", values["passport"])
    made = Placement.objects.create(
        number=f"P9{n:09d}", person_id=person or migrant(), route=route,
        scheme=Scheme.OWN if route == Route.INDIVIDUAL else Scheme.AGENCY, destination=destination(to),
        entry=Entry.ABROAD if abroad else Entry.BEFORE, registered_on=D(registered), outcome="eligible", verdict={},
        ends_on=max((D(last) for _, last in agreements), default=None), **values,
    )  # fmt: skip
    for first, last in agreements:
        agree(made, first, last)
    return made


def agree(one: Placement, first: str, last: str, **changed: object) -> Agreement:
    number = one.agreements.count() + 1
    return Agreement.objects.create(
        placement=one, number=number, kind="first" if number == 1 else "extension", starts=D(first), ends=D(last),
        destination=one.destination, employer="Chen Mei-ling", job="Perawat", **changed,
    )  # fmt: skip


def pay(one: Placement, stage: str, day: str, until: str | None = str(ENDS), amount: int = 332_500) -> PlacementDue:
    """A fee, settled on that day; cover follows."""
    basis, _ = Assessment.objects.get_or_create(
        digest=b"placed", defaults={"month": Month(2026, 1), "facts": {}, "result": {}, "rulebook": "test"}
    )
    n = next(_serial)
    bill = Bill.objects.create(
        number=f"T9{n:09d}", code=f"8809{n:012d}", amount=amount, kind=BillKind.PLACEMENT, person_id=one.person_id,
        issued_on=D(day), expires_on=D(day),
    )  # fmt: skip
    due = PlacementDue.objects.create(
        bill=bill, placement=one, person_id=one.person_id, stage=stage, month=Month.of(D(day)), months=24,
        until=D(until) if until and stage != "before" else None, amount=amount, articles=[], assessment=basis,
        settled_on=D(day),
        agreement=None if stage == "before" else one.agreements.order_by("-number").first(),
    )  # fmt: skip
    placements.recompute(placements=[one.id], on=D(day))
    return due


def tell(one: Placement, *, on: str, state: str = "", **dates: str) -> Placement:
    """Something happened: its date is on the placement, and cover follows."""
    for name, value in dates.items():
        setattr(one, name, D(value))
    one.state = state or one.state
    one.save()
    placements.recompute(placements=[one.id], on=D(on))
    return one


def departed(route: str = Route.IMPLEMENTER, **changed: object) -> Placement:
    """Paid in full on 1 March, left on 28 March 2026."""
    one = placement(route=route, **changed)
    if route == Route.IMPLEMENTER:
        pay(one, "before", "2026-01-15", amount=37_500)
    pay(one, "during", "2026-03-01")
    return tell(one, on="2026-03-28", departed_on="2026-03-28", state=State.WORKING)
