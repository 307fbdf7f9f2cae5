"""Is this person protected on this day, for what, and why: comparisons of stored dates, one statement each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from teduh.core import dates, sql
from teduh.core.text import Text
from teduh.coverage.needs import Need, counts, ends_between, needs
from teduh.law import standing
from teduh.law.protection import Span

__all__ = [
    "Need", "ProgrammeCover", "Protection", "counts", "covers", "ends_between", "is_protected", "many", "needs",
    "protection",
]  # fmt: skip

NAMES = {
    "JKK": Text("Jaminan Kecelakaan Kerja", "Work injury"),
    "JKM": Text("Jaminan Kematian", "Death"),
    "JHT": Text("Jaminan Hari Tua", "Old-age savings"),
}
#: From best to worst; a person's standing is that of his worst mandatory programme.
STATES = ("protected", "grace", "lapsed", "never")
MANDATORY = ("JKK", "JKM")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeCover:
    """One programme on one day. `paid_until` ends the last paid month, up to `due_until` nothing is in arrears,
    and arrears may be settled up to `grace_until`; None where cover never started."""

    programme: str
    name: Text
    state: str
    starts: dt.date | None
    paid_until: dt.date | None
    due_until: dt.date | None
    grace_until: dt.date | None
    immediate: bool
    what: Text
    notes: tuple[Text, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """A person on a day. `person` lives on after merges; `asked` is who was asked for."""

    person: int
    asked: int
    on: dt.date
    programmes: tuple[ProgrammeCover, ...]
    enrolled_on: dt.date | None

    @property
    def mandatory(self) -> tuple[ProgrammeCover, ...]:
        return tuple(p for p in self.programmes if p.programme in MANDATORY)

    @property
    def state(self) -> str:
        """The worst of the mandatory programmes: protected, grace, lapsed or never."""
        return max((p.state for p in self.mandatory), key=STATES.index, default="never")

    @property
    def is_protected(self) -> bool:
        """Whether a claim of this day would find cover, in full or within grace."""
        return self.state in ("protected", "grace")

    @property
    def protected_from(self) -> dt.date | None:
        return max((p.starts for p in self.mandatory if p.starts), default=None) if self.is_protected else None

    @property
    def protected_until(self) -> dt.date | None:
        """The last day on which nothing is in arrears: every benefit is given up to and with it."""
        ends = [max(p.paid_until, p.due_until) for p in self.mandatory if p.paid_until and p.due_until]
        return min(ends) if ends and self.is_protected else None

    @property
    def grace_until(self) -> dt.date | None:
        return min((p.grace_until for p in self.mandatory if p.grace_until), default=None)

    @property
    def next_step(self) -> Text:
        """What to do next, as of `on`."""
        if self.state == "never":
            return NEXT["never"]
        by = self.grace_until if self.state == "grace" else self.protected_until
        day = dates.day(by) if by else Text("", "")
        return Text(NEXT[self.state].id.format(by=day.id), NEXT[self.state].en.format(by=day.en))


NEXT = {
    "never": Text(
        "Bayar iuran pertama: perlindungan mulai pada hari pembayaran.",
        "Pay the first contribution: cover starts on the day of payment.",
    ),
    "protected": Text(
        "Bayar iuran berikutnya paling lambat {by} agar tidak menunggak.",
        "Pay the next contribution by {by}, so that nothing falls behind.",
    ),
    "grace": Text(
        "Lunasi tunggakan paling lambat {by}; sesudahnya perlindungan berhenti.",
        "Settle the arrears by {by}; after that cover stops.",
    ),
    "lapsed": Text(
        "Bayar iuran bulan ini: perlindungan mulai lagi pada hari pembayaran, tunggakan lama tidak ditagih.",
        "Pay this month's contribution: cover starts again on the day of payment, old arrears are not charged.",
    ),
}

CHECK = """
WITH RECURSIVE chain AS (
    {start}
    UNION ALL
    SELECT c.asked, p.id, p.merged_into_id FROM chain c
    CROSS JOIN LATERAL (SELECT id, merged_into_id FROM registry_person WHERE id = c.merged_into_id OFFSET 0) p
)
SELECT c.asked, c.id, e."on", e.programmes, s.programme, s.starts, s.paid_until, s.due_until, s.grace_until, s.articles
FROM chain c
LEFT JOIN LATERAL (
    SELECT "on", programmes FROM registry_enrolment
    WHERE person_id = c.id ORDER BY ended_on IS NULL DESC, "on" DESC LIMIT 1
) e ON TRUE
LEFT JOIN LATERAL (
    SELECT DISTINCT ON (programme) programme, starts, paid_until, due_until, grace_until, articles FROM coverage_span
    WHERE person_id = c.id AND starts <= %(on)s ORDER BY programme, starts DESC
) s ON TRUE
WHERE c.merged_into_id IS NULL
"""

BY_PERSON = CHECK.format(
    start="SELECT id AS asked, id, merged_into_id FROM registry_person WHERE id = ANY(%(persons)s)"
)
BY_NIK = CHECK.format(
    start="(SELECT id AS asked, id, merged_into_id FROM registry_person WHERE nik_index = %(nik)s "
    "ORDER BY merged_into_id IS NOT NULL, id LIMIT 1)"
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
    people: dict[int, tuple[int, dt.date | None, dict[str, Span | None]]] = {}
    for asked, person, enrolled_on, programmes, *span in found:
        _, _, covers = people.setdefault(
            asked, (person, enrolled_on, dict.fromkeys(programmes or MANDATORY)),
        )  # fmt: skip
        if span[0]:
            programme, starts, paid_until, due_until, grace_until, articles = span
            covers[programme] = Span(programme, starts, paid_until, grace_until, tuple(articles), (), due_until)
    return {
        asked: Protection(
            person=person, asked=asked, on=on, enrolled_on=enrolled_on,
            programmes=tuple(_cover(programme, covers[programme], on) for programme in sorted(covers, key=_order)),
        )
        for asked, (person, enrolled_on, covers) in people.items()
    }  # fmt: skip


def _order(programme: str) -> int:
    return tuple(NAMES).index(programme) if programme in NAMES else len(NAMES)


def _cover(programme: str, span: Span | None, on: dt.date) -> ProgrammeCover:
    """What the law says this span gives on this day."""
    given = standing.standing(span, on)
    return ProgrammeCover(
        programme=programme,
        name=NAMES.get(programme, Text(programme, programme)),
        state=given.state,
        starts=span.starts if span else None,
        paid_until=span.paid_until if span else None,
        due_until=span.due_until if span else None,
        grace_until=span.grace_until if span else None,
        immediate=given.immediate,
        what=Text(given.what.id, given.what.en),
        notes=tuple(Text(note.id, note.en) for note in given.notes),
        articles=tuple(dict.fromkeys((*given.articles, *(span.articles if span else ())))),
    )


def covers(*, persons: Iterable[int]) -> dict[int, tuple[dt.date, dt.date]]:
    """Each person's last span of JKK cover: (paid until, grace until). Missing where there never was one."""
    found = sql.rows(
        "SELECT DISTINCT ON (person_id) person_id, paid_until, grace_until FROM coverage_span "
        "WHERE person_id = ANY(%s) AND programme = 'JKK' ORDER BY person_id, starts DESC",
        [list(persons)],
    )
    return {person: (paid, grace) for person, paid, grace in found}
