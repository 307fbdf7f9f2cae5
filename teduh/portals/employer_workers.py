"""A firm's workers: the list, and one of them as this firm knows him, with his wages here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from teduh.core import clock
from teduh.employers import queries
from teduh.journeys.worker import seen_by_employer
from teduh.portals import employer_door
from teduh.portals.employer_door import Here

PAGE = 50


@employer_door.firm()
def workers(request: HttpRequest, here: Here) -> HttpResponse:
    """Who works here now, or who left; searched by name, member number or the firm's own number."""
    sought = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    after = request.GET.get("after", "")
    page = queries.workers(
        by=here.who, employer=here.id, on=clock.today(), search=sought, limit=PAGE, why=here.why,
        after=after if len(after) < 120 else "",
    )  # fmt: skip
    shown: dict[str, Any] = {"workers": page.workers, "after": page.after, "sought": sought, "count": page.count}
    return employer_door.page(request, here, "workers", shown)


@employer_door.firm()
def worker(request: HttpRequest, here: Here, employment: int) -> HttpResponse:
    """One worker: what the firm told of him, his wages here, and how it ended if it did."""
    found = seen_by_employer.worker(
        by=here.who, employer=here.id, employment=employment, on=clock.today(), why=here.why
    )
    return employer_door.page(request, here, "worker", {"w": found})
