"""Writing spans of protection: what was paid goes to the law, and what the law answers is stored as dates.

Spans are a function of settled dues and the days of enrolment, nothing else: recomputing changes nothing that is
right. Wage earners' spans are written by `employed`.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from teduh.core import holidays, sql
from teduh.law import protection
from teduh.law.months import Month

Pattern = tuple[tuple[int, int], ...]
Period = tuple[dt.date, dt.date | None]
A_DAY = dt.timedelta(days=1)

#: Separates the articles of one span on their way into the database.
BETWEEN = "\x1f"


class SpanRow(NamedTuple):
    """A span as the table holds it, without its key."""

    person: int
    programme: str
    starts: dt.date
    paid_until: dt.date
    due_until: dt.date
    grace_until: dt.date
    articles: tuple[str, ...]
    ends: dt.date | None = None

    @property
    def key(self) -> tuple[int, str, dt.date]:
        return self.person, self.programme, self.starts


#: Persons asked are followed to the one that lives on; all records merged into him bring what they paid. OFFSET 0 keeps
#: each step an index look-up, also where PostgreSQL has not counted the rows yet.
FAMILY = """
WITH RECURSIVE up AS (
    SELECT id, merged_into_id FROM registry_person WHERE id = ANY(%(people)s)
    UNION
    SELECT p.id, p.merged_into_id FROM up
    CROSS JOIN LATERAL (SELECT id, merged_into_id FROM registry_person WHERE id = up.merged_into_id OFFSET 0) p
), down AS (
    SELECT id AS root, id FROM up WHERE merged_into_id IS NULL
    UNION
    SELECT d.root, p.id FROM down d
    CROSS JOIN LATERAL (SELECT id FROM registry_person WHERE merged_into_id = d.id OFFSET 0) p
)
"""

READ = (
    FAMILY
    + """
SELECT d.root,
    (SELECT json_agg(json_build_array(e."on", e.ended_on) ORDER BY e."on") FROM registry_enrolment e
        WHERE e.person_id = ANY(array_agg(d.id)) AND e.segment = 'BPU'),
    (SELECT json_agg(json_build_array(s.programme, s.month, s."on") ORDER BY s.programme, s.month) FROM (
        SELECT programme, month, min(settled_on) AS "on" FROM contributions_due
        WHERE person_id = ANY(array_agg(d.id)) AND settled_on IS NOT NULL GROUP BY programme, month) s),
    (SELECT json_agg(json_build_array(s.id, s.person_id, s.programme, s.starts, s.paid_until, s.due_until,
        s.grace_until, s.articles, s.ends)) FROM coverage_span s
        WHERE s.person_id = ANY(array_agg(d.id)) AND s.segment = 'BPU')
FROM down d GROUP BY d.root
"""
)

INSERT = """
INSERT INTO coverage_span (person_id, programme, starts, paid_until, due_until, grace_until, articles, ends)
SELECT person, programme, starts, paid_until, due_until, grace_until, string_to_array(articles, chr(31)), ends
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::date[], %s::date[], %s::text[], %s::date[])
    AS t(person, programme, starts, paid_until, due_until, grace_until, articles, ends)
"""

EXTEND = """
UPDATE coverage_span s SET paid_until = t.paid_until, due_until = t.due_until, grace_until = t.grace_until,
    articles = string_to_array(t.articles, chr(31)), ends = t.ends
FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[], %s::text[], %s::date[])
    AS t(id, paid_until, due_until, grace_until, articles, ends)
