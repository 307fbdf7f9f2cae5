"""A filed return: receipt and bill, its workers page by page, why each line costs what it does, downloads."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from teduh.contributions import wage_queries
from teduh.core import clock
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.journeys.employers import desk
from teduh.journeys.wages import line_sheet, wage_return
from teduh.journeys.wages.report import OriginalRow
from teduh.portals import employer_bills, employer_check, employer_door, employer_returns
from teduh.portals.employer_door import Here

PAGE = 50


@employer_door.firm()
def filed(request: HttpRequest, here: Here, wage_return_id: int) -> HttpResponse:
    """The receipt of a version: how many, how much, the bill; then the lines, searchable."""
    version, versions = _version(here, wage_return_id)
    month = employer_returns.month_of(here, wage_return_id)
    sought = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    after = request.GET.get("after", "")
    lines = wage_return.lines(
        wage_return=wage_return_id, by=here.who, why=here.why, search=sought, limit=PAGE,
        after=int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None,
    )  # fmt: skip
    shown: dict[str, Any] = {
        "v": version, "month": month, "versions": versions, "lines": lines.lines, "after": lines.after,
        "sought": sought, "columns": employer_check.columns(lines.lines), "is_last": version == versions[-1],
        "last": versions[-1],
    }  # fmt: skip
    asked = desk.bill(employer=here.id, id=version.bill, on=clock.today()) if version.bill else None
    shown |= employer_bills.paying(here, asked) if asked else {}
    return employer_door.page(request, here, "filed", shown)


def _version(here: Here, wage_return_id: int) -> tuple[Any, tuple[Any, ...]]:
    month = employer_returns.month_of(here, wage_return_id)
    versions = wage_return.versions(employer=here.id, month=month, by=here.who, why=here.why)
    for one in versions:
        if one.wage_return == wage_return_id:
            return one, tuple(sorted(versions, key=lambda v: v.version))
    raise not_found(Text("Laporan ini tidak ditemukan.", "There is no such return."))


@employer_door.firm()
def line(request: HttpRequest, here: Here, line: int) -> HttpResponse:
    """One worker's line: what was reported, what it costs and by which rules, and on request how the file had it."""
    where = desk.line(line=line)
    if where is None or where.employer != here.id:
        raise employer_returns.no_return()
    page = wage_return.lines(wage_return=where.wage_return, by=here.who, after=line - 1, limit=1, why=here.why)
    told = wage_queries.explain(line=line)
    shown = {
        "line": page.lines[0], "month": where.month, "wage_return_id": where.wage_return, "a": told.today.as_dict(),
        "told": told, "row": _original(here, line) if "row" in request.GET else None,
    }  # fmt: skip
    return employer_door.page(request, here, "line", shown)


def _original(here: Here, line: int) -> OriginalRow | None:
    """How the employer's own file had it; a line that a correction took over is in the file before."""
    try:
        return wage_return.original_row(line=line, by=here.who, why=here.why)
    except Refused as refused:
        if refused.code != "not_found":
            raise
    return None


@employer_door.firm()
def download(request: HttpRequest, here: Here, wage_return_id: int, kind: str) -> HttpResponse:
    """All lines with every amount, as a sheet."""
    version, _ = _version(here, wage_return_id)
    name = f"laporan-{here.npp}-{employer_returns.month_of(here, wage_return_id)}-v{version.version}"
    make = line_sheet.xlsx if kind == "xlsx" else line_sheet.csv
    content = make(wage_return=wage_return_id, by=here.who, why=here.why)
    return employer_returns.sheet(content, f"{name}.{kind}", employer_returns.TYPES[kind])
