"""Sheets as villages really make them, each made here so that a reader sees what is wrong with it.

Every function gives the file's bytes; `on` in the tests is 22 November 2026.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

from openpyxl import Workbook

from tests.data.sheets.people import Made, csv_of, make

PEOPLE: list[Made] = make(6, seed=7)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def windows_semicolons() -> bytes:
    """Excel in Indonesian on Windows: semicolons, Windows-1252, dates with two-digit years, incomes with Rp."""
    rows: list[list[object]] = [["NIK", "Nama Lengkap", "Tgl Lahir", "JK", "No. HP/WA", "Pekerjaan", "Penghasilan/bln"]]
    for one in PEOPLE:
        name = one.name.replace("a", "á", 1)
        rows.append(
            [
                one.nik,
                name,
                f"{one.birth:%d/%m/%y}",
                one.lp,
                one.phone,
                one.work,
                f"Rp {one.income:,}".replace(",", "."),
            ]
        )
    return csv_of(rows, delimiter=";", encoding="cp1252")


def utf16_tabs() -> bytes:
    """`Unicode Text` from Excel: UTF-16 with a mark, tabs."""
    rows: list[list[object]] = [["No KTP", "Nama", "TTL", "L/P", "Pekerjaan"]]
    rows += [[one.nik, one.name, f"Cilacap, {one.birth:%d-%m-%Y}", one.lp, one.work] for one in PEOPLE]
    return csv_of(rows, delimiter="\t", encoding="utf-16")


def bom_and_sep() -> bytes:
    """A byte order mark, Excel's own `sep=` line, NIKs in quotes and with an apostrophe."""
    lines = ["sep=;", "nik;nama;tanggal lahir;jenis kelamin;pekerjaan"]
    lines += [f'"\'{one.nik}";"{one.name}";{one.birth.isoformat()};{one.lp};{one.work}' for one in PEOPLE]
    return b"\xef\xbb\xbf" + "\r\n".join(lines).encode()


def village_form() -> bytes:
    """An XLSX as an office prints it: headings, merged two-row titles, numbered columns, a merged village, a total,
    signatures."""
    book = Workbook()
    page = book.active
    page["A1"] = "DAFTAR PEKERJA RENTAN DESA UJUNGMANIK"
    page.merge_cells("A1:L1")
    page["A2"] = "TAHUN ANGGARAN 2026"
    upper = [
        "No",
        "NIK",
        "Nama",
        "Tempat/Tgl Lahir",
        None,
        "Jenis Kelamin",
        None,
        "Alamat",
        None,
        None,
        "Pekerjaan",
        "Iuran",
    ]
    lower = [None, None, None, "Tempat", "Tgl Lahir", "L", "P", "RT", "RW", "Desa", None, None]
    for column, (above, below) in enumerate(zip(upper, lower, strict=True), 1):
        page.cell(4, column, above)
        page.cell(5, column, below)
        page.cell(6, column, f"({column})")
    for span in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "F4:G4", "H4:J4", "K4:K5", "L4:L5"):
        page.merge_cells(span)
    for place, one in enumerate(PEOPLE):
        line = 7 + place
        cells: list[Any] = [place + 1, one.nik, one.name, "Cilacap", one.birth, "v" if one.sex == "M" else None,
                            "v" if one.sex == "F" else None, "01", "02", None, one.work, 16_800]  # fmt: skip
        for column, value in enumerate(cells, 1):
            page.cell(line, column, value)
    page["J7"] = "Ujungmanik"
    page.merge_cells("J7:J12")
    page["B13"], page["L13"] = "JUMLAH 7 orang", 999_000
    page["K15"], page["K16"], page["K19"] = "Ujungmanik, 2 Januari 2026", "Mengetahui, Kepala Desa", "SUTARNO"
    return saved(book)


