"""Lists of agencies and missions: sent as they are made, checked row by row, done as one; what differs, settled."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Path, Query, Router, UploadedFile
from pydantic import Field

from teduh.api import inputs, migrants_inputs, shapes
from teduh.api.door import operation
from teduh.api.inputs import IdPath
from teduh.api.migrants_inputs import DESKS, Purpose
from teduh.api.tokens import actor
from teduh.core import clock
from teduh.core.errors import not_found
from teduh.journeys.migrants import differences, lists
from teduh.migrants.exchange import disagreements, report
from teduh.migrants.models import DifferenceKind, ListPurpose, RowState
from teduh.security.access import Actor

router = Router(tags=["lists of placements"])
shapes.PLAIN[report.RowFinding] = shapes.of(report.RowFinding, name="PlacementFinding")
PlacementListReport = shapes.of(
    report.ListReport, name="PlacementListReport", omit=("organisation",), also=(("ready", int), ("stopped", int))
)
PlacementListRow = shapes.of(report.ListRow, name="PlacementListRow", omit=("placement",))
PlacementListLine = shapes.of(report.ListLine, name="PlacementListLine", omit=("organisation",))
ListDone = shapes.of(report.Committed, name="PlacementListDone")
Difference = shapes.PLAIN[disagreements.DifferenceView] = shapes.of(
    disagreements.DifferenceView, name="PlacementDifference", omit=("organisation", "placement", "person")
)
DifferencePage = shapes.of(disagreements.Differences, name="PlacementDifferences", also=(("total", int),))
AnyDifference: Any = Literal[("", *DifferenceKind.values)]
OrganisationPath = Annotated[str, Path(pattern=r"^[A-Z0-9-]{3,12}$", examples=["KDEI-TAIPEI"])]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Kind: Any = Literal[tuple(ListPurpose.values)]
States: Any = Literal[tuple(RowState.values)]
AnyKind: Any = Literal[("", *ListPurpose.values)]


class ListSaid(inputs.In):
    """What is said of the list as a whole."""

    organisation: migrants_inputs.OrganisationCode | None = Field(
        default=None, description="Whose list it is; an account of one organisation may leave it out."
    )
    purpose: Kind = Field(default="enter", description="enter: register these people; compare: put it beside ours.")
    as_of: dt.date | None = Field(default=None, description="The day the list speaks of; today.")
    whole: bool = Field(default=False, description="It holds everybody whom the sender has.")


class ListCommit(inputs.In):
    without_stopped: bool = Field(default=False, description="Do the others where some rows must be mended.")


class DifferenceDecision(inputs.In):
    how: Literal["theirs", "ours", "same", "other", "noted"]
    note: inputs.text(500) = ""  # type: ignore[valid-type]


@operation(router, "POST", "/lists", needs=DESKS, out=PlacementListReport, status=201, idempotent=True, may_fail=(404,))
def send_list(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="CSV, XLSX, XLS or ODS as the sender makes it, at most 20 MB.")],
    said: Form[ListSaid],
    why: Purpose = "",
) -> Any:
    """Check a list row by row: nobody is registered, no difference kept. The same bytes of a day are the same list."""
    who, on = actor(request), clock.today()
    return lists.check(
        organisation=_sender(who, said.organisation), purpose=said.purpose, content=file.read(),
        name=inputs.storable(file.name or "daftar"), as_of=said.as_of or on, whole=said.whole, by=who, on=on,
        at=clock.now(), why=why,
    )  # fmt: skip


@operation(router, "GET", "/lists", needs=DESKS, out=list[PlacementListLine])  # type: ignore[valid-type]
def list_lists(
    request: HttpRequest, purpose: Annotated[AnyKind, Query()] = "", limit: inputs.Limit = 50, why: Purpose = ""
) -> Any:
    """The lists of the organisations for which this account acts, the latest first."""
    return lists.lists_of(by=actor(request), purpose=purpose, limit=limit, why=why)


@operation(router, "GET", "/lists/template", needs=DESKS, out=None, media=XLSX)
def list_template(
    request: HttpRequest,
    purpose: Annotated[Kind, Query()] = "enter",
    language: Annotated[Literal["id", "en"], Query()] = "id",
) -> Any:
    """An empty list (XLSX) with its columns and how to fill them."""
    return _file(lists.template(purpose=purpose, language=language), f"daftar-{purpose}.xlsx", XLSX)


@operation(router, "GET", "/lists/{id}", needs=DESKS, out=PlacementListReport, may_fail=(404,))
def list_report(request: HttpRequest, id: IdPath, why: Purpose = "") -> Any:
    """How a list was read, what would come of its rows, and what is to be mended."""
    return lists.report(list=id, by=actor(request), why=why)


@operation(router, "GET", "/lists/{id}/rows", needs=DESKS, out=list[PlacementListRow], may_fail=(404,))  # type: ignore[valid-type]
def list_rows(
    request: HttpRequest,
    id: IdPath,
    only: Annotated[list[States], Query(max_length=8)] = [],  # noqa: B006 (read, never changed)
    after: Annotated[int, Query(ge=0, le=10**6, description="The `number` of the last row seen.")] = 0,
    limit: inputs.Limit = 100,
    why: Purpose = "",
) -> Any:
    """A list's rows in their order, masked, a page at a time."""
    return lists.rows(list=id, by=actor(request), only=only, after=after, limit=limit, why=why)


