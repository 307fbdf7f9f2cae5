"""Where a row and our register disagree: what each side says, kind by kind. Pure; asks nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from teduh.migrants.exchange.matching import Matched, Ours
from teduh.migrants.exchange.rows import Row
from teduh.migrants.models import DifferenceKind, Match
from teduh.registry import names

A_DAY = dt.timedelta(days=1)


class Differs(NamedTuple):
    """One disagreement: what we say and what they say, by field, fit for JSON."""

    kind: str
    ours: dict[str, Any]
    theirs: dict[str, Any]


def who(row: Row) -> dict[str, Any]:
    """What a row says of who somebody is."""
    fields = ("name", "birth_date", "nik", "passport", "destination", "starts", "ends")
    return {name: row.values[name] for name in fields if row.values[name]}


def us(one: Ours) -> dict[str, Any]:
    """What we hold of who somebody is."""
    last = one.agreements[-1] if one.agreements else None
    said = {
        "name": one.name, "birth_date": one.birth_date.isoformat(), "passport": one.passport,
        "destination": one.destination, "state": one.state, "starts": last.starts.isoformat() if last else None,
        "ends": last.last.isoformat() if last else None,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


def differences(row: Row, found: Matched, *, as_of: dt.date) -> list[Differs]:
    """Every disagreement of a row with whom it was matched. Somebody unsure differs in nothing else yet."""
    one = found.ours
    if one is None:
        return [Differs(DifferenceKind.NOT_HERE, {}, who(row))]
    if found.match == Match.UNSURE:
        return [Differs(DifferenceKind.UNSURE, us(one), who(row))]
    by_day = (_dates(row, one, as_of), _paid(row, one, as_of))
    said = (*by_day, _destination(row, one), _passport(row, one), _name(row, one))
    return [each for each in said if each]


def _dates(row: Row, one: Ours, as_of: dt.date) -> Differs | None:
    """The last agreement's days (a first day may be an earlier agreement's), and the day of departure."""
    ours: dict[str, Any] = {}
    theirs: dict[str, Any] = {}
    last = one.agreements[-1] if one.agreements else None
    starts, ends, departed = row.day("starts"), row.day("ends"), row.day("departs_on")
    if ends and not (last and _same(ends, last.last, bool(row.values["reckoned"]))):
        ours["ends"], theirs["ends"] = last.last.isoformat() if last else None, ends.isoformat()
    if starts and starts not in {agreement.starts for agreement in one.agreements}:
        ours["starts"], theirs["starts"] = last.starts.isoformat() if last else None, starts.isoformat()
    if departed and departed <= as_of and departed != one.departed_on and one.entry != "abroad":
        ours["departs_on"] = one.departed_on.isoformat() if one.departed_on else None
        theirs["departs_on"] = departed.isoformat()
    if not one.is_open and ends and ends > as_of:
        ours["state"], theirs["ends"] = one.state, ends.isoformat()
    return Differs(DifferenceKind.DATES, ours, theirs) if theirs else None


def _same(theirs: dt.date, ours: dt.date, is_reckoned: bool) -> bool:
    """A last day that was reckoned from a length may be a day off: 24 months from 1 March may end on 1 March."""
    return theirs == ours or (is_reckoned and abs(theirs - ours) <= A_DAY)


def _paid(row: Row, one: Ours, as_of: dt.date) -> Differs | None:
    paid, until = row.values["paid"], row.day("paid_until")
    if paid is None and until is None:
        return None
    is_current = one.is_paid and (one.until is None or one.until >= as_of)
    theirs = {"paid": paid, "paid_until": until.isoformat() if until else None}
    ours = {"paid": one.is_paid, "paid_until": one.paid_until.isoformat() if one.paid_until else None}
    if paid is False:
        return Differs(DifferenceKind.PAID_HERE, ours, theirs) if is_current else None
    if not is_current:
        lapsed_there = until is not None and until < as_of
        return None if lapsed_there and not paid else Differs(DifferenceKind.PAID_THERE, ours, theirs)
    if until and one.paid_until:
        if until > max(one.paid_until, one.until or one.paid_until):
            return Differs(DifferenceKind.PAID_THERE, ours, theirs)
        if until < one.paid_until:
            return Differs(DifferenceKind.PAID_HERE, ours, theirs)
    return None


def _destination(row: Row, one: Ours) -> Differs | None:
    said = row.values["destination"]
    if not said or said == one.destination:
        return None
    return Differs(DifferenceKind.DESTINATION, {"destination": one.destination}, {"destination": said})


def _passport(row: Row, one: Ours) -> Differs | None:
    said = row.values["passport"]
    if not said or not one.passport or said == one.passport:
        return None
    return Differs(DifferenceKind.PASSPORT, {"passport": one.passport}, {"passport": said})


def _name(row: Row, one: Ours) -> Differs | None:
    """Names that are one name written in two ways do not differ."""
    said = row.values["name"]
    if not said or names.compare(said, one.name).is_alike:
        return None
    return Differs(DifferenceKind.NAME, {"name": one.name}, {"name": said})