def numeric_niks() -> bytes:
    """NIKs that Excel took for numbers: it kept fifteen digits and made the sixteenth a zero."""
    book = Workbook()
    page = book.active
    page.append(["NIK", "Nama", "Tanggal Lahir", "Pekerjaan"])
    for one in PEOPLE[:3]:
        page.append([int(one.nik) // 10 * 10, one.name, one.birth, one.work])
    page.append([int(PEOPLE[3].nik[:15] + "7"), PEOPLE[3].name, PEOPLE[3].birth, PEOPLE[3].work])
    return saved(book)


def scientific_csv() -> bytes:
    """The same, saved as CSV: 3,30112E+15."""
    rows: list[list[object]] = [["NIK", "Nama", "Tgl Lahir", "HP", "Pekerjaan"]]
    rows += [["3,30112E+15", one.name, f"{one.birth:%d-%m-%Y}", "8,12E+10", one.work] for one in PEOPLE]
    return csv_of(rows, delimiter=";")


def repeated_people() -> bytes:
    """One person twice, and two people with one NIK."""
    one, two, three = PEOPLE[:3]
    head: list[object] = ["NIK", "Nama", "Tanggal lahir", "Pekerjaan"]

    def row(of: Made, name: str) -> list[object]:
        return [of.nik, name, f"{of.birth:%d-%m-%Y}", of.work]

    return csv_of([head, row(one, one.name), row(two, two.name), row(one, one.name.upper()), row(three, three.name),
                   row(two, "Zulkifli Mahmud Tanjung")])  # fmt: skip


def blanks_and_titles_again() -> bytes:
    """Blank rows, a heading in the middle, the titles printed again on the second page."""
    head: list[object] = ["No", "NIK", "Nama", "Tanggal lahir", "Pekerjaan"]
    rows: list[list[object]] = [head]
    for place, one in enumerate(PEOPLE, 1):
        if place == 4:
            rows += [[], ["", "", "", "", ""], ["DUSUN KARANGANYAR"], head]
        rows.append([place, one.nik, one.name, f"{one.birth:%d %B %Y}", one.work])
    return csv_of(rows)


def two_sheets() -> bytes:
    """People on the second sheet; the first is a summary, the third is hidden."""
    book = Workbook()
    book.active.title = "Rekap"
    book.active.append(["Dusun", "Jumlah"])
    book.active.append(["Krajan", 6])
    page = book.create_sheet("Dusun Krajan")
    page.append(["NIK", "Nama", "Tanggal Lahir", "Pekerjaan"])
    for one in PEOPLE:
        page.append([one.nik, one.name, one.birth, one.work])
    book.create_sheet("Lama").sheet_state = "hidden"
    return saved(book)


def no_titles() -> bytes:
    """No row of titles at all."""
    return csv_of([[one.nik, one.name, f"{one.birth:%d-%m-%Y}", one.lp, one.phone] for one in PEOPLE])


def swapped_dates() -> bytes:
    """Excel set to English turned day and month where it could."""
    book = Workbook()
    page = book.active
    page.append(["NIK", "Nama", "Tanggal Lahir", "Pekerjaan"])
    for one in PEOPLE:
        turned = dt.date(one.birth.year, one.birth.day, one.birth.month) if one.birth.day <= 12 else one.birth
        page.append([one.nik, one.name, turned, one.work])
    return saved(book)


def stray_quote() -> bytes:
    """A quotation mark that is never closed."""
    lines = ["NIK,Nama,Tanggal Lahir,Pekerjaan"]
    for place, one in enumerate(PEOPLE):
        name = f'"{one.name}' if place == 1 else one.name
        lines.append(f"{one.nik},{name},{one.birth:%d-%m-%Y},{one.work}")
    return "\n".join(lines).encode()


HOSTILE = [
    "\x00Budi\x00", "N" * 1_000_000, "Siti 😀 Aminah", "\u202eidub\u202c", "Robert'); DROP TABLE registry_person;--",
    "=HYPERLINK(\"http://x\",\"y\")", "{nama} {0} %s", "\ud800", "<script>alert(1)</script>", "\u200b",
]  # fmt: skip


def hostile() -> bytes:
    """NUL, a name of a megabyte, emoji, right-to-left marks, SQL, formulas, braces."""
    head: list[object] = ["NIK", "Nama", "Tanggal Lahir", "Alamat", "Pekerjaan", "Keterangan"]
    people = make(len(HOSTILE), seed=8)
    rows: list[list[object]] = [head]
    for one, text in zip(people, HOSTILE, strict=True):
        rows.append([one.nik, text, f"{one.birth:%d-%m-%Y}", text[:200], one.work, text[:300]])
    rows.append([people[0].nik[:15] + "\x00", *HOSTILE[:4], "x"])
    out = io.StringIO()
    import csv

    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def html_as_xls() -> bytes:
    """What many office systems export as `.xls`."""
    return b"<html><body><table><tr><td>NIK</td><td>Nama</td></tr></table></body></html>"


def word_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


def far_cell() -> bytes:
    """One cell in the last row and column: a grid of seventeen thousand million cells."""
    book = Workbook()
    book.active.append(["NIK", "Nama"])
    book.active["XFD1048576"] = "x"
    return saved(book)


def bomb() -> bytes:
    """Half a megabyte that unpacks to half a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(500):
                member.write(bytes(1_000_000))
    return out.getvalue()


CONTENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table>
<table:named-expressions></table:named-expressions></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""
EMPTY_EDGE = '<table:table-cell table:number-columns-repeated="{n}"/>'
EMPTY_ROWS = f'<table:table-row table:number-rows-repeated="1048000">{EMPTY_EDGE.format(n=16_384)}</table:table-row>'


def ods_of(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", CONTENT.format(rows=rows))
    return out.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    texts = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{texts}{EMPTY_EDGE.format(n=16_384 - len(cells))}</table:table-row>"


def libreoffice() -> bytes:
    """ODS as LibreOffice writes it: a million empty rows below, repeated."""
    rows = [ods_row("NIK", "Nama", "Tanggal Lahir", "Pekerjaan")]
    rows += [ods_row(one.nik, one.name, f"{one.birth:%d/%m/%Y}", one.work) for one in PEOPLE]
    return ods_of("".join(rows) + EMPTY_ROWS)


def ods_far_cell() -> bytes:
    """The same with one cell a million rows down and sixteen thousand columns to the right."""
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    last = f"<table:table-row>{EMPTY_EDGE.format(n=16_383)}{cell}</table:table-row>"
    return ods_of(ods_row("NIK", "Nama") + EMPTY_ROWS + last)


def ods_repeated() -> bytes:
    """A row of a person, repeated a million times in a few bytes."""
    return ods_of(ods_row("NIK", *["Nama"] * 20, repeated=1_048_000))
