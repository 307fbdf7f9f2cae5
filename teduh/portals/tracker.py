"""The month card of a member: twelve months, each paid, owed, lost or still ahead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from teduh.core import dates
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.portals.pictures import Tile

SAYS = {
    "paid": Text("dibayar", "paid"),
    "grace": Text("belum dibayar, masih dapat dilunasi", "unpaid, can still be settled"),
    "unpaid": Text("tidak dibayar", "not paid"),
    "ahead": Text("belum jatuh waktu", "ahead"),
    "before": Text("sebelum terdaftar", "before joining"),
}
BACK, AHEAD = 5, 6


def first(on: dt.date) -> Month:
    """The card's first month."""
    return Month.of(on).plus(-BACK)


def tiles(
    *, paid: Collection[Month], enrolled_on: dt.date | None, state: str, until: dt.date | None, on: dt.date
) -> list[Tile]:
    """Twelve tiles around today, as settled dues and the state of cover say."""
    made = []
    for month in Month.span(first(on), BACK + 1 + AHEAD):
        how = _state(month, paid, Month.of(enrolled_on) if enrolled_on else None, state, until, Month.of(on))
        name = dates.month(month)
        made.append(Tile(label=str(name)[:3], year=str(month.year), state=how, says=f"{name}: {SAYS[how]}"))
    return made


def _state(
    month: Month, paid: Collection[Month], since: Month | None, state: str, until: dt.date | None, now: Month
) -> str:
    if month in paid:
        return "paid"
    if since is None or month < since:
        return "before"
    if month > now:
        return "ahead"
    owed = state == "grace" and (until is None or month.first > until)
    if owed:
        return "grace"
    return "ahead" if month == now else "unpaid"


def says(shown: list[Tile]) -> str:
    """The card in one sentence, for those who hear it."""
    return "; ".join(tile.says for tile in shown)
