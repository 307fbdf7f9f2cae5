"""A list of a project's workers, as people make it: read row by row into who, which work, from when until when.

It reads shapes and says of every row what is wrong; whether somebody is on record it does not know.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import nik as law
from teduh.registry.facts import Admitted
from teduh.registry.sheets import cells, dates, headers, reading

MOST = 5_000
DEEPEST = 20
YOUNGEST = 15
#: Titles beyond those that all sheets of people have.
TITLES = {
    **dict.fromkeys(("mulai", "dari", "tanggal mulai", "tgl mulai", "mulai kerja", "from", "start", "tmt"), "from"),
    **dict.fromkeys(
        ("sampai", "selesai", "berakhir", "tanggal selesai", "tgl selesai", "until", "end", "s d", "sd"), "until"
    ),
    **dict.fromkeys(("jabatan", "posisi", "tugas", "job", "keahlian", "pekerjaan", "profesi", "bagian"), "job"),
}
ORDER = ("nik", "name", "job", "from", "until")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row: its number in the file, who it names, and what is wrong with it (nothing: `person` is there)."""

    number: int
    person: Admitted | None
    job: str = ""
    from_day: dt.date | None = None
    until_day: dt.date | None = None
    wrong: Text | None = None


@dataclass(slots=True)
class _Columns:
    places: dict[str, int] = field(default_factory=dict)
    first: int = 0

    def cell(self, row: Sequence[Any], name: str) -> Any:
        place = self.places.get(name)
        return row[place] if place is not None and place < len(row) else None


def read(*, content: bytes, name: str, starts: dt.date, ends: dt.date, on: dt.date) -> tuple[ReadRow, ...]:
    """The rows of a file (CSV, XLSX, XLS, ODS). Without a first day somebody works from the project's first.

    Raises Refused where the file cannot be read or is too long.
    """
    grid = reading.read(content, name=name).grid
    columns = _columns(grid)
    rows = [(n, row) for n, row in enumerate(grid[columns.first :], columns.first + 1) if not _is_empty(row)]
    if len(rows) > MOST:
        raise Refused(
            "too_many_rows",
            Text(f"Daftar ini {len(rows)} baris.", f"This list has {len(rows)} rows."),
            then=Text(f"Kirim paling banyak {MOST} baris.", f"Send at most {MOST} rows."),
            field="file",
        )
    return tuple(_row(n, row, columns, starts, ends, on) for n, row in rows)


def typed(text: str) -> bytes:
    """Lines as somebody types or pastes them, as a file: NIK, name, work, first day, last day. Line numbers stay."""
    lines = [line.replace("\t", ";") for line in text.splitlines()]
    if not any(";" in line for line in lines):
        lines = [line.replace(",", ";") for line in lines]
    return "\n".join(lines).encode()


def _is_empty(row: Iterable[Any]) -> bool:
    return all(cells.is_empty(cell) for cell in row)


def _columns(grid: Sequence[Sequence[Any]]) -> _Columns:
    """The row of titles among the first ones; without one the order of the template."""
    for at, row in enumerate(grid[:DEEPEST]):
        found = {name: place for place, cell in reversed(list(enumerate(row))) if (name := _title(cell))}
        if "nik" in found and "name" in found:
            return _Columns(found, at + 1)
    return _Columns({name: place for place, name in enumerate(ORDER)}, 0)


def _title(cell: Any) -> str:
    if not isinstance(cell, str) or not cell.strip():
        return ""
    return TITLES.get(headers.plain(cell)) or {"occupation": "job"}.get(f := headers.field_of(cell)[0], f)


def _row(n: int, row: Sequence[Any], columns: _Columns, starts: dt.date, ends: dt.date, on: dt.date) -> ReadRow:
    nik, name = cells.nik(columns.cell(row, "nik")), cells.name(columns.cell(row, "name"))
    for read_ in (nik, name):
        if not read_.is_usable or read_.value is None:
            return ReadRow(n, None, wrong=read_.findings[0].what)
    from_day, until_day = (_day(columns.cell(row, which)) for which in ("from", "until"))
    if isinstance(from_day, Text) or isinstance(until_day, Text):
        return ReadRow(n, None, wrong=from_day if isinstance(from_day, Text) else until_day)  # type: ignore[arg-type]
    first = from_day or starts
    if not starts <= first <= ends or (until_day and not first <= until_day):
        return ReadRow(n, None, wrong=Text("Harinya di luar masa proyek, atau berakhir sebelum mulai.",
                                           "The days lie outside the project, or end before they begin."))  # fmt: skip
    person = _person(str(nik.value), str(name.value), on)
    if isinstance(person, Text):
        return ReadRow(n, None, wrong=person)
    job = cells.line(columns.cell(row, "job"), "occupation", 80).value or ""
    return ReadRow(n, person, job, first, min(until_day, ends) if until_day else None)


def _day(value: Any) -> dt.date | Text | None:
    if cells.is_empty(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    for year, month, day in dates.meanings(str(value)[:40]):
        try:
            return dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            continue
    return Text("Tanggalnya tidak dapat dibaca; tulis seperti 17-08-2026.", "The date is unreadable; write 17-08-2026.")


def _person(nik: str, name: str, on: dt.date) -> Admitted | Text:
    """Birth date and sex are what the NIK carries, of the century in which he can be working."""
    read_ = law.read(nik, regions=None, today=on)
    if not read_.valid or not read_.birth_dates or not read_.sex:
        problem = next(iter(read_.problems), None)
        return Text(problem.id, problem.en) if problem else Text("NIK tidak dapat dibaca.", "The NIK is unreadable.")
    old_enough = [day for day in read_.birth_dates if on.year - day.year >= YOUNGEST]
    if not old_enough:
        return Text("Menurut NIK-nya belum cukup umur untuk bekerja.", "By the NIK this person is too young to work.")
    try:
        return Admitted(nik=nik, name=name, birth_date=old_enough[0], sex=read_.sex)
    except Refused as refused:
        return refused.what
