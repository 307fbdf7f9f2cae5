"""Writing bills, receipts and what waits. Every verb is one or two statements, whatever the number of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.law.months import Month
from teduh.payments import codes
from teduh.payments.facts import Known, LockedBill, Notice, Taken, Wait
from teduh.payments.models import BILL_MOVES, BillKind

TAKE = """
WITH told AS (
    SELECT * FROM unnest(%(banks)s::text[], %(references)s::text[], %(codes)s::text[], %(normal)s::text[],
                         %(amounts)s::bigint[], %(paid)s::timestamptz[], %(digests)s::bytea[])
        AS t(bank, reference, code, normal, amount, paid_at, digest)
)
INSERT INTO payments_receipt (bank, bank_reference, code, bill_id, amount, paid_at, received_at, payload_hash, state)
SELECT t.bank, t.reference, t.code, b.id, t.amount, t.paid_at, %(at)s, t.digest, 'suspense'
FROM told t LEFT JOIN payments_bill b ON b.code = t.normal
ORDER BY t.bank, t.reference
ON CONFLICT (bank, bank_reference) DO NOTHING
RETURNING id, bank, bank_reference, bill_id
"""

KNOWN = """
SELECT r.bank, r.bank_reference, r.id, r.bill_id, r.state, r.payload_hash, r.amount,
       coalesce((SELECT sum(s.amount) FROM payments_suspense s
                 WHERE s.receipt_id = r.id AND s.state NOT IN ('used', 'reversed')), 0)::bigint,
       (SELECT s.reason FROM payments_suspense s WHERE s.receipt_id = r.id ORDER BY s.id LIMIT 1)
FROM unnest(%(banks)s::text[], %(references)s::text[]) AS t(bank, reference)
JOIN payments_receipt r ON r.bank = t.bank AND r.bank_reference = t.reference
"""

BILLS = """
INSERT INTO payments_bill (number, code, person_id, group_id, employer_id, organisation_id, kind, amount, issued_on,
    expires_on, state, request_key, by_id)
SELECT b.number, b.code, b.person, b."group", b.employer, b.organisation, b.kind, b.amount, %(on)s, b.expires_on,
    'open', b.key, %(by)s
FROM unnest(%(numbers)s::text[], %(codes)s::text[], %(persons)s::bigint[], %(groups)s::bigint[],
            %(employers)s::bigint[], %(organisations)s::bigint[], %(kinds)s::text[], %(amounts)s::bigint[],
            %(expires)s::date[], %(keys)s::text[]) WITH ORDINALITY
    AS b(number, code, person, "group", employer, organisation, kind, amount, expires_on, key, n)
ORDER BY b.n
ON CONFLICT (request_key) DO NOTHING
RETURNING id, number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A bill to be made: one payer, the sum of its lines, until when its code holds. An employer's says its kind."""

    person: int | None = None
    group: int | None = None
    employer: int | None = None
    organisation: int | None = None
    kind: str = BillKind.CONTRIBUTIONS
    amount: int
    expires_on: dt.date
    key: str | None = None


def issue(*, asking: Sequence[Asking], by: int | None, on: dt.date) -> list[int | None]:
    """Make bills with numbers and codes of their own; their ids in order, None where the key was used before."""
    serials = codes.reserve(len(asking))
    numbers = [codes.number(serial, Month.of(on)) for serial in serials]
    made = sql.rows(
        BILLS,
        {
            "on": on,
            "by": by,
            "numbers": numbers,
            "codes": [codes.code(serial) for serial in serials],
            "persons": [a.person for a in asking],
            "groups": [a.group for a in asking],
            "employers": [a.employer for a in asking],
            "organisations": [a.organisation for a in asking],
            "kinds": [str(a.kind) for a in asking],
            "amounts": [a.amount for a in asking],
            "expires": [a.expires_on for a in asking],
            "keys": [a.key for a in asking],
        },
    )
    ids = {number: id_ for id_, number in made}
    return [ids.get(number) for number in numbers]


def take(*, notices: Iterable[Notice], at: dt.datetime) -> list[Taken]:
    """Write receipts for notices never told before; the database's unique key decides who is first."""
    by_key: dict[tuple[str, str], Notice] = {}
    for notice in notices:
        by_key.setdefault(notice.key, notice)
    told = list(by_key.values())
    made = sql.often(
        TAKE,
        {
            "at": at,
            "banks": [n.bank for n in told],
            "references": [n.bank_reference for n in told],
            "codes": [n.code for n in told],
            "normal": [codes.normal(n.code) for n in told],
            "amounts": [n.amount for n in told],
            "paid": [n.paid_at for n in told],
            "digests": [n.digest for n in told],
        },
    )
    return [Taken(notice=by_key[bank, ref], receipt=id_, bill=bill) for id_, bank, ref, bill in made]


def known(*, notices: Sequence[Notice]) -> list[Known | None]:
    """For each notice the receipt that has its key, and whether it tells the same."""
    keys = {n.key for n in notices}
    found = {
        (row[0], row[1]): row[2:]
        for row in sql.rows(KNOWN, {"banks": [k[0] for k in keys], "references": [k[1] for k in keys]})
    }
    return [_known(notice, found[notice.key]) if notice.key in found else None for notice in notices]


def _known(notice: Notice, row: tuple) -> Known:
    receipt, bill, state, digest, amount, waiting, reason = row
    same = bytes(digest) == notice.digest
    return Known(receipt=receipt, bill=bill, state=state, same=same, amount=amount, waiting=waiting, reason=reason)


