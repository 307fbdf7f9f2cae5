"""Made-up workers and the sheets that a personnel office would write of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from openpyxl import Workbook

FIRST = ("Agus", "Siti", "Budi", "Dewi", "Eko", "Fitri", "Gunawan", "Hesti", "Indra", "Joko", "Kartika", "Lukman")
LAST = ("Santoso", "Wulandari", "Prasetyo", "Lestari", "Wibowo", "Rahayu", "Saputra", "Handayani", "Nugroho", "Utami")
TITLES = ("NIK KTP", "Nama Karyawan", "Gaji Pokok", "Tunj. Tetap", "Tunj. Tidak Tetap", "Tgl Masuk")


class Worker(NamedTuple):
    """A worker as the sheet tells of him."""

    nik: str
    name: str
    pay: int
    allowances: int = 0
    variable: int = 0
    started: str = "01-02-2020"


def make(count: int, *, seed: int = 1, pay: int | None = None, month: int = 1) -> list[Worker]:
    """Different people with NIKs that can be; the same seed makes the same ones."""
    chance = random.Random(seed)
    made = []
    for n in range(count):
        born = dt.date(1975, 1, 1) + dt.timedelta(days=chance.randrange(9_000))
        woman = chance.random() < 0.5
        day = born.day + (40 if woman else 0)
        nik = f"3171{seed % 90 + 10:02d}{day:02d}{born:%m%y}{n % 9_999 + 1:04d}"
        nik = f"{3171 + n // 9_999 % 60:04d}{nik[4:]}"
        name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
        made.append(Worker(nik, name, pay or chance.randrange(5_400, 12_000) * 1_000, 250_000))
    return made


def rows(workers: Iterable[Worker]) -> list[tuple[Any, ...]]:
    return [(w.nik, w.name, w.pay, w.allowances, w.variable, w.started) for w in workers]


def as_csv(workers: Iterable[Worker], *, titles: Sequence[str] = TITLES, delimiter: str = ";") -> bytes:
    """A plain sheet."""
    return table([titles, *rows(workers)], delimiter)


def table(lines: Iterable[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode(encoding)


def as_xlsx(lines: Iterable[Sequence[Any]], *, others: dict[str, Iterable[Sequence[Any]]] | None = None) -> bytes:
    """A workbook with a sheet of these rows, and others."""
    book = Workbook(write_only=True)
    for name, page_rows in ({"Upah": lines} | (others or {})).items():
        page = book.create_sheet(name)
        for line in page_rows:
            page.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
