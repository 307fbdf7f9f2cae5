"""One placement as one timeline: protected until when, for what, what comes next, and where a day had no cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from teduh.core.text import Text
from teduh.coverage import placements as coverage
from teduh.journeys.migrants import drawing, steps
from teduh.journeys.migrants.drawing import Dates, GapView, NoteView, PhaseView
from teduh.migrants import queries
from teduh.migrants.queries import PlacementView
from teduh.security.access import Actor

FOR_WHAT = {
    "": Text("Belum ada perlindungan pada hari ini.", "No cover on this day."),
    "before": Text("JKK dan JKM sampai berangkat", "JKK and JKM until departure"),
    "before_only": Text("JKM saja sampai berangkat; JKK sejak berangkat", "JKM only until departure; JKK from then on"),
    "during": Text("JKK dan JKM selama bekerja di luar negeri", "JKK and JKM while working abroad"),
    "returning": Text(
        "JKK dan JKM selama waktu untuk menyiapkan kepulangan", "JKK and JKM during the time to prepare the return"
    ),
    "after": Text("JKK sampai tiba di rumah, JKM 30 hari", "JKK until arrival at home, JKM for 30 days"),
    "after_only": Text("JKM saja, 30 hari setelah tiba di Indonesia", "JKM only, for 30 days after arrival"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A placement's whole way. `protected_until` is certain; `return_until` ends the month to prepare the return.

    `unconfirmed` are the points of the law that bite here and that no text settles.
    """

    placement: PlacementView
    phases: tuple[PhaseView, ...]
    gaps: tuple[GapView, ...]
    protected: bool
    only: tuple[str, ...]
    protected_until: dt.date | None
    return_until: dt.date | None
    for_what: Text
    next_step: Text
    next_by: dt.date | None
    zone: str
    unconfirmed: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The same in one line of a list: dates, what to do next by when, and whether days are without cover now."""

    placement: int
    dates: Dates
    for_what: Text
    next_step: Text
    next_by: dt.date | None
    gap: GapView | None

    @property
    def protected(self) -> bool:
        return self.dates.protected

    @property
    def protected_until(self) -> dt.date | None:
        return self.dates.protected_until

    @property
    def return_until(self) -> dt.date | None:
        return self.dates.return_until


def timeline(*, placement: int, by: Actor, on: dt.date, why: str = "") -> Timeline:
    """The timeline of a placement that `by` may see; an officer's reading is recorded."""
    view = queries.placement(by=by, placement=placement, on=on, why=why)
    life, fees = coverage.lives(placements=[placement])[placement]
    at = drawing.dates(life=life, fees=fees, on=on)
    cancelled = view.state == "cancelled"
    phases = () if cancelled else drawing.phases(life=life, fees=fees, on=on)
    next_step, next_by = steps.step(life=life, fees=fees, at=at, is_cancelled=cancelled, on=on)
    unsure = {note.code: note for phase in phases for note in phase.notes if note.status == "unconfirmed"}
    return Timeline(
        placement=view, phases=phases, gaps=() if cancelled else drawing.gaps(life=life, fees=fees, on=on),
        protected=at.protected and not cancelled, only=at.only,
        protected_until=at.protected_until if not cancelled else None, return_until=at.return_until,
        for_what=for_what(at=at), next_step=next_step, next_by=next_by, zone=view.destination.zone,
        unconfirmed=tuple(unsure.values()),
    )  # fmt: skip


def timelines_many(*, placements: Iterable[int], on: dt.date) -> dict[int, Row]:
    """Where many placements stand on a day, for lists: one statement. It checks nobody's right to see them."""
    found = {}
    for placement, (life, fees) in coverage.lives(placements=placements).items():
        at = drawing.dates(life=life, fees=fees, on=on)
        next_step, next_by = steps.step(life=life, fees=fees, at=at, is_cancelled=False, on=on)
        open_gap = next((one for one in drawing.gaps(life=life, fees=fees, on=on) if one.until is None), None)
        found[placement] = Row(
            placement=placement, dates=at, for_what=for_what(at=at), next_step=next_step, next_by=next_by, gap=open_gap
        )
    return found


def for_what(*, at: Dates) -> Text:
    """What protects on this day, in words."""
    if at.is_returning:
        return FOR_WHAT["returning"]
    return FOR_WHAT[f"{at.phase}_only" if at.only else at.phase]
