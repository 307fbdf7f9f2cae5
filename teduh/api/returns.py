"""The monthly wage return for payroll software: checked, filed, said to be nil, corrected, and read for ever after."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Query, Router, UploadedFile
from pydantic import Field

from teduh.api import firms, inputs, shapes
from teduh.api.door import operation
from teduh.api.firms import WHO, MonthPath, NPPPath, Purpose
from teduh.api.inputs import IdPath
from teduh.api.tokens import actor
from teduh.contributions import wage_queries
from teduh.core import clock
from teduh.employers.models import Cause, Contract, WageType
from teduh.journeys.employers import desk
from teduh.journeys.wages import report, wage_return
from teduh.law.months import Month

router = Router(tags=["wage returns"])
shapes.PLAIN[report.ProgrammeTotal] = shapes.of(report.ProgrammeTotal, also=(("to_pay", int),))
ReturnReport = shapes.of(report.ReturnReport)
Filed = shapes.of(report.Filed, omit=("report",))
Version = shapes.of(report.Version)
LinePage = shapes.of(report.LinePage)
DraftPage = shapes.of(report.DraftPage)
FindingPage = shapes.of(report.FindingPage)
OriginalRow = shapes.of(report.OriginalRow)
ReturnMonth = shapes.of(desk.MonthRow)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
Pay = Annotated[int, Field(ge=0, le=inputs.MOST_RUPIAH, strict=True)]
AfterRow = Annotated[int | None, Query(ge=0, le=inputs.MOST_ID, description="`after` of the page before.")]


class WageRow(inputs.In):
    """One worker's month. Who is known may be named by member number alone; a new one by NIK, name and birth date."""

    nik: Annotated[str, Field(pattern=r"^([0-9]{16})?$")] = ""
    member_number: Annotated[str, Field(pattern=r"^([0-9]{11})?$")] = ""
    name: inputs.text(120) = ""  # type: ignore[valid-type]
    birth_date: dt.date | None = None
    sex: Literal["M", "F"] | None = None
    phone: inputs.text(20) = ""  # type: ignore[valid-type]
    worker_number: inputs.text(30) = Field(default="", description="The firm's own number.")  # type: ignore[valid-type]
    worksite: Annotated[int, Field(ge=1, le=100_000)] | None = None
    started_on: dt.date | None = None
    ended_on: dt.date | None = Field(default=None, description="The last day of work, if he left; with a cause.")
    cause: Literal[tuple(Cause.values)] | None = None  # type: ignore[valid-type]
    wage_type: Literal[tuple(WageType.values)] | None = None  # type: ignore[valid-type]
    pay: Pay | None = Field(default=None, description="Whole rupiah: a month's wage, a day's, or as `wage_type` says.")
    allowances: Pay | None = Field(default=None, description="Fixed ones; they count as wage.")
    variable: Pay | None = Field(default=None, description="What varies; it does not count.")
    contract: Literal[tuple(Contract.values)] | None = None  # type: ignore[valid-type]
    contract_until: dt.date | None = None
    citizenship: inputs.text(40) = ""  # type: ignore[valid-type]
    withdrawn: bool = Field(default=False, description="In a correction: this worker did not belong on the return.")


class WageRows(inputs.In):
    rows: Annotated[list[WageRow], Field(min_length=1, max_length=MOST_ROWS)]
    only_changes: bool = Field(
        default=False, description="For a month that was filed: these rows only, all others stay as they are."
    )


class Filing(inputs.In):
    without_stopped: bool = Field(default=False, description="File the others where some rows cannot be filed.")


class Nil(inputs.In):
    why: inputs.Why


class Discarded(shapes.Out):
    discarded: bool = True


class LineStep(shapes.Out):
    """A rule that was applied, in order."""

    rule: str
    id: str
    en: str
    citation: list[str]


class LineWhy(shapes.Out):
    """Why a line comes to what it does. `billed` by column; `agrees`: today's rulebook says the same."""

    line: int
    wage: int
    billed: dict[str, int]
    amounts: dict[str, int]
    agrees: bool
    rulebook: str
    steps: list[LineStep]
    basis: dict[str, Any]


@operation(router, "GET", "/employers/{npp}/returns", needs=WHO, out=list[ReturnMonth], may_fail=(404,))  # type: ignore[valid-type]
def list_return_months(
    request: HttpRequest, npp: NPPPath, why: Purpose = "", limit: Annotated[int, Query(ge=1, le=120)] = 24
) -> Any:
    """Month by month, newest first: what was filed last, what is in hand, what is due or late."""
    employer = firms.find(actor=actor(request), npp=npp, why=why)
    return desk.months(employer=employer, on=clock.today(), limit=limit)


