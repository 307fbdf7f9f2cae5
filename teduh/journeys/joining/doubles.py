"""Looks for people who came in a list under another record, after they were written, some thousands at a time.

Doing it again changes nothing: a pair is flagged once, and what two officers made of it stays.
"""

from __future__ import annotations

from django.db import transaction

from teduh.core import sql
from teduh.registry.actions import duplicates

AT_ONCE = 2_000
NEXT = """
SELECT id FROM registry_person WHERE id > %s AND id <= %s AND merged_into_id IS NULL ORDER BY id LIMIT %s
"""


def look(*, first: int, last: int, at_once: int = AT_ONCE) -> int:
    """Everybody with a number from `first` to `last`; how many pairs were flagged now."""
    found, after = 0, first - 1
    while True:
        with transaction.atomic():
            persons = [person for (person,) in sql.rows(NEXT, [after, last, at_once])]
            found += len(duplicates.flag(persons=persons))
        if len(persons) < at_once:
            return found
        after = persons[-1]
