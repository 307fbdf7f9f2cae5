"""Papers shown after the registration: the list of UU 18/2017 Pasal 13, a new passport, and the statement of a mission
that stands for the papers somebody abroad does not have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from teduh.core.text import Text
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.journeys.migrants.life import require_many
from teduh.migrants import actions, facts, queries, standing, words
from teduh.migrants.actions import EventRow
from teduh.migrants.exchange import taking
from teduh.migrants.models import PaperKind
from teduh.migrants.queries import PlacementView
from teduh.security.access import Actor

#: Each paper with its letter of UU 18/2017 Pasal 13; whoever goes on his own has no placement agreement.
LETTERS = (("marriage", "a"), ("permission", "b"), ("competence", "c"), ("health", "d"), ("passport", "e"),
           ("visa", "f"), ("placement", "g"), ("agreement", "h"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """A paper that the law asks for: whether it was shown, until when it holds, and by which letter."""

    kind: str
    name: Text
    article: str
    is_shown: bool
    valid_until: dt.date | None
    has_expired: bool


def checklist(*, placement: PlacementView, on: dt.date) -> tuple[PaperAsked, ...]:
    """What the law asks for before leaving, in its order, with what was shown. Nothing is read or written."""
    asked = [(kind, letter) for kind, letter in LETTERS if kind != "placement" or placement.scheme != "own"]
    return tuple(_asked(placement, kind, letter, on) for kind, letter in asked)


def _asked(view: PlacementView, kind: str, letter: str, on: dt.date) -> PaperAsked:
    shown = [paper for paper in view.papers if paper.kind == kind]
    until = shown[-1].valid_until if shown else None
    is_shown = bool(shown)
    if kind == "passport":
        is_shown, until = is_shown or bool(view.passport_masked), view.passport_until or until
    if kind == "agreement":
        is_shown = is_shown or bool(view.agreements)
    return PaperAsked(
        kind=kind, name=words.PAPERS[kind], article=f"UU 18/2017 Pasal 13 huruf {letter}", is_shown=is_shown,
        valid_until=until, has_expired=until is not None and until < on,
    )  # fmt: skip


def show(
    *, placement: int, by: Actor, on: dt.date, at: dt.datetime,
    papers: Sequence[tuple[str, bytes | None, dt.date | None]] = (), passport: str | None = None,
    passport_until: dt.date | None = None, why: str = "",
) -> PlacementView:  # fmt: skip
    """Note papers (kind, digest of the file, last day), and a new passport by which the worker is found from now on.

    Told twice, it is noted once. A mission's statement needs its file, unless a mission or an officer notes it.
    """
    require_many(placements=[placement], by=by, what="tell", why=why)
    number = facts.passport(passport) if passport else None
    rows = [(placement, kind, digest, until) for kind, digest, until in papers]
    rows += [(placement, "passport", None, passport_until)] if number else []
    _readable(rows, by)
    with transaction.atomic():
        actions.lock(placements=[placement])
        new = actions.add_papers(rows=rows, by=by.user)
        if number:
            taking.passport(placement=placement, number=number, until=passport_until)
        if new:
            note = ", ".join(dict.fromkeys(words.PAPERS[kind].id for _, kind, _, _ in rows))
            event = EventRow(placement=placement, kind="corrected", on=on, teller=standing.teller(by=by), note=note)
            actions.add_events(rows=[event], by=by.user, at=at)
    return queries.placement(by=by, placement=placement, on=on, why=why)


def _readable(rows: Sequence[tuple[int, str, bytes | None, dt.date | None]], by: Actor) -> None:
    if any(kind not in PaperKind.values for _, kind, _, _ in rows):
        raise facts.refusal("paper_unknown", "kind")
    if any(kind == "mission" and digest is None for _, kind, digest, _ in rows) and (
        standing.teller(by=by) not in standing.STATES_FOR_A_MISSION
    ):
        raise refusals.statement_without_file(field="kind")
