"""`teduh work`: the worker that does the runs of the calendar and whatever was queued."""

from __future__ import annotations

import asyncio

import click
from procrastinate.contrib.django import app


@click.command
@click.option("--at-once", default=2, show_default=True, type=click.IntRange(1, 32), help="Jobs done at the same time.")
@click.option("--until-idle", is_flag=True, help="Do what is waiting, then stop.")
def command(at_once: int, until_idle: bool) -> None:
    """Do what is due: seal the audit, ask the civil registry again, tidy up.

    Several workers may run; each job is done by one of them. `teduh runs` shows what was done and what waits.
    """
    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        asyncio.run(_work(worker, at_once, until_idle))


async def _work(app, at_once: int, until_idle: bool) -> None:  # type: ignore[no-untyped-def]
    async with app.open_async():
        await app.run_worker_async(
            concurrency=at_once,
            wait=not until_idle,
            shutdown_graceful_timeout=8,
            listen_notify=not until_idle,
        )
