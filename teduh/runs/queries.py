"""How the runs went: for each of the calendar, when it was last done and whether it failed since."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection

from teduh.runs.calendar import CALENDAR, Run

LAST = """
SELECT job.task_name, max(event.at) FILTER (WHERE event.type = 'succeeded'),
    max(event.at) FILTER (WHERE event.type = 'failed')
FROM procrastinate_jobs AS job JOIN procrastinate_events AS event ON event.job_id = job.id
WHERE job.task_name = ANY(%s) GROUP BY job.task_name
"""
JOBS = """
SELECT count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()),
    count(*) FILTER (WHERE status = 'doing'), count(*) FILTER (WHERE status = 'failed')
FROM procrastinate_jobs
"""


@dataclass(frozen=True, kw_only=True)
class Went:
    """A run of the calendar, and how it went last."""

    run: Run
    done_at: dt.datetime | None
    failed_at: dt.datetime | None

    @property
    def is_well(self) -> bool:
        return self.failed_at is None or (self.done_at is not None and self.done_at > self.failed_at)


@dataclass(frozen=True, kw_only=True)
class Jobs:
    """What is in the queue: due now, being done, and failed in the last weeks."""

    due: int
    doing: int
    failed: int


def calendar() -> list[Went]:
    """Every run of the calendar."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [[f"teduh.runs.{name}" for name in CALENDAR]])
        last = {name.rpartition(".")[2]: (done, failed) for name, done, failed in cursor.fetchall()}
    return [
        Went(run=run, done_at=last.get(name, (None, None))[0], failed_at=last.get(name, (None, None))[1])
        for name, run in CALENDAR.items()
    ]


def jobs() -> Jobs:
    """The queue as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(JOBS)
        due, doing, failed = cursor.fetchone()
    return Jobs(due=due, doing=doing, failed=failed)
