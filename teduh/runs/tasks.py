"""The runs as procrastinate tasks. A run is a door: it reads the clock, opens the transaction, and decides nothing.

Every run may be repeated at any time without doing anything twice.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from procrastinate import RetryStrategy, exceptions
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from teduh.core import clock
from teduh.law.months import Month
from teduh.runs.calendar import CALENDAR
from teduh.security import seals
from teduh.security.access import SYSTEM

#: A job that has been “doing” for so long belongs to a process that died.
STALLED_SECONDS = 300
KEEP_JOBS_HOURS = 30 * 24
KEEP_ANSWERS = dt.timedelta(days=7)
KEEP_UNNAMED = dt.timedelta(days=30)
#: A quick civil registry is asked about a file of 10,000 people in one run; otherwise the next run goes on.
ASK_AT_ONCE, ASK_ROUNDS, ASK_SECONDS = 200, 50, 100
#: A task that failed is tried again, each time later.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
#: Messages are sent until none is due, but not for longer than this in one run.
SEND_SECONDS = 100


def run(function: Callable[[int], None]) -> Callable[[int], None]:
    """A task of the calendar, deferred when its time comes; one at a time waits, however often it was missed."""
    name = function.__name__
    task = app.task(name=f"teduh.runs.{name}", queue="runs", queueing_lock=name)(function)
    return app.periodic(cron=CALENDAR[name].cron, periodic_id=name)(task)


@run
def seal_audit(timestamp: int) -> None:
    with transaction.atomic():
        seals.seal()


@run
def ask_civil_registry(timestamp: int) -> None:
    from teduh.journeys.joining import identity

    until = time.monotonic() + ASK_SECONDS
    for _ in range(ASK_ROUNDS):
        asked = identity.retry(on=clock.today(), at=clock.now(), limit=ASK_AT_ONCE)
        if asked.asked < ASK_AT_ONCE or not asked.is_answered or time.monotonic() > until:
            return


@run
def send_messages(timestamp: int) -> None:
    from teduh.journeys import messages

    until = time.monotonic() + SEND_SECONDS
    while time.monotonic() < until:
        done = messages.send_due(at=clock.now())
        if not done.laid_out and not done.tried:
            return


@run
def remind(timestamp: int) -> None:
    from teduh.journeys import reminders

    reminders.remind(on=clock.today(), at=clock.now(), by=SYSTEM)


@run
def remind_migrants(timestamp: int) -> None:
    from teduh.journeys.migrants import reminders

    reminders.remind(on=clock.today(), at=clock.now(), by=SYSTEM)


@run
def tell_overdue_wages(timestamp: int) -> None:
    from teduh.journeys.worker import messages as worker_messages

    worker_messages.overdue(on=clock.today(), by=SYSTEM, at=clock.now())


@app.task(name="teduh.runs.tell_filed", queue="runs", retry=RETRY)
def tell_filed(wage_return: int) -> None:
    """After a wage return was filed: each worker is told what was reported for him."""
    from teduh.journeys.worker import messages as worker_messages

    worker_messages.filed(wage_return=wage_return, by=SYSTEM, on=clock.today(), at=clock.now())


@app.task(name="teduh.runs.tell_paid", queue="runs", retry=RETRY)
def tell_paid(bills: list[int]) -> None:
    """After employers' bills were paid: each worker is told what was paid for him."""
    from teduh.journeys.worker import messages as worker_messages

    for bill in bills:
        worker_messages.paid(bill=bill, by=SYSTEM, at=clock.now())


@app.task(name="teduh.runs.tell_placements_paid", queue="runs", retry=RETRY)
def tell_placements_paid(bills: list[int]) -> None:
    """After migrants' bills were paid: each, and the relatives who pay for him, is told until when he is protected."""
    from teduh.journeys.migrants import reminders

    for bill in bills:
        reminders.paid(bill=bill, at=clock.now(), by=SYSTEM)


@app.task(name="teduh.runs.look_for_doubles", queue="runs", retry=RETRY)
def look_for_doubles(first: int, last: int) -> None:
    """After a list of people was admitted: whether one of them is on record already under another NIK."""
    from teduh.journeys.joining import doubles

    doubles.look(first=first, last=last)


@app.task(name="teduh.runs.nation_go_on", queue="runs", queueing_lock="nation_go_on")
def nation_go_on(kept: str) -> None:
    """What is left of a national run that was stopped or cut off, asked for on its page."""
    from teduh.national import shelf

    shelf.go_on(settings.DATA_DIR, kept)


@run
def nation_month(timestamp: int) -> None:
    from teduh.journeys.nation import calendar
    from teduh.national import shelf

    if settings.NATIONAL:
        last = Month.of(clock.today()).plus(-1)
        calendar.month(of=last, folder=shelf.folder(settings.DATA_DIR), by=SYSTEM)


@run
def nation_year(timestamp: int) -> None:
    from teduh.journeys.nation import calendar
    from teduh.national import shelf

    if settings.NATIONAL:
        on, folder = clock.today(), shelf.folder(settings.DATA_DIR)
        calendar.year(of=on.year - 1, folder=folder, by=SYSTEM, on=on)


@run
def tidy_up(timestamp: int) -> None:
    from teduh.api.models import Answer
    from teduh.journeys.joining import documents

    call_command("clearsessions")
    Answer.objects.filter(at__lt=clock.now() - KEEP_ANSWERS).delete()
    documents.forget_unnamed(before=clock.now() - KEEP_UNNAMED)


@app.periodic(cron=CALENDAR["free_stalled_jobs"].cron, periodic_id="free_stalled_jobs")
@app.task(name="teduh.runs.free_stalled_jobs", queue="runs")
async def free_stalled_jobs(timestamp: int) -> None:
    """Jobs of dead workers are done again (each run is safe to repeat), unless the same job waits already."""
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        try:
            await manager.retry_job(job)
        except exceptions.UniqueViolation:
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)
    await manager.delete_old_jobs(nb_hours=KEEP_JOBS_HOURS, include_failed=True)
