"""Which column of a wage sheet holds what: titles under headings, over one row or two, in many spellings."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from teduh.employers.returns.titles import SUMMED, TELLING, TITLES
from teduh.registry.sheets import cells, headers
from teduh.registry.sheets.findings import shown

DEEPEST, WIDEST, SAMPLE = 40, 200, 300
ALIKE = 0.88
LONG = re.compile(r"^['`\s]*\d{13,16}\s*$|E\+1\d", re.I)


class Column(NamedTuple):
    """A column: its place, title, field ("" if none), and what its amounts are multiplied by."""

    index: int
    title: str
    field: str
    scale: int = 1


class Layout(NamedTuple):
    """Where the titles are and where the workers begin (row indexes from 0); `header` None: no titles were found."""

    columns: tuple[Column, ...]
    header: int | None
    first: int
    twice: tuple[str, ...] = ()

    def of(self, field: str) -> tuple[Column, ...]:
        """The columns of a field; several where amounts are added up."""
        return tuple(column for column in self.columns if column.field == field)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns if column.field)

    @property
    def recognised(self) -> int:
        """How many columns hold something known."""
        return sum(1 for column in self.columns if column.field)

    @property
    def score(self) -> int:
        return sum(2 if field in ("nik", "pay", "name") else 1 for field in self.fields & TELLING)

    @property
    def is_usable(self) -> bool:
        """Somebody is named and paid."""
        return bool(self.fields & {"nik", "member_number"}) and bool(self.fields & {"pay", "daily", "gross"})


@functools.lru_cache(maxsize=5_000)
def field_of(title: str) -> str:
    """The field that a title names, or ""."""
    whole = headers.plain(title)
    without = headers.plain(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", title))
    bare = re.sub(r"\b(rp|idr|ribu|ribuan|rb|juta|jt|dalam|per bulan|sebulan)\b", " ", without)
    for text in (whole, without, " ".join(bare.split())):
        if text in TITLES:
            return TITLES[text]
    if len(without) >= 5:
        close = difflib.get_close_matches(without, TITLES, n=1, cutoff=ALIKE)
        if close and len(close[0]) >= 5:
            return TITLES[close[0]]
    return ""


def layout(grid: Sequence[Sequence[Any]]) -> Layout:
    """The best reading of the sheet's titles. Below titles that name a worker and a wage there are workers."""
    best = Layout((), None, 0)
    for index in range(min(len(grid), DEEPEST)):
        if best.is_usable and index >= best.first:
            break
        texts = [cells.text(cell)[:120] for cell in grid[index][:WIDEST]]
        if sum(1 for text in texts if text) < 2:
            continue
        found = _titled(texts, index, index + 1, grid)
        if found.score and index + 1 < len(grid) and _may_refine(grid[index + 1]):
            two = _titled(_joined(grid[index], grid[index + 1]), index, index + 2, grid)
            if two.recognised > found.recognised:
                found = two
        if found.score > best.score:
            best = found
    if best.header is None or best.score < 3:
        return Layout((), None, 0)
    return best._replace(first=_past_numbering(grid, best.first))


def likeness(grid: list[list[Any]]) -> tuple[int, int]:
    """How much a sheet looks like a wage sheet: what its titles name, then how many rows it has."""
    found = layout(grid)
    return (found.score + 20 * found.is_usable, len(grid))


def _titled(titles: Sequence[str], header: int, first: int, grid: Sequence[Sequence[Any]]) -> Layout:
    columns: list[Column] = []
    for index, title in enumerate(titles):
        if title.strip():
            field = field_of(title)
            scale = headers.scale_of(title) if field in ("pay", "daily", "gross", "allowances", "variable") else 1
            columns.append(Column(index, shown(title), "" if field == "unused" else field, scale))
    columns = _one_nik(columns, grid[first : first + SAMPLE])
    taken: set[str] = set()
    twice = []
    for place, column in enumerate(columns):
        if column.field in taken and column.field not in SUMMED:
            twice.append(column.title)
            columns[place] = column._replace(field="")
        elif column.field:
            taken.add(column.field)
    return Layout(tuple(columns), header, first, tuple(twice))


def _one_nik(columns: list[Column], sample: Sequence[Sequence[Any]]) -> list[Column]:
    """`NIK` is also what firms call their own numbers: of several the one with sixteen digits is the NIK."""
    named = [column for column in columns if column.field == "nik"]
    if len(named) < 2:
        return columns

    def long(column: Column) -> int:
        return sum(bool(LONG.search(cells.text(row[column.index]))) for row in sample if column.index < len(row))

    chosen = max(named, key=long)
    return [
        column._replace(field="worker_number") if column in named and column is not chosen else column
        for column in columns
    ]


def _may_refine(row: Sequence[Any]) -> bool:
    """A row under the titles that only has short words: a second row of titles."""
    texts = [text for cell in row[:WIDEST] if (text := cells.text(cell))]
    if not texts or any(len(text) > 40 or sum(c.isdigit() for c in text) > 2 for text in texts):
        return False
    return not all(headers.NUMBERING.fullmatch(text) for text in texts)


def _joined(upper: Sequence[Any], lower: Sequence[Any]) -> list[str]:
    """Titles over two rows: `Tunjangan | Tetap`. The upper one holds until the next (it was a merged cell)."""
    titles, above = [], ""
    for index in range(min(max(len(upper), len(lower)), WIDEST)):
        own = cells.text(upper[index])[:120] if index < len(upper) else ""
        below = cells.text(lower[index])[:120] if index < len(lower) else ""
        above = own or (above if below else "")
        titles.append(_one_title(above, below))
    return titles


def _one_title(above: str, below: str) -> str:
    if not below or not above:
        return below or above
    joined = f"{above} {below}"
    if headers.plain(joined) in TITLES or not field_of(below):
        return joined
    return below


def _past_numbering(grid: Sequence[Sequence[Any]], first: int) -> int:
    """Forms number their columns under the titles: (1) (2) (3) …"""
    if first < len(grid):
        texts = [text for cell in grid[first] if (text := cells.text(cell))]
        if len(texts) > 2 and all(headers.NUMBERING.fullmatch(text) for text in texts):
            return first + 1
    return first
