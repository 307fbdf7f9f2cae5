"""Results of runs over everyone come back into the database: checked, approved by two where it is money, by pieces.

A piece is one shard: its rows and its mark are of one transaction. Killed anywhere and asked for again, it goes on;
booked twice, nothing changes. Returns on savings enter the books in one moment, when all of them are there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

from django.db import connection, transaction

from teduh.contributions import expected
from teduh.core import bulk as columns
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.nation import results as nation_results
from teduh.journeys.nation import snapshots
from teduh.journeys.nation.results import Read
from teduh.ledger import bulk, bulk_queries
from teduh.ledger.bulk import Booking, BookingKind, BookingState
from teduh.ledger.bulk_queries import BookingRow
from teduh.security import actions as audit
from teduh.security.access import Actor

#: PostgreSQL takes rows with one core for each connection.
CONNECTIONS = 2


def ready(*, target: str, by: Actor, on: dt.date) -> BookingRow:
    """Results that a run of the calendar made: they wait for a person to propose them."""
    by.require("runs")
    return _propose(target, None, by, on, "")


def propose(*, target: str, by: Actor, on: dt.date, why: str) -> BookingRow:
    """Propose the results at `target` for booking; the same again is the same proposal.

    Raises Refused: not_allowed, no_reason, and whatever is wrong with the results (`results.checked`).
    """
    _person(by)
    if not why.strip():
        raise Refused(
            "no_reason",
            Text("Alasannya belum ada.", "The reason is missing."),
            then=Text("Tulis dasar pembukuan ini.", "Write what this booking rests on."),
            field="why",
        )
    return _propose(target, by.user, by, on, why)


def _propose(target: str, user: int | None, by: Actor, on: dt.date, why: str) -> BookingRow:
    results = nation_results.checked(target, fund=snapshots.keys())
    with transaction.atomic():
        made = bulk.propose(results=results, by=user, on=on, why=why.strip())
        audit.record(by=by, action="nation.propose", subjects=[f"booking:{made.id}"], why=why,
                     detail={"kind": made.kind, "month": str(made.month), "amount": made.amount})  # fmt: skip
    return _row(made.id)


def waiting(*, target: str, by: Actor) -> BookingRow:
    """The booking of the results at `target` that waits for a decision. Raises Refused (not_found)."""
    by.require("runs")
    stamp = nation_results.checked(target, fund=snapshots.keys()).stamp
    found = bulk_queries.bookings(stamp=stamp)
    if not found:
        raise not_found(Text("Hasil ini belum diusulkan.", "These results are not proposed."))
    return found[0]


def approve(*, booking: int, by: Actor, on: dt.date, why: str = "") -> BookingRow:
    """Another person agrees. Raises Refused: not_allowed, same_person, wrong_state."""
    return _decided(booking, True, by, on, why)


def reject(*, booking: int, by: Actor, on: dt.date, why: str) -> BookingRow:
    """Another person does not agree; other results may be proposed then."""
    return _decided(booking, False, by, on, why)


def _decided(booking: int, approved: bool, by: Actor, on: dt.date, why: str) -> BookingRow:
    _person(by)
    with transaction.atomic():
        found = bulk.held(booking=booking)
        if by.user == found.proposed_by_id:
            raise Refused(
                "same_person",
                Text("Pengusul tidak boleh memutuskan sendiri.", "Who proposed it may not decide it."),
                then=Text("Minta orang lain memutuskan.", "Ask somebody else to decide."),
                status=403,
            )
        bulk.decide(booking=found, approved=approved, by=by.user, on=on)
        audit.record(by=by, action=f"nation.{'approve' if approved else 'reject'}", subjects=[f"booking:{booking}"],
                     why=why, detail={"amount": found.amount})  # fmt: skip
    return _row(booking)


def _person(by: Actor) -> None:
    by.require("runs")
    if by.user is None:
        raise Refused(
            "two_people",
            Text("Pembukuan ini perlu dua orang.", "This booking takes two people."),
            then=Text("Sebutkan akun yang mengusulkan dan yang menyetujui.", "Name who proposes and who approves."),
            status=403,
        )


def book(
    *, target: str, by: Actor, on: dt.date, at: dt.datetime, progress: Callable[[int, int], None] | None = None
) -> BookingRow:
    """Book the results at `target`, or what is left of them; `progress(pieces done, pieces of all)`.

    What everyone is expected to pay needs no second person: it is never a bill. Raises Refused: not_allowed,
    not_approved, results_damaged, and whatever is wrong with the results.
    """
    by.require("runs")
    fund = snapshots.keys()
    results = nation_results.checked(target, fund=fund)
    with transaction.atomic():
        found = bulk.propose(results=results, by=by.user, on=on, why="")
        if found.kind == BookingKind.ASSESS and found.state in (BookingState.READY, BookingState.PROPOSED):
            found.state = BookingState.PROPOSED
            bulk.decide(booking=found, approved=True, by=by.user, on=on)
        _must_be_approved(found)
        if found.state == BookingState.APPROVED:
            _begin(found)
            audit.record(by=by, action="nation.book", subjects=[f"booking:{found.id}"],
                         detail={"amount": found.amount, "rows": found.rows})  # fmt: skip
    if found.state == BookingState.APPROVED:
        _pieces(found, target, fund, by, progress)
        _finish(found.id, by, at)
    return _row(found.id)


def _must_be_approved(found: Booking) -> None:
    if found.state in (BookingState.APPROVED, BookingState.BOOKED, BookingState.REPLACED):
        return
    raise Refused(
        "not_approved",
        Text("Hasil ini belum disetujui orang kedua.", "A second person has not approved these results."),
        then=Text(f"Usulkan, lalu setujui: pembukuan {found.id}.", f"Propose, then approve booking {found.id}."),
        status=409,
    )


def _begin(found: Booking) -> None:
    if found.kind == BookingKind.ACCRUE:
        bulk.begin(booking=found)
    else:
        expected.begin(booking=found.id, month=found.month)


def _pieces(found: Booking, target: str, fund: Any, by: Actor, progress: Callable[[int, int], None] | None) -> None:
    """Every shard that is not booked yet, over two connections: one reads while PostgreSQL takes the other's rows."""
    done = bulk.pieces(booking=found.id)
    left = [(number, shard) for number, shard in enumerate(found.said["shards"]) if number not in done]

    def work(number: int, shard: Mapping[str, Any]) -> None:
        try:
            _piece(found, number, nation_results.read(target=target, shard=shard, kind=found.kind, fund=fund), by)
        finally:
            connection.close()

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        waiting = [pool.submit(work, *one) for one in left]
        try:
            for count, piece in enumerate(as_completed(waiting), len(done) + 1):
                piece.result()
                if progress:
                    progress(count, found.shards)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _piece(found: Booking, number: int, shard: Read, by: Actor) -> None:
    """One shard and its mark, together or not at all."""
    into = bulk.table(booking=found) if found.kind == BookingKind.ACCRUE else expected.table(booking=found.id)
    with transaction.atomic():
        is_mine = bulk.claim(booking=found.id, number=number, stamp=shard.stamp, rows=shard.rows, amount=shard.amount,
                             by=by.name[:150])  # fmt: skip
        if is_mine and shard.rows and columns.copy(into, shard.columns) != shard.rows:
            raise RuntimeError(f"booking {found.id}, piece {number}: not every row was taken")


