"""Differences between a sender's list and our register, decided one by one: theirs, ours, the same person, or noted.

Taking theirs changes agreements and events the way a person would; money and names are never taken from a list. And our
side as a list that the sender can read, and our own reader too.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from teduh.core import sql
from teduh.coverage import placements as coverage
from teduh.journeys.migrants import (
    agreements,
    comparing,
    life,
    list_entering,
    list_refusals,
    lists,
    register,
)
from teduh.migrants import access, actions, reference, standing, words
from teduh.migrants.actions import EventRow
from teduh.migrants.exchange import disagreements, keeping, matching, taking, workbook
from teduh.migrants.exchange.disagreements import Differences, DifferenceView
from teduh.migrants.exchange.matching import Ours
from teduh.migrants.exchange.messages import LABELS
from teduh.migrants.facts import NewAgreement
from teduh.migrants.models import OPEN_STATES, Difference, DifferenceKind, DifferenceState, Match, RowState
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor

COLUMNS = ("number", "nik", "name", "birth_date", "passport", "destination", "employer", "job", "starts", "ends",
           "departs_on", "state", "registered_on", "paid", "paid_until")  # fmt: skip
OURS = """
SELECT m.id, m.number, p.nik, p.name, p.birth_date, m.passport, m.destination_id, a.employer, a.job, a.starts,
    least(a.ends, a.ended_on), m.departed_on, m.state, m.registered_on, m.person_id
