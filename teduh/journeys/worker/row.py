"""The row of the employer's file that a line came from, as it came: the reader's own row and no other.

It is shown only if it carries the person's own NIK or member number.
"""

from __future__ import annotations

from dataclasses import dataclass

from teduh.core import sql
from teduh.employers.models import WageFile
from teduh.employers.returns import reading
from teduh.journeys.worker.months import family
from teduh.registry.models import Person
from teduh.registry.sheets import cells
from teduh.security import actions as audit
from teduh.security.access import Actor

MOST_CELLS = 80
LONGEST = 200
FILE = """
SELECT r.file_id, l.number FROM employers_wageline l JOIN employers_wagereturn r ON r.id = l.wage_return_id
WHERE l.id = %s AND l.person_id = ANY(%s) AND r.file_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell under its title."""

    title: str
    value: str


def file_row(*, actor: Actor, person: int, line: int, why: str = "") -> tuple[Cell, ...]:
    """Title and value of every filled cell of the line's row; empty if there is no file, or the row is not his.

    The reading is recorded. Raises Refused (not_found, purpose_missing).
    """
    records = family(actor=actor, person=person, why=why)
    found = sql.rows(FILE, [line, list(records)])
    if not found:
        return ()
    file, number = found[0]
    audit.record(by=actor, action="wage_file.read", subjects=[f"person:{records[0]}"], why=why, detail={"line": line})
    kept = WageFile.objects.get(pk=file)
    grid, layout, _ = reading.original(content=bytes(kept.content), name=kept.name)
    row = grid[number - 1] if 0 < number <= len(grid) else []
    values = [cells.text(cell)[:LONGEST] for cell in row[:MOST_CELLS]]
    if not _is_his(values, records):
        return ()
    titles = {column.index: column.title for column in layout.columns}
    return tuple(
        Cell(title=titles.get(index) or f"{index + 1}", value=value)
        for index, value in enumerate(values)
        if value.strip()
    )


def _is_his(values: list[str], records: tuple[int, ...]) -> bool:
    own = set()
    for one in Person.objects.filter(id__in=records).only("nik", "member_number"):
        own |= {one.nik, one.member_number}
    return any("".join(c for c in value if c.isdigit()) in own for value in values if value)
