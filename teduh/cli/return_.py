"""`teduh return`: the monthly wage return from a shell, also for payroll scripts: check a sheet, file it, show it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from teduh.cli.employer import AS, LANG, actor, find, said
from teduh.cli.enrol import Words
from teduh.contributions import bills
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text, rupiah
from teduh.journeys.wages import wage_return
from teduh.journeys.wages.report import Filed, ReturnReport, RowFinding
from teduh.law.months import Month
from teduh.security.access import Actor

SHOWN = 10
TO_MEND = 3
WHY = "teduh return"
SEVERITY = {
    "stop": Text("tidak dapat dilaporkan", "cannot be filed"),
    "warn": Text("periksa", "look at it"),
    "note": Text("catatan", "note"),
}
GROUPS = (
    ("joined", Text("baru", "new")), ("left", Text("keluar", "left")), ("up", Text("upah naik", "wage higher")),
    ("down", Text("upah turun", "wage lower")), ("same", Text("tetap", "the same")),
    ("missing", Text("hilang dari laporan", "missing from the return")), ("suspicious", Text("janggal", "strange")),
)  # fmt: skip


class MonthType(click.ParamType):
    """A month as people type it for machines: 2026-10."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        try:
            return value if isinstance(value, Month) else Month.parse(value)
        except (TypeError, ValueError):
            self.fail(f"{value!r}: 2026-10", param, ctx)


SHEET = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
NPP = click.option("--employer", "npp", metavar="NPP", required=True, help="The employer's registration number.")
MONTH = click.option("--month", type=MonthType(), required=True, help="The month of the wages, such as 2026-10.")
PURPOSE = click.option("--why", default=WHY, show_default=True, help="Why you do it; kept in the audit.")
JSON = click.option("--json", "as_json", is_flag=True, help="The answer as JSON, for programs.")


@click.group
def command() -> None:
    """The monthly wage return: check a sheet, file it, read what was filed."""


@command.command
@SHEET
@NPP
@MONTH
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path),
              help="Where the sheet with what to mend goes [only if named].")  # fmt: skip
@PURPOSE
@JSON
@AS
@LANG
def check(
    file: Path, npp: str, month: Month, report: Path | None, why: str, as_json: bool, username: str | None, lang: str
) -> None:  # fmt: skip
    """Check a sheet (CSV, XLSX, XLS, ODS) of a month's wages. Nothing is filed.

    Says what it would cost by programme, what changed since the month before, and what must be mended in which row.

    Exit code 0: it may be filed. 3: rows must be mended first. 1: refused. 2: wrong options.
    """
    say = Words(lang)
    by = actor(username, say)
    found = _asked(lambda: _check(file, npp, month, by, why), say)
    if report:
        report.write_bytes(_asked(lambda: wage_return.mended_sheet(wage_return=found.wage_return, by=by), say))
    _tell(found, say, as_json)
    if not found.may_file:
        sys.exit(TO_MEND)


@command.command("file")
@SHEET
@NPP
@MONTH
@click.option("--yes", is_flag=True, help="File without asking.")
@click.option("--without-stopped", is_flag=True, help="File the others where some rows cannot be filed.")
@PURPOSE
@JSON
@AS
@LANG
def file_(
    file: Path, npp: str, month: Month, yes: bool, without_stopped: bool, why: str, as_json: bool,
    username: str | None, lang: str,
) -> None:  # fmt: skip
    """Check a sheet and file it: a version of the month, and one bill with its code.

    The same sheet filed again gives the same answer. Another sheet for a filed month is a correction.
    """
    say = Words(lang)
    by = actor(username, say)
    found = _asked(lambda: _check(file, npp, month, by, why), say)
    if not as_json:
        _tell(found, say, as_json)
    if found.state != "filed" and not found.may_file and not (without_stopped and found.workers):
        sys.exit(TO_MEND)
    question = say(f"Laporkan {found.workers:,} pekerja?", f"File {found.workers:,} workers?")
    if found.state != "filed" and not yes and not click.confirm(question, default=False):
        return
    filed = _asked(
        lambda: wage_return.file(
            wage_return=found.wage_return, by=by, on=clock.today(), at=clock.now(), without_stopped=without_stopped,
            why=why,
        ),
        say,
    )  # fmt: skip
    _filed(filed, say, as_json)


@command.command
@NPP
@MONTH
@PURPOSE
@AS
@LANG
def show(npp: str, month: Month, why: str, username: str | None, lang: str) -> None:
    """What was filed for a month, every version with its bill."""
    say = Words(lang)
    by = actor(username, say)
    versions = _asked(lambda: wage_return.versions(employer=find(npp), month=month, by=by, why=why), say)
    if not versions:
        click.echo(say(f"{month}: belum dilaporkan.", f"{month}: not reported yet."))
        sys.exit(TO_MEND)
    for one in versions:
        told = say(
            f"{one.workers:,} pekerja, upah {rupiah(one.wages)}", f"{one.workers:,} workers, wages {rupiah(one.wages)}"
        )
        click.echo(f"{say('versi', 'version')} {one.version} ({one.filed_on:%d-%m-%Y}): {told}")
        _bill(one.bill, say)


