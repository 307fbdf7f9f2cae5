"""Workers of a construction project: put on it by a file or by hand, listed for those who may, and let go.

Who is put on a project is covered from its first payment, and never before his own first day on it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.coverage import projects as coverage
from teduh.employers import access, project_sheet, projects
from teduh.employers.models import ProjectState
from teduh.employers.project_sheet import ReadRow
from teduh.employers.projects import ProjectRow, WorkerRow
from teduh.registry import actions as registry
from teduh.security import actions as audit
from teduh.security import masking
from teduh.security.access import Actor

WHY = "Daftar pekerja proyek"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row: added, already, or wrong with its reason. Names are masked."""

    number: int
    name: str
    state: str
    wrong: Text | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a list."""

    lines: tuple[Line, ...]

    def count(self, state: str) -> int:
        return sum(1 for line in self.lines if line.state == state)

    @property
    def added(self) -> int:
        return self.count("added")

    @property
    def already(self) -> int:
        return self.count("already")

    @property
    def wrong(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.state == "wrong")


def add(*, number: str, content: bytes, name: str = "", by: Actor, on: dt.date, why: str = "") -> Added:
    """Put the people of a file on a project: all rows that can be read come in, the others are told with their reason.

    The number of statements does not grow with the rows. Sent again, they are on it already.
    """
    row = _open(number, by, why)
    read = project_sheet.read(content=content, name=name, starts=row.starts, ends=row.ends, on=on)
    return _add(row, read, by, on)


def add_typed(*, number: str, text: str, by: Actor, on: dt.date, why: str = "") -> Added:
    """The same for lines typed or pasted: NIK, name, work, first day, last day."""
    return add(number=number, content=project_sheet.typed(text), name="typed.csv", by=by, on=on, why=why)


def _open(number: str, by: Actor, why: str) -> ProjectRow:
    row = projects.by_number(number=number)
    access.require(by=by, employer=row.employer, what="prepare", why=why)
    if row.state in (ProjectState.CANCELLED, ProjectState.FINISHED):
        raise Refused("wrong_state", Text("Proyek ini tidak berjalan lagi.", "This project no longer runs."),
                      then=Text("Periksa nomor proyeknya.", "Check the project's number."), status=409)  # fmt: skip
    return row


def _add(row: ProjectRow, read: Sequence[ReadRow], by: Actor, on: dt.date) -> Added:
    with transaction.atomic():
        projects.hold(project=row.id)
        good = [one for one in read if one.person]
        found = registry.admit(people=[one.person for one in good if one.person], by=by, on=on) if good else []
        people = [person for person, _ in found]
        came = projects.add_workers(
            project=row.id,
            rows=[(person, one.from_day or row.starts, one.until_day, one.job)
                  for person, one in zip(people, good, strict=True)],
        )  # fmt: skip
        coverage.recompute(projects=[row.id], on=on)
        audit.record(by=by, action="project.workers", subjects=[f"project:{row.id}"], detail={"added": len(came)})
    left, lines = set(came), {}
    for person, one in zip(people, good, strict=True):
        state = "added" if person in left else "already"
        left.discard(person)
        lines[one.number] = Line(one.number, masking.name(one.person.name if one.person else ""), state)
    return Added(tuple(lines.get(one.number) or Line(one.number, "", "wrong", one.wrong) for one in read))


def leave(*, number: str, workers: Sequence[int], until: dt.date, by: Actor, on: dt.date, why: str = "") -> int:
    """The last day of these people on the project; their cover by it ends then. How many were let go."""
    row = _open(number, by, why)
    with transaction.atomic():
        projects.hold(project=row.id)
        gone = projects.end_workers(project=row.id, ids=workers, until=until)
        coverage.recompute(projects=[row.id], on=on)
        subjects = [f"person:{person}" for person in sorted(gone)] or [""]
        audit.record(by=by, action="project.left", subjects=subjects, why=why, detail={"project": row.id})
        return len(gone)


def workers(*, number: str, by: Actor, why: str = "", after: int = 0, limit: int = 100) -> tuple[WorkerRow, ...]:
    """Who works on a project, masked, and recorded person by person as listed."""
    row = projects.by_number(number=number)
    access.require(by=by, employer=row.employer, what="view", why=why)
    found = projects.workers(project=row.id, after=after, limit=min(limit, 200))
    if found:
        subjects = [f"person:{one.person}" for one in found]
        audit.record(by=by, action="person.listed", subjects=subjects, why=why or WHY, detail={"project": row.id})
    return found
