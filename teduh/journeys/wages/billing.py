"""Asking an employer for what a filed return owes: one bill, with open penalties and less what was paid too much.

A correction downwards becomes money for what the employer owes, and a credit when he owes nothing. Runs inside the
filing's transaction.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.contributions import bills
from teduh.contributions import wage_actions as contributions
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.money import wage_settling
from teduh.ledger import actions as ledger
from teduh.payments import actions as payments
from teduh.payments.models import BillKind
from teduh.security.access import Actor

#: Codes of employers stay good for very long: what is owed stays owed, and money is never refused for lateness.
VALID_YEARS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class WageBill:
    """What came of billing, whole rupiah. `amount` is what the bill's code asks for now: dues and penalties less
    credits. `bill` is None where nothing is asked; `credit` is what is left for later bills."""

    bill: int | None
    amount: int
    credit: int
    penalties: int
    credits_used: int
    settled: tuple[int, ...] = ()


def bill(*, wage_return: int, by: Actor, on: dt.date) -> WageBill:
    """Bill what `wage_actions.owe` wrote for a filed return, and book it as owed by the employer.

    Above zero: a bill, with the employer's open penalties, netted with his credits (PP 44/2015 Pasal 22(2), 23(4)).
    Below zero: what is not paid yet is asked for no more, and what was paid goes to what he owes, else becomes a
    credit. Raises Refused (not_found).
    """
    held = contributions.hold(wage_return=wage_return)
    if held is None:
        raise not_found(Text("Laporan upah tidak ditemukan.", "There is no such wage return."))
    amends = held.version > 1
    touched = contributions.lean(held=held) if amends else set()
    owed = contributions.owed(held=held)
    made, used, asked = None, 0, max(owed.unbilled, 0)
    if owed.unbilled > 0 or (owed.unbilled == 0 and not touched and owed.penalties and not amends):
        asked += sum(amount for _, amount in owed.penalties)
        made, used = _issue(held, owed.penalties, owed.credits, asked, by, on)
        touched |= {made} if amends or used else set()
    elif amends:
        touched |= contributions.home(held=held)
    ledger.post(drafts=contributions.assessed(held=held, owed=owed, on=on), by=by.name)
    credit = sum(amount for _, amount in owed.credits) - used
    if touched:
        credit += wage_settling.net(employer=held.employer, bills=touched, wage_return=wage_return, by=by, on=on)
    return WageBill(
        bill=made, amount=_to_pay(made, on) if made and touched else asked - used,
        credit=credit, penalties=sum(a for _, a in owed.penalties) if made else 0,
        credits_used=used, settled=tuple(sorted(touched)),
    )  # fmt: skip


def _issue(
    held: contributions.Held,
    penalties: Sequence[tuple[int, int]],
    credits: Sequence[tuple[int, int]],
    asked: int,
    by: Actor,
    on: dt.date,
) -> tuple[int, int]:
    """Make the bill, with what it collects; its id and how much of the employer's credits it uses."""
    kind = BillKind.WAGES if asked > sum(amount for _, amount in penalties) else BillKind.PENALTY
    asking = payments.Asking(employer=held.employer, kind=kind, amount=asked, expires_on=far(on))
    made = payments.issue(asking=[asking], by=by.user, on=on)[0]
    assert made is not None, "a bill without a key is always made"
    uses: dict[int, int] = {}
    for id_, amount in credits:
        if asked > sum(uses.values()):
            uses[id_] = min(amount, asked - sum(uses.values()))
    contributions.charge(bill=made, wage_return=held.wage_return, penalties=[id_ for id_, _ in penalties], credits=uses)
    return made, sum(uses.values())


def _to_pay(bill: int, on: dt.date) -> int:
    """What the code asks for, after what credits and corrections have settled."""
    row = bills.bill(id=bill, on=on)
    return row.remaining if row else 0


def far(on: dt.date) -> dt.date:
    """The last day of an employer's code."""
    return on + dt.timedelta(days=366 * VALID_YEARS)
