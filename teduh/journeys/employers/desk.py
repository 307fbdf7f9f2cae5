"""What an employer has to do now: months not reported, bills not paid, workers' words not answered. Many firms at once.

What a bill asks is `contributions.bills`', due dates and penalties are the law's. Who may ask, the door decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from teduh.contributions import bills, penalties, wage_ageing
from teduh.core import holidays, sql
from teduh.law import due
from teduh.law.months import Month

#: States of a firm, the most urgent first.
URGENT = ("arrears", "late", "pay", "due", "good", "ended")
MOST_MONTHS = 24

#: Months from the first profile to the last whole month, without a filed return; what is in hand; words not answered.
STATES = """
SELECT e.id, e.ended_on,
    ARRAY(SELECT m::date FROM generate_series(
        greatest((SELECT min(p.from_month) FROM employers_profile p WHERE p.employer_id = e.id), %(oldest)s::date),
        least(%(last)s::date, date_trunc('month', e.ended_on)::date), '1 month') AS m
        WHERE NOT EXISTS (SELECT FROM employers_wagereturn r
            WHERE r.employer_id = e.id AND r.month = m::date AND r.state = 'filed') ORDER BY m),
    (SELECT count(*) FROM employers_leaving l JOIN employers_employment w ON w.id = l.employment_id
        WHERE w.employer_id = e.id AND l.state = 'waiting'),
    (SELECT count(*) FROM employers_leaving l JOIN employers_employment w ON w.id = l.employment_id
        WHERE w.employer_id = e.id AND l.state = 'disputed')
FROM employers_employer e WHERE e.id = ANY(%(employers)s)
"""
IN_HAND = """
SELECT employer_id, month, id FROM employers_wagereturn WHERE employer_id = ANY(%(employers)s) AND state = 'checked'
"""
MONTHS = """
SELECT m::date, f.id, f.version, f.kind, f.workers, f.wages, f.filed_on, h.id
FROM generate_series(%(first)s::date, %(last)s::date, '1 month') AS m
LEFT JOIN LATERAL (SELECT * FROM employers_wagereturn r WHERE r.employer_id = %(employer)s AND r.month = m::date
    AND r.state = 'filed' ORDER BY r.version DESC LIMIT 1) f ON TRUE
LEFT JOIN employers_wagereturn h ON h.employer_id = %(employer)s AND h.month = m::date AND h.state = 'checked'
ORDER BY m DESC
"""
#: What each bill is for: the month and the return of its first line; of an instalment its own day.
OF_BILLS = """
SELECT b.id, d.month, d.filed_on, d.id, coalesce(d.version, 0), i.due_on FROM payments_bill b
LEFT JOIN LATERAL (SELECT w.month, r.filed_on, r.id, r.version FROM contributions_wagedue w
    JOIN employers_wageline l ON l.id = w.line_id JOIN employers_wagereturn r ON r.id = l.wage_return_id
    WHERE w.bill_id = b.id ORDER BY w.id LIMIT 1) d ON TRUE
LEFT JOIN contributions_instalment i ON i.bill_id = b.id WHERE b.id = ANY(%(bills)s)
"""
SINCE = "SELECT min(from_month) FROM employers_profile WHERE employer_id = %s"


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """A firm on a day. `missing` months are whole and not reported, the oldest first; `due_on` is the oldest's."""

    employer: int
    state: str
    month: Month
    missing: tuple[Month, ...]
    due_on: dt.date
    is_late: bool
    in_hand: int | None
    open_bills: int
    to_pay: int
    arrears: int
    arrears_months: int
    in_a_row: int
    penalty: int
    waiting_leavings: int
    disputed_leavings: int

    @property
    def next_month(self) -> Month:
        return self.missing[0] if self.missing else self.month


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """A month in the list of returns: what was filed last, and what is being prepared."""

    month: Month
    wage_return: int | None
    version: int | None
    kind: str
    workers: int
    wages: int
    filed_on: dt.date | None
    in_hand: int | None
    due_on: dt.date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A bill with what it is for: the month and the return (None: a penalty, an instalment, a project)."""

    row: bills.BillRow
    month: Month | None
    wage_return: int | None
    due_on: dt.date
    is_late: bool


@dataclass(frozen=True, slots=True)
class _Money:
    open_bills: int = 0
    to_pay: int = 0
    arrears: int = 0
    arrears_months: int = 0
    in_a_row: int = 0
    penalty: int = 0


def due_on(month: Month) -> dt.date:
    """The day by which a month is reported and paid (PP 44/2015 Pasal 21(2))."""
    off = holidays.between(month.year, month.year + 1)
    return due.due_date("JKK", "wage_earner", month, holidays=off).date


def states(*, employers: Sequence[int], on: dt.date) -> dict[int, Now]:
    """Every firm's state on a day, in a constant number of statements."""
    last = Month.of(on).plus(-1)
    asked = {"employers": list(employers), "last": last.first, "oldest": last.plus(1 - MOST_MONTHS).first}
    in_hand = {(employer, Month.of(month)): id_ for employer, month, id_ in sql.rows(IN_HAND, asked)}
    money = _money(employers, on)
    return {row[0]: _now(row, last, on, in_hand, money.get(row[0], _Money())) for row in sql.rows(STATES, asked)}


