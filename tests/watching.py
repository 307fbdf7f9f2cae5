"""Firms, their people and their returns as the tests of projects, cases and inspectors need them, by the models."""

from __future__ import annotations

import datetime as dt
import itertools

from teduh.employers.models import Employer, Employment, Profile, RiskClass, Staff, WageLine, WageReturn, Worksite
from teduh.law.months import Month
from teduh.security.access import Actor
from teduh.security.models import Role, User
from tests import factories

_serial = itertools.count(1)
TODAY = dt.date(2026, 6, 22)
SINCE = Month(2025, 1)


def firm(
    name: str = "", *, size: str = "medium", programmes: tuple[str, ...] = ("JKK", "JKM", "JHT", "JP"),
    risk_class: int = 5, activity: str = "Jasa konstruksi", since: Month = SINCE, region: str | None = None,
) -> int:  # fmt: skip
    """A registered employer with one site; its id."""
    n = next(_serial)
    made = Employer.objects.create(
        npp=f"{90000000 + n}", name=name or f"PT Contoh {n}", legal_form="PT", registered_on=since.first,
        region_id=region,
    )  # fmt: skip
    Profile.objects.create(employer=made, from_month=since, size=size, programmes=list(programmes))
    site = Worksite.objects.create(employer=made, number=1, name="Pusat", opened_on=since.first, region_id=region)
    RiskClass.objects.create(worksite=site, from_month=since, activity=activity, risk_class=risk_class, evidence="NIB")
    return int(made.id)


def staff(employer: int, role: str = "owner") -> Actor:
    """Somebody who acts for the employer."""
    account: User = factories.user(Role.EMPLOYER)
    Staff.objects.create(employer_id=employer, user=account, role=role, from_day=SINCE.first)
    return Actor(user=account.id, name=account.username, role=account.role)


def inspector() -> Actor:
    return factories.actor(Role.INSPECTOR)


def filed(
    employer: int, month: Month, wages: list[int], *, on: dt.date | None = None, variable: int = 0,
    persons: list[int] | None = None,
) -> int:  # fmt: skip
    """A filed return with these wages, one worker each; nothing is owed by it. Its id."""
    day = on or month.plus(1).day(10)
    site = Worksite.objects.get(employer=employer, number=1)
    people = persons or factories.people(len(wages))
    made = WageReturn.objects.create(
        employer_id=employer, month=month, version=1, state="filed", workers=len(wages), wages=sum(wages), filed_on=day
    )
    rows = []
    for n, (person, wage) in enumerate(zip(people, wages, strict=True), 1):
        job = Employment.objects.filter(employer=employer, person=person).first() or Employment.objects.create(
            person_id=person, employer_id=employer, worksite=site, started_on=month.first, registered_on=month.first
        )
        rows.append(WageLine(wage_return=made, number=n, month=month, person_id=person, employment=job, worksite=site,
                             pay=wage, variable=variable, wage=wage, risk_class=5, programmes=3))  # fmt: skip
    WageLine.objects.bulk_create(rows)
    return int(made.id)
