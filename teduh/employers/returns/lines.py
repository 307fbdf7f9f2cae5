"""The lines that a return would file, column by column, and what must happen for them: who is admitted, hired, ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from teduh.employers.returns.reading import Rows
from teduh.registry.facts import Admitted


class Hire(NamedTuple):
    """Somebody who starts here: what the employment will say."""

    worksite: int
    number: str
    contract: str
    started_on: dt.date
    contract_until: dt.date | None


class Leaves(NamedTuple):
    """Somebody of whom the file tells the last day. `line` is None where no wage is filed with it."""

    place: int
    line: int | None
    employment: int | None
    ended_on: dt.date
    cause: str


@dataclass
class Lines:
    """One entry per worker to be filed, in the order of the file; withdrawn ones of a correction come last.

    `place` is the row in `Rows` (-1: not in the file), `person` and `employment` None for who is new, `before` the
    wage of last month (of the version before, in a correction), `replaces` the line that is corrected.
    """

    place: list[int] = field(default_factory=list)
    person: list[int | None] = field(default_factory=list)
    employment: list[int | None] = field(default_factory=list)
    worksite: list[int] = field(default_factory=list)
    site: list[int] = field(default_factory=list)
    wage: list[int] = field(default_factory=list)
    risk_class: list[int] = field(default_factory=list)
    programmes: list[int] = field(default_factory=list)
    before: list[int | None] = field(default_factory=list)
    replaces: list[int | None] = field(default_factory=list)
    withdrawn: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.place)

    def add(
        self, place: int, person: int | None, employment: int | None, worksite: int, site: int, wage: int, risk: int,
        programmes: int, before: int | None, replaces: int | None = None, withdrawn: bool = False,
    ) -> int:  # fmt: skip
        """One more line; its place among the lines."""
        self.place.append(place)
        self.person.append(person)
        self.employment.append(employment)
        self.worksite.append(worksite)
        self.site.append(site)
        self.wage.append(wage)
        self.risk_class.append(risk)
        self.programmes.append(programmes)
        self.before.append(before)
        self.replaces.append(replaces)
        self.withdrawn.append(withdrawn)
        return len(self.place) - 1


class Gone(NamedTuple):
    """Somebody of last month (or of the version before) who is not on this return. `name` is encrypted."""

    employment: int
    name: bytes
    wage: int
    ended_on: dt.date | None


@dataclass
class Judged:
    """Everything that a check found. `groups` are the places of lines by how they differ from last month."""

    rows: Rows
    lines: Lines = field(default_factory=Lines)
    admits: dict[int, Admitted] = field(default_factory=dict)
    hires: dict[int, Hire] = field(default_factory=dict)
    leaves: list[Leaves] = field(default_factory=list)
    moves: list[tuple[int, int]] = field(default_factory=list)
    groups: dict[str, list[int]] = field(default_factory=dict)
    unchanged: list[tuple[int, int]] = field(default_factory=list)
    left: list[Gone] = field(default_factory=list)
    missing: list[Gone] = field(default_factory=list)
    untouched: tuple[int, int] = (0, 0)

    @property
    def workers(self) -> int:
        """How many stand in the month once this is filed."""
        return len(self.lines) - sum(self.lines.withdrawn) + self.untouched[0]

    @property
    def wages(self) -> int:
        """What they earn together."""
        kept = zip(self.lines.wage, self.lines.withdrawn, strict=True)
        return sum(wage for wage, withdrawn in kept if not withdrawn) + self.untouched[1]
