"""What happens on a placement: departed, working, ended, on the way, home; and what was told wrongly, put right.

Each event moves the placement's state and dates, and cover follows in the same transaction. Events are only added.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from django.db import transaction

from teduh.core import sql
from teduh.coverage import placements as coverage
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.journeys.migrants import reminders
from teduh.migrants import access, actions, queries, reference, standing
from teduh.migrants.actions import AgreementHeld, EventRow, Held
from teduh.migrants.models import OPEN_STATES
from teduh.migrants.queries import PlacementView
from teduh.security.access import Actor


class Move(NamedTuple):
    """From which states an event may come, where it leads (None: it stays), and which date it sets."""

    states: frozenset[str]
    to: str | None
    sets: str | None = None


ABROAD = frozenset({"departed", "working", "ended", "missing"})
#: Extensions and moves are told with their agreement (`agreements`).
MOVES = {
    "departed": Move(frozenset({"registered"}), "departed", "departed_on"),
    "working": Move(frozenset({"departed"}), "working"),
    "leave": Move(frozenset({"departed", "working"}), None),
    "back": Move(frozenset({"departed", "working"}), None),
    "ended": Move(frozenset({"departed", "working", "missing"}), "ended"),
    "dismissed": Move(frozenset({"departed", "working"}), "ended"),
    "returning": Move(ABROAD, "returning", "debarked_on"),
    "home": Move(ABROAD | {"returning"}, "home", "home_on"),
    "failed": Move(frozenset({"registered"}), "failed", "failed_on"),
    "missing": Move(frozenset({"departed", "working", "ended", "returning"}), "missing"),
    "found": Move(frozenset({"missing"}), "working"),
    "died": Move(frozenset(OPEN_STATES), "died", "died_on"),
}
#: What may be put right, and the date it set; an end is kept with its agreement.
CORRECTED = {"departed": "departed_on", "ended": "", "returning": "debarked_on", "home": "home_on",
             "failed": "failed_on", "died": "died_on"}  # fmt: skip
#: Another placement of the same person that is open.
ANOTHER = f"""
SELECT o.id FROM migrants_placement m JOIN migrants_placement o ON o.person_id = m.person_id AND o.id <> m.id
WHERE m.id = %s AND o.state IN ({", ".join(f"'{state.value}'" for state in OPEN_STATES)})
"""
#: What ends an agreement that was to go on.
ENDING = frozenset({"ended", "dismissed", "returning", "home", "died"})
A_DAY = dt.timedelta(days=1)
AT_HOME = "Asia/Jakarta"


def tell(
    *, placement: int, kind: str, event_on: dt.date, by: Actor, on: dt.date, at: dt.datetime, note: str = "",
    cause: str = "", why: str = "",
) -> PlacementView:  # fmt: skip
    """Tell what happened. `cause` of an early end is a word of `migrants.words.CAUSES`. Told twice, it counts once."""
    tell_many(
        placements=[placement], kind=kind, event_on=event_on, by=by, on=on, at=at, note=note, cause=cause, why=why
    )
    return queries.placement(by=by, placement=placement, on=on, why=why)


def tell_many(
    *, placements: Sequence[int], kind: str, event_on: dt.date, by: Actor, on: dt.date, at: dt.datetime,
    note: str = "", cause: str = "", why: str = "",
) -> int:  # fmt: skip
    """The same event of many placements: all or none. How many were told anew. A constant number of statements."""
    move = MOVES[kind]
    require_many(placements=placements, by=by, what="tell", why=why)
    with transaction.atomic():
        held = actions.lock(placements=placements)
        fresh = [one for one in held.values() if not _is_told(one, kind, move, event_on)]
        changed = [_moved(one, kind, move, event_on, on) for one in fresh]
        _end_agreements(fresh, kind, event_on, cause)
        actions.change(rows=[_last_day(one, kind, event_on) for one in changed])
        actions.add_events(
            rows=[
                EventRow(placement=one.id, kind=kind, on=event_on, teller=standing.teller(by=by), note=note[:1000],
                         agreement=one.agreements[-1].id if one.agreements else None)
                for one in fresh
            ],
            by=by.user, at=at,
        )  # fmt: skip
        coverage.recompute(placements=[one.id for one in fresh], on=on)
        _live_elsewhere(fresh, kind)
        return len(fresh)


def require_many(*, placements: Sequence[int], by: Actor, what: str, why: str = "") -> None:
    """Raise `Refused` unless all of these are the asker's; one statement and one record for all."""
    if len(placements) == 1:
        access.require(by=by, what=what, placement=placements[0], why=why)
    elif by.role != "system":
        access.require_all(by=by, what=what, placements=placements, why=why)


def _is_told(one: Held, kind: str, move: Move, event_on: dt.date) -> bool:
    """Whether this very event was told before: same kind, same day, and it is where the placement stands."""
    return move.sets is not None and getattr(one, move.sets) == event_on and one.state == move.to


def _moved(one: Held, kind: str, move: Move, event_on: dt.date, on: dt.date) -> Held:
    if one.state not in move.states:
        raise refusals.impossible(kind=kind, state=one.state)
    earliest = _earliest(one, kind)
    if event_on > on + A_DAY or (earliest and event_on < earliest):  # a day ahead: clocks east of Jakarta
        raise refusals.day_out_of_order(kind=kind, earliest=earliest, latest=on)
    changed = replace(one, state=move.to or one.state, **({move.sets: event_on} if move.sets else {}))
    if kind == "home" and one.debarked_on is None:
        changed = replace(changed, debarked_on=event_on)
    return changed


