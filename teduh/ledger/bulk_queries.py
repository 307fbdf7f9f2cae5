"""What runs over everyone read from the books, and what was booked of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.ledger.models import Booking

#: JHT accounts for a year's return: balance before the year, what earlier returns left below a rupiah, and what came in
#: (and went out) in each month. Parameters: `january` (the year's first day) and `as_of`.
SAVINGS = """
SELECT party, sum(amount) FILTER (WHERE "on" < %(january)s) AS opening, sum(carried) AS carried, {credits}
FROM (
    SELECT p.party, p."on", CASE WHEN p.credit_id = a.id THEN p.amount ELSE -p.amount END AS amount, 0 AS carried
    FROM ledger_account a JOIN ledger_posting p ON a.id IN (p.credit_id, p.debit_id)
    WHERE a.code = 'JHT:members' AND p."on" <= %(as_of)s AND p."on" < %(january)s::date + interval '1 year'
    UNION ALL
    SELECT r.party, r."on", r.amount,
        CASE WHEN r.booking_id = (SELECT id FROM ledger_booking WHERE kind = 'accrue' AND state = 'booked'
                                  AND month < %(january)s ORDER BY month DESC LIMIT 1) THEN r.carried ELSE 0 END
    FROM ledger_accrual r WHERE r."on" < %(january)s
) moved WHERE party IS NOT NULL GROUP BY party
""".format(
    credits=", ".join(
        f'sum(amount) FILTER (WHERE "on" >= %(january)s AND extract(month FROM "on") = {month}) AS credit_{month:02}'
        for month in range(1, 13)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRow:
    """A booking of results: how far it is and who has done what. `amount` in whole rupiah."""

    id: int
    kind: str
    month: Month
    state: str
    state_name: Text
    target: str
    rows: int
    amount: int
    shards: int
    pieces: int
    said: Mapping[str, Any]
    articles: tuple[str, ...]
    why: str
    proposed_by: str
    proposed_on: dt.date | None
    decided_by: str
    decided_on: dt.date | None
    booked_at: dt.datetime | None


STATES = {
    "ready": "ready to be proposed", "proposed": "proposed", "approved": "approved", "booked": "booked",
    "replaced": "replaced", "rejected": "rejected",
}  # fmt: skip


def of_month(*, kind: str, month: Month) -> list[BookingRow]:
    """Bookings of one kind for a month, the newest first."""
    ids = Booking.objects.filter(kind=kind, month=month).order_by("-id").values_list("id", flat=True)
    return [row for id_ in ids for row in bookings(id=id_)]


def bookings(*, id: int | None = None, stamp: str | None = None, limit: int = 50) -> list[BookingRow]:
    """Bookings, the newest first; or the one with this id, or those of the results with this stamp."""
    found = Booking.objects.select_related("proposed_by", "decided_by").order_by("-id")
    if id is not None:
        found = found.filter(id=id)
    found = (found.filter(stamp=stamp) if stamp is not None else found)[:limit]
    done = dict(
        sql.rows("SELECT booking_id, count(*) FROM ledger_piece WHERE booking_id = ANY(%s) GROUP BY 1",
                 [[one.id for one in found]])
    )  # fmt: skip
    return [
        BookingRow(
            id=one.id, kind=one.kind, month=one.month, state=one.state,
            state_name=Text(one.get_state_display(), STATES[one.state]), target=one.target, rows=one.rows,
            amount=one.amount, shards=one.shards, pieces=done.get(one.id, 0), said=one.said,
            articles=tuple(one.articles), why=one.why, proposed_by=_name(one.proposed_by), proposed_on=one.proposed_on,
            decided_by=_name(one.decided_by), decided_on=one.decided_on, booked_at=one.booked_at,
        )
        for one in found
    ]  # fmt: skip


def _name(user: Any) -> str:
    return user.get_username() if user else ""
