"""Sheets for a clerk: an empty template, last month's return filled in, and his own file back with what to mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from teduh.core import dates, sql
from teduh.core.text import Text
from teduh.employers import access, queries
from teduh.employers.returns import findings, reading
from teduh.employers.returns.findings import Finding
from teduh.employers.returns.labels import LABELS
from teduh.journeys.wages import judging, keeping
from teduh.journeys.wages.guide import GUIDE, WORDS
from teduh.law.months import Month
from teduh.registry import names
from teduh.registry.sheets import mended
from teduh.security import actions as security
from teduh.security import crypto, masking
from teduh.security.access import Actor

#: The template's columns, in order.
COLUMNS = (
    "nik", "member_number", "name", "worker_number", "birth_date", "sex", "phone", "worksite", "started_on",
    "contract", "contract_until", "wage_type", "pay", "allowances", "variable", "ended_on", "cause", "citizenship",
    "withdrawn",
)  # fmt: skip
AS_TEXT = frozenset({"nik", "member_number", "worker_number", "phone"})
MONEY = frozenset({"pay", "allowances", "variable"})
#: Everybody who works here on the first of the month, with what was filed of him last.
WORKERS = """
SELECT p.nik, p.member_number, p.name, e.number, p.birth_date, p.sex, w.number, e.started_on, e.contract,
    e.contract_until, l.wage_type, l.pay, l.allowances, l.variable
FROM employers_employment e JOIN registry_person p ON p.id = e.person_id
JOIN employers_worksite w ON w.id = e.worksite_id
LEFT JOIN (
    SELECT l.* FROM employers_wagereturn r JOIN employers_wageline l ON l.wage_return_id = r.id
    WHERE r.employer_id = %(employer)s AND r.month = %(before)s AND r.state = 'filed' AND NOT l.withdrawn
        AND NOT EXISTS (SELECT FROM employers_wageline n WHERE n.replaces_id = l.id)
) l ON l.employment_id = e.id
WHERE e.employer_id = %(employer)s AND coalesce(e.ended_on, 'infinity') >= %(first)s AND e.started_on <= %(last)s
    AND (%(words)s::bigint[] IS NULL OR p.name_words @> %(words)s::bigint[])
    AND (%(number)s = '' OR p.member_number = %(number)s OR upper(e.number) = upper(%(number)s))