@operation(router, "GET", "/lists/{id}/sheet", needs=DESKS, out=None, media=XLSX, may_fail=(404,))
def list_sheet(
    request: HttpRequest, id: IdPath, language: Annotated[Literal["id", "en"], Query()] = "id", why: Purpose = ""
) -> Any:
    """The original as XLSX, with what came of each row and what to mend beside it."""
    made = lists.mended_sheet(list=id, by=actor(request), language=language, why=why)
    return _file(made, f"daftar-{id}.xlsx", XLSX)


@operation(router, "POST", "/lists/{id}/commit", needs=DESKS, out=ListDone, idempotent=True, may_fail=(404, 409))
def commit_list(request: HttpRequest, id: IdPath, body: ListCommit, why: Purpose = "") -> Any:
    """Do what was checked, all of it or nothing: register, or keep the differences. Done already, it says so again."""
    return lists.commit(
        list=id, by=actor(request), on=clock.today(), at=clock.now(), without_stopped=body.without_stopped, why=why
    )


@operation(router, "POST", "/lists/{id}/discard", needs=DESKS, out=PlacementListReport, idempotent=True,
           may_fail=(404, 409))  # fmt: skip
def discard_list(request: HttpRequest, id: IdPath, why: Purpose = "") -> Any:
    """Throw a list away that was only checked."""
    return lists.discard(list=id, by=actor(request), why=why)


@operation(router, "GET", "/differences", needs=DESKS, out=DifferencePage)
def list_differences(
    request: HttpRequest, kind: Annotated[AnyDifference, Query()] = "", after: inputs.After = 0,
    limit: inputs.Limit = 50, why: Purpose = "",
) -> Any:  # fmt: skip
    """What a list and our register say differently, not yet decided: field by field, and what may be done about it."""
    return differences.open_(by=actor(request), kind=kind, after=after, limit=limit, why=why)


@operation(
    router, "POST", "/differences/{id}/settle", needs=DESKS, out=Difference, idempotent=True, may_fail=(404, 409),
    example={"how": "noted", "note": "Sudah ditanyakan kepada yang bersangkutan"},
)  # fmt: skip
def settle_difference(request: HttpRequest, id: IdPath, body: DifferenceDecision, why: Purpose = "") -> Any:
    """Decide a difference; `hows` of each says which ways it has. Taking theirs changes the register at once."""
    return differences.settle(
        difference=id, how=body.how, by=actor(request), on=clock.today(), at=clock.now(), note=body.note, why=why
    )


@operation(router, "GET", "/organisations/{code}/export", needs=DESKS, out=None, media="text/csv", may_fail=(404,))
def export_placements(request: HttpRequest, code: OrganisationPath, why: Purpose = "") -> Any:
    """Our side for a sender (CSV): its people, their agreements, and until when each is paid."""
    who = actor(request)
    made = differences.export(organisation=_sender(who, code), on=clock.today(), by=who, why=why)
    return _file(made, f"penempatan-{code}.csv", "text/csv")


def _sender(who: Actor, code: str | None) -> int:
    found = migrants_inputs.organisation(actor=who, code=code)
    if found is None:
        raise not_found(migrants_inputs.NO_ORGANISATION)
    return found


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
