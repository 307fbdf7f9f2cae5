"""A firm's workers as the firm knows them: listed masked, and told to have left, with what follows for them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AfterValidator, Field

from teduh.api import firms, inputs, shapes
from teduh.api.door import operation
from teduh.api.firms import WHO, NPPPath, Purpose
from teduh.api.inputs import IdPath
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.employers import queries
from teduh.employers.models import Cause
from teduh.journeys.employers import leaving
from teduh.law.months import Month

router = Router(tags=["employers' workers"])
WorkerPage = shapes.of(queries.WorkersPage)
Worker = shapes.of(queries.Worker)
LeavingView = shapes.of(leaving.LeavingView)
LeavingWord = shapes.of(queries.LeavingRow)
AfterName = Annotated[
    str,
    Query(max_length=120, pattern=r"^[^\u0000]*$", description="`after` of the page before."),
    AfterValidator(inputs.storable),
]
InMonth = Annotated[inputs.MonthWord | None, Query(description="Who worked in that month; without it: today.")]


class Ending(inputs.In):
    ended_on: dt.date = Field(description="The last day of work.")
    cause: Literal[tuple(Cause.values)]  # type: ignore[valid-type]
    text: inputs.text(500) = ""  # type: ignore[valid-type]


class Answering(inputs.In):
    accepted: bool = Field(description="It is so. Otherwise an officer decides.")
    why: inputs.text(200) = Field(default="", description="Why it is not so.")  # type: ignore[valid-type]


class Answered(shapes.Out):
    answered: bool = True


@operation(router, "GET", "/employers/{npp}/workers", needs=WHO, out=WorkerPage, may_fail=(404,))
def list_workers(
    request: HttpRequest, npp: NPPPath, why: Purpose = "", month: InMonth = None, search: firms.Sought = "",
    after: AfterName = "", limit: inputs.Limit = 100,
) -> Any:  # fmt: skip
    """A firm's workers, masked: by name, member number or the firm's own number."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, why=why)
    when = {"month": Month.parse(month)} if month else {"on": clock.today()}
    return queries.workers(by=who, employer=employer, search=search, after=after, limit=limit, why=why, **when)


@operation(router, "GET", "/employers/{npp}/workers/{employment}", needs=WHO, out=Worker, may_fail=(404,))
def worker(request: HttpRequest, npp: NPPPath, employment: IdPath, why: Purpose = "") -> Any:
    """One worker as this firm knows him: his wages here, and nothing from elsewhere."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, why=why)
    return queries.worker(by=who, employer=employer, employment=employment, on=clock.today(), why=why)


@operation(
    router, "POST", "/employers/{npp}/workers/{employment}/end/preview", needs=WHO, out=LeavingView,
    may_fail=(404, 409),
)  # fmt: skip
def preview_end(request: HttpRequest, npp: NPPPath, employment: IdPath, body: Ending, why: Purpose = "") -> Any:
    """What would follow if the work ended so: programme by programme, with articles. Nothing is told."""
    who = _worker(request, npp, employment, "view", why)
    return leaving.preview(
        employment=employment, ended_on=body.ended_on, cause=body.cause, by=who, on=clock.today(), why=why
    )


@operation(
    router, "POST", "/employers/{npp}/workers/{employment}/end", needs=WHO, out=LeavingView, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def tell_end(request: HttpRequest, npp: NPPPath, employment: IdPath, body: Ending, why: Purpose = "") -> Any:
    """Tell that somebody left: from the day after he is not on the firm's returns."""
    who = _worker(request, npp, employment, "file", why)
    return leaving.tell(
        employment=employment, ended_on=body.ended_on, cause=body.cause, by=who, on=clock.today(),
        text=body.text or None, why=why,
    )  # fmt: skip


@operation(router, "GET", "/employers/{npp}/leavings", needs=WHO, out=list[LeavingWord], may_fail=(404,))  # type: ignore[valid-type]
def list_leavings(request: HttpRequest, npp: NPPPath, why: Purpose = "") -> Any:
    """Workers' own words that they left, which wait for the firm's answer or for an officer."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, why=why)
    return queries.leavings(by=who, employer=employer, states=("waiting", "disputed"), why=why)


@operation(
    router, "POST", "/employers/{npp}/leavings/{id}/answer", needs=WHO, out=Answered, idempotent=True,
    may_fail=(404, 409),
)  # fmt: skip
def answer_leaving(request: HttpRequest, npp: NPPPath, id: IdPath, body: Answering, why: Purpose = "") -> Any:
    """It is so, or it is not: then an officer decides."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what="file", why=why)
    leaving.answer(leaving=id, employer=employer, accepted=body.accepted, why=body.why, by=who, on=clock.today())
    return Answered()


def _worker(request: HttpRequest, npp: str, employment: int, what: str, why: str) -> Any:
    """Who asks; the employment must be this firm's."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what=what, why=why)
    firms.require_employment(employer=employer, employment=employment)
    return who
