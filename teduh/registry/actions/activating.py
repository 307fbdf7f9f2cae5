"""Keeps the codes by which people open their accounts: given, tried, spent. It never holds a code itself."""

from __future__ import annotations

import datetime as dt

from teduh.core import sql
from teduh.registry.models.activation import TRIES
from teduh.security import crypto

#: The same code given again, by the same form sent twice, stays as it is.
GIVE = """
INSERT INTO registry_activation AS a (person_id, digest, given_by_id, given_at, expires_at, tries)
VALUES (%(person)s, %(digest)s, %(by)s, %(at)s, %(expires)s, 0)
ON CONFLICT (person_id) DO UPDATE SET digest = excluded.digest, given_by_id = excluded.given_by_id,
    given_at = excluded.given_at, expires_at = excluded.expires_at, tries = 0, spent_at = NULL
WHERE a.digest <> excluded.digest
"""
LIVE = """
SELECT a.id, a.digest, p.birth_date FROM registry_activation a JOIN registry_person p ON p.id = a.person_id
WHERE a.person_id = %(person)s AND a.spent_at IS NULL AND a.expires_at > %(at)s AND a.tries < %(tries)s
    AND NOT EXISTS (SELECT FROM registry_account o WHERE o.person_id = a.person_id)
FOR UPDATE OF a
"""


def give_code(*, person: int, code: str, by: int | None, at: dt.datetime, expires: dt.datetime) -> bool:
    """This code opens an account for this person, and no older one does. Whether it is a new one."""
    given = {"person": person, "digest": _digest(person, code), "by": by, "at": at, "expires": expires}
    return bool(sql.run(GIVE, given))


def try_code(*, person: int, code: str, birth_date: dt.date, at: dt.datetime) -> bool:
    """Whether code and birth date are this person's; otherwise the try counts, and the fifth ends the code.

    Two at once follow one another: the row is held until the transaction ends.
    """
    found = sql.rows(LIVE, {"person": person, "at": at, "tries": TRIES})
    if not found:
        return False
    row, digest, born = found[0]
    if bytes(digest) == _digest(person, code) and born == birth_date:
        return True
    sql.run("UPDATE registry_activation SET tries = tries + 1 WHERE id = %s", [row])
    return False


def spend_code(*, person: int, at: dt.datetime) -> None:
    """The code has opened the account."""
    sql.run("UPDATE registry_activation SET spent_at = %s WHERE person_id = %s", [at, person])


def _digest(person: int, code: str) -> bytes:
    return crypto.blind("activation", f"{person}:{code}")
