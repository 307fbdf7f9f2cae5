"""Bills as they stand on a day: what they ask, what is settled, what still waits. One statement each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text
from teduh.payments import codes
from teduh.payments.models import BillState

STATES = {
    BillState.OPEN: Text("Menunggu pembayaran", "Waiting for payment"),
    BillState.PART: Text("Dibayar sebagian", "Paid in part"),
    BillState.PAID: Text("Lunas", "Paid"),
    BillState.EXPIRED: Text("Kedaluwarsa", "Expired"),
    BillState.CANCELLED: Text("Dibatalkan", "Cancelled"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRow:
    """A bill on a day, whole rupiah. `settled` by its own payments, `elsewhere` by those of other bills; `waiting` is
    money that did not suffice yet; `remaining` is what its code still asks for. `state` holds for the day asked.

    An employer's bill asks for what its lines and penalties add up to now (`amount`), less `credit` kept for it; its
    code never expires. An instalment's counts what its code has brought."""

    id: int
    number: str
    code: str
    person: int | None
    group: int | None
    group_name: str | None
    amount: int
    settled: int
    elsewhere: int
    waiting: int
    issued_on: dt.date
    expires_on: dt.date
    state: str
    employer: int | None
    employer_name: str | None
    kind: str
    credit: int
    organisation: int | None = None
    organisation_name: str | None = None

    @property
    def state_name(self) -> Text:
        return STATES[BillState(self.state)]

    @property
    def remaining(self) -> int:
        done = self.state in (BillState.PAID, BillState.CANCELLED)
        return 0 if done else max(0, self.amount - self.settled - self.elsewhere - self.waiting - self.credit)

    @property
    def is_payable(self) -> bool:
        return self.state in (BillState.OPEN, BillState.PART) and self.remaining > 0


BILL = """
SELECT b.id, b.number, b.code, b.person_id, b.group_id, g.name, owed.asked, owed.settled, owed.elsewhere,
    coalesce((SELECT sum(s.amount) FROM payments_suspense s
              WHERE s.bill_id = b.id AND s.state = 'open' AND s.reason = 'too_little'), 0)::bigint,
    b.issued_on, b.expires_on,
    CASE WHEN b.state = 'cancelled' THEN 'cancelled'
         WHEN owed.settled + owed.elsewhere >= owed.asked THEN 'paid'
         WHEN b.expires_on < %(on)s AND b.employer_id IS NULL THEN 'expired'
         WHEN owed.settled > 0 THEN 'part' ELSE 'open' END,
    b.employer_id, e.name, b.kind,
    coalesce((SELECT sum(c.amount - c.spent) FROM contributions_credit c
              WHERE c.used_on_id = b.id AND c.cancelled_on IS NULL), 0)::bigint,
    b.organisation_id, n.name
FROM payments_bill b LEFT JOIN registry_group g ON g.id = b.group_id
LEFT JOIN employers_employer e ON e.id = b.employer_id
LEFT JOIN migrants_organisation n ON n.id = b.organisation_id
CROSS JOIN LATERAL (
    SELECT b.amount AS asked, coalesce(sum(d.amount) FILTER (WHERE d.settled_on IS NOT NULL), 0)::bigint AS settled,
        coalesce(sum(d.amount) FILTER (WHERE d.settled_on IS NULL AND EXISTS (
            SELECT 1 FROM contributions_due o WHERE o.person_id = d.person_id AND o.month = d.month
            AND o.programme = d.programme AND o.settled_on IS NOT NULL)), 0)::bigint AS elsewhere
    FROM contributions_due d WHERE b.kind = 'contributions' AND d.bill_id = b.id HAVING b.kind = 'contributions'
    UNION ALL
    SELECT coalesce(sum(d.amount), 0)::bigint,
        coalesce(sum(d.amount) FILTER (WHERE d.settled_on IS NOT NULL), 0)::bigint,
        coalesce(sum(d.amount) FILTER (WHERE d.settled_on IS NULL AND d.stage <> 'savings' AND EXISTS (
            SELECT 1 FROM contributions_placementdue o WHERE o.placement_id = d.placement_id AND o.stage = d.stage
            AND o.agreement_id IS NOT DISTINCT FROM d.agreement_id AND o.until IS NOT DISTINCT FROM d.until
            AND o.settled_on IS NOT NULL)), 0)::bigint
    FROM contributions_placementdue d WHERE b.kind = 'placement' AND d.bill_id = b.id AND d.withdrawn_on IS NULL
    HAVING b.kind = 'placement'
    UNION ALL
    SELECT coalesce(sum(asked), 0)::bigint, coalesce(sum(settled), 0)::bigint, 0
    FROM (
        SELECT sum(w.jkk + w.jkm + w.jht_employer + w.jht_worker + w.jp_employer + w.jp_worker) AS asked,
            coalesce(sum(w.jkk + w.jkm) FILTER (WHERE w.protection_on IS NOT NULL), 0)
            + coalesce(sum(w.jht_employer + w.jht_worker + w.jp_employer + w.jp_worker)
                FILTER (WHERE w.savings_on IS NOT NULL), 0) AS settled
        FROM contributions_wagedue w WHERE w.bill_id = b.id
        UNION ALL
        SELECT sum(p.amount), sum(p.amount) FILTER (WHERE p.settled_on IS NOT NULL)
        FROM contributions_penalty p WHERE p.charged_on_id = b.id AND p.cancelled_on IS NULL
        UNION ALL
        SELECT sum(p.jkk + p.jkm), sum(p.jkk + p.jkm) FILTER (WHERE p.settled_on IS NOT NULL)
        FROM contributions_projectdue p WHERE p.bill_id = b.id AND p.withdrawn_on IS NULL
        UNION ALL
        SELECT sum(f.amount), sum(f.amount) FILTER (WHERE f.settled_on IS NOT NULL)
        FROM contributions_fine f WHERE f.bill_id = b.id
        UNION ALL
        SELECT b.amount, least(b.amount, (SELECT sum(r.amount) FROM payments_receipt r
            WHERE r.bill_id = b.id AND r.state <> 'reversed')) WHERE b.kind = 'instalment'
    ) lines HAVING b.employer_id IS NOT NULL
) owed
WHERE {where} ORDER BY b.id DESC LIMIT %(limit)s
"""