@operation(router, "GET", "/employers/{npp}/returns/{month}", needs=WHO, out=list[Version], may_fail=(404,))  # type: ignore[valid-type]
def list_return_versions(request: HttpRequest, npp: NPPPath, month: MonthPath, why: Purpose = "") -> Any:
    """Every version that was filed for a month, with its bill."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, why=why)
    return wage_return.versions(employer=employer, month=Month.parse(month), by=who, why=why)


@operation(
    router, "POST", "/employers/{npp}/returns/{month}/check", needs=WHO, out=ReturnReport, status=201, idempotent=True,
    may_fail=(404,), example={"rows": [{"member_number": "26000000017", "pay": 3_150_000}]},
)  # fmt: skip
def check_return(request: HttpRequest, npp: NPPPath, month: MonthPath, body: WageRows, why: Purpose = "") -> Any:
    """Check a month's rows: every amount, what changed, what to mend. Nothing is filed.

    For a month that was filed it is a correction: only what is different becomes a line. Above 2 MB, send a file.
    """
    who, asked = actor(request), Month.parse(month)
    employer = firms.find(actor=who, npp=npp, what="prepare", why=why)
    content = wage_return.typed(employer=employer, month=asked, rows=[_typed(row) for row in body.rows])
    return _check(request, employer, asked, content, f"api-{month}.csv", "api", why, only_changes=body.only_changes)


@operation(
    router, "POST", "/employers/{npp}/returns/{month}/upload", needs=WHO, out=ReturnReport, status=201,
    idempotent=True, may_fail=(404,),
)  # fmt: skip
def upload_return(
    request: HttpRequest, npp: NPPPath, month: MonthPath,
    file: Annotated[UploadedFile, File(description="CSV, XLSX, XLS or ODS with any titles, at most 25 MB.")],
    why: Purpose = "",
) -> Any:  # fmt: skip
    """Check a month's file as the firm keeps it. Nothing is filed."""
    employer = firms.find(actor=actor(request), npp=npp, what="prepare", why=why)
    name = inputs.storable(file.name or "upah")[:200]
    return _check(request, employer, Month.parse(month), file.read(), name, "file", why)


@operation(
    router, "POST", "/employers/{npp}/returns/{month}/nil", needs=WHO, out=Filed, idempotent=True, may_fail=(404, 409)
)
def file_nil_return(request: HttpRequest, npp: NPPPath, month: MonthPath, body: Nil, why: Purpose = "") -> Any:
    """Nobody was paid in this month; said, so that no reminder comes."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what="file", why=why)
    return wage_return.nil(
        employer=employer, month=Month.parse(month), why=body.why, by=who, on=clock.today(), at=clock.now()
    )


@operation(router, "GET", "/employers/{npp}/returns/{month}/template", needs=WHO, out=None, media=XLSX, may_fail=(404,))
def return_template(request: HttpRequest, npp: NPPPath, month: MonthPath, why: Purpose = "") -> Any:
    """An empty sheet (XLSX) with the columns and how to fill them."""
    firms.find(actor=actor(request), npp=npp, why=why)
    return _sheet(wage_return.template(month=Month.parse(month)), f"laporan-upah-{month}.xlsx")


@operation(
    router, "GET", "/employers/{npp}/returns/{month}/prefilled", needs=WHO, out=None, media=XLSX, may_fail=(404,)
)
def prefilled_return(request: HttpRequest, npp: NPPPath, month: MonthPath, why: Purpose = "") -> Any:
    """Last month's workers and wages (XLSX), ready to be changed and sent."""
    who = actor(request)
    employer = firms.find(actor=who, npp=npp, what="prepare", why=why)
    made = wage_return.prefilled(employer=employer, month=Month.parse(month), by=who, on=clock.today())
    return _sheet(made, f"laporan-upah-{npp}-{month}.xlsx")


@operation(router, "GET", "/returns/{id}", needs=WHO, out=ReturnReport, may_fail=(404,))
def return_report(request: HttpRequest, id: IdPath, why: Purpose = "") -> Any:
    """The report of a check, or of a filed return, read again from its file."""
    firms.wage_return(actor=actor(request), id=id, why=why)
    return wage_return.report(wage_return=id, by=actor(request), on=clock.today(), why=why)


@operation(router, "POST", "/returns/{id}/file", needs=WHO, out=Filed, idempotent=True, may_fail=(404,))
def file_return(request: HttpRequest, id: IdPath, body: Filing, why: Purpose = "") -> Any:
    """File a checked return: workers, versions, one bill. Filed already, it gives the same answer."""
    firms.wage_return(actor=actor(request), id=id, what="file", why=why)
    return wage_return.file(
        wage_return=id, by=actor(request), on=clock.today(), at=clock.now(), without_stopped=body.without_stopped,
        why=why,
    )  # fmt: skip


