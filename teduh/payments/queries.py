"""Questions about receipts, money that waits, and refunds. Lists go on by the last number seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.core.text import Text
from teduh.payments.models import Reason

REASONS = {
    Reason.UNKNOWN_CODE: Text("Kode bayar tidak dikenal", "Unknown payment code"),
    Reason.EXPIRED: Text("Kode bayar kedaluwarsa", "Payment code expired"),
    Reason.ALREADY_PAID: Text("Tagihan atau bulan ini sudah lunas", "Bill or month already paid"),
    Reason.TOO_MUCH: Text("Lebih bayar", "Paid too much"),
    Reason.TOO_LITTLE: Text("Kurang bayar", "Paid too little"),
    Reason.CANCELLED: Text("Tagihan dibatalkan", "Bill cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """Money that arrived."""

    id: int
    bank: str
    bank_reference: str
    code: str
    bill: int | None
    bill_number: str | None
    amount: int
    paid_at: dt.datetime
    received_at: dt.datetime
    state: str
    reversal_reference: str | None

    @property
    def paid_on(self) -> dt.date:
        return self.paid_at.astimezone(JAKARTA).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspenseRow:
    """Money that waits, with the bank's own words for it."""

    id: int
    receipt: int
    bank: str
    bank_reference: str
    code: str
    paid_at: dt.datetime
    bill: int | None
    bill_number: str | None
    amount: int
    reason: str
    state: str
    opened_on: dt.date
    cleared_on: dt.date | None
    note: str

    @property
    def reason_name(self) -> Text:
        return REASONS[Reason(self.reason)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundRow:
    """Money going back. The account is decrypted only for those who pay it out."""

    id: int
    suspense: int
    receipt: int
    amount: int
    bank_code: str
    state: str
    why: str
    proposed_by: int
    decided_by: int | None
    paid_reference: str | None


RECEIPT = """
SELECT r.id, r.bank, r.bank_reference, r.code, r.bill_id, b.number, r.amount, r.paid_at, r.received_at, r.state,
    r.reversal_reference
FROM payments_receipt r LEFT JOIN payments_bill b ON b.id = r.bill_id
WHERE {where} ORDER BY r.id DESC LIMIT %(limit)s
"""

SUSPENSE = """
SELECT s.id, s.receipt_id, r.bank, r.bank_reference, r.code, r.paid_at, s.bill_id, b.number, s.amount, s.reason,
    s.state, s.opened_on, s.cleared_on, s.note
FROM payments_suspense s JOIN payments_receipt r ON r.id = s.receipt_id LEFT JOIN payments_bill b ON b.id = s.bill_id
WHERE {where} ORDER BY s.opened_on, s.id LIMIT %(limit)s
"""

REFUND = """
SELECT f.id, f.suspense_id, s.receipt_id, f.amount, f.bank_code, f.state, f.why, f.proposed_by_id, f.decided_by_id,
    f.paid_reference
FROM payments_refund f JOIN payments_suspense s ON s.id = f.suspense_id
WHERE {where} ORDER BY f.id DESC LIMIT %(limit)s
"""


def _receipts(where: str, limit: int, **params: object) -> tuple[ReceiptRow, ...]:
    names = (
        "id", "bank", "bank_reference", "code", "bill", "bill_number", "amount", "paid_at", "received_at", "state",
        "reversal_reference",
    )  # fmt: skip
    found = sql.rows(RECEIPT.format(where=where), {"limit": limit, **params})
    return tuple(ReceiptRow(**dict(zip(names, row, strict=True))) for row in found)


def receipt(*, bank: str, bank_reference: str) -> ReceiptRow | None:
    """The receipt that has this key of a bank."""
    found = _receipts("r.bank = %(bank)s AND r.bank_reference = %(ref)s", 1, bank=bank, ref=bank_reference)
    return next(iter(found), None)


def receipts(
    *, bank: str | None = None, bill: int | None = None, before: int | None = None, limit: int = 50
) -> tuple[ReceiptRow, ...]:
    """Receipts, newest first, of one bank or bill if named; `before` is the last id seen."""
    return _receipts(
        "(%(bank)s::text IS NULL OR r.bank = %(bank)s) AND (%(bill)s::bigint IS NULL OR r.bill_id = %(bill)s) "
        "AND (%(before)s::bigint IS NULL OR r.id < %(before)s)",
        limit, bank=bank, bill=bill, before=before,
    )  # fmt: skip


def _suspense(where: str, limit: int, **params: object) -> tuple[SuspenseRow, ...]:
    names = (
        "id", "receipt", "bank", "bank_reference", "code", "paid_at", "bill", "bill_number", "amount", "reason",
        "state", "opened_on", "cleared_on", "note",
    )  # fmt: skip
    found = sql.rows(SUSPENSE.format(where=where), {"limit": limit, **params})
    return tuple(SuspenseRow(**dict(zip(names, row, strict=True))) for row in found)


def waiting(
    *, reason: str | None = None, after: tuple[dt.date, int] | None = None, limit: int = 50
) -> tuple[SuspenseRow, ...]:
    """Money that waits, oldest first, of one reason if named; `after` is (opened_on, id) of the last row seen."""
    day, id_ = after or (None, 0)
    return _suspense(
        "s.state = 'open' AND (%(reason)s::text IS NULL OR s.reason = %(reason)s) "
        "AND (%(day)s::date IS NULL OR (s.opened_on, s.id) > (%(day)s, %(id)s))",
        limit, reason=reason, day=day, id=id_,
    )  # fmt: skip


def suspense(*, id: int) -> SuspenseRow | None:
    """One piece of waiting money."""
    return next(iter(_suspense("s.id = %(id)s", 1, id=id)), None)


def suspense_of(*, receipt: int) -> tuple[SuspenseRow, ...]:
    """All that ever waited of one receipt."""
    return _suspense("s.receipt_id = %(receipt)s", 1_000, receipt=receipt)


def waiting_sums() -> dict[str, tuple[int, int]]:
    """Open money by reason: how many rows and how much."""
    return {
        reason: (count, amount)
        for reason, count, amount in sql.rows(
            "SELECT reason, count(*), sum(amount)::bigint FROM payments_suspense WHERE state = 'open' GROUP BY reason"
        )
    }


def refunds(
    *, state: str | None = None, suspense: Iterable[int] | None = None, before: int | None = None, limit: int = 50
) -> tuple[RefundRow, ...]:
    """Refunds, newest first."""
    names = (
        "id", "suspense", "receipt", "amount", "bank_code", "state", "why", "proposed_by", "decided_by",
        "paid_reference",
    )  # fmt: skip
    where = (
        "(%(state)s::text IS NULL OR f.state = %(state)s) AND (%(before)s::bigint IS NULL OR f.id < %(before)s) "
        "AND (%(suspense)s::bigint[] IS NULL OR f.suspense_id = ANY(%(suspense)s))"
    )
    params = {"state": state, "before": before, "limit": limit, "suspense": list(suspense) if suspense else None}
    return tuple(
        RefundRow(**dict(zip(names, row, strict=True))) for row in sql.rows(REFUND.format(where=where), params)
    )


def came(*, receipts: Iterable[int]) -> dict[int, tuple[dt.datetime, dt.datetime, int]]:
    """The order in which receipts came: (told at, paid at, id)."""
    found = sql.rows(
        "SELECT received_at, paid_at, id FROM payments_receipt WHERE id = ANY(%s)", [sorted(set(receipts))]
    )
    return {id_: (received, paid, id_) for received, paid, id_ in found}


def bill_of(*, receipt: int) -> int | None:
    """The bill that a receipt's code names, if one."""
    found = sql.rows("SELECT bill_id FROM payments_receipt WHERE id = %s", [receipt])
    return found[0][0] if found else None


def receipt_by_id(*, id: int) -> ReceiptRow | None:
    """One receipt."""
    return next(iter(_receipts("r.id = %(id)s", 1, id=id)), None)


def sums() -> tuple[int, int, int]:
    """In all: what banks gave and left (less what was paid back), what waits, and what is approved to go back."""
    return sql.rows(
        """
        SELECT (SELECT coalesce(sum(amount), 0) FROM payments_receipt WHERE state <> 'reversed')::bigint
             - (SELECT coalesce(sum(amount), 0) FROM payments_refund WHERE state = 'paid')::bigint,
               (SELECT coalesce(sum(s.amount), 0) FROM payments_suspense s WHERE s.state = 'open'
                OR (s.state = 'refunding' AND NOT EXISTS (SELECT 1 FROM payments_refund f
                    WHERE f.suspense_id = s.id AND f.state IN ('approved', 'paid'))))::bigint,
               (SELECT coalesce(sum(amount), 0) FROM payments_refund WHERE state = 'approved')::bigint
        """
    )[0]
