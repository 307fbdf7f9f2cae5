"""A sheet as it was read: its cells where they stood, the merged ones, and what there is to say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from teduh.registry.sheets.findings import Finding

MOST_BYTES = 20_000_000
#: One file is one transaction: all of it or nothing.
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 4_000_000

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Limits:
    """How much a file may hold: its bytes, what a workbook may unpack to, rows, and cells."""

    bytes: int = MOST_BYTES
    #: An honest workbook of 50,000 rows needs a third of it.
    unpacked: int = 250_000_000
    rows: int = MOST_ROWS
    cells: int = MOST_CELLS


ORDINARY = Limits()


class Broken(Exception):
    """The file cannot be opened."""


class TooLarge(Exception):
    """It can, but must not be: what it holds would not fit in memory."""


@dataclass(frozen=True)
class Sheet:
    """`grid[row][column]` from 0; `merged` are ranges (first and last cell, both included)."""

    kind: str
    name: str
    grid: list[list[Any]]
    merged: tuple[Range, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
