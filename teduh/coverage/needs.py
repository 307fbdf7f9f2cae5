"""Who needs what next: for agents' lists and for those who count. Reads dates, decides nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text

#: In the order in which people should be helped.
NEEDS = {
    "grace": Text("Dalam masa tenggang", "In grace"),
    "first_bill": Text("Belum membayar iuran pertama", "First contribution not paid"),
    "expiring": Text("Segera habis", "Ends soon"),
    "lapsed": Text("Perlindungan berhenti", "Lapsed"),
    "ended": Text("Pekerjaan berakhir, belum lanjut mandiri", "Job ended, not yet self-employed"),
    "none": Text("Terlindungi", "Protected"),
}
#: How many days ahead an end is near.
SOON = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A person and what is next for him, `by` which day. `cursor` continues a list after this row."""

    person: int
    need: str
    name: Text
    by: dt.date
    protected_until: dt.date | None
    grace_until: dt.date | None
    cursor: tuple[int, dt.date, int]


#: Whoever works for a wage needs nothing of his agent while he does; who never was covered and did not enrol himself
#: waits for an employer. Of several sources a job that goes on comes first, then the one that began last.
LIST = """
WITH stands AS (
    SELECT p.id, p.joined_on, CASE WHEN s.works THEN coalesce(s.ends, s.grace_until)
            ELSE greatest(s.paid_until, s.due_until) END AS until, s.grace_until, s.ends,
        CASE WHEN s.works THEN 6
             WHEN s.grace_until IS NULL AND EXISTS (
                 SELECT 1 FROM registry_enrolment e WHERE e.person_id = p.id AND e.ended_on IS NULL) THEN 2
             WHEN s.grace_until IS NULL THEN 6
             WHEN s.ends < %(on)s THEN 5
             WHEN greatest(s.paid_until, s.due_until) < %(on)s AND s.grace_until >= %(on)s THEN 1
             WHEN s.grace_until < %(on)s THEN 4
             WHEN greatest(s.paid_until, s.due_until) <= %(soon)s THEN 3
             ELSE 6 END AS rank
    FROM registry_person p
    LEFT JOIN LATERAL (
        SELECT paid_until, due_until, grace_until, ends,
            segment <> 'BPU' AND (ends IS NULL OR ends >= %(on)s) AS works
        FROM coverage_span WHERE person_id = p.id AND programme = 'JKK' ORDER BY works DESC, starts DESC LIMIT 1
    ) s ON TRUE
    WHERE p.merged_into_id IS NULL AND (%(agent)s::bigint IS NULL OR p.agent_id = %(agent)s)
), due AS (
    SELECT id, rank, until, grace_until,
        CASE rank WHEN 1 THEN grace_until WHEN 2 THEN joined_on WHEN 4 THEN grace_until WHEN 5 THEN ends
            ELSE coalesce(until, joined_on) END AS by
    FROM stands
)
"""

PAGE = (
    LIST
    + """
SELECT id, rank, by, until, grace_until FROM due
WHERE (%(need)s::int IS NULL OR rank = %(need)s)
  AND (%(rank)s::int IS NULL OR (rank, by, id) > (%(rank)s, %(by)s, %(id)s))
ORDER BY rank, by, id LIMIT %(limit)s
"""
)

COUNT = LIST + "SELECT rank, count(*) FROM due GROUP BY rank"


def needs(
    *,
    on: dt.date,
    agent: int | None = None,
    need: str | None = None,
    limit: int = 50,
    after: tuple[int, dt.date, int] | None = None,
) -> tuple[Need, ...]:
    """People by what they need next, those in grace first; `agent` (a user) narrows it to his own people."""
    names = list(NEEDS)
    rank, by, id_ = after or (None, dt.date.min, 0)
    wanted = names.index(need) + 1 if need else None
    found = sql.rows(PAGE, {**_params(on, agent), "need": wanted, "rank": rank, "by": by, "id": id_, "limit": limit})
    return tuple(
        Need(
            person=person, need=names[rank - 1], name=NEEDS[names[rank - 1]], by=by, protected_until=until,
            grace_until=grace, cursor=(rank, by, person),
        )
        for person, rank, by, until, grace in found
    )  # fmt: skip


def counts(*, on: dt.date, agent: int | None = None) -> dict[str, int]:
    """How many people have each need."""
    found = dict(sql.rows(COUNT, _params(on, agent)))
    return {name: found.get(rank, 0) for rank, name in enumerate(NEEDS, 1)}


def _params(on: dt.date, agent: int | None) -> dict[str, object]:
    return {"on": on, "soon": on + dt.timedelta(days=SOON), "agent": agent}


def ends_between(*, first: dt.date, last: dt.date, agent: int | None = None) -> dict[dt.date, int]:
    """How many people's paid months end on each day from `first` to `last`, if they do not pay on."""
    return dict(
        sql.rows(
            """
            SELECT s.paid_until, count(*) FROM coverage_span s JOIN registry_person p ON p.id = s.person_id
            WHERE s.programme = 'JKK' AND s.segment = 'BPU' AND s.ends IS NULL AND s.paid_until BETWEEN %s AND %s
              AND (%s::bigint IS NULL OR p.agent_id = %s)
              AND NOT EXISTS (SELECT 1 FROM coverage_span n WHERE n.person_id = s.person_id
                              AND n.programme = 'JKK' AND n.starts > s.starts)
            GROUP BY s.paid_until ORDER BY s.paid_until
            """,
            [first, last, agent, agent],
        )
    )
