"""Employers as tests need them, straight through the models. For what a journey decides, use it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from teduh.employers import numbers
from teduh.employers.models import Employer, Profile, RiskClass, Staff, Worksite
from teduh.law.months import Month
from teduh.security.models import User

ON = dt.date(2026, 4, 1)
FROM = Month(2026, 1)
_serial = itertools.count(1)


def employer(
    *, size: str = "large", programmes: Sequence[str] = ("JKK", "JKM", "JHT", "JP"), risk_class: int = 2,
    from_month: Month = FROM, region: str | None = None, owner: User | None = None,
) -> int:  # fmt: skip
    """A firm with its seat, a class and a profile from a month on."""
    made = Employer.objects.create(
        npp=numbers.take_npp(), name=f"PT Maju {next(_serial)}", legal_form="PT", registered_on=from_month.first
    )
    Profile.objects.create(employer=made, from_month=from_month, size=size, programmes=list(programmes))
    worksite(made.id, risk_class=risk_class, from_month=from_month, region=region)
    if owner:
        staff(made.id, owner, "owner")
    return made.id


def worksite(
    employer: int, *, number: int = 1, risk_class: int = 2, from_month: Month = FROM, region: str | None = None
) -> int:
    """A site with a confirmed class."""
    made = Worksite.objects.create(
        employer_id=employer, number=number, name=f"Lokasi {number}", region_id=region, opened_on=from_month.first
    )
    RiskClass.objects.create(
        worksite=made, from_month=from_month, activity="Perdagangan", risk_class=risk_class, evidence="NIB",
        state="confirmed",
    )  # fmt: skip
    return made.id


def staff(employer: int, user: User, role: str) -> int:
    """This account acts for this firm."""
    return Staff.objects.create(employer_id=employer, user=user, role=role, from_day=FROM.first).id
