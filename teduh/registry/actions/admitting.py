"""Admits people whom others name, such as an employer's workers: one person per NIK, a member number, nothing more.

No enrolment is made and nobody's record is changed; the check with the civil registry is left behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from teduh.core import jobs, sql
from teduh.core.clock import JAKARTA
from teduh.registry import numbers
from teduh.registry.actions import duplicates, enrolling, statements
from teduh.registry.facts import Admitted
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor

WHO = """
SELECT DISTINCT ON (p.nik_index) p.nik_index, coalesce(p.merged_into_id, p.id) FROM registry_person p
WHERE p.nik_index = ANY(%s) ORDER BY p.nik_index, p.merged_into_id NULLS FIRST
"""
#: The task that looks for people under another record; those between two numbers may be looked for twice.
DOUBLES = "look_for_doubles"
COLUMNS = (
    "member_number", "nik", "nik_index", "name", "name_words", "birth_date", "sex", "phone", "phone_index", "email",
    "lives_in_id", "works_in_id",
)  # fmt: skip
FRESH = f"""
CREATE TEMP TABLE admitted ON COMMIT DROP AS SELECT {", ".join(COLUMNS)} FROM registry_person WITH NO DATA
"""
#: Sorted, so that two who admit the same people at once wait for each other instead of locking each other out.
ADMIT = f"""
INSERT INTO registry_person ({", ".join(COLUMNS)}, identity, joined_on)
SELECT {", ".join(COLUMNS)}, 'waiting', %(on)s FROM admitted ORDER BY nik_index
ON CONFLICT (nik_index) WHERE merged_into_id IS NULL DO NOTHING
RETURNING nik_index, id
"""


def admit(*, people: Sequence[Admitted], by: Actor, on: dt.date) -> list[tuple[int, bool]]:
    """Each one's person, in their order, and whether he is new: one person per NIK, however often or by how many named.

    Who is on record stays as he is, and who was merged is who he became. The number of statements does not depend on
    the people. Call it inside a transaction.
    """
    indexes = [crypto.blind("nik", one.nik) for one in people]
    found = _on_record(indexes)
    fresh = {index: one for index, one in zip(indexes, people, strict=True) if index not in found}
    made = _made(fresh, by, on) if fresh else {}
    if missed := [index for index in fresh if index not in made]:  # somebody else admitted them just now
        found |= _on_record(missed)
    new = set(made)
    answer = []
    for index in indexes:
        answer.append((made[index] if index in made else found[index], index in new))
        new.discard(index)
    return answer


def _on_record(indexes: Sequence[bytes]) -> dict[bytes, int]:
    return {bytes(index): person for index, person in sql.rows(WHO, [list(indexes)])} if indexes else {}


def _made(fresh: dict[bytes, Admitted], by: Actor, on: dt.date) -> dict[bytes, int]:
    enrolling.require_known_regions(fresh.values())
    sql.run("DROP TABLE IF EXISTS pg_temp.admitted")
    sql.run(FRESH)
    taken = numbers.take(len(fresh))  # before the COPY: the connection speaks of one thing at a time
    sql.copy(f"admitted ({', '.join(COLUMNS)})", _records(fresh, taken))
    made = {bytes(index): person for index, person in sql.rows(ADMIT, {"on": on})}
    sql.run("DROP TABLE admitted")
    persons = list(made.values())
    if persons:
        start = dt.datetime.combine(on, dt.time(), JAKARTA)
        sql.run(statements.CHECKS, {"persons": persons, "at": start})
        _look_for_doubles(persons)
        security.record(
            by=by, action="person.admitted", subjects=[f"person:{person}" for person in persons],
            detail={"on": on.isoformat()},
        )  # fmt: skip
    return made


def _look_for_doubles(persons: Sequence[int]) -> None:
    """Somebody named alone is looked for under another record at once; whoever stands in a list, after the commit."""
    if len(persons) == 1:
        duplicates.flag(persons=persons)
    else:
        jobs.once(DOUBLES, first=min(persons), last=max(persons))


def _records(fresh: dict[bytes, Admitted], taken: Sequence[str]) -> Iterator[tuple[object, ...]]:
    for number, (index, one) in zip(taken, fresh.items(), strict=True):
        yield (
            number, crypto.encrypt(one.nik), index, crypto.encrypt(one.name),
            _array(enrolling.name_words(name=one.name, birth_date=one.birth_date)), one.birth_date, one.sex,
            _secret(one.phone), crypto.blind("phone", one.phone) if one.phone else None, _secret(one.email),
            one.lives_in, one.works_in,
        )  # fmt: skip


def _secret(text: str | None) -> bytes | None:
    return crypto.encrypt(text) if text else None


def _array(words: list[int]) -> str:
    """As PostgreSQL writes an array: many thousands of these are copied."""
    return f"{{{','.join(map(str, words))}}}"
