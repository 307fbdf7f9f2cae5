"""A whole sheet understood: from its bytes to rows with values and findings, with three statements in all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry.models.files import RowState
from teduh.registry.sheets import gazetteer, headers, reading, trades, whole
from teduh.registry.sheets.findings import Finding, find
from teduh.registry.sheets.grid import Sheet
from teduh.registry.sheets.messages import LABELS
from teduh.registry.sheets.rows import Cells, Defaults, Reader, Row

Progress = Callable[[int, int, Text], None]
READING = Text("Membaca baris", "Reading rows")
STEP = 500
#: A sheet without one of these cannot be people to enrol, or says so little that it is worth saying.
WANTED = ("birth_date", "occupation", "phone", "village")


@dataclass(frozen=True)
class Understanding:
    """What a sheet was understood as. `rows` are those that say anything at all; `blank` counts the others."""

    sheet: Sheet
    layout: headers.Layout
    rows: list[Row]
    blank: int
    trades: trades.Trades
    findings: tuple[Finding, ...]


def understand(
    *,
    content: bytes,
    name: str,
    on: dt.date,
    defaults: Defaults,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> Understanding:
    """Read the file as people to enrol on a day. Raises `Refused` only if it is no sheet of people at all."""
    read = reading.read(content, name=name, sheet=sheet)
    layout = _layout(read, mapping)
    filled = whole.fill_down(read, layout)
    trade = trades.load()
    columns = {field: column.index for field, column in layout.by_field.items()}
    blank_reader = Reader(layout, gazetteer.Gazetteer(()), trade, defaults, on)
    people = range(layout.first, len(read.grid))
    written = [blank_reader.written(Cells(read.grid[index], columns)) for index in people]
    places = gazetteer.load(written, defaults.region)
    reader = Reader(layout, places, trade, _known(defaults, places), on)
    rows: list[Row] = []
    for done, index in enumerate(people):
        if progress and done % STEP == 0:
            progress(done, len(people), READING)
        row = reader.read(index + 1, read.grid[index], written[done])
        if index in filled and row.state != RowState.BLANK:
            row.findings += filled[index]
            row.judge()
        if row.state != RowState.BLANK or row.findings:
            rows.append(row)
    whole.repeated(rows)
    whole.look_alikes(rows)
    if not any(row.state != RowState.BLANK for row in rows):
        raise _nobody()
    said = (*read.findings, *layout.findings, *_missing(layout, defaults), *whole.totals(read, layout, rows))
    return Understanding(read, layout, rows, len(people) - len(rows), trade, said)


def _layout(read: Sheet, mapping: Mapping[str, str] | None) -> headers.Layout:
    unknown = [field for field in (mapping or {}).values() if field and field not in LABELS]
    if unknown:
        raise Refused(
            "field_unknown",
            Text(f"Tidak ada isian bernama {unknown[0]!r}.", f"There is no field called {unknown[0]!r}."),
            then=Text(f"Pilih: {', '.join(LABELS)}.", f"Choose from: {', '.join(LABELS)}."),
            field="map",
        )
    layout = headers.layout(read.grid, mapping)
    if not {"nik", "name"} <= set(layout.by_field):
        seen = ", ".join(column.title for column in layout.columns[:12]) or "-"
        raise Refused(
            "no_people",
            Text("Kolom NIK dan nama tidak ditemukan.", "There is no column of NIKs and one of names."),
            why=Text(f"Judul kolom yang terbaca: {seen}.", f"The titles that were read: {seen}."),
            then=Text(
                "Beri judul kolom NIK dan Nama, atau sebutkan kolomnya saat mengunggah (Kolom=nik).",
                "Title the columns NIK and Nama, or name them when handing the file in (Column=nik).",
            ),
            field="file",
        )
    return layout


def _known(defaults: Defaults, places: gazetteer.Gazetteer) -> Defaults:
    if defaults.region and places.near is None:
        raise Refused(
            "region_unknown",
            Text("Kode wilayah tidak dikenal.", "There is no region with this code."),
            then=Text("Pilih wilayah dari daftar.", "Choose the region from the list."),
            field="region",
        )
    return defaults


def _missing(layout: headers.Layout, defaults: Defaults) -> list[Finding]:
    has = set(layout.by_field)
    covered = {
        "birth_date": bool(has & {"birth_date", "birth"}),
        "occupation": "occupation" in has or defaults.occupation is not None,
        "phone": "phone" in has,
        "village": bool(has & {"village", "region_code", "address"}) or defaults.region is not None,
    }
    return [find("columns_missing", name) for name in WANTED if not covered[name]]


def _nobody() -> Refused:
    return Refused(
        "no_people",
        Text("Tidak ada baris orang di lembar ini.", "There is no row of a person in this sheet."),
        then=Text("Isi baris di bawah judul kolom, lalu unggah lagi.", "Fill in rows under the titles, upload again."),
        field="file",
    )
