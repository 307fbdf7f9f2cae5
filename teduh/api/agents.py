"""An agent's people: who needs what next, and the groups that join or pay together."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator, Field

from teduh.api import inputs, seeing, shapes
from teduh.api.door import operation
from teduh.api.inputs import IdPath, WhyQuery
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.coverage import needs as standing
from teduh.journeys.joining import groups
from teduh.registry import queries as registry
from teduh.registry.queries.groups import MemberRow

router = Router(tags=["agents and groups"])
Group = shapes.of(registry.GroupRow)
PersonRow = shapes.of(registry.PersonRow)
Member = shapes.of(MemberRow)
MANAGERS = ("groups", "own_people")
Name = Annotated[str, Query(max_length=120, pattern=r"^[^\u0000]*$"), AfterValidator(inputs.storable)]
Needs = Literal["grace", "first_bill", "expiring", "lapsed", "ended", "none"]
PATTERN = r"^([0-9]\.[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,18})?$"


class InNeed(shapes.Out):
    person: PersonRow  # type: ignore[valid-type]
    need: str
    name: shapes.Words
    by: dt.date
    protected_until: dt.date | None
    grace_until: dt.date | None


class NeedPage(shapes.Out):
    rows: list[InNeed]
    next: str = Field(description="Where the next page begins, or empty.")


class GroupIn(inputs.In):
    name: inputs.text(120, 3)  # type: ignore[valid-type]
    kind: Literal["cooperative", "association", "sponsor"]
    funding: Literal["members", "apbn", "apbd", "village", "private"]
    region: Annotated[str, Field(pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$")] | None = None


class Members(inputs.In):
    people: Annotated[list[inputs.MemberNumber], Field(min_length=1, max_length=20_000)]
    until: dt.date | None = None


class Leavers(inputs.In):
    people: Annotated[list[inputs.MemberNumber], Field(min_length=1, max_length=20_000)]


class Left(shapes.Out):
    group: int
    left: int


class CameIn(shapes.Out):
    group: int
    came_in: int
    were_in: int


@operation(router, "GET", "/agent/people", needs=("own_people", "everyone"), out=NeedPage)
def agent_people(
    request: HttpRequest,
    why: WhyQuery,
    needs: Needs | None = None,
    after: Annotated[str, Query(pattern=PATTERN, description="`next` of the last page.")] = "",
    limit: inputs.Limit = 50,
) -> Any:
    """People by what they need next, those in grace first: an agent's own, or everybody's for officers."""
    who = actor(request)
    rows = standing.needs(
        on=clock.today(), agent=None if who.may("everyone") else who.user, need=needs, limit=limit, after=_cursor(after)
    )
    shown = registry.rows(actor=who, why=why, persons=[row.person for row in rows])
    found = [
        InNeed(
            person=shown[row.person], need=row.need, name=row.name, by=row.by, protected_until=row.protected_until,
            grace_until=row.grace_until,
        )
        for row in rows
        if row.person in shown
    ]  # fmt: skip
    last = rows[-1].cursor if len(rows) == limit else None
    return {"rows": found, "next": ".".join(str(part) for part in last) if last else ""}


@operation(router, "GET", "/groups", needs=MANAGERS, out=list[Group])
def list_groups(request: HttpRequest, name: Name = "", limit: inputs.Limit = 100) -> Any:
    """The groups that this account manages; for officers all, or those whose name holds some text."""
    return registry.groups.groups(actor=actor(request), on=clock.today(), name=name, limit=limit)


@operation(router, "POST", "/groups", needs=MANAGERS, out=Group, status=201, idempotent=True, may_fail=(404,))
def make_group(request: HttpRequest, body: GroupIn) -> Any:
    """A group that joins or pays together; the same name in the same region is the same group."""
    who, today = actor(request), clock.today()
    made = groups.make(**body.model_dump(), by=who, on=today)
    return registry.group(actor=who, group=made, on=today)


@operation(router, "GET", "/groups/{id}/members", needs=MANAGERS, out=list[Member], may_fail=(404,))
def group_members(
    request: HttpRequest, id: IdPath, why: WhyQuery, after: inputs.After = 0, limit: inputs.Limit = 100
) -> Any:
    """Who is in a group today, masked; `after` is the last person's id."""
    return registry.groups.members(actor=actor(request), why=why, group=id, on=clock.today(), after=after, limit=limit)


@operation(router, "POST", "/groups/{id}/members", needs=MANAGERS, out=CameIn, idempotent=True, may_fail=(404,))
def join_group(request: HttpRequest, id: IdPath, body: Members) -> Any:
    """Put people into a group from today; who is in it already stays as he is."""
    persons = seeing.persons(numbers=body.people)
    came = groups.add(group=id, persons=persons, by=actor(request), on=clock.today(), until=body.until)
    return {"group": id, "came_in": len(came), "were_in": len(set(persons)) - len(came)}


@operation(router, "POST", "/groups/{id}/leave", needs=(*MANAGERS, "self"), out=Left, idempotent=True, may_fail=(404,))
def leave_group(request: HttpRequest, id: IdPath, body: Leavers) -> Any:
    """Let people leave a group; today is their last day in it. A member leaves by himself."""
    persons = seeing.persons(numbers=body.people)
    left = groups.leave(group=id, persons=persons, by=actor(request), on=clock.today())
    return {"group": id, "left": len(left)}


def _cursor(text: str) -> tuple[int, dt.date, int] | None:
    if not text:
        return None
    rank, day, person = text.split(".")
    try:
        return int(rank), dt.date.fromisoformat(day), int(person)
    except ValueError:
        return None
