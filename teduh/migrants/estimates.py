"""How many Indonesians work abroad, as others published it: stocks by destination, placements of a period by
destination and by province of origin, each with its period, confidence and source. It counts nobody itself.

A stock (people who are there) and placements (people who left in a year) are different things and never mixed.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parent / "data" / "estimates.csv"
KINDS = ("stock", "placements", "participants")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One published figure. `code`: a destination (ISO 3166-1), a province, or empty for all; `period`: 2025, 2025-08,
    2024-H1 or a range; `confidence`: high, medium, low or derived."""

    kind: str
    of: str  # destination, origin
    code: str
    period: str
    people: int
    confidence: str
    source: str

    @property
    def year(self) -> int | None:
        """The year, if the figure is of one whole year."""
        return int(self.period) if self.period.isdecimal() else None


@functools.cache
def published() -> tuple[Estimate, ...]:
    """Every figure held, in the order of the file."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Estimate(
                kind=row["kind"], of=row["of"], code=row["code"], period=row["period"], people=int(row["people"]),
                confidence=row["confidence"], source=row["source"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def stock(*, code: str) -> Estimate | None:
    """The newest figure of how many work at a destination (empty: anywhere abroad)."""
    return _newest([one for one in published() if (one.kind, one.of, one.code) == ("stock", "destination", code)])


def placements(*, of: str, code: str) -> Estimate | None:
    """The newest figure of how many were placed in one whole year, by destination or by province of origin."""
    found = [one for one in published() if (one.kind, one.of, one.code) == ("placements", of, code)]
    return _newest([one for one in found if one.year])


def participants() -> Estimate | None:
    """The newest published number of migrant workers who take part, of all destinations."""
    return _newest([one for one in published() if (one.kind, one.code) == ("participants", "")])


def _newest(found: list[Estimate]) -> Estimate | None:
    return max(found, key=lambda one: one.period, default=None)
