"""Covers to make cards of, as `coverage.queries.protection` gives them."""

from __future__ import annotations

import datetime as dt

from teduh.core.text import Text
from teduh.coverage.queries import ProgrammeCover, Protection

ON = dt.date(2026, 11, 22)
UNTIL = dt.date(2027, 1, 31)
GRACE = dt.date(2027, 5, 17)


def part(programme: str, state: str, until: dt.date | None = UNTIL, grace: dt.date | None = GRACE) -> ProgrammeCover:
    said = Text(state, state)
    return ProgrammeCover(
        programme=programme, name=said, state=state, starts=until and ON, paid_until=until, due_until=until,
        grace_until=grace, immediate=state == "protected", what=said, notes=(), articles=(),
    )  # fmt: skip


def cover(*parts: ProgrammeCover, on: dt.date = ON) -> Protection:
    return Protection(person=1, asked=1, on=on, programmes=parts, enrolled_on=on)


PROTECTED = cover(part("JKK", "protected"), part("JKM", "protected"))
NEVER = cover(part("JKK", "never", None, None), part("JKM", "never", None, None))
