"""`teduh national`: the law over everyone, as runs over a snapshot that can be stopped, repeated and compared."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from teduh.cli.simulate import MonthType
from teduh.law.messages import RulebookError
from teduh.law.months import Month

MONTH = click.option("--month", type=MonthType(), required=True, help="The month asked about, as 2026-04.")
SNAPSHOT = click.option("--snapshot", "source", required=True, help="Where the snapshot is: a folder, or s3://…")
OUT = click.option("--out", "target", required=True, help="Where the results go: a folder, or s3://…")
WORKERS = click.option("--workers", type=click.IntRange(1), help="Processes (this machine's cores unless named).")
ENGINE = click.option(
    "--engine", type=click.Choice(("local", "spark")), default="local", show_default=True,
    help="Whose cores: this machine's, or a Spark cluster's (pip install teduh[cluster]).",
)  # fmt: skip
MASTER = click.option("--master", help="The cluster's address for --engine spark; local[*] unless named.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")


@click.group("national")
def command() -> None:
    """The law over everyone: snapshot or simulate, then assess, accrue, standing, pension, replay, what-if.

    A run is a pure function of the snapshot, the rulebook and what is asked. Killed or stopped, it is simply asked for
    again: finished shards are found by their stamp. Progress is in run.json beside the results, for whoever watches.
    """


def runs(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every run has."""
    for option in reversed((SNAPSHOT, OUT, MONTH, WORKERS, ENGINE, MASTER, JSON)):
        function = option(function)
    return function


def go(kind: str, *, source: str, target: str, month: Month, workers: int | None, engine: str, master: str | None,
       as_json: bool, values: dict[str, Any] | None = None) -> None:  # fmt: skip
    """Run it and say what came out."""
    from teduh.national import run
    from teduh.national.job import Asked

    source, target = (str(Path(at).absolute()) if "://" not in at else at for at in (source, target))
    try:
        manifest = run.start(
            Asked(kind=kind, month=month, values=values or {}), source=source, target=target,
            engine=_engine(engine, workers, master), progress=None if as_json else _progress,
        )  # fmt: skip
    except run.Stopped:
        raise click.ClickException("Stopped; what was finished stays. Run the same command to go on.") from None
    except RulebookError as error:
        raise click.ClickException(error.en) from error
    _say(manifest, target, as_json)


def _engine(name: str, workers: int | None, master: str | None) -> Any:
    from teduh.national import run

    if name == "local":
        return run.local(workers)
    from teduh.national import cluster

    return cluster.spark(master=master)


def _progress(now: Any) -> None:
    left = "" if now.left is None else f", {now.left:,.0f} s left"
    end = "\n" if now.shards == now.of_shards else ""
    click.echo(f"\r{now.rows:>13,} of {now.of:,} rows, {now.rate:,.0f} a second{left}   {end}", nl=False, err=True)


def _say(manifest: dict[str, Any], target: str, as_json: bool) -> None:
    from teduh.national import report

    checks = report.checks(manifest)
    if as_json:
        said = {name: manifest[name] for name in ("what", "asked", "rows", "checksum", "sums", "rulebook")}
        said["checks"] = [{"what": c.what.en, "holds": c.holds, "detail": c.detail.en} for c in checks]
        click.echo(json.dumps(said))
    else:
        for name, words in zip(manifest["summed"], report.columns(manifest), strict=True):
            click.echo(f"{words.en:60}{manifest['sums'][name]:>24,}")
        for check in checks:
            click.echo(f"{'ok ' if check.holds else 'NO '} {check.what.en}: {check.detail.en}")
        click.echo(
            f"{manifest['rows']:,} rows, checksum {manifest['checksum']}, rulebook {manifest['rulebook']}\n{target}"
        )
    if not all(check.holds for check in checks):
        sys.exit(1)


@command.command()
@runs
def assess(**options: Any) -> None:
    """What everyone owes for a month, per programme and share."""
    go("assess", **options)


@command.command()
@runs
def standing(**options: Any) -> None:
    """Until when everyone is protected, and what holds at the end of a month."""
    go("standing", **options)


