"""The picture of migrant workers: who is protected, over how many there are thought to be, by destination and by home;
how many renew; and whose agreement ends within 90 days.

What others published is never mixed: a stock (people who are there) is compared with those protected there today,
placements of a year with those who left in that year and were protected when they left. Whoever may not see people gets
no count under five.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.cache import cache

from teduh.core.text import Text
from teduh.journeys.migrants import picture_counts, picture_hiding, picture_words
from teduh.journeys.migrants.picture_counts import Counts
from teduh.migrants import estimates
from teduh.migrants import picture as placed
from teduh.migrants.estimates import Estimate
from teduh.security.access import Actor

DAYS = 90
#: Counting everybody takes seconds where there are many; anybody may ask for the public picture, and often.
PUBLIC_SECONDS = 600
NONE = Counts(0, 0, 0, 0)
#: Who sees every count, however small.
SEES_ALL = ("migrants", "audit", "runs")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRow:
    """One destination, province (2 digits), regency (5) or everything.

    `registered`: open placements; `protected`: covered abroad today; `waiting`: covered before departure; `returned`:
    covered on the way home. `estimate` is what `denominator` says: a "stock", or "placements" of the period
    `estimate_on`; `compared` is the number that was compared with it. A count that may not be shown is None, and
    `is_hidden` says so.
    """

    code: str
    name: Text
    parent: str = ""
    protected: int | None
    registered: int | None
    waiting: int | None
    returned: int | None
    estimate: int | None = None
    estimate_on: str = ""
    estimate_source: str = ""
    confidence: str = ""
    denominator: str = ""
    compared: int | None = None
    share_permille: int | None = None
    note: Text = field(default=picture_words.NO_ESTIMATE)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """Agreements that ended since `since` while the worker stayed (`due`), of these renewed and paid within the month
    to return (`renewed`), and those whose month still runs."""

    due: int | None
    renewed: int | None
    still_open: int | None
    permille: int | None
    since: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days, and how many agreements end in them."""

    starts: dt.date
    until: dt.date
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What ends at a destination within 90 days; whoever may not see people gets no weeks."""

    code: str
    name: Text
    people: int | None
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The whole picture on a day. `origins`: each province, followed by its regencies."""

    on: dt.date
    total: PictureRow
    destinations: tuple[PictureRow, ...]
    origins: tuple[PictureRow, ...]
    renewal: Renewal
    ending: tuple[Ending, ...]
    notes: tuple[Text, ...]
    is_public: bool


def picture(*, by: Actor | None, on: dt.date) -> Picture:
    """The picture as this reader may see it; None is anybody, who is shown what was counted some minutes ago."""
    if by is not None and any(by.may(what) for what in SEES_ALL):
        return _drawn(on)
    found: Picture = cache.get_or_set(f"migrants.picture:{on}", lambda: _hidden(on), PUBLIC_SECONDS)
    return found


def _hidden(on: dt.date) -> Picture:
    return picture_hiding.hidden(picture=_drawn(on))


def _drawn(on: dt.date) -> Picture:
    """The whole picture. Five statements, however many placements."""
    counted = picture_counts.today(on=on)
    given = _given(counted, on)
    left = picture_counts.left_covered(years={one.year for one in given.values() if one and one.year})
    renewals = picture_counts.renewals(on=on)
    until = on + dt.timedelta(days=DAYS)
    ends = placed.ending(on=on, until=until)
    names = placed.places(
        regions={*counted.provinces, *counted.regencies, *(code for kind, code in given if kind == "origin")},
        destinations={*(one.destination for one in ends), *(code for kind, code in given if kind == "destination")},
    )
    notes = picture_words.notes(participants=estimates.participants())
    return Picture(
        on=on, total=_row("", picture_words.EVERYWHERE, counted.everywhere, given["all", ""], left, on, "all"),
        destinations=_destinations(counted, given, left, names, on),
        origins=_origins(counted, given, left, names, on),
        renewal=_renewal(renewals, on), ending=_ending(ends, names, on), notes=notes, is_public=False,
    )  # fmt: skip


Given = dict[tuple[str, str], Estimate | None]
Left = dict[tuple[int, str, str], int]


