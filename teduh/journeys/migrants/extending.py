"""Extending cover in one step, tied to the renewal of the agreement: the agreement, its fee, and the code to pay it.

For one worker, or in bulk by a mission or an agency. A gap that cannot be healed any more is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from teduh.contributions import placement_queries
from teduh.contributions.placements import NoFee, QuoteLine
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import placements as coverage
from teduh.journeys.migrants import agreements, billing
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.journeys.money import bill_view
from teduh.journeys.money.bill_view import BillView
from teduh.law import placements as law
from teduh.law.months import months_after
from teduh.migrants import access, actions
from teduh.security.access import Actor

MOST_MONTHS = 60
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """What came of it: the new agreements in the order asked, the bill (None: one for each, in `bills`), what could not
    be priced, and the days abroad that nobody covers any more, by placement."""

    agreements: tuple[int, ...]
    bill: BillView | None
    bills: tuple[int, ...]
    refused: tuple[NoFee, ...]
    gaps: tuple[tuple[int, law.Gap], ...]


def extend(
    *, placements: Sequence[int], by: Actor, on: dt.date, at: dt.datetime, months: int | None = None,
    ends: dt.date | None = None, organisation: int | None = None, key: str | None = None, why: str = "",
) -> Extended:  # fmt: skip
    """Extend each agreement by so many months, or to a last day, and ask for the fee.

    One worker gets one bill; many get one bill of `organisation`, or a bill each where it does not pay for them. All or
    none. The same actor's same `key` (a form pressed twice) extends once; where nothing is owed for it, `ends` says the
    same twice and is refused the second time.
    """
    if (months is None) == (ends is None) or (months is not None and not 1 <= months <= MOST_MONTHS):
        raise Refused(
            "months_or_day",
            Text(f"Isi lama perpanjangan (1 sampai {MOST_MONTHS} bulan) atau hari terakhirnya.",
                 f"Give the months (1 to {MOST_MONTHS}) or the last day."),
            then=Text("Pilih salah satu.", "Choose one of both."), field="months",
        )  # fmt: skip
    ids = list(dict.fromkeys(placements))
    with transaction.atomic():
        held = actions.lock(placements=ids)
        if len(held) != len(ids):
            raise access.not_yours()
        if key and (before := _before(ids, by, on, key, organisation)):
            return before
        todo = []
        for id_ in ids:
            if not held[id_].agreements:
                raise refusals.needs_agreement()
            last = held[id_].agreements[-1].last
            todo.append((id_, ends or months_after(last + A_DAY, months or 0) - A_DAY))
        made = agreements.extend(placements=todo, by=by, on=on, at=at, why=why)
        asked = billing.quote(placements=ids, by=by, on=on, why=why)
        bill, made_bills = _billed(ids, asked.lines, organisation, by, on, at, key, why)
        return Extended(agreements=tuple(made), bill=bill, bills=made_bills, refused=asked.refused, gaps=_gaps(ids, on))


def _gaps(ids: Sequence[int], on: dt.date) -> tuple[tuple[int, law.Gap], ...]:
    """Days abroad that nobody covers; that the wait before departure ran out is over for whoever left."""
    return tuple(
        (id_, gap) for id_, (life, fees) in coverage.lives(placements=ids).items()
        for gap in law.gaps(life=life, fees=fees, on=on)
        if gap.code != "before_over"
    )  # fmt: skip


def _before(ids: Sequence[int], by: Actor, on: dt.date, key: str, organisation: int | None) -> Extended | None:
    """What the same wish, told before under the same key, has made."""
    one_bill = organisation is not None or len(ids) == 1
    keys = [billing.scoped_key(by=by, key=key)] if one_bill else [
        billing.key_of(by=by, key=key, placement=id_) for id_ in ids
    ]  # fmt: skip
    found = placement_queries.bills_by_keys(keys=keys)
    if not found:
        return None
    view = bill_view.view(bill=found[0], on=on) if len(found) == 1 else None
    return Extended(agreements=(), bill=view, bills=tuple(found), refused=(), gaps=_gaps(ids, on))


def _billed(
    ids: Sequence[int], lines: Sequence[QuoteLine], organisation: int | None, by: Actor, on: dt.date, at: dt.datetime,
    key: str | None, why: str,
) -> tuple[BillView | None, tuple[int, ...]]:  # fmt: skip
    if not lines:
        return None, ()
    if organisation is not None or len(ids) == 1:
        one = billing.bill(placements=ids, by=by, on=on, at=at, organisation=organisation, key=key, why=why)
        return one, (one.id,)
    each = billing.bill_each(placements=ids, by=by, on=on, key=key, why=why)
    return (bill_view.view(bill=each[0], on=on) if len(each) == 1 else None), tuple(each)