FROM migrants_placement m JOIN registry_person p ON p.id = m.person_id
LEFT JOIN LATERAL (
    SELECT * FROM migrants_agreement WHERE placement_id = m.id AND withdrawn_at IS NULL ORDER BY number DESC LIMIT 1
) a ON TRUE
WHERE {scope} AND m.state = ANY(%(open)s) ORDER BY m.id
"""


def open_(
    *, by: Actor, kind: str = "", organisation: int | None = None, after: int = 0, limit: int = 50, why: str = ""
) -> Differences:
    """Open differences that this asker may decide: of the senders he acts for, of all for an officer with a `why`."""
    if by.may("own_placements") and by.role != "system":
        mine = [desk.organisation for desk in access.desks_of(by=by)]
        senders: list[int] | None = [one for one in mine if organisation in (None, one)]
    elif by.may("migrants"):
        if by.role != "system":
            access.require_purpose(why)
        senders = None if organisation is None else [organisation]
    else:
        raise access.not_yours()
    kind = kind if kind in DifferenceKind.values else ""
    found = disagreements.page(organisations=senders, kind=kind, after=after, limit=max(1, min(limit, 200)))
    persons = sorted({row.person for row in found.rows if row.person})
    if persons and by.role != "system":
        security.record(by=by, action="differences.listed", subjects=[f"person:{person}" for person in persons],
                        why=why or "migrants.differences")  # fmt: skip
    return found


def settle(
    *, difference: int, how: str, by: Actor, on: dt.date, at: dt.datetime, note: str = "", why: str = ""
) -> DifferenceView:
    """Decide a difference: `theirs`, `ours`, `same`, `other` or `noted`. Decided the same way twice, it counts once."""
    with transaction.atomic():
        one = keeping.difference_of(difference=difference)
        _require(one, by, why or note)
        if one.state == DifferenceState.SETTLED and one.how == how:
            return disagreements.view(difference=one.id)
        if one.state != DifferenceState.OPEN:
            raise list_refusals.settled_already()
        _refuse(one.kind, how)
        if how == "theirs":
            _take(one, by, on, at, why or note or f"list {one.list_id}")
        if how in ("same", "other") and one.row_id:
            _remember(one, how)
        one.state, one.settled_on, one.settled_by_id, one.how = DifferenceState.SETTLED, on, by.user, how
        one.note = keeping.note(note) if note else None
        one.save(update_fields=["state", "settled_on", "settled_by", "how", "note", "placement"])
        subject = f"placement:{one.placement_id}" if one.placement_id else f"placement_list:{one.list_id}"
        security.record(by=by, action="difference.settled", subjects=[subject], why=why,
                        detail={"difference": one.id, "kind": one.kind, "how": how})  # fmt: skip
    return disagreements.view(difference=one.id)


def _require(one: Difference, by: Actor, why: str) -> None:
    access.require(by=by, what="enter", organisation=one.list.organisation_id, why=why)
    if one.placement_id:
        access.require(by=by, what="view", placement=one.placement_id, why=why)


def _refuse(kind: str, how: str) -> None:
    """Each kind has its own ways out, and says so."""
    if how in disagreements.HOWS[kind]:
        return
    if how == "theirs" and kind in (DifferenceKind.PAID_HERE, DifferenceKind.PAID_THERE):
        raise list_refusals.money_is_not_said()
    if how == "theirs" and kind == DifferenceKind.NAME:
        raise list_refusals.name_by_ktp()
    if how == "theirs" and kind == DifferenceKind.NOT_THERE:
        raise list_refusals.tell_what_happened()
    raise list_refusals.how_unknown(disagreements.HOWS[kind])


def _take(one: Difference, by: Actor, on: dt.date, at: dt.datetime, why: str) -> None:
    """Let the register say what they say."""
    theirs = keeping.opened_text(one.theirs)
    if one.kind == DifferenceKind.NOT_HERE:
        _register(one, by, on, at, why)
        return
    assert one.placement_id
    ours = matching.ours([one.placement_id])[one.placement_id]
    if one.kind == DifferenceKind.DATES:
        _take_departure(ours, theirs, by, on, at, why)
        _take_agreement(one, ours, theirs, by, on, at, why)
    elif one.kind == DifferenceKind.PASSPORT:
        until = _day(_values(one).get("passport_until"))
        taking.passport(placement=ours.placement, number=theirs["passport"], until=until)
        _corrected(ours.placement, by, on, at, why)
    elif one.kind == DifferenceKind.DESTINATION:
        _take_destination(one, ours, theirs["destination"], by, on, at, why)


def _values(one: Difference) -> dict[str, Any]:
    return keeping.row(row=one.row_id).row.values if one.row_id else {}


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _register(one: Difference, by: Actor, on: dt.date, at: dt.datetime, why: str) -> None:
    """Somebody whom only they have: registered from their row, as their list would have done."""
    kept = keeping.row(row=one.row_id or 0)
    got = kept.row.values
    if not (got.get("nik") and got.get("name") and got.get("birth_date") and got.get("destination")):
        raise list_refusals.nothing_to_take()
    got.setdefault("lives_in", None)
    sender = lists.sender_of(organisation=one.list.organisation_id)
    if list_entering.is_held_back(row=kept.row, sender=sender):
        raise list_refusals.with_officer()
    made = register.register_many(
        newcomers=[list_entering.newcomer_of(kept.row, sender=sender, on=on)], organisation=sender.organisation, by=by,
        on=on, at=at, keys=[f"difference:{one.id}"], why=why,
    )  # fmt: skip
    one.placement_id = made[0].placement
    keeping.mark(outcomes=[(kept.id, str(RowState.ENTERED), str(Match.NIK), made[0].placement, None)])


def _take_departure(
    ours: Ours, theirs: dict[str, Any], by: Actor, on: dt.date, at: dt.datetime, why: str
) -> None:  # fmt: skip
    departed = _day(theirs.get("departs_on"))
    if departed is None:
        return
    if ours.departed_on is None:
        life.tell(placement=ours.placement, kind="departed", event_on=departed, by=by, on=on, at=at, why=why)
    else:
        life.correct(placement=ours.placement, kind="departed", event_on=departed, by=by, on=on, at=at, why=why)


def _take_agreement(
    one: Difference, ours: Ours, theirs: dict[str, Any], by: Actor, on: dt.date, at: dt.datetime, why: str
) -> None:
    """Their days: a first agreement where there is none, an extension where ours is over, else ours put right."""
    starts, ends = _day(theirs.get("starts")), _day(theirs.get("ends"))
    if starts is None and ends is None:
        return
    last = ours.agreements[-1] if ours.agreements else None
    if last is None:
        first = _agreement_of(one, starts, ends)
        agreements.put_first(placement=ours.placement, agreement=first, by=by, on=on, at=at, why=why)
    elif ends and ends > last.last and (last.last < one.list.as_of or (starts and starts > last.last)):
        agreements.extend(placements=[(ours.placement, ends)], by=by, on=on, at=at, why=why)
    else:
        agreements.correct_dates(
            placement=ours.placement, agreement=last.id, starts=starts or last.starts, ends=ends or last.ends, by=by,
            on=on, at=at, why=why,
        )  # fmt: skip


def _agreement_of(one: Difference, starts: dt.date | None, ends: dt.date | None) -> NewAgreement:
    got = _values(one)
    starts, ends = starts or _day(got.get("starts")), ends or _day(got.get("ends"))
    if not (starts and ends and got.get("employer") and got.get("job")):
        raise list_refusals.nothing_to_take()
    return NewAgreement(starts=starts, ends=ends, employer=got["employer"], job=got["job"],
                        employer_address=got.get("employer_address") or "")  # fmt: skip


def _take_destination(
    one: Difference, ours: Ours, code: str, by: Actor, on: dt.date, at: dt.datetime, why: str
) -> None:
    """Before leaving it is put right; abroad it is a move, with the agreement that their row gives."""
    if ours.state == "registered":
        access.require(by=by, what="tell", placement=ours.placement, why=why)
        taking.destination(placement=ours.placement, code=code)
        _corrected(ours.placement, by, on, at, why)
        return
    agreements.move(placement=ours.placement, agreement=_agreement_of(one, None, None), destination=code, by=by, on=on,
                    at=at, why=why)  # fmt: skip


def _corrected(placement: int, by: Actor, on: dt.date, at: dt.datetime, why: str) -> None:
    event = EventRow(placement=placement, kind="corrected", on=on, teller=standing.teller(by=by), note=why[:1000])
    actions.add_events(rows=[event], by=by.user, at=at)
    coverage.recompute(placements=[placement], on=on)


def _remember(one: Difference, how: str) -> None:
    """The row is he, or nobody of ours; the next list knows it by the decided difference."""
    is_same = how == "same"
    state = str(RowState.AGREES if is_same else RowState.DIFFERS)
    match, placement = (Match.NAME, one.placement_id) if is_same else (Match.NONE, None)
    keeping.mark(outcomes=[(one.row_id, state, str(match), placement, None)])


def export(
    *, organisation: int, on: dt.date, by: Actor, kind: str = "csv", language: str = "id", why: str = ""
) -> bytes:
    """Our side for a sender: its people who are here today, their agreements, and until when each is paid.

    CSV for programs, `xlsx` for people (Excel would shorten the NIK in a CSV). Our own reader accepts both.
    """
    access.require(by=by, what="view", organisation=organisation, why=why)
    condition, params = matching.scope(lists.sender_of(organisation=organisation))
    states = [str(state) for state in OPEN_STATES]
    found = sql.rows(OURS.format(scope=condition), {**params, "open": states})
    money = comparing.money(placements=[row[0] for row in found])
    table = [_line(row, money[row[0]], language) for row in found]
    security.record(by=by, action="placements.exported", why=why or "migrants.export",
                    subjects=[f"person:{row[-1]}" for row in found] or [f"organisation:{organisation}"])  # fmt: skip
    titles = [LABELS[name].en if language == "en" else LABELS[name].id for name in COLUMNS]
    write = workbook.table_xlsx if kind == "xlsx" else workbook.table_csv
    return write(titles=titles, rows=table)


def _line(row: tuple[Any, ...], money: tuple[bool, dt.date | None, dt.date | None], language: str) -> list[Any]:
    _, number, nik, name, born, passport, code, employer, job, starts, ends, departed, state, registered, _ = row
    place = reference.destination(code)
    said = words.STATES[state]
    return [
        number, crypto.decrypt(bytes(nik)), crypto.decrypt(bytes(name)), born.isoformat(),
        crypto.decrypt(bytes(passport)) if passport else "", place.name.id if place else code,
        crypto.decrypt(bytes(employer)) if employer else "", job or "", _iso(starts), _iso(ends), _iso(departed),
        said.en if language == "en" else said.id, _iso(registered), "LUNAS" if money[0] else "BELUM", _iso(money[1]),
    ]  # fmt: skip


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
