"""Whom of a file the register holds already, in one statement. It says so by member number, masked, never by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from teduh.core import sql
from teduh.registry import names
from teduh.security import crypto

KNOWN = """
SELECT DISTINCT ON (p.nik_index) p.nik_index, s.id, s.member_number, s.name, s.birth_date,
    EXISTS (SELECT FROM registry_enrolment e WHERE e.person_id = s.id AND e.ended_on IS NULL)
FROM registry_person p JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
WHERE p.nik_index = ANY(%(indexes)s)
ORDER BY p.nik_index, p.merged_into_id NULLS FIRST
"""


class Known(NamedTuple):
    """Somebody in the register: the record that lives on, if two were merged."""

    person: int
    member_number: str
    name: str
    birth_date: dt.date
    is_enrolled: bool

    def is_like(self, name: str, birth_date: dt.date) -> bool:
        """Whether a row speaks of the same person."""
        return self.birth_date == birth_date and names.compare(name, self.name).is_alike

    @property
    def masked(self) -> str:
        return f"•••••••{self.member_number[-4:]}"


def find(niks: Iterable[str]) -> dict[str, Known]:
    """By NIK, those who are in the register."""
    index = {crypto.blind("nik", nik): nik for nik in niks}
    if not index:
        return {}
    return {
        index[bytes(key)]: Known(person, number, crypto.decrypt(bytes(name)), born, is_enrolled)
        for key, person, number, name, born, is_enrolled in sql.rows(KNOWN, {"indexes": list(index)})
    }