def _finish(booking: int, by: Actor, at: dt.datetime) -> None:
    """Everything is there and adds up: show it. Whoever comes second finds it done."""
    with transaction.atomic():
        found = bulk.held(booking=booking)
        if found.state != BookingState.APPROVED:
            return
        _adds_up(found)
        if found.kind == BookingKind.ACCRUE:
            bulk.enter(booking=found, by=by.name[:150])
        else:
            others = bulk.replace(kind=found.kind, month=found.month, but=booking)
            expected.show(booking=booking, month=found.month, instead_of=others)
        bulk.finish(booking=found, at=at)
        audit.record(by=by, action="nation.booked", subjects=[f"booking:{booking}"], detail={"amount": found.amount})


def _adds_up(found: Booking) -> None:
    """The rows that are really there, the pieces' marks and the manifest say the same."""
    is_money = found.kind == BookingKind.ACCRUE
    table = bulk.table(booking=found) if is_money else expected.table(booking=found.id)
    rows, amount, *more = bulk.sums(table=table, columns=("amount", "carried") if is_money else ("total",))
    carried = [found.said["sums"]["carried"]] if is_money else []
    marked = bulk.totals(booking=found.id)
    if marked != (found.shards, rows, amount) or amount != found.amount or more != carried:
        raise Refused(
            "does_not_add_up",
            Text("Baris yang masuk berbeda dari hasilnya.", "The rows that went in differ from the results."),
            why=Text(f"{rows:,} baris, Rp{amount:,}; tercatat {marked}", f"{rows:,} rows, Rp{amount:,}; {marked}"),
            then=Text("Tidak ada yang diperlihatkan; beri tahu operator.", "Nothing was shown; tell the operator."),
        )  # fmt: skip


def bookings(*, by: Actor, id: int | None = None) -> list[BookingRow]:
    """Bookings, the newest first. Raises Refused (not_allowed)."""
    by.require("runs", "books")
    return bulk_queries.bookings(id=id)


def _row(booking: int) -> BookingRow:
    return bulk_queries.bookings(id=booking)[0]
