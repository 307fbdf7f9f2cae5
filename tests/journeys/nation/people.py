"""A small nation: self-employed people, a firm with workers and amended lines, savings; straight through the models."""

from __future__ import annotations

import datetime as dt

from teduh.journeys.money import pay
from teduh.journeys.nation import snapshots
from teduh.law.months import Month
from teduh.ledger import actions as ledger
from teduh.ledger.facts import Draft, Move
from teduh.national import run
from teduh.national.job import Asked
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.wage_firm import Firm

MONTH = Month(2026, 4)
DAY = dt.date(2026, 5, 4)
YEAR = Month(2020, 12)
WAGES = [2_000_001, 5_000_000, 11_500_000, 30_000_000, 4_321_987]


def people() -> tuple[list[int], Firm]:
    """Twenty self-employed of two kinds, with a bill each, and a firm of five whose April was amended twice."""
    own = factories.people(20, on=dt.date(2026, 4, 1), programmes=("JKK", "JKM", "JHT"))
    pay.bill_each(people=own, months=1, by=SYSTEM, on=dt.date(2026, 4, 10))
    firm = Firm(len(WAGES))
    firm.report(MONTH, WAGES, on=dt.date(2026, 5, 2))
    firm.report(MONTH, {1: 5_555_555, 2: None}, on=dt.date(2026, 5, 3))
    firm.report(MONTH, {1: 6_000_001}, on=dt.date(2026, 5, 4))
    return own, firm


def savings(owners: list[int], *, year: int = 2020) -> None:
    """Accounts that were opened the year before and paid into in each month of the year."""
    for n, person in enumerate(owners):
        moves = [Draft(
            on=dt.date(year - 1, 7, 1), kind="test", reference=f"open:{person}", why="uji",
            moves=(Move("JHT:collection", "JHT:members", 1_000_000 + 777 * n, person, Month(year - 1, 7)),),
        )]  # fmt: skip
        moves += [
            Draft(on=dt.date(year, month, 10), kind="test", reference=f"paid:{person}:{month}", why="uji",
                  moves=(Move("JHT:collection", "JHT:members", 20_000 + n, person, Month(year, month)),))
            for month in range(1, 13)
        ]  # fmt: skip
        ledger.post(drafts=moves, by="uji")


def snapshot(what: str, folder, *, month: Month = MONTH, as_of: dt.date = DAY, rows: int = 7):
    return snapshots.snapshot(what=what, as_of=as_of, month=month, target=str(folder), by=SYSTEM, shard_rows=rows)


def go(kind: str, source, target, *, month: Month = MONTH, **values):
    return run.start(Asked(kind=kind, month=month, values=values), source=str(source), target=str(target),
                     engine=run.local(1))  # fmt: skip
