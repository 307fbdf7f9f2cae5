"""Whose own payment is about to run out: dates of the last span, in pages by person. It tells nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A self-employed member's dates: paid until, nothing in arrears until, arrears can be settled until."""

    person: int
    paid_until: dt.date
    due_until: dt.date
    grace_until: dt.date


ENDING = """
SELECT s.person_id, s.paid_until, greatest(s.paid_until, s.due_until), s.grace_until
FROM coverage_span s JOIN registry_person p ON p.id = s.person_id AND p.merged_into_id IS NULL
WHERE s.programme = 'JKK' AND s.segment = 'BPU' AND s.person_id > %(after)s AND s.ends IS NULL
  AND (greatest(s.paid_until, s.due_until) BETWEEN %(first)s AND %(last)s
       OR s.grace_until BETWEEN %(first)s AND %(last)s)
  AND NOT EXISTS (SELECT 1 FROM coverage_span n WHERE n.person_id = s.person_id AND n.programme = 'JKK'
                  AND n.segment = 'BPU' AND n.starts > s.starts)
ORDER BY s.person_id LIMIT %(limit)s
"""


def endings(*, first: dt.date, last: dt.date, after: int = 0, limit: int = 10_000) -> tuple[Ending, ...]:
    """Self-employed members of whom one of both ends falls into these days, by person from `after` on."""
    rows = sql.rows(ENDING, {"first": first, "last": last, "after": after, "limit": limit})
    return tuple(Ending(person=p, paid_until=paid, due_until=due, grace_until=grace) for p, paid, due, grace in rows)
