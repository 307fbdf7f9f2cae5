"""Which column of a sheet holds what, for any vocabulary of titles: under headings, over one row or two, merged.

A noun brings its own words (`Vocabulary`); it knows no field by name but `nik`, of which there may be two.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from teduh.registry.sheets import cells, headers
from teduh.registry.sheets.findings import shown

DEEPEST, WIDEST, SAMPLE = 40, 200, 300
ALIKE = 0.88
LONG = re.compile(r"^['`\s]*\d{13,16}\s*$|E\+1\d", re.I)


class Column(NamedTuple):
    """A column: its place, its title, and the field it holds ("" if none)."""

    index: int
    title: str
    field: str


class Layout(NamedTuple):
    """Where the titles are and where the people begin (row indexes from 0); `header` None: no titles were found."""

    columns: tuple[Column, ...]
    header: int | None
    first: int
    twice: tuple[str, ...] = ()

    @property
    def by_field(self) -> dict[str, int]:
        return {column.field: column.index for column in self.columns if column.field}

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(self.by_field)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The titles of one kind of sheet. `telling`: what each field counts when a row of titles is looked for;
    `is_usable`: whether the fields that were found are enough to go on; `unused`: what is known and passed over."""

    titles: Mapping[str, str]
    telling: Mapping[str, int]
    is_usable: Callable[[frozenset[str]], bool]
    unused: str = "unused"

    def field_of(self, title: str) -> str:
        """The field that a title names, or ""."""
        return _field_of(self, title)

    def score(self, layout: Layout) -> int:
        return sum(self.telling.get(field, 0) for field in layout.fields)

    def likeness(self, grid: list[list[Any]]) -> tuple[int, int]:
        """How much a sheet looks like what is wanted: what its titles name, then how many rows it has."""
        found = layout(grid, self)
        return (self.score(found) + 20 * self.is_usable(found.fields), len(grid))


@functools.lru_cache(maxsize=5_000)
def _field_of(vocabulary: Vocabulary, title: str) -> str:
    whole = headers.plain(title)
    without = headers.plain(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", title))
    for text in (whole, without):
        if text in vocabulary.titles:
            return vocabulary.titles[text]
    if len(without) >= 5:
        close = difflib.get_close_matches(without, vocabulary.titles, n=1, cutoff=ALIKE)
        if close and len(close[0]) >= 5:
            return vocabulary.titles[close[0]]
    return ""


def layout(grid: Sequence[Sequence[Any]], vocabulary: Vocabulary) -> Layout:
    """The best reading of the sheet's titles; below usable titles there are people."""
    best = Layout((), None, 0)
    for index in range(min(len(grid), DEEPEST)):
        if vocabulary.is_usable(best.fields) and index >= best.first:
            break
        texts = [cells.text(cell)[:120] for cell in grid[index][:WIDEST]]
        if sum(1 for text in texts if text) < 2:
            continue
        found = _titled(texts, index, index + 1, grid, vocabulary)
        if found.fields and index + 1 < len(grid) and _may_refine(grid[index + 1]):
            two = _titled(_joined(grid[index], grid[index + 1], vocabulary), index, index + 2, grid, vocabulary)
            found = two if len(two.fields) > len(found.fields) else found
        if vocabulary.score(found) > vocabulary.score(best):
            best = found
    if best.header is None or vocabulary.score(best) < 3:
        return Layout((), None, 0)
    return best._replace(first=_past_numbering(grid, best.first))


def _titled(
    titles: Sequence[str], header: int, first: int, grid: Sequence[Sequence[Any]], vocabulary: Vocabulary
) -> Layout:
    columns = [
        Column(index, shown(title), vocabulary.field_of(title)) for index, title in enumerate(titles) if title.strip()
    ]
    columns = [column._replace(field="") if column.field == vocabulary.unused else column for column in columns]
    columns = _one_nik(columns, grid[first : first + SAMPLE])
    taken: set[str] = set()
    twice = []
    for place, column in enumerate(columns):
        if column.field in taken:
            twice.append(column.title)
            columns[place] = column._replace(field="")
        elif column.field:
            taken.add(column.field)
    return Layout(tuple(columns), header, first, tuple(twice))


def _one_nik(columns: list[Column], sample: Sequence[Sequence[Any]]) -> list[Column]:
    """Of several columns that are called NIK the one with sixteen digits is it."""
    named = [column for column in columns if column.field == "nik"]
    if len(named) < 2:
        return columns

    def long(column: Column) -> int:
        return sum(bool(LONG.search(cells.text(row[column.index]))) for row in sample if column.index < len(row))

    chosen = max(named, key=long)
    return [column._replace(field="") if column in named and column is not chosen else column for column in columns]


def _may_refine(row: Sequence[Any]) -> bool:
    """A row under the titles that only has short words: a second row of titles."""
    texts = [text for cell in row[:WIDEST] if (text := cells.text(cell))]
    if not texts or any(len(text) > 40 or sum(c.isdigit() for c in text) > 2 for text in texts):
        return False
    return not all(headers.NUMBERING.fullmatch(text) for text in texts)


def _joined(upper: Sequence[Any], lower: Sequence[Any], vocabulary: Vocabulary) -> list[str]:
    """Titles over two rows: `Kontrak | Mulai`. The upper one holds until the next (it was a merged cell)."""
    titles, above = [], ""
    for index in range(min(max(len(upper), len(lower)), WIDEST)):
        own = cells.text(upper[index])[:120] if index < len(upper) else ""
        below = cells.text(lower[index])[:120] if index < len(lower) else ""
        above = own or (above if below else "")
        titles.append(_one_title(above, below, vocabulary))
    return titles


def _one_title(above: str, below: str, vocabulary: Vocabulary) -> str:
    if not below or not above:
        return below or above
    joined = f"{above} {below}"
    if headers.plain(joined) in vocabulary.titles or not vocabulary.field_of(below):
        return joined
    return below


def _past_numbering(grid: Sequence[Sequence[Any]], first: int) -> int:
    """Forms number their columns under the titles: (1) (2) (3) …"""
    if first < len(grid):
        texts = [text for cell in grid[first] if (text := cells.text(cell))]
        if len(texts) > 2 and all(headers.NUMBERING.fullmatch(text) for text in texts):
            return first + 1
    return first
