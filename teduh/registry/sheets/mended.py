"""The original sheet given back with three columns beside it: what came of each row, how it was read, what to mend.

A cell that a spreadsheet would run as a formula is written as text, whoever typed it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill

from teduh.core.text import Text
from teduh.registry.models.files import RowState
from teduh.registry.sheets import cells
from teduh.registry.sheets.grid import Sheet
from teduh.registry.sheets.headers import Layout
from teduh.registry.sheets.report import RowReport

TITLES = (
    Text("Status", "Status"),
    Text("Dipahami sebagai", "Understood as"),
    Text("Yang harus diperbaiki", "What to mend"),
)
#: Openpyxl and Excel refuse these inside a cell.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST = 32_000
COLOURS = {RowState.MEND: "FFF4C7C3", RowState.WARNED: "FFFFF2CC", RowState.KNOWN: "FFD9E2F3",
           RowState.REPEATED: "FFD9E2F3", RowState.ENROLLED: "FFD9EAD3"}  # fmt: skip


def write(*, sheet: Sheet, layout: Layout, rows: Mapping[int, RowReport], language: str = "id") -> bytes:
    """The workbook's bytes. Every original row stays on its number."""
    book = Workbook(write_only=True)
    page = book.create_sheet(
        (ILLEGAL.sub("", sheet.name) or "Data")[:31].translate(dict.fromkeys(map(ord, "[]:*?/\\")))
    )
    width = max((len(row) for row in sheet.grid), default=0)
    for letter, size in zip(_letters(width, 3), (18, 60, 70), strict=True):
        page.column_dimensions[letter].width = size
    if layout.header is not None:
        page.freeze_panes = f"A{layout.first + 1}"
    fills = {state: PatternFill("solid", fgColor=colour) for state, colour in COLOURS.items()}
    wrap, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    titled = layout.header if layout.header is not None else -1
    for index, original in enumerate(sheet.grid):
        line: list[Any] = [safe(cell) for cell in original] + [None] * (width - len(original))
        found = rows.get(index + 1)
        words: Sequence[str] = ()
        if index == titled:
            words = [_in(title, language) for title in TITLES]
        elif found is not None:
            words = (_in(found.what, language), _read(found, language), _mend(found, language))
        for text in words:
            cell = WriteOnlyCell(page, safe(text))
            cell.alignment = wrap
            if index == titled:
                cell.font = bold
            if found is not None and found.state in fills:
                cell.fill = fills[found.state]
            line.append(cell)
        page.append(line)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _read(row: RowReport, language: str) -> str:
    parts = [f"{_in(label, language)}: {value}" for label, value in row.understood]
    return "; ".join(parts + [_in(f.what, language) for f in row.findings if f.level == "note"])


def _mend(row: RowReport, language: str) -> str:
    said = []
    for finding in row.findings:
        if finding.level != "note":
            then = finding.then
            said.append(_in(finding.what, language) + (f" {_in(then, language)}" if then else ""))
    return "\n".join(said)


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" else text.id


def safe(value: Any) -> Any:
    """A cell that can do nothing: formulas become text, what Excel cannot hold is dropped, long numbers keep digits."""
    if isinstance(value, float) and value.is_integer() and abs(value) >= 1e11:
        return cells.text(value)
    if not isinstance(value, str):
        return value if isinstance(value, (int, float, bool, dt.date, dt.time)) else None
    text = ILLEGAL.sub("", value)[:MOST]
    return f"'{text}" if text.startswith(FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[\d.,]{1,20}", text) is not None


def _letters(after: int, count: int) -> list[str]:
    from openpyxl.utils import get_column_letter

    return [get_column_letter(after + place) for place in range(1, count + 1)]
