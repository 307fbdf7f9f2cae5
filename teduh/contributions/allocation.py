"""The rule by which money settles contributions. Pure: bills, dues and money in; what is settled and what waits out.

1. Money goes only to the bill whose code it names.
2. Oldest month first; within a month people in the order of the bill; of each person JKK and JKM together, then JHT.
   Each such part is settled whole, and the first part that the money does not cover ends it.
3. What is left waits: too_little stays with the bill for its next payment; too_much (or already_paid, where another
   bill has settled the part or the bill is paid) waits for an officer, as does money for an expired or cancelled code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from teduh.payments.facts import LockedBill, Wait
from teduh.payments.models import BillState, Reason


@dataclass(frozen=True, slots=True)
class DueLine:
    """A due as allocation sees it. `elsewhere`: another bill has settled this person's month and programme."""

    id: int
    bill: int
    person: int
    month: dt.date
    programme: str
    amount: int
    settled: bool
    elsewhere: bool

    @property
    def part(self) -> tuple[dt.date, int, bool]:
        return self.month, self.person, self.programme == "JHT"


@dataclass(frozen=True, slots=True)
class Money:
    """Money for a bill: of a receipt, paid on a day; `suspense` is the row in which it waited, if it did."""

    receipt: int
    amount: int
    on: dt.date
    suspense: int | None = None
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What one payment settled: `receipt` completed it on `on`; `used` says whose money it was."""

    bill: int
    receipt: int
    on: dt.date
    dues: tuple[DueLine, ...]
    used: tuple[tuple[int, int], ...]

    @property
    def amount(self) -> int:
        return sum(due.amount for due in self.dues)


@dataclass(slots=True)
class Allocation:
    """All that follows for one bill."""

    bill: int
    state: str
    settled: list[Settled] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    spent: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Pool:
    """Money that may be used for one bill, oldest first."""

    bill: int
    money: list[Money]

    def total(self) -> int:
        return sum(m.amount for m in self.money)

    def draw(self, amount: int) -> tuple[tuple[int, int], ...]:
        """Take `amount` from the oldest money; whose it was."""
        used: list[tuple[int, int]] = []
        while amount:
            first = self.money.pop(0)
            part = min(first.amount, amount)
            used.append((first.receipt, part))
            amount -= part
            if part < first.amount:
                self.money.insert(0, Money(first.receipt, first.amount - part, first.on))
        return tuple(used)

    def empty(self, reason: str, most: int | None = None) -> list[Wait]:
        """Put what is there (or `most` of it) aside."""
        drawn = self.draw(self.total() if most is None else min(most, self.total()))
        return [Wait(receipt=r, bill=self.bill, amount=a, reason=reason) for r, a in drawn]


def parts(dues: Iterable[DueLine]) -> list[tuple[DueLine, ...]]:
    """A bill's dues in the order of the rule, as parts that are settled whole. `dues` come by month, then as billed."""
    found = [tuple(group) for _, group in groupby(dues, key=lambda due: due.part)]
    return [part for part in found if not all(due.settled for due in part)]


def allocate(
    *, bill: LockedBill, dues: Sequence[DueLine], waiting: Sequence[Money], fresh: Sequence[Money]
) -> Allocation:
    """Apply the rule to one bill: `waiting` is its earlier too-little money, `fresh` what arrived, in order."""
    open_ = parts(dues)
    elsewhere = sum(due.amount for part in open_ for due in part if due.elsewhere)
    todo = [part for part in (tuple(d for d in p if not (d.settled or d.elsewhere)) for p in open_) if part]
    result = Allocation(bill.id, bill.state)
    pool = _Pool(bill.id, list(waiting))
    for money in fresh:
        if refused := _refusal(bill, money, bool(todo)):
            result.waits.append(Wait(receipt=money.receipt, bill=bill.id, amount=money.amount, reason=refused))
            continue
        pool.money.append(money)
        todo = _settle(result, pool, todo, money)
        if not todo:
            result.waits += pool.empty(Reason.ALREADY_PAID, most=elsewhere)
            result.waits += pool.empty(Reason.TOO_MUCH)
            elsewhere = 0
    _leave(result, pool, waiting)
    result.state = _state(bill, result, dues, todo)
    return result


def _refusal(bill: LockedBill, money: Money, is_owing: bool) -> str | None:
    """Why money may not be used for its bill, if it may not."""
    if bill.state == BillState.CANCELLED:
        return Reason.CANCELLED
    if not is_owing:
        return Reason.ALREADY_PAID
    if money.on > bill.expires_on and not money.accepted:
        return Reason.EXPIRED
    return None


def _settle(
    result: Allocation, pool: _Pool, todo: list[tuple[DueLine, ...]], money: Money
) -> list[tuple[DueLine, ...]]:
    """Settle the parts that the pool covers; the parts left over."""
    available, covered = pool.total(), 0
    for part in todo:
        price = sum(due.amount for due in part)
        if price > available:
            break
        available -= price
        covered += 1
    dues = tuple(due for part in todo[:covered] for due in part)
    if dues:
        used = pool.draw(sum(due.amount for due in dues))
        result.settled.append(Settled(result.bill, money.receipt, money.on, dues, used))
    return todo[covered:]


def _leave(result: Allocation, pool: _Pool, waiting: Sequence[Money]) -> None:
    """What is left stays with the bill; rows whose money was not touched stay as they are."""
    untouched = {money.suspense for money in pool.money if money.suspense is not None}
    result.spent = [m.suspense for m in waiting if m.suspense is not None and m.suspense not in untouched]
    result.waits += [
        Wait(receipt=m.receipt, bill=result.bill, amount=m.amount, reason=Reason.TOO_LITTLE)
        for m in pool.money
        if m.suspense is None
    ]


def _state(bill: LockedBill, result: Allocation, dues: Sequence[DueLine], todo: Sequence[object]) -> str:
    """The bill's state after this; expiry shows only when money came too late to an unpaid bill."""
    if bill.state == BillState.CANCELLED:
        return bill.state
    if not todo:
        return BillState.PAID
    if result.settled or any(due.settled for due in dues):
        return BillState.PART
    late = any(wait.reason == Reason.EXPIRED for wait in result.waits)
    return BillState.EXPIRED if late or bill.state == BillState.EXPIRED else BillState.OPEN
