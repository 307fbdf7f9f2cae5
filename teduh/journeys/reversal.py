"""A bank takes money back. What it paid is owed again, and money of others on the same bill is allocated anew.

The result is as if the money had never come: entries are reversed, never changed, and cover is recomputed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction

from teduh.contributions import actions as contributions
from teduh.contributions import queries as owed
from teduh.contributions.allocation import Money
from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text, rupiah
from teduh.journeys import settling
from teduh.ledger import actions as ledger
from teduh.ledger import queries as books
from teduh.ledger.facts import Draft, Move
from teduh.payments import actions as payments
from teduh.payments import queries
from teduh.payments.facts import LockedBill, Outcome
from teduh.payments.models import Reason, ReceiptState, SuspenseState
from teduh.payments.queries import ReceiptRow
from teduh.security import actions as audit
from teduh.security.access import Actor

#: Waiting money that came through its bill's allocation and takes part when the bill is allocated anew.
TIED = (Reason.TOO_LITTLE, Reason.TOO_MUCH, Reason.ALREADY_PAID)
WHY = "Bank menarik kembali penerimaan"


def reverse(
    *, bank: str, bank_reference: str, reversal_reference: str, on: dt.date, at: dt.datetime, by: Actor
) -> Outcome:
    """Take a receipt back. The same reversal told again gives `repeated`.

    Raises Refused: not_found for a receipt that is not there, conflict where it was reversed by another reference.
    A refund of it that is not paid out yet ends; money already paid out becomes recoverable from the payer.
    """
    by.require("bank")
    if not 0 < len(reversal_reference) <= 64 or not reversal_reference.isprintable():
        raise Refused("bad_notice", Text("Nomor pembatalan tidak dapat dibaca.", "Its reference is unreadable."),
                      then=Text("Kirim 1-64 huruf.", "Send 1 to 64 characters."), status=400)  # fmt: skip
    with transaction.atomic():
        receipt = queries.receipt(bank=bank, bank_reference=bank_reference)
        if receipt is None:
            raise not_found(Text("Penerimaan tidak ditemukan.", "There is no such receipt."))
        bills = _hold(receipt)
        state = payments.hold(receipts=[receipt.id])[receipt.id]
        if state == ReceiptState.REVERSED:
            return _again(receipt, reversal_reference)
        return _reverse(receipt, bills, reversal_reference, on, at, by)


def _hold(receipt: ReceiptRow) -> dict[int, LockedBill]:
    """Hold every bill that this money touched. Read again under the locks: an officer may just have applied it."""
    held = contributions.hold(bills=_touched(receipt))
    while missing := set(_touched(receipt)) - set(held):
        held = contributions.hold(bills={*held, *missing})
    return held


def _touched(receipt: ReceiptRow) -> set[int]:
    used = books.drawn_by(account="KOL:suspense", party=receipt.id, kind="allocation")
    bills = {int(one.reference.split(":")[1]) for one in used if not one.is_reversed}
    return bills | ({receipt.bill} if receipt.bill else set())


def _again(receipt: ReceiptRow, reference: str) -> Outcome:
    now = queries.receipt(bank=receipt.bank, bank_reference=receipt.bank_reference) or receipt
    if now.reversal_reference != reference:
        raise Refused(
            "conflict",
            Text(
                "Penerimaan ini sudah dibatalkan dengan nomor lain.", "This receipt was reversed by another reference."
            ),
            then=Text("Periksa nomor pembatalan pada bank.", "Check the reversal's reference with the bank."),
            status=409,
        )
    text = Text("Pembatalan sudah dibukukan sebelumnya.", "The reversal was booked before.")
    return Outcome(state="repeated", receipt=receipt.id, bill=receipt.bill, allocated=0, waiting=0, reason=None,
                   text=text, first=ReceiptState.REVERSED)  # fmt: skip


def _reverse(
    receipt: ReceiptRow, bills: Mapping[int, LockedBill], reference: str, on: dt.date, at: dt.datetime, by: Actor
) -> Outcome:
    settled_on = owed.settled_days(bills=bills)
    drawn = books.drawn(account="KOL:suspense", prefixes=[f"allocation:{bill}:" for bill in bills]) if bills else []
    attempts = _attempts(drawn)
    ledger.reverse(references={one.reference for one in drawn if not one.is_reversed}, on=on, by=by.name, why=WHY)
    people = contributions.unsettle(bills=bills) if bills else []
    back = _free(drawn, bills, receipt.id, on)
    payments.mark(receipts={r for _, r in back}, state=ReceiptState.SUSPENSE)
    _end(receipt, reference, on, at, by)
    fresh = _money_again(back, settled_on)
    done = settling.settle(bills=bills, fresh=fresh, on=on, by_user=by.user, attempts=attempts, also=people)
    ledger.post(drafts=done.drafts, by=by.name)
    audit.record(by=by, action="reverse", subjects=[f"receipt:{receipt.id}"], detail={"amount": receipt.amount})
    text = Text(
        f"{rupiah(receipt.amount)} ditarik kembali oleh bank; iurannya terutang lagi.",
        f"{rupiah(receipt.amount)} taken back by the bank; what it paid is owed again.",
    )
    return Outcome(
        state="reversed", receipt=receipt.id, bill=receipt.bill, allocated=0, waiting=0, reason=None, text=text
    )


def _attempts(drawn: Iterable[books.Drawn]) -> dict[tuple[int, int], int]:
    """How many allocations each receipt had for each bill, taken back or not."""
    attempts: dict[tuple[int, int], int] = {}
    for one in drawn:
        _, bill, receipt, n = one.reference.split(":")
        key = int(bill), int(receipt)
        attempts[key] = max(attempts.get(key, 0), int(n))
    return attempts


def _free(
    drawn: Iterable[books.Drawn], bills: Mapping[int, LockedBill], without: int, on: dt.date
) -> dict[tuple[int, int], int]:
    """Money of others that these bills had, used or waiting, is free again: (bill, receipt) -> amount."""
    amounts: dict[tuple[int, int], int] = defaultdict(int)
    for one in drawn:
        if not one.is_reversed and one.party not in (None, without):
            amounts[int(one.reference.split(":")[1]), one.party] += one.amount
    tied = [row for row in payments.waiting_for(bills=bills, reasons=TIED) if row[2] != without]
    for _, bill, receipt, amount, _ in tied:
        amounts[bill, receipt] += amount
    payments.close(
        suspense=[row[0] for row in tied], state=SuspenseState.USED, on=on, by=None, note="Dialokasikan ulang"
    )
    return amounts


def _money_again(
    back: Mapping[tuple[int, int], int], settled_on: Mapping[tuple[int, int], dt.date]
) -> dict[int, list[Money]]:
    """The others' money in the order in which it came, each counting from the day it counted from before."""
    came = queries.came(receipts={receipt for _, receipt in back})
    fresh: dict[int, list[Money]] = defaultdict(list)
    for (bill, receipt), amount in sorted(back.items(), key=lambda item: came[item[0][1]]):
        day = settled_on.get((bill, receipt)) or came[receipt][1].astimezone(JAKARTA).date()
        fresh[bill].append(Money(receipt, amount, day, accepted=True))
    return fresh


