"""The queue of money that waits: an officer looks, and uses it for a bill or proposes to give it back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from teduh.contributions import actions as contributions
from teduh.contributions.allocation import Money
from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text, rupiah
from teduh.journeys.money import settlement, undoing
from teduh.ledger import actions as ledger
from teduh.ledger import queries as books
from teduh.payments import actions as payments
from teduh.payments import queries
from teduh.payments.facts import LockedBill, Outcome
from teduh.payments.models import BillState, ReceiptState, SuspenseState
from teduh.payments.queries import SuspenseRow
from teduh.security import actions as audit
from teduh.security.access import Actor


def waiting(
    *, by: Actor, reason: str | None = None, after: tuple[dt.date, int] | None = None, limit: int = 50
) -> tuple[SuspenseRow, ...]:
    """What waits, oldest first. Needs `suspense` or `books`."""
    by.require("suspense", "books")
    return queries.waiting(reason=reason, after=after, limit=limit)


def apply(*, suspense: int, to_bill: int, by: Actor, on: dt.date, at: dt.datetime, why: str = "") -> Outcome:
    """Use waiting money for a bill, by the same rule as a payment of that bill; what is left waits again.

    Cover counts from the day of payment where the money named a bill of the same payer, otherwise from today (`on`):
    nobody is covered for a day before it was known whose money it was. Raises Refused: not_found, not_waiting,
    nothing_owed (the bill is paid or cancelled).
    """
    by.require("suspense")
    with transaction.atomic():
        row, bills = held(suspense, also=to_bill)
        bill = bills.get(to_bill)
        if bill is None:
            raise not_found(Text("Tagihan tidak ditemukan.", "There is no such bill."))
        payments.close(
            suspense=[row.id], state=SuspenseState.USED, on=on, by=by.user, note=f"Untuk tagihan {bill.number}"
        )
        money = Money(row.receipt, row.amount, _counts_from(row, bill, bills, on), accepted=True)
        done = settlement.settle(
            bills={to_bill: bill}, fresh={to_bill: [money]}, on=on, by_user=by.user, attempts=_attempts(to_bill)
        )
        after = done.allocations.get(to_bill)
        if not done.used and (bill.state == BillState.CANCELLED or (after and after.state == BillState.PAID)):
            raise _nothing_owed(bill)
        ledger.post(drafts=done.drafts, by=by.name)
        detail = {"amount": row.amount, "used": done.used.get(row.receipt, 0), "at": at.isoformat()}
        audit.record(by=by, action="suspense.apply", subjects=[f"suspense:{row.id}", f"bill:{to_bill}"], why=why,
                     detail=detail)  # fmt: skip
        return _outcome(row, to_bill, done)


def held(suspense: int, *, also: int | None = None) -> tuple[SuspenseRow, dict[int, LockedBill]]:
    """The row, held with its bill, its receipt and another bill, in the order of all journeys. Refused if gone."""
    row = queries.suspense(id=suspense)
    if row is None:
        raise not_found(Text("Uang yang menunggu tidak ditemukan.", "There is no such waiting money."))
    own = queries.bill_of(receipt=row.receipt)
    bills = contributions.hold(bills=[id_ for id_ in (row.bill, own, also) if id_])
    state = payments.hold(receipts=[row.receipt])[row.receipt]
    now = queries.suspense(id=suspense)
    if now is None or now.state != SuspenseState.OPEN or state == ReceiptState.REVERSED:
        raise Refused(
            "not_waiting",
            Text("Uang ini tidak menunggu lagi.", "This money waits no more."),
            then=Text("Muat ulang daftarnya.", "Load the list again."),
            status=409,
        )
    return now, bills


def _counts_from(row: SuspenseRow, bill: LockedBill, bills: dict[int, LockedBill], on: dt.date) -> dt.date:
    named = bills.get(row.bill or 0)
    if named is not None and named.payer == bill.payer:
        return row.paid_at.astimezone(JAKARTA).date()
    return on


def _attempts(bill: int) -> dict[tuple[int, int], int]:
    """How often each receipt was allocated to this bill before."""
    return undoing.attempts(books.drawn(account="KOL:suspense", prefixes=[f"allocation:{bill}:"]))


def _nothing_owed(bill: LockedBill) -> Refused:
    return Refused(
        "nothing_owed",
        Text(f"Tagihan {bill.number} sudah lunas atau dibatalkan.", f"Bill {bill.number} is paid or cancelled."),
        then=Text("Buat tagihan baru, lalu pakai uang ini untuknya.", "Make a new bill and use this money for it."),
        status=409,
    )


def _outcome(row: SuspenseRow, bill: int, done: settlement.Settlement) -> Outcome:
    used, waits = done.used.get(row.receipt, 0), done.waits.get(row.receipt, 0)
    return Outcome(
        state="allocated" if used else "suspense", receipt=row.receipt, bill=bill, allocated=used, waiting=waits,
        reason=done.reasons.get(row.receipt), protected=done.protected.get(bill, {}),
        text=Text(f"{rupiah(used)} dibukukan; {rupiah(waits)} masih menunggu.",
                  f"{rupiah(used)} booked; {rupiah(waits)} still waits."),
    )  # fmt: skip
