"""Firms, jobs, filed returns and what was paid, straight through the models: for tests that need them to be there."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

from teduh.contributions import wage_actions, wages
from teduh.contributions.models import WageDue
from teduh.core.clock import JAKARTA
from teduh.coverage import employed
from teduh.employers.models import (
    Contract,
    Employer,
    Employment,
    ReturnKind,
    ReturnState,
    WageLine,
    WageReturn,
    Worksite,
)  # fmt: skip
from teduh.law.months import Month
from teduh.payments.models import Bill, BillKind, BillState, Receipt, ReceiptState
from teduh.registry.models import Person
from teduh.security import crypto

_serial = itertools.count(1)
ALL = 1 | 2 | 4 | 8


def firm(name: str = "PT Maju Jaya", *, on: dt.date = dt.date(2026, 1, 5)) -> Employer:
    made = Employer.objects.create(npp=f"{next(_serial):08d}", name=name, legal_form="PT", registered_on=on)
    Worksite.objects.create(employer=made, number=1, name="Pusat", opened_on=on)
    return made


def workers(count: int, *, on: dt.date = dt.date(2026, 9, 1)) -> list[int]:
    """People who are known through an employer only: nobody enrolled them as self-employed."""
    made = []
    for _ in range(count):
        n = next(_serial)
        nik = f"3174{n // 9_000 + 1:02d}410190{n % 9_000 + 1:04d}"
        made.append(
            Person(
                member_number=f"9{n:010d}", nik=nik, nik_index=crypto.blind("nik", nik), name=f"Pekerja {n}",
                birth_date=dt.date(1990, 1, 1), sex="F", joined_on=on, identity="verified",
            )
        )  # fmt: skip
    Person.objects.bulk_create(made, batch_size=5_000)
    return [person.id for person in made]


def worker() -> int:
    return workers(1)[0]


def jobs(
    employer: Employer, persons: Sequence[int], *, since: dt.date = dt.date(2026, 9, 1), until: dt.date | None = None
) -> list[Employment]:
    site = employer.worksites.get(number=1)
    return Employment.objects.bulk_create(
        [
            Employment(
                person_id=person, employer=employer, worksite=site, started_on=since, registered_on=since,
                contract=Contract.PERMANENT, ended_on=until, cause="resigned" if until else None,
            )
            for person in persons
        ],
        batch_size=5_000,
    )  # fmt: skip


def job(employer: Employer, person: int, **wanted) -> Employment:
    return jobs(employer, [person], **wanted)[0]


def filed(
    employer: Employer, month: Month, paid: Mapping[Employment, int], *, on: dt.date | None = None,
    withdrawn: Sequence[Employment] = (), row: int = 2,
) -> tuple[WageReturn, Bill | None]:  # fmt: skip
    """A filed return (an amendment, if one was filed before) with what the law asks, and its bill."""
    on = on or month.plus(1).day(5)
    before = WageReturn.objects.filter(employer=employer, month=month, state="filed").count()
    made = WageReturn.objects.create(
        employer=employer, month=month, version=before + 1, state=ReturnState.FILED,
        kind=ReturnKind.AMENDMENT if before else ReturnKind.ORIGINAL, workers=len(paid),
        wages=sum(paid.values()), filed_on=on,
        filed_at=dt.datetime(on.year, on.month, on.day, 9, tzinfo=JAKARTA),
    )  # fmt: skip
    gone = {one.id for one in withdrawn}
    last = {
        line.employment_id: line
        for line in WageLine.objects.filter(employment__in=list(paid), month=month).order_by("id")
    }
    lines = WageLine.objects.bulk_create(
        [
            WageLine(
                wage_return=made, number=n, month=month, person_id=one.person_id, employment=one,
                worksite_id=one.worksite_id, pay=wage, wage=0 if one.id in gone else wage, risk_class=2, programmes=ALL,
                replaces=last.get(one.id), withdrawn=one.id in gone,
            )
            for n, (one, wage) in enumerate(paid.items(), row)
        ],
        batch_size=5_000,
    )  # fmt: skip
    return made, _dues(employer, month, lines, [last.get(line.employment_id) for line in lines], on)


def _amounts(month: Month, lines: Sequence[WageLine | None]) -> list[tuple[int, ...]]:
    """What the law asks for each line; nothing for none."""
    return list(
        wages.assess(
            month=month, wages=[line.wage if line else 0 for line in lines], risk_classes=[2] * len(lines),
            programmes=[line.programmes if line and not line.withdrawn else 0 for line in lines],
        ).rows()
    )  # fmt: skip


def _dues(
    employer: Employer, month: Month, lines: Sequence[WageLine], before: Sequence[WageLine | None], on: dt.date
) -> Bill | None:
    now, was = _amounts(month, lines), _amounts(month, before)
    asked = [[a - b for a, b in zip(one, other, strict=True)] for one, other in zip(now, was, strict=True)]
    total = sum(sum(row[: len(wages.BILLED)]) for row in asked)
    basis = wages.basis(month=month, risk_class=2, programmes=ALL)
    (kept,) = wage_actions.keep(bases=[basis]).values()
    bill = None
    if total > 0:
        n = next(_serial)
        bill = Bill.objects.create(
            number=f"W{n:09d}", code=f"8899{n:010d}", employer=employer, kind=BillKind.WAGES, amount=total,
            issued_on=on, expires_on=on + dt.timedelta(days=999),
        )  # fmt: skip
    WageDue.objects.bulk_create(
        [
            WageDue(
                bill=bill, line=line, person_id=line.person_id, employer=employer, month=month, basis_id=kept,
                **dict(zip(wages.COLUMNS, row, strict=True)),
            )
            for line, row in zip(lines, asked, strict=True)
        ],
        batch_size=5_000,
    )  # fmt: skip
    return bill


def settle(bill: Bill, on: dt.date, *, savings: bool = True, recompute: bool = True) -> Receipt:
    """The whole bill is paid on a day, as settling would leave it."""
    n = next(_serial)
    receipt = Receipt.objects.create(
        bank="BNI", bank_reference=f"W{n}", code=bill.code, bill=bill, amount=bill.amount, payload_hash=b"",
        paid_at=dt.datetime(on.year, on.month, on.day, 10, tzinfo=JAKARTA), state=ReceiptState.ALLOCATED,
    )  # fmt: skip
    paid = {"protection_on": on, "protection_by": receipt}
    if savings:
        paid |= {"savings_on": on, "savings_by": receipt}
    WageDue.objects.filter(bill=bill).update(**paid)
    Bill.objects.filter(pk=bill.pk).update(state=BillState.PAID)
    if recompute:
        employed.recompute(bills=[bill.id], on=on)
    return receipt


def unsettle(bill: Bill, on: dt.date) -> None:
    """The bank took the money back."""
    WageDue.objects.filter(bill=bill).update(protection_on=None, protection_by=None, savings_on=None, savings_by=None)
    employed.recompute(bills=[bill.id], on=on)


def end(employment: Employment, on: dt.date, cause: str = "resigned") -> None:
    Employment.objects.filter(pk=employment.pk).update(ended_on=on, cause=cause)
    employed.recompute(employments=[employment.id], on=on)
