"""Money for bills of construction projects and of administrative fines: what it settles, what waits, whom it covers.

The part of `settling` for these two kinds. Runs in the caller's transaction, which holds the bills.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from teduh.contributions import allocation, project_actions, project_queries
from teduh.contributions.allocation import Money
from teduh.coverage import projects as coverage
from teduh.employers import projects
from teduh.journeys.money.settling import Settlement
from teduh.payments import actions as payments
from teduh.payments.facts import LockedBill

KINDS = project_actions.KINDS


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

    Money is never refused for lateness. `also`: projects whose payments were taken back. The number of statements is
    constant.
    """
    found = project_actions.standing(bills=bills)
    known = project_queries.kinds_of(bills=list(bills))
    result = Settlement()
    for bill, held in bills.items():
        money = [replace(one, accepted=True) for one in fresh.get(bill, ())]
        one = allocation.allocate(bill=held, dues=found[bill].lines, waiting=found[bill].waiting, fresh=money)
        result.allocations[bill] = one
        _sum(result, one)
    settled = [s for one in result.allocations.values() for s in one.settled]
    kinds = {bill: kind for bill, (kind, _) in known.items()}
    project_actions.settle(settled=settled, kinds=kinds)
    _write(result, bills, on, by_user)
    result.drafts = list(
        project_actions.drafts(
            settled=settled, kinds=kinds, employers={bill: employer for bill, (_, employer) in known.items()}, on=on,
            attempts=dict(attempts or {}),
        )
    )  # fmt: skip
    _cover(bills, also, on)
    return result


def unsettle(*, triggers: Iterable[tuple[int, int]]) -> list[int]:
    """What payments taken back had settled is owed again; the projects to give to `settle` as `also`."""
    return project_actions.unsettle(triggers=triggers)


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


def _cover(bills: Iterable[int], also: Iterable[int], on: dt.date) -> None:
    """A project runs from its first payment on, and its workers are covered."""
    touched = sorted({*project_queries.projects_of(bills=list(bills)), *also})
    if not touched:
        return
    paid = project_queries.paid_from(projects=touched)
    projects.moved_by_money(projects=list(paid))
    projects.waits_again(projects=[one for one in touched if one not in paid])
    coverage.recompute(projects=touched, on=on)
