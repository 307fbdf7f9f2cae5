"""Paying: a bank tells that money arrived, or that it takes it back. Told twice, booked once.

Locks are always taken in one order: new receipts' keys, employers, bills, people, old receipts; so nobody waits in a
circle.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from teduh.contributions import actions as contributions
from teduh.contributions.allocation import Money
from teduh.core.text import Text, rupiah
from teduh.journeys import reminders
from teduh.journeys.money import settlement
from teduh.journeys.money.bill_view import BillView, view
from teduh.journeys.money.bills import bill, bill_each, cancel
from teduh.journeys.money.reversal import reverse
from teduh.ledger import actions as ledger
from teduh.ledger.facts import Draft, Move
from teduh.payments import actions as payments
from teduh.payments import queries
from teduh.payments.facts import Known, Notice, Outcome, Taken, Wait, wrong
from teduh.payments.models import BillKind, Reason, ReceiptState
from teduh.security.access import Actor

__all__ = ["BillView", "Notice", "Outcome", "bill", "bill_each", "cancel", "receive", "reverse", "view"]

#: How far ahead of ours a bank's clock may be.
AHEAD = dt.timedelta(minutes=15)
MOST_NOTICES = 5_000

RULE = Text(
    "Uang hanya untuk tagihan yang disebut kodenya: bulan tertua dulu, lalu orang menurut urutan tagihan, JKK dan JKM "
    "bersama, kemudian JHT. Sisanya menunggu.",
    "Money goes only to the bill its code names: oldest month first, then people in the bill's order, JKK and JKM "
    "together, then JHT. What is left waits.",
)


def receive(*, notices: Sequence[Notice], on: dt.date, at: dt.datetime, by: Actor) -> list[Outcome]:
    """Book what banks tell, in one transaction and a constant number of statements; one outcome for each notice.

    The same (bank, bank_reference) told again gives `repeated` with the first outcome; with another content it gives
    `conflict` and books nothing. Raises Refused for more than 5,000 notices or a payment from the future; then nothing
    of the batch is booked. `on` dates the entries; cover counts from the day the bank took the money.
    """
    by.require("bank")
    _checked(notices, at)
    with transaction.atomic():
        taken = payments.take(notices=notices, at=at)
        fresh = _allocate(taken, on, at, by) if taken else {}
        return _outcomes(notices, fresh)


def _checked(notices: Sequence[Notice], at: dt.datetime) -> None:
    if len(notices) > MOST_NOTICES:
        raise wrong("notices", f"Paling banyak {MOST_NOTICES} pemberitahuan sekali kirim.",
                    f"At most {MOST_NOTICES} notices at once.")  # fmt: skip
    if any(notice.paid_at > at + AHEAD for notice in notices):
        raise wrong("paid_at", "Waktu bayar di masa depan.", "The moment of payment lies in the future.")


def _allocate(taken: Sequence[Taken], on: dt.date, at: dt.datetime, by: Actor) -> dict[tuple[str, str], Outcome]:
    """Allocate new receipts to the bills their codes name, book everything, and say what became of each."""
    bills = contributions.hold(bills=(one.bill for one in taken if one.bill))
    money: dict[int, list[Money]] = defaultdict(list)
    for one in sorted(taken, key=lambda t: (t.notice.paid_at, t.receipt)):
        if one.bill:
            money[one.bill].append(Money(one.receipt, one.notice.amount, one.notice.paid_on))
    strays = [
        Wait(receipt=one.receipt, bill=None, amount=one.notice.amount, reason=Reason.UNKNOWN_CODE)
        for one in taken
        if one.bill is None
    ]
    done = settlement.settle(bills=bills, fresh=money, on=on, by_user=by.user, strays=strays)
    ledger.post(drafts=[*(_receipt(one, on) for one in taken), *done.drafts], by=by.name)
    for wait in strays:
        done.waits[wait.receipt], done.reasons[wait.receipt] = wait.amount, wait.reason
    outcomes = {one.notice.key: _first(one, done) for one in taken}
    own = [one for one in outcomes.values() if one.bill and bills[one.bill].kind == BillKind.CONTRIBUTIONS]
    reminders.booked(outcomes=own, at=at)  # wage earners and migrants are told in words of their own
    return outcomes


def _receipt(one: Taken, on: dt.date) -> Draft:
    notice = one.notice
    return Draft(
        on=on, kind="receipt", reference=f"receipt:{notice.bank}:{notice.bank_reference}",
        why=f"Penerimaan untuk kode {notice.code}",
        moves=(Move("KOL:bank", "KOL:suspense", notice.amount, one.receipt),),
    )  # fmt: skip


def _first(one: Taken, done: settlement.Settlement) -> Outcome:
    used, waits = done.used.get(one.receipt, 0), done.waits.get(one.receipt, 0)
    state = ReceiptState.ALLOCATED if used else ReceiptState.SUSPENSE
    reason = done.reasons.get(one.receipt)
    return Outcome(
        state=str(state), receipt=one.receipt, bill=one.bill, allocated=used, waiting=waits, reason=reason,
        text=_words(used, waits, reason, done.credited.get(one.receipt, 0)),
        protected=done.protected.get(one.bill or 0, {}),
    )  # fmt: skip


def _words(used: int, waits: int, reason: str | None, credited: int = 0) -> Text:
    """What a payer is told."""
    if credited:
        return Text(
            f"{rupiah(used)} dibukukan, {rupiah(credited)} di antaranya kelebihan untuk tagihan berikutnya.",
            f"{rupiah(used)} booked, {rupiah(credited)} of it as a credit for the next bill.",
        )
    because = queries.REASONS[Reason(reason)] if reason else Text("", "")
    if used and waits:
        return Text(
            f"{rupiah(used)} dibukukan; {rupiah(waits)} menunggu: {because.id.lower()}.",
            f"{rupiah(used)} booked; {rupiah(waits)} waits: {because.en.lower()}.",
        )
    if used:
        return Text(f"{rupiah(used)} dibukukan.", f"{rupiah(used)} booked.")
    return Text(
        f"{rupiah(waits)} diterima dan menunggu: {because.id.lower()}.",
        f"{rupiah(waits)} received and waiting: {because.en.lower()}.",
    )


def _outcomes(notices: Sequence[Notice], fresh: dict[tuple[str, str], Outcome]) -> list[Outcome]:
    """The first telling of a key has its outcome; every other telling is a repetition or a contradiction."""
    left = dict(fresh)
    first = [left.pop(notice.key, None) for notice in notices]
    if all(first):
        return [outcome for outcome in first if outcome]
    old = payments.known(notices=[n for n, outcome in zip(notices, first, strict=True) if outcome is None])
    again = iter(old)
    return [outcome or _again(next(again)) for outcome in first]


def _again(known: Known | None) -> Outcome:
    """What a repeated notice is told: what became of the first."""
    if known is None:
        raise RuntimeError("a receipt that was refused as known is not there")
    if not known.same:
        return Outcome(
            state="conflict", receipt=known.receipt, bill=known.bill, allocated=0, waiting=0, reason=None,
            text=Text("Nomor referensi ini sudah dipakai untuk pembayaran lain; tidak dibukukan.",
                      "This reference was used for another payment; nothing was booked."),
        )  # fmt: skip
    used = 0 if known.state == ReceiptState.REVERSED else known.amount - known.waiting
    return Outcome(
        state="repeated", receipt=known.receipt, bill=known.bill, allocated=used, waiting=known.waiting,
        reason=known.reason, first=known.state,
        text=Text("Sudah diterima sebelumnya; dibukukan satu kali.", "Received before; booked once."),
    )  # fmt: skip
