"""Arrears in instalments: what is proposed and agreed, and how a plan stands on a day. Time alone changes no row.

A plan stops no penalty and no benefit; it is kept or broken by what its codes have brought.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text

#: An instalment this many days late breaks the plan. No text read speaks of instalments: ours, and shown as such.
DAYS_OF_PATIENCE = 7
MOST_INSTALMENTS = 24

STATES = {
    "proposed": Text("Diusulkan", "Proposed"),
    "agreed": Text("Berjalan", "Running"),
    "kept": Text("Lunas", "Kept"),
    "broken": Text("Tidak ditepati", "Broken"),
    "rejected": Text("Ditolak", "Rejected"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalmentRow:
    """One part of a plan: what its code has brought, and since when it is late."""

    number: int
    due_on: dt.date
    amount: int
    paid: int
    bill: int | None
    bill_number: str | None
    code: str | None

    def is_missed(self, on: dt.date) -> bool:
        return self.paid < self.amount and on > self.due_on + dt.timedelta(days=DAYS_OF_PATIENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan as it stands on a day; `broken_on` is the first day on which it was broken and still is."""

    id: int
    employer: int
    amount: int
    paid: int
    state: str
    stored: str
    broken_on: dt.date | None
    proposed_on: dt.date
    proposed_by: int
    decided_on: dt.date | None
    decided_by: int | None
    why: str
    instalments: tuple[InstalmentRow, ...]

    @property
    def state_name(self) -> Text:
        return STATES[self.state]


PLANS = """
SELECT p.id, p.employer_id, p.amount, p.state, p.proposed_on, p.proposed_by_id, p.decided_on, p.decided_by_id, p.why,
    (SELECT json_agg(json_build_array(i.number, i.due_on, i.amount,
        (SELECT coalesce(sum(r.amount), 0) FROM payments_receipt r WHERE r.bill_id = i.bill_id AND r.state <> 'reversed'
         AND (r.paid_at AT TIME ZONE 'Asia/Jakarta')::date <= %(on)s),
        i.bill_id, b.number, b.code) ORDER BY i.number)
     FROM contributions_instalment i LEFT JOIN payments_bill b ON b.id = i.bill_id WHERE i.plan_id = p.id)
FROM contributions_plan p WHERE {where} ORDER BY p.id DESC LIMIT %(limit)s
"""


def _plans(where: str, on: dt.date, limit: int, **params: object) -> tuple[PlanView, ...]:
    found = sql.rows(PLANS.format(where=where), {"on": on, "limit": limit, **params})
    return tuple(_plan(row, on) for row in found)


def _plan(row: tuple, on: dt.date) -> PlanView:
    id_, employer, amount, stored, proposed_on, proposed_by, decided_on, decided_by, why, parts = row
    names = ("number", "due_on", "amount", "paid", "bill", "bill_number", "code")
    instalments = tuple(
        InstalmentRow(**{**dict(zip(names, part, strict=True)), "due_on": dt.date.fromisoformat(part[1])})
        for part in parts or ()
    )
    missed = [one for one in instalments if one.is_missed(on)] if stored == "agreed" else []
    kept = stored == "agreed" and all(one.paid >= one.amount for one in instalments)
    return PlanView(
        id=id_, employer=employer, amount=amount, paid=sum(min(one.paid, one.amount) for one in instalments),
        state="broken" if missed else "kept" if kept else stored, stored=stored,
        broken_on=min(one.due_on for one in missed) + dt.timedelta(days=DAYS_OF_PATIENCE + 1) if missed else None,
        proposed_on=proposed_on, proposed_by=proposed_by, decided_on=decided_on, decided_by=decided_by, why=why,
        instalments=instalments,
    )  # fmt: skip


def plan(*, id: int, on: dt.date) -> PlanView | None:
    """One plan on a day."""
    return next(iter(_plans("p.id = %(id)s", on, 1, id=id)), None)


def of_employer(*, employer: int, on: dt.date, limit: int = 20) -> tuple[PlanView, ...]:
    """An employer's plans, newest first."""
    return _plans("p.employer_id = %(employer)s", on, limit, employer=employer)


def split(*, amount: int, count: int) -> list[int]:
    """Equal parts in whole rupiah that meet the sum exactly; the first ones carry what does not divide."""
    each, more = divmod(amount, count)
    return [each + (n < more) for n in range(count)]


def write(*, plan: int, bills: Sequence[int]) -> None:
    """Put the bills of an agreed plan on its instalments."""
    sql.run(
        "UPDATE contributions_instalment i SET bill_id = t.bill "
        "FROM unnest(%s::int[], %s::bigint[]) AS t(number, bill) WHERE i.plan_id = %s AND i.number = t.number",
        [list(range(1, len(bills) + 1)), list(bills), plan],
    )
