"""What the check of a return found, before anything is filed: totals, what changed, rows to mend; then it is filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers.returns.labels import LABELS
from teduh.journeys.wages import wage_return
from teduh.journeys.wages.report import ReturnReport, RowFinding
from teduh.portals import doors, employer_door, employer_returns
from teduh.portals.employer_door import Here
from teduh.portals.templatetags.words import language

#: Of one kind of finding so many rows are shown; the sheet to mend has all of them.
SHOWN = 20
SEVERITIES = ("stop", "warn", "note")
COLUMNS = (
    ("JKK.employer", Text("JKK", "JKK")),
    ("JKM.employer", Text("JKM", "JKM")),
    ("JHT.employer", Text("JHT usaha", "JHT employer")),
    ("JHT.worker", Text("JHT pekerja", "JHT worker")),
    ("JP.employer", Text("JP usaha", "JP employer")),
    ("JP.worker", Text("JP pekerja", "JP worker")),
)
KINDS = (
    ("missing", Text("Hilang dari laporan", "Missing from the return"), "bad"),
    ("suspicious", Text("Janggal", "Strange"), "careful"),
    ("joined", Text("Pekerja baru", "New workers"), ""),
    ("left", Text("Keluar", "Left"), ""),
    ("down", Text("Upah turun", "Wage lower"), "careful"),
    ("up", Text("Upah naik", "Wage higher"), ""),
    ("same", Text("Tetap", "The same"), ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All rows that need the same thing: what it is, how many, and the first of them."""

    severity: str
    code: str
    text: Text
    count: int
    alike: bool
    rows: tuple[RowFinding, ...]


def groups(report: ReturnReport) -> tuple[Group, ...]:
    """Findings by what to do, those that stop the return first, then the most frequent."""
    by_code: dict[tuple[str, str], list[RowFinding]] = {}
    for one in report.findings:
        by_code.setdefault((one.severity, one.code), []).append(one)
    made = [
        Group(severity=severity, code=code, text=rows[0].text, count=report.counts.get(code, len(rows)),
              alike=len({one.text for one in rows}) == 1, rows=tuple(rows[:SHOWN]))
        for (severity, code), rows in by_code.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: (SEVERITIES.index(one.severity), -one.count)))


def columns(lines: Sequence[Any]) -> list[tuple[str, Text]]:
    """The columns of which any line has an amount."""
    return [(key, name) for key, name in COLUMNS if any(line.amounts.get(key) for line in lines)]


@employer_door.firm()
def check(request: HttpRequest, here: Here, wage_return_id: int) -> HttpResponse:
    """The report; a POST files it, with or without the rows that cannot be filed."""
    if request.method == "POST" and request.POST.get("do") in ("file", "file_without"):
        return _file(request, here, wage_return_id, without=request.POST["do"] == "file_without")
    report = _report(here, wage_return_id)
    if report.state == "filed":
        return redirect("employer_filed", here.id, wage_return_id)
    return _page(request, here, report)


def _report(here: Here, wage_return_id: int) -> ReturnReport:
    report = wage_return.report(wage_return=wage_return_id, by=here.who, on=clock.today(), why=here.why)
    if report.employer != here.id:
        raise employer_returns.no_return()
    return report


def _page(request: HttpRequest, here: Here, report: ReturnReport, refused: Refused | None = None) -> HttpResponse:
    found = groups(report)
    stops = report.stopped
    shown: dict[str, Any] = {
        "report": report, "groups": [one for one in found if one.severity != "note"], "stops": stops,
        "notes": [one for one in found if one.severity == "note"], "labels": LABELS,
        "month": report.month, "refused": refused,
        "warns": sum(one.count for one in found if one.severity == "warn"),
        "difference": [(code, name, tone, getattr(report.difference, code)) for code, name, tone in KINDS]
        if report.difference.against else [],
        "columns": columns(report.lines),
        "sum_employer": sum(one.employer for one in report.totals),
        "sum_worker": sum(one.worker for one in report.totals),
        "late": clock.today() > report.due_on,
        "read_as": [(title, LABELS.get(name, name)) for _, title, name in report.understood.get("columns", ())],
    }  # fmt: skip
    return employer_door.page(request, here, "check", shown, status=refused.status if refused else 200)


def _file(request: HttpRequest, here: Here, wage_return_id: int, *, without: bool) -> HttpResponse:
    _report_is_ours(here, wage_return_id)
    try:
        filed = wage_return.file(
            wage_return=wage_return_id, by=here.who, on=clock.today(), at=clock.now(), without_stopped=without,
            why=here.why,
        )  # fmt: skip
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        return _page(request, here, _report(here, wage_return_id), refused)
    doors.say(
        request, f"Terkirim: {filed.workers} pekerja, versi {filed.version}.",
        f"Filed: {filed.workers} workers, version {filed.version}.",
    )  # fmt: skip
    return redirect("employer_filed", here.id, filed.wage_return)


def _report_is_ours(here: Here, wage_return_id: int) -> None:
    """The address names a firm; the return must be that firm's."""
    employer_returns.month_of(here, wage_return_id)


@employer_door.firm("prepare")
def discard(request: HttpRequest, here: Here, wage_return_id: int) -> HttpResponse:
    """Throw a checked return away; nothing of it was filed."""
    _report_is_ours(here, wage_return_id)
    if request.method != "POST":
        return redirect("employer_check", here.id, wage_return_id)
    wage_return.discard(wage_return=wage_return_id, by=here.who, on=clock.today(), why=here.why)
    doors.say(request, "Dibuang. Tidak ada yang dilaporkan.", "Discarded. Nothing was filed.")
    return redirect("employer_returns", here.id)


@employer_door.firm()
def mended(request: HttpRequest, here: Here, wage_return_id: int) -> HttpResponse:
    """The file as it came, with what to mend beside each row."""
    _report_is_ours(here, wage_return_id)
    content = wage_return.mended_sheet(
        wage_return=wage_return_id, by=here.who, on=clock.today(), why=here.why, language=language()
    )
    return employer_returns.sheet(content, f"perbaikan-{wage_return_id}.xlsx")
