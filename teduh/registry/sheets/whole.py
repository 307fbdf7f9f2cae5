"""What only the whole sheet tells: merged cells, the same person twice, a telephone of many, sums that are wrong."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from teduh.core.text import rupiah
from teduh.registry import names
from teduh.registry.models.files import RowState
from teduh.registry.sheets import amounts, cells
from teduh.registry.sheets.findings import Finding, find
from teduh.registry.sheets.grid import Sheet
from teduh.registry.sheets.headers import Layout
from teduh.registry.sheets.rows import TOTAL, Row

#: What several people can share, so that one merged cell may speak for all of them.
SHARED = frozenset(
    {
        "village", "district", "regency", "province", "region_code", "hamlet", "rt_rw", "rt", "rw", "address",
        "occupation", "programmes", "works_in", "income", "note",
    }
)  # fmt: skip
MANY = 5


def fill_down(sheet: Sheet, layout: Layout) -> dict[int, list[Finding]]:
    """Merged cells speak for every row they cover, if people can share what they say. Changes the grid in place."""
    fields = {column.index: column.field for column in layout.columns if column.field}
    said: dict[int, list[Finding]] = defaultdict(list)
    for (top, left), (bottom, _) in sheet.merged:
        name = fields.get(left, "")
        if bottom <= top or top < layout.first or not name:
            continue
        value = _cell(sheet.grid, top, left)
        for row in range(top + 1, min(bottom, len(sheet.grid) - 1) + 1):
            if name in SHARED and cells.is_empty(_cell(sheet.grid, row, left)):
                cell_row = sheet.grid[row]
                cell_row.extend([""] * (left + 1 - len(cell_row)))
                cell_row[left] = value
                said[row].append(find("row_filled_down", name, row=top + 1))
            elif name == "nik":
                said[row].append(find("nik_merged", "nik", row=top + 1))
    return said


def _cell(grid: Sequence[Sequence[Any]], row: int, column: int) -> Any:
    return grid[row][column] if row < len(grid) and column < len(grid[row]) else None


def repeated(rows: Iterable[Row]) -> None:
    """The same NIK twice: one person once if the names agree, both rows to be mended if they do not."""
    by_nik: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.values.get("nik"):
            by_nik[row.values["nik"]].append(row)
    for same in by_nik.values():
        if len(same) > 1:
            _one_person(same)


def _one_person(same: list[Row]) -> None:
    first = same[0]
    other = next((row for row in same[1:] if not _alike(first, row)), None)
    if other is not None:
        for row in same:
            against = other if row is first else first
            words = {"row": against.number, "other": against.values.get("name") or "?"}
            row.findings.append(find("nik_two_names", "nik", **words))
            row.judge()
        return
    kept = next((row for row in same if row.is_usable), None)
    for row in same:
        if kept is not None and row is not kept and row.is_usable:
            row.findings.append(find("repeated", "nik", row=kept.number))
            row.state = RowState.REPEATED


def _alike(one: Row, other: Row) -> bool:
    first, second = one.values.get("name"), other.values.get("name")
    return not first or not second or names.compare(first, second).is_alike


def look_alikes(rows: Sequence[Row]) -> None:
    """One name and birth date under two NIKs, and one telephone for many people: to be looked at."""
    first: dict[tuple[Any, Any], Row] = {}
    phones = Counter(row.values["phone"] for row in rows if row.is_usable and row.values.get("phone"))
    for row in rows:
        if not row.is_usable:
            continue
        if phones.get(row.values.get("phone"), 0) >= MANY:
            row.findings.append(find("phone_shared", "phone", count=phones[row.values["phone"]]))
        key = (names.words(row.values.get("name") or ""), row.values.get("birth_date"))
        before = first.setdefault(key, row)
        if before is not row and all(key):
            row.findings.append(find("same_person", "nik", row=before.number))
        row.judge()


def totals(sheet: Sheet, layout: Layout, rows: Sequence[Row]) -> list[Finding]:
    """Rows of totals compared with what they total: how many people, and how much money."""
    people = sum(1 for row in rows if row.state != RowState.BLANK)
    dues = [row.values["due"] for row in rows if row.state != RowState.BLANK and row.values.get("due") is not None]
    column = layout.by_field.get("due")
    counted = {layout.by_field[field].index for field in ("nik", "name") if field in layout.by_field}
    found: list[Finding] = []
    for row in rows:
        if row.state != RowState.BLANK or not any(finding.code == "row_total" for finding in row.findings):
            continue
        written = sheet.grid[row.number - 1]
        said = amounts.plain(written[column.index]) if column and column.index < len(written) else None
        if said is not None and dues and said != sum(dues) and not _is_part(said, rows, row):
            found.append(find("sum_due", "due", cell=rupiah(said), read=rupiah(sum(dues))))
        count = _people_said(written, column.index if column else -1, counted)
        if count is not None and count != people:
            found.append(find("sum_people", cell=count, read=people))
    return found


def _is_part(said: int, rows: Sequence[Row], total: Row) -> bool:
    """A subtotal: the rows since the total before it."""
    part = 0
    for row in rows:
        if row is total:
            return said == part
        is_total = any(finding.code == "row_total" for finding in row.findings)
        part = 0 if is_total else part + (row.values.get("due") or 0)
    return False


def _people_said(written: Sequence[Any], money: int, counted: set[int]) -> int | None:
    """`JUMLAH | 150 orang`: a count beside the word, not in the column of money; a bare 150 under NIK or name too."""
    for index, value in enumerate(written):
        text = cells.text(value)
        if index == money or not text:
            continue
        rest = TOTAL.sub("", text).strip(" :=.").lower()
        words = rest.split()
        if (
            words
            and words[0].isdigit()
            and len(words[0]) < 6
            and (words[1:2] in (["orang"], ["jiwa"], ["peserta"], ["people"]) or words[1:] == [] and index in counted)
        ):
            return int(words[0])
    return None
