"""Exchange rates from a sheet, such as the central bank's: one row a currency and day, read whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from decimal import Decimal, InvalidOperation

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.migrants import rates
from teduh.registry.facts import date
from teduh.security import actions as security
from teduh.security.access import Actor

MOST_BYTES, MOST_ROWS = 1_000_000, 20_000
#: Column names as central banks and people write them.
TITLES = {
    "currency": ("currency", "matauang", "kode", "valuta", "mts"),
    "on": ("date", "tanggal", "tgl", "on"),
    "unit": ("unit", "nilai", "satuan"),
    "rupiah": ("rupiah", "rate", "kurs", "kurstengah", "middle", "idr"),
    "buy": ("kursbeli", "beli", "buy"),
    "sell": ("kursjual", "jual", "sell"),
    "source": ("source", "sumber"),
}


def load(*, content: bytes, by: Actor, on: dt.date, source: str = "") -> int:
    """Read a CSV of rates (currency, day, rupiah for so many units; or buying and selling, whose middle is taken) and
    keep them; how many were new. Refused as a whole where a row cannot be read, with the row."""
    by.require("migrants", "runs")
    rows = _rows(content)
    told = [_rate(number, row, source, on) for number, row in enumerate(rows, 2)]
    with transaction.atomic():
        new = rates.write(rates=list({(one[0], one[1]): one for one in told}.values()))
        security.record(by=by, action="rates.loaded", detail={"rows": len(told), "new": new})
    return new


def _rows(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise _wrong(1, "Berkasnya terlalu besar.", "The file is too big.")
    text = content.decode("utf-8-sig", "replace").replace("\x00", "")
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(";,\t", key=first.count)
    try:
        titles, *cells = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except (csv.Error, ValueError):
        raise _wrong(1, "Berkasnya tidak dapat dibaca sebagai CSV.", "The file cannot be read as CSV.") from None
    titles = [_title(cell) for cell in titles]
    if "currency" not in titles or not {"rupiah", "buy"} & set(titles):
        raise _wrong(1, "Kolom mata uang atau kurs tidak ditemukan.", "The columns of currency or rate are missing.")
    found = [dict(zip(titles, row, strict=False)) for row in cells if any(cell.strip() for cell in row)]
    if len(found) > MOST_ROWS:
        raise _wrong(1, f"Lebih dari {MOST_ROWS} baris.", f"More than {MOST_ROWS} rows.")
    return found


def _title(cell: str) -> str:
    plain = re.sub(r"[^a-z]", "", cell.lower())
    return next((name for name, titles in TITLES.items() if plain in titles), plain)


def _rate(number: int, row: dict[str, str], source: str, on: dt.date) -> tuple[str, dt.date, Decimal, str]:
    currency = row.get("currency", "").strip().upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        raise _wrong(
            number, "Kode mata uang harus tiga huruf, misalnya TWD.", "A currency has three letters, like TWD."
        )
    try:
        day = date(row["on"]) if row.get("on", "").strip() else on
    except Refused as error:
        raise _wrong(number, error.what.id, error.what.en) from None
    if day > on:
        raise _wrong(number, "Tanggal kurs di masa depan.", "The rate's day lies in the future.")
    unit = _number(row.get("unit") or "1", number)
    if row.get("rupiah", "").strip():
        value = _number(row["rupiah"], number)
    else:
        value = (_number(row.get("buy", ""), number) + _number(row.get("sell") or row.get("buy", ""), number)) / 2
    told = (row.get("source", "").strip() or source or "-")[:120]
    return currency, day, (value / unit).quantize(Decimal("0.000001")), told


def _number(text: str, number: int) -> Decimal:
    plain = re.sub(r"[^\d.,]", "", text[:40])
    if "," in plain and ("." not in plain or plain.rindex(",") > plain.rindex(".")):
        plain = plain.replace(".", "").replace(",", ".")  # 1.234,56
    plain = plain.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        value = Decimal(0)
    if not 0 < value < 10**9:
        raise _wrong(number, "Kursnya tidak dapat dibaca.", "The rate cannot be read.")
    return value


def _wrong(number: int, id_: str, en: str) -> Refused:
    return Refused(
        "rates_unreadable",
        Text(f"Baris {number}: {id_}", f"Row {number}: {en}"),
        why=Text("Tidak ada kurs yang disimpan.", "No rate was kept."),
        then=Text("Perbaiki barisnya, lalu unggah lagi.", "Mend the row and upload again."), field="file",
    )  # fmt: skip
