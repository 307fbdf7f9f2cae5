"""A list of the other side beside our register: who is whom, and where the two disagree, both ways.

Nothing of the register changes here; differences are kept for a person to decide (`differences`). A later list closes
what is no more. The number of statements does not depend on the rows.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from teduh.core import sql
from teduh.migrants.exchange import differing, keeping, matching
from teduh.migrants.exchange.differing import Differs
from teduh.migrants.exchange.keeping import Found, Kept
from teduh.migrants.exchange.matching import SURE, Matched, Ours
from teduh.migrants.exchange.rows import Row, Sender
from teduh.migrants.models import DifferenceKind, Match, PlacementList, RowState

MONEY = """
SELECT m.id, coalesce(s.paid, FALSE), c.paid_until, c.until FROM unnest(%s::bigint[]) AS asked (id)
CROSS JOIN LATERAL (SELECT id, state FROM migrants_placement WHERE id = asked.id OFFSET 0) m
LEFT JOIN LATERAL (
    SELECT bool_or(d.stage IN ('during', 'extension') OR m.state = 'registered') AS paid
    FROM contributions_placementdue d
    WHERE d.placement_id = m.id AND d.settled_on IS NOT NULL AND d.stage <> 'savings'
) s ON TRUE
LEFT JOIN LATERAL (
    SELECT max(paid_until) AS paid_until, max(grace_until) AS until FROM coverage_span
    WHERE placement_id = m.id AND phase <> 'after'
) c ON TRUE
"""
NEWEST = """
SELECT max(as_of) FROM migrants_placementlist WHERE organisation_id = %s AND purpose = 'compare'
    AND state = 'committed'
"""


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What a comparison found: whom each row is, and each disagreement with the row's number (None: on no row)."""

    matched: dict[int, Matched]
    differences: list[tuple[int | None, int | None, Differs]]

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(str(differs.kind) for _, _, differs in self.differences))


def with_money(ours: Mapping[int, Ours]) -> dict[int, Ours]:
    """The same placements with what is paid for them and until when; one statement."""
    told = money(placements=sorted(ours))
    return {
        id_: replace(one, is_paid=told[id_][0], paid_until=told[id_][1], until=told[id_][2])
        for id_, one in ours.items()
        if id_ in told
    }


def money(*, placements: Sequence[int]) -> dict[int, tuple[bool, dt.date | None, dt.date | None]]:
    """What is paid for placements: whether, until when, and until when with the month to return; one statement."""
    found = sql.rows(MONEY, [list(placements)]) if placements else []
    return {id_: (paid, until, grace) for id_, paid, until, grace in found}


def compare(*, rows: Sequence[Row], sender: Sender, as_of: dt.date, whole: bool) -> Compared:
    """Match the rows with the sender's own people and say where they differ; who is on no row too, if it is whole."""
    decided = keeping.decided(organisation=sender.organisation)
    usable = [row for row in rows if row.state != RowState.MEND]
    matched = matching.find(usable, sender=sender, decided=decided)
    seen = {one.ours.placement: one.ours for one in matched.values() if one.ours}
    absent = matching.ours(matching.missed(sender=sender, seen=seen, as_of=as_of)) if whole else {}
    told = with_money(seen)
    found: list[tuple[int | None, int | None, Differs]] = []
    for row in usable:
        one = matched[row.number]
        if one.ours:
            one = matched[row.number] = replace(one, ours=told[one.ours.placement])
        if row.state == RowState.REPEATED:
            continue
        for differs in differing.differences(row, one, as_of=as_of):
            found.append((row.number, one.ours.placement if one.ours else None, differs))
    for id_, ours in absent.items():
        found.append((None, id_, Differs(DifferenceKind.NOT_THERE, differing.us(ours), {})))
    return Compared(matched=matched, differences=found)


def newest(*, organisation: int) -> dt.date | None:
    """The day of the latest list of this sender that was compared."""
    return sql.rows(NEWEST, [organisation])[0][0]


def commit(*, of: PlacementList, sender: Sender, on: dt.date) -> dict[str, int]:
    """Compare again with the register as it is now, keep what differs, and close what is no more."""
    kept = {one.row.number: one for one in keeping.rows_of(list_=of.id)}
    rows = [one.row for one in kept.values()]
    compared = compare(rows=rows, sender=sender, as_of=of.as_of, whole=of.whole)
    found = _told_anew(_identified(compared, kept, sender))
    keeping.put(list_=of.id, found=found, on=on)
    still = {(one.identity, str(one.differs.kind)) for one in found}
    keeping.gone(differences=_no_more(of, sender, rows, compared, still), on=on)
    differing_rows = {one.row for one in found if one.row is not None}
    keeping.mark(outcomes=[_outcome(one, compared.matched, differing_rows) for one in kept.values()])
    return dict(Counter(str(one.differs.kind) for one in found))


def _identified(compared: Compared, kept: Mapping[int, Kept], sender: Sender) -> list[Found]:
    """Each difference with what it is known again by. Two rows of one identity are one difference."""
    found: dict[tuple[bytes, str], Found] = {}
    for number, placement, differs in compared.differences:
        row = kept[number] if number is not None else None
        by_row = placement is None or differs.kind == DifferenceKind.UNSURE
        said = matching.key(row.row.values) if row and by_row else ""
        identity = matching.identity(sender, placement=placement, row=said)
        one = Found(row.id if row else None, placement, differs, identity)
        found.setdefault((identity, str(differs.kind)), one)
    return list(found.values())


def _told_anew(found: Sequence[Found]) -> list[Found]:
    """Without what a person has decided already, as long as both sides still say the same."""
    before = keeping.settled(identities=[one.identity for one in found])
    return [
        one
        for one in found
        if (one.differs.ours, one.differs.theirs) not in before.get((one.identity, str(one.differs.kind)), ())
    ]


def _no_more(
    of: PlacementList, sender: Sender, rows: Sequence[Row], compared: Compared, still: set[tuple[bytes, str]]
) -> list[int]:
    """Open differences of this sender that this list speaks of and shows no more. A whole list speaks of everybody."""
    placements = {one.ours.placement for one in compared.matched.values() if one.ours}
    keys = {matching.key(row.values) for row in rows if row.state != RowState.MEND}
    identities = {matching.identity(sender, placement=None, row=key) for key in keys}
    closed = []
    for id_, identity, kind, placement, theirs in keeping.open_of(organisation=of.organisation_id):
        if kind == DifferenceKind.UNSURE:
            is_told = matching.key(theirs) in keys
        else:
            is_told = placement in placements if placement else identity in identities
        if (of.whole or is_told) and (identity, kind) not in still:
            closed.append(id_)
    return closed


def _outcome(
    one: Kept, matched: Mapping[int, Matched], differing_rows: set[int]
) -> tuple[int, str, str, int | None, bytes | None]:
    found = matched.get(one.row.number)
    if found is None or one.row.state == RowState.MEND:
        return (one.id, str(RowState.MEND), str(Match.NONE), None, None)
    state = one.row.state
    if state != RowState.REPEATED:
        state = RowState.DIFFERS if one.id in differing_rows else RowState.AGREES
    placement = found.ours.placement if found.ours and found.match in SURE else None
    return (one.id, str(state), str(found.match), placement, keeping.findings(one.row))