WHERE s.id = t.id
"""


@functools.lru_cache(maxsize=64)
def _days_off(first: int, last: int) -> frozenset[dt.date]:
    """Holidays of these years, one object for each pair."""
    return holidays.between(first, last)


@functools.lru_cache(maxsize=200_000)
def _spans(programme: str, enrolled_on: dt.date, payments: Pattern) -> tuple[tuple, ...]:
    """The law's spans for a pattern of payments ((month serial, day ordinal), ...); many people pay alike."""
    paid = [protection.Paid(Month.numbered(month), dt.date.fromordinal(day)) for month, day in payments]
    last = max(max(month for month, _ in payments) // 12 + 2, max(p.on.year for p in paid) + 2)
    found = protection.self_employed(
        programme=programme,
        enrolled_on=enrolled_on,
        payments=paid,
        holidays=_days_off(min(enrolled_on.year, paid[0].month.year), last),
    )
    return tuple((s.starts, s.paid_until, max(s.due_until, s.paid_until), s.grace_until, s.articles) for s in found)


def recompute(*, persons: Iterable[int], on: dt.date) -> dict[int, tuple[SpanRow, ...]]:
    """Bring the spans of these people in line with what is settled; person -> spans.

    Follows merges: the record that lives on gets the spans, records merged into it have none. At most four statements,
    however many people; nothing is written for people whose spans are right. `on` is the day of the change.
    """
    asked = sorted(set(persons))
    if not asked:
        return {}
    wanted: dict[int, tuple[SpanRow, ...]] = {}
    stored: dict[tuple[int, str, dt.date], tuple[int, SpanRow]] = {}
    for root, enrolments, payments, spans_now in sql.often(READ, {"people": asked}):
        wanted[root] = tuple(_rows(root, _periods(enrolments or [], on), payments or []))
        for id_, person, programme, *days, articles, ends in spans_now or []:
            dates = (dt.date.fromisoformat(day) for day in days)
            row = SpanRow(person, programme, *dates, tuple(articles), _day(ends))
            stored[row.key] = (id_, row)
    _write(stored, {row.key: row for rows in wanted.values() for row in rows})
    return wanted


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _periods(enrolments: Sequence[Sequence[str | None]], on: dt.date) -> list[Period]:
    """When somebody was enrolled: days from and until (None: still), what touches joined; never enrolled, from `on`."""
    if len(enrolments) == 1:
        first, last = enrolments[0]
        return [(dt.date.fromisoformat(first), _day(last))]
    periods: list[Period] = []
    for first, last in ((dt.date.fromisoformat(first), _day(last)) for first, last in enrolments):
        if periods and (periods[-1][1] is None or first <= periods[-1][1] + A_DAY):
            end = None if last is None or periods[-1][1] is None else max(last, periods[-1][1])
            periods[-1] = (periods[-1][0], end)
        else:
            periods.append((first, last))
    return periods or [(on, None)]


def _rows(person: int, periods: Sequence[Period], payments: Sequence[Sequence[str]]) -> Iterable[SpanRow]:
    """The spans of one person, by programme. Cover ends with the enrolment; what was saved (JHT) does not."""
    by_programme: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for programme, month, day in payments:
        serial, paid = int(month[:4]) * 12 + int(month[5:7]) - 1, dt.date.fromisoformat(day)
        later = (n for n in range(len(periods) - 1, 0, -1) if periods[n][0] <= paid)
        period = 0 if programme == "JHT" or len(periods) == 1 else next(later, 0)
        by_programme.setdefault((programme, period), []).append((serial, paid.toordinal()))
    for (programme, period), pattern in by_programme.items():
        first, last = periods[period]
        for row in _spans(programme, first, tuple(pattern)):
            span = SpanRow(person, programme, *row)
            if last is None or programme == "JHT":
                yield span
            elif span.starts <= last:
                yield _cut(span, last)


def _cut(span: SpanRow, last: dt.date) -> SpanRow:
    """A span within an enrolment that ended: nothing of it reaches beyond the last day, if it reached that far."""
    days = {name: min(getattr(span, name), last) for name in ("paid_until", "due_until", "grace_until")}
    return span._replace(**days, ends=last) if span.grace_until > last else span


def _write(
    have: Mapping[tuple[int, str, dt.date], tuple[int, SpanRow]], want: Mapping[tuple[int, str, dt.date], SpanRow]
) -> None:
    """Make the table say what is wanted: gone spans deleted, changed ones moved, new ones added."""
    if gone := [id_ for key, (id_, _) in have.items() if key not in want]:
        sql.run("DELETE FROM coverage_span WHERE id = ANY(%s)", [gone])
    changed = [(have[key][0], row) for key, row in want.items() if key in have and have[key][1] != row]
    if changed:
        values = [(id_, *row[3:6], BETWEEN.join(row.articles), row.ends) for id_, row in changed]
        sql.often(EXTEND, sql.columns(values, 6))
    if new := [(*row[:6], BETWEEN.join(row.articles), row.ends) for key, row in want.items() if key not in have]:
        sql.often(INSERT, sql.columns(new, 8))
