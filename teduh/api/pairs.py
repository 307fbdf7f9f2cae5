"""Records that may be one person: one officer proposes, another decides."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import IdPath, MemberNumber, Why, WhyQuery
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.journeys.joining import merge
from teduh.registry import queries as registry

router = Router(tags=["duplicates"])
Pair = shapes.of(registry.PairRow)


class Seen(inputs.In):
    """Two members whom an officer found to be one."""

    one: MemberNumber
    other: MemberNumber
    why: Why


class Proposal(inputs.In):
    keep: MemberNumber = Field(description="Whose record lives on.")
    why: Why


class PairDecision(inputs.In):
    merge: bool = Field(description="true: one person. false: two people.")
    why: Why


class PairNumber(shapes.Out):
    duplicate: int


class PairDecided(shapes.Out):
    merged: bool


@operation(router, "GET", "", needs=("merge",), out=list[Pair])
def list_duplicates(request: HttpRequest, why: WhyQuery, after: inputs.After = 0, limit: inputs.Limit = 50) -> Any:
    """Pairs that wait to be judged, the oldest first, masked; `after` is the last id seen."""
    return registry.duplicates(actor=actor(request), why=why, after=after, limit=limit)


@operation(router, "POST", "", needs=("merge",), out=PairNumber, status=201, idempotent=True, may_fail=(404,))
def pair_people(request: HttpRequest, body: Seen) -> Any:
    """Name a pair that the machine has not seen."""
    who = actor(request)
    one, other = (seeing.person(actor=who, why=body.why, number=number) for number in (body.one, body.other))
    return {"duplicate": merge.pair(one=one, other=other, by=who)}


@operation(router, "POST", "/{id}/propose", needs=("merge",), out=PairNumber, idempotent=True, may_fail=(404,))
def propose_merge(request: HttpRequest, id: IdPath, body: Proposal) -> Any:
    """Say that a pair is one person, and which record lives on."""
    who = actor(request)
    keep = seeing.person(actor=who, why=body.why, number=body.keep)
    made = merge.propose(duplicate=id, keep=keep, why=body.why, by=who, on=clock.today(), at=clock.now())
    return {"duplicate": made}


@operation(router, "POST", "/{id}/decide", needs=("merge",), out=PairDecided, idempotent=True, may_fail=(404,))
def decide_merge(request: HttpRequest, id: IdPath, body: PairDecision) -> Any:
    """Decide what another officer proposed: one person, or two."""
    kept = merge.decide(
        duplicate=id, merge=body.merge, why=body.why, by=actor(request), on=clock.today(), at=clock.now()
    )
    return {"merged": kept is not None}
