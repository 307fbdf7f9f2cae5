"""The file of a return, encrypted and kept once, and the one return of a month that is in hand."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models import ReturnState, WageReturn
from teduh.law.months import Month
from teduh.registry import cleaning
from teduh.security import crypto
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

HOLD_EMPLOYER = "SELECT id FROM employers_employer WHERE id = %s FOR NO KEY UPDATE"
HOLD = """
SELECT e.id FROM employers_employer e JOIN employers_wagereturn r ON r.employer_id = e.id WHERE r.id = %s
FOR NO KEY UPDATE OF e
"""
FILE = """
WITH made AS (
    INSERT INTO employers_wagefile (employer_id, month, sha256, name, source, content, by_id)
    VALUES (%(employer)s, %(month)s, %(digest)s, %(name)s, %(source)s, %(content)s, %(by)s)
    ON CONFLICT (employer_id, month, sha256) DO NOTHING RETURNING id
)
SELECT id FROM made UNION ALL
SELECT id FROM employers_wagefile WHERE employer_id = %(employer)s AND month = %(month)s AND sha256 = %(digest)s LIMIT 1
"""
#: Another file takes the place of the one in hand under a number of its own, so that nobody files what he did not see.
#: A PostgreSQL statement sees the table as it was at its start: what is in hand is put away in a statement before.
REPLACE = """
UPDATE employers_wagereturn SET state = 'discarded'
WHERE employer_id = %(employer)s AND month = %(month)s AND state = 'checked' AND (file_id IS DISTINCT FROM %(file)s
    OR kind <> %(kind)s OR coalesce((understood->>'only_changes')::boolean, FALSE) <> %(only)s)
"""
KEEP = """
INSERT INTO employers_wagereturn (employer_id, month, kind, state, file_id, workers, wages, understood, rulebook, by_id,
    why, created_at)
VALUES (%(employer)s, %(month)s, %(kind)s, 'checked', %(file)s, %(workers)s, %(wages)s, %(understood)s, '', %(by)s, '',
    %(at)s)
ON CONFLICT (employer_id, month) WHERE state = 'checked' DO UPDATE SET workers = EXCLUDED.workers,
    wages = EXCLUDED.wages, understood = EXCLUDED.understood, by_id = EXCLUDED.by_id
RETURNING id
"""


def keep(
    *,
    employer: int,
    month: Month,
    content: bytes,
    digest: bytes,
    name: str,
    source: str,
    kind: str,
    understood: Mapping[str, Any],
    workers: int,
    wages: int,
    by: Actor,
    at: dt.datetime,
) -> WageReturn:
    """Keep the file and what was understood of it. Call it inside a transaction."""
    sql.rows(HOLD_EMPLOYER, [employer])
    told = {"employer": employer, "month": month.first, "by": by.user}
    kept = {"digest": digest, "name": name, "source": source, "content": crypto.seal(content)}
    ((file,),) = sql.rows(FILE, told | kept)
    said = {"file": file, "kind": str(kind), "only": bool(understood["only_changes"]), "workers": workers,
            "wages": wages, "understood": json.dumps(understood, default=str), "at": at}  # fmt: skip
    sql.run(REPLACE, told | said)
    ((id_,),) = sql.rows(KEEP, told | said)
    return WageReturn(id=id_, employer_id=employer, month=month, kind=kind, state=ReturnState.CHECKED, file_id=file)


def get(*, wage_return: int) -> WageReturn:
    """A return with its file; refused where there is none."""
    found: WageReturn | None = WageReturn.objects.select_related("file").filter(id=wage_return).first()
    if found is None:
        raise no_return()
    return found


def hold(*, wage_return: int) -> WageReturn:
    """The same, with its employer held until the transaction ends: one files, the others wait and see what came."""
    if not sql.rows(HOLD, [wage_return]):
        raise no_return()
    return get(wage_return=wage_return)


def no_return() -> Refused:
    return not_found(Text("Laporan upah ini tidak ditemukan.", "There is no such wage return."))


def require_name(name: str) -> str:
    """A file's name as it can be kept and shown."""
    return cleaning.line(UNSTORABLE.sub("", name)[-200:] or "laporan", field="file", most=200) or "laporan"
