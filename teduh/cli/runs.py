"""`teduh runs`: the calendar, and how each run went."""

from __future__ import annotations

import click

from teduh.core.clock import JAKARTA
from teduh.runs import queries


@click.command
def command() -> None:
    """What runs by itself, when, what it does, what happens if it is missed, and how it went last."""
    for went in queries.calendar():
        run = went.run
        last = f"last done {went.done_at.astimezone(JAKARTA):%Y-%m-%d %H:%M}" if went.done_at else "not done yet"
        failed = (
            f"; FAILED {went.failed_at.astimezone(JAKARTA):%Y-%m-%d %H:%M}"
            if went.failed_at and not went.is_well
            else ""
        )
        click.echo(f"{run.name}: {run.when.en}, {last}{failed}")
        click.echo(f"    {run.what.en} If missed: {run.missed.en}")
    now = queries.jobs()
    click.echo(f"queue: {now.due} due, {now.doing} being done, {now.failed} failed")
