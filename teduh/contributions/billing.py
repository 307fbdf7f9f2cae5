"""Which months are billed, and how long a bill's code holds. Pure: cover, wishes and dates in; months out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from teduh.law.months import Month

#: Months one bill may ask for, and how far ahead of this month they may lie (the agency's channels take 1 to 12).
MOST_MONTHS = 12
#: Days a code holds, unless cover would be lost or changed earlier.
VALID_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The last span of JKK cover: to which day it is paid, and to which day arrears may still be settled."""

    paid_until: dt.date
    grace_until: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The months to bill, those left out because they are paid or no longer counted, and the last day to pay."""

    months: tuple[Month, ...]
    paid_already: int
    not_counted: int
    skips_arrears: bool
    expires_on: dt.date


def first_owed(*, cover: Cover | None, on: dt.date) -> Month:
    """Within grace the month after the last one paid; without cover, or after a lapse, this month."""
    if cover is not None and on <= cover.grace_until:
        return Month.of(cover.paid_until).plus(1)
    return Month.of(on)


def plan(*, months: int, first: Month | None, on: dt.date, cover: Cover | None, settled: Collection[Month]) -> Plan:
    """The months a person is billed for.

    Without `first`: the next `months` that are not paid, arrears within grace first. With `first`: of that window,
    what is neither paid nor older than what still counts. Never later than 12 months after the month of `on`.
    """
    earliest = first_owed(cover=cover, on=on)
    horizon = Month.of(on).plus(MOST_MONTHS)
    if first is None:
        reach = max(0, horizon.minus(earliest) + 1)
        free = [month for month in Month.span(earliest, reach) if month not in settled]
        chosen, paid, old = tuple(free[:months]), 0, 0
    else:
        window = [month for month in Month.span(first, months) if month <= horizon]
        unpaid = [month for month in window if month not in settled]
        chosen = tuple(month for month in unpaid if month >= earliest)
        paid, old = len(window) - len(unpaid), len(unpaid) - len(chosen)
    oldest = next((m for m in Month.span(earliest, MOST_MONTHS + 4) if m not in settled), earliest)
    return Plan(
        months=chosen,
        paid_already=paid,
        not_counted=old,
        skips_arrears=bool(chosen) and chosen[0] > oldest and oldest < Month.of(on),
        expires_on=_expires(chosen, on, cover),
    )


def _expires(chosen: tuple[Month, ...], on: dt.date, cover: Cover | None) -> dt.date:
    """30 days; but not beyond the grace of arrears, nor, for cover that starts anew, beyond the first month billed."""
    last = on + dt.timedelta(days=VALID_DAYS)
    if not chosen:
        return last
    if cover is not None and on <= cover.grace_until:
        return min(last, cover.grace_until) if chosen[0] <= Month.of(cover.grace_until) else last
    return min(last, max(on, chosen[0].last))
