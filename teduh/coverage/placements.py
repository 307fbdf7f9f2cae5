"""Cover of placements abroad: what happened and what was paid go to the law, and its stretches are stored as spans.

Spans are a function of a placement's dates, its agreements and its settled fees, nothing else.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from typing import Any

from teduh.core import sql
from teduh.law import placements as law

#: Placements asked for by themselves, by a bill, or by a person; records merged into him bring theirs. OFFSET 0 keeps
#: each step an index look-up, also over rows of this transaction that PostgreSQL has not counted yet.
READ = """
WITH asked AS (
    SELECT unnest(%(placements)s::bigint[]) AS id
    UNION
    SELECT placement_id FROM contributions_placementdue WHERE bill_id = ANY(%(bills)s::bigint[])
    UNION
    SELECT m.id FROM (
        SELECT unnest(%(persons)s::bigint[]) AS id
        UNION SELECT id FROM registry_person WHERE merged_into_id = ANY(%(persons)s::bigint[])
    ) p CROSS JOIN LATERAL (SELECT id FROM migrants_placement WHERE person_id = p.id OFFSET 0) m
)
SELECT a.id, p.person, m.route, m.registered_on, m.entry = 'abroad', m.departed_on, m.failed_on, m.debarked_on,
    m.home_on, m.died_on, m.state = 'cancelled',
    (SELECT json_agg(json_build_array(starts, ends, ended_on) ORDER BY starts, number) FROM migrants_agreement
        WHERE placement_id = a.id AND withdrawn_at IS NULL),
    (SELECT json_agg(json_build_array(stage, settled_on, until) ORDER BY settled_on, id)
        FROM contributions_placementdue WHERE placement_id = a.id AND settled_on IS NOT NULL
        AND stage IN ('before', 'during', 'extension')),
    (SELECT json_agg(json_build_array(id, person_id, programme, phase, starts, paid_until, grace_until,
        array_to_string(articles, chr(31)))) FROM coverage_span WHERE placement_id = a.id)
FROM asked a
CROSS JOIN LATERAL (SELECT * FROM migrants_placement WHERE id = a.id OFFSET 0) m
CROSS JOIN LATERAL (
    SELECT coalesce(merged_into_id, id) AS person FROM registry_person WHERE id = m.person_id OFFSET 0) p
ORDER BY a.id
"""

INSERT = """
INSERT INTO coverage_span (placement_id, person_id, segment, programme, phase, starts, paid_until, due_until,
    grace_until, ends, articles)
SELECT placement, person, 'PMI', programme, phase, starts, paid_until, paid_until, until, until,
    string_to_array(articles, chr(31))
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::date[], %s::date[], %s::date[], %s::text[])
    AS t(placement, person, programme, phase, starts, paid_until, until, articles)
ORDER BY placement, programme, starts
"""

BETWEEN = "\x1f"


def recompute(
    *, placements: Iterable[int] = (), bills: Iterable[int] = (), persons: Iterable[int] = (), on: dt.date
) -> int:
    """Bring cover in line with what happened and what is settled, for these placements, those on these bills, and all
    of these people (who live on; what was merged into them counts).

    How many spans changed. At most three statements, however many people; what is right is not written again.
    """
    wanted: set[tuple[Any, ...]] = set()
    stored: dict[tuple[Any, ...], int] = {}
    for row in _read(placements, bills, persons):
        life, fees = _told(row)
        placement, person = row[:2]
        wanted.update((placement, person, *span) for span in _spans(life, fees))
        for id_, of, programme, phase, starts, paid, until, articles in row[13] or ():
            stored[placement, of, programme, phase, _day(starts), _day(paid), _day(until), articles] = id_
    if gone := [id_ for span, id_ in stored.items() if span not in wanted]:
        sql.run("DELETE FROM coverage_span WHERE id = ANY(%s)", [gone])
    if new := [span for span in wanted if span not in stored]:
        sql.often(INSERT, sql.columns(sorted(new), 8))
    return max(len(gone), len(new))


def lives(*, placements: Iterable[int]) -> Mapping[int, tuple[law.Life, tuple[law.Fee, ...]]]:
    """What happened on each placement and what was paid for it, as the law wants to know it. One statement.

    A placement that was cancelled never was: nothing paid for it counts.
    """
    return {row[0]: _told(row) for row in _read(placements, (), ())}


def _read(placements: Iterable[int], bills: Iterable[int], persons: Iterable[int]) -> list[tuple[Any, ...]]:
    asked = {"placements": placements, "bills": bills, "persons": persons}
    given = {name: sorted(set(ids)) for name, ids in asked.items()}
    return sql.often(READ, given) if any(given.values()) else []


def _told(row: tuple[Any, ...]) -> tuple[law.Life, tuple[law.Fee, ...]]:
    _, _, route, registered, abroad, departed, failed, debarked, home, died, cancelled, agreements, fees, _ = row
    made = tuple(law.Agreement(_sure(a), _sure(b), _day(c)) for a, b, c in agreements or ())
    life = law.Life(route, registered, made, abroad, departed, failed, debarked, home, died)
    paid = () if cancelled else fees or ()
    return life, tuple(law.Fee(stage, _sure(day), _day(until)) for stage, day, until in paid)


@functools.lru_cache(maxsize=50_000)
def _spans(life: law.Life, fees: tuple[law.Fee, ...]) -> tuple[tuple[Any, ...], ...]:
    """The law's stretches as they are stored; people who leave together live alike."""
    return tuple(
        (one.programme, one.phase, one.starts, one.paid_until, one.until, BETWEEN.join(one.articles))
        for one in law.cover(life=life, fees=fees)
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _sure(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


PAID_UNTIL = """
SELECT d.bill_id, s.person_id, max(s.paid_until)
FROM (SELECT DISTINCT bill_id, placement_id FROM contributions_placementdue
      WHERE bill_id = ANY(%s) AND settled_on IS NOT NULL) d
CROSS JOIN LATERAL (SELECT person_id, paid_until FROM coverage_span WHERE placement_id = d.placement_id OFFSET 0) s
GROUP BY 1, 2
"""


def paid_until(*, bills: Iterable[int]) -> dict[int, dict[int, dt.date]]:
    """For each of these bills its people and the last day to which each is covered by what is paid. One statement."""
    asked = sorted(set(bills))
    found: dict[int, dict[int, dt.date]] = {bill: {} for bill in asked}
    for bill, person, until in sql.rows(PAID_UNTIL, [asked]) if asked else ():
        found[bill][person] = until
    return found
