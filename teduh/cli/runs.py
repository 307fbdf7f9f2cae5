"""`teduh runs`: the calendar, and how each run went."""

from __future__ import annotations

import datetime as dt

import click

from teduh.core import clock
from teduh.core.clock import JAKARTA
from teduh.outreach import queries as messages
from teduh.runs import queries

WEEK = dt.timedelta(days=7)


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
    told = messages.counts(since=clock.now() - WEEK)
    went = ", ".join(f"{c.count} {c.channel} {c.state}{f' ({c.error})' if c.error else ''}" for c in told.deliveries)
    click.echo(f"messages: {told.to_lay_out + told.waiting} wait; of the last 7 days {went or 'none'}")
    click.echo(f"queue: {now.due} due, {now.doing} being done, {now.failed} failed")
