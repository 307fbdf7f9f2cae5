"""What is taken over from the other side where no agreement says it: a passport, a destination before leaving."""

from __future__ import annotations

import datetime as dt

from teduh.core import sql
from teduh.migrants import facts
from teduh.security import crypto

PASSPORT = """
UPDATE migrants_placement SET passport = %s, passport_index = %s, passport_until = %s WHERE id = %s
"""
DESTINATION = "UPDATE migrants_placement SET destination_id = %s WHERE id = %s AND state = 'registered' RETURNING id"
AGREEMENT = """
UPDATE migrants_agreement SET destination_id = %s WHERE placement_id = %s AND withdrawn_at IS NULL
"""


def passport(*, placement: int, number: str, until: dt.date | None) -> None:
    """Another passport's number; its last day is what was told with it, or not known."""
    sql.run(PASSPORT, [crypto.encrypt(number), facts.passport_index(number), until, placement])


def destination(*, placement: int, code: str) -> bool:
    """Another destination of somebody who has not left; False if he has."""
    if not sql.rows(DESTINATION, [code, placement]):
        return False
    sql.run(AGREEMENT, [code, placement])
    return True
