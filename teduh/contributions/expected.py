"""What everyone is expected to pay for a month, put in by the million and read again. It bills nobody."""

from __future__ import annotations

from typing import Any

from teduh.core import bulk, sql
from teduh.law.months import Month

PARENT = "contributions_expectation"
AMOUNTS = (
    "jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker", "jkp_from_jkk", "jkp_from_jkm", "jkp_state",
    "abroad", "total",
)  # fmt: skip


def table(*, booking: int) -> str:
    """Where a booking is filled aside, and its partition afterwards."""
    return f"{PARENT}_{int(booking)}"


def begin(*, booking: int, month: Month) -> None:
    """Make the table aside, if it is not there."""
    same = {"month": _day(month), "booking": str(int(booking))}
    bulk.aside(table=table(booking=booking), parent=PARENT, same=same)


def show(*, booking: int, month: Month, instead_of: list[int]) -> None:
    """Show a whole booking as the month's expectation; those it takes the place of stay as tables of their own."""
    for other in instead_of:
        bulk.hide(table=table(booking=other), parent=PARENT)
    bulk.show(table=table(booking=booking), parent=PARENT, value=_day(month))


def _day(month: Month) -> str:
    return f"DATE '{month.first.isoformat()}'"


def sums(*, month: Month) -> dict[int, dict[str, int]]:
    """By segment: how many memberships (`people`) and the sum of each amount expected for a month."""
    columns = ", ".join(f"sum({name})::bigint" for name in AMOUNTS)
    found = sql.rows(
        f"SELECT segment, count(*), {columns} FROM {PARENT} WHERE month = %s GROUP BY segment ORDER BY segment",
        [month.first],
    )
    return {segment: dict(zip(("people", *AMOUNTS), rest, strict=True)) for segment, *rest in found}


def of(*, segment: int, source: int, month: Month) -> dict[str, Any] | None:
    """What is expected for one membership; None where nothing was computed for it."""
    names = (*AMOUNTS, "refused", "booking")
    found = sql.rows(
        f"SELECT {', '.join(names)} FROM {PARENT} WHERE source = %s AND segment = %s AND month = %s",
        [source, segment, month.first],
    )
    return dict(zip(names, found[0], strict=True)) if found else None
