"""What the picture of migrant workers counts where placements meet their cover: protected today, those who left in a
year, and renewals. A fixed number of statements, however many placements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from teduh.core import sql
from teduh.law import rulebook
from teduh.law.months import months_after
from teduh.migrants.models import OPEN_STATES

#: Where somebody comes from: where he lives at home, else where his card says; the regency's code, or nothing.
HOME = "coalesce(left(coalesce(p.lives_in_id, p.registered_at_id), 5), '')"
TODAY = f"""
WITH cover AS (
    SELECT placement_id, bool_or(phase = 'during') AS during, bool_or(phase = 'before') AS before
    FROM coverage_span
    WHERE placement_id IS NOT NULL AND starts <= %(on)s AND grace_until >= %(on)s
    GROUP BY placement_id
), one AS (
    SELECT m.destination_id AS destination, {HOME} AS regency, m.state = ANY(%(open)s) AS is_open,
        coalesce(c.during, false) AS during, coalesce(c.before AND NOT c.during, false) AS before,
        coalesce(NOT c.before AND NOT c.during, false) AS after
    FROM migrants_placement m
    JOIN registry_person p ON p.id = m.person_id
    LEFT JOIN cover c ON c.placement_id = m.id
    WHERE m.state = ANY(%(open)s) OR c.placement_id IS NOT NULL
)
SELECT destination, left(regency, 2), regency, grouping(destination), grouping(left(regency, 2)), grouping(regency),
    count(*) FILTER (WHERE is_open), count(*) FILTER (WHERE during), count(*) FILTER (WHERE before),
    count(*) FILTER (WHERE after)
FROM one
GROUP BY GROUPING SETS ((), (destination), (left(regency, 2)), (left(regency, 2), regency))
"""
LEFT = f"""
WITH one AS (
    SELECT extract(year FROM m.departed_on)::int AS year, m.destination_id AS destination,
        left({HOME}, 2) AS province
    FROM migrants_placement m JOIN registry_person p ON p.id = m.person_id
    WHERE m.departed_on BETWEEN %(since)s AND %(until)s
        AND EXISTS (SELECT FROM coverage_span s WHERE s.placement_id = m.id AND s.phase = 'during'
            AND s.starts <= m.departed_on AND s.grace_until >= m.departed_on)
)
SELECT year, destination, province, grouping(destination), count(*)
FROM one
GROUP BY GROUPING SETS ((year, destination), (year, province), (year))
"""
RENEWED = """
WITH ended AS (
    SELECT a.placement_id, least(a.ends, a.ended_on) AS last,
        (least(a.ends, a.ended_on) + make_interval(months => %(months)s))::date AS back
    FROM migrants_agreement a
    JOIN migrants_placement m ON m.id = a.placement_id
    WHERE a.withdrawn_at IS NULL AND least(a.ends, a.ended_on) BETWEEN %(since)s AND %(on)s
        AND m.state NOT IN ('failed', 'cancelled') AND (m.departed_on IS NOT NULL OR m.entry = 'abroad')
        AND (m.debarked_on IS NULL OR m.debarked_on > (least(a.ends, a.ended_on) + make_interval(months => %(months)s)))
        AND (m.died_on IS NULL OR m.died_on > (least(a.ends, a.ended_on) + make_interval(months => %(months)s)))
), judged AS (
    SELECT e.back, EXISTS (SELECT FROM coverage_span s WHERE s.placement_id = e.placement_id AND s.phase = 'during'
        AND s.programme = 'JKK' AND s.starts <= e.last AND s.paid_until > e.last) AS renewed
    FROM ended e
)
SELECT count(*) FILTER (WHERE renewed OR back < %(on)s), count(*) FILTER (WHERE renewed),
    count(*) FILTER (WHERE NOT renewed AND back >= %(on)s)
FROM judged
"""


class Counts(NamedTuple):
    """People at or from one place: open placements, and who of them is covered abroad, before leaving, or back home."""

    registered: int
    protected: int
    waiting: int
    returned: int


class Today(NamedTuple):
    """Counts of everywhere, by destination, by province and by regency of origin (empty code: not known)."""

    everywhere: Counts
    destinations: dict[str, Counts]
    provinces: dict[str, Counts]
    regencies: dict[str, Counts]


class Renewals(NamedTuple):
    """Agreements that ended while the worker stayed: all whose month to return is over or that were renewed; of these
    renewed and paid in time; and those whose month still runs."""

    due: int
    renewed: int
    still_open: int


def today(*, on: dt.date) -> Today:
    """Who is registered and who is covered on this day. One statement."""
    found = sql.rows(TODAY, {"on": on, "open": [state.value for state in OPEN_STATES]})
    counted = Today(Counts(0, 0, 0, 0), {}, {}, {})
    for destination, province, regency, no_destination, no_province, no_regency, *counts in found:
        if not no_destination:
            counted.destinations[destination] = Counts(*counts)
        elif not no_regency:
            counted.regencies[regency] = Counts(*counts)
        elif not no_province:
            counted.provinces[province] = Counts(*counts)
        else:
            counted = counted._replace(everywhere=Counts(*counts))
    return counted


def left_covered(*, years: Iterable[int]) -> dict[tuple[int, str, str], int]:
    """Those who left in these years and were covered on the day they left, by (year, "destination", code), (year,
    "origin", province) and (year, "all", ""). One statement.
    """
    wanted = sorted(set(years))
    if not wanted:
        return {}
    since, until = dt.date(wanted[0], 1, 1), dt.date(wanted[-1], 12, 31)
    found: dict[tuple[int, str, str], int] = {}
    for year, destination, province, no_destination, people in sql.rows(LEFT, {"since": since, "until": until}):
        if not no_destination:
            found[year, "destination", destination] = people
        elif province is not None:
            found[year, "origin", province] = people
        else:
            found[year, "all", ""] = people
    return found


def renewals(*, on: dt.date) -> Renewals:
    """Of agreements that ended in the last 12 months and whose worker stayed: was cover paid on within the month to
    return? One statement.
    """
    months = int(rulebook.in_force("pmi_return_months", on).value)
    return Renewals(*sql.rows(RENEWED, {"on": on, "since": a_year_before(on=on), "months": months})[0])


def a_year_before(*, on: dt.date) -> dt.date:
    """The first day of the 12 months that end on this day."""
    return months_after(on, -12) + dt.timedelta(days=1)
