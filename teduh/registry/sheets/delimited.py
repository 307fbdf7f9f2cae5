"""CSV as programs and people make it: any encoding, any delimiter, stray quotation marks, `sep=;` in the first line."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections import Counter

from charset_normalizer import from_bytes

from teduh.registry.sheets.findings import Finding, find
from teduh.registry.sheets.grid import MOST_COLUMNS, ORDINARY, Limits, Sheet, TooLarge

DELIMITERS = {",": "koma (,)", ";": "titik koma (;)", "\t": "tab", "|": "garis tegak (|)"}
BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
#: Bytes that mean nothing in Windows-1252, where a lone one tells of another code page.
NOT_WINDOWS = bytes((0x81, 0x8D, 0x8F, 0x90, 0x9D))
SAMPLE = 100_000

csv.field_size_limit(ORDINARY.bytes)


def read(content: bytes, limits: Limits = ORDINARY) -> Sheet:
    """The grid of a CSV file, with what its bytes were taken for."""
    typed, said = decoded(content)
    delimiter, typed = _declared(typed)
    delimiter = delimiter or _sniffed(typed)
    said = [*said, find("delimiter", read=DELIMITERS[delimiter])]
    grid = _rows(typed, delimiter, csv.QUOTE_MINIMAL, limits)
    if _swallowed(grid, delimiter):
        grid = [[cell.strip('"') for cell in row] for row in _rows(typed, delimiter, csv.QUOTE_NONE, limits)]
        said.append(find("quotes_loose"))
    return Sheet("csv", "", grid, (), tuple(said))


def decoded(content: bytes) -> tuple[str, list[Finding]]:
    """The text: by its mark, else UTF-8 if it is that throughout, else Windows."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), [find("encoding", read=encoding.upper())]
    if encoding := _wide(content):
        return content.decode(encoding, "replace"), [find("encoding", read=encoding.upper())]
    try:
        return content.decode("utf-8"), [] if content.isascii() else [find("encoding", read="UTF-8")]
    except UnicodeDecodeError:
        return _not_utf8(content)


def _wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte is zero."""
    sample = content[:2_000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and even < odd // 4:
        return "utf-16-le"
    return "utf-16-be" if even > len(sample) // 4 and odd < even // 4 else ""


def _not_utf8(content: bytes) -> tuple[str, list[Finding]]:
    mended = content.decode("utf-8", "replace")
    lost, kept = mended.count("\ufffd"), sum(1 for c in mended if ord(c) > 127) - mended.count("\ufffd")
    if kept > 4 * lost:
        return mended, [find("encoding_doubt", read="UTF-8")]
    if not any(byte in content for byte in NOT_WINDOWS):
        return content.decode("cp1252"), [find("encoding", read="Windows-1252")]
    best = from_bytes(content[:SAMPLE]).best()
    encoding = best.encoding if best else "latin-1"
    return content.decode(encoding, "replace"), [find("encoding_doubt", read=encoding)]


def _declared(typed: str) -> tuple[str, str]:
    """Excel's own first line: `sep=;`."""
    first, _, rest = typed.partition("\n")
    first = first.strip('\r\ufeff "')
    if first.lower().startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4:5], "\n" + rest
    return "", typed.lstrip("\ufeff")


def _sniffed(typed: str) -> str:
    """The delimiter that divides most lines into the same number of cells."""
    lines = typed[:SAMPLE].splitlines()[:60]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times * min(width, 30), times

    return max(DELIMITERS, key=evenness)


def _rows(typed: str, delimiter: str, quoting: int, limits: Limits) -> list[list[str]]:
    if typed.count(delimiter) > limits.cells:
        raise TooLarge
    reader = csv.reader(io.StringIO(typed, newline=""), delimiter=delimiter, quoting=quoting)
    return [row[:MOST_COLUMNS] for row in itertools.islice(reader, limits.rows + 2)]


def _swallowed(grid: list[list[str]], delimiter: str) -> bool:
    """A quotation mark that is never closed swallows the rows after it into one cell."""
    width = max((len(row) for row in grid[:60]), default=0)
    return any("\n" in cell and cell.count(delimiter) >= max(2 * (width - 1), 2) for row in grid for cell in row)