@command.command()
@runs
@click.option("--rate", help="The year's declared return in percent, where the rulebook holds none (as a scenario).")
def accrue(rate: str | None, **options: Any) -> None:
    """A year's return on JHT accounts, to the rupiah. The snapshot holds accounts; --month is the year's December."""
    from teduh.law import rulebook

    try:
        number = (
            rulebook.number(rate, "percent") if rate else rulebook.in_force("jht_return_rate", options["month"]).number
        )
    except RulebookError as error:
        raise click.ClickException(f"{error.en}\nName it: --rate 5.5") from error
    except (ValueError, ArithmeticError):
        raise click.BadParameter(f"{rate!r} is no percentage; write it as 5.63", param_hint="--rate") from None
    go("accrue", values={"rate": number, "declared": not rate}, **options)


@command.command()
@runs
def pension(**options: Any) -> None:
    """JP from wage histories: months paid, the formula, its limits, and what pension age would give."""
    go("pension", **options)


@command.command("what-if")
@runs
@click.option("--scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
              help="An approved scenario: TOML, see docs/national.md.")  # fmt: skip
def what_if(scenario: Path, **options: Any) -> None:
    """Everyone under a changed law beside today's: contributions, cover, benefits; winners and losers."""
    from teduh.law import scenarios
    from teduh.national import incomes, what_if

    try:
        read = scenarios.read(scenario.read_text("utf-8"))
    except RulebookError as error:
        raise click.ClickException(error.en) from error
    found = what_if.deciles(incomes.counted(options["source"]))
    go("what_if", values={"scenario": read.text, "deciles": found, "title": read.title._asdict()}, **options)


@command.command()
@runs
def savings(**options: Any) -> None:
    """JHT accounts of synthetic people at the beginning of --month's year, with the year's credits."""
    go("savings", **options)


@command.command()
@runs
def wages(**options: Any) -> None:
    """Wage histories of synthetic people up to --month."""
    go("wages", **options)


@command.command()
@runs
@click.option("--scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Replay under this changed law instead, to see what a replay notices.")  # fmt: skip
@click.option("--first", default=20, show_default=True, type=click.IntRange(0), help="How many differences to show.")
def replay(scenario: Path | None, first: int, **options: Any) -> None:
    """A past month again under the law of that time, over a snapshot of what was booked (--what booked)."""
    text = scenario.read_text("utf-8") if scenario else None
    try:
        go("replay", values={"scenario": text} if text else {}, **options)
    finally:
        if not options["as_json"]:
            _say_differences(options["target"], first)


def _say_differences(target: str, first: int) -> None:
    from teduh.national import replay, run

    if (run.state(target) or {}).get("state") != "finished":
        return
    found = replay.differences(target, limit=first)
    click.echo("No row differs." if not found else f"The first {len(found)} rows that differ:")
    for one in found:
        shares = ", ".join(f"{name} booked {was:,} now {now:,}" for name, (was, now) in one.shares.items())
        facts = ", ".join(f"{name} {value:,}" for name, value in one.facts.items())
        click.echo(f"{one.row}: {shares} ({facts})")


def needs_database(part: click.Command) -> click.Command:
    """The command with Django and a database that answers; the others here need neither."""
    from teduh.cli import ground

    standing = ground.stand(part)
    inner = standing.invoke

    def invoke(ctx: click.Context) -> Any:
        ground.prepare()
        return inner(ctx)

    standing.invoke = invoke  # type: ignore[method-assign]
    command.add_command(standing)
    return standing


AS = click.option("--as", "account", help="The account that does this; its name goes into the audit.")


