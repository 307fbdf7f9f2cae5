"""Money meets what the self-employed owe: the part of `settlement` for their bills. Runs in the caller's transaction.

The caller holds the bills and their people; here what they owe is read, money allocated, and all that follows written.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from teduh.contributions import actions as contributions
from teduh.contributions import allocation, queries
from teduh.contributions.allocation import Allocation, DueLine, Money
from teduh.coverage import actions as coverage
from teduh.ledger.facts import Draft
from teduh.payments import actions as payments
from teduh.payments.facts import LockedBill, Wait


@dataclass(slots=True)
class Settlement:
    """What the money did: per bill, and per receipt how much was used and how much waits, and why.

    `credited` of what was used is an employer's credit now; `credit` became one without a receipt."""

    allocations: dict[int, Allocation] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    used: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    waits: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    reasons: dict[int, str] = field(default_factory=dict)
    protected: dict[int, dict[int, dt.date]] = field(default_factory=dict)
    credited: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    credit: int = 0


def settle(
    *,
    bills: Mapping[int, LockedBill],
    fresh: Mapping[int, Sequence[Money]],
    on: dt.date,
    by_user: int | None,
    attempts: Mapping[tuple[int, int], int] | None = None,
    also: Sequence[int] = (),
    strays: Sequence[Wait] = (),
) -> Settlement:
    """Allocate `fresh` money to its bills and write all that follows but the ledger, whose `drafts` the caller posts.

    `also`: people whose cover changed before (a reversal); `strays`: money without a bill, which waits. The number of
    statements is constant.
    """
    found = queries.standing(bills=bills) if bills else {}
    result = Settlement()
    taken: set[tuple[int, dt.date, str]] = set()
    for bill in bills:
        dues = [_elsewhere(due, taken) for due in found[bill].dues]
        one = allocation.allocate(bill=bills[bill], dues=dues, waiting=found[bill].waiting, fresh=fresh.get(bill, ()))
        result.allocations[bill] = one
        taken.update((due.person, due.month, due.programme) for s in one.settled for due in s.dues)
    _sum(result)
    _write(result, bills, strays, on, by_user)
    settled = [s for one in result.allocations.values() for s in one.settled]
    result.drafts = list(contributions.drafts(settled=settled, on=on, attempts=dict(attempts or {})))
    _cover(result, on, also)
    return result


def _elsewhere(due: DueLine, taken: set[tuple[int, dt.date, str]]) -> DueLine:
    """Another bill of this same moment may have settled it."""
    return replace(due, elsewhere=True) if (due.person, due.month, due.programme) in taken and not due.settled else due


def _sum(result: Settlement) -> None:
    for one in result.allocations.values():
        for settled in one.settled:
            for receipt, amount in settled.used:
                result.used[receipt] += amount
        for wait in one.waits:
            result.waits[wait.receipt] += wait.amount
            result.reasons[wait.receipt] = str(wait.reason)


def _write(
    result: Settlement, bills: Mapping[int, LockedBill], strays: Sequence[Wait], on: dt.date, by_user: int | None
) -> None:
    allocations = result.allocations.values()
    contributions.settle(settled=[s for one in allocations for s in one.settled])
    payments.write(
        bills=bills,
        states={one.bill: one.state for one in allocations},
        allocated=list(result.used),
        waits=[*strays, *(wait for one in allocations for wait in one.waits)],
        spent=[id_ for one in allocations for id_ in one.spent],
        on=on,
        by=by_user,
    )


def _cover(result: Settlement, on: dt.date, also: Sequence[int]) -> None:
    """Bring cover in line, and say to which day each bill's people are now paid."""
    people = {
        one.bill: sorted({due.person for s in one.settled for due in s.dues}) for one in result.allocations.values()
    }
    spans = coverage.recompute(persons={p for ids in people.values() for p in ids} | set(also), on=on)
    paid = {
        person: max(row.paid_until for row in rows if row.programme == "JKK")
        for person, rows in spans.items()
        if any(row.programme == "JKK" for row in rows)
    }
    result.protected = {bill: {p: paid[p] for p in ids if p in paid} for bill, ids in people.items()}
