"""`teduh migrants lists`, `differences` and `export`: what agencies and missions send, and our side for them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from teduh.cli.employer import AS, LANG, actor
from teduh.cli.enrol import Words
from teduh.cli.migrants_words import PURPOSE, Day, asked, body_of
from teduh.core import clock
from teduh.journeys.migrants import differences, lists
from teduh.migrants.models import DifferenceKind, ListPurpose

SHOWN = 20
TO_MEND = 3


@click.group("lists")
def lists_() -> None:
    """Lists of agencies and missions: check, commit, an empty template."""


@lists_.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", metavar="CODE", required=True, help="Whose list it is.")
@click.option("--purpose", type=click.Choice(ListPurpose.values), default="enter", show_default=True,
              help="enter: register these people; compare: put it beside ours.")  # fmt: skip
@click.option("--as-of", "day", type=Day(), help="The day of which the list speaks [today].")
@click.option("--whole", is_flag=True, help="It holds everybody whom the sender has.")
@click.option("--report", "sheet", type=click.Path(dir_okay=False, path_type=Path),
              help="Where the sheet with what to mend goes [only if named].")  # fmt: skip
@PURPOSE
@AS
@LANG
def check(file: Path, organisation: str, purpose: str, day: dt.date | None, whole: bool, sheet: Path | None, why: str,
          username: str | None, lang: str) -> None:  # fmt: skip
    """Check a list (CSV, XLSX, XLS, ODS) row by row. Nobody is registered, no difference is kept.

    Exit code 0: it may be committed. 3: rows must be mended. 1: refused. 2: wrong options.
    """
    say = Words(lang)
    by = actor(username, say)
    found = asked(
        lambda: lists.check(
            organisation=body_of(organisation), purpose=purpose, content=file.read_bytes(), name=file.name,
            as_of=day or clock.today(), whole=whole, by=by, on=clock.today(), at=clock.now(), why=why,
        ),
        say,
    )  # fmt: skip
    if sheet:
        sheet.write_bytes(asked(lambda: lists.mended_sheet(list=found.list, by=by, language=lang, why=why), say))
    _tell(found, say)
    if found.stopped or not found.may_commit:
        sys.exit(TO_MEND)


@lists_.command
@click.argument("number", type=int)
@click.option("--without-stopped", is_flag=True, help="Do the others where some rows must be mended.")
@PURPOSE
@AS
@LANG
def commit(number: int, without_stopped: bool, why: str, username: str | None, lang: str) -> None:
    """Do what was checked (NUMBER is of `check`): register, or keep the differences. Twice is once."""
    say = Words(lang)
    done = asked(
        lambda: lists.commit(list=number, by=actor(username, say), on=clock.today(), at=clock.now(),
                             without_stopped=without_stopped, why=why),
        say,
    )  # fmt: skip
    numbers = {"entered": done.entered, "known": done.known, "mend": done.mend}
    _counts(numbers)
    _counts(done.differences)


@lists_.command
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--purpose", type=click.Choice(ListPurpose.values), default="enter", show_default=True, help="For what.")
@LANG
def template(file: Path, purpose: str, lang: str) -> None:
    """Write an empty list (XLSX) with its columns and how to fill them."""
    file.write_bytes(asked(lambda: lists.template(purpose=purpose, language=lang), Words(lang)))
    click.echo(file)


@click.command("differences")
@click.option("--kind", type=click.Choice(DifferenceKind.values), default=None, help="Of this kind alone.")
@click.option("--organisation", metavar="CODE", help="Of this sender alone.")
@click.option("--settle", "number", type=int, help="Decide this one, with --how.")
@click.option("--how", type=click.Choice(["theirs", "ours", "same", "other", "noted"]), help="How it is decided.")
@click.option("--note", default="", help="In your own words.")
@PURPOSE
@AS
@LANG
def differences_(kind: str | None, organisation: str | None, number: int | None, how: str | None, note: str, why: str,
                 username: str | None, lang: str) -> None:  # fmt: skip
    """What a sender's list and our register say differently; with --settle and --how one is decided."""
    say = Words(lang)
    by = actor(username, say)
    if (number is None) != (how is None):
        raise click.UsageError(say("--settle dan --how bersama-sama", "--settle and --how go together"))
    if number is not None:
        done = asked(lambda: differences.settle(difference=number, how=how or "", by=by, on=clock.today(),
                                                at=clock.now(), note=note, why=why), say)  # fmt: skip
        _differences([done], say)
        return
    sender = asked(lambda: body_of(organisation) if organisation else None, say)
    found = asked(lambda: differences.open_(by=by, kind=kind or "", organisation=sender, why=why), say)
    _differences(found.rows, say)
    _counts(found.counts)


@click.command
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@PURPOSE
@AS
@LANG
def export(code: str, file: Path, why: str, username: str | None, lang: str) -> None:
    """Write our side for a sender (CODE) into FILE (.csv, or .xlsx for people): its people, agreements, paid until."""
    say = Words(lang)
    kind = "xlsx" if file.suffix.lower() == ".xlsx" else "csv"
    content = asked(lambda: differences.export(organisation=body_of(code), on=clock.today(), by=actor(username, say),
                                               kind=kind, language=lang, why=why), say)  # fmt: skip
    file.write_bytes(content)
    click.echo(f"{file}  {len(content):,} B")


def _tell(found: Any, say: Words) -> None:
    told = say(f"Daftar {found.list}: {found.rows:,} baris", f"List {found.list}: {found.rows:,} rows")
    click.echo(f"{told}, {found.organisation_name}, {found.purpose}, {found.as_of:%d-%m-%Y}")
    _counts(found.counts)
    _counts(found.differences)
    for one in found.findings[:SHOWN]:
        where = say(f"baris {one.number}", f"row {one.number}")
        then = f" {say(one.then)}" if one.then else ""
        click.echo(f"  {one.severity:<5} {where}: {say(one.text)}{then}")
    if found.why_not:
        click.echo(say(found.why_not))


def _counts(counts: dict[str, int]) -> None:
    if counts:
        click.echo("  " + "  ".join(f"{name} {count:,}" for name, count in counts.items()))


def _differences(rows: Sequence[Any], say: Words) -> None:
    for one in rows:
        click.echo(f"{one.id:>6}  {say(one.kind_name):<34} {one.who}  {one.number}  {one.state}")
        for label, value in one.ours:
            click.echo(f"          {say('kami', 'ours')}: {say(label)} {say(value)}")
        for label, value in one.theirs:
            click.echo(f"          {say('mereka', 'theirs')}: {say(label)} {say(value)}")
