"""How much of the registry waits for an officer's decision. Counts only: they say nothing of anybody."""

from __future__ import annotations

from dataclasses import dataclass

from teduh.core import sql

COUNT = """
SELECT (SELECT count(*) FROM registry_duplicate WHERE state IN ('suspected', 'proposed')),
    (SELECT count(*) FROM registry_correction WHERE state = 'asked'),
    (SELECT count(*) FROM registry_person WHERE identity IN ('mismatch', 'not_found') AND merged_into_id IS NULL)
"""


@dataclass(frozen=True)
class Undecided:
    """Pairs that may be one person, wishes for correction, and identities the civil registry does not confirm."""

    duplicates: int
    corrections: int
    identities: int


def undecided() -> Undecided:
    """The three counts, in one statement."""
    [row] = sql.rows(COUNT, [])
    return Undecided(*row)
