"""Cover of a construction project's workers: JKK and JKM for the project's time, from the first payment on.

Spans are a function of the project's days, its workers' days and the day of the first payment, nothing else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from teduh.core import sql
from teduh.law import projects as law

PROGRAMMES = ("JKK", "JKM")

#: One worker's days on a project, followed to the person that lives on; none for a cancelled project.
READ = """
SELECT p.id, p.starts, p.ends, paid.first, coalesce(was.merged_into_id, was.id), w.from_day, w.until_day
FROM employers_project p
JOIN employers_projectworker w ON w.project_id = p.id
JOIN registry_person was ON was.id = w.person_id
CROSS JOIN LATERAL (SELECT min(d.settled_on) AS first FROM contributions_projectdue d
    WHERE d.project_id = p.id AND d.settled_on IS NOT NULL) paid
WHERE p.id = ANY(%s) AND p.state <> 'cancelled' AND paid.first IS NOT NULL
ORDER BY 5, 1, 6
"""

#: Days of one person on one project that touch become one span, so that none overlap.
INSERT = """
INSERT INTO coverage_span (person_id, programme, segment, project_id, starts, paid_until, due_until, grace_until, ends,
    articles)
SELECT t.person, p.name, 'JKN', t.project, t.starts, t.ends, t.ends, t.ends, t.ends,
    string_to_array(t.articles, chr(31))
FROM unnest(%s::bigint[], %s::bigint[], %s::date[], %s::date[], %s::text[])
    AS t(project, person, starts, ends, articles)
CROSS JOIN unnest(%s::text[]) AS p(name)
"""


def recompute(*, projects: Iterable[int], on: dt.date) -> int:
    """Bring the spans of these projects' workers in line; how many people they cover. Three statements."""
    ids = sorted(set(projects))
    if not ids:
        return 0
    spans = _joined(sql.rows(READ, [ids]))
    sql.run("DELETE FROM coverage_span WHERE project_id = ANY(%s)", [ids])
    if spans:
        sql.run(INSERT, [*sql.columns(spans, 5), list(PROGRAMMES)])
    return len({person for _, person, *_ in spans})


def of_people(*, persons: Iterable[int]) -> list[int]:
    """The projects that these people, or records merged into them, work on: whose spans a merge changes."""
    found = sql.rows(
        "SELECT DISTINCT w.project_id FROM employers_projectworker w JOIN registry_person p ON p.id = w.person_id "
        "WHERE p.id = ANY(%(ids)s) OR p.merged_into_id = ANY(%(ids)s)",
        {"ids": sorted(set(persons))},
    )
    return sorted(row[0] for row in found)


def _joined(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, int, dt.date, dt.date, str]]:
    """What the law covers of every worker's days; stretches of one person on one project that overlap become one."""
    made: list[tuple[int, int, dt.date, dt.date, str]] = []
    for project, starts, ends, paid, person, from_day, until_day in rows:
        cover = law.cover(starts=starts, ends=ends, first_paid_on=paid, worker_from=from_day, worker_until=until_day)
        if cover.starts is None:
            continue
        last = made[-1] if made else None
        if last and last[:2] == (project, person) and cover.starts <= last[3]:
            made[-1] = (project, person, last[2], max(last[3], cover.until), last[4])
        else:
            made.append((project, person, cover.starts, cover.until, "\x1f".join(cover.articles)))
    return made
