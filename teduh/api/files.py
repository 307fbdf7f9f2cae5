"""Files of people: handed in, read row by row, enrolled as one, given back with what to mend."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Query, Router, UploadedFile
from pydantic import AfterValidator, Field

from teduh.api import inputs, shapes
from teduh.api.door import operation
from teduh.api.inputs import IdPath, storable
from teduh.api.tokens import actor
from teduh.core import clock, jobs
from teduh.core.text import Text
from teduh.journeys.joining import enrol_file
from teduh.registry.sheets.findings import Finding

router = Router(tags=["files"])
shapes.PLAIN[Finding] = shapes.of(
    Finding, omit=("words",), also=(("level", str), ("what", Text), ("then", Text | None), ("label", Text))
)
FileReport = shapes.of(enrol_file.FileReport, also=(("people", int), ("usable", int)))
FileLine = shapes.of(enrol_file.FileLine)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WHO = ("upload", "enrol")
Sheet = Annotated[str, Form(max_length=100, pattern=r"^[^\u0000]*$"), AfterValidator(storable)]
RowStates = Literal["ready", "warned", "known", "repeated", "mend", "blank", "enrolled"]


class FileDefaults(inputs.In):
    """What is said of the whole file: it holds where a row says nothing."""

    region: Annotated[str, Field(pattern=r"^([0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?)?$")] = ""
    occupation: inputs.text(40) = ""  # type: ignore[valid-type]
    income: Annotated[int, Field(ge=0, le=10**11)] | None = None
    group: inputs.Ident | None = None
    consent: bool = Field(default=False, description="All of them agreed to membership and the identity check.")


@operation(router, "POST", "", needs=WHO, out=FileReport, status=201, idempotent=True, may_fail=(404,))
def upload_file(
    request: HttpRequest,
    file: Annotated[UploadedFile, File(description="CSV, XLSX, XLS or ODS, at most 20 MB.")],
    defaults: Form[FileDefaults],
    sheet: Sheet = "",
) -> Any:
    """Check a file of people row by row; nobody is enrolled yet. The same bytes are the same file."""
    given = enrol_file.Defaults(
        region=defaults.region or None, occupation=defaults.occupation or None, income=defaults.income,
        group=defaults.group, consent=("membership", "identity") if defaults.consent else (),
    )  # fmt: skip
    return enrol_file.check(
        content=file.read(), name=storable(file.name or "berkas"), by=actor(request), on=clock.today(), defaults=given,
        sheet=sheet or None,
    )  # fmt: skip


@operation(router, "GET", "", needs=WHO, out=list[FileLine])
def list_files(request: HttpRequest, limit: inputs.Limit = 50) -> Any:
    """The files that this account handed in, the latest first."""
    return enrol_file.files(by=actor(request), limit=limit)


@operation(router, "GET", "/{id}", needs=WHO, out=FileReport, may_fail=(404,))
def file_report(
    request: HttpRequest,
    id: IdPath,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    only: Annotated[list[RowStates], Query(max_length=7)] = [],  # noqa: B006 (read, never changed)
) -> Any:
    """A file's report, a page of its rows at a time; rows to be mended come first."""
    return enrol_file.show(file=id, by=actor(request), page=page, only=only)


@operation(router, "POST", "/{id}/commit", needs=WHO, out=FileReport, idempotent=True, may_fail=(404,))
def commit_file(request: HttpRequest, id: IdPath) -> Any:
    """Enrol the rows that are ready, all or none. A file that was enrolled already is only shown again."""
    report = enrol_file.commit(file=id, by=actor(request), on=clock.today(), at=clock.now())
    jobs.soon("ask_civil_registry", at=clock.now())
    return report


@operation(router, "GET", "/{id}/sheet", needs=WHO, out=None, media=XLSX, may_fail=(404,))
def file_sheet(request: HttpRequest, id: IdPath, language: Literal["id", "en"] = "id") -> Any:
    """The original as XLSX, with what came of each row and what to mend beside it."""
    sheet = enrol_file.mended_sheet(file=id, by=actor(request), language=language)
    answer = HttpResponse(sheet, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="teduh-{id}.xlsx"'
    return answer
