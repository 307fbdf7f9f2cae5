"""Work agreements over a placement's life: the first, extensions, another employer or country, and corrected dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from teduh.coverage import placements as coverage
from teduh.journeys.migrants import life
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.journeys.migrants.life import require_many
from teduh.migrants import actions, facts, queries, reference, standing
from teduh.migrants.actions import AgreementRow, EventRow, Held
from teduh.migrants.facts import NewAgreement
from teduh.migrants.queries import PlacementView
from teduh.security.access import Actor

A_DAY = dt.timedelta(days=1)
#: Where an agreement may be extended or another begun.
GOES_ON = frozenset({"departed", "working", "ended"})


def put_first(
    *, placement: int, agreement: NewAgreement, by: Actor, on: dt.date, at: dt.datetime, why: str = ""
) -> PlacementView:
    """The first agreement of somebody who was registered without one."""
    require_many(placements=[placement], by=by, what="tell", why=why)
    with transaction.atomic():
        one = actions.lock(placements=[placement])[placement]
        if one.agreements:
            raise refusals.agreement_exists()
        row = _row(one, "first", agreement.starts, agreement.ends, agreement)
        _add([one], [row], "corrected", by, on, at)
    return queries.placement(by=by, placement=placement, on=on, why=why)


def extend(
    *, placements: Sequence[tuple[int, NewAgreement | dt.date]], by: Actor, on: dt.date, at: dt.datetime, why: str = ""
) -> list[int]:
    """Extend each to a new last day, with the same employer unless a whole agreement is given; the new agreements, in
    the order asked. An extension begins the day after the present agreement, or later if its paper says so. A constant
    number of statements."""
    ids = list(dict.fromkeys(id_ for id_, _ in placements))
    require_many(placements=ids, by=by, what="extend", why=why)
    with transaction.atomic():
        held = actions.lock(placements=ids)
        rows = []
        for id_, told in dict(placements).items():
            one = held[id_]
            if one.state not in GOES_ON:
                raise refusals.impossible(kind="extended", state=one.state)
            if not one.agreements:
                raise refusals.needs_agreement()
            ends, agreement = (told, None) if isinstance(told, dt.date) else (told.ends, told)
            last = one.agreements[-1].last
            if ends <= last:
                raise refusals.ends_too_early(last=last)
            starts = max(last + A_DAY, agreement.starts) if agreement else last + A_DAY
            rows.append(_row(one, "extension", starts, ends, agreement))
        made = _add([held[id_] for id_ in ids], rows, "extended", by, on, at, state="working")
    return [made[id_] for id_ in ids]


def move(
    *, placement: int, agreement: NewAgreement, destination: str | None = None, by: Actor, on: dt.date, at: dt.datetime,
    why: str = "",
) -> PlacementView:  # fmt: skip
    """Another employer, in the same country or another: the present agreement ends the day before, cover follows."""
    require_many(placements=[placement], by=by, what="tell", why=why)
    if destination is not None and reference.destination(destination) is None:
        raise refusals.unknown_destination()
    with transaction.atomic():
        one = actions.lock(placements=[placement])[placement]
        if one.state not in GOES_ON:
            raise refusals.impossible(kind="moved", state=one.state)
        if not one.agreements:
            raise refusals.needs_agreement()
        last = one.agreements[-1]
        if agreement.starts <= last.starts:
            raise refusals.day_out_of_order(kind="moved", earliest=last.starts + A_DAY, latest=agreement.ends)
        if last.last >= agreement.starts:
            actions.change_agreements(rows=[(last.id, last.starts, last.ends, agreement.starts - A_DAY, "moved")])
        one = replace(one, destination=destination or one.destination)
        row = _row(one, "move", agreement.starts, agreement.ends, agreement)
        _add([one], [row], "moved", by, on, at, state="working")
    return queries.placement(by=by, placement=placement, on=on, why=why)


def end_early(
    *, placement: int, ended_on: dt.date, cause: str, by: Actor, on: dt.date, at: dt.datetime, note: str = "",
    why: str = "",
) -> PlacementView:  # fmt: skip
    """The agreement ended before its last day; `cause` is a word of `migrants.words.CAUSES`."""
    kind = "dismissed" if cause == "dismissed" else "ended"
    return life.tell(placement=placement, kind=kind, event_on=ended_on, by=by, on=on, at=at, note=note, cause=cause,
                     why=why)  # fmt: skip


def correct_dates(
    *, placement: int, agreement: int, starts: dt.date, ends: dt.date, by: Actor, on: dt.date, at: dt.datetime, why: str
) -> PlacementView:
    """Put an agreement's first or last day right, as the paper says; what it was stays in the event."""
    require_many(placements=[placement], by=by, what="tell", why=why)
    with transaction.atomic():
        one = actions.lock(placements=[placement])[placement]
        wrong = next((a for a in one.agreements if a.id == agreement), None)
        if wrong is None:
            raise refusals.needs_agreement()
        if ends < starts:
            raise facts.refusal("agreement_dates", "ends")
        if (ends - starts).days > facts.LONGEST_YEARS * 366:
            raise facts.refusal("agreement_too_long", "ends")
        ended = wrong.ended_on if wrong.ended_on and starts <= wrong.ended_on <= ends else None
        actions.change_agreements(rows=[(wrong.id, starts, ends, ended, "other" if ended else "")])
        lasts = [ended or ends if a.id == agreement else a.last for a in one.agreements]
        actions.change(rows=[replace(one, ends_on=max(lasts))])
        note = f"{wrong.starts}..{wrong.ends} -> {starts}..{ends}. {why}"
        event = EventRow(placement=placement, kind="corrected", on=on, teller=standing.teller(by=by),
                         agreement=agreement, note=note[:1000])  # fmt: skip
        actions.add_events(rows=[event], by=by.user, at=at)
        coverage.recompute(placements=[placement], on=on)
    return queries.placement(by=by, placement=placement, on=on, why=why)


def _row(one: Held, kind: str, starts: dt.date, ends: dt.date, agreement: NewAgreement | None) -> AgreementRow:
    return AgreementRow(
        placement=one.id, kind=kind, starts=starts, ends=ends, destination=one.destination,
        employer=agreement.employer if agreement else None,
        employer_address=agreement.employer_address if agreement else None, job=agreement.job if agreement else None,
        sha256=agreement.sha256 if agreement else None,
    )  # fmt: skip


def _add(
    held: Sequence[Held], rows: Sequence[AgreementRow], kind: str, by: Actor, on: dt.date, at: dt.datetime, *,
    state: str | None = None,
) -> dict[int, int]:  # fmt: skip
    """Agreements, the placements' last day, the events, and cover."""
    made = actions.add_agreements(rows=rows, by=by.user)
    actions.change(
        rows=[
            replace(one, ends_on=row.ends, state=state if state and one.state == "ended" else one.state)
            for one, row in zip(held, rows, strict=True)
        ]
    )
    actions.add_events(
        rows=[
            EventRow(placement=row.placement, kind=kind, on=on if kind == "corrected" else row.starts,
                     teller=standing.teller(by=by), agreement=made[row.placement])
            for row in rows
        ],
        by=by.user, at=at,
    )  # fmt: skip
    coverage.recompute(placements=[row.placement for row in rows], on=on)
    return made
