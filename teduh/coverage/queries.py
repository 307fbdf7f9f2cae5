"""Is this person protected on this day, for what, by whom, and why: stored dates compared, one statement each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from teduh.core import sql
from teduh.coverage.needs import Need, counts, ends_between, needs
from teduh.coverage.protection import MANDATORY, STATES, ProgrammeCover, Protection, Source
from teduh.coverage.sources import assemble
from teduh.migrants.models import OPEN_STATES

__all__ = [
    "MANDATORY", "STATES", "Need", "ProgrammeCover", "Protection", "Source", "counts", "covers", "ends_between",
    "is_protected", "many", "needs", "protection",
]  # fmt: skip

#: A person's last span of each source and programme by that day; what is asked once for each person: when cover begins
#: next, and the placements he has, each with whether it is open, and its destination's names.
CHECK = """
WITH RECURSIVE chain AS (
    {start}
    UNION ALL
    SELECT c.asked, p.id, p.merged_into_id FROM chain c
    CROSS JOIN LATERAL (SELECT id, merged_into_id FROM registry_person WHERE id = c.merged_into_id OFFSET 0) p
)
SELECT c.asked, c.id, e."on", e.ended_on, e.programmes, o.begins, o.placements,
    s.programme, s.segment, s.employment_id, s.project_id, s.placement_id, s.phase, s.starts, s.paid_until, s.due_until,
    s.grace_until, s.ends, s.articles, coalesce(r.name, j.name)
FROM chain c
CROSS JOIN LATERAL (
    SELECT (SELECT min(starts) FROM coverage_span WHERE person_id = c.id AND programme = 'JKK' AND starts > %(on)s)
            AS begins,
        ARRAY(SELECT concat_ws(chr(31), m.id, (m.state IN ({open}) AND m.registered_on <= %(on)s)::int, d.name_id,
            d.name_en) FROM migrants_placement m JOIN migrants_destination d ON d.code = m.destination_id
            WHERE m.person_id = c.id) AS placements
    OFFSET 0
) o
LEFT JOIN LATERAL (
    SELECT "on", ended_on, programmes FROM registry_enrolment
    WHERE person_id = c.id ORDER BY ended_on IS NULL DESC, "on" DESC LIMIT 1
) e ON TRUE
LEFT JOIN LATERAL (
    SELECT DISTINCT ON (programme, segment, employment_id, project_id, placement_id) programme, segment, employment_id,
        project_id, placement_id, phase, starts, paid_until, due_until, grace_until, ends, articles
    FROM coverage_span WHERE person_id = c.id AND starts <= %(on)s
    ORDER BY programme, segment, employment_id, project_id, placement_id, starts DESC
) s ON TRUE
LEFT JOIN employers_employment m ON m.id = s.employment_id
LEFT JOIN employers_employer r ON r.id = m.employer_id
LEFT JOIN employers_project j ON j.id = s.project_id
WHERE c.merged_into_id IS NULL
"""

OPEN = ", ".join(f"'{state.value}'" for state in OPEN_STATES)
BY_PERSON = CHECK.format(
    open=OPEN, start="SELECT id AS asked, id, merged_into_id FROM registry_person WHERE id = ANY(%(persons)s)"
)
BY_NIK = CHECK.format(
    open=OPEN,
    start="(SELECT id AS asked, id, merged_into_id FROM registry_person WHERE nik_index = %(nik)s "
    "ORDER BY merged_into_id IS NOT NULL, id LIMIT 1)",
)


def protection(*, person: int, on: dt.date) -> Protection | None:
    """One person on one day; None if there is no such person."""
    return next(iter(many(persons=[person], on=on).values()), None)


def many(*, persons: Iterable[int], on: dt.date) -> dict[int, Protection]:
    """Many people on one day, by the number asked for; unknown ones are missing."""
    return _read(sql.often(BY_PERSON, {"persons": list(persons), "on": on}), on)


def is_protected(*, nik_index: bytes, on: dt.date) -> Protection | None:
    """The fast check of the API and the desk: who has this NIK (as its blind index), on this day. One statement."""
    return next(iter(_read(sql.often(BY_NIK, {"nik": nik_index, "on": on}), on).values()), None)


def _read(found: Sequence[tuple], on: dt.date) -> dict[int, Protection]:
    people: dict[int, tuple[tuple, list[tuple]]] = {}
    for asked, person, enrolled_on, ended_on, programmes, begins, placements, *span in found:
        _, spans = people.setdefault(asked, ((person, enrolled_on, ended_on, programmes, begins, placements), []))
        if span[0]:
            spans.append(tuple(span))
    return {asked: assemble(asked=asked, who=who, spans=spans, on=on) for asked, (who, spans) in people.items()}


def covers(*, persons: Iterable[int]) -> dict[int, tuple[dt.date, dt.date]]:
    """Each person's last span of JKK cover as self-employed: (paid until, grace until); missing where there is none."""
    found = sql.rows(
        "SELECT DISTINCT ON (person_id) person_id, paid_until, grace_until FROM coverage_span "
        "WHERE person_id = ANY(%s) AND programme = 'JKK' AND segment = 'BPU' ORDER BY person_id, starts DESC",
        [list(persons)],
    )
    return {person: (paid, grace) for person, paid, grace in found}
