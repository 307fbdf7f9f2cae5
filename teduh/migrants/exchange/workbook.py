"""Sheets for those who make lists: a template with how to fill it, their own list back with what to mend beside each
row, and a plain table of people. A cell that a spreadsheet would run as a formula is written as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from teduh.core.text import Text
from teduh.migrants.exchange.messages import LABELS
from teduh.migrants.exchange.report import ListRow
from teduh.migrants.models import ListPurpose, RowState
from teduh.registry.sheets import mended
from teduh.registry.sheets.grid import Sheet
from teduh.registry.sheets.tables import Layout

ENTER = ("nik", "name", "birth_date", "sex", "phone", "passport", "passport_until", "destination", "employer",
         "employer_address", "job", "starts", "ends", "departs_on", "regency")  # fmt: skip
COMPARE = ("nik", "name", "birth_date", "passport", "destination", "employer", "starts", "ends", "departs_on", "paid",
           "paid_until")  # fmt: skip
AS_TEXT = frozenset({"nik", "phone", "passport"})
ADDED = (Text("Status baris", "Row status"), Text("Yang harus diperbaiki", "What to mend"))
FILLS = {RowState.MEND: "FFF4C7C3", RowState.WARNED: "FFFFF2CC", RowState.KNOWN: "FFD9E2F3",
         RowState.REPEATED: "FFD9E2F3", RowState.ENTERED: "FFD9EAD3", RowState.DIFFERS: "FFFFF2CC"}  # fmt: skip
GUIDE: dict[str, Text] = {
    "nik": Text("16 angka dari KTP. Kolom ini sudah berformat Teks, supaya Excel tidak memendekkan angkanya.",
                "16 digits of the KTP. The column is Text already, so that Excel does not shorten the number."),
    "name": Text("Seperti pada KTP.", "As on the KTP."),
    "birth_date": Text("Misalnya 31-12-1995.", "Such as 31-12-1995."),
    "sex": Text("L atau P. Boleh kosong: dibaca dari NIK.", "L (male) or P (female). May be empty: the NIK says it."),
    "phone": Text("Nomor yang dapat dihubungi; boleh kosong.", "A number to reach him; may be empty."),
    "passport": Text("Misalnya C1234567; spasi tidak apa-apa. Boleh menyusul.",
                     "Such as C1234567; spaces do not matter. May follow later."),
    "passport_until": Text("Hari terakhir berlakunya paspor.", "The passport's last day."),
    "destination": Text("Nama negara, misalnya Taiwan, Hong Kong, Malaysia.", "The country's name."),
    "employer": Text("Nama majikan, keluarga, atau perusahaan di perjanjian kerja.", "As in the work agreement."),
    "job": Text("Seperti di perjanjian kerja.", "As in the work agreement."),
    "starts": Text("Hari pertama perjanjian kerja. Kosongkan bersama akhir kontrak bila belum ada perjanjian.",
                   "First day of the agreement. Leave it and the end empty if there is no agreement yet."),
    "ends": Text("Hari terakhir perjanjian; atau isi kolom Lama kontrak (bulan).",
                 "Last day of the agreement; or give its length in months in a column of its own."),
    "departs_on": Text("Hari berangkat dari Indonesia. Daftarkan orang sebelum ia berangkat.",
                       "The day he leaves Indonesia. Register people before they leave."),
    "regency": Text("Kabupaten atau kota asal.", "Regency or city of origin."),
    "paid": Text("LUNAS atau BELUM, menurut catatan Anda.", "PAID or UNPAID by your records."),
    "paid_until": Text("Sampai kapan terbayar menurut catatan Anda.", "Until when it is paid by your records."),
}  # fmt: skip
CONSENT = Text(
    "Dengan mengunggah daftar ini Anda menyatakan bahwa setiap orang di dalamnya setuju didaftarkan dan datanya "
    "dipakai untuk kepesertaan.",
    "By uploading this list you state that everybody in it agrees to be registered and to the use of the data for "
    "membership.",
)


def template(*, purpose: str, language: str = "id") -> bytes:
    """An empty list with its columns, and a sheet that says how to fill them."""
    book = Workbook(write_only=True)
    columns = ENTER if purpose == ListPurpose.ENTER else COMPARE
    page = book.create_sheet("Daftar" if language == "id" else "List")
    page.freeze_panes = "C2"
    for place, name in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(place)].width = 24 if name in AS_TEXT or name == "name" else 18
        if name in AS_TEXT:
            page.column_dimensions[get_column_letter(place)].number_format = "@"
    page.append([_styled(page, _in(LABELS[name], language), bold=True) for name in columns])
    guide = book.create_sheet("Petunjuk" if language == "id" else "How to")
    guide.column_dimensions["A"].width, guide.column_dimensions["B"].width = 26, 100
    for name in columns:
        text = GUIDE.get(name)
        guide.append([_styled(guide, _in(LABELS[name], language), bold=True),
                      _styled(guide, _in(text, language) if text else "")])  # fmt: skip
    if purpose == ListPurpose.ENTER:
        guide.append([None, _styled(guide, _in(CONSENT, language))])
    return _saved(book)


def mended_sheet(*, sheet: Sheet, layout: Layout, rows: Mapping[int, ListRow], language: str = "id") -> bytes:
    """The list as it came with what to mend beside each row, every row on its number.

    Mended and sent back as it is, it can be read again: the columns added are known and passed over.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet("Data")
    width = max((len(row) for row in sheet.grid), default=0)
    for letter, size in ((get_column_letter(width + 1), 18), (get_column_letter(width + 2), 90)):
        page.column_dimensions[letter].width = size
    for place, original in enumerate(sheet.grid):
        page.append(_beside(page, original, width, place == layout.header, rows.get(place + 1), language))
    return _saved(book)


def _beside(
    page: Any, original: Sequence[Any], width: int, is_title: bool, row: ListRow | None, language: str
) -> list[Any]:
    line: list[Any] = [mended.safe(cell) for cell in original] + [None] * (width - len(original))
    if is_title:
        line += [_styled(page, _in(title, language), bold=True) for title in ADDED]
    elif row is not None:
        words = [
            _in(one.text, language) + (f" {_in(one.then, language)}" if one.then else "")
            for one in row.findings if one.severity != "note"
        ]  # fmt: skip
        line += [_styled(page, _in(row.what, language), fill=FILLS.get(row.state, "")), _styled(page, "\n".join(words))]
    return line


def table_csv(*, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Semicolons and a byte order mark, as spreadsheets here open it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(titles)
    writer.writerows([mended.safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def table_xlsx(*, titles: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as a workbook in which long numbers keep all their digits."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Daftar")
    page.append([_styled(page, title, bold=True) for title in titles])
    for row in rows:
        line = []
        for cell in row:
            made = WriteOnlyCell(page, mended.safe(cell))
            if isinstance(cell, str):
                made.number_format = "@"
            line.append(made)
        page.append(line)
    return _saved(book)


def _styled(page: Any, value: Any, *, bold: bool = False, fill: str = "") -> WriteOnlyCell:
    cell = WriteOnlyCell(page, mended.safe(value))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    return cell


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _in(text: Text, language: str) -> str:
    return text.en if language == "en" else text.id
