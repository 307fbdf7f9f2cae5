"""A placement drawn by the law: its phases with their dates, what each covers and what not, and where it stands on a
day. Dates in, views out; it reads no table."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from teduh.core.text import Text
from teduh.coverage.protection import MANDATORY
from teduh.law import migrant_terms
from teduh.law import placements as law
from teduh.law.messages import Note

NAMES = {
    "before": Text("Sebelum berangkat", "Before departure"),
    "during": Text("Selama bekerja di luar negeri", "While working abroad"),
    "after": Text("Setelah pulang", "After the return"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """A point of the law to show where it bites: its words, articles, and how sure we are."""

    code: str
    text: Text
    articles: tuple[str, ...]
    status: str

    @property
    def id(self) -> str:
        return self.text.id

    @property
    def en(self) -> str:
        return self.text.en

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """One phase, or one stretch of it. `state`: past, now, next (paid, still to come), open (not paid or not reached
    yet), missing (its days passed without cover). Up to `paid_until` it is certain, then the month to return."""

    phase: str
    name: Text
    state: str
    starts: dt.date | None
    until: dt.date | None
    paid_until: dt.date | None
    programmes: tuple[tuple[str, Text], ...]
    covers: tuple[Text, ...]
    not_covered: tuple[Text, ...]
    articles: tuple[str, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapView:
    """Days without cover: why, and what can still be done. `until` None: it goes on."""

    starts: dt.date
    until: dt.date | None
    what: Text
    next: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Where a placement stands on a day. `only`: the programmes that protect, if not both; `return_until`: the end of
    the month to prepare the return; `agreed_until`: the last day of the last agreement."""

    phase: str
    protected: bool
    only: tuple[str, ...]
    protected_until: dt.date | None
    return_until: dt.date | None
    is_returning: bool
    paid_until: dt.date | None
    agreed_until: dt.date | None
    last_day: dt.date | None


def dates(*, life: law.Life, fees: Sequence[law.Fee], on: dt.date) -> Dates:
    """Where this placement stands on a day."""
    stretches = law.cover(life=life, fees=fees)
    now = [one for one in stretches if one.starts <= on <= one.until]
    phase = now[-1].phase if now else ""
    paid, until = min((s.paid_until for s in now), default=None), min((s.until for s in now), default=None)
    is_returning = paid is not None and on > paid
    given = tuple(sorted({one.programme for one in now}))
    return Dates(
        phase=phase,
        protected=bool(now),
        only=given if given and len(given) < len(MANDATORY) else (),
        protected_until=until if is_returning else paid,
        return_until=until if phase == "during" else None,
        is_returning=is_returning,
        paid_until=max((fee.until for fee in fees if fee.until), default=None),
        agreed_until=max((one.last for one in life.agreements), default=None),
        last_day=max((one.until for one in stretches), default=None),
    )


def phases(*, life: law.Life, fees: Sequence[law.Fee], on: dt.date) -> tuple[PhaseView, ...]:
    """Before, during and after, each stretch by itself; what is not covered is there too, and says so."""
    found: list[PhaseView] = []
    stretches = law.cover(life=life, fees=fees)
    for phase in NAMES:
        mine = sorted((one for one in stretches if one.phase == phase), key=lambda one: (one.starts, one.programme))
        for _, group in itertools.groupby(mine, key=lambda one: one.starts):
            found.append(_stretch(life, phase, list(group), on))
        if not mine and (state := _absent(phase, life, fees)):
            until = max((fee.until for fee in fees if fee.until), default=None) if state == "next" else None
            late = (law.LATE_RETURN,) if (phase, state) == ("after", "missing") else ()
            found.append(_view(life, phase, state, on, paid_until=until, notes=late))
    return tuple(found)


def _stretch(life: law.Life, phase: str, group: Sequence[law.Stretch], on: dt.date) -> PhaseView:
    starts, until = group[0].starts, max(one.until for one in group)
    state = "past" if until < on else "now" if starts <= on else "next"
    return _view(
        life, phase, state, on, starts=starts, until=until, paid_until=max(one.paid_until for one in group),
        programmes=tuple(one.programme for one in group), articles=_once(a for one in group for a in one.articles),
        notes=tuple(note for one in group for note in one.notes),
    )  # fmt: skip


def _view(
    life: law.Life, phase: str, state: str, on: dt.date, *, starts: dt.date | None = None, until: dt.date | None = None,
    paid_until: dt.date | None = None, programmes: tuple[str, ...] = (), articles: tuple[str, ...] = (),
    notes: tuple[Note, ...] = (),
) -> PhaseView:  # fmt: skip
    gives = migrant_terms.covered(phase=phase, route=life.route, on=on)
    denied = migrant_terms.not_covered(phase=phase, route=life.route, abroad=life.abroad, on=on)
    notes = (*notes, *(_of_benefit(one, one.note) for one in gives if one.note))
    return PhaseView(
        phase=phase, name=NAMES[phase], state=state, starts=starts, until=until, paid_until=paid_until,
        programmes=tuple((name, PROGRAMMES[name]) for name in programmes or _usual(phase, life.route)),
        covers=tuple(Text(f"{b.name.id}: {b.amount.id}", f"{b.name.en}: {b.amount.en}") for b in gives),
        not_covered=tuple(Text(one.id, one.en) for one in denied), articles=articles, notes=noted(notes=notes),
    )  # fmt: skip


def _of_benefit(one: migrant_terms.Benefit, note: Note) -> Note:
    """A note about an amount says whose amount it is."""
    return note._replace(code=f"{note.code}:{one.code}", id=f"{one.name.id}: {note.id}", en=f"{one.name.en}: {note.en}")


PROGRAMMES = {
    "JKK": Text("Jaminan Kecelakaan Kerja", "Work injury"),
    "JKM": Text("Jaminan Kematian", "Death"),
}


def _usual(phase: str, route: str) -> tuple[str, ...]:
    return ("JKM",) if phase == "before" and route == "individual" else MANDATORY


def _absent(phase: str, life: law.Life, fees: Sequence[law.Fee]) -> str:
    """What to call a phase without a day of cover; empty where it does not concern this placement."""
    began = life.registered_on if life.abroad else life.departed_on
    if phase == "before":
        return "" if life.abroad else "missing" if life.departed_on or life.failed_on else "open"
    if life.failed_on or (life.died_on and phase == "after"):
        return ""
    if phase == "during":
        return "missing" if began else "next" if any(fee.stage == "during" for fee in fees) else "open"
    return "missing" if life.debarked_on or life.home_on else "open"


def gaps(*, life: law.Life, fees: Sequence[law.Fee], on: dt.date) -> tuple[GapView, ...]:
    """Days without cover up to `on`, each with what can still be done."""
    return tuple(
        GapView(starts=one.starts, until=one.until, what=Text(*one.what), next=Text(*one.next))
        for one in law.gaps(life=life, fees=fees, on=on)
    )


def noted(*, notes: Iterable[Note]) -> tuple[NoteView, ...]:
    """Each note once."""
    each = {note.code: note for note in notes}.values()
    return tuple(
        NoteView(code=one.code, text=Text(one.id, one.en), articles=one.articles, status=one.status) for one in each
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
