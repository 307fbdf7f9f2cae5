"""Who works for an employer, masked, and one of them with his wages there; every look is recorded, person by person.

An employer sees what it told of somebody, never his wages or reports elsewhere.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.employers import access
from teduh.law.months import Month
from teduh.registry import names
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 200
LIST = "Daftar tenaga kerja"
ROW = """
SELECT e.id, p.id, p.member_number, p.name, p.nik, e.number, w.number, w.name, e.contract, e.contract_until,
    e.started_on, e.ended_on, e.cause
FROM employers_employment e JOIN registry_person p ON p.id = e.person_id
JOIN employers_worksite w ON w.id = e.worksite_id
"""
#: What somebody's return says as it stands now: lines that no later one replaced and that were not withdrawn.
MONTHS = """
SELECT l.month, l.wage, l.id, l.programmes FROM employers_wageline l
JOIN employers_wagereturn r ON r.id = l.wage_return_id
WHERE l.employment_id = %s AND NOT l.withdrawn AND r.state = 'filed'
    AND NOT EXISTS (SELECT FROM employers_wageline o WHERE o.replaces_id = l.id)
ORDER BY l.month DESC
"""


@dataclass(frozen=True)
class WorkerRow:
    """Somebody in an employer's list, masked."""

    employment: int
    person: int
    member_number: str
    name: str
    nik: str
    number: str
    site: int
    worksite: str
    contract: str
    contract_until: dt.date | None
    started_on: dt.date
    ended_on: dt.date | None
    cause: str | None


@dataclass(frozen=True)
class WorkersPage:
    """Some workers, where the next ones begin ("": there are no more), and how many work there in all."""

    workers: tuple[WorkerRow, ...]
    after: str
    count: int


@dataclass(frozen=True)
class WageMonth:
    """A month's wage at this employer as it stands now, and its line."""

    month: Month
    wage: int
    line: int
    programmes: int


@dataclass(frozen=True)
class Worker(WorkerRow):
    """One worker with his wages at this employer, the newest month first."""

    employer: int = 0
    months: tuple[WageMonth, ...] = ()


def workers(
    *, by: Actor, employer: int, month: Month | None = None, on: dt.date | None = None, search: str = "",
    after: str = "", limit: int = 50, why: str = "", with_left: bool = False,
) -> WorkersPage:  # fmt: skip
    """Who works there on a day or in a month; a search finds those who left as well.

    Searched by name, member number, NIK or the employer's own number.
    """
    access.require(by=by, employer=employer, what="view", why=why)
    first, last = (month.first, month.last) if month else (on, on)
    if first is None:
        raise ValueError("give a month or a day")
    sought = " ".join(search.replace("\x00", "").split())[:80]
    asked = {
        "employer": employer, "first": first, "last": last, "limit": min(limit, MOST) + 1,
        "after": int(after) if after.isascii() and after.isdigit() and len(after) < 19 else 2**62,
    }  # fmt: skip
    works = "e.started_on <= %(last)s AND coalesce(e.ended_on, 'infinity') >= %(first)s"
    where, values = _sought(sought) if sought else ("TRUE" if with_left else works, {})
    found = sql.rows(
        f"{ROW} WHERE e.employer_id = %(employer)s AND e.id < %(after)s AND {where} ORDER BY e.id DESC LIMIT %(limit)s",
        asked | values,
    )
    ((count,),) = sql.rows(
        f"SELECT count(*) FROM employers_employment e WHERE e.employer_id = %(employer)s AND {works}", asked
    )
    page = tuple(_masked(row) for row in found[: min(limit, MOST)])
    _record(by, "person.listed", [row.person for row in page], why or LIST, employer)
    return WorkersPage(page, str(page[-1].employment) if len(found) > len(page) else "", count)


def worker(*, by: Actor, employer: int, employment: int, on: dt.date, why: str = "") -> Worker:
    """One worker as this employer knows him."""
    access.require(by=by, employer=employer, what="view", why=why)
    rows = sql.rows(f"{ROW} WHERE e.id = %s AND e.employer_id = %s", [employment, employer])
    if not rows:
        raise not_found(Text("Pekerja ini tidak ditemukan.", "There is no such worker."))
    row = _masked(rows[0])
    _record(by, "person.read", [row.person], why or LIST, employer)
    return Worker(**vars(row), employer=employer, months=months(employment=employment))


def months(*, employment: int) -> tuple[WageMonth, ...]:
    """The months filed for an employment, as they stand now; it shows nobody."""
    return tuple(WageMonth(Month.of(first), *rest) for first, *rest in sql.rows(MONTHS, [employment]))


def _sought(text: str) -> tuple[str, dict[str, object]]:
    """By number where it is one, by words of the name otherwise, as well as by the employer's own number."""
    digits = re.sub(r"[\s.\-]", "", text)
    own = "lower(e.number) = lower(%(text)s)"
    if re.fullmatch(r"[0-9]{16}", digits):
        return f"(p.nik_index = %(nik)s OR {own})", {"nik": crypto.blind("nik", digits), "text": text}
    if re.fullmatch(r"[0-9]{11}", digits):
        return f"(p.member_number = %(number)s OR {own})", {"number": digits, "text": text}
    words = list(names.sought(text))
    if not words:
        return own, {"text": text}
    return f"(p.name_words @> %(words)s::bigint[] OR {own})", {"words": words, "text": text}


def _masked(row: tuple) -> WorkerRow:
    employment, person, member_number, name, nik, *rest = row
    return WorkerRow(
        employment, person, member_number, masking.name(crypto.decrypt(name)), masking.nik(crypto.decrypt(nik)), *rest
    )


def _record(by: Actor, action: str, persons: list[int], why: str, employer: int) -> None:
    subjects = [f"person:{person}" for person in persons] or [""]
    security.record(by=by, action=action, subjects=subjects, why=why, detail={"employer": employer})
