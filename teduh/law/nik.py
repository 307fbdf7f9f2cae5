"""The NIK's structure: sixteen digits, region, birth date, sex, serial. Says nothing on whether the person
exists.

The NIK never changes: a region or birth date that differs from today's records is a warning, never a
refusal.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container
from typing import NamedTuple

from teduh.law.messages import Reason

ARTICLE = "UU 23/2006 Pasal 13"
OLDEST = 120  # years; an age above is not a candidate

# Provinces by their code, with the year from which a code is in use where it is younger than the NIK.
PROVINCES = {
    "11": "Aceh",
    "12": "Sumatera Utara",
    "13": "Sumatera Barat",
    "14": "Riau",
    "15": "Jambi",
    "16": "Sumatera Selatan",
    "17": "Bengkulu",
    "18": "Lampung",
    "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau",
    "31": "DKI Jakarta",
    "32": "Jawa Barat",
    "33": "Jawa Tengah",
    "34": "DI Yogyakarta",
    "35": "Jawa Timur",
    "36": "Banten",
    "51": "Bali",
    "52": "Nusa Tenggara Barat",
    "53": "Nusa Tenggara Timur",
    "61": "Kalimantan Barat",
    "62": "Kalimantan Tengah",
    "63": "Kalimantan Selatan",
    "64": "Kalimantan Timur",
    "65": "Kalimantan Utara",
    "71": "Sulawesi Utara",
    "72": "Sulawesi Tengah",
    "73": "Sulawesi Selatan",
    "74": "Sulawesi Tenggara",
    "75": "Gorontalo",
    "76": "Sulawesi Barat",
    "81": "Maluku",
    "82": "Maluku Utara",
    "91": "Papua",
    "92": "Papua Barat",
    "93": "Papua Selatan",
    "94": "Papua Tengah",
    "95": "Papua Pegunungan",
    "96": "Papua Barat Daya",
}


class Nik(NamedTuple):
    """What the sixteen digits say. `birth_dates` are candidates: the century is not in the number."""

    valid: bool
    province: str
    regency: str
    district: str
    birth_dates: tuple[dt.date, ...]
    sex: str  # M, F, or empty
    serial: str
    problems: tuple[Reason, ...]
    warnings: tuple[Reason, ...]


def _reason(code: str, id: str, en: str, status: str = "official") -> Reason:
    return Reason(code, id, en, (ARTICLE,), status)


NOT_SIXTEEN = _reason("not_sixteen_digits", "NIK harus tepat 16 angka.", "A NIK has exactly 16 digits.")
BAD_MONTH = _reason("month", "Bulan lahir dalam NIK bukan 01-12.", "The NIK's month of birth is not 01-12.")
BAD_DATE = _reason(
    "no_such_date", "Tanggal lahir dalam NIK tidak ada di kalender.", "The NIK's birth date does not exist."
)
BAD_SERIAL = _reason("serial", "Nomor urut NIK dimulai dari 0001.", "A NIK's serial starts at 0001.")


def sex_of_day(day: int) -> str:
    """Days 01-31 are men's; women's days are 40 higher, 41-71; anything else is no day."""
    return "M" if 1 <= day <= 31 else "F" if 41 <= day <= 71 else ""


def _dates(day: int, month: int, year: int, today: dt.date) -> tuple[dt.date, ...]:
    found = []
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            date = dt.date(century + year, month, day)
        except ValueError:
            continue
        if date <= today and today.year - date.year <= OLDEST:
            found.append(date)
    return tuple(found)


def _region(code: str, regions: Container[str] | None) -> tuple[Reason, ...]:
    if code[:2] not in PROVINCES:
        return (
            _reason(
                "unknown_province",
                f"Kode provinsi {code[:2]} tidak ada dalam daftar ini; mungkin daftar lama.",
                f"Province code {code[:2]} is not in this list; the list may be old.",
            ),
        )
    if regions is not None and code not in regions and code[:4] not in regions:
        return (_reason("unknown_region", f"Kode wilayah {code} tidak ada dalam daftar; kode lama tetap sah.",
                        f"Region code {code} is not in the list; an old code stays valid."),)  # fmt: skip
    return ()


def read(nik: str, *, regions: Container[str] | None, today: dt.date) -> Nik:
    """UU 23/2006 Pasal 13: read the number; refuse only what no NIK can be, warn of what may be old or
    corrected.
    """
    if not re.fullmatch(r"[0-9]{16}", nik):
        return Nik(False, "", "", "", (), "", "", (NOT_SIXTEEN,), ())
    day, month, year, serial = int(nik[6:8]), int(nik[8:10]), int(nik[10:12]), nik[12:]
    sex, problems = sex_of_day(day), []
    if not sex:
        problems.append(
            _reason(
                "day",
                f"Tanggal {day:02d} di luar 01-31 dan 41-71.",
                f"Day {day:02d} outside 01-31 and 41-71.",
            )
        )
    if not 1 <= month <= 12:
        problems.append(BAD_MONTH)
    dates = _dates(day - 40 if sex == "F" else day, month, year, today) if not problems else ()
    if not problems and not dates:
        problems.append(BAD_DATE)
    if serial == "0000":
        problems.append(BAD_SERIAL)
    return Nik(
        not problems,
        nik[:2],
        nik[:4],
        nik[:6],
        dates,
        sex,
        serial,
        tuple(problems),
        _region(nik[:6], regions),
    )


def compare(
    read: Nik, *, birth: dt.date | None = None, sex: str | None = None, residence: str | None = None
) -> tuple[Reason, ...]:
    """Warnings where the number and other records differ; the NIK is permanent, so none of them is a
    refusal.
    """
    found = []
    if birth and read.birth_dates and birth not in read.birth_dates:
        found.append(
            _reason(
                "birth_differs",
                "Tanggal lahir berbeda; NIK tidak berubah setelah koreksi data.",
                "The birth date differs; a NIK does not change after a correction.",
            )
        )
    if sex and read.sex and sex != read.sex:
        found.append(_reason("sex_differs", "Jenis kelamin berbeda dari NIK.", "The sex differs from the NIK."))
    if residence and read.district and not residence.startswith(read.province):
        found.append(_reason("moved", "Wilayah berbeda; kode NIK tidak berubah saat pindah.",
                             "The region differs; a NIK's code does not change on moving."))  # fmt: skip
    return tuple(found)