def _given(counted: picture_counts.Today, on: dt.date) -> Given:
    """What was published about every place that counts or is named: a stock before placements of a year."""
    named = {(one.of, one.code) for one in estimates.published() if one.code}
    codes = named | {("destination", code) for code in counted.destinations}
    codes |= {("origin", code) for code in counted.provinces}
    found: Given = {("all", ""): estimates.stock(code="") or estimates.placements(of="destination", code="")}
    for kind, code in sorted(codes):
        of_there = estimates.stock(code=code) if kind == "destination" and code else None
        found[kind, code] = of_there or (estimates.placements(of=kind, code=code) if code else None)
    return found


def _row(
    code: str,
    name: Text,
    counts: Counts,
    estimate: Estimate | None,
    left: Left,
    on: dt.date,
    kind: str,
    parent: str = "",
) -> PictureRow:
    shown = {"code": code, "name": name, "parent": parent, **counts._asdict()}
    if estimate is None:
        return PictureRow(**shown)
    compared = counts.protected if estimate.kind == "stock" else left.get((estimate.year or 0, kind, code), 0)
    return PictureRow(
        **shown, estimate=estimate.people, estimate_on=estimate.period, estimate_source=estimate.source,
        confidence=estimate.confidence, denominator=estimate.kind, compared=compared,
        share_permille=compared * 1000 // estimate.people if estimate.people else None,
        note=picture_words.note(estimate=estimate, compared=compared, on=on),
    )  # fmt: skip


def _destinations(
    counted: picture_counts.Today, given: Given, left: Left, names: dict[str, Text], on: dt.date
) -> tuple[PictureRow, ...]:
    rows = [
        _row(code, _name(names, code), counted.destinations.get(code, NONE), one, left, on, kind)
        for (kind, code), one in given.items()
        if kind == "destination" and (one or code in counted.destinations)
    ]
    return tuple(sorted(rows, key=_most))


def _origins(
    counted: picture_counts.Today, given: Given, left: Left, names: dict[str, Text], on: dt.date
) -> tuple[PictureRow, ...]:
    provinces = [
        _row(code, _name(names, code), counted.provinces.get(code, NONE), one, left, on, kind)
        for (kind, code), one in given.items()
        if kind == "origin" and (one or code in counted.provinces)
    ]
    regencies = [
        _row(code, _name(names, code), counts, None, left, on, "", parent=code[:2])
        for code, counts in counted.regencies.items()
        if len(code) == 5
    ]
    found: list[PictureRow] = []
    for province in sorted(provinces, key=_most):
        found.append(province)
        found += sorted((one for one in regencies if province.code and one.parent == province.code), key=_most)
    return tuple(found)


def _most(row: PictureRow) -> tuple[bool, int, int, str]:
    """Most people first; who is not known comes last."""
    return not row.code, -(row.registered or 0), -(row.estimate or 0), row.code


def _name(names: dict[str, Text], code: str) -> Text:
    return names.get(code) or Text(code, code)


def _renewal(counted: picture_counts.Renewals, on: dt.date) -> Renewal:
    share = counted.renewed * 1000 // counted.due if counted.due else None
    return Renewal(
        due=counted.due, renewed=counted.renewed, still_open=counted.still_open, permille=share,
        since=picture_counts.a_year_before(on=on), until=on,
    )  # fmt: skip


def _ending(ends: Iterable[placed.EndingCount], names: dict[str, Text], on: dt.date) -> tuple[Ending, ...]:
    found: dict[str, dict[int, int]] = {}
    for one in ends:
        found.setdefault(one.destination, {})[one.week] = one.people
    rows = [
        Ending(code=code, name=_name(names, code), people=sum(weeks.values()), weeks=_weeks(weeks, on))
        for code, weeks in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.people or 0), row.code)))


def _weeks(weeks: dict[int, int], on: dt.date) -> tuple[Week, ...]:
    last = on + dt.timedelta(days=DAYS)
    starts = [(number, on + dt.timedelta(days=7 * number)) for number in range(DAYS // 7 + 1)]
    return tuple(
        Week(starts=day, until=min(day + dt.timedelta(days=6), last), people=weeks.get(number, 0))
        for number, day in starts
    )
