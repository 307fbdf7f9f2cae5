"""What counts as the wage of a row, and what is worth saying about it: minimum wage, last month, what was moved out."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, NamedTuple

from teduh.employers.models.returns import WageType
from teduh.employers.queries.force import SiteInForce
from teduh.employers.returns.findings import Rp
from teduh.employers.returns.known import Worker
from teduh.employers.returns.reading import Rows
from teduh.law import codes, rulebook, wage_base
from teduh.law.contributions.wage import monthly_wage
from teduh.law.months import Month
from teduh.law.record import Record

if TYPE_CHECKING:
    from teduh.employers.returns.judging import Judge

#: A wage that falls by more than this part of a hundred is pointed out: a policy of ours, not a rule of law.
DROP = 30
#: Ten times as much, or a tenth of it, within this part of a hundred: a zero too many or too few.
ABOUT = 20
#: The basic wage is at least this part of a hundred of basic wage and fixed allowances (UU 13/2003 Pasal 94).
BASE = 75


class Reckoning(NamedTuple):
    """How the law makes a month's wage in a month."""

    record: Record
    limits: wage_base.Limits


@functools.lru_cache(maxsize=64)
def reckoning(month: Month) -> Reckoning:
    """The law of a month, looked up once for all rows."""
    return Reckoning(rulebook.record(month.last), wage_base.limits(month))


def month_wage(judge: Judge, kind: str, pay: int, allowances: int) -> int:
    """PP 44/2015 Pasal 19: basic wage and fixed allowances; a day's wage times 25, piece work averaged."""
    if kind == "monthly":
        return wage_base.counted(basic=pay, fixed=allowances)
    return monthly_wage(pay, codes.WAGE_TYPES[kind], judge.reckoning.record) + allowances


def wage_of(judge: Judge, rows: Rows, place: int, leaves: bool) -> int | None:
    """The month's wage; None, and a stop, where there is none. Who only leaves needs no wage."""
    pay, allowances = rows.pay[place], rows.allowances[place]
    wage = month_wage(judge, rows.wage_type[place], pay, allowances)
    if wage > 0:
        return wage
    if leaves or place in rows.stopped:
        return None
    if rows.variable[place] > 0:
        rows.find(place, "variable_only", "pay", amounts=(rows.variable[place],))
    else:
        rows.find(place, "no_wage" if rows.has_pay[place] else "pay_missing", "pay")
    return None


def remarks(judge: Judge, rows: Rows, place: int, wage: int, site: SiteInForce, worker: Worker | None) -> None:
    """Everything worth saying about a wage. Nothing here keeps a row from being filed."""
    kind, pay, allowances = rows.wage_type[place], rows.pay[place], rows.allowances[place]
    if kind != "monthly":
        _reckoned(judge, rows, place, wage)
    minimum = judge.minimum.get(site.region) if site.region else None
    if minimum and wage < minimum[0]:
        rows.find(place, "below_minimum", "pay", amounts=(wage, minimum[0]), source=minimum[1], status=minimum[2])
    if allowances and kind == "monthly" and pay * 100 < BASE * (pay + allowances):
        rows.find(place, "base_too_small", "pay", pay=Rp(pay), amount=Rp(pay + allowances))
    if rows.variable[place] > wage:
        rows.find(place, "mostly_variable", "variable", pay=Rp(rows.variable[place]), amount=Rp(wage))
    if worker is not None and worker.before and wage != worker.before:
        _against_last_month(rows, place, wage, worker.before, worker.variable_before)


def _reckoned(judge: Judge, rows: Rows, place: int, wage: int) -> None:
    kind, pay = rows.wage_type[place], rows.pay[place]
    record = judge.reckoning.record
    if kind == WageType.DAILY:
        rows.find(place, "daily_times_25", "pay", pay=Rp(pay), days=record.daily_wage_days, amount=Rp(wage))
        if pay > wage_base.MOST_ORDINARY_DAILY:
            rows.find(place, "daily_looks_monthly", "pay", pay=Rp(pay))
        return
    months = record.piece_wage_months if kind == WageType.PIECE else record.weather_wage_months
    rows.find(place, "averaged", "pay", months=months, pay=Rp(pay), amount=Rp(wage))


def _against_last_month(rows: Rows, place: int, wage: int, before: int, variable_before: int) -> None:
    more, less = (wage, before) if wage > before else (before, wage)
    if abs(more - 10 * less) * 100 <= ABOUT * more:
        rows.find(place, "tenfold", "pay", amount=Rp(wage), before=Rp(before))
    elif wage < before and rows.variable[place] > variable_before:
        moved = rows.variable[place] - variable_before
        rows.find(place, "moved_out", "variable", before=Rp(before), amount=Rp(wage), pay=Rp(moved))
    elif wage * 100 < before * (100 - DROP):
        percent = (before - wage) * 100 // before
        rows.find(place, "dropped", "pay", percent=percent, before=Rp(before), amount=Rp(wage))
