"""The lines of a filed return as a sheet to keep: every worker, every amount, CSV or XLSX."""

from __future__ import annotations

import csv as comma
import io
from collections.abc import Iterator

import openpyxl

from teduh.core.text import Text
from teduh.journeys.wages import wage_return as returns
from teduh.journeys.wages.report import LineView
from teduh.security.access import Actor

AT_ONCE = 5_000
AMOUNTS = (
    ("JKK.employer", Text("JKK", "JKK")),
    ("JKM.employer", Text("JKM", "JKM")),
    ("JHT.employer", Text("JHT pemberi kerja", "JHT employer")),
    ("JHT.worker", Text("JHT pekerja", "JHT worker")),
    ("JP.employer", Text("JP pemberi kerja", "JP employer")),
    ("JP.worker", Text("JP pekerja", "JP worker")),
)
TITLES = (
    Text("Baris", "Row"), Text("Nomor peserta", "Member number"), Text("Nama", "Name"), Text("Lokasi", "Site"),
    Text("Kelas risiko", "Risk class"), Text("Upah", "Wage"), *(name for _, name in AMOUNTS), Text("Jumlah", "Total"),
)  # fmt: skip


def _lines(wage_return: int, by: Actor, why: str) -> Iterator[LineView]:
    after = None
    while True:
        page = returns.lines(wage_return=wage_return, by=by, why=why, after=after, limit=AT_ONCE)
        yield from page.lines
        if page.after is None:
            return
        after = page.after


def _rows(wage_return: int, by: Actor, why: str) -> Iterator[list[object]]:
    yield [str(title) for title in TITLES]
    for one in _lines(wage_return, by, why):
        amounts = [one.amounts.get(key, 0) for key, _ in AMOUNTS]
        yield [one.number, one.member_number, one.worker, one.worksite, one.risk_class, one.wage, *amounts, one.total]


def csv(*, wage_return: int, by: Actor, why: str = "") -> bytes:
    """Semicolons and a byte order mark, as spreadsheets here open it."""
    out = io.StringIO()
    comma.writer(out, delimiter=";").writerows(_rows(wage_return, by, why))
    return out.getvalue().encode("utf-8-sig")


def xlsx(*, wage_return: int, by: Actor, why: str = "") -> bytes:
    """The same as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Laporan")
    for row in _rows(wage_return, by, why):
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
