"""What a person reads about a list: how it was understood, how many rows are what, and each row with what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.text import Text
from teduh.migrants.exchange import keeping
from teduh.migrants.exchange.findings import NOTE, ORDER, Finding, unpacked
from teduh.migrants.exchange.messages import LABELS
from teduh.migrants.models import ListPurpose, ListState, PlacementList, RowState
from teduh.registry.sheets.headers import letter_of
from teduh.security import masking

MOST = 1_000
STATES: dict[str, Text] = {
    RowState.READY: Text("Siap", "Ready"),
    RowState.WARNED: Text("Siap, dengan catatan", "Ready, with a remark"),
    RowState.KNOWN: Text("Sudah terdaftar", "Registered already"),
    RowState.REPEATED: Text("Ganda dalam daftar", "Twice in the list"),
    RowState.MEND: Text("Perlu diperbaiki", "To be mended"),
    RowState.ENTERED: Text("Terdaftar", "Registered"),
    RowState.AGREES: Text("Cocok", "Agrees"),
    RowState.DIFFERS: Text("Berbeda", "Differs"),
}
COUNTS = "SELECT state, match, count(*) FROM migrants_placementrow WHERE list_id = %s GROUP BY 1, 2"
DIFFERENCES = "SELECT kind, count(*) FROM migrants_difference WHERE list_id = %s AND state = 'open' GROUP BY 1"


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column: its letter and title in the sheet, and what it was understood as."""

    letter: str
    title: str
    field: str
    label: Text | None


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One thing to say of a row: how grave, what is so, what to do, of whom (masked)."""

    number: int
    severity: str
    code: str
    text: Text
    then: Text | None
    field: str
    who: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: what comes of it, whom it speaks of (masked), how it was matched, and the placement it is."""

    number: int
    state: str
    what: Text
    who: str
    nik: str
    match: str
    placement: int | None
    findings: tuple[RowFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReport:
    """A list: how it was read (`columns`, `notes`), how many rows are what (`counts`, `by_match`), what there is to say
    of rows (the gravest first, at most a thousand), and how many differences there are of each kind."""

    list: int
    organisation: int
    organisation_name: str
    name: str
    purpose: str
    whole: bool
    as_of: dt.date
    state: str
    uploaded_at: dt.datetime
    committed_at: dt.datetime | None
    kind: str
    sheet: str
    columns: tuple[ColumnRead, ...]
    notes: tuple[Text, ...]
    rows: int
    skipped: int
    counts: dict[str, int]
    by_match: dict[str, int]
    findings: tuple[RowFinding, ...]
    more_findings: int
    differences: dict[str, int]
    may_commit: bool
    why_not: Text | None

    @property
    def ready(self) -> int:
        """Rows that a commit would enter, or compare."""
        return self.counts.get(RowState.READY, 0) + self.counts.get(RowState.WARNED, 0)

    @property
    def stopped(self) -> int:
        return self.counts.get(RowState.MEND, 0)


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list among others."""

    list: int
    organisation: int
    organisation_name: str
    name: str
    purpose: str
    as_of: dt.date
    state: str
    uploaded_at: dt.datetime
    committed_at: dt.datetime | None
    rows: int
    stopped: int


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit did: how many were registered, were known already, are still to be mended, and what differs."""

    list: int
    purpose: str
    entered: int
    known: int
    mend: int
    differences: dict[str, int]


def understood(*, read: Any, differences: Mapping[str, int], older_than: dt.date | None) -> dict[str, Any]:
    """How a list was read, fit to be kept in the open: it quotes titles, no person."""
    return {
        "kind": read.sheet.kind, "sheet": read.sheet.name, "skipped": read.skipped,
        "columns": [[column.index, column.title, column.field] for column in read.layout.columns],
        "notes": [finding.packed() for finding in read.findings], "differences": dict(differences),
        "older_than": older_than.isoformat() if older_than else None,
    }  # fmt: skip


def report(*, of: PlacementList) -> ListReport:
    """The report of a list; three statements."""
    counts: dict[str, int] = {}
    by_match: dict[str, int] = {}
    for state, match, n in sql.rows(COUNTS, [of.id]):
        counts[state] = counts.get(state, 0) + n
        by_match[match] = by_match.get(match, 0) + n
    said = [one for kept in keeping.rows_of(list_=of.id) for one in row_findings(kept, of.purpose)]
    said = sorted((one for one in said if one.severity != NOTE), key=lambda one: (ORDER[one.severity], one.number))
    is_done = of.state == ListState.COMMITTED
    kinds = dict(sql.rows(DIFFERENCES, [of.id])) if is_done else of.understood.get("differences", {})
    why_not = _why_not(of, counts)
    return ListReport(
        list=of.id, organisation=of.organisation_id, organisation_name=of.organisation.name, name=of.name,
        purpose=of.purpose, whole=of.whole, as_of=of.as_of, state=of.state, uploaded_at=of.uploaded_at,
        committed_at=of.committed_at, kind=of.understood.get("kind", ""), sheet=of.understood.get("sheet", ""),
        columns=tuple(
            ColumnRead(letter_of(index), title, field, LABELS.get(field))
            for index, title, field in of.understood.get("columns", ())
        ),
        notes=tuple(unpacked(one).text for one in of.understood.get("notes", ())), rows=sum(counts.values()),
        skipped=of.understood.get("skipped", 0), counts=counts, by_match=by_match, findings=tuple(said[:MOST]),
        more_findings=max(0, len(said) - MOST), differences=kinds, may_commit=why_not is None, why_not=why_not,
    )  # fmt: skip


def _why_not(of: PlacementList, counts: Mapping[str, int]) -> Text | None:
    if of.state == ListState.COMMITTED:
        return Text("Daftar ini sudah diproses.", "This list has been processed.")
    if of.state == ListState.DISCARDED:
        return Text("Daftar ini sudah dibuang; unggah lagi bila perlu.", "This list was discarded; upload it again.")
    if of.purpose == ListPurpose.ENTER and not counts.get(RowState.READY, 0) + counts.get(RowState.WARNED, 0):
        return Text("Tidak ada orang baru yang siap didaftarkan.", "There is nobody new who is ready to be registered.")
    if of.purpose == ListPurpose.COMPARE and not sum(n for state, n in counts.items() if state != RowState.MEND):
        return Text("Tidak ada baris yang menyebut seseorang.", "No row names anybody.")
    if older := of.understood.get("older_than"):
        day = dt.date.fromisoformat(older)
        return Text(f"Daftar per {day} sudah dicocokkan; daftar ini lebih tua.",
                    f"A list as of {day} has been compared; this one is older.")  # fmt: skip
    return None


def row_findings(kept: keeping.Kept, purpose: str) -> list[RowFinding]:
    """What is said of a kept row."""
    who = masking.name(kept.row.values.get("name") or "")
    return [_shown(kept.row.number, one, purpose, who) for one in kept.row.findings]


def _shown(number: int, one: Finding, purpose: str, who: str) -> RowFinding:
    return RowFinding(number, one.severity(purpose), one.code, one.text, one.then, one.field, who)


def list_row(kept: keeping.Kept, purpose: str) -> ListRow:
    """A kept row as people read it."""
    values = kept.row.values
    return ListRow(
        number=kept.row.number, state=kept.row.state, what=STATES[kept.row.state],
        who=masking.name(values.get("name") or ""), nik=masking.nik(values.get("nik") or ""), match=kept.match,
        placement=kept.placement, findings=tuple(row_findings(kept, purpose)),
    )  # fmt: skip


def lines(found: Iterable[PlacementList], counts: Mapping[int, tuple[int, int]]) -> tuple[ListLine, ...]:
    """Lists as lines; `counts` are rows and rows to be mended."""
    return tuple(
        ListLine(one.id, one.organisation_id, one.organisation.name, one.name, one.purpose, one.as_of, one.state,
                 one.uploaded_at, one.committed_at, *counts.get(one.id, (0, 0)))
        for one in found
    )  # fmt: skip