ORDER BY w.number, e.id LIMIT %(limit)s
"""
SEX = {"F": "P", "M": "L"}
FILLS = {"stop": "FFF4C7C3", "warn": "FFFFF2CC", "ok": "FFD9EAD3"}
ORDER = {"stop": 0, "warn": 1, "note": 2}


def template(*, month: Month, language: str = "id") -> bytes:
    """An empty sheet with the columns, and a second one that says how to fill them."""
    return _book(month, (), language)


def prefilled(
    *, employer: int, month: Month, by: Actor, on: dt.date, why: str = "", language: str = "id"
) -> bytes:  # fmt: skip
    """The template with everybody who works here and what was filed last month, ready to be changed.

    For a month that is filed, what stands in it: ready to be corrected.
    """
    access.require(by=by, employer=employer, what="prepare", why=why)
    filed = judging.history(employer=employer, month=month).latest is not None
    rows = _workers(employer, month, wages_of=month if filed else None)
    security.record(by=by, action="return.prefilled", subjects=[f"employer:{employer}"], why=why,
                    detail={"month": str(month), "workers": len(rows)})  # fmt: skip
    return _book(month, rows, language)


def _workers(
    employer: int, month: Month, words: Sequence[int] | None = None, limit: int = 150_000, *, number: str = "",
    wages_of: Month | None = None,
) -> list[Any]:  # fmt: skip
    """Who worked there in a month, with the wages filed for the month before, or for `wages_of`."""
    queries.in_force(employer=employer, month=month)
    told = {"employer": employer, "before": (wages_of or month.plus(-1)).first, "first": month.first,
            "last": month.last, "words": None if words is None else list(words), "number": number,
            "limit": limit}  # fmt: skip
    return sql.rows(WORKERS, told)


def typing_rows(
    *, employer: int, month: Month, by: Actor, on: dt.date, search: str = "", limit: int = 100, why: str = ""
) -> tuple[tuple[str, str, int, int, str, str], ...] | None:
    """Rows to begin typing with (member number, masked name, pay, allowances, wage type, site); None if too many.

    For a filed month what stands in it, otherwise last month's.
    """
    access.require(by=by, employer=employer, what="prepare", why=why)
    filed = judging.history(employer=employer, month=month).latest is not None
    number = search.strip() if any(c.isdigit() for c in search) else ""
    words = names.sought(search) if search.strip() and not number else None
    rows = _workers(employer, month, words, limit + 1, number=number, wages_of=month if filed else None)
    if len(rows) > limit:
        return None
    return tuple(
        (member, masking.name(crypto.decrypt(name)), pay or 0, allowances or 0, kind or "monthly", str(site))
        for _, member, name, _, _, _, site, _, _, _, kind, pay, allowances, _ in rows
    )


def _book(month: Month, rows: Iterable[tuple[Any, ...]], language: str) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(f"Upah {month}")
    page.freeze_panes = "D2"
    for index, name in enumerate(COLUMNS):
        page.column_dimensions[_letter(index)].width = 22 if name in AS_TEXT or name == "name" else 16
        if name in AS_TEXT:
            page.column_dimensions[_letter(index)].number_format = "@"
    page.append([_styled(page, _in(LABELS[name], language), bold=True) for name in COLUMNS])
    for row in rows:
        page.append(_filled(page, row))
    _guide(book, month, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _filled(page: Any, row: tuple[Any, ...]) -> list[Any]:
    nik, member, name, number, birth, sex, site, started, contract, until, kind, pay, allowances, variable = row
    told = {
        "nik": crypto.decrypt(nik), "member_number": member, "name": crypto.decrypt(name), "worker_number": number,
        "birth_date": birth, "sex": SEX[sex], "worksite": site, "started_on": started,
        "contract": WORDS.get(contract, contract), "contract_until": until,
        "wage_type": WORDS.get(kind or "monthly", kind), "pay": pay, "allowances": allowances, "variable": variable,
    }  # fmt: skip
    cells: list[Any] = []
    for field in COLUMNS:
        value = mended.safe(told.get(field))
        if field in AS_TEXT or field in MONEY:
            cell = WriteOnlyCell(page, str(value) if field in AS_TEXT and value else value)
            cell.number_format = "@" if field in AS_TEXT else "#,##0"
            cells.append(cell)
        else:
            cells.append(value)
    return cells


def _guide(book: Workbook, month: Month, language: str) -> None:
    page = book.create_sheet("Petunjuk" if language == "id" else "How to")
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 100
    of = dates.month(month)
    title = Text(f"Laporan upah {of.id}", f"Wage return {of.en}")
    page.append([_styled(page, _in(title, language), bold=True)])
    for name, text in GUIDE:
        label = _in(LABELS[name], language) if name in LABELS else ""
        page.append([_styled(page, label, bold=True), _styled(page, _in(text, language))])


def _styled(page: Any, value: Any, *, bold: bool = False, fill: str = "") -> WriteOnlyCell:
    cell = WriteOnlyCell(page, mended.safe(value))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    return cell


def _letter(index: int) -> str:
    return get_column_letter(index + 1)


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" else text.id


def mended_sheet(
    *, wage_return: int, by: Actor, on: dt.date | None = None, why: str = "", language: str = "id"
) -> bytes:  # fmt: skip
    """The file as it came with what to mend beside each row; a second sheet has only the rows that cannot be filed.

    Sent back as it is, either sheet can be read again: the columns added are known and passed over.
    """
    of = keeping.get(wage_return=wage_return)
    access.require(by=by, employer=of.employer_id, what="prepare", why=why)
    if of.file is None:
        raise keeping.no_return()
    past = judging.history(employer=of.employer_id, month=of.month)
    priced = judging.again(wage_return=of, past=past, on=on or of.month.last)
    grid, layout, _ = reading.original(content=bytes(of.file.content), name=of.file.name)
    said = _by_row(priced.judged.rows.findings)
    book = Workbook(write_only=True)
    width = max((len(row) for row in grid), default=0)
    workers = set(priced.judged.rows.number)
    titles = range(layout.header or 0, layout.first)
    _write(book, "Data", range(len(grid)), grid, titles, said, workers, width, language)
    stopped = [priced.judged.rows.number[place] - 1 for place in sorted(priced.judged.rows.stopped)]
    name = "Perbaiki" if language == "id" else "Mend"
    _write(book, name, [*titles, *stopped], grid, titles, said, workers, width, language)
    security.record(by=by, action="return.downloaded", subjects=[f"return:{of.id}"], why=why,
                    detail={"rows": len(workers)})  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _by_row(found: Iterable[Finding]) -> dict[int, list[Finding]]:
    by_row: dict[int, list[Finding]] = {}
    for one in found:
        if one.number and one.severity != "note":
            by_row.setdefault(one.number, []).append(one)
    return by_row


VERDICTS = {"stop": Text("Perbaiki", "Mend"), "warn": Text("Periksa", "Check"), "ok": Text("Siap", "Ready")}
ADDED = (Text("Status baris", "Row status"), Text("Yang harus diperbaiki", "What to mend"))


def _write(
    book: Workbook, name: str, rows: Iterable[int], grid: Sequence[Sequence[Any]], titles: range,
    said: Mapping[int, list[Finding]], workers: set[int], width: int, language: str,
) -> None:  # fmt: skip
    page = book.create_sheet(name)
    page.column_dimensions[_letter(width)].width, page.column_dimensions[_letter(width + 1)].width = 14, 80
    for index in rows:
        line: list[Any] = [mended.safe(cell) for cell in grid[index]] + [None] * (width - len(grid[index]))
        if index == titles.start:
            line += [_styled(page, _in(title, language), bold=True) for title in ADDED]
        elif index + 1 in workers:
            found = sorted(said.get(index + 1, ()), key=lambda one: ORDER[one.severity])
            state = found[0].severity if found else "ok"
            words = "\n".join(_sentence(one, language) for one in found)
            line += [_styled(page, _in(VERDICTS[state], language), fill=FILLS[state]), _styled(page, words)]
        page.append(line)


def _sentence(one: Finding, language: str) -> str:
    words = findings.said(one)
    return _in(words.text, language) + (f" {_in(words.then, language)}" if words.then else "")
