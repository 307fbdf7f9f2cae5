"""XLSX, XLS and ODS by calamine, after making sure that what they hold fits in memory.

Of several sheets the one that looks most like people is read, and the others are named.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import python_calamine
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry.sheets import cells, headers
from teduh.registry.sheets.findings import Finding, find
from teduh.registry.sheets.grid import MOST_COLUMNS, ORDINARY, Broken, Limits, Range, Sheet, TooLarge

Likeness = Callable[[list[list[Any]]], tuple[int, int]]
CHUNK = 1 << 20
#: A cell that holds something; those that are only coloured end in `/>`.
CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
ODS = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")


def read(
    content: bytes, *, kind: str, sheet: str | None = None, limits: Limits = ORDINARY, likeness: Likeness | None = None
) -> Sheet:
    """The sheet of people in this workbook, or the one that is named. `likeness` says how much one looks like it."""
    if kind != "xls":
        _measured(content, kind, limits)
    try:
        book = python_calamine.load_workbook(BytesIO(content))
        return _chosen(book, kind, sheet, limits, likeness or _likeness)
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Broken(str(error)) from error


def _measured(content: bytes, kind: str, limits: Limits) -> None:
    """Unpack once, counting: a few kilobytes can unpack to gigabytes, and one cell far out makes a huge grid."""
    total = 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for member in archive.infolist():
                extent, tail = [0, 0], b""
                with archive.open(member) as stream:
                    while chunk := stream.read(CHUNK):
                        total += len(chunk)
                        if total > limits.unpacked:
                            raise TooLarge
                        if "worksheets/" in member.filename:
                            _stretch(extent, tail + chunk)
                            tail = chunk[-64:]
                if kind == "ods" and member.filename == "content.xml":
                    extent[:] = _ods_extent(archive.read(member))
                if extent[0] * extent[1] > limits.cells:
                    raise TooLarge
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Broken(str(error)) from error


def _stretch(extent: list[int], xml: bytes) -> None:
    found = CELL.findall(xml)
    if found:
        extent[0] = max(extent[0], max(int(row) for _, row in found))
        extent[1] = max(extent[1], *(_column(letters) for letters in {letters for letters, _ in found}))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_extent(xml: bytes) -> tuple[int, int]:
    """How far down and to the right ODS cells with content reach; rows and cells are written once and repeated."""
    column = following = 0
    furthest = [0, 0]
    for element in ODS.finditer(xml):
        kind, attributes = element[1], element[2]
        found = REPEATED.search(attributes)
        times = int(found[1][:9]) if found else 1
        if kind == b"table":
            following = 0
        elif kind == b"table-row":
            following, column = following + times, 0
        else:
            column += times
            if b"office:value" in attributes:
                furthest = [max(furthest[0], following), max(furthest[1], column)]
    return furthest[0], furthest[1]


def _chosen(book: CalamineWorkbook, kind: str, wanted: str | None, limits: Limits, likeness: Likeness) -> Sheet:
    shown = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible]
    hidden = [name for name in book.sheet_names if name not in shown]
    names = shown or list(book.sheet_names)
    if wanted is not None:
        names = [_named(book, wanted)]
    grids = {name: _grid(book, name, kind, limits) for name in names[:20]}
    best = max(grids, key=lambda name: likeness(grids[name][0])) if len(grids) > 1 else names[0]
    said: list[Finding] = []
    others = [name for name in names if name != best and any(any(row) for row in grids.get(name, ([[1]], ()))[0])]
    if others:
        said.append(find("sheet_chosen", read=best, others=", ".join(others)))
    if hidden and wanted is None and shown:
        said.append(find("sheet_hidden", others=", ".join(hidden)))
    grid, merged = grids[best]
    return Sheet(kind, best, grid, merged, tuple(said))


def _named(book: CalamineWorkbook, wanted: str) -> str:
    for name in book.sheet_names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    names = ", ".join(book.sheet_names)
    raise Refused(
        "sheet_unknown",
        Text("Tidak ada lembar dengan nama itu.", "There is no sheet of that name."),
        then=Text(f"Pilih salah satu: {names}.", f"Choose one of: {names}."),
        field="sheet",
    )


def _grid(book: CalamineWorkbook, name: str, kind: str, limits: Limits) -> tuple[list[list[Any]], tuple[Range, ...]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height * min(sheet.total_width, MOST_COLUMNS) > limits.cells:
        raise TooLarge
    grid = sheet.to_python(skip_empty_area=False, nrows=limits.rows + 2)
    if sheet.total_width > MOST_COLUMNS:
        grid = [row[:MOST_COLUMNS] for row in grid]
    while grid and not any(cell not in ("", None) for cell in grid[-1]):
        grid.pop()
    return grid, tuple(sheet.merged_cell_ranges or ()) if kind in ("xlsx", "xls") else ()


def _likeness(grid: list[list[Any]]) -> tuple[int, int]:
    """How much a sheet looks like people: what its titles name, and how many numbers like NIKs it holds."""
    people = sum(1 for row in grid[:5_000] if any(len(cells.text(cell)) == 16 for cell in row[:8]))
    found = headers.layout(grid)
    score = found.score if found.header is not None else 0
    return (min(people, 50) + 3 * score, people)