def _now(
    row: tuple, last: Month, on: dt.date, in_hand: dict[tuple[int, Month], int], money: _Money
) -> Now:  # fmt: skip
    employer, ended_on, months, waiting, disputed = row
    missing = tuple(Month.of(month) for month in months)
    oldest = missing[0] if missing else last
    day = due_on(oldest)
    late = bool(missing) and on > day
    state = "ended" if ended_on and ended_on < on else _state(late, bool(missing), money)
    return Now(
        employer=employer, state=state, month=last, missing=missing, due_on=day, is_late=late,
        in_hand=in_hand.get((employer, oldest)), open_bills=money.open_bills, to_pay=money.to_pay,
        arrears=money.arrears, arrears_months=money.arrears_months, in_a_row=money.in_a_row,
        penalty=money.penalty,
        waiting_leavings=waiting, disputed_leavings=disputed,
    )  # fmt: skip


def _state(late: bool, missing: bool, money: _Money) -> str:
    if money.arrears_months:
        return "arrears"
    return "late" if late else "pay" if money.to_pay else "due" if missing else "good"


def _money(employers: Sequence[int], on: dt.date) -> dict[int, _Money]:
    found = {employer: _Money() for employer in employers}
    for bill in bills.open_of(employers=employers, on=on):
        one = found[bill.employer or 0]
        found[bill.employer or 0] = replace(one, open_bills=one.open_bills + 1, to_pay=one.to_pay + bill.remaining)
    for employer, owed in wage_ageing.ageing(employers=employers, on=on).items():
        found[employer] = replace(
            found[employer], arrears=owed.arrears, arrears_months=len(owed.months), in_a_row=owed.in_a_row,
            penalty=owed.penalty + owed.fixed,
        )  # fmt: skip
    return found


def bills_of(*, employer: int, on: dt.date, before: int | None = None, limit: int = 30) -> tuple[Asked, ...]:
    """A firm's bills, newest first, each with its month and last day."""
    return _asked(bills.bills(employer=employer, on=on, before=before, limit=limit), on)


def bill(*, employer: int, on: dt.date, number: str = "", id: int | None = None) -> Asked | None:
    """One bill of a firm, by number or id."""
    row = bills.bill(id=id, on=on) if id else bills.bill_by_number(number=number, on=on)
    return _asked((row,), on)[0] if row and row.employer == employer else None


def next_bill(*, employer: int, on: dt.date) -> Asked | None:
    """The bill to pay first: the one whose last day is the earliest."""
    found = _asked(bills.open_of(employers=[employer], on=on), on)
    return min(found, key=lambda one: (one.due_on, one.row.id), default=None)


def _asked(rows: Sequence[bills.BillRow], on: dt.date) -> tuple[Asked, ...]:
    of = {id_: rest for id_, *rest in sql.rows(OF_BILLS, {"bills": [row.id for row in rows]})}
    made = []
    for row in rows:
        month, filed_on, wage_return, version, day = of[row.id]
        of_month = Month.of(month) if month else None
        last = day or (
            penalties.due_on(programme="JKK", month=of_month, filed_on=filed_on if version > 1 else None)
            if of_month else row.issued_on
        )  # fmt: skip
        open_ = row.state in ("open", "part")
        made.append(Asked(row=row, month=of_month, wage_return=wage_return, due_on=last,
                          is_late=open_ and bool(row.remaining) and on > last))  # fmt: skip
    return tuple(made)


def months(*, employer: int, on: dt.date, limit: int = MOST_MONTHS) -> tuple[MonthRow, ...]:
    """The last months, newest first, each with what was filed and what is in hand."""
    last = Month.of(on).plus(-1)
    ((since,),) = sql.rows(SINCE, [employer])
    first = max(Month.of(since) if since else last, last.plus(1 - limit))
    return tuple(
        _month(row, on) for row in sql.rows(MONTHS, {"employer": employer, "first": first.first, "last": last.first})
    )


def _month(row: tuple, on: dt.date) -> MonthRow:
    first, filed, version, kind, workers, wages, filed_on, in_hand = row
    month = Month.of(first)
    day = due_on(month)
    state = ("nil" if kind == "nil" else "filed") if filed else "checked" if in_hand else "late" if on > day else "none"
    return MonthRow(
        month=month, wage_return=filed, version=version, kind=kind or "", workers=workers or 0, wages=wages or 0,
        filed_on=filed_on, in_hand=in_hand, due_on=day, state=state,
    )  # fmt: skip


def month(*, employer: int, month: Month, on: dt.date) -> MonthRow:
    """One month: what was filed last, and what is in hand."""
    (row,) = sql.rows(MONTHS, {"employer": employer, "first": month.first, "last": month.first})
    return _month(row, on)


@dataclass(frozen=True, slots=True)
class Where:
    """Whose a return or a line is."""

    employer: int
    wage_return: int
    month: Month


def where(*, wage_return: int) -> Where | None:
    """Whose a return is."""
    found = sql.rows("SELECT employer_id, id, month FROM employers_wagereturn WHERE id = %s", [wage_return])
    return Where(found[0][0], found[0][1], Month.of(found[0][2])) if found else None


def line(*, line: int) -> Where | None:
    """Whose a line is, and on which return."""
    found = sql.rows("SELECT wage_return_id FROM employers_wageline WHERE id = %s", [line])
    return where(wage_return=found[0][0]) if found else None
