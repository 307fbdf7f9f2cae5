"""What journeys and nouns above ask about people by number: no names, nothing recorded, one statement for many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.law.months import Month
from teduh.registry import facts
from teduh.security import crypto


@dataclass(frozen=True)
class Known:
    """A NIK that is on record: who it is, and whether he is enrolled now."""

    person: int
    member_number: str
    is_enrolled: bool


@dataclass(frozen=True)
class Member:
    """A person as contributions see him in a month: what he earns, does and chose, since when he is enrolled."""

    person: int
    member_number: str
    enrolment: int
    enrolled_on: dt.date
    ended_on: dt.date | None
    income: int
    sector: str
    occupation: str
    programmes: tuple[str, ...]


KNOWN = """
SELECT p.nik_index, s.id, s.member_number,
    EXISTS (SELECT FROM registry_enrolment e WHERE e.person_id = s.id AND e.ended_on IS NULL)
FROM registry_person p JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
WHERE p.nik_index = ANY(%s) ORDER BY p.merged_into_id NULLS LAST
"""
#: Who was merged brings the day he joined along: cover paid under the other number is not lost.
MEMBERS = """
SELECT DISTINCT ON (p.id) p.id, p.member_number, e.id, least(e."on", m.earliest), e.ended_on,
    coalesce(d.income, e.income), coalesce(d.sector, e.sector), coalesce(d.occupation_id, e.occupation_id), e.programmes
FROM registry_person p JOIN registry_enrolment e ON e.person_id = p.id
LEFT JOIN LATERAL (SELECT min(x."on") AS earliest FROM registry_person o JOIN registry_enrolment x ON x.person_id = o.id
    WHERE o.merged_into_id = p.id) m ON TRUE
LEFT JOIN LATERAL (SELECT * FROM registry_declaration d WHERE d.enrolment_id = e.id AND d.month <= %(month)s
    ORDER BY d.month DESC, d.id DESC LIMIT 1) d ON TRUE
WHERE p.id = ANY(%(persons)s)
ORDER BY p.id, e.ended_on DESC NULLS FIRST, e.id DESC
"""


def known(*, niks: Sequence[str]) -> dict[str, Known]:
    """Which of these NIKs are on record, as who they are now."""
    indexes = {crypto.blind("nik", nik): nik for nik in niks}
    rows = sql.rows(KNOWN, [list(indexes)]) if indexes else ()
    return {indexes[bytes(index)]: Known(*rest) for index, *rest in rows}


def by_nik(*, nik: str) -> int | None:
    """The person with this NIK, if there is one."""
    found = known(niks=[facts.nik(nik)])
    return next((one.person for one in found.values()), None)


def by_nik_index(*, nik_index: bytes) -> int | None:
    """The person behind a blind index, as who he is now."""
    return next((person for _, person, *_ in sql.rows(KNOWN, [[nik_index]])), None)


def by_member_number(*, number: str) -> int | None:
    """The person with this member number, as who he is now."""
    return by_member_numbers(numbers=[number]).get(number)


def members(*, persons: Sequence[int], month: Month) -> dict[int, Member]:
    """These people as they are in a month: the latest declaration that has come into force, else the enrolment."""
    rows = sql.rows(MEMBERS, {"persons": list(persons), "month": month.first})
    return {row[0]: Member(*row[:-1], tuple(row[-1])) for row in rows}


def identity_of(*, person: int) -> str | None:
    """What the civil registry has said of a person so far; None if there is no such person."""
    rows = sql.rows("SELECT identity FROM registry_person WHERE id = %s", [person])
    return rows[0][0] if rows else None


def has_account(*, person: int) -> bool:
    """Whether somebody signs in as this person."""
    return bool(sql.rows("SELECT 1 FROM registry_account WHERE person_id = %s", [person]))


def lives_on_as(*, persons: Sequence[int]) -> dict[int, int]:
    """Who each of them is now: himself, or the record he was merged into."""
    rows = sql.rows("SELECT id, coalesce(merged_into_id, id) FROM registry_person WHERE id = ANY(%s)", [list(persons)])
    return dict(rows)


def same_person(*, person: int) -> tuple[int, ...]:
    """All records of one person: the one that lives on first, then those merged into it."""
    rows = sql.rows(
        "SELECT id FROM registry_person WHERE coalesce(merged_into_id, id) = "
        "(SELECT coalesce(merged_into_id, id) FROM registry_person WHERE id = %s) "
        "ORDER BY merged_into_id NULLS FIRST, id",
        [person],
    )
    return tuple(row[0] for row in rows)


def member_number(*, person: int) -> str | None:
    """A person's member number; None if there is no such person. Who may ask is the asker's to have checked."""
    found = sql.rows("SELECT member_number FROM registry_person WHERE id = %s", [person])
    return found[0][0] if found else None


def by_member_numbers(*, numbers: Sequence[str]) -> dict[str, int]:
    """Who has these member numbers, as who they are now; unknown numbers are missing."""
    return dict(
        sql.rows(
            "SELECT member_number, coalesce(merged_into_id, id) FROM registry_person WHERE member_number = ANY(%s)",
            [[number for number in numbers if number.isascii() and number.isdigit()]],
        )
    )
