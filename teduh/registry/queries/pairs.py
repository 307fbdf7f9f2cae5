"""Pairs of records that may be one person, side by side and masked, for the officers who judge them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

from teduh.registry.models.identity import Duplicate, DuplicateState
from teduh.registry.queries import people
from teduh.security.access import Actor

OPEN = (DuplicateState.SUSPECTED, DuplicateState.PROPOSED)


@dataclass(frozen=True)
class PairRow:
    """Two people who may be one, and what speaks for it; `keep` is who is proposed to live on."""

    id: int
    first: people.PersonRow
    second: people.PersonRow
    evidence: tuple[dict[str, str], ...]
    state: str
    state_label: str
    found_at: dt.datetime
    proposed_by: int | None
    keep: int | None
    decided_by: int | None
    decided_at: dt.datetime | None


def duplicates(
    *, actor: Actor, why: str, states: Sequence[str] = OPEN, person: int | None = None, after: int = 0, limit: int = 50
) -> tuple[PairRow, ...]:
    """Pairs to be judged, the oldest first; of one person, if given. `after` is the last pair seen."""
    actor.require("merge")
    people.require_purpose(why)
    found = Duplicate.objects.filter(state__in=list(states), id__gt=after).order_by("id")
    if person is not None:
        found = found.filter(models.Q(first=person) | models.Q(second=person))
    pairs = list(found[: min(limit, people.MOST)])
    shown = people.rows(actor=actor, why=why, persons=sorted({id_ for p in pairs for id_ in (p.first_id, p.second_id)}))
    return tuple(
        PairRow(
            p.id, shown[p.first_id], shown[p.second_id], tuple(p.evidence), p.state, p.get_state_display(), p.found_at,
            p.proposed_by_id, p.keep_id, p.decided_by_id, p.decided_at,
        )
        for p in pairs
    )  # fmt: skip
