"""Booking the results of runs over everyone, piece by piece: proposed, approved by another, filled aside, shown whole.

A piece and its mark are of one transaction, which is the journey's. It knows no law and no file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core import bulk, sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.ledger.models import BOOKING_MOVES, Booking, BookingKind, BookingState

DEBIT, CREDIT = "JHT:returns", "JHT:members"
ACCRUALS = "ledger_accrual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """The results of a run as its manifest says them; `amount` is the sum of what is booked, whole rupiah."""

    kind: str
    month: Month
    stamp: str
    target: str
    rows: int
    amount: int
    shards: int
    said: Mapping[str, Any]
    articles: tuple[str, ...] = ()


def propose(*, results: Results, by: int | None, on: dt.date, why: str) -> Booking:
    """Propose results for booking (`by` None: they are ready, and a person may propose them). The same again is the
    same booking. Raises Refused: booked_before, another year's returns come first.
    """
    found = Booking.objects.select_for_update().filter(stamp=results.stamp).exclude(state=BookingState.REJECTED).first()
    if found is None:
        _may_come(results)
        return Booking.objects.create(
            kind=results.kind, month=results.month, stamp=results.stamp, target=results.target, rows=results.rows,
            amount=results.amount, shards=results.shards, said=dict(results.said), articles=list(results.articles),
            state=BookingState.PROPOSED if by else BookingState.READY, why=why[:200], proposed_by_id=by,
            proposed_on=on if by else None,
        )  # fmt: skip
    if by and found.state == BookingState.READY:
        move(booking=found, to=BookingState.PROPOSED)
        found.proposed_by_id, found.proposed_on, found.why = by, on, why[:200]
        found.save(update_fields=["state", "proposed_by", "proposed_on", "why"])
    return found


def _may_come(results: Results) -> None:
    if results.kind != BookingKind.ACCRUE:
        return
    others = Booking.objects.filter(kind=BookingKind.ACCRUE, month__gte=results.month)
    if other := others.exclude(state=BookingState.REJECTED).order_by("month").first():
        raise Refused(
            "booked_before",
            Text(f"Hasil pengembangan {other.month.year} sudah diusulkan atau dibukukan.",
                 f"Returns of {other.month.year} are proposed or booked already."),
            why=Text("Hasil setahun dibukukan satu kali, dan berurutan.", "A year is booked once, and in order."),
            then=Text("Tolak usulan itu dahulu, bila belum disetujui.", "Reject that one first, if not approved."),
            status=409,
        )  # fmt: skip


def held(*, booking: int) -> Booking:
    """The booking, locked until the transaction ends. Raises Refused (not_found)."""
    found = Booking.objects.select_for_update().filter(id=booking).first()
    if found is None:
        raise not_found(Text("Pembukuan itu tidak ada.", "There is no such booking."))
    return found


def move(*, booking: Booking, to: str) -> None:
    """The next state, where it may follow. Raises Refused (wrong_state)."""
    if to not in BOOKING_MOVES[booking.state]:
        raise Refused(
            "wrong_state",
            Text(
                f"Pembukuan ini berstatus {booking.get_state_display().lower()}.", f"This booking is {booking.state}."
            ),
            then=Text("Muat ulang daftarnya.", "Load the list again."),
            status=409,
        )
    booking.state = to


def decide(*, booking: Booking, approved: bool, by: int | None, on: dt.date) -> None:
    """Approve or reject. Approval keeps a number for the entry that returns on savings will have in the books."""
    move(booking=booking, to=BookingState.APPROVED if approved else BookingState.REJECTED)
    booking.decided_by_id, booking.decided_on = by, on
    if approved and booking.kind == BookingKind.ACCRUE:
        booking.entry = sql.rows("SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id'))")[0][0]
    booking.save(update_fields=["state", "decided_by", "decided_on", "entry"])


def table(*, booking: Booking) -> str:
    """Where a booking of returns is filled aside, and its partition afterwards."""
    return f"{ACCRUALS}_{int(booking.id)}"


def begin(*, booking: Booking) -> None:
    """Make the table aside, if it is not there. Its rows are of this booking, entry, day and of these accounts."""
    debit, credit = _accounts()
    last = booking.month.last.isoformat()
    bulk.aside(
        table=table(booking=booking), parent=ACCRUALS,
        same={
            "booking_id": str(int(booking.id)), "entry_id": str(int(booking.entry or 0)), "on": f"DATE '{last}'",
            "month": f"DATE '{booking.month.first.isoformat()}'", "fund": "'JHT'::varchar",
            "debit_id": str(debit), "credit_id": str(credit),
        },
    )  # fmt: skip


def _accounts() -> tuple[int, int]:
    found = dict(sql.rows("SELECT code, id FROM ledger_account WHERE code = ANY(%s)", [[DEBIT, CREDIT]]))
    return int(found[DEBIT]), int(found[CREDIT])


#: The booking is held first: whoever finishes it waits for pieces under way, and never the other way round.
CLAIM = """
WITH held AS (SELECT id FROM ledger_booking WHERE id = %s FOR KEY SHARE)
INSERT INTO ledger_piece (booking_id, number, stamp, rows, amount, by) SELECT id, %s, %s, %s, %s, %s FROM held
ON CONFLICT (booking_id, number) DO NOTHING RETURNING id
"""


def claim(*, booking: int, number: int, stamp: str, rows: int, amount: int, by: str) -> bool:
    """Mark a piece as booked by this transaction; whether it was not booked already. Waits for whoever books it now."""
    return bool(sql.rows(CLAIM, [booking, number, stamp, rows, amount, by]))


def pieces(*, booking: int) -> dict[int, str]:
    """Number -> stamp of the pieces that are booked."""
    return dict(sql.rows("SELECT number, stamp FROM ledger_piece WHERE booking_id = %s", [booking]))


def totals(*, booking: int) -> tuple[int, int, int]:
    """Pieces, rows and rupiah that are booked of a booking."""
    found = sql.rows(
        "SELECT count(*), coalesce(sum(rows), 0)::bigint, coalesce(sum(amount), 0)::bigint FROM ledger_piece "
        "WHERE booking_id = %s", [booking],
    )  # fmt: skip
    return tuple(found[0])


def sums(*, table: str, columns: Sequence[str]) -> tuple[int, ...]:
    """Rows of a table and the sum of each column, as they really are there."""
    wanted = "".join(f', coalesce(sum("{column}"), 0)::bigint' for column in columns)
    return tuple(sql.rows(f"SELECT count(*){wanted} FROM {table}")[0])


ENTRY = """
INSERT INTO ledger_entry (id, "on", kind, reference, by, why) OVERRIDING SYSTEM VALUE VALUES (%s, %s, %s, %s, %s, %s)
"""


def enter(*, booking: Booking, by: str) -> None:
    """Put a filled table into the books: its entry, and the partition, seen from one moment on."""
    year = booking.month.year
    why = f"Hasil pengembangan JHT {year}"
    sql.run(ENTRY, [booking.entry, booking.month.last, "returns", f"returns:JHT:{year}:{booking.id}", by, why])
    bulk.show(table=table(booking=booking), parent=ACCRUALS, value=str(int(booking.id)))


def finish(*, booking: Booking, at: dt.datetime) -> None:
    """Everything is there."""
    move(booking=booking, to=BookingState.BOOKED)
    booking.booked_at = at
    booking.save(update_fields=["state", "booked_at"])


def replace(*, kind: str, month: Month, but: int) -> list[int]:
    """What was booked before for this month of this kind is replaced; the ids."""
    found = sql.rows(
        "UPDATE ledger_booking SET state = 'replaced' WHERE kind = %s AND month = %s AND state = 'booked' AND id <> %s "
        "RETURNING id", [kind, month.first, but],
    )  # fmt: skip
    return [id_ for (id_,) in found]
