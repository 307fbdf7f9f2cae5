"""`teduh doctor`: looks at everything that can be out of order, and says what to do about what is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from teduh.cli import district, migrate
from teduh.core import clock
from teduh.law import rulebook
from teduh.ledger import queries as ledger
from teduh.registry.models import Region
from teduh.runs import queries as runs
from teduh.security import seals

MANY_DUE = 1000


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: in order or not, and what to do if not."""

    what: str
    is_well: bool = True
    then: str = ""


def look() -> Iterator[Finding]:
    """Everything, in the order in which one thing rests on another."""
    for part in (_database, _tables, _keys, _reference, _books, _audit, _queue, _law):
        try:
            yield from part()
        except Exception as error:
            yield Finding(
                f"{part.__name__.strip('_')}: {error}", False, "Mend this first; what follows may rest on it."
            )


def _database() -> Iterator[Finding]:
    where = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "embedded"
    yield Finding(f"PostgreSQL {migrate.server_version()} ({where}), data folder {settings.DATA_DIR}")


def _tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield Finding(
        f"{len(missing)} migrations are missing" if missing else "tables are up to date",
        not missing,
        "Run: teduh migrate",
    )


def _keys() -> Iterator[Finding]:
    district.check_keys()
    folder = settings.DATA_DIR / "keys"
    if folder.exists():
        closed = not folder.stat().st_mode & 0o077
        yield Finding(
            f"keys open the data; {folder} is {'closed' if closed else 'open'} to others",
            closed,
            f"Run: chmod 700 {folder}",
        )


def _reference() -> Iterator[Finding]:
    count = Region.objects.count()
    yield Finding(f"{count:,} regions", count > 0, "Run: teduh migrate")


def _books() -> Iterator[Finding]:
    trial = ledger.trial_balance(on=clock.today())
    for fund in trial.funds:
        if not fund.balanced:
            yield Finding(
                f"fund {fund.fund} is out of balance by {fund.debit - fund.credit}", False, "Run: teduh books check"
            )
    wrong = ledger.check(on=clock.today())
    for finding in wrong:
        yield Finding(f"books: {finding.what.en} ({finding.amount})", False, "Run: teduh books check")
    if not wrong:
        yield Finding(f"books balance: {', '.join(fund.fund for fund in trial.funds)}")


def _audit() -> Iterator[Finding]:
    found = seals.verify()
    yield Finding(
        f"audit: {found.links} links over {found.events:,} events hold, {found.unsealed:,} wait for the next seal"
        if found.holds
        else f"audit: {found.why}",
        found.holds,
        "Keep a copy of the database as it is, then find out who could write to it: teduh audit verify",
    )


def _queue() -> Iterator[Finding]:
    now = runs.jobs()
    yield Finding(f"queue: {now.due} due, {now.doing} being done", now.due < MANY_DUE, "Is `teduh work` running?")
    for went in runs.calendar():
        if not went.is_well:
            yield Finding(
                f"run {went.run.name} failed last time", False, "Read logs/runs.log, then: teduh work --until-idle"
            )


def _law() -> Iterator[Finding]:
    yield Finding(f"rulebook {rulebook.version()}")


@click.command
def command() -> None:
    """Is everything in order? Exit code 1 if something is not."""
    tell: dict[bool, Callable[[Finding], str]] = {
        True: lambda finding: f"  ok    {finding.what}",
        False: lambda finding: f"  WRONG {finding.what}\n        {finding.then}",
    }
    wrong = 0
    for finding in look():
        wrong += not finding.is_well
        click.echo(tell[finding.is_well](finding))
    click.echo(f"\n{wrong} to mend" if wrong else "\nEverything is in order.")
    sys.exit(1 if wrong else 0)
