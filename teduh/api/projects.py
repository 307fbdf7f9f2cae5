"""Construction projects (Jakon): what one would cost, registered with a bill for each term, and its workers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Path, Router
from pydantic import Field

from teduh.api import firms, inputs, shapes
from teduh.api.door import operation
from teduh.api.firms import WHO, NPPPath, Purpose
from teduh.api.tokens import actor
from teduh.contributions import project_queries
from teduh.contributions.projects import Quote
from teduh.core import clock
from teduh.employers import projects as nouns
from teduh.journeys.projects import projects, workers

router = Router(tags=["construction projects"])
shapes.PLAIN[nouns.ProjectRow] = ProjectRow = shapes.of(nouns.ProjectRow, also=(("state_name", shapes.Words),))
shapes.PLAIN[project_queries.DueRow] = shapes.of(project_queries.DueRow, also=(("amount", int),))
ProjectView = shapes.of(projects.ProjectView, also=(("total", int), ("paid", int), ("open", int)))
ProjectQuote = shapes.of(Quote, also=(("total", int),))
ProjectWorker = shapes.of(nouns.WorkerRow)
NumberPath = Annotated[str, Path(min_length=1, max_length=20, pattern=r"^[A-Za-z0-9.-]+$")]
Rupiahs = Annotated[int, Field(ge=1, le=inputs.MOST_RUPIAH, strict=True)]


class ProjectIn(inputs.In):
    """`value` is the contract's, or a month's wages of all workers, by `basis`."""

    name: inputs.text(200, 3)  # type: ignore[valid-type]
    basis: Literal["contract", "wages"]
    value: Rupiahs
    starts: dt.date
    ends: dt.date
    with_vat: bool = Field(default=False, description="The value includes VAT.")
    instalments: Annotated[int, Field(ge=1, le=12)] = 1
    contract_number: inputs.text(80) = ""  # type: ignore[valid-type]
    owner: inputs.text(120) = Field(default="", description="Who ordered the work.")  # type: ignore[valid-type]
    workers_expected: Annotated[int, Field(ge=0, le=100_000)] = 0
    ordered_on: dt.date | None = Field(default=None, description="The day of the work order (SPK).")


class ProjectPerson(inputs.In):
    nik: inputs.NIK
    name: inputs.text(120, 1)  # type: ignore[valid-type]
    job: inputs.text(80) = ""  # type: ignore[valid-type]
    from_day: dt.date | None = None
    until_day: dt.date | None = None


class ProjectPeople(inputs.In):
    people: Annotated[list[ProjectPerson], Field(min_length=1, max_length=5_000)]


class PutOn(shapes.Out):
    """What became of each row: added, already, or wrong."""

    added: int
    already: int
    lines: list[shapes.of(workers.Line)]  # type: ignore[misc]


@operation(router, "POST", "/employers/{npp}/projects/quote", needs=WHO, out=ProjectQuote, may_fail=(404,))
def quote_project(request: HttpRequest, npp: NPPPath, body: ProjectIn, why: Purpose = "") -> Any:
    """What a project would owe, in all and by terms. Nothing is stored."""
    return projects.quote(project=_project(request, npp, body, why, "view"), on=clock.today())


@operation(
    router, "POST", "/employers/{npp}/projects", needs=WHO, out=ProjectView, status=201, idempotent=True,
    may_fail=(404,),
)  # fmt: skip
def register_project(request: HttpRequest, npp: NPPPath, body: ProjectIn, why: Purpose = "") -> Any:
    """Register a project: a bill with a code for each term."""
    asked = _project(request, npp, body, why, "file")
    return projects.register(project=asked, by=actor(request), on=clock.today(), why=why)


@operation(router, "GET", "/employers/{npp}/projects", needs=WHO, out=list[ProjectRow], may_fail=(404,))  # type: ignore[valid-type]
def list_projects(request: HttpRequest, npp: NPPPath, why: Purpose = "", limit: inputs.Limit = 100) -> Any:
    """A firm's projects, newest first."""
    return nouns.projects(employer=firms.find(actor=actor(request), npp=npp, why=why), limit=limit)


@operation(router, "GET", "/projects/{number}", needs=WHO, out=ProjectView, may_fail=(404,))
def project(request: HttpRequest, number: NumberPath, why: Purpose = "") -> Any:
    """A project: terms, instalments with codes, articles, and what is not certain about them."""
    return projects.view(number=number, by=actor(request), why=why)


@operation(router, "GET", "/projects/{number}/workers", needs=WHO, out=list[ProjectWorker], may_fail=(404,))  # type: ignore[valid-type]
def project_people(
    request: HttpRequest, number: NumberPath, why: Purpose = "", after: inputs.After = 0, limit: inputs.Limit = 100
) -> Any:
    """Who works on a project, masked; `after` is the last id seen."""
    return workers.workers(number=number, by=actor(request), why=why, after=after, limit=limit)


@operation(router, "POST", "/projects/{number}/workers", needs=WHO, out=PutOn, idempotent=True, may_fail=(404,))
def add_project_people(request: HttpRequest, number: NumberPath, body: ProjectPeople, why: Purpose = "") -> Any:
    """Put people on a project: rows that can be read come in, the others are told with their reason."""
    text = "\n".join(
        ";".join([one.nik, _plain(one.name), _plain(one.job), _day(one.from_day), _day(one.until_day)])
        for one in body.people
    )
    return workers.add_typed(number=number, text=text, by=actor(request), on=clock.today(), why=why)


def _project(request: HttpRequest, npp: str, body: ProjectIn, why: str, what: str) -> nouns.NewProject:
    employer = firms.find(actor=actor(request), npp=npp, what=what, why=why)
    return nouns.NewProject(employer=employer, **body.model_dump())


def _plain(text: str) -> str:
    """What would read as the end of a cell is a space."""
    return " ".join(text.replace(";", " ").replace('"', " ").split())


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
