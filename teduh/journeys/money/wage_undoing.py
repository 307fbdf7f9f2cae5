"""A bank takes an employer's money back: dues open again, penalties it fixed fall, credits it left are withdrawn.

The part of `reversal` for employers' bills. What a credit of this money has settled already is recoverable.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from teduh.contributions import credits, penalties, wage_actions, wage_books
from teduh.contributions.allocation import Money
from teduh.core.clock import JAKARTA
from teduh.journeys.money import wage_settling
from teduh.journeys.money.undoing import Undoing
from teduh.ledger import queries as books
from teduh.ledger.facts import Draft, Move
from teduh.payments import queries
from teduh.payments.facts import LockedBill


@dataclass(slots=True)
class Back:
    """What the caller goes on with: entries to post, others' money to offer anew (bill -> money), bills to look at."""

    drafts: list[Draft] = field(default_factory=list)
    fresh: dict[int, list[Money]] = field(default_factory=lambda: defaultdict(list))
    again: set[int] = field(default_factory=set)


def undo(*, receipt: int, bills: Mapping[int, LockedBill], plan: Undoing, on: dt.date) -> Back:
    """Undo what this receipt did for employers; the entries in `plan` are reversed by the caller."""
    waged = {id_: bill for id_, bill in bills.items() if bill.kind in wage_settling.KINDS}
    back = Back()
    own = credits.of_receipt(receipt=receipt) if waged or not bills else []
    _withdraw(back, own, receipt, on)
    if not waged:
        return back
    triggers = {(bill, trigger) for bill, trigger in plan.triggers if bill in waged}
    back.again = {bill for bill, _ in triggers}
    wage_actions.unsettle(triggers=triggers)
    firms = {bill.employer for bill in waged.values() if bill.employer is not None}
    entries = {one for one in plan.references if int(one.split(":")[1]) in waged}
    _penalties(back, entries, triggers, waged, on)
    drawn: dict[int, int] = defaultdict(int)
    prefixes = [f"allocation:{bill}:" for bill in waged]
    for one in books.drawn(account="KOL:credits", prefixes=prefixes) if entries else ():
        if one.reference in entries:
            drawn[int(one.reference.split(":")[1])] += one.amount
    credits.unspend(drawn=drawn)
    if back.again:
        _offer(back, firms, receipt, min(back.again), on)
    return back


def _withdraw(back: Back, own: list[credits.CreditRow], receipt: int, on: dt.date) -> None:
    """Credits of this money: what is left is gone, what was spent is recoverable from the employer."""
    for row in own:
        if row.left:
            back.drafts.append(wage_books.credit_back(credit=row.id, receipt=receipt, amount=row.left, on=on))
        if row.spent:
            move = Move("KOL:recoverable", "KOL:suspense", row.spent, receipt)
            back.drafts.append(
                Draft(on=on, kind="recoverable", reference=f"recoverable:{receipt}:{row.id}",
                      why="Kelebihan iuran sudah terpakai, lalu ditarik bank", moves=(move,))
            )  # fmt: skip
    credits.withdraw(rows=[row for row in own if row.left], on=on)


def _penalties(
    back: Back, entries: set[str], triggers: set[tuple[int, int]], waged: Mapping[int, LockedBill], on: dt.date
) -> None:
    """Penalties that the payment had fixed are owed no more; one that was paid since is the employer's credit."""
    if not entries:
        return
    paid = penalties.cancel(entries=entries, triggers=triggers, on=on)
    gifts = [credits.Gift(employer=one.employer or 0, amount=one.amount) for one in paid]
    credits.give(gifts=gifts, on=on)
    back.drafts += [wage_books.penalty_back(charge=one, employer=one.employer or 0, on=on) for one in paid]


def _offer(back: Back, firms: set[int], receipt: int, otherwise: int, on: dt.date) -> None:
    """Money of other receipts that was a credit, because this one had paid, is offered to its own bill again."""
    rows = [row for row in credits.unused(employers=firms) if row.receipt != receipt]
    credits.withdraw(rows=rows, on=on)
    came = queries.came(receipts=[row.receipt for row in rows if row.receipt])
    for row in sorted(rows, key=lambda row: came[row.receipt or 0]):
        assert row.receipt is not None
        day = came[row.receipt][1].astimezone(JAKARTA).date()
        back.drafts.append(wage_books.credit_back(credit=row.id, receipt=row.receipt, amount=row.left, on=on))
        back.fresh[row.named or otherwise].append(Money(row.receipt, row.left, day, accepted=True))
