"""What is run over everyone by itself: a month's dues and protection, and a year's return made ready for two people.

Each may be asked for again at any time: a finished snapshot is found, a run goes on where it was, and nothing is made
ready twice. What they make lies in one folder, where the pages of national runs look.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from teduh.journeys.nation import booking, snapshots
from teduh.law import rulebook
from teduh.law.messages import RulebookError
from teduh.law.months import Month
from teduh.ledger import bulk_queries
from teduh.ledger.bulk import BookingKind, BookingState
from teduh.ledger.bulk_queries import BookingRow
from teduh.security.access import Actor

MONTHLY = ("assess", "standing")


def month(*, of: Month, folder: Path, by: Actor, workers: int | None = None) -> list[dict[str, Any]]:
    """A snapshot of everyone on the month's last day, what they owe for it, how they are protected; the manifests."""
    source = _place(folder, f"people-{of}")
    snapshots.snapshot(what="people", as_of=of.last, month=of, target=source, by=by)
    return [_run(kind, of, source, _place(folder, f"{kind}-{of}"), {}, workers) for kind in MONTHLY]


def year(*, of: int, folder: Path, by: Actor, on: dt.date, workers: int | None = None) -> BookingRow | None:
    """A year's return on all savings, ready to be proposed and approved by two people. None while the year's rate is
    not declared, and where the year was proposed or booked before."""
    december = Month(of, 12)
    try:
        rate = rulebook.in_force("jht_return_rate", december).number
    except RulebookError:
        return None
    before = bulk_queries.of_month(kind=BookingKind.ACCRUE, month=december)
    if any(one.state != BookingState.REJECTED for one in before):
        return None
    source, target = _place(folder, f"savings-{of}"), _place(folder, f"accrue-{of}")
    snapshots.snapshot(what="savings", as_of=december.last, month=december, target=source, by=by)
    _run("accrue", december, source, target, {"rate": rate, "declared": True}, workers)
    return booking.ready(target=target, by=by, on=on)


def _place(folder: Path, name: str) -> str:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder / name)


def _run(kind: str, month: Month, source: str, target: str, values: dict[str, Any], workers: int | None) -> Any:
    from teduh.national import run
    from teduh.national.job import Asked

    asked = Asked(kind=kind, month=month, values=values)
    return run.start(asked, source=source, target=target, engine=run.local(workers))
