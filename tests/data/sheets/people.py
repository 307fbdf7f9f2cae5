"""Made-up people for sheets: NIKs that fit birth date and sex, names and places that exist, always the same ones."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from dataclasses import dataclass

FIRST_F = ["Siti", "Dewi", "Sri", "Nur", "Endang", "Wahyuni", "Rina", "Yuli", "Ningsih", "Aminah"]
FIRST_M = ["Budi", "Agus", "Slamet", "Joko", "Ahmad", "Dedi", "Eko", "Rudi", "Sutrisno", "Bambang"]
LAST = ["Santoso", "Wibowo", "Hidayat", "Rahmawati", "Setiawan", "Lestari", "Kurniawan", "Nugroho", "Saputra", "Utami"]
MIDDLE = ["Tri", "Dwi", "Adi", "Putra", "Catur", "Indra", "Bayu", "Surya", "Wahyu", "Fajar", "Galih", "Ratna"]
WORK = ["petani", "nelayan", "ojek online", "pedagang pasar", "tukang las", "penjahit", "kuli bangunan", "warung"]
#: Kawunganten in Cilacap: its code, and some villages that are there.
VILLAGE, DISTRICT, REGENCY = "Ujungmanik", "Kawunganten", "Cilacap"


@dataclass(frozen=True)
class Made:
    """One made-up person."""

    nik: str
    name: str
    birth: dt.date
    sex: str
    phone: str
    work: str
    income: int

    @property
    def lp(self) -> str:
        return "P" if self.sex == "F" else "L"


def make(count: int, *, seed: int = 1, start: int = 1) -> list[Made]:
    """As many people, no two with one NIK; another `seed` makes other people."""
    chance = random.Random(seed)
    people = []
    for n in range(start, start + count):
        sex = chance.choice("FM")
        birth = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(16_000))
        day = birth.day + (40 if sex == "F" else 0)
        nik = f"3301{seed % 90 + 1:02d}{day:02d}{birth:%m%y}{n % 9999 + 1:04d}"
        middle = f"{chance.choice(MIDDLE)} {chance.choice(MIDDLE)}"
        name = f"{chance.choice(FIRST_F if sex == 'F' else FIRST_M)} {middle} {chance.choice(LAST)}"
        phone = f"08{chance.choice('12357')}{chance.randrange(10**8, 10**9)}"
        people.append(Made(nik, name, birth, sex, phone, chance.choice(WORK), chance.randrange(8, 60) * 100_000))
    unique = {one.nik: one for one in people}
    assert len(unique) == count, "choose fewer people or another seed"
    return people


TITLES = ["No", "NIK", "Nama Lengkap", "Tgl Lahir", "L/P", "No HP", "Desa", "Kecamatan", "Kabupaten", "Pekerjaan",
          "Penghasilan", "Program"]  # fmt: skip


def row(number: int, one: Made) -> list[object]:
    """A person as a tidy village secretary writes him."""
    return [number, one.nik, one.name, f"{one.birth:%d-%m-%Y}", one.lp, one.phone, VILLAGE, DISTRICT, REGENCY, one.work,
            one.income, "JKK, JKM"]  # fmt: skip


def csv_of(rows: list[list[object]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as CSV bytes."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def plain_csv(people: list[Made]) -> bytes:
    """A tidy CSV of people."""
    return csv_of([TITLES, *(row(n, one) for n, one in enumerate(people, 1))])


def plain_xlsx(people: list[Made]) -> bytes:
    """The same as XLSX, written row by row."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("Data")
    page.append(TITLES)
    for n, one in enumerate(people, 1):
        page.append(row(n, one))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