def _earliest(one: Held, kind: str) -> dt.date | None:
    """No event before the one that it follows."""
    if kind in ("departed", "failed"):
        return one.registered_on - dt.timedelta(days=365)
    if kind == "home":
        return one.debarked_on or one.departed_on
    if kind == "died":
        return one.debarked_on or one.departed_on or (one.registered_on if one.entry == "before" else None)
    return one.departed_on or (one.agreements[0].starts if one.agreements else None)


def _end_agreements(held: Sequence[Held], kind: str, event_on: dt.date, cause: str) -> None:
    """An agreement that ends before its last day has ended early; one told to end after it simply ends."""
    if kind not in ENDING:
        return
    why = cause or {"dismissed": "dismissed"}.get(kind, "other" if kind != "ended" else "agreed")
    rows = [
        (last.id, last.starts, last.ends, event_on, why)
        for one in held
        for last in one.agreements[-1:]
        if last.ended_on is None and last.starts <= event_on < last.ends
    ]
    actions.change_agreements(rows=rows)


def _last_day(one: Held, kind: str, event_on: dt.date) -> Held:
    """The last day of the last agreement, now that this ended it; nobody's who has none and only came home."""
    if kind not in ENDING or (one.ends_on is None and kind not in ("ended", "dismissed")):
        return one
    starts = one.agreements[-1].starts if one.agreements else event_on
    return replace(one, ends_on=min(one.ends_on or event_on, max(event_on, starts)))


def _live_elsewhere(held: Sequence[Held], kind: str) -> None:
    """Messages follow the worker's own day: the destination's after departure, Jakarta's after the return."""
    if kind in ("departed", "working"):
        views = {one.person: reference.destination(one.destination) for one in held}
        reminders.live_in(zones={person: view.zone for person, view in views.items() if view})
    elif kind in ("returning", "home"):
        reminders.live_in(zones={one.person: AT_HOME for one in held})


def correct(
    *, placement: int, kind: str, event_on: dt.date | None, by: Actor, on: dt.date, at: dt.datetime, why: str
) -> PlacementView:
    """Put a date right, or take it back (None: it did not happen). The event told before stays on record; so does this.

    Kinds: departed, ended, returning, home, failed, died. `why` is kept with it.
    """
    access.require(by=by, what="tell", placement=placement, why=why)
    with transaction.atomic():
        one = actions.lock(placements=[placement])[placement]
        was = _day_of(one, kind)
        if was is None:
            raise refusals.impossible(kind="corrected", state=one.state)
        if event_on is not None and event_on > on + A_DAY:
            raise refusals.day_out_of_order(kind=kind, earliest=None, latest=on)
        changed = _corrected(one, kind, was, event_on)
        _require_order(changed, kind, on)
        if changed.state in OPEN_STATES and one.state not in OPEN_STATES and sql.rows(ANOTHER, [placement]):
            raise refusals.already_placed()
        if changed.agreements != one.agreements:
            actions.change_agreements(rows=[_row(changed.agreements[-1])])
        actions.change(rows=[changed])
        note = f"{kind}: {was} -> {event_on or '-'}. {why}"
        event = EventRow(placement=placement, kind="corrected", on=event_on or was, teller=standing.teller(by=by),
                         note=note[:1000])  # fmt: skip
        actions.add_events(rows=[event], by=by.user, at=at)
        coverage.recompute(placements=[placement], on=on)
    return queries.placement(by=by, placement=placement, on=on, why=why)


def _day_of(one: Held, kind: str) -> dt.date | None:
    """The day on which this is said to have happened."""
    if kind != "ended":
        return getattr(one, CORRECTED[kind])
    last = one.agreements[-1] if one.agreements else None
    return (last.ended_on or (last.ends if one.state == "ended" else None)) if last else None


def _corrected(one: Held, kind: str, was: dt.date, event_on: dt.date | None) -> Held:
    """The placement with this day put right. An agreement that the return or the death had ended follows it."""
    changed = one if kind == "ended" else replace(one, **{CORRECTED[kind]: event_on})
    last = one.agreements[-1] if one.agreements else None
    ended_by_it = kind in ("returning", "home", "died") and last and (last.ended_on, last.ended_why) == (was, "other")
    if last and (kind == "ended" or ended_by_it):
        early = event_on if event_on and last.starts <= event_on < last.ends else None
        ended = replace(last, ended_on=early, ended_why=(last.ended_why or "other") if early else "")
        changed = replace(changed, agreements=(*one.agreements[:-1], ended), ends_on=ended.last)
    if event_on is None:
        changed = replace(changed, state=_state_without(changed))
    return changed


def _require_order(one: Held, kind: str, on: dt.date) -> None:
    """What follows stays after what came before; what others rest on is not taken back before them."""
    told = [one.departed_on, one.debarked_on, one.home_on, one.died_on]
    days = [day for day in told if day]
    if days != sorted(days):
        raise refusals.day_out_of_order(kind=kind, earliest=None, latest=on)
    if (one.home_on and not one.debarked_on) or (one.debarked_on and not one.departed_on and one.entry == "before"):
        raise refusals.impossible(kind="corrected", state=one.state)


def _row(one: AgreementHeld) -> tuple[int, dt.date, dt.date, dt.date | None, str]:
    return one.id, one.starts, one.ends, one.ended_on, one.ended_why


def _state_without(one: Held) -> str:
    """Where a placement stands by the days that are left."""
    for day, state in ((one.died_on, "died"), (one.failed_on, "failed"), (one.home_on, "home"),
                       (one.debarked_on, "returning")):  # fmt: skip
        if day:
            return state
    if one.departed_on is None and one.entry == "before":
        return "registered"
    return "ended" if one.agreements and one.agreements[-1].ended_on else "working"
