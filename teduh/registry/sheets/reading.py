"""From bytes to a grid of cells: CSV in any encoding, XLSX, XLS and ODS. What is no sheet is refused with what to do.

It keeps every row and cell where it was, so that a finding's row number is the one that the village sees.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import NamedTuple

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry.sheets import delimited, workbook
from teduh.registry.sheets.grid import ORDINARY, Broken, Limits, Sheet, TooLarge

AS_XLSX = Text(
    "Buka di Excel atau LibreOffice, pilih Simpan Sebagai → XLSX (atau CSV), lalu unggah lagi.",
    "Open it in Excel or LibreOffice, choose Save As → XLSX (or CSV), and upload it again.",
)
#: How a file begins, and what it then is.
OTHERS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "berkas PDF", "a PDF"),
    (b"\xff\xd8\xff", "gambar (JPEG)", "a picture (JPEG)"),
    (b"\x89PNG", "gambar (PNG)", "a picture (PNG)"),
    (b"GIF8", "gambar (GIF)", "a picture (GIF)"),
    (b"{\\rtf", "dokumen RTF", "an RTF document"),
    (b"Rar!", "arsip RAR", "a RAR archive"),
    (b"7z\xbc\xaf", "arsip 7z", "a 7z archive"),
    (b"\x1f\x8b", "arsip gzip", "a gzip archive"),
    (b"SQLite format 3", "basis data", "a database"),
    (b"MZ", "program", "a program"),
    (b"\x7fELF", "program", "a program"),
)
HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<div", b"mime-version:")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class _Opener(NamedTuple):
    """How much may be opened, and which of several sheets is wanted."""

    limits: Limits
    likeness: workbook.Likeness | None


def read(
    content: bytes,
    *,
    name: str = "",
    sheet: str | None = None,
    limits: Limits = ORDINARY,
    likeness: workbook.Likeness | None = None,
) -> Sheet:
    """The sheet in these bytes; `sheet` names one of a workbook. The file's name is not trusted, its bytes are.

    Of several sheets that one is read which `likeness` finds most like what is wanted; people, if it is not given.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise _refused("file_empty", "Berkasnya kosong.", "The file is empty.", Text(
            "Periksa apakah berkas sudah disimpan, lalu unggah lagi.", "Check that it was saved, and upload it again."
        ))  # fmt: skip
    if len(content) > limits.bytes:
        raise _refused("file_too_large", f"Berkasnya lebih dari {limits.bytes // 10**6} MB.",
                       f"The file is larger than {limits.bytes // 10**6} MB.", Text(
            "Hapus gambar di dalamnya, atau bagi menjadi beberapa berkas.", "Delete pictures in it, or divide it."
        ))  # fmt: skip
    found = _by_kind(content, sheet, _Opener(limits, likeness))
    if not any(any(cell not in ("", None) for cell in row) for row in found.grid):
        raise _refused("sheet_empty", "Lembarnya kosong.", "The sheet is empty.", Text(
            "Isi lembarnya, atau unggah lembar yang lain.", "Fill it in, or upload another sheet."
        ))  # fmt: skip
    if len(found.grid) > limits.rows:
        raise _refused("too_many_rows", f"Lembarnya berisi lebih dari {limits.rows:,} baris.".replace(",", "."),
                       f"The sheet has more than {limits.rows:,} rows.",
                       Text("Bagi menjadi beberapa berkas.", "Divide it into several files."))  # fmt: skip
    return found


def _by_kind(content: bytes, sheet: str | None, opener: _Opener) -> Sheet:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    for start, id_, en in OTHERS:
        if content.startswith(start):
            raise _not_a_sheet(id_, en)
    if head.lower().startswith(HTML) or (head.startswith(b"<?xml") and b"<html" in head.lower()):
        raise _not_a_sheet("halaman web yang dinamai seperti Excel", "a web page that is named like an Excel file")
    if head.startswith(b"<"):
        raise _not_a_sheet("dokumen XML", "an XML document")
    if content.startswith(OLE):
        return _old(content, sheet, opener)
    if content.startswith(b"PK"):
        return _zipped(content, sheet, opener)
    return _opened(content, "csv", sheet, opener)


def _old(content: bytes, sheet: str | None, opener: _Opener) -> Sheet:
    """Excel 97's container also holds Word files, and modern workbooks behind a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _refused("file_locked", "Berkasnya dikunci dengan kata sandi.", "The file is locked by a password.", Text(
            "Buka di Excel, hapus kata sandinya (Info → Proteksi), simpan, lalu unggah lagi.",
            "Open it in Excel, remove the password (Info → Protect), save, and upload it again.",
        ))  # fmt: skip
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise _not_a_sheet("dokumen Office lain", "another Office document")
    return _opened(content, "xls", sheet, opener)


def _zipped(content: bytes, sheet: str | None, opener: _Opener) -> Sheet:
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _broken() from error
    if any(name.startswith("xl/") for name in names):
        return _opened(content, "xlsx", sheet, opener)
    if "content.xml" in names and "mimetype" in names:
        return _opened(content, "ods", sheet, opener)
    if any(name.startswith("word/") for name in names):
        raise _not_a_sheet("dokumen Word", "a Word document")
    if any(name.startswith("Index/") for name in names):
        raise _not_a_sheet("berkas Numbers", "a Numbers file")
    raise _not_a_sheet("arsip ZIP", "a ZIP archive")


def _opened(content: bytes, kind: str, sheet: str | None, opener: _Opener) -> Sheet:
    try:
        if kind == "csv":
            return delimited.read(content, opener.limits)
        return workbook.read(content, kind=kind, sheet=sheet, limits=opener.limits, likeness=opener.likeness)
    except Broken as error:
        raise _broken() from error
    except TooLarge as error:
        raise _refused("sheet_too_large", "Isi berkas ini terlalu besar untuk dibuka.",
                       "What this file holds is too large to open.", Text(
            "Hapus baris dan kolom kosong di luar tabel, simpan, lalu unggah lagi.",
            "Delete empty rows and columns outside the table, save, and upload it again.",
        )) from error  # fmt: skip


def _broken() -> Refused:
    return _refused("file_broken", "Berkasnya rusak atau terpotong.", "The file is damaged or cut short.", AS_XLSX)


def _not_a_sheet(id_: str, en: str) -> Refused:
    return _refused("not_a_sheet", f"Ini {id_}, bukan lembar kerja.", f"This is {en}, not a sheet.", AS_XLSX)


def _refused(code: str, id_: str, en: str, then: Text) -> Refused:
    return Refused(code, Text(id_, en), then=then, field="file")
