"""Which allocations fall when a receipt is taken back, and whose money that sets free. Pure: entries in, a plan out.

Of each bill the first allocation that the receipt set off or whose money it was falls, and all that came after it: what
came earlier stays as it was. Money of others that had waited before waits again; money that came later is allocated
anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from teduh.ledger.queries import Drawn


@dataclass(slots=True)
class Undoing:
    """`references`: entries to reverse. `triggers`: (bill, receipt) whose dues are owed again. `freed`: (bill, receipt)
    -> whole rupiah of others. `stands`: receipts that still have an allocation. `attempts`: allocations so far."""

    references: set[str] = field(default_factory=set)
    triggers: set[tuple[int, int]] = field(default_factory=set)
    freed: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    stands: set[int] = field(default_factory=set)
    attempts: dict[tuple[int, int], int] = field(default_factory=dict)


def key(reference: str) -> tuple[int, int, int]:
    """Bill, triggering receipt and attempt of `allocation:17:23:1`."""
    _, bill, receipt, attempt = reference.split(":")
    return int(bill), int(receipt), int(attempt)


def attempts(drawn: Iterable[Drawn]) -> dict[tuple[int, int], int]:
    """How many allocations each receipt had for each bill, taken back or not."""
    found: dict[tuple[int, int], int] = {}
    for one in drawn:
        bill, receipt, attempt = key(one.reference)
        found[bill, receipt] = max(found.get((bill, receipt), 0), attempt)
    return found


def undo(*, drawn: Sequence[Drawn], receipt: int) -> Undoing:
    """What falls with this receipt; `drawn` comes in the order of the books."""
    plan = Undoing(attempts=attempts(drawn))
    by_bill: dict[int, dict[str, list[Drawn]]] = defaultdict(dict)
    for one in drawn:
        if not one.is_reversed:
            by_bill[key(one.reference)[0]].setdefault(one.reference, []).append(one)
    for entries in by_bill.values():
        order = list(entries)
        cut = _cut(order, entries, receipt)
        for place, reference in enumerate(order):
            if place < cut:
                plan.stands |= {one.party for one in entries[reference] if one.party}
            else:
                _fall(plan, reference, entries[reference], receipt)
    return plan


def _cut(order: Sequence[str], entries: Mapping[str, Sequence[Drawn]], receipt: int) -> int:
    """The first entry to fall. A receipt's dues do not say which of its entries settled them: they fall together."""
    touched = (i for i, ref in enumerate(order) if key(ref)[1] == receipt or _uses(entries[ref], receipt))
    cut = next(touched, len(order))
    while True:
        falling = {key(reference)[1] for reference in order[cut:]}
        earlier = next((i for i, reference in enumerate(order[:cut]) if key(reference)[1] in falling), cut)
        if earlier == cut:
            return cut
        cut = earlier


def _uses(drawn: Iterable[Drawn], receipt: int) -> bool:
    return any(one.party == receipt for one in drawn)


def _fall(plan: Undoing, reference: str, drawn: Iterable[Drawn], receipt: int) -> None:
    bill, trigger, _ = key(reference)
    plan.references.add(reference)
    plan.triggers.add((bill, trigger))
    for one in drawn:
        if one.party is not None and one.party != receipt:
            plan.freed[bill, one.party] += one.amount
