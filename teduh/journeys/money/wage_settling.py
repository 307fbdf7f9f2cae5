"""Money of employers meets what they owe: the bill that was named, then their other bills, and what is left a credit.

The part of `settlement` for bills of wages, of penalties and of instalments. The caller holds the employers.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from teduh.contributions import credits, penalties, wage_allocation, wage_books
from teduh.contributions.allocation import Allocation, Money
from teduh.contributions.wage_allocation import Coin, OpenBill, Part, Pot
from teduh.coverage import employed as coverage
from teduh.journeys.money.settling import Settlement
from teduh.journeys.worker import worker
from teduh.ledger import actions as ledger
from teduh.ledger import queries as books
from teduh.payments import actions as payments
from teduh.payments.facts import Wait
from teduh.payments.models import BillKind, BillState, Reason
from teduh.security.access import Actor

#: Kinds of bills whose lines are wage dues and penalties; an instalment has none of its own.
KINDS = (BillKind.WAGES, BillKind.PENALTY, BillKind.INSTALMENT)
OWN_LINES = (BillKind.WAGES, BillKind.PENALTY)


@dataclass(slots=True)
class _Flow:
    """All that happens to the money on its way."""

    bills: dict[int, OpenBill]
    on: dt.date
    again: set[int]
    wage_return: int | None = None
    parts: list[Part] = field(default_factory=list)
    seen: dict[int, OpenBill] = field(default_factory=dict)
    left: dict[int, list[Coin]] = field(default_factory=lambda: defaultdict(list))
    gone: list[int] = field(default_factory=list)
    uses: dict[int, int] = field(default_factory=lambda: defaultdict(int))


def settle(
    *,
    employers: Iterable[int],
    fresh: Mapping[int, Sequence[Money]],
    on: dt.date,
    by_user: int | None,
    again: Iterable[int] = (),
    wage_return: int | None = None,
) -> Settlement:
    """Let `fresh` money settle what these employers owe and write all that follows but the ledger, whose `drafts` the
    caller posts. `again`: bills to look at without money, because what they ask for or hold has changed.

    Money is never refused for lateness. The number of statements is constant.
    """
    again = set(again)
    flow = _Flow(wage_allocation.open_bills(employers=employers, bills={*fresh, *again}), on, again, wage_return)
    _first(flow, fresh)
    _onward(flow)
    return _written(flow, by_user)


def _first(flow: _Flow, fresh: Mapping[int, Sequence[Money]]) -> None:
    """Each bill and the money that names it. Instalments' money, and that of a withdrawn bill, goes oldest first."""
    pots = []
    for id_, bill in flow.bills.items():
        coins = [Coin(money.receipt, money.amount, money.on) for money in fresh.get(id_, ())]
        if bill.kind not in OWN_LINES or bill.state == BillState.CANCELLED:
            flow.left[bill.employer] += coins
        elif id_ in flow.again:
            pots.append(
                Pot(bill.employer, [bill], [Coin(None, 0, flow.on), *_released(flow, bill), *coins], is_own=True)
            )
        elif coins:
            pots.append(Pot(bill.employer, [bill], coins))
    _run(flow, pots)


def _released(flow: _Flow, bill: OpenBill) -> list[Coin]:
    """What is kept for a bill, as money that may settle something by itself; a credit counts from today."""
    for coin in bill.credits:
        coin.on = flow.on
    return bill.kept


def _take(flow: _Flow, bill: OpenBill) -> None:
    """The rows in which a bill's money waited are used up; what is left of it is written anew."""
    flow.gone += [coin.suspense for coin in bill.waiting if coin.suspense]
    for coin in bill.credits:
        if coin.credit:
            flow.uses[coin.credit] += coin.was
    bill.waiting, bill.credits = [], []


def _onward(flow: _Flow) -> None:
    """What is left settles the employer's other open bills, the oldest month first; then it waits or is a credit."""
    pots = []
    for employer, coins in flow.left.items():
        queue = [
            bill for bill in flow.bills.values()
            if bill.employer == employer and bill.kind in OWN_LINES and bill.state != BillState.CANCELLED
            and (bill.id not in flow.seen or bill.rest)
        ]  # fmt: skip
        if queue and sum(coin.amount for coin in coins):
            pots.append(Pot(employer, queue, coins))
    for pot in pots:
        flow.left[pot.employer] = []
    _run(flow, pots)


def _run(flow: _Flow, pots: Sequence[Pot]) -> None:
    if not pots:
        return
    parts = wage_allocation.settle(pots=pots)
    penalties.fix(parts=parts)
    for pot in pots:
        own = [part for part in parts if any(part.bill is bill for bill in pot.bills)]
        _arrears_penalties(pot, own)
        _leave(flow, pot)
    flow.parts += parts


def _arrears_penalties(pot: Pot, parts: Sequence[Part]) -> None:
    """JP's penalty is paid with the arrears: from what is left, where the bill is whole but for it."""
    for part in parts:
        for one in part.fixed:
            if one.programme not in penalties.WITH_THE_ARREARS:
                continue
            there = pot.total() + (0 if pot.is_own else sum(coin.amount for coin in part.bill.kept))
            if part.bill.rest == 0 and there >= one.amount:
                part.charges.append(one)
                wage_allocation.draw(part, amount=one.amount, pot=pot)
            else:
                part.bill.rest += one.amount