def _end(receipt: ReceiptRow, reference: str, on: dt.date, at: dt.datetime, by: Actor) -> None:
    """The receipt itself: what waits of it is gone, its refunds end, its entry is reversed."""
    payments.take_back(receipt=receipt.id, at=at, reference=reference)
    rows = queries.suspense_of(receipt=receipt.id)
    payments.close(suspense=[row.id for row in rows], state=SuspenseState.REVERSED, on=on, by=by.user, note=WHY)
    ended = payments.end_refunds(receipt=receipt.id, at=at)
    ledger.reverse(references=[f"refund:{id_}" for id_, was in ended if was == "approved"], on=on, by=by.name, why=WHY)
    ledger.reverse(
        references=[f"receipt:{receipt.bank}:{receipt.bank_reference}"], on=on, by=by.name, why=f"{WHY} ({reference})"
    )
    paid_out = sum(row.amount for row in rows if row.state == SuspenseState.REFUNDED)
    if paid_out:
        move = Move("KOL:recoverable", "KOL:suspense", paid_out, receipt.id)
        ledger.post(
            drafts=[Draft(on=on, kind="recoverable", reference=f"recoverable:{receipt.id}",
                          why="Sudah dikembalikan, lalu ditarik bank", moves=(move,))],
            by=by.name,
        )  # fmt: skip
