"""A bank takes money back. What it paid is owed again, and money of others on the same bill is allocated anew.

The result is as if the money had never come: entries are reversed, never changed, and cover is recomputed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from django.db import transaction

from teduh.contributions import actions as contributions
from teduh.contributions import placement_actions as abroad
from teduh.contributions import queries as owed
from teduh.contributions import wage_actions as wages
from teduh.contributions.allocation import Money
from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text, rupiah
from teduh.journeys.money import settlement, undoing, wage_undoing
from teduh.ledger import actions as ledger
from teduh.ledger import queries as books
from teduh.ledger.facts import Draft, Move
from teduh.payments import actions as payments
from teduh.payments import queries
from teduh.payments.facts import LockedBill, Outcome, Wait
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
    waited = {row.bill for row in queries.suspense_of(receipt=receipt.id)}
    return {bill for bill in (*bills, *waited, receipt.bill) if bill}


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
    drawn = books.drawn(account="KOL:suspense", prefixes=[f"allocation:{bill}:" for bill in bills]) if bills else []
    plan = undoing.undo(drawn=drawn, receipt=receipt.id)
    settled_on = {
        **owed.settled_days(bills=bills), **wages.settled_days(bills=bills), **abroad.settled_days(bills=bills),
    }  # fmt: skip
    ledger.reverse(references=plan.references, on=on, by=by.name, why=WHY)
    owed_again = settlement.unsettle(triggers=plan.triggers)
    fresh = _money_again(receipt, bills, plan, settled_on, on)
    back = wage_undoing.undo(receipt=receipt.id, bills=bills, plan=plan, on=on)
    ledger.post(drafts=back.drafts, by=by.name)
    _end(receipt, reference, on, at, by)
    for bill, money in back.fresh.items():
        fresh[bill] += money
    done = settlement.settle(
        bills={**bills, **contributions.hold(bills=set(back.fresh) - set(bills))}, fresh=fresh, on=on, by_user=by.user,
        attempts=plan.attempts, also=owed_again.people, projects=owed_again.projects, placements=owed_again.placements,
        again=back.again,
    )  # fmt: skip
    ledger.post(drafts=done.drafts, by=by.name)
    audit.record(by=by, action="reverse", subjects=[f"receipt:{receipt.id}"], detail={"amount": receipt.amount})
    text = Text(
        f"{rupiah(receipt.amount)} ditarik kembali oleh bank; iurannya terutang lagi.",
        f"{rupiah(receipt.amount)} taken back by the bank; what it paid is owed again.",
    )
    return Outcome(
        state="reversed", receipt=receipt.id, bill=receipt.bill, allocated=0, waiting=0, reason=None, text=text
    )


def _money_again(
    receipt: ReceiptRow,
    bills: Mapping[int, LockedBill],
    plan: undoing.Undoing,
    settled_on: Mapping[tuple[int, int], dt.date],
    on: dt.date,
) -> dict[int, list[Money]]:
    """Others' money that was set free: what had waited before waits again; what came later is given back.

    It is allocated anew in the order in which it came, each counting from the day it counted from before.
    """
    tied = [row for row in payments.waiting_for(bills=bills, reasons=TIED) if row[2] != receipt.id]
    came = queries.came(receipts={receipt.id, *(row[2] for row in tied), *(r for _, r in plan.freed)})
    later = {key for key in {*plan.freed, *((row[1], row[2]) for row in tied)}
             if key in plan.triggers or (_falls(key[0], plan) and came[key[1]] > came[receipt.id])}  # fmt: skip
    again = [row for row in tied if (row[1], row[2]) in later or (row[1], row[2]) in plan.freed]
    payments.close(
        suspense=[row[0] for row in again], state=SuspenseState.USED, on=on, by=None, note="Dialokasikan ulang"
    )
    amounts = defaultdict(int, plan.freed)
    for _, bill, other, amount, _ in again:
        amounts[bill, other] += amount
    waits = [
        Wait(receipt=other, bill=bill, amount=amount, reason=Reason.TOO_LITTLE)
        for (bill, other), amount in sorted(amounts.items(), key=lambda item: came[item[0][1]])
        if (bill, other) not in later
    ]
    payments.write(bills=bills, states={}, allocated=[], waits=waits, spent=[], on=on, by=None)
    payments.mark(receipts={r for _, r in plan.freed} - plan.stands, state=ReceiptState.SUSPENSE)
    fresh: dict[int, list[Money]] = defaultdict(list)
    for bill, other in sorted(later, key=lambda key: came[key[1]]):
        day = settled_on.get((bill, other)) or came[other][1].astimezone(JAKARTA).date()
        fresh[bill].append(Money(other, amounts[bill, other], day, accepted=True))
    return fresh


def _falls(bill: int, plan: undoing.Undoing) -> bool:
    return any(of == bill for of, _ in plan.triggers)


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
