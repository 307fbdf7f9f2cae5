"""Wants a run of the calendar sooner than its time, by name: the job is stored with the caller's transaction, or not.

It knows no run. Whoever calls it waits for nothing; if it is missed, the calendar comes round anyway.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


def soon(run: str, *, at: dt.datetime) -> bool:
    """Have this run done as soon as a worker is free; whether it did not wait to be done already."""
    job = app.configure_task(f"teduh.runs.{run}", queue="runs", queueing_lock=run)
    try:
        with transaction.atomic():
            job.defer(timestamp=int(at.timestamp()))
    except AlreadyEnqueued:
        return False
    return True
