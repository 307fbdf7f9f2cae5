"""The monthly wage return of an employer: checked without being stored as fact, filed once, corrected by versions.

Nothing is kept of a check but the file and one row in hand; filing reads and checks the file again, so that nothing
stale is filed. Typed rows and rows of the API become a sheet like any other.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Sequence
from dataclasses import astuple, fields

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import access
from teduh.employers.models import ReturnKind, ReturnState, Source, WageReturn
from teduh.employers.returns.labels import LABELS
from teduh.journeys.wages import filing, judging, keeping, showing
from teduh.journeys.wages.judging import Priced
from teduh.journeys.wages.report import DraftPage, Filed, FindingPage, ReturnReport, TypedRow
from teduh.journeys.wages.sheets import mended_sheet, prefilled, template, typing_rows
from teduh.journeys.wages.views import as_known_on, lines, original_row, versions
from teduh.law.months import Month
from teduh.security import actions as security
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

__all__ = [
    "as_known_on", "check", "discard", "drafts", "file", "findings", "lines", "mended_sheet", "nil", "original_row",
    "prefilled", "report", "template", "typed", "typing_rows", "versions",
]  # fmt: skip

MOST_TYPED = 150_000


def check(
    *,
    employer: int,
    month: Month,
    content: bytes,
    name: str,
    source: str = "file",
    by: Actor,
    on: dt.date,
    at: dt.datetime,
    why: str = "",
    only_changes: bool | None = None,
) -> ReturnReport:
    """The dry run: every amount, the difference to last month, everything worth saying; nothing is owed yet.

    For a month that was filed it is a correction: of the full list, or (`only_changes`) of the rows given; rows typed
    in a page are only the changes. The same file as the one filed last answers with that return.
    """
    access.require(by=by, employer=employer, what="prepare", why=why)
    if source not in Source.values:
        raise ValueError(f"no such source: {source}")
    content, name = bytes(content), keeping.require_name(name)
    past = judging.history(employer=employer, month=month)
    only = bool(past.filed) and (source == Source.PAGE if only_changes is None else only_changes)
    digest = hashlib.sha256(content).digest()
    if past.latest and past.latest.sha256 == digest and (past.latest.only_changes == only or past.next_version == 2):
        return _shown(keeping.get(wage_return=past.latest.id), on)
    priced = judging.judge(
        employer=employer, month=month, content=content, name=name, on=on, past=past, only_changes=only
    )
    kind = ReturnKind.AMENDMENT if past.filed else ReturnKind.ORIGINAL
    with transaction.atomic():
        kept = keeping.keep(
            employer=employer, month=month, content=content, digest=digest, name=name, source=source, kind=kind,
            understood={**showing.summary(priced, only_changes=only), "source": source},
            workers=priced.judged.workers, wages=priced.judged.wages, by=by, at=at,
        )  # fmt: skip
        security.record(by=by, action="return.checked", subjects=[f"return:{kept.id}"], why=why,
                        detail={"month": str(month), "workers": priced.judged.workers})  # fmt: skip
    return showing.report(of=kept, priced=priced, file_name=name, source=source, kind=kind, on=on)


def report(*, wage_return: int, by: Actor, on: dt.date, why: str = "") -> ReturnReport:
    """The same again, read anew from the file: of one in hand as things stand now, of a filed one as it was filed."""
    of = keeping.get(wage_return=wage_return)
    access.require(by=by, employer=of.employer_id, what="view", why=why)
    return _shown(of, on)


def _shown(of: WageReturn, on: dt.date) -> ReturnReport:
    if of.file is None:
        return showing.of_nil(of=of, on=on)
    priced = _again(of, on)
    return showing.report(of=of, priced=priced, file_name=of.file.name, source=of.file.source, kind=of.kind, on=on)


def _again(of: WageReturn, on: dt.date) -> Priced:
    past = judging.history(employer=of.employer_id, month=of.month)
    return judging.again(wage_return=of, past=past, on=on)


def drafts(
    *, wage_return: int, by: Actor, on: dt.date, after: int = 0, limit: int = 100, why: str = ""
) -> DraftPage:  # fmt: skip
    """All lines of a dry run, page by page; `after` is how many were shown before."""
    priced = _read(wage_return, by, on, why)
    start, limit = max(after, 0), max(1, min(limit, 1_000))
    end = min(start + limit, len(priced.judged.lines))
    return DraftPage(tuple(showing.drafts(priced, of=range(start, end))),
                     end if end < len(priced.judged.lines) else None)  # fmt: skip


def findings(
    *, wage_return: int, by: Actor, on: dt.date, code: str = "", after: int = 0, limit: int = 100, why: str = ""
) -> FindingPage:
    """All findings, or those of one code, in the order of the file, page by page."""
    priced = _read(wage_return, by, on, why)
    start, limit = max(after, 0), max(1, min(limit, 1_000))
    found = sorted((f for f in priced.judged.rows.findings if not code or f.code == code), key=lambda f: f.number)
    shown = showing.said(priced, found=found[start : start + limit])
    return FindingPage(tuple(shown), start + limit if len(found) > start + limit else None)


def _read(wage_return: int, by: Actor, on: dt.date, why: str) -> Priced:
    of = keeping.get(wage_return=wage_return)
    access.require(by=by, employer=of.employer_id, what="view", why=why)
    if of.file is None:
        raise not_found(Text("Laporan nihil tidak punya baris.", "A nil return has no rows."))
    return _again(of, on)


def file(
    *, wage_return: int, by: Actor, on: dt.date, at: dt.datetime, without_stopped: bool = False, why: str = ""
) -> Filed:
    """File what was checked: people, employments, lines, dues, bill and books in one transaction, or nothing at all.

    Filing the same return again answers the same. Rows that cannot be filed keep all from being filed, unless the
    clerk chooses to leave them out.
    """
    with transaction.atomic():
        of = keeping.hold(wage_return=wage_return)
        access.require(by=by, employer=of.employer_id, what="file", why=why)
        if of.state == ReturnState.FILED:
            return filing.as_filed(of=of)
        return filing.file(of=of, by=by, on=on, at=at, without_stopped=without_stopped, why=why)


def nil(*, employer: int, month: Month, why: str, by: Actor, on: dt.date, at: dt.datetime, purpose: str = "") -> Filed:
    """Nobody was paid in this month: said once, with the reason; a later report of workers corrects it."""
    why = UNSTORABLE.sub("", why).strip()[:200]
    access.require(by=by, employer=employer, what="file", why=purpose or why)
    if not why:
        raise Refused("why_missing", Text("Alasannya belum diisi.", "The reason is missing."),
                      then=Text("Tulis mengapa tidak ada upah bulan ini.", "Say why no wages were paid."),
                      field="why")  # fmt: skip
    if month.first > on:
        raise filing.too_early()
    with transaction.atomic():
        return filing.nil(employer=employer, month=month, why=why, by=by, on=on, at=at)


def discard(*, wage_return: int, by: Actor, on: dt.date, why: str = "") -> None:
    """Throw away what was checked; nothing of it was filed, and nothing filed is touched."""
    with transaction.atomic():
        of = keeping.hold(wage_return=wage_return)
        access.require(by=by, employer=of.employer_id, what="prepare", why=why)
        if of.state == ReturnState.FILED:
            raise Refused("return_filed", Text("Laporan ini sudah dilaporkan.", "This return is filed already."),
                          then=Text("Betulkan dengan laporan baru untuk bulan yang sama.",
                                    "Correct it by another return for the same month."), status=409)  # fmt: skip
        if of.state == ReturnState.CHECKED:
            sql.run("UPDATE employers_wagereturn SET state = 'discarded' WHERE id = %s", [of.id])
            security.record(by=by, action="return.discarded", subjects=[f"return:{of.id}"], why=why,
                            detail={"on": on.isoformat()})  # fmt: skip


def typed(*, employer: int, month: Month, rows: Sequence[TypedRow]) -> bytes:
    """Typed rows as the sheet they are kept and read as. Row n of them is row n + 1 of the sheet."""
    if len(rows) > MOST_TYPED:
        raise Refused("too_many_rows", Text("Terlalu banyak baris.", "There are too many rows."),
                      then=Text("Bagi menjadi beberapa bagian.", "Divide them."), status=413)  # fmt: skip
    names = [field.name for field in fields(TypedRow)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([LABELS[name].id for name in names])
    for row in rows:
        writer.writerow([" ".join(UNSTORABLE.sub("", str(cell))[:400].split()) for cell in astuple(row)])
    return text.getvalue().encode()
