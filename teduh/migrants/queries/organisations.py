"""Agencies, the government's placement and missions, as they are chosen and shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text

ROWS = """
SELECT o.id, o.code, o.kind, o.name, o.licence, o.licence_until, o.seat_id, o.phone, o.email, o.ended_on,
    ARRAY(SELECT destination_id FROM migrants_serves s WHERE s.organisation_id = o.id ORDER BY 1)
FROM migrants_organisation o
"""
DESKS = """
SELECT u.id, u.username, trim(u.first_name || ' ' || u.last_name), d.role, d.from_day FROM migrants_desk d
JOIN security_user u ON u.id = d.user_id WHERE d.organisation_id = %s AND d.until_day IS NULL ORDER BY u.username
"""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account that acts for an organisation, and as what."""

    user: int
    username: str
    name: str
    role: str
    since: dt.date


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation; `serves` are the destinations a mission looks after."""

    id: int
    code: str
    kind: str
    name: str
    licence: str
    licence_until: dt.date | None
    seat: str | None
    phone: str
    email: str
    ended_on: dt.date | None
    serves: tuple[str, ...]


def organisations(*, kind: str = "", search: str = "", limit: int = 100) -> tuple[OrganisationRow, ...]:
    """Those that work today, by name."""
    found = sql.rows(
        ROWS + "WHERE o.ended_on IS NULL AND (%(kind)s = '' OR o.kind = %(kind)s) "
        "AND (%(search)s = '' OR upper(o.name) LIKE %(like)s OR o.code = upper(%(search)s)) "
        "ORDER BY o.name LIMIT %(n)s",
        {"kind": kind, "search": search[:80], "like": f"%{search[:80].upper().replace('%', '')}%", "n": limit},
    )
    return tuple(OrganisationRow(*row[:-1], tuple(row[-1])) for row in found)


def organisation(*, organisation: int) -> OrganisationRow:
    """One, also if it has ended; `Refused` (404) if there is none."""
    found = sql.rows(ROWS + "WHERE o.id = %s", [organisation])
    if not found:
        raise not_found(Text("Lembaga ini tidak ditemukan.", "There is no such organisation."))
    return OrganisationRow(*found[0][:-1], tuple(found[0][-1]))


def accounts(*, organisation: int) -> tuple[AccountRow, ...]:
    """The accounts that act for it today."""
    return tuple(AccountRow(*row) for row in sql.rows(DESKS, [organisation]))