def _check(file: Path, npp: str, month: Month, by: Actor, why: str) -> ReturnReport:
    return wage_return.check(
        employer=find(npp), month=month, content=file.read_bytes(), name=file.name, by=by, on=clock.today(),
        at=clock.now(), why=why,
    )  # fmt: skip


def _asked(do: Any, say: Words) -> Any:
    """What it answers; a refusal is said in the language that was chosen."""
    try:
        return do()
    except Refused as refused:
        raise click.ClickException(said(refused, say)) from refused


def _tell(found: ReturnReport, say: Words, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_plain(found), ensure_ascii=False))
        return
    click.echo(f"{found.npp}  {found.employer_name}  {found.month}")
    if found.state == "filed":
        click.echo(say("Berkas ini sudah dilaporkan.", "This file was filed already."))
    click.echo(
        say(
            f"{found.workers:,} pekerja, upah {rupiah(found.wages)}",
            f"{found.workers:,} workers, wages {rupiah(found.wages)}",
        )
    )
    for one in found.totals:
        shares = say(f"pemberi kerja {rupiah(one.employer)}, pekerja {rupiah(one.worker)}",
                     f"employer {rupiah(one.employer)}, workers {rupiah(one.worker)}")  # fmt: skip
        click.echo(f"  {one.programme:<4} {rupiah(one.to_pay):>18}  {shares}")
    click.echo(say(f"Harus dibayar {rupiah(found.to_pay)}, paling lambat {found.due_on:%d-%m-%Y}",
                   f"To pay {rupiah(found.to_pay)} by {found.due_on:%d-%m-%Y}"))  # fmt: skip
    _difference(found, say)
    _findings(found.findings, found.severities, say)
    if found.why_not and found.state != "filed":
        click.echo(say(found.why_not))


def _difference(found: ReturnReport, say: Words) -> None:
    if found.difference.against is None:
        return
    parts = [
        f"{say(name)} {group.people:,}" for key, name in GROUPS if (group := getattr(found.difference, key)).people
    ]
    against = say(f"Dibanding {found.difference.against}", f"Against {found.difference.against}")
    click.echo(f"{against}: {', '.join(parts)}")


def _findings(findings: tuple[RowFinding, ...], severities: Any, say: Words) -> None:
    for severity, name in SEVERITY.items():
        mine = [one for one in findings if one.severity == severity]
        if not mine:
            continue
        click.echo(f"{severities.get(severity, len(mine)):>7,}  {say(name)}")
        for one in mine[:SHOWN]:
            where = say(f"baris {one.number}: ", f"row {one.number}: ") if one.number else ""
            click.echo(f"         {where}{say(one.text)}{' ' + say(one.then) if one.then else ''}")


def _filed(filed: Filed, say: Words, as_json: bool) -> None:
    if as_json:
        row = bills.bill(id=filed.bill, on=clock.today()) if filed.bill else None
        click.echo(json.dumps({
            "wage_return": filed.wage_return, "version": filed.version, "workers": filed.workers,
            "bill": row.number if row else None, "code": row.code if row else None, "amount": filed.bill_amount,
            "credit": filed.credit, "left_out": filed.left_out,
        }))  # fmt: skip
        return
    click.echo(say(f"Dilaporkan: versi {filed.version}, {filed.workers:,} pekerja.",
                   f"Filed: version {filed.version}, {filed.workers:,} workers."))  # fmt: skip
    if filed.left_out:
        click.echo(say(f"{filed.left_out:,} baris tidak ikut.", f"{filed.left_out:,} rows were left out."))
    if filed.credit:
        click.echo(say(f"Kelebihan {rupiah(filed.credit)} mengurangi tagihan berikutnya.",
                       f"{rupiah(filed.credit)} too much nets the next bills."))  # fmt: skip
    _bill(filed.bill, say)


def _bill(bill: int | None, say: Words) -> None:
    row = bills.bill(id=bill, on=clock.today()) if bill else None
    if row is None:
        click.echo(say("  tidak ada tagihan", "  no bill"))
        return
    left = say(f"sisa {rupiah(row.remaining)}", f"left {rupiah(row.remaining)}")
    click.echo(f"  {say('tagihan', 'bill')} {row.number}, {say('kode', 'code')} {row.code}: {rupiah(row.amount)}, "
               f"{say(row.state_name)}, {left}")  # fmt: skip


def _plain(found: ReturnReport) -> dict[str, Any]:
    return {
        "wage_return": found.wage_return, "npp": found.npp, "month": str(found.month), "kind": found.kind,
        "state": found.state, "may_file": found.may_file, "workers": found.workers, "wages": found.wages,
        "to_pay": found.to_pay, "due_on": found.due_on.isoformat(), "stopped": found.stopped,
        "totals": {one.programme: {"employer": one.employer, "worker": one.worker} for one in found.totals},
        "counts": dict(found.counts),
        "findings": [
            {"row": one.number, "severity": one.severity, "code": one.code, "field": one.field, **one.text.as_dict()}
            for one in found.findings
        ],
    }  # fmt: skip
