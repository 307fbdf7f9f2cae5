"""Matters: one number for worker, family, mission and fund; opened, answered, taken, closed, and read as each may.

An agency reads only what it is let see, and never a complaint, nor that there is one: what it asks is answered by a
condition that leaves complaints out, what it opens is refused for nothing that others have opened.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core.clock import JAKARTA
from teduh.core.text import Text
from teduh.journeys.migrants import matter_refusals as refusals
from teduh.law import rulebook
from teduh.law.messages import RulebookError
from teduh.migrants import families, matters, preparing, standing
from teduh.migrants.matters import KINDS, STATES, EntryView, MatterRow
from teduh.migrants.models import MatterKind, MatterState
from teduh.migrants.standing import AGENCY, FAMILY, MISSION, OFFICER, WORKER, Standing
from teduh.outreach import actions as outreach
from teduh.outreach.facts import Telling
from teduh.registry import cleaning
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security.access import Actor

LONGEST = 2_000
#: More open matters than this one worker or relative has not opened.
MOST_OPEN = 10
#: Of these nobody is told by a message that rings: the worker cannot read it, and a family hears it from a person.
GRAVE = frozenset({MatterKind.DEATH, MatterKind.MISSING})
LINK, LINK_FAMILY = "/saya/urusan/", "/keluarga/"

ANSWERED = Text("Ada jawaban untuk urusan {number}", "There is an answer to matter {number}")
ANSWERED_BODY = Text("Buka halaman Urusan untuk membacanya.", "Open your matters to read it.")
DONE = Text("Urusan {number} sudah selesai", "Matter {number} is done")
DONE_BODY = Text("Bila belum, tulis lagi di urusan yang sama: ia terbuka kembali.",
                 "If it is not, write in the same matter: it opens again.")  # fmt: skip
OPENED = Text("Urusan {number} dibuka untuk Anda", "Matter {number} was opened for you")
OPENED_BODY = Text("Dibuka oleh: {who}. Buka halaman Urusan untuk membacanya.",
                   "Opened by: {who}. Open your matters to read it.")  # fmt: skip
FAMILY_READS = Text("Keluarga yang Anda beri izin bicara", "Relatives whom the worker lets speak")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterView:
    """A matter as its reader sees it: what was said, who else reads it, what to prepare and how soon, what he may."""

    row: MatterRow
    entries: tuple[EntryView, ...]
    readers: tuple[Text, ...]
    prepare: tuple[preparing.Paper, ...]
    soon: Text | None
    may_say: bool
    may_say_inside: bool
    may_take: bool
    may_close: bool

    @property
    def number(self) -> str:
        return self.row.number


@dataclass(frozen=True, slots=True, kw_only=True)
class MattersPage:
    """Some matters, newest first; `after` asks for the next ones. `counts`: all of them by state."""

    rows: tuple[MatterRow, ...]
    after: int | None
    counts: dict[str, int]


def open_(*, person: int, kind: str, text: str, by: Actor, on: dt.date, at: dt.datetime, agency_sees: bool = False,
          family_sees: bool = True, key: str | None = None, sha256: bytes | None = None) -> str:  # fmt: skip
    """Open a matter of a worker; gives its number. The same `key` of the same account gives the same matter.

    A relative needs to be let speak. What an agency opens it sees, and no complaint is ever one that an agency sees.
    """
    who = standing.to_person(person=person, by=by, writing=True)
    said = _words(text)
    _require_may_open(who, kind, agency_sees)
    stored = f"{by.user}:{key}"[:100] if key else None
    if stored and (known := matters.by_key(key=stored)):
        return known
    if who.as_ in (WORKER, FAMILY) and matters.open_by(user=by.user) >= MOST_OPEN:
        raise refusals.too_many(MOST_OPEN)
    own = standing.desks(by=by, writing=True).agencies if who.as_ == AGENCY else None
    with transaction.atomic():
        made = matters.add(
            person=who.person, at=at, place=matters.where_is(person=who.person, agencies=own), kind=kind, on=on,
            by=by.user, opener=who.as_, agency_sees=agency_sees or who.as_ == AGENCY,
            family_sees=family_sees or who.as_ == FAMILY, key=stored,
        )  # fmt: skip
        if made is None:
            return matters.by_key(key=stored or "") or ""
        matter, number = made
        matters.enter(matter=matter, text=said, speaker=who.as_, by=by, at=at, sha256=sha256)
        _record(by, "matter.opened", number, who.person)
        if who.as_ != WORKER and kind not in GRAVE:
            title, name = _fill(OPENED, number), standing.NAMES[who.as_]
            body = Text(OPENED_BODY.id.format(who=name.id), OPENED_BODY.en.format(who=name.en))
            told = Telling(person=who.person, kind="matter.opened", title=title, body=body, link=LINK,
                           key=f"matter.opened:{number}")  # fmt: skip
            outreach.tell(messages=[told], by=by, at=at)
    return number


def _require_may_open(who: Standing, kind: str, agency_sees: bool) -> None:
    if kind not in MatterKind.values:
        raise refusals.kind()
    if who.as_ == FAMILY and "speak" not in who.may:
        raise refusals.may_not_speak()
    if kind == MatterKind.COMPLAINT and who.as_ == AGENCY:
        raise refusals.not_by_an_agency()
    if kind == MatterKind.COMPLAINT and agency_sees:
        raise refusals.never_to_an_agency()


def say(*, number: str, text: str, by: Actor, at: dt.datetime, inside: bool = False, state: str = "",
        sha256: bytes | None = None) -> int:  # fmt: skip
    """Say something in a matter; the worker and his relatives are told when it is an answer. `inside` is read by the
    fund and the mission alone. Whoever is answered may speak again, which opens what was done. Gives the entry."""
    said = _words(text)
    with transaction.atomic():
        row = _held(number, by)
        then = _next(row, state, by)
        if inside and row.as_ not in matters.STAFF:
            raise refusals.staff_only()
        last = matters.entries(matter=row.id, inside=True, by=by)[-1:]
        if last and last[0].is_mine and (last[0].text, last[0].inside) == (said, inside) and row.state == then:
            return last[0].id
        entry = matters.enter(matter=row.id, text=said, speaker=row.as_, by=by, at=at, inside=inside,
                              state=then if then != row.state else "", sha256=sha256)  # fmt: skip
        taken = by.user if row.as_ in (MISSION, OFFICER) and row.taken_by is None else None
        matters.move(matter=row.id, state=then, at=at, on=_day(at), taken_by=taken)
        _record(by, "matter.said", row.number, row.person)
        if not inside and row.as_ in (*matters.STAFF, AGENCY):
            _answer(row, entry, then, by, at)
    return entry


def take(*, number: str, by: Actor, at: dt.datetime) -> None:
    """A mission or an officer takes a matter on himself, also from a colleague; those inside read that he did."""
    with transaction.atomic():
        row = _held(number, by)
        if row.as_ not in matters.STAFF:
            raise refusals.staff_only()
        _require_move(row, MatterState.TAKEN)
        if row.taken_by == by.user and row.state == MatterState.TAKEN:
            return
        matters.enter(matter=row.id, text="", speaker=row.as_, by=by, at=at, inside=True, state=MatterState.TAKEN)
        matters.move(matter=row.id, state=MatterState.TAKEN, at=at, on=_day(at), taken_by=by.user)
        _record(by, "matter.taken", row.number, row.person)


def close(*, number: str, by: Actor, at: dt.datetime, text: str = "") -> None:
    """It is done: said by a mission or an officer with the last answer, or by whoever opened it."""
    mine = text if text.strip() else "Selesai. / Done."
    say(number=number, text=mine, by=by, at=at, state=MatterState.DONE)


def view(*, number: str, by: Actor, why: str = "") -> MatterView:
    """A matter with all that its reader may read of it. Recorded, unless it is his own; officers say why."""
    row = matters.one(number=number, by=by)
    if row is None:
        raise refusals.missing()
    if row.as_ == OFFICER:
        people.require_purpose(why)
    if row.as_ != WORKER:
        _record(by, "matter.read", row.number, row.person, why)
    is_staff = row.as_ in matters.STAFF
    return MatterView(
        row=row, entries=matters.entries(matter=row.id, inside=is_staff, by=by), readers=_readers(row),
        prepare=preparing.papers(kind=row.kind), soon=_soon(row), may_say=True, may_say_inside=is_staff,
        may_take=is_staff and row.state != MatterState.DONE and row.taken_by != by.user,
        may_close=row.state != MatterState.DONE and (is_staff or row.opener == row.as_ or row.as_ == WORKER),
    )  # fmt: skip


def mine(*, by: Actor, state: str = "", after: int = 0, limit: int = 50) -> MattersPage:
    """The matters that the asker may see: a worker his own, a relative those he may speak in, a mission its people's,
    an agency what it is let see, officers all. Three statements and a record, however many."""
    by.require("self", "family", "own_placements", "migrants")
    wanted = state if state in MatterState.values else ""
    rows = matters.listed(by=by, state=wanted, after=after, limit=min(max(limit, 1), 200))
    others = sorted({row.person for row in rows if row.as_ != WORKER})
    if others:
        security.record(by=by, action="matter.listed", subjects=[f"person:{person}" for person in others])
    last = rows[-1].id if len(rows) == min(max(limit, 1), 200) else None
    return MattersPage(rows=rows, after=last, counts=matters.counted(by=by))


def _held(number: str, by: Actor) -> MatterRow:
    row = matters.one(number=number, by=by, writing=True, held=True)
    if row is None:
        raise refusals.missing()
    return row


def _next(row: MatterRow, wanted: str, by: Actor) -> str:
    """How the matter stands after somebody spoke."""
    if row.as_ in matters.STAFF:
        if wanted and wanted != row.state:
            _require_move(row, wanted)
        return wanted or (MatterState.TAKEN if row.state == MatterState.OPEN else row.state)
    if wanted == MatterState.DONE and (row.opener == row.as_ or row.as_ == WORKER):
        return MatterState.DONE
    if wanted:
        raise refusals.staff_only()
    if row.state in (MatterState.WAITING, MatterState.DONE):
        return MatterState.TAKEN if row.taken_by else MatterState.OPEN
    return row.state


def _require_move(row: MatterRow, state: str) -> None:
    if state not in matters.MOVES[MatterState(row.state)]:
        raise refusals.wrong_state(row.state_name)


def _answer(row: MatterRow, entry: int, state: str, by: Actor, at: dt.datetime) -> None:
    """Titles name neither what it is about nor whom: they go to lock screens and into SMS."""
    is_done = state == MatterState.DONE
    title, body = _fill(DONE if is_done else ANSWERED, row.number), DONE_BODY if is_done else ANSWERED_BODY
    told = []
    if row.kind not in GRAVE:
        told.append(Telling(person=row.person, kind="matter.answered", title=title, body=body, link=LINK,
                            key=f"matter.answered:{entry}"))  # fmt: skip
    relatives = families.reached(persons=[row.person], may=["speak"]) if row.family_sees else ()
    told += [
        Telling(person=one.member, phone=one.phone, kind="matter.answered", title=title, body=body, link=LINK_FAMILY,
                key=f"matter.answered:{entry}:r{one.relative}")
        for one in relatives if one.user != by.user
    ]  # fmt: skip
    outreach.tell(messages=told, by=by, at=at)


def _readers(row: MatterRow) -> tuple[Text, ...]:
    """Who reads this matter."""
    family = [FAMILY_READS] if row.family_sees else []
    agency = [standing.NAMES[AGENCY]] if row.agency_sees else []
    mission = Text(row.mission, row.mission) if row.mission else standing.NAMES[MISSION]
    return (standing.NAMES[WORKER], *family, mission, standing.NAMES[OFFICER], *agency)


def _soon(row: MatterRow) -> Text | None:
    said = preparing.SOON.get(row.kind)
    if said is None:
        return None
    try:
        years = rulebook.in_force("pmi_claim_years", row.opened_on).value
    except RulebookError:
        years = "…"
    return said.with_(years=years)


def _words(text: str) -> str:
    """What was said, line by line."""
    if len(text) > 4 * LONGEST:
        raise cleaning.too_long("text", len(text), LONGEST)
    lines = [cleaning.line(one, field="text", most=LONGEST) for one in text.splitlines()]
    said = "\n".join(lines).strip()
    if len(said) > LONGEST:
        raise cleaning.too_long("text", len(said), LONGEST)
    if not said:
        raise refusals.empty()
    return said


def _fill(text: Text, number: str) -> Text:
    return text.with_(number=number)


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(JAKARTA).date()


def _record(by: Actor, action: str, number: str, person: int, why: str = "") -> None:
    security.record(by=by, action=action, subjects=[f"person:{person}"], why=why, detail={"matter": number})


__all__ = [
    "KINDS", "STATES", "EntryView", "MatterRow", "MatterView", "MattersPage", "close", "mine", "open_", "say", "take",
    "view",
]  # fmt: skip
