"""Which column holds what: titles in several spellings and languages, over one row or two, or none at all."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from teduh.registry.sheets import cells, dates
from teduh.registry.sheets.findings import Finding, find, shown
from teduh.registry.sheets.titles import HEIR, KINDS_OF_HEIR, TITLES

#: A title may stand this far down, under the sheet's own headings.
DEEPEST = 40
WIDEST = 200
ALIKE = 0.86
#: What makes a row of titles: these name people.
TELLING = frozenset({"nik", "name", "birth_date", "birth", "sex", "phone", "occupation", "address", "programmes"})
NUMBERING = re.compile(r"\(?\d{1,2}[.)]*")
ID_DIGITS = re.compile(r"^['`\s]*[1-9]\d{15}\s*$")


class Column(NamedTuple):
    """A column: its place, its title, the field it holds ("" if none), how that is known, and its unit."""

    index: int
    title: str
    field: str
    how: str
    scale: int = 1


class Layout(NamedTuple):
    """Where the titles are, what the columns hold, and where the people begin (row indexes from 0)."""

    columns: tuple[Column, ...]
    header: int | None
    first: int
    findings: tuple[Finding, ...]

    @property
    def by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns if column.field}

    @property
    def score(self) -> int:
        return sum(2 if column.field in ("nik", "name") else 1 for column in self.columns if column.field in TELLING)


@functools.lru_cache(maxsize=5_000)
def plain(title: str) -> str:
    """A title in lower case, letters and digits only, single spaces."""
    text = unicodedata.normalize("NFKD", title[:200].casefold())
    return " ".join(re.sub(r"[^a-z0-9/]+", " ", text).replace("/", " ").split())


@functools.lru_cache(maxsize=5_000)
def field_of(title: str) -> tuple[str, str]:
    """The field that a title names and how it was recognised: "exact", "similar" or ""."""
    whole = plain(title)
    without = plain(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", title))
    for text in (whole, without):
        if text in TITLES:
            return TITLES[text], "exact"
    heir = HEIR.search(whole)
    if heir:
        rest = " ".join(HEIR.sub(" ", whole).split())
        return KINDS_OF_HEIR.get(field_of(rest)[0] if rest else "name", "unused"), "exact"
    if len(without) >= 4:
        close = difflib.get_close_matches(without, TITLES, n=1, cutoff=ALIKE)
        if close and len(close[0]) >= 4:
            return TITLES[close[0]], "similar"
    return "", ""


def scale_of(title: str) -> int:
    """Thousands or millions, if the title says that amounts are written so."""
    words = plain(title)
    if re.search(r"\b(juta|jt|million)\b", words):
        return 1_000_000
    return 1_000 if re.search(r"\b(ribu|ribuan|rb|thousands?)\b", words) else 1


def layout(grid: Sequence[Sequence[Any]], given: Mapping[str, str] | None = None) -> Layout:
    """The best reading of the sheet's titles; by the cells' contents if there are none."""
    best: Layout | None = None
    for index in _likely(grid):
        one = _titled([cells.text(cell) for cell in grid[index][:WIDEST]], index, index + 1, given)
        if one.score and index + 1 < len(grid) and _is_second_row(grid[index], grid[index + 1]):
            two = _titled(_joined(grid[index], grid[index + 1]), index, index + 2, given)
            one = two if two.score and len(two.by_field) > len(one.by_field) else one
        if best is None or one.score > best.score:
            best = one
    if best is None or best.score < 3 or not {"nik", "name"} & set(best.by_field):
        return _by_content(grid, given)
    return best._replace(first=_past_numbering(grid, best.first))


def _likely(grid: Sequence[Sequence[Any]]) -> list[int]:
    """The rows in which a title stands word for word, or all near the top if there is none."""
    near = range(min(len(grid), DEEPEST))
    return [
        index for index in near if any(plain(cells.text(cell)[:80]) in TITLES for cell in grid[index][:WIDEST])
    ] or list(near)


def _titled(titles: Sequence[str], header: int, first: int, given: Mapping[str, str] | None) -> Layout:
    wanted = {plain(title): field for title, field in (given or {}).items()}
    columns, findings = [], [find("header_found", row=header + 1)]
    taken: dict[str, tuple[str, str]] = {}
    for index, title in enumerate(titles):
        if not title.strip():
            continue
        field, how = (wanted[plain(title)], "given") if plain(title) in wanted else field_of(title)
        columns.append(Column(index, shown(title), field, how, scale_of(title) if field == "income" else 1))
    for column in sorted(columns, key=lambda c: ("given", "exact", "similar", "").index(c.how)):
        if column.field and column.field != "unused" and column.field in taken:
            findings.append(find("column_twice", column.field, cell=column.title, read=taken[column.field][0]))
            columns[columns.index(column)] = column._replace(field="", how="")
        elif column.field:
            taken[column.field] = (column.title, column.how)
        else:
            findings.append(find("column_unused", cell=column.title))
    return Layout(tuple(columns), header, first, tuple(findings))


def _is_second_row(upper: Sequence[Any], lower: Sequence[Any]) -> bool:
    """A row under the titles that refines them: only short words, no digits, and words where the upper row is empty."""
    texts = [cells.text(cell) for cell in lower[:WIDEST]]
    filled = [text for text in texts if text]
    if not filled or any(len(text) > 40 or sum(c.isdigit() for c in text) > 2 for text in filled):
        return False
    if any(NUMBERING.fullmatch(text) for text in filled):
        return False
    recognised = sum(bool(field_of(text)[0]) or plain(text) in ("l", "p", "ya", "tidak") for text in filled)
    under_a_gap = any(
        text and (i >= len(upper) or not cells.text(upper[i]) or not field_of(cells.text(upper[i]))[0])
        for i, text in enumerate(texts)
    )
    return recognised * 2 >= len(filled) and (under_a_gap or len(filled) < len(upper) / 2)


def _joined(upper: Sequence[Any], lower: Sequence[Any]) -> list[str]:
    """Titles over two rows: `Ahli Waris | Nama`. The upper one holds until the next (it was a merged cell)."""
    titles, above = [], ""
    for index in range(min(max(len(upper), len(lower)), WIDEST)):
        own = cells.text(upper[index]) if index < len(upper) else ""
        below = cells.text(lower[index]) if index < len(lower) else ""
        above = own or (above if below else "")
        titles.append(_one_title(above, below))
    return titles


def _one_title(above: str, below: str) -> str:
    if not below or not above:
        return below or above
    if plain(above) in TITLES and TITLES[plain(above)] == "sex" and plain(below) in ("l", "lk", "laki laki", "m"):
        return "jenis kelamin l"
    if plain(above) in TITLES and TITLES[plain(above)] == "sex" and plain(below) in ("p", "pr", "perempuan", "f"):
        return "jenis kelamin p"
    joined = f"{above} {below}"
    if HEIR.search(plain(above)) or field_of(joined)[1] == "exact":
        return joined
    return below if field_of(below)[0] else joined


def _past_numbering(grid: Sequence[Sequence[Any]], first: int) -> int:
    """Forms number their columns under the titles: (1) (2) (3) …"""
    if first < len(grid):
        texts = [text for cell in grid[first] if (text := cells.text(cell))]
        if len(texts) > 2 and all(NUMBERING.fullmatch(text) for text in texts):
            return first + 1
    return first


def _by_content(grid: Sequence[Sequence[Any]], given: Mapping[str, str] | None) -> Layout:
    """No titles: each column is recognised by what most of its cells look like, or is given as `A=nik`."""
    sample = [row for row in grid[:200] if any(cells.text(cell) for cell in row)]
    width = min(max((len(row) for row in sample), default=0), WIDEST)
    wanted = {title.strip().upper(): field for title, field in (given or {}).items()}
    columns: list[Column] = []
    longest, names = -1, 0.0
    for index in range(width):
        letter = letter_of(index)
        texts = [row[index] for row in sample if index < len(row) and cells.text(row[index])]
        taken = {column.field for column in columns}
        field, how = (wanted[letter], "given") if letter in wanted else (_looks_like(texts, taken), "content")
        columns.append(Column(index, letter, field, how if field else ""))
        wordy = sum(_is_wordy(text) for text in texts) / len(texts) if texts else 0
        if not field and wordy > max(names, 0.5):
            longest, names = index, wordy
    if longest >= 0 and "name" not in {column.field for column in columns}:
        columns[longest] = columns[longest]._replace(field="name", how="content")
    return Layout(tuple(columns), None, 0, (find("header_guessed"),))


def _looks_like(values: Sequence[Any], taken: set[str]) -> str:
    def most(test: Any) -> bool:
        return bool(values) and sum(bool(test(value)) for value in values) * 2 > len(values)

    if "nik" not in taken and most(lambda v: ID_DIGITS.match(cells.text(v)) or "E+15" in cells.text(v).upper()):
        return "nik"
    if "sex" not in taken and most(lambda v: cells.sex(v).value and not cells.text(v).isdigit()):
        return "sex"
    if "phone" not in taken and most(lambda v: cells.text(v).lstrip("+0'62")[:1] == "8" and cells.phone(v).value):
        return "phone"
    if "birth_date" not in taken and most(lambda v: isinstance(v, dates.dt.date) or _is_date(cells.text(v))):
        return "birth_date"
    return ""


def _is_date(text: str) -> bool:
    return bool(dates.meanings(text[:120])) and sum(c.isdigit() for c in text) <= 8


def _is_wordy(value: Any) -> bool:
    text = cells.text(value)
    return len(text) > 3 and " " in text and sum(c.isalpha() or c in " .'-," for c in text) == len(text)


def letter_of(index: int) -> str:
    """A column's letter in a spreadsheet: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