@operation(router, "POST", "/returns/{id}/discard", needs=WHO, out=Discarded, idempotent=True, may_fail=(404,))
def discard_return(request: HttpRequest, id: IdPath, why: Purpose = "") -> Any:
    """Throw a checked return away; nothing of it was filed."""
    firms.wage_return(actor=actor(request), id=id, what="prepare", why=why)
    wage_return.discard(wage_return=id, by=actor(request), on=clock.today(), why=why)
    return Discarded()


@operation(router, "GET", "/returns/{id}/drafts", needs=WHO, out=DraftPage, may_fail=(404,))
def return_drafts(
    request: HttpRequest, id: IdPath, why: Purpose = "", after: inputs.After = 0, limit: inputs.Limit = 100
) -> Any:
    """A checked return's lines as they would be filed, a page at a time."""
    firms.wage_return(actor=actor(request), id=id, why=why)
    return wage_return.drafts(wage_return=id, by=actor(request), on=clock.today(), after=after, limit=limit, why=why)


@operation(router, "GET", "/returns/{id}/findings", needs=WHO, out=FindingPage, may_fail=(404,))
def return_findings(
    request: HttpRequest, id: IdPath, why: Purpose = "", after: inputs.After = 0, limit: inputs.Limit = 100
) -> Any:
    """Everything worth saying about a return's rows, a page at a time."""
    firms.wage_return(actor=actor(request), id=id, why=why)
    return wage_return.findings(wage_return=id, by=actor(request), on=clock.today(), after=after, limit=limit, why=why)


@operation(router, "GET", "/returns/{id}/sheet", needs=WHO, out=None, media=XLSX, may_fail=(404,))
def return_sheet(request: HttpRequest, id: IdPath, why: Purpose = "") -> Any:
    """The file as it came (XLSX), with what came of each row and what to mend beside it."""
    firms.wage_return(actor=actor(request), id=id, what="prepare", why=why)
    return _sheet(wage_return.mended_sheet(wage_return=id, by=actor(request)), f"perbaikan-{id}.xlsx")


@operation(router, "GET", "/returns/{id}/lines", needs=WHO, out=LinePage, may_fail=(404,))
def return_lines(
    request: HttpRequest, id: IdPath, why: Purpose = "", search: firms.Sought = "", after: AfterRow = None,
    limit: inputs.Limit = 100,
) -> Any:  # fmt: skip
    """A filed return's lines, masked, each with its amounts and what is paid."""
    firms.wage_return(actor=actor(request), id=id, why=why)
    return wage_return.lines(wage_return=id, by=actor(request), why=why, search=search, after=after, limit=limit)


@operation(router, "GET", "/returns/{id}/lines/{line}/why", needs=WHO, out=LineWhy, may_fail=(404,))
def return_line_why(request: HttpRequest, id: IdPath, line: IdPath, why: Purpose = "") -> Any:
    """Why a line's contributions come to what they do: rules, values and articles, as billed and as of today."""
    firms.wage_return(actor=actor(request), id=id, why=why)
    firms.require_line(wage_return=id, line=line)
    found = wage_queries.explain(line=line)
    return {
        "line": found.line, "wage": found.wage, "billed": found.billed, "amounts": found.amounts,
        "agrees": found.agrees, "rulebook": found.rulebook, "basis": found.basis,
        "steps": found.today.as_dict()["steps"],
    }  # fmt: skip


@operation(router, "GET", "/returns/{id}/lines/{line}/original", needs=WHO, out=OriginalRow, may_fail=(404,))
def return_line_original(request: HttpRequest, id: IdPath, line: IdPath, why: Purpose = "") -> Any:
    """The row of the employer's own file that a line came from, cell by cell."""
    firms.wage_return(actor=actor(request), id=id, why=why)
    firms.require_line(wage_return=id, line=line)
    return wage_return.original_row(line=line, by=actor(request), why=why)


def _check(
    request: HttpRequest, employer: int, month: Month, content: bytes, name: str, source: str, why: str, *,
    only_changes: bool | None = None,
) -> report.ReturnReport:  # fmt: skip
    return wage_return.check(
        employer=employer, month=month, content=content, name=name, source=source, by=actor(request),
        on=clock.today(), at=clock.now(), why=why, only_changes=only_changes,
    )  # fmt: skip


def _typed(row: WageRow) -> report.TypedRow:
    def word(value: Any) -> str:
        if value is None or value is False:
            return ""
        return "ya" if value is True else value.isoformat() if isinstance(value, dt.date) else str(value)

    return report.TypedRow(**{name: word(value) for name, value in row.model_dump().items()})


def _sheet(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
