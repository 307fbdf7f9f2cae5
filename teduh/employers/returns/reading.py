"""From the bytes of a wage sheet to columns of workers: which rows are workers, what each says, what cannot be read.

Works column by column, so that a hundred thousand rows take seconds. It asks no register.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers.models.returns import WageType
from teduh.employers.returns import columns, values
from teduh.employers.returns.findings import Finding, Rp, of_sheet
from teduh.employers.returns.labels import LABELS
from teduh.law.months import Month
from teduh.registry.sheets import cells, headers
from teduh.registry.sheets import reading as sheets
from teduh.registry.sheets.findings import MEND, shown
from teduh.registry.sheets.grid import Limits
from teduh.registry.sheets.rows import TOTAL

#: A return may be far larger than a village's list.
LIMITS = Limits(bytes=64_000_000, unpacked=700_000_000, rows=150_100, cells=8_000_000)
#: Columns that are kept as they came and read where they are needed.
LAZY = (
    "name", "birth_date", "birth", "sex", "phone", "worker_number", "worksite", "started_on", "ended_on", "cause",
    "contract", "contract_until", "citizenship", "withdrawn",
)  # fmt: skip
#: A month's wage below this is surely written in thousands.
THOUSANDS = 10_000
EXCEL = {"nik_scientific", "nik_last_digit"}


@dataclass
class Rows:
    """The workers of a sheet, a list for each column; place n of every list is the same worker.

    `number` is the row that the clerk sees. A NIK that cannot be read is None; `stopped` are the places of rows that
    cannot be filed.
    """

    number: list[int] = field(default_factory=list)
    nik: list[str | None] = field(default_factory=list)
    member: list[str] = field(default_factory=list)
    pay: list[int] = field(default_factory=list)
    allowances: list[int] = field(default_factory=list)
    variable: list[int] = field(default_factory=list)
    wage_type: list[str] = field(default_factory=list)
    raw: dict[str, list[Any]] = field(default_factory=dict)
    has_pay: list[bool] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    stopped: set[int] = field(default_factory=set)
    understood: dict[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.number)

    def text(self, name: str, place: int) -> str:
        """A lazily read cell as text."""
        column = self.raw.get(name)
        return cells.text(column[place])[:200] if column else ""

    def find(self, place: int, code: str, field: str = "", **words: Any) -> None:
        """Say something of a row; a stop keeps it from being filed."""
        found = Finding(self.number[place], code, field, words)
        self.findings.append(found)
        if found.severity == "stop":
            self.stopped.add(place)


def read(*, content: bytes, name: str, month: Month) -> Rows:
    """The workers in these bytes. Refused where it is no sheet, or has no columns of people and wages."""
    sheet = sheets.read(content, name=name, limits=LIMITS, likeness=columns.likeness)
    layout = columns.layout(sheet.grid)
    if not layout.is_usable:
        raise _no_columns(layout, sheet.grid)
    said = [of_sheet(0, found) for found in sheet.findings if found.level != MEND]
    places, skipped, total = _workers(sheet.grid, layout)
    if not places:
        raise _nobody()
    body = [sheet.grid[place] for place in places]
    rows = Rows(number=[place + 1 for place in places], findings=said)
    _people(rows, body, layout)
    _wages(rows, body, layout)
    _whole(rows, sheet.grid, layout, skipped, total)
    rows.understood = {
        "kind": sheet.kind, "sheet": sheet.name, "header": (layout.header or 0) + 1, "rows": len(rows),
        "columns": [[column.index, column.title, column.field] for column in layout.columns], "skipped": skipped,
    }  # fmt: skip
    return rows


def original(*, content: bytes, name: str) -> tuple[list[list[Any]], columns.Layout, str]:
    """The grid as it came, where its titles are, and the sheet's name."""
    sheet = sheets.read(content, name=name, limits=LIMITS, likeness=columns.likeness)
    return sheet.grid, columns.layout(sheet.grid), sheet.name


def _workers(grid: Sequence[Sequence[Any]], layout: columns.Layout) -> tuple[list[int], int, int | None]:
    """The rows that speak of a worker, how many others there are, and the row of totals."""
    named = [column.index for column in (*layout.of("nik"), *layout.of("member_number"))]
    names = [column.index for column in layout.of("name")]
    money = [column.index for name in ("pay", "daily", "gross") for column in layout.of(name)]
    places, skipped, total = [], 0, None
    for place in range(layout.first, len(grid)):
        row = grid[place]
        if any(index < len(row) and type(row[index]) is str and len(row[index]) == 16 for index in named):
            places.append(place)
            continue
        kind = _kind(row, named, names, money)
        if kind == "worker":
            places.append(place)
        else:
            skipped += 1
            total = place if kind == "total" else total
    while skipped and place >= layout.first and not any(cell not in ("", None) for cell in grid[place]):
        skipped, place = skipped - 1, place - 1  # what trails at the end is nothing
    return places, skipped, total