WRITE = """
WITH moved AS (
    UPDATE payments_bill b SET state = t.state
    FROM unnest(%(bills)s::bigint[], %(states)s::text[]) AS t(id, state) WHERE b.id = t.id
), marked AS (
    UPDATE payments_receipt SET state = 'allocated' WHERE id = ANY(%(allocated)s::bigint[])
), used AS (
    UPDATE payments_suspense SET state = 'used', cleared_on = %(on)s, cleared_by_id = %(by)s
    WHERE id = ANY(%(spent)s::bigint[]) AND state = 'open'
)
INSERT INTO payments_suspense (receipt_id, bill_id, amount, reason, state, opened_on, note)
SELECT w.receipt, w.bill, w.amount, w.reason, 'open', %(on)s, ''
FROM unnest(%(receipts)s::bigint[], %(of)s::bigint[], %(amounts)s::bigint[], %(reasons)s::text[]) WITH ORDINALITY
    AS w(receipt, bill, amount, reason, n) ORDER BY w.n
"""


def write(
    *,
    bills: Mapping[int, LockedBill],
    states: Mapping[int, str],
    allocated: Iterable[int],
    waits: Sequence[Wait],
    spent: Iterable[int],
    on: dt.date,
    by: int | None,
) -> None:
    """What an allocation does here, in one statement: bills move, receipts count as allocated, money waits or is used.

    Raises ValueError for a move that `BILL_MOVES` does not allow.
    """
    moving = _moving(bills, states)
    params = {
        "bills": list(moving),
        "states": [str(state) for state in moving.values()],
        "allocated": sorted(allocated),
        "spent": sorted(spent),
        "on": on,
        "by": by,
        "receipts": [w.receipt for w in waits],
        "of": [w.bill for w in waits],
        "amounts": [w.amount for w in waits],
        "reasons": [str(w.reason) for w in waits],
    }
    if any(params[name] for name in ("bills", "allocated", "spent", "receipts")):
        sql.often(WRITE, params)


def _moving(bills: Mapping[int, LockedBill], states: Mapping[int, str]) -> dict[int, str]:
    """The bills whose state changes."""
    changed = {id_: state for id_, state in states.items() if bills[id_].state != state}
    for id_, state in changed.items():
        if state not in BILL_MOVES[bills[id_].state]:
            raise ValueError(f"bill {id_} cannot go from {bills[id_].state} to {state}")
    return changed


def mark(*, receipts: Iterable[int], state: str) -> int:
    """Set the state of receipts."""
    ids = sorted(receipts)
    return sql.run("UPDATE payments_receipt SET state = %s WHERE id = ANY(%s)", [state, ids]) if ids else 0


def close(*, suspense: Iterable[int], state: str, on: dt.date, by: int | None, note: str = "") -> int:
    """Open money that waits no more: used, being refunded, or taken back by the bank."""
    ids = sorted(suspense)
    if not ids:
        return 0
    return sql.run(
        "UPDATE payments_suspense SET state = %s, cleared_on = %s, cleared_by_id = %s, note = %s "
        "WHERE id = ANY(%s) AND state = 'open'",
        [state, on, by, note[:200], ids],
    )


def waiting_for(*, bills: Iterable[int], reasons: Sequence[str]) -> list[tuple]:
    """Open money tied to bills: (suspense, bill, receipt, amount, paid_at), in the order in which it came."""
    return sql.rows(
        """
        SELECT s.id, s.bill_id, s.receipt_id, s.amount, r.paid_at
        FROM payments_suspense s JOIN payments_receipt r ON r.id = s.receipt_id
        WHERE s.bill_id = ANY(%s) AND s.state = 'open' AND s.reason = ANY(%s)
        ORDER BY s.bill_id, r.received_at, r.paid_at, r.id, s.id
        """,
        [sorted(set(bills)), list(reasons)],
    )


def take_back(*, receipt: int, at: dt.datetime, reference: str) -> None:
    """The bank took this money back."""
    sql.run(
        "UPDATE payments_receipt SET state = 'reversed', reversed_at = %s, reversal_reference = %s WHERE id = %s",
        [at, reference, receipt],
    )


def hold(*, receipts: Iterable[int]) -> dict[int, str]:
    """Hold receipts until the transaction ends; their states. Always after bills and people."""
    found = sql.rows(
        "SELECT id, state FROM payments_receipt WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
        [sorted(set(receipts))],
    )
    return dict(found)


def end_refunds(*, receipt: int, at: dt.datetime) -> list[tuple[int, str]]:
    """Refunds of a receipt that are not paid out end; (refund, state it had). Their money waits no more."""
    return sql.rows(
        """
        WITH ending AS (
            SELECT f.id, f.state, f.suspense_id FROM payments_refund f JOIN payments_suspense s ON s.id = f.suspense_id
            WHERE s.receipt_id = %(receipt)s AND f.state IN ('proposed', 'approved') FOR UPDATE OF f
        ), ended AS (
            UPDATE payments_refund f SET state = 'rejected', decided_at = %(at)s FROM ending e WHERE f.id = e.id
        ), freed AS (
            UPDATE payments_suspense s SET state = 'reversed' FROM ending e WHERE s.id = e.suspense_id
        )
        SELECT id, state FROM ending ORDER BY id
        """,
        {"receipt": receipt, "at": at},
    )


def reopen(*, suspense: int) -> None:
    """Money kept for a refund waits again."""
    sql.run(
        "UPDATE payments_suspense SET state = 'open', cleared_on = NULL, cleared_by_id = NULL, note = '' "
        "WHERE id = %s AND state = 'refunding'",
        [suspense],
    )


def refunded(*, suspense: int, on: dt.date, by: int | None) -> None:
    """Money kept for a refund has left."""
    sql.run(
        "UPDATE payments_suspense SET state = 'refunded', cleared_on = %s, cleared_by_id = %s "
        "WHERE id = %s AND state = 'refunding'",
        [on, by, suspense],
    )
