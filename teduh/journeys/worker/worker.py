"""A wage earner and what his employers report and pay for him: his months, the way of his money, and being told.

Filing and settling call `tell_filed` and `tell_paid`: they leave one job behind, and the telling happens after commit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from teduh.core import jobs
from teduh.journeys.worker.months import Job, JobMonth, Share, Wages, family, jobs_of, months
from teduh.journeys.worker.row import Cell, file_row
from teduh.journeys.worker.trail import Trail, trail
from teduh.journeys.worker.why import Why, explain

__all__ = [
    "Cell", "Job", "JobMonth", "Share", "Trail", "Wages", "Why", "explain", "family", "file_row", "jobs_of", "months",
    "tell_filed", "tell_paid", "trail",
]  # fmt: skip


def tell_filed(*, wage_return: int, at: dt.datetime) -> None:
    """Have everybody on this return told after the commit; one job, however many workers."""
    jobs.once("tell_filed", wage_return=wage_return)


def tell_paid(*, bill: int = 0, bills: Collection[int] = (), at: dt.datetime | None = None) -> None:
    """Have everybody told for whom payments of these bills settled something; one job, however many there are."""
    if asked := sorted({*bills, *([bill] if bill else [])}):
        jobs.once("tell_paid", bills=asked)