def _kind(row: Sequence[Any], named: list[int], names: list[int], money: list[int]) -> str:
    ids = [cells.text(row[index]) for index in named if index < len(row)]
    first = next((text for cell in row if (text := cells.text(cell))), "")
    if not first:
        return "blank"
    words = [text for cell in row[:12] if (text := cells.text(cell))]
    if any(TOTAL.match(text) for text in words[:3]) and not any(sum(c.isdigit() for c in text) > 8 for text in ids):
        return "total"
    if any(columns.field_of(text) in ("nik", "member_number", "name") for text in ids if text and text[0].isalpha()):
        return "titles"
    if any(any(c.isdigit() for c in text) and not cells.is_empty(text) for text in ids):
        return "worker"
    paid = any(values.amount(row[i]) not in (None, "pay_unreadable") for i in money if i < len(row))
    has_name = any(i < len(row) and not cells.is_empty(row[i]) for i in names)
    return "worker" if has_name and paid else "note"


def _column(body: Sequence[Sequence[Any]], index: int) -> list[Any]:
    try:
        return [row[index] for row in body]
    except IndexError:
        return [row[index] if index < len(row) else "" for row in body]


def _people(rows: Rows, body: Sequence[Sequence[Any]], layout: columns.Layout) -> None:
    for name in LAZY:
        if found := layout.of(name):
            rows.raw[name] = _column(body, found[0].index)
    blank: list[Any] = [""] * len(body)
    member = _column(body, layout.of("member_number")[0].index) if layout.of("member_number") else blank
    rows.member = ["" if cells.is_empty(value) else values.member_number(value) for value in member]
    niks = _column(body, layout.of("nik")[0].index) if layout.of("nik") else blank
    rows.nik = [value if type(value) is str and len(value) == 16 and value.isdigit() and value.isascii() else None
                for value in niks]  # fmt: skip
    for place, value in enumerate(niks):
        if rows.nik[place] is None and not (cells.is_empty(value) and rows.member[place]):
            _nik(rows, place, value)


def _nik(rows: Rows, place: int, value: Any) -> None:
    """A NIK that is not sixteen plain digits: how it was read, or why it cannot be. A member number stands in."""
    read = cells.nik(value)
    rows.nik[place] = read.value
    for found in read.findings:
        if found.level == MEND and rows.member[place]:
            continue
        if found.code in EXCEL or (found.code == "nik_length" and type(value) is float):
            rows.find(place, "nik_excel", "nik", cell=shown(value))
        else:
            rows.findings.append(of_sheet(rows.number[place], found))
            if found.level == MEND:
                rows.stopped.add(place)


def _wages(rows: Rows, body: Sequence[Sequence[Any]], layout: columns.Layout) -> None:
    size = len(rows)
    pays, daily = _paid(rows, body, layout)
    rows.pay = [0] * size
    rows.has_pay = [value is not None for value in pays]
    for place, value in enumerate(pays):
        if type(value) is int:
            rows.pay[place] = value
        elif value is not None:
            _bad(rows, place, str(value), "pay", body, layout)
    rows.allowances = _summed(rows, body, layout, "allowances")
    rows.variable = _summed(rows, body, layout, "variable")
    kinds = _column(body, layout.of("wage_type")[0].index) if layout.of("wage_type") else None
    default = str(WageType.MONTHLY)
    if kinds is None:
        rows.wage_type = [str(WageType.DAILY) if place in daily else default for place in range(size)]
    else:
        read = [values.wage_type(cells.text(value)[:80]) for value in kinds]
        for place, kind in enumerate(read):
            if kind == "?":
                rows.find(place, "wage_type_unknown", "wage_type", cell=cells.text(kinds[place]))
        rows.wage_type = [str(WageType.DAILY) if place in daily and not kind else default if kind in ("", "?") else kind
                          for place, kind in enumerate(read)]  # fmt: skip


def _paid(rows: Rows, body: Sequence[Sequence[Any]], layout: columns.Layout) -> tuple[list[int | str | None], set[int]]:
    """The pay of each row: the basic wage, else the daily one, else the gross one; and who is paid by the day."""
    daily: set[int] = set()
    found: list[int | str | None] = [None] * len(body)
    for name in ("pay", "daily", "gross"):
        if not layout.of(name) or (name == "gross" and layout.fields & {"pay", "daily"}):
            continue
        column = layout.of(name)[0]
        if name == "gross":
            rows.findings.append(Finding(0, "gross_used", "pay", {"read": column.title}))
        told = _column(body, column.index)
        for place, value in enumerate(told):
            if found[place] is None and value not in ("", None):
                found[place] = values.amount(value, column.scale)
                if name == "daily" and found[place] or type(value) is str and values.PER_DAY.search(value):
                    daily.add(place)
    return found, daily


