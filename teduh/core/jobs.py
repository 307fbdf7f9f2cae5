"""Wants a run of the calendar sooner than its time, or a task of its own, by name: the job is stored with the caller's
transaction, or not.

It knows no run. Whoever calls it waits for nothing; if it is missed, the calendar comes round anyway.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def soon(run: str, *, at: dt.datetime) -> bool:
    """Have this run done as soon as a worker is free; whether it did not wait to be done already."""
    return _defer(run, run, timestamp=int(at.timestamp()))


def once(task: str, **given: int | str | list[int]) -> bool:
    """Have this task done for what is given, after the commit; whether it did not wait to be done already."""
    told = hashlib.sha256(repr(sorted(given.items())).encode()).hexdigest()[:32]
    return _defer(task, f"{task}:{told}", **given)


def _defer(name: str, lock: str, **given: int | str | list[int]) -> bool:
    job = app.configure_task(f"teduh.runs.{name}", queue="runs", queueing_lock=lock)
    try:
        with transaction.atomic():
            job.defer(**given)
    except AlreadyEnqueued:
        return False
    return True
