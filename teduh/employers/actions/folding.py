"""Two records of one person become one: his jobs go with him. Filed lines stay as they were filed."""

from __future__ import annotations

import datetime as dt

from teduh.core import sql

#: The surviving record takes a job over unless it holds one with the same employer for the same days.
MOVE = """
UPDATE employers_employment e SET person_id = %(into)s WHERE person_id = %(away)s AND NOT EXISTS (
    SELECT FROM employers_employment o WHERE o.person_id = %(into)s AND o.employer_id = e.employer_id
    AND daterange(o.started_on, o.ended_on, '[]') && daterange(e.started_on, e.ended_on, '[]'))
"""
#: What it holds already is one job under two numbers; the second ends, so that nobody waits for its return.
CLOSE = """
UPDATE employers_employment SET ended_on = greatest(started_on, %(on)s), cause = 'other'
WHERE person_id = %(away)s AND ended_on IS NULL
"""
BOTH = "SELECT id FROM employers_employment WHERE person_id IN (%(into)s, %(away)s) ORDER BY id"


def fold(*, away: int, into: int, on: dt.date) -> tuple[int, ...]:
    """Let the jobs of one record become the other's; gives all jobs of both."""
    given = {"away": away, "into": into, "on": on}
    sql.run(MOVE, given)
    sql.run(CLOSE, given)
    return tuple(id_ for (id_,) in sql.rows(BOTH, given))
