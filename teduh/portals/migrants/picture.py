"""The picture of migrant workers, for everybody: who is protected, of how many, and what ends."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from teduh.core import clock
from teduh.core.text import Text
from teduh.journeys.migrants import picture as journey
from teduh.portals import actor, charts, doors
from teduh.portals.templatetags.words import thousands

MOST = 12


@doors.door()
def picture(request: HttpRequest) -> HttpResponse:
    """The whole picture, as this reader may see it."""
    who = actor.of(request) if request.user.is_authenticated else None
    found = journey.picture(by=who, on=clock.today())
    provinces = [row for row in found.origins if not row.parent and row.registered != 0]
    regencies = {row.code: [one for one in found.origins if one.parent == row.code] for row in provinces if row.code}
    return render(request, "migrants/picture/picture.html", {
        "found": found, "total": found.total, "destinations": found.destinations,
        "origins": [(row, regencies.get(row.code, [])) for row in provinces], "chart": _shares(found),
        "weeks": _weeks(found), "ending": found.ending,
        "hosts": {row.code: urlsplit(row.estimate_source).hostname for row in found.destinations},
    })  # fmt: skip


def _shares(found: journey.Picture) -> str:
    """Of each destination with an estimate: what was compared, in front of what was estimated."""
    rows = [row for row in found.destinations if row.estimate and row.compared is not None and not row.is_hidden]
    marks = [
        charts.Mark(str(row.name), row.share_permille or 0, percent(row.share_permille or 0), 1000)
        for row in rows[:MOST]
    ]
    says = Text("Bagian yang terlindungi dari perkiraan, menurut negara", "Share protected of the estimate, by country")
    return mark_safe(charts.rows(marks, says=str(says)))  # noqa: S308 - drawn here, its words are escaped there


def _weeks(found: journey.Picture) -> str:
    """How many agreements end in each of the next weeks, all destinations together; "" where they are not shown."""
    weeks: dict[dt.date, int] = {}
    for row in found.ending:
        for week in row.weeks:
            weeks[week.starts] = weeks.get(week.starts, 0) + (week.people or 0)
    marks = [charts.Mark(f"{day:%d-%m-%Y}", n, thousands(n)) for day, n in sorted(weeks.items())]
    says = Text("Perjanjian yang berakhir tiap minggu", "Agreements that end in each week")
    return mark_safe(charts.rows(marks, says=str(says)))  # noqa: S308


def percent(permille: int) -> str:
    """`12,3%`."""
    return f"{permille // 10},{permille % 10}%" if thousands(1000) == "1.000" else f"{permille // 10}.{permille % 10}%"