def _bills(where: str, on: dt.date, limit: int, **params: object) -> tuple[BillRow, ...]:
    names = (
        "id", "number", "code", "person", "group", "group_name", "amount", "settled", "elsewhere", "waiting",
        "issued_on", "expires_on", "state", "employer", "employer_name", "kind", "credit",
        "organisation", "organisation_name",
    )  # fmt: skip
    found = sql.rows(BILL.format(where=where), {"on": on, "limit": limit, **params})
    return tuple(BillRow(**dict(zip(names, row, strict=True))) for row in found)


def bill(*, id: int, on: dt.date) -> BillRow | None:
    """One bill, with what is settled and what waits for it."""
    return next(iter(_bills("b.id = %(id)s", on, 1, id=id)), None)


def bill_by_code(*, code: str, on: dt.date) -> BillRow | None:
    """The bill a payment code (in any grouping or SNAP BI padding) belongs to."""
    return next(iter(_bills("b.code = %(code)s", on, 1, code=codes.normal(code))), None)


def bill_by_number(*, number: str, on: dt.date) -> BillRow | None:
    """The bill with this number, as it is printed."""
    return next(iter(_bills("b.number = %(number)s", on, 1, number=number)), None)


def bill_by_key(*, key: str, on: dt.date) -> BillRow | None:
    """The bill that was made for this request."""
    return next(iter(_bills("b.request_key = %(key)s", on, 1, key=key)), None)


def bills(
    *,
    on: dt.date,
    person: int | None = None,
    group: int | None = None,
    employer: int | None = None,
    organisation: int | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[BillRow, ...]:
    """A payer's bills, newest first; `before` is the last id seen."""
    where = "b.person_id = %(person)s" if person else "b.group_id = %(group)s" if group else "TRUE"
    where = "b.employer_id = %(employer)s" if employer else where
    where = "b.organisation_id = %(organisation)s" if organisation else where
    where += " AND (%(before)s::bigint IS NULL OR b.id < %(before)s)"
    return _bills(where, on, limit, person=person, group=group, employer=employer,
                  organisation=organisation, before=before)  # fmt: skip


def open_of(*, employers: Sequence[int], on: dt.date, limit: int = 20_000) -> tuple[BillRow, ...]:
    """Bills of these employers that still ask for money, newest first."""
    where = "b.employer_id = ANY(%(employers)s) AND b.state IN ('open', 'part')"
    return tuple(one for one in _bills(where, on, limit, employers=list(employers)) if one.is_payable)
