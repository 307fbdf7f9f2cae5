"""Money meets what is owed, whoever owes it: each kind of bill has its own rule, and all are settled in one go.

Shared by paying, clearing suspense and reversing; runs in their transaction. The caller holds the bills, which holds
their employers and people too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from teduh.contributions import actions as contributions
from teduh.contributions.allocation import Money
from teduh.journeys.money import placement_settling, project_settling, settling, wage_settling
from teduh.journeys.money.settling import Settlement
from teduh.payments.facts import LockedBill, Wait
from teduh.payments.models import BillKind


def settle(
    *,
    bills: Mapping[int, LockedBill],
    fresh: Mapping[int, Sequence[Money]],
    on: dt.date,
    by_user: int | None,
    attempts: Mapping[tuple[int, int], int] | None = None,
    also: Sequence[int] = (),
    projects: Iterable[int] = (),
    placements: Iterable[int] = (),
    again: Collection[int] = (),
    strays: Sequence[Wait] = (),
) -> Settlement:
    """Allocate `fresh` money to its bills and write all that follows but the ledger, whose `drafts` the caller posts.

    `also`: people, `projects`, `placements`: whose cover changed before (a reversal); `again`: employers' bills to look
    at without money; `strays`: money without a bill, which waits. The number of statements is constant.
    """
    own = {id_: bill for id_, bill in bills.items() if bill.kind == BillKind.CONTRIBUTIONS}
    done = []
    if own or also or strays:
        done.append(settling.settle(bills=own, fresh=_of(own, fresh), on=on, by_user=by_user, attempts=attempts,
                                    also=also, strays=strays))  # fmt: skip
    built = {id_: bill for id_, bill in bills.items() if bill.kind in project_settling.KINDS}
    if built:
        done.append(project_settling.settle(bills=built, fresh=_of(built, fresh), on=on, by_user=by_user,
                                            attempts=attempts, also=projects))  # fmt: skip
    abroad = {id_: bill for id_, bill in bills.items() if bill.kind in placement_settling.KINDS}
    if abroad or placements:
        done.append(placement_settling.settle(bills=abroad, fresh=_of(abroad, fresh), on=on, by_user=by_user,
                                              attempts=attempts, also=placements))  # fmt: skip
    waged = {id_: bill for id_, bill in bills.items() if bill.kind in wage_settling.KINDS}
    if waged:
        firms = {bill.employer for bill in waged.values() if bill.employer is not None}
        done.append(wage_settling.settle(employers=firms, fresh=_of(waged, fresh), on=on, by_user=by_user,
                                         again=[id_ for id_ in again if id_ in waged]))  # fmt: skip
    return _together(done)


def _of(bills: Mapping[int, LockedBill], fresh: Mapping[int, Sequence[Money]]) -> dict[int, Sequence[Money]]:
    return {id_: money for id_, money in fresh.items() if id_ in bills}


def _together(done: Sequence[Settlement]) -> Settlement:
    if len(done) == 1:
        return done[0]
    result = Settlement()
    for one in done:
        result.allocations.update(one.allocations)
        result.drafts += one.drafts
        result.reasons.update(one.reasons)
        result.protected.update(one.protected)
        for mine, its in ((result.used, one.used), (result.waits, one.waits), (result.credited, one.credited)):
            for receipt, amount in its.items():
                mine[receipt] += amount
    return result


class Unsettled(NamedTuple):
    """Whose cover changes because what was settled is owed again: people, projects, and placements."""

    people: list[int]
    projects: list[int]
    placements: list[int]


def unsettle(*, triggers: Collection[tuple[int, int]]) -> Unsettled:
    """What these (bill, receipt) pairs settled is owed again."""
    return Unsettled(
        contributions.unsettle(triggers=triggers),
        project_settling.unsettle(triggers=triggers),
        placement_settling.unsettle(triggers=triggers),
    )
