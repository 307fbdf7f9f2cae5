"""Bills as they stand on a day: what they ask, what is settled, what still waits. One statement each."""

from __future__ import annotations

import datetime as dt
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
    money that did not suffice yet; `remaining` is what its code still asks for. `state` holds for the day asked."""

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

    @property
    def state_name(self) -> Text:
        return STATES[BillState(self.state)]

    @property
    def remaining(self) -> int:
        done = self.state in (BillState.PAID, BillState.CANCELLED)
        return 0 if done else max(0, self.amount - self.settled - self.elsewhere - self.waiting)

    @property
    def is_payable(self) -> bool:
        return self.state in (BillState.OPEN, BillState.PART) and self.remaining > 0


BILL = """
SELECT b.id, b.number, b.code, b.person_id, b.group_id, g.name, b.amount, owed.settled, owed.elsewhere,
    coalesce((SELECT sum(s.amount) FROM payments_suspense s
              WHERE s.bill_id = b.id AND s.state = 'open' AND s.reason = 'too_little'), 0)::bigint,
    b.issued_on, b.expires_on,
    CASE WHEN b.state = 'cancelled' THEN 'cancelled'
         WHEN owed.settled + owed.elsewhere >= b.amount THEN 'paid'
         WHEN b.expires_on < %(on)s THEN 'expired'
         WHEN owed.settled > 0 THEN 'part' ELSE 'open' END
FROM payments_bill b LEFT JOIN registry_group g ON g.id = b.group_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(d.amount) FILTER (WHERE d.settled_on IS NOT NULL), 0)::bigint AS settled,
        coalesce(sum(d.amount) FILTER (WHERE d.settled_on IS NULL AND EXISTS (
            SELECT 1 FROM contributions_due o WHERE o.person_id = d.person_id AND o.month = d.month
            AND o.programme = d.programme AND o.settled_on IS NOT NULL)), 0)::bigint AS elsewhere
    FROM contributions_due d WHERE d.bill_id = b.id
) owed
WHERE {where} ORDER BY b.id DESC LIMIT %(limit)s
"""


def _bills(where: str, on: dt.date, limit: int, **params: object) -> tuple[BillRow, ...]:
    names = (
        "id", "number", "code", "person", "group", "group_name", "amount", "settled", "elsewhere", "waiting",
        "issued_on", "expires_on", "state",
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
    *, on: dt.date, person: int | None = None, group: int | None = None, before: int | None = None, limit: int = 50
) -> tuple[BillRow, ...]:
    """A payer's bills, newest first; `before` is the last id seen."""
    where = "b.person_id = %(person)s" if person else "b.group_id = %(group)s" if group else "TRUE"
    where += " AND (%(before)s::bigint IS NULL OR b.id < %(before)s)"
    return _bills(where, on, limit, person=person, group=group, before=before)
