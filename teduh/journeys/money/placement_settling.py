"""Money for bills of placements abroad: which stages it settles, what waits, whom it covers and until when.

The part of `settling` for this kind. Runs in the caller's transaction, which holds the bills and their people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from teduh.contributions import allocation
from teduh.contributions import placement_actions as placements
from teduh.contributions.allocation import Money
from teduh.core import jobs
from teduh.coverage import placements as coverage
from teduh.journeys.money.settling import Settlement
from teduh.payments import actions as payments
from teduh.payments.facts import LockedBill

KINDS = placements.KINDS


def settle(
    *,
    bills: Mapping[int, LockedBill],
    fresh: Mapping[int, Sequence[Money]],
    on: dt.date,
    by_user: int | None,
    attempts: Mapping[tuple[int, int], int] | None = None,
    also: Iterable[int] = (),
) -> Settlement:
    """Allocate `fresh` money to these bills and write all that follows but the ledger, whose `drafts` the caller posts.

    Money is never refused for lateness: the day the bank took it is the day from which it covers. `also`: placements
    whose payments were taken back. The number of statements is constant.
    """
    found = placements.standing(bills=bills)
    result = Settlement()
    taken: set[placements.Key] = set()
    for bill, held in bills.items():
        keys = found[bill].keys
        lines = [replace(d, elsewhere=d.elsewhere or keys.get(d.id) in taken) for d in found[bill].lines]
        money = [replace(one, accepted=True) for one in fresh.get(bill, ())]
        one = allocation.allocate(bill=held, dues=lines, waiting=found[bill].waiting, fresh=money)
        result.allocations[bill] = one
        taken.update(keys[due.id] for part in one.settled for due in part.dues if due.id in keys)
        _sum(result, one)
    settled = [part for one in result.allocations.values() for part in one.settled]
    placements.settle(settled=settled)
    _write(result, bills, on, by_user)
    result.drafts = list(placements.drafts(settled=settled, on=on, attempts=dict(attempts or {})))
    coverage.recompute(placements=also, bills=list(bills), on=on)
    result.protected = coverage.paid_until(bills=[one.bill for one in result.allocations.values() if one.settled])
    if told := sorted({part.bill for part in settled}):
        jobs.once("tell_placements_paid", bills=told)
    return result


def unsettle(*, triggers: Iterable[tuple[int, int]]) -> list[int]:
    """What payments taken back had settled is owed again; the placements to give to `settle` as `also`."""
    return placements.unsettle(triggers=triggers)


def _sum(result: Settlement, one: allocation.Allocation) -> None:
    for settled in one.settled:
        for receipt, amount in settled.used:
            result.used[receipt] += amount
    for wait in one.waits:
        result.waits[wait.receipt] += wait.amount
        result.reasons[wait.receipt] = str(wait.reason)


def _write(result: Settlement, bills: Mapping[int, LockedBill], on: dt.date, by_user: int | None) -> None:
    allocations = result.allocations.values()
    payments.write(
        bills=bills,
        states={one.bill: one.state for one in allocations},
        allocated=list(result.used),
        waits=[wait for one in allocations for wait in one.waits],
        spent=[id_ for one in allocations for id_ in one.spent],
        on=on,
        by=by_user,
    )