@needs_database
@click.command()
@click.option("--what", type=click.Choice(("people", "savings", "wages", "booked")), default="people",
              show_default=True, help="Members; JHT accounts; wages JP was paid for; what was booked.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(("%Y-%m-%d",)), help="The day whose state is wanted (today unless named).")
@click.option("--month", type=MonthType(), help="The month asked about (that day's unless named).")
@click.option("--out", "target", required=True, help="Where it goes: a folder, or s3://…")
@click.option("--shard-rows", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows of a file.")
@AS
def snapshot(what: str, as_of: dt.datetime | None, month: Month | None, target: str, shard_rows: int,
             account: str | None) -> None:  # fmt: skip
    """Read everyone out of the database, as Parquet, at one moment. No name, no NIK: a surrogate key for each row.

    The same again is found; interrupted, it is made anew. Nothing else is ever written over.
    """
    from teduh.core import clock
    from teduh.journeys.nation import snapshots

    day = as_of.date() if as_of else clock.today()
    made = snapshots.snapshot(
        what=what, as_of=day, month=month or Month.of(day), target=target, by=_actor(account), shard_rows=shard_rows,
        progress=lambda rows: click.echo(f"\r{rows:>13,} rows ", nl=False, err=True),
    )  # fmt: skip
    click.echo(f"\n{made['rows']:,} rows in {len(made['shards'])} files, checksum {made['checksum']}\n{target}")


@needs_database
@click.command()
@click.argument("key", type=int)
@click.option("--why", required=True, help="For what the key is opened; it goes into the audit.")
@AS
def who(key: int, why: str, account: str | None) -> None:
    """What the surrogate KEY of a snapshot or result stands for, for a stated purpose."""
    from teduh.journeys.nation import snapshots

    kind, row = snapshots.behind(key=key, by=_actor(account), why=why)
    click.echo(f"{kind} {row}")


@needs_database
@click.command()
@click.argument("target")
@click.option("--why", default="", help="What the booking rests on, for a proposal.")
@click.option("--approve", is_flag=True, help="Approve what another account proposed, and book it.")
@click.option("--reject", is_flag=True, help="Reject what another account proposed.")
@AS
def book(target: str, why: str, approve: bool, reject: bool, account: str | None) -> None:
    """Put the results at TARGET into the database: what everyone owes, or the year's return on savings.

    Returns are money: one account proposes (--as, --why), another approves. Killed, the same command goes on; done
    again, nothing changes.
    """
    from teduh.core import clock
    from teduh.journeys.nation import booking

    by, on = _actor(account), clock.today()
    target = target if "://" in target else str(Path(target).resolve())
    if approve or reject:
        waits = booking.waiting(target=target, by=by)
        decide = booking.approve if approve else booking.reject
        row = decide(booking=waits.id, by=by, on=on, why=why)
    elif why:
        row = booking.propose(target=target, by=by, on=on, why=why)
    if reject or (why and not approve):
        click.echo(f"Booking {row.id} is {row.state}: {row.kind} {row.month}, {row.amount:,} rupiah, {row.rows:,} rows")
        return
    row = booking.book(
        target=target, by=by, on=on, at=clock.now(),
        progress=lambda done, of: click.echo(f"\r{done:,} of {of:,} pieces ", nl=False, err=True),
    )  # fmt: skip
    click.echo(
        f"\nBooking {row.id} is {row.state}: {row.kind} {row.month}, {row.amount:,} rupiah in {row.pieces} pieces"
    )


def _actor(account: str | None) -> Any:
    """The account that is named; otherwise the machine itself."""
    from teduh.security import access
    from teduh.security.models import User

    if account is None:
        return access.SYSTEM
    found = User.objects.filter(username=account, is_active=True).first()
    if found is None:
        raise click.BadParameter("there is no such account", param_hint="--as")
    return access.actor_of(found)


@command.command()
@click.argument("target")
def stop(target: str) -> None:
    """Ask the run whose results go to TARGET to stop after the shards in hand."""
    from teduh.national import run

    run.stop(target)
    click.echo("Asked to stop. Run the same command to go on.")


@command.command()
@click.argument("target")
def status(target: str) -> None:
    """How far the run whose results go to TARGET is."""
    from teduh.national import run

    state = run.state(target)
    if state is None:
        raise click.ClickException(f"No run was started at {target}.")
    if state["state"] == "running" and not _lives(state["pid"]):
        state["state"] = "killed; run the same command to go on"
    click.echo(json.dumps(state, indent=1))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (OSError, ProcessLookupError):
        return False
    return True


@command.command()
@click.argument("target")
@click.argument("row", type=int)
@click.option(
    "--lang", type=click.Choice(("id", "en")), default="id", show_default=True, help="Language of the answer."
)
def explain(target: str, row: int, lang: str) -> None:
    """Why the person with surrogate key ROW owes what the assessment at TARGET says: every rule, article and value."""
    from teduh.cli import trace
    from teduh.national import picked

    found = picked.explain(target=target, row=row)
    click.echo(trace.text(found.assessment, lang=lang))
    click.echo(f"\n{found.total:,} = {found.assessment.total:,}")
