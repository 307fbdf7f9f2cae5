"""From the numbers that machines use to the records behind them, as far as the asker may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.contributions import bills
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.registry import queries as registry
from teduh.registry.models import Group
from teduh.security.access import Actor

NOBODY = Text("Peserta ini tidak ditemukan.", "There is no such member.")
NO_BILL = Text("Tagihan ini tidak ditemukan.", "There is no such bill.")


def person(*, actor: Actor, why: str, number: str) -> int:
    """The person with this member number; the look is recorded. Whom the asker may not see does not exist."""
    found = registry.by_member_number(number=number)
    if found is None or found not in registry.rows(actor=actor, why=why, persons=[found]):
        raise not_found(NOBODY)
    return found


def persons(*, numbers: Sequence[str]) -> list[int]:
    """The people with these numbers, in order; the journey decides whether the asker may do anything with them."""
    found = registry.by_member_numbers(numbers=numbers)
    missing = [number for number in numbers if number not in found]
    if missing:
        raise not_found(
            Text(f"Nomor peserta tidak dikenal: {', '.join(missing[:5])}.", f"Unknown: {', '.join(missing[:5])}.")
        )
    return [found[number] for number in numbers]


def bill(*, actor: Actor, number: str, on: dt.date) -> bills.BillRow:
    """The bill with this number, if it is of somebody or of a group that the asker may see."""
    row = bills.bill_by_number(number=number, on=on)
    if row is None or not _may_see(actor, row):
        raise not_found(NO_BILL)
    return row


def _may_see(actor: Actor, row: bills.BillRow) -> bool:
    if actor.may("everyone"):
        return True
    if row.group is not None:
        return actor.may("bill") and Group.objects.filter(pk=row.group, manager=actor.user).exists()
    try:
        return row.person in registry.rows(actor=actor, why="tagihan", persons=[row.person or 0])
    except Refused:
        return False
