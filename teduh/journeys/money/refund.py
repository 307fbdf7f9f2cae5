"""Giving money back: one officer proposes, another approves or rejects, and the transfer is noted when it is made."""

from __future__ import annotations

import datetime as dt
import re

from django.db import IntegrityError, transaction

from teduh.contributions import actions as contributions
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.money import suspense as queue
from teduh.ledger import actions as ledger
from teduh.ledger.facts import Draft, Move
from teduh.payments import actions as payments
from teduh.payments.models import Refund, RefundState, SuspenseState
from teduh.security import actions as audit
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

ACCOUNT_NUMBER = re.compile(r"\d{5,34}")
BANK_CODE = re.compile(r"[A-Z0-9]{2,11}")

MOVES: dict[str, frozenset[str]] = {
    RefundState.PROPOSED: frozenset({RefundState.APPROVED, RefundState.REJECTED}),
    RefundState.APPROVED: frozenset({RefundState.PAID, RefundState.REJECTED}),
    RefundState.PAID: frozenset(),
    RefundState.REJECTED: frozenset(),
}


def propose(
    *, suspense: int, bank_code: str, account_number: str, account_name: str, why: str, by: Actor, on: dt.date
) -> int:
    """Propose to give waiting money back to a payer's account; the refund's id. The money is kept for it from now on.

    Raises Refused: bad_account, no_reason, not_waiting, not_found.
    """
    by.require("refund")
    _checked(bank_code, account_number, account_name, why, by)
    with transaction.atomic():
        row, _ = queue.held(suspense)
        payments.close(suspense=[row.id], state=SuspenseState.REFUNDING, on=on, by=by.user, note=why)
        made = Refund.objects.create(
            suspense_id=row.id, amount=row.amount, bank_code=bank_code, account_number=account_number,
            account_name=account_name.strip(), why=why.strip()[:200], proposed_by_id=by.user,
        )  # fmt: skip
        audit.record(
            by=by, action="refund.propose", subjects=[f"refund:{made.id}"], why=why, detail={"amount": row.amount}
        )
        return made.id


def _checked(bank_code: str, account_number: str, account_name: str, why: str, by: Actor) -> None:
    if by.user is None:
        raise Refused(
            "two_people",
            Text("Pengembalian perlu dua orang.", "A refund takes two people."),
            then=Text("Masuk dengan akun petugas.", "Sign in with an officer's account."),
            status=403,
        )
    name = account_name.strip()
    fits = BANK_CODE.fullmatch(bank_code) and ACCOUNT_NUMBER.fullmatch(account_number)
    if not fits or not 1 < len(name) <= 100 or UNSTORABLE.search(name + why):
        raise Refused(
            "bad_account",
            Text("Rekening tujuan tidak dapat dibaca.", "The account cannot be read."),
            then=Text("Isi kode bank, nomor rekening (angka), dan nama pemilik.",
                      "Give the bank's code, the account number (digits) and the holder's name."),
            field="account_number",
        )  # fmt: skip
    if not why.strip():
        raise Refused("no_reason", Text("Alasannya belum ada.", "The reason is missing."),
                      then=Text("Tulis alasan pengembalian.", "Write why it is given back."), field="why")  # fmt: skip


def approve(*, refund: int, by: Actor, on: dt.date, at: dt.datetime, why: str = "") -> None:
    """Another officer agrees: the money is owed to the payer now (KOL:refunds). Refused: same_person, wrong_state."""
    with transaction.atomic():
        row = _decided(refund, RefundState.APPROVED, by, at)
        _post(row, "refund", on, by, Move("KOL:suspense", "KOL:refunds", row.amount, _receipt(row)))
        audit.record(
            by=by, action="refund.approve", subjects=[f"refund:{row.id}"], why=why, detail={"amount": row.amount}
        )


def reject(*, refund: int, by: Actor, on: dt.date, at: dt.datetime, why: str) -> None:
    """Another officer does not agree: the money waits again. Refused: same_person, wrong_state."""
    with transaction.atomic():
        row = _decided(refund, RefundState.REJECTED, by, at)
        payments.reopen(suspense=row.suspense_id)
        _note(by, "reject", row.id, row.amount, why)


def paid(*, refund: int, paid_reference: str, by: Actor, on: dt.date, at: dt.datetime) -> None:
    """The transfer was made: out of the bank account. `paid_reference` is the bank's and is used once.

    Told again with the same reference it changes nothing. Raises Refused: wrong_state, conflict.
    """
    by.require("refund")
    if not 0 < len(paid_reference) <= 64 or not paid_reference.isprintable():
        raise _state(Text("Nomor transfer tidak dapat dibaca.", "The transfer's reference cannot be read."))
    with transaction.atomic():
        row = _held(refund)
        if row.state == RefundState.PAID and row.paid_reference == paid_reference:
            return
        _move(row, RefundState.PAID)
        row.paid_reference = paid_reference
        try:
            with transaction.atomic():
                row.save(update_fields=["state", "paid_reference"])
        except IntegrityError as error:
            raise _state(Text("Nomor transfer ini sudah dipakai.", "This reference was used before.")) from error
        payments.refunded(suspense=row.suspense_id, on=on, by=by.user)
        _post(row, "refund-paid", on, by, Move("KOL:refunds", "KOL:bank", row.amount, _receipt(row)))
        _note(by, "paid", row.id, row.amount)


def _held(refund: int) -> Refund:
    """The refund, held with its receipt's bill and receipt first, in the order all journeys use."""
    found = Refund.objects.filter(id=refund).select_related("suspense__receipt").first()
    if found is None:
        raise not_found(Text("Pengembalian tidak ditemukan.", "There is no such refund."))
    receipt = found.suspense.receipt
    contributions.hold(bills=[id_ for id_ in (found.suspense.bill_id, receipt.bill_id) if id_])
    payments.hold(receipts=[receipt.id])
    return Refund.objects.select_for_update(of=("self",)).select_related("suspense").get(id=refund)


def _decided(refund: int, state: str, by: Actor, at: dt.datetime) -> Refund:
    by.require("refund")
    row = _held(refund)
    if by.user is None or by.user == row.proposed_by_id:
        raise Refused(
            "same_person",
            Text("Pengusul tidak boleh memutuskan sendiri.", "Who proposed it may not decide it."),
            then=Text("Minta petugas lain memutuskan.", "Ask another officer to decide."),
            status=403,
        )
    _move(row, state)
    row.decided_by_id, row.decided_at = by.user, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    return row


def _move(row: Refund, state: str) -> None:
    if state not in MOVES[row.state]:
        raise _state(
            Text(f"Pengembalian ini berstatus {row.get_state_display().lower()}.", f"This refund is {row.state}.")
        )
    row.state = state


def _state(what: Text) -> Refused:
    return Refused("wrong_state", what, then=Text("Muat ulang daftarnya.", "Load the list again."), status=409)


def _receipt(row: Refund) -> int:
    return row.suspense.receipt_id


def _post(row: Refund, kind: str, on: dt.date, by: Actor, move: Move) -> None:
    ledger.post(drafts=[Draft(on=on, kind=kind, reference=f"{kind}:{row.id}", why=row.why, moves=(move,))], by=by.name)


def _note(by: Actor, what: str, refund: int, amount: int, why: str = "") -> None:
    audit.record(by=by, action=f"refund.{what}", subjects=[f"refund:{refund}"], why=why, detail={"amount": amount})
