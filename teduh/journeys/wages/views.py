"""Filed returns as they can be read for ever: versions, lines, what was known at a moment, a row as it came."""

from __future__ import annotations

import datetime as dt
from typing import Any

from teduh.contributions.wages import BILLED, COLUMNS
from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.employers import access
from teduh.employers.models import WageFile
from teduh.employers.returns import reading
from teduh.journeys.wages import keeping
from teduh.journeys.wages.report import LinePage, LineView, OriginalRow, Version
from teduh.journeys.wages.showing import amounts_of, names
from teduh.law.months import Month
from teduh.registry import names as people
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

MOST = 1_000
VERSIONS = """
SELECT r.id, r.version, r.kind, r.workers, r.wages,
    (SELECT coalesce(sum({billed}), 0)::bigint FROM employers_wageline l
     JOIN contributions_wagedue d ON d.line_id = l.id
     WHERE l.wage_return_id = r.id),
    (SELECT d.bill_id FROM employers_wageline l JOIN contributions_wagedue d ON d.line_id = l.id
     WHERE l.wage_return_id = r.id AND d.bill_id IS NOT NULL LIMIT 1),
    r.filed_on, r.filed_at, coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username, ''), r.why,
    coalesce(f.name, ''), coalesce(f.source, '')
FROM employers_wagereturn r LEFT JOIN security_user u ON u.id = r.filed_by_id
LEFT JOIN employers_wagefile f ON f.id = r.file_id
WHERE r.employer_id = %s AND r.month = %s AND r.state = 'filed' ORDER BY r.version
""".format(billed=" + ".join(f"d.{column}" for column in BILLED))
LINE = """
SELECT l.id, l.number, l.person_id, p.name, p.member_number, l.wage_type, l.pay, l.allowances, l.variable, l.wage,
    w.number, l.risk_class, l.programmes, l.replaces_id, o.wage, l.withdrawn, d.protection_on, d.savings_on, {columns}
FROM employers_wagereturn r JOIN employers_wageline l ON l.wage_return_id = r.id
JOIN registry_person p ON p.id = l.person_id JOIN employers_worksite w ON w.id = l.worksite_id
LEFT JOIN employers_wageline o ON o.id = l.replaces_id LEFT JOIN contributions_wagedue d ON d.line_id = l.id
""".format(columns=", ".join(f"coalesce(d.{column}, 0)" for column in COLUMNS))
OF_RETURN = """
WHERE r.id = %(wage_return)s AND l.id > %(after)s AND (%(words)s::bigint[] IS NULL
    OR p.name_words @> %(words)s::bigint[] OR p.member_number = %(exact)s OR p.nik_index = %(index)s)
ORDER BY l.id LIMIT %(limit)s
"""
#: Known at a moment: lines of versions filed by then that no version filed by then replaced.
KNOWN = """
WHERE r.employer_id = %(employer)s AND r.month = %(month)s AND r.state = 'filed' AND r.filed_at <= %(at)s
    AND l.id > %(after)s AND NOT l.withdrawn AND NOT EXISTS (
        SELECT FROM employers_wageline n JOIN employers_wagereturn nr ON nr.id = n.wage_return_id
        WHERE n.replaces_id = l.id AND nr.filed_at <= %(at)s)
ORDER BY l.id LIMIT %(limit)s
"""
ROW = """
SELECT r.id, r.version, r.employer_id, l.number, l.person_id, r.file_id FROM employers_wageline l
JOIN employers_wagereturn r ON r.id = l.wage_return_id WHERE l.id = %s
"""


def versions(*, employer: int, month: Month, by: Actor, why: str = "") -> tuple[Version, ...]:
    """Every filed version of a month, the first one first."""
    access.require(by=by, employer=employer, what="view", why=why)
    return tuple(
        Version(id_, version, kind, workers, wages, to_pay, bill, filed_on, filed_at, filed_by, said, name, source)
        for id_, version, kind, workers, wages, to_pay, bill, filed_on, filed_at, filed_by, said, name, source
        in sql.rows(VERSIONS, [employer, month.first])
    )  # fmt: skip


def lines(
    *, wage_return: int, by: Actor, after: int | None = None, limit: int = 50, search: str = "", why: str = ""
) -> LinePage:
    """The lines of one filed version, in the order of its file; `search` is a name, a NIK or a member number."""
    of = keeping.get(wage_return=wage_return)
    access.require(by=by, employer=of.employer_id, what="view", why=why)
    limit = max(1, min(limit, MOST))
    sought = search.strip()[:80]
    digits = sought.isdigit()
    told = {
        "wage_return": wage_return, "after": after or 0, "limit": limit + 1, "exact": sought if digits else "",
        "index": crypto.blind("nik", sought) if digits else b"",
        "words": None if not sought else list(people.sought(sought)) if not digits else [0],
    }  # fmt: skip
    return _page(sql.rows(LINE + OF_RETURN, told), limit)


def as_known_on(
    *, employer: int, month: Month, at: dt.datetime, by: Actor, after: int = 0, limit: int = 50, why: str = ""
) -> LinePage:
    """The month's workers as was known at a moment, whatever was corrected since."""
    access.require(by=by, employer=employer, what="view", why=why)
    limit = max(1, min(limit, MOST))
    told = {"employer": employer, "month": month.first, "at": at, "after": after, "limit": limit + 1}
    return _page(sql.rows(LINE + KNOWN, told), limit)


def _page(rows: list[tuple[Any, ...]], limit: int) -> LinePage:
    shown = tuple(_line(row) for row in rows[:limit])
    return LinePage(shown, shown[-1].line if len(rows) > limit else None)


def _line(row: tuple[Any, ...]) -> LineView:
    (id_, number, person, name, member, kind, pay, allowances, variable, wage, site, risk, mask, replaces, before,
     withdrawn, protection_on, savings_on, *amounts) = row  # fmt: skip
    return LineView(
        line=id_, number=number, person=person, worker=masking.name(crypto.decrypt(name)), member_number=member,
        wage_type=kind, pay=pay, allowances=allowances, variable=variable, wage=wage, worksite=site, risk_class=risk,
        programmes=names(mask), amounts=amounts_of(amounts), total=sum(amounts[: len(BILLED)]), replaces=replaces,
        before=before, withdrawn=withdrawn, protection_on=protection_on, savings_on=savings_on,
    )  # fmt: skip


def original_row(*, line: int, by: Actor, why: str = "") -> OriginalRow:
    """The row of the employer's file behind a line, as it came: for the employer, the worker himself, and officers."""
    found = sql.rows(ROW, [line])
    if not found:
        raise _no_line()
    wage_return, version, employer, number, person, file = found[0]
    if by.person != person:
        access.require(by=by, employer=employer, what="view", why=why)
    kept = WageFile.objects.filter(id=file).first() if file and number else None
    if kept is None:
        raise not_found(Text("Baris ini tidak ada dalam berkas.", "This line is in no file."),
                        Text("Lihat versi laporan sebelumnya.", "See the version before."))  # fmt: skip
    grid, layout, _ = reading.original(content=bytes(kept.content), name=kept.name)
    security.record(by=by, action="return.row_read", subjects=[f"person:{person}"], why=why, detail={"line": line})
    told = tuple(reading.cells_of(grid, layout, number).items())
    return OriginalRow(wage_return, version, kept.name, kept.source, number, told)


def _no_line() -> Exception:
    return not_found(Text("Baris laporan ini tidak ditemukan.", "There is no such line."))
