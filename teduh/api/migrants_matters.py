"""Matters: one number for each concern of a worker abroad, for worker, family, mission and fund; never an agency's
look at a complaint."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from teduh.api import inputs, migrants_inputs, shapes
from teduh.api.door import operation
from teduh.api.migrants_inputs import DESKS, WHO, NumberPath, Purpose
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.text import Text
from teduh.journeys.migrants import matters
from teduh.migrants import access
from teduh.migrants.models import MatterKind, MatterState, Placement

router = Router(tags=["matters of migrant workers"])
MatterLine = shapes.PLAIN[matters.MatterRow] = shapes.of(
    matters.MatterRow, omit=("person", "placement", "taken_by"), also=(("kind_name", Text), ("state_name", Text))
)
MatterWord = shapes.PLAIN[matters.EntryView] = shapes.of(matters.EntryView, also=(("speaker_name", Text),))
MatterView = shapes.of(matters.MatterView)
MattersPage = shapes.of(matters.MattersPage)
MatterPath = Annotated[str, Path(pattern=r"^K[0-9]{8}$", description="The matter's number.", examples=["K10000016"])]
States: Any = Literal[("", *MatterState.values)]


class NewMatter(inputs.In):
    kind: Literal[tuple(MatterKind.values)]  # type: ignore[valid-type]
    text: inputs.text(2_000, 1)  # type: ignore[valid-type]
    agency_sees: bool = Field(default=False, description="The agency may read it too; never a complaint.")
    family_sees: bool = Field(default=True, description="Relatives who may speak read it too.")
    sha256: migrants_inputs.Digest | None = None


class MatterWords(inputs.In):
    text: inputs.text(2_000, 1)  # type: ignore[valid-type]
    inside: bool = Field(default=False, description="Read by the fund and the mission alone.")
    state: States = ""
    sha256: migrants_inputs.Digest | None = None


class MatterEnd(inputs.In):
    text: inputs.text(2_000) = ""  # type: ignore[valid-type]


class MatterNumber(shapes.Out):
    number: str


@operation(router, "GET", "/matters", needs=WHO, out=MattersPage)
def list_matters(
    request: HttpRequest, state: Annotated[States, Query()] = "", after: inputs.After = 0, limit: inputs.Limit = 50
) -> Any:
    """The matters that this account may see, newest first; `counts` are of all of them, by state."""
    return matters.mine(by=actor(request), state=state, after=after, limit=limit)


@operation(
    router, "POST", "/placements/{number}/matters", needs=WHO, out=MatterNumber, status=201, idempotent=True,
    may_fail=(404, 409), example={"kind": "accident", "text": "Jatuh dari tangga, dirawat di rumah sakit."},
)  # fmt: skip
def open_matter(request: HttpRequest, number: NumberPath, body: NewMatter, why: Purpose = "") -> Any:
    """Open a matter of a worker. The number works for the worker, his family, the mission and the fund."""
    who = actor(request)
    placement = migrants_inputs.find(number=number)
    access.require(by=who, what="view", placement=placement, why=why)
    person = Placement.objects.values_list("person", flat=True).get(pk=placement)
    made = matters.open_(
        person=person, kind=body.kind, text=body.text, by=who, on=clock.today(), at=clock.now(),
        agency_sees=body.agency_sees, family_sees=body.family_sees, sha256=migrants_inputs.digest(body.sha256),
    )  # fmt: skip
    return MatterNumber(number=made)


@operation(router, "GET", "/matters/{matter}", needs=WHO, out=MatterView, may_fail=(404,))
def matter(request: HttpRequest, matter: MatterPath, why: Purpose = "") -> Any:
    """A matter as this reader may see it: what was said, who else reads it, what to prepare and how soon."""
    return matters.view(number=matter, by=actor(request), why=why)


@operation(
    router, "POST", "/matters/{matter}/entries", needs=WHO, out=MatterView, status=201, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def say_in_matter(request: HttpRequest, matter: MatterPath, body: MatterWords, why: Purpose = "") -> Any:
    """Say something in a matter; whom it answers is told."""
    who = actor(request)
    matters.say(
        number=matter, text=body.text, by=who, at=clock.now(), inside=body.inside, state=body.state,
        sha256=migrants_inputs.digest(body.sha256),
    )  # fmt: skip
    return matters.view(number=matter, by=who, why=why or "matter.said")


@operation(
    router, "POST", "/matters/{matter}/take", needs=DESKS, out=MatterNumber, idempotent=True, may_fail=(404, 409)
)
def take_matter(request: HttpRequest, matter: MatterPath) -> Any:
    """Take a matter on: missions and officers."""
    matters.take(number=matter, by=actor(request), at=clock.now())
    return MatterNumber(number=matter)


@operation(router, "POST", "/matters/{matter}/close", needs=WHO, out=MatterNumber, idempotent=True, may_fail=(404, 409))
def close_matter(request: HttpRequest, matter: MatterPath, body: MatterEnd) -> Any:
    """It is done: said by a mission or an officer with the last answer, or by whoever opened it."""
    matters.close(number=matter, by=actor(request), at=clock.now(), text=body.text)
    return MatterNumber(number=matter)
