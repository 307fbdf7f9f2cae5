"""A wage return judged: the file read, compared with register and last month, and priced by the law of its month.

The same for the dry run and for filing, so that what was shown is what is filed.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from teduh.contributions import wages
from teduh.contributions.wages import BILLED, COLUMNS, Amounts
from teduh.core import sql
from teduh.employers import queries, reference
from teduh.employers.models import ReturnState, WageReturn
from teduh.employers.queries.force import InForce
from teduh.employers.returns import known, reading
from teduh.employers.returns.judging import Judge
from teduh.employers.returns.known import Staff
from teduh.employers.returns.lines import Judged
from teduh.law.months import Month

VERSIONS = """
SELECT r.id, r.version, r.kind, r.state, r.file_id, r.workers, r.filed_on, r.understood->'only_changes' = 'true',
    f.sha256, r.understood->>'source'
FROM employers_wagereturn r LEFT JOIN employers_wagefile f ON f.id = r.file_id
WHERE r.employer_id = %s AND r.month = %s AND r.state <> 'discarded' ORDER BY r.version NULLS LAST
"""
OWED = """
SELECT l.employment_id, {sums}
FROM employers_wageline l JOIN contributions_wagedue d ON d.line_id = l.id
JOIN employers_wagereturn r ON r.id = l.wage_return_id
WHERE l.employment_id = ANY(%(employments)s) AND l.month = %(month)s AND r.version < %(version)s
GROUP BY l.employment_id
""".format(sums=", ".join(f"sum(d.{column})::bigint" for column in COLUMNS))


@dataclass(frozen=True)
class Made:
    """One return of the month, filed or in hand."""

    id: int
    version: int | None
    kind: str
    state: str
    file: int | None
    workers: int
    filed_on: dt.date | None
    only_changes: bool
    sha256: bytes

    @property
    def is_filed(self) -> bool:
        return self.state == ReturnState.FILED


@dataclass(frozen=True)
class History:
    """All returns of an employer's month that were filed, oldest first, and the one in hand."""

    filed: tuple[Made, ...]
    in_hand: Made | None

    @property
    def next_version(self) -> int:
        return len(self.filed) + 1

    @property
    def latest(self) -> Made | None:
        return self.filed[-1] if self.filed else None

    @property
    def first(self) -> Made | None:
        """The first report that named workers: its day and size decide about reliefs."""
        return next((one for one in self.filed if one.workers), None)

    def before(self, version: int) -> History:
        """The same as it was before a version."""
        return History(tuple(one for one in self.filed if (one.version or 0) < version), None)


@dataclass
class Priced:
    """A judged return with its amounts. `owed` is what each replaced line's employment owed for the month before."""

    judged: Judged
    amounts: Amounts
    force: InForce
    staff: Staff
    version: int
    workers: int
    on: dt.date
    month: Month
    only_changes: bool
    owed: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @functools.cached_property
    def totals(self) -> dict[str, int]:
        """What the return adds, column by column; below zero where a correction takes away."""
        sums = self.amounts.totals
        for row in self.owed.values():
            for column, amount in zip(COLUMNS, row, strict=True):
                sums[column] -= amount
        return sums

    @property
    def to_pay(self) -> int:
        return sum(self.totals[column] for column in BILLED)

    def change(self, line: int) -> int:
        """What a line's month costs more or less than was filed."""
        now = sum(getattr(self.amounts, column)[line] for column in BILLED)
        before = self.owed.get(self.judged.lines.employment[line] or 0)
        return now - sum(before[: len(BILLED)]) if before else now


def history(*, employer: int, month: Month) -> History:
    """Every return of the month that was not discarded."""
    rows = sql.rows(VERSIONS, [employer, month.first])
    made = [
        Made(id_, version, kind, state, file, workers, filed_on, bool(only), bytes(sha) if sha else b"")
        for id_, version, kind, state, file, workers, filed_on, only, sha, _ in rows
    ]
    filed = tuple(one for one in made if one.is_filed)
    return History(filed, next((one for one in made if not one.is_filed), None))


def judge(
    *,
    employer: int,
    month: Month,
    content: bytes,
    name: str,
    on: dt.date,
    past: History,
    only_changes: bool,
    advice: bool = True,
) -> Priced:
    """Read, compare and price. `past` is what was filed before; `advice`: also what only warns from outside (minimum
    wages)."""
    rows = reading.read(content=content, name=name, month=month)
    force = queries.in_force(employer=employer, month=month)
    version = past.next_version
    staff = known.staff(employer=employer, month=month, version=version)
    regions = sorted({site.region for site in force.worksites.values() if site.region}) if advice else []
    minimum = reference.minimum_wage(regions=regions, on=month.first) if regions else {}
    found = Judge(
        month=month, on=on, force=force, staff=staff,
        register=lambda indexes, members: known.register(
            employer=employer, month=month, indexes=indexes, members=members),
        minimum=minimum, version=version, only_changes=only_changes,
    ).judge(rows)  # fmt: skip
    return _priced(found, force, staff, version, past, on, month, only_changes)


def _priced(
    judged: Judged, force: InForce, staff: Staff, version: int, past: History, on: dt.date, month: Month, only: bool
) -> Priced:
    first = past.first
    workers, day = (first.workers, first.filed_on or on) if first else (judged.workers, on)
    lines = judged.lines
    amounts = wages.assess(
        month=month, wages=lines.wage, risk_classes=lines.risk_class,
        programmes=[0 if away else mask for mask, away in zip(lines.programmes, lines.withdrawn, strict=True)],
        labour_intensive=force.labour_intensive, workers=workers, on=day,
    )  # fmt: skip
    again = [e for e, replaced in zip(lines.employment, lines.replaces, strict=True) if replaced and e]
    told = {"employments": again, "month": month.first, "version": version}
    owed = {row[0]: row[1:] for row in sql.rows(OWED, told)} if again else {}
    return Priced(judged, amounts, force, staff, version, workers, day, month, only, owed)


def again(*, wage_return: WageReturn, past: History, on: dt.date, advice: bool = True) -> Priced:
    """A stored return judged again: as it stands now, or as it was when it was filed."""
    before = past.before(wage_return.version) if wage_return.version else past
    assert wage_return.file is not None, "a nil return has no rows"
    return judge(
        employer=wage_return.employer_id, month=wage_return.month, content=bytes(wage_return.file.content),
        name=wage_return.file.name, on=wage_return.filed_on or on, past=before,
        only_changes=bool(wage_return.understood.get("only_changes")), advice=advice,
    )  # fmt: skip