def _summed(rows: Rows, body: Sequence[Sequence[Any]], layout: columns.Layout, name: str) -> list[int]:
    sums = [0] * len(body)
    for column in layout.of(name):
        for place, value in enumerate(_column(body, column.index)):
            if value in ("", None):
                continue
            amount = values.amount(value, column.scale)
            if type(amount) is int:
                sums[place] += amount
            elif amount is not None:
                rows.find(place, str(amount), name, cell=shown(value))
    return sums


def _bad(rows: Rows, place: int, code: str, name: str, body: Sequence[Sequence[Any]], layout: columns.Layout) -> None:
    for kind in ("pay", "daily", "gross"):
        for column in layout.of(kind):
            cell = body[place][column.index] if column.index < len(body[place]) else ""
            if values.amount(cell, column.scale) == code:
                rows.find(place, code, name, cell=shown(cell))
                return


def _whole(rows: Rows, grid: Sequence[Sequence[Any]], layout: columns.Layout, skipped: int, total: int | None) -> None:
    """What the whole sheet tells: the columns read, sums that are wrong, wages in thousands."""
    small = [place for place in range(len(rows)) if 0 < rows.pay[place] + rows.allowances[place] < THOUSANDS]
    for place in small:
        rows.find(place, "in_thousands", "pay", amount=Rp(rows.pay[place] + rows.allowances[place]))
    if small and len(small) * 2 > len(rows):
        rows.findings.append(Finding(0, "all_in_thousands", "pay"))
    read = ", ".join(f"{c.title} → {LABELS[c.field].id}" for c in layout.columns if c.field)
    unused = ", ".join(c.title for c in layout.columns if not c.field and c.title not in layout.twice)
    rows.findings.append(Finding(0, "columns_read", "", {"read": shown(read, 240)}))
    if unused:
        rows.findings.append(Finding(0, "columns_ignored", "", {"read": shown(unused, 240)}))
    if layout.twice:
        rows.findings.append(Finding(0, "columns_twice", "", {"read": ", ".join(layout.twice)}))
    for name in ("allowances", "variable"):
        if len(layout.of(name)) > 1:
            titles = ", ".join(column.title for column in layout.of(name))
            rows.findings.append(Finding(0, "several_summed", name, {"read": shown(titles, 240)}))
    if skipped:
        rows.findings.append(Finding(0, "rows_skipped", "", {"count": skipped}))
    if total is not None:
        _compare(rows, grid[total], layout)


def _compare(rows: Rows, row: Sequence[Any], layout: columns.Layout) -> None:
    for name in ("pay", "daily", "gross"):
        for column in layout.of(name)[:1]:
            said = values.amount(row[column.index], column.scale) if column.index < len(row) else None
            if type(said) is int and said > 0 and said != sum(rows.pay):
                rows.findings.append(Finding(0, "sum_differs", "pay", {"cell": Rp(said), "read": Rp(sum(rows.pay))}))
            return


def _no_columns(layout: columns.Layout, grid: Sequence[Sequence[Any]]) -> Refused:
    titles = itertools.chain.from_iterable(grid[:3]) if layout.header is None else (c.title for c in layout.columns)
    seen = ", ".join(text for cell in titles if (text := shown(re.sub(r"\d{6,}", "…", cells.text(cell)))))
    missing = "NIK" if not layout.fields & {"nik", "member_number"} else "upah pokok (basic wage)"
    return Refused(
        "no_wage_columns",
        Text(f"Kolom {missing} tidak ditemukan.", f"There is no column of {missing}."),
        why=Text(f"Yang terbaca: {shown(seen, 240) or '-'}.", f"Read were: {shown(seen, 240) or '-'}."),
        then=Text(
            "Beri judul kolom NIK (atau KPJ), Nama, dan Upah Pokok, atau pakai lembar contoh.",
            "Title the columns NIK (or KPJ), Nama and Upah Pokok, or use the template.",
        ),
        field="file",
    )


def _nobody() -> Refused:
    return Refused(
        "no_workers",
        Text("Tidak ada baris pekerja di lembar ini.", "There is no row of a worker in this sheet."),
        then=Text("Isi baris di bawah judul kolom; bila memang tidak ada pekerja, laporkan nihil.",
                  "Fill in rows under the titles; if there were no workers, file a nil return."),
        field="file",
    )  # fmt: skip


def cells_of(grid: Sequence[Sequence[Any]], layout: columns.Layout, number: int) -> Mapping[str, str]:
    """One row as it came: each title with what stood beneath it."""
    row = grid[number - 1] if 0 < number <= len(grid) else ()
    titles = {column.index: column.title for column in layout.columns}
    found: dict[str, str] = {}
    for index, cell in enumerate(row):
        title = titles.get(index) or headers.letter_of(index)
        if text := cells.text(cell):
            found[title if title not in found else f"{title} ({headers.letter_of(index)})"] = shown(text, 240)
    return found