def _leave(flow: _Flow, pot: Pot) -> None:
    """Money stays with the first bill it did not suffice for; a bill that is whole keeps nothing."""
    for bill in pot.bills:
        flow.seen[bill.id] = bill
        for coin in bill.credits:
            if coin.credit and coin.amount < coin.was and bill.rest:
                flow.uses[coin.credit] += coin.was - coin.amount
                coin.was = coin.amount
        if not bill.rest:
            own = {id(coin) for coin in bill.kept}
            pot.money = [coin for coin in pot.money if id(coin) not in own]
            pot.money += [Coin(coin.receipt, coin.amount, coin.on) for coin in bill.kept]
            _take(flow, bill)
    kept = {id(coin) for bill in pot.bills for coin in bill.kept}
    left = [coin for coin in pot.money if coin.amount and id(coin) not in kept]
    if waits := next((bill for bill in pot.bills if bill.rest > 0), None):
        waits.waiting += [Coin(coin.receipt, coin.amount, coin.on) for coin in left if coin.receipt is not None]
        waits.credits += [Coin(None, coin.amount, coin.on) for coin in left if coin.receipt is None]
    else:
        flow.left[pot.employer] += left


def _written(flow: _Flow, by_user: int | None) -> Settlement:
    result = Settlement()
    for part in flow.parts:
        for receipt, amount in part.used:
            if receipt is not None:
                result.used[receipt] += amount
    waits = _waits(flow, result)
    states = _states(flow)
    gifts = _gifts(flow)
    made = credits.give(gifts=gifts, on=flow.on)
    credits.spend(uses=flow.uses)
    for gift in gifts:
        if gift.receipt is not None:
            result.used[gift.receipt] += gift.amount
            result.credited[gift.receipt] += gift.amount
    payments.write(bills=flow.bills, states=states, allocated=list(result.used), waits=waits, spent=flow.gone,
                   on=flow.on, by=by_user)  # fmt: skip
    _booked(flow, result, list(zip(made, gifts, strict=True)))
    result.allocations = {id_: Allocation(id_, state) for id_, state in states.items()}
    result.credit = sum(gift.amount for gift in gifts if gift.receipt is None and gift.bill is None)
    if changed := flow.again | {part.bill.id for part in flow.parts}:
        coverage.recompute(bills=changed, on=flow.on)
        worker.tell_paid(bills=[part.bill.id for part in flow.parts])
    return result


def _waits(flow: _Flow, result: Settlement) -> list[Wait]:
    """Money that waits for a bill's next part; rows whose money was not touched stay as they are."""
    waits = []
    for bill in flow.seen.values():
        for coin in bill.waiting:
            if coin.suspense and coin.amount == coin.was:
                continue
            if coin.suspense:
                flow.gone.append(coin.suspense)
            if coin.amount:
                waits.append(
                    Wait(receipt=coin.receipt or 0, bill=bill.id, amount=coin.amount, reason=Reason.TOO_LITTLE)
                )
                result.waits[coin.receipt or 0] += coin.amount
                result.reasons[coin.receipt or 0] = str(Reason.TOO_LITTLE)
    return waits


def _gifts(flow: _Flow) -> list[credits.Gift]:
    """Credits: what nothing was owed for, and what without a receipt is kept for a bill."""
    kept = [
        credits.Gift(employer=bill.employer, amount=coin.amount, wage_return=flow.wage_return, bill=bill.id)
        for bill in flow.seen.values() for coin in bill.credits if coin.credit is None and coin.amount
    ]  # fmt: skip
    left: dict[tuple[int, int | None], int] = defaultdict(int)
    for employer, coins in flow.left.items():
        for coin in coins:
            left[employer, coin.receipt] += coin.amount
    return kept + [
        credits.Gift(employer=employer, amount=amount, receipt=receipt,
                     wage_return=None if receipt is not None else flow.wage_return)
        for (employer, receipt), amount in left.items() if amount
    ]  # fmt: skip


def _states(flow: _Flow) -> dict[int, str]:
    """A bill is paid when nothing of it is open; an instalment when its code brought its amount."""
    settled = {part.bill.id for part in flow.parts}
    states = {}
    for id_, bill in flow.bills.items():
        if bill.state == BillState.CANCELLED:
            continue
        if bill.kind == BillKind.INSTALMENT:
            part = BillState.PART if bill.received else BillState.OPEN
            states[id_] = BillState.PAID if bill.received >= bill.amount else part
        elif id_ in flow.seen:
            part = BillState.PART if bill.settled or id_ in settled else BillState.OPEN
            states[id_] = part if bill.rest else BillState.PAID
    return {id_: str(state) for id_, state in states.items()}


def _booked(flow: _Flow, result: Settlement, made: Sequence[tuple[int, credits.Gift]]) -> None:
    """Entries for the parts and the credits; penalties know the entry that fixed them."""
    prefixes = [f"allocation:{part.bill.id}:{part.trigger.receipt or 0}:" for part in flow.parts]
    tries = books.tries(prefixes=prefixes) if prefixes else {}
    entries = []
    for prefix, part in zip(prefixes, flow.parts, strict=True):
        tries[prefix] = tries.get(prefix, 0) + 1
        entries.append((f"{prefix}{tries[prefix]}", part))
    penalties.write(entries=entries, on=flow.on)
    drafts = [wage_books.draft(part=part, reference=reference, on=flow.on) for reference, part in entries]
    result.drafts = [draft for draft in drafts if draft.moves or draft.columns]
    result.drafts += [
        wage_books.credited(credit=id_, receipt=gift.receipt, amount=gift.amount, on=flow.on)
        for id_, gift in made if gift.receipt is not None
    ]  # fmt: skip


def net(*, employer: int, bills: Iterable[int], wage_return: int | None, by: Actor, on: dt.date) -> int:
    """Let what an amendment set free, and credits that a bill uses, settle what they can; the credit that is left."""
    done = settle(employers=[employer], fresh={}, on=on, by_user=by.user, again=bills, wage_return=wage_return)
    ledger.post(drafts=done.drafts, by=by.name)
    return done.credit
