"""A member's own messages, for his own app. Nobody else's can be asked for, and no scope of staff opens them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from teduh.api import inputs, shapes
from teduh.api.door import operation
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.journeys import messages
from teduh.outreach import queries

router = Router(tags=["messages"])
Message = shapes.of(queries.MessageRow)


class Inbox(shapes.Out):
    """Messages, newest first, and how many of all are unread (100: a hundred or more)."""

    rows: list[Message]  # type: ignore[valid-type]
    unread: int


class ReadIn(inputs.In):
    """Which messages; none named: all of them."""

    messages: Annotated[list[inputs.Ident], Field(max_length=1_000)] | None = None


class Marked(shapes.Out):
    """How many of them were unread before."""

    marked: int


@operation(router, "GET", "/me/messages", needs=("self",), out=Inbox, may_fail=(404,))
def my_messages(
    request: HttpRequest,
    before: inputs.Before = None,
    limit: inputs.Limit = 50,
    unread: Annotated[bool, Query(description="Only what has not been read.")] = False,
) -> Any:
    """What the member was told; `before` is the last id seen. Looking marks nothing as read."""
    who = actor(request)
    rows = queries.inbox(actor=who, before=before, limit=limit, unread=unread)
    return {"rows": rows, "unread": queries.unread(person=queries.own(actor=who)[0])}


@operation(router, "POST", "/me/messages/read", needs=("self",), out=Marked, idempotent=True, may_fail=(404,),
           example={"messages": [17, 18]})  # fmt: skip
def mark_my_messages_read(request: HttpRequest, body: ReadIn) -> Any:
    """These messages have been read. Ids that are not the member's own are passed over."""
    return {"marked": messages.mark_read(messages=body.messages, by=actor(request), at=clock.now())}
