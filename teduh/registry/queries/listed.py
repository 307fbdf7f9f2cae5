"""A list of member numbers and NIKs, pasted one to a line: who each of them is, as far as the asker may know.

Whoever is found is recorded as looked up, also where his name is not shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 1_000
NUMBER = re.compile(r"(?<!\d)(?:\d{16}|\d{11})(?!\d)", re.ASCII)
BETWEEN = re.compile(r"[\s.\-]")
WHO = """
SELECT p.member_number, p.nik_index, s.id, {allowed}, s.name, s.member_number
FROM registry_person p JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
WHERE p.member_number = ANY(%(numbers)s) OR p.nik_index = ANY(%(niks)s)
ORDER BY p.merged_into_id DESC NULLS LAST
"""


@dataclass(frozen=True)
class Named:
    """One line: its number in the list, what was written, and who that is. `state` is seen, hidden, missing or unread.

    Only who is `seen` has a person, a masked name and a member number here.
    """

    line: int
    text: str
    state: str
    person: int | None = None
    name: str = ""
    member_number: str = ""


def named(*, actor: Actor, why: str, text: str) -> tuple[Named, ...]:
    """Who stands in the list, in its order; empty lines are left out. Two statements, however many lines there are."""
    people.require_purpose(why)
    lines = [(place, line.strip()) for place, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines or len(lines) > MOST:
        raise _length(len(lines))
    allowed, values = people.scope(actor)
    numbers = {line: _number(line) for _, line in lines}
    niks = {crypto.blind("nik", number): number for number in numbers.values() if len(number) == 16}
    rows = sql.rows(
        WHO.format(allowed=allowed),
        values | {"numbers": [number for number in numbers.values() if len(number) == 11], "niks": list(niks)},
    )
    found = {number: rest for number, _, *rest in rows} | {niks.get(bytes(nik), ""): rest for _, nik, *rest in rows}
    subjects = sorted({f"person:{rest[0]}" for _, _, *rest in rows})
    security.record(by=actor, action="person.found", subjects=subjects or [""], why=why, detail={"by": ["list"]})
    return tuple(_named(place, line, numbers[line], found) for place, line in lines)


def _number(line: str) -> str:
    found = NUMBER.search(line) or NUMBER.search(BETWEEN.sub("", line))
    return found[0] if found else ""


def _named(place: int, line: str, number: str, found: dict[str, list[object]]) -> Named:
    if not number or number not in found:
        return Named(place, line, "missing" if number else "unread")
    person, seen, name, member_number = found[number]
    if not seen:
        return Named(place, line, "hidden")
    return Named(place, line, "seen", person, masking.name(crypto.decrypt(name)), member_number)


def _length(lines: int) -> Refused:
    if not lines:
        return Refused(
            "list_is_empty",
            Text("Belum ada nomor yang ditulis.", "No number was written yet."),
            then=Text("Tulis satu nomor peserta atau NIK per baris.", "Write one member number or NIK to a line."),
            field="numbers",
        )
    return Refused(
        "list_too_long",
        Text(f"Daftar ini {lines} baris.", f"This list has {lines} lines."),
        then=Text(f"Kirim paling banyak {MOST} baris sekali kirim.", f"Send at most {MOST} lines at a time."),
        field="numbers",
    )
