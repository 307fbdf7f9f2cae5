"""A firm with workers whose wage returns are filed straight through `owe` and `bill`, for the tests of its money."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence

from teduh.contributions import wage_actions, wages
from teduh.core import sql
from teduh.employers.models import Employer, Employment, WageLine, WageReturn, Worksite
from teduh.journeys.wages import billing
from teduh.law.months import Month
from teduh.registry.models import Person
from teduh.security import crypto
from teduh.security.access import SYSTEM

_serial = itertools.count(1)
ALL = 31
JANUARY = Month(2026, 1)


class Firm:
    """An employer and workers; `report` files a month's wages, or corrects them."""

    def __init__(self, workers: int = 3, *, labour_intensive: bool = False) -> None:
        n = next(_serial)
        self.employer = Employer.objects.create(
            npp=f"{n:08d}", name=f"PT Contoh {n}", legal_form="PT", registered_on=dt.date(2020, 1, 1)
        ).id  # fmt: skip
        self.worksite = Worksite.objects.create(
            employer_id=self.employer, number=1, name="Pusat", opened_on=dt.date(2020, 1, 1)
        ).id
        self.labour_intensive = labour_intensive
        self.people: list[int] = []
        self.employments: list[int] = []
        self.stands: dict[tuple[Month, int], int] = {}
        self.versions: dict[Month, int] = {}
        self.hire(workers)

    def hire(self, count: int) -> None:
        made = []
        for _ in range(count):
            n = next(_serial)
            nik = f"357902{n:010d}"
            made.append(
                Person(
                    member_number=f"9{n:010d}", nik=nik, nik_index=crypto.blind("nik", nik), name=f"Pekerja {n}",
                    birth_date=dt.date(1990, 5, 17), sex="F", joined_on=dt.date(2020, 1, 1), identity="verified",
                )
            )  # fmt: skip
        Person.objects.bulk_create(made, batch_size=5_000)
        work = [
            Employment(
                person=person, employer_id=self.employer, worksite_id=self.worksite, started_on=dt.date(2020, 1, 1),
                registered_on=dt.date(2020, 1, 1),
            )
            for person in made
        ]  # fmt: skip
        Employment.objects.bulk_create(work, batch_size=5_000)
        self.people += [person.id for person in made]
        self.employments += [one.id for one in work]

    def report(
        self,
        month: Month = JANUARY,
        wages_: Sequence[int] | Mapping[int, int | None] | None = None,
        *,
        on: dt.date | None = None,
        programmes: int = ALL,
        risk_class: int = 1,
    ) -> billing.WageBill:
        """File a month: every worker's wage in order (the first version), or {worker: wage} to correct some; None
        withdraws a worker."""
        on = on or month.last
        told = wages_ if wages_ is not None else [5_000_000] * len(self.people)
        rows = dict(told) if isinstance(told, Mapping) else dict(enumerate(told))
        version = self.versions[month] = self.versions.get(month, 0) + 1
        filed = WageReturn.objects.create(
            employer_id=self.employer, month=month, version=version, state="filed", filed_on=on,
            kind="original" if version == 1 else "amendment", workers=len(rows),
        )  # fmt: skip
        lines = self._lines(filed.id, month, rows, programmes, risk_class)
        self.owe(filed.id, month, rows, lines, programmes, risk_class)
        return billing.bill(wage_return=filed.id, by=SYSTEM, on=on)

    def _lines(self, filed: int, month: Month, rows: Mapping[int, int | None], programmes: int, risk: int) -> list[int]:
        into = (
            "employers_wageline (wage_return_id, number, month, person_id, employment_id, worksite_id, wage_type, pay, "
            "allowances, variable, wage, risk_class, programmes, replaces_id, withdrawn)"
        )
        sql.copy(
            into,
            [
                (
                    filed, n + 1, month.first, self.people[n], self.employments[n], self.worksite, "monthly", wage or 0,
                    0, 0, wage or 0, risk, programmes, self.stands.get((month, n)), wage is None,
                )
                for n, wage in rows.items()
            ],
        )  # fmt: skip
        found = dict(WageLine.objects.filter(wage_return=filed).values_list("number", "id"))
        for n in rows:
            self.stands[month, n] = found[n + 1]
        return [found[n + 1] for n in rows]

    def owe(
        self, filed: int, month: Month, rows: Mapping[int, int | None], lines: list[int], programmes: int, risk: int
    ) -> None:
        count = len(rows)
        shape = {
            "month": month, "risk_classes": [risk] * count, "programmes": [programmes] * count,
            "labour_intensive": self.labour_intensive, "workers": len(self.people),
        }  # fmt: skip
        wage_actions.owe(
            wage_return=filed, employer=self.employer, month=month, lines=lines,
            persons=[self.people[n] for n in rows],
            amounts=wages.assess(wages=[wage or 0 for wage in rows.values()], **shape),
            bases=wages.bases(**shape),
        )  # fmt: skip
