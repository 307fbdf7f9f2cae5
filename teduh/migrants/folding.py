"""Two records of one person become one: placements, relatives and matters go with him; what was paid stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.core import sql
from teduh.migrants.models import OPEN_STATES

#: A relative whom both named under one account stays once, with the record that lives on.
MOVE = (
    "UPDATE migrants_placement SET person_id = %(into)s WHERE person_id = %(away)s",
    "UPDATE migrants_matter SET person_id = %(into)s WHERE person_id = %(away)s",
    """
    UPDATE migrants_relative r SET ended_on = greatest(named_on, %(on)s)
    WHERE person_id = %(away)s AND ended_on IS NULL AND EXISTS (
        SELECT FROM migrants_relative o WHERE o.person_id = %(into)s AND o.user_id = r.user_id AND o.ended_on IS NULL)
    """,
    "UPDATE migrants_relative SET person_id = %(into)s WHERE person_id = %(away)s",
)
BOTH = """
SELECT array_agg(number ORDER BY number), count(*) FILTER (WHERE person_id = ANY(%(one)s)),
    count(*) FILTER (WHERE person_id = ANY(%(other)s))
FROM migrants_placement WHERE state = ANY(%(open)s) AND (person_id = ANY(%(one)s) OR person_id = ANY(%(other)s))
"""


def fold(*, away: int, into: int, on: dt.date) -> None:
    """Let what is abroad of one record become the other's."""
    for statement in MOVE:
        sql.run(statement, {"away": away, "into": into, "on": on})


def both_open(*, one: Sequence[int], other: Sequence[int]) -> tuple[str, ...]:
    """The numbers of their open placements where both of two people have one; empty where at most one has."""
    open_states = [state.value for state in OPEN_STATES]
    numbers, first, second = sql.rows(BOTH, {"one": list(one), "other": list(other), "open": open_states})[0]
    return tuple(numbers) if first and second else ()
