"""The operator's and the planner's pages of national runs: how far they are, stop and go on, and what they found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from teduh.core import jobs
from teduh.core.text import Text
from teduh.national import report, shelf
from teduh.portals import actor, charts, doors
from teduh.portals.templatetags.words import thousands
from teduh.security import actions as audit

#: The total a kind's charts are drawn from, and whether it is money.
MAIN = {
    "assess": ("total", True), "standing": ("protected", False), "accrue": ("earned", True),
    "pension": ("formula", True), "replay": ("difference", True), "what_if": ("member_then", True),
    "savings": ("opening", True), "wages": ("", False),
}  # fmt: skip
UNITS = ((10**12, Text("triliun", "trillion")), (10**9, Text("miliar", "billion")), (10**6, Text("juta", "million")))


@require_safe
@doors.door("runs")
def listed(request: HttpRequest) -> HttpResponse:
    """All runs on this machine's shelf."""
    found = shelf.runs(settings.DATA_DIR)
    return render(
        request, "nation/list.html", {"runs": found, "is_moving": any(one.state == "running" for one in found)}
    )


@require_safe
@doors.door("runs")
def one(request: HttpRequest, name: str) -> HttpResponse:
    """A run: how far it is, or what it found, split by who people are, beside the month before."""
    kept = shelf.one(settings.DATA_DIR, name)
    told: dict[str, Any] = {"run": kept}
    if kept.manifest:
        told |= _found(request, kept)
    return render(request, "nation/run.html", told)


def _found(request: HttpRequest, kept: shelf.Kept) -> dict[str, Any]:
    manifest = kept.manifest or {}
    by = request.GET.get("by", "segment")
    by = by if by in report.dimensions(manifest) else "segment"
    rows = report.rows(manifest, by=by)
    earlier = shelf.before(settings.DATA_DIR, kept)
    return {
        "by": by,
        "dimensions": [(name, report.DIMENSIONS[name]) for name in report.dimensions(manifest)],
        "columns": report.columns(manifest),
        "rows": rows,
        "totals": list(zip(report.columns(manifest), manifest["sums"].values(), strict=True)),
        "checks": report.checks(manifest),
        "chart": mark_safe(_chart(manifest, rows, by)),  # noqa: S308 - drawn here, its words are escaped there
        "winners": mark_safe(_winners(manifest, rows)),  # noqa: S308
        "earlier": earlier,
        "changes": report.changes(manifest, earlier.manifest) if earlier and earlier.manifest else [],
    }


def _chart(manifest: dict[str, Any], rows: list[report.Row], by: str) -> str:
    name, is_money = MAIN.get(manifest["what"], ("", False))
    said = str(report.DIMENSIONS[by])
    if name not in manifest["summed"]:
        return charts.rows([charts.Mark(str(r.name), r.people, thousands(r.people)) for r in rows], says=said)
    at = manifest["summed"].index(name)
    other = manifest["summed"].index("member_now") if manifest["what"] == "what_if" else None
    marks = [
        charts.Mark(str(r.name), r.sums[at], short(r.sums[at], is_money), None if other is None else r.sums[other])
        for r in rows
    ]
    return charts.rows(marks, says=said)


def _winners(manifest: dict[str, Any], rows: list[report.Row]) -> str:
    """Of a scenario: who pays more, the same, or less."""
    if manifest["what"] != "what_if":
        return ""
    more, less = (manifest["summed"].index(name) for name in ("pays_more", "pays_less"))
    marks = [(str(r.name), r.sums[more], r.people - r.sums[more] - r.sums[less], r.sums[less]) for r in rows]
    return charts.winners(
        marks, says=str(Text("Membayar lebih banyak, sama, lebih sedikit", "Pays more, the same, less"))
    )


def short(number: int, is_money: bool) -> str:
    """`Rp1,2 triliun`: a large number in the reader's words."""
    sign, size = ("−" if number < 0 else ""), abs(number)
    for unit, word in UNITS:
        if size >= unit:
            tenths = f"{size * 10 // unit / 10:,.1f}"
            said = f"{tenths if str(word) == word.en else tenths.translate(str.maketrans('.,', ',.'))} {word}"
            break
    else:
        said = thousands(size)
    return f"{sign}{'Rp' if is_money else ''}{said}"


@require_POST
@doors.door("runs")
def stop(request: HttpRequest, name: str) -> HttpResponse:
    """Ask a run to stop after the shards in hand."""
    shelf.stop(settings.DATA_DIR, name)
    audit.record(by=actor.of(request), action="nation.stop", subjects=[f"run:{name}"])
    doors.say(
        request, "Diminta berhenti; yang sudah selesai tetap tersimpan.", "Asked to stop; what is finished stays."
    )
    return redirect("nation_run", name=name)


@require_POST
@doors.door("runs")
def go_on(request: HttpRequest, name: str) -> HttpResponse:
    """Have what is left of a run done by the worker."""
    kept = shelf.one(settings.DATA_DIR, name)
    jobs.once("nation_go_on", kept=kept.name)
    audit.record(by=actor.of(request), action="nation.go_on", subjects=[f"run:{name}"])
    doors.say(request, "Dilanjutkan sebentar lagi.", "It goes on in a moment.")
    return redirect("nation_run", name=name)
