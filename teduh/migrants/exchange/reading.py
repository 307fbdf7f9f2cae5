"""From the bytes of a placement list to rows: the sheet is found, its titles, who is a worker, and what the whole says.

Three statements in all, however many rows. Whether somebody is known here it does not ask.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.migrants.exchange import days
from teduh.migrants.exchange import rows as one
from teduh.migrants.exchange.findings import STOP, WARN, Finding, find, of_sheet, worst
from teduh.migrants.exchange.rows import Context, Reader, Row, Sender
from teduh.migrants.exchange.titles import VOCABULARY
from teduh.migrants.models import ListPurpose, RowState
from teduh.registry import names
from teduh.registry.sheets import cells, gazetteer, headers, tables
from teduh.registry.sheets import reading as sheets
from teduh.registry.sheets.grid import Limits, Sheet
from teduh.registry.sheets.rows import FOOTER, TOTAL

#: A mission's register may be large.
LIMITS = Limits(bytes=32_000_000, unpacked=400_000_000, rows=100_100, cells=6_000_000)
TAIWAN = re.compile(r"\btaiwan\b|\bkdei\b|台灣|臺灣|台湾", re.I)
#: What several people can share, so that one merged cell may speak for all of them.
SHARED = frozenset(
    {"destination", "agency", "employer", "employer_address", "job", "months", "starts", "ends", "departs_on",
     "village", "district", "regency", "province", "paid"}
)  # fmt: skip


@dataclass(frozen=True)
class Read:
    """A list as understood: its rows, the sheet and its titles, how many rows spoke of nobody, what the whole says."""

    rows: list[Row]
    sheet: Sheet
    layout: tables.Layout
    skipped: int
    findings: tuple[Finding, ...]


def original(*, content: bytes, name: str) -> tuple[Sheet, tables.Layout]:
    """The sheet as it came and where its titles are. Refused where no column says who people are."""
    sheet = sheets.read(content, name=name, limits=LIMITS, likeness=VOCABULARY.likeness)
    layout = tables.layout(sheet.grid, VOCABULARY)
    if not VOCABULARY.is_usable(layout.fields):
        raise _no_columns(layout, sheet.grid)
    return sheet, layout


def read(
    *,
    content: bytes,
    name: str,
    sender: Sender,
    purpose: str,
    agencies: Mapping[str, tuple[int, str]],
    on: dt.date,
) -> Read:
    """The workers in these bytes, each with what was understood and what there is to say."""
    sheet, layout = original(content=content, name=name)
    _fill_down(sheet, layout)
    columns = layout.by_field
    places = [place for place in range(layout.first, len(sheet.grid)) if _is_somebody(sheet.grid[place], columns)]
    if not places:
        raise _nobody()
    written = [one.written(sheet.grid[place], columns) for place in places]
    context = _context(sheet, layout, places, sender, purpose, agencies, on, written)
    reader = Reader(columns, context)
    found = [reader.read(place + 1, sheet.grid[place], home) for place, home in zip(places, written, strict=True)]
    _repeated(found)
    for row in found:
        judge(row, purpose)
    filled = sum(1 for row in sheet.grid[layout.first :] if any(cell not in ("", None) for cell in row))
    return Read(found, sheet, layout, filled - len(places), tuple(_whole(sheet, layout, found)))


def judge(row: Row, purpose: str) -> None:
    """The state that what was said makes; what came of a row already stays."""
    if row.state not in (RowState.REPEATED, RowState.KNOWN):
        grave = worst(row.findings, purpose)
        row.state = RowState.MEND if grave == STOP else RowState.WARNED if grave == WARN else RowState.READY


def _context(
    sheet: Sheet, layout: tables.Layout, places: Sequence[int], sender: Sender, purpose: str,
    agencies: Mapping[str, tuple[int, str]], on: dt.date, written: Sequence[gazetteer.Written],
) -> Context:  # fmt: skip
    enters = purpose == ListPurpose.ENTER
    known = gazetteer.load(written) if enters else gazetteer.Gazetteer(())
    regions = frozenset(code.replace(".", "") for code, region in known.regions.items() if region.level < 4)
    above = " ".join(cells.text(cell)[:200] for row in sheet.grid[: layout.header or 0] for cell in row[:30])
    month_first = frozenset(
        name for name in one.DAYS
        if (index := layout.by_field.get(name)) is not None
        and days.is_month_first(sheet.grid[place][index] for place in places if index < len(sheet.grid[place]))
    )  # fmt: skip
    is_of_taiwan = sender.serves == ("TW",) or bool(TAIWAN.search(f"{above} {sheet.name}"))
    return Context(sender=sender, purpose=purpose, on=on, places=known, regions=regions or None, agencies=agencies,
                   is_of_taiwan=is_of_taiwan, month_first=month_first)  # fmt: skip


def _is_somebody(row: Sequence[Any], columns: Mapping[str, int]) -> bool:
    """Whether a row speaks of a worker: not blank, no total, no signature, not the titles again."""
    get = one.Cells(row, columns)
    who = {name: cells.text(get(name))[:80] for name in ("nik", "passport", "name")}
    filled = [text for cell in row[:12] if (text := cells.text(cell)[:80])]
    if not filled or not any(text and not cells.is_empty(text) for text in who.values()):
        return False
    if any(VOCABULARY.titles.get(headers.plain(text)) == name for name, text in who.items() if text):
        return False
    if any(sum(c.isdigit() for c in who[name]) >= 6 for name in ("nik", "passport")) or "E+" in who["nik"].upper():
        return True
    if any(TOTAL.match(text) for text in filled[:3]):
        return False
    if any(FOOTER.search(text) for text in filled):
        return False
    others = [name for name in columns if name != "name" and not cells.is_empty(get(name))]
    return any(c.isalpha() for c in who["name"]) and bool(others)


def _fill_down(sheet: Sheet, layout: tables.Layout) -> None:
    """Merged cells speak for every row they cover, if people can share what they say. Changes the grid in place."""
    fields = {index: name for name, index in layout.by_field.items()}
    for (top, left), (bottom, _) in sheet.merged:
        if bottom <= top or top < layout.first or fields.get(left) not in SHARED or left >= len(sheet.grid[top]):
            continue
        for row in sheet.grid[top + 1 : bottom + 1]:
            row.extend([""] * (left + 1 - len(row)))
            if cells.is_empty(row[left]):
                row[left] = sheet.grid[top][left]


def _repeated(found: Sequence[Row]) -> None:
    """One NIK twice: one person once if the names agree, all to be mended if not; one passport under two NIKs too."""
    for key, code in (("nik", "two_names"), ("passport", "passport_two_people")):
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in found:
            if row.values[key] and row.state != RowState.REPEATED:
                groups[row.values[key]].append(row)
        for same in groups.values():
            if len(same) > 1:
                _one_person(same, key, code)


def _one_person(same: Sequence[Row], key: str, code: str) -> None:
    first = same[0]
    for row in same[1:]:
        differs = not _alike(first, row) or (key == "passport" and _two_niks(first, row))
        if differs:
            first.say(code, key, row=row.number)
            row.say(code, key, row=first.number)
        else:
            row.say("twice", key, row=first.number)
            row.state = RowState.REPEATED


def _alike(one: Row, other: Row) -> bool:
    first, second = one.values["name"], other.values["name"]
    return not first or not second or names.compare(first, second).is_alike


def _two_niks(one: Row, other: Row) -> bool:
    return bool(one.values["nik"] and other.values["nik"]) and one.values["nik"] != other.values["nik"]


def _whole(sheet: Sheet, layout: tables.Layout, found: Sequence[Row]) -> list[Finding]:
    said = [of_sheet(finding) for finding in sheet.findings]
    said += [find("column_said_twice", cell=title) for title in layout.twice]
    codes = Counter(finding.code for row in found for finding in row.findings)
    if codes["nik_excel"]:
        said.append(find("nik_excel_column", "nik", count=codes["nik_excel"]))
    if codes["day_roc"]:
        said.append(find("minguo_list", count=codes["day_roc"]))
    return said


def _no_columns(layout: tables.Layout, grid: Sequence[Sequence[Any]]) -> Refused:
    titles = [column.title for column in layout.columns]
    if not titles:
        titles = [cells.text(cell)[:30] for row in grid[:3] for cell in row[:8] if cells.text(cell)]
    seen = ", ".join(titles[:12])[:300] or "-"
    return Refused(
        "no_columns",
        Text("Tidak ada kolom yang menyebut orangnya.", "No column says who the people are."),
        why=Text(f"Yang terbaca: {seen}.", f"What was read: {seen}."),
        then=Text(
            "Beri judul kolom NIK, No Paspor, atau Nama dan Tgl Lahir; contohnya ada di templat.",
            "Title the columns NIK, passport number, or name and birth date; the template shows how.",
        ),
        field="file",
    )


def _nobody() -> Refused:
    return Refused(
        "no_people",
        Text("Tidak ada baris orang di daftar ini.", "There is no row of a person in this list."),
        then=Text("Isi baris di bawah judul kolom, lalu unggah lagi.", "Fill in rows under the titles, upload again."),
        field="file",
    )
