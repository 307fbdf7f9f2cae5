"""What a person reads about a file: how it was understood, how many rows are what, and each row with what to mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from teduh.core import sql
from teduh.core.text import Text, rupiah
from teduh.registry.models.files import EnrolmentFile, EnrolmentRow, RowState
from teduh.registry.sheets import headers, keeping
from teduh.registry.sheets.findings import Finding, unpacked
from teduh.registry.sheets.messages import LABELS
from teduh.security import masking
from teduh.security.access import Actor

PAGE = 100
#: What each state means, and what will come of it.
STATES: dict[str, Text] = {
    RowState.READY: Text("Siap", "Ready"),
    RowState.WARNED: Text("Siap, dengan catatan", "Ready, with a remark"),
    RowState.KNOWN: Text("Sudah terdaftar", "Enrolled already"),
    RowState.REPEATED: Text("Ganda dalam berkas", "Twice in the file"),
    RowState.MEND: Text("Perlu diperbaiki", "To be mended"),
    RowState.BLANK: Text("Bukan baris orang", "Not a person"),
    RowState.ENROLLED: Text("Terdaftar", "Enrolled"),
}
SHOWN = ("birth_date", "sex", "phone", "address", "place", "occupation", "income", "programmes", "heir")


@dataclass(frozen=True)
class ColumnRead:
    """A column: its letter and title in the sheet, and what it was understood as."""

    letter: str
    title: str
    field: str
    label: Text | None
    how: str


@dataclass(frozen=True)
class RowReport:
    """A row: its number in the sheet, what comes of it, whom it speaks of, how it was read and what to mend."""

    number: int
    state: str
    what: Text
    name: str
    nik: str
    person: int | None
    understood: tuple[tuple[Text, str], ...]
    findings: tuple[Finding, ...]

    @property
    def mend(self) -> tuple[Finding, ...]:
        """What must be mended, or else what should be looked at."""
        worst = [f for f in self.findings if f.level == "mend"]
        return tuple(worst or [f for f in self.findings if f.level == "warn"])


@dataclass(frozen=True)
class FileReport:
    """A file of people and one page of its rows. `due` is what all usable rows come to in a month, by law."""

    id: int
    owner: int | None
    name: str
    state: str
    kind: str
    sheet: str
    uploaded_at: dt.datetime
    committed_at: dt.datetime | None
    columns: tuple[ColumnRead, ...]
    notes: tuple[Finding, ...]
    counts: dict[str, int]
    blank: int
    due: int
    problems: tuple[tuple[Text, str, int], ...]
    rows: tuple[RowReport, ...]
    page: int
    pages: int
    options: dict[str, Any]

    @property
    def people(self) -> int:
        """Rows that speak of somebody."""
        return sum(n for state, n in self.counts.items() if state != RowState.BLANK)

    @property
    def usable(self) -> int:
        """Rows that a commit would enrol."""
        return self.counts.get(RowState.READY, 0) + self.counts.get(RowState.WARNED, 0)

    @property
    def is_committed(self) -> bool:
        return self.committed_at is not None


@dataclass(frozen=True)
class FileLine:
    """A file in a list."""

    id: int
    name: str
    state: str
    uploaded_at: dt.datetime
    committed_at: dt.datetime | None
    counts: dict[str, int]


def report(*, file: int, by: Actor, page: int = 1, only: Sequence[str] = ()) -> FileReport:
    """A file and one page of its rows, of all states or only some. Rows to be mended come first."""
    kept = keeping.file_of(file=file, by=by)
    counts = dict(kept.rows.values_list("state").annotate(Count("id")).order_by())
    wanted = [state for state in only if state in RowState.values] or list(RowState.values)
    total = sum(counts.get(state, 0) for state in wanted)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    names = _occupations()
    rows = kept.rows.filter(state__in=wanted).extra(select={"first": "state <> 'mend'"}).order_by("first", "number")
    said = kept.understood
    return FileReport(
        id=kept.id, owner=kept.by_id, name=kept.name, state=kept.state,
        kind=said.get("kind", ""), sheet=said.get("sheet", ""),
        uploaded_at=kept.uploaded_at, committed_at=kept.committed_at, columns=_columns(said),
        notes=tuple(unpacked(item) for item in said.get("notes", [])), counts=counts, blank=said.get("blank", 0),
        due=said.get("due", 0), problems=_problems(said), page=page, pages=pages, options=said.get("options", {}),
        rows=tuple(row_report(row, names) for row in rows[(page - 1) * PAGE : page * PAGE]),
    )  # fmt: skip


def files(*, by: Actor, limit: int = 50) -> tuple[FileLine, ...]:
    """The files that somebody handed in, the latest first; for an officer everybody's."""
    mine = EnrolmentFile.objects.all() if by.may("everyone") else EnrolmentFile.objects.filter(by_id=by.user)
    found = list(mine.defer("content", "understood").order_by("-id")[:limit])
    counts: dict[int, dict[str, int]] = {file.id: {} for file in found}
    grouped = EnrolmentRow.objects.filter(file__in=list(counts)).values_list("file", "state").annotate(Count("id"))
    for file, state, n in grouped.order_by():
        counts[file][state] = n
    return tuple(FileLine(f.id, f.name, f.state, f.uploaded_at, f.committed_at, counts[f.id]) for f in found)


def row_report(row: EnrolmentRow, names: dict[str, str]) -> RowReport:
    """A kept row as people read it."""
    values = keeping.values_of(row)
    return RowReport(
        number=row.number, state=row.state, what=STATES[row.state], name=values.get("name") or "",
        nik=masking.nik(values.get("nik") or ""), person=row.person_id, understood=understood(values, names),
        findings=keeping.findings_of(row),
    )  # fmt: skip


def every_row(*, file: int) -> dict[int, RowReport]:
    """All kept rows of a file by their number, for the sheet that is given back."""
    names = _occupations()
    return {row.number: row_report(row, names) for row in EnrolmentRow.objects.filter(file=file)}


def understood(values: dict[str, Any], names: dict[str, str]) -> tuple[tuple[Text, str], ...]:
    """What each field was understood as, in words."""
    said = {
        "birth_date": values.get("birth_date"),
        "sex": {"M": "L", "F": "P"}.get(values.get("sex") or ""),
        "phone": values.get("phone"),
        "address": values.get("address"),
        "place": values.get("lives_in"),
        "occupation": names.get(values.get("occupation") or "", values.get("occupation")),
        "income": rupiah(values["income"]) if values.get("income") else None,
        "programmes": ", ".join(values.get("programmes") or ()),
        "heir": ", ".join(f"{heir[0]} ({heir[1]})" for heir in values.get("heirs") or ()),
    }
    return tuple((LABELS[name], str(said[name])) for name in SHOWN if said[name])


def _occupations() -> dict[str, str]:
    return dict(sql.rows("SELECT code, name_id FROM registry_occupation"))


def _columns(said: dict[str, Any]) -> tuple[ColumnRead, ...]:
    return tuple(
        ColumnRead(headers.letter_of(index), title, field, LABELS.get(field), how)
        for index, title, field, how in said.get("columns", [])
    )


def _problems(said: dict[str, Any]) -> tuple[tuple[Text, str, int], ...]:
    """What is wrong how often, the commonest first: field, code, count."""
    return tuple((LABELS.get(field, Text("", "")), code, n) for field, code, n in said.get("problems", []))
