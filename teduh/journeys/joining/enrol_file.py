"""A file of people: checked row by row first, enrolled as one afterwards, given back with what to mend.

A file is enrolled in one transaction, all of it or nothing: whoever is interrupted runs it again, and whoever runs it
twice enrols nobody twice. How many statements that takes does not depend on the rows.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.db import transaction

from teduh.core.text import Text, rupiah
from teduh.journeys.joining.enrol_rows import Entrance
from teduh.registry import actions, consents
from teduh.registry.facts import Decided
from teduh.registry.models.enrolment import Channel
from teduh.registry.models.files import EnrolmentFile, FileState, RowState
from teduh.registry.queries import groups
from teduh.registry.sheets import headers, keeping, known, mended, reading, report, trades, understanding
from teduh.registry.sheets.findings import NOTE, Finding, find
from teduh.registry.sheets.report import FileLine, FileReport
from teduh.registry.sheets.rows import Defaults, Row
from teduh.registry.sheets.understanding import Understanding
from teduh.security import actions as security
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE
from teduh.security.models import Role

__all__ = ["Defaults", "FileLine", "FileReport", "check", "commit", "files", "mended_sheet", "show"]

Progress = Callable[[int, int, Text], None]
READING = Text("Membuka berkas", "Opening the file")
DECIDING = Text("Memutuskan menurut hukum", "Deciding by law")
KEEPING = Text("Menyimpan hasil pemeriksaan", "Keeping what was found")
ENROLLING = Text("Mendaftarkan", "Enrolling")


def _silent(_done: int, _total: int, _what: Text) -> None:
    """Nobody watches."""


def check(
    *,
    content: bytes,
    name: str,
    by: Actor,
    on: dt.date,
    defaults: Defaults | None = None,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    progress: Progress | None = None,
) -> FileReport:
    """Say of every row what it would become; nobody is enrolled. `mapping` names columns (`{"Kolom": "nik"}`).

    The same bytes are the same file: if it was enrolled, its report is given again; otherwise it is checked anew.
    """
    by.require("upload", "enrol")
    before = keeping.same(content=content, by=by)
    if before is not None and before.state == FileState.COMMITTED:
        return show(file=before.id, by=by)
    tell, given = progress or _silent, defaults or Defaults()
    mapping = {UNSTORABLE.sub("", title)[:200]: field for title, field in (mapping or {}).items()}
    tell(0, 1, READING)
    name = keeping.require_name(name)
    read = understanding.understand(
        content=content, name=name, on=on, defaults=given, mapping=mapping, sheet=sheet, progress=progress
    )
    digest = hashlib.sha256(content).digest()
    due, sums = _judge(read, _entrance(given, by, on, name, digest, read.trades), tell)
    options = {"defaults": asdict(given), "mapping": mapping, "sheet": read.sheet.name if sheet else None}
    tell(len(read.rows), len(read.rows), KEEPING)
    with transaction.atomic():
        said = _summary(read, due, sums, options)
        file = keeping.keep(content=content, name=name, by=by, understood=said, rows=read.rows)
        if file is not None:
            _record("file.checked", file, by, Counter(str(row.state) for row in read.rows))
    if file is None:  # enrolled by the same person a moment ago
        before = keeping.same(content=content, by=by)
        file = before.id if before else 0
    return show(file=file, by=by)


def _entrance(
    given: Defaults,
    by: Actor,
    on: dt.date,
    name: str,
    digest: bytes,
    trade: trades.Trades,
    agent: int | None = None,
) -> Entrance:
    """What holds for all rows; a group must be the actor's to enrol into."""
    group = groups.group(actor=by, group=given.group, on=on) if given.group is not None else None
    consent = given.consent or (consents.REQUIRED, "identity", "messages", *(("group",) if group else ()))
    return Entrance(on, replace(given, consent=consent), group, trade, name, digest, agent)


def _judge(read: Understanding, entrance: Entrance, tell: Progress) -> tuple[int, list[Finding]]:
    """Compare with the register, ask the law of each row; what all would owe in a month, and sums that are wrong."""
    usable = [row for row in read.rows if row.is_usable]
    enrolled = known.find(row.values["nik"] for row in usable)
    for row in usable:
        _known(row, enrolled.get(row.values["nik"]))
    usable = [row for row in usable if row.is_usable]
    decided = entrance.decide(
        ((row.number, row.values) for row in usable), lambda done: tell(done, len(usable), DECIDING)
    )
    for row in usable:
        row.findings += decided[row.number][1]
        row.judge()
    return _dues([row for row in usable if row.is_usable], entrance)


def _dues(rows: Sequence[Row], entrance: Entrance) -> tuple[int, list[Finding]]:
    """What the rows come to by law; where the file says another sum, the row says so, and so does the whole."""
    total = written = counted = 0
    for row in rows:
        due, said = entrance.due(row.values) or 0, row.values["due"]
        total += due
        if said is None or not due:
            continue
        written, counted = written + said, counted + due
        if said != due:
            row.findings.append(find("due_differs", "due", cell=rupiah(said), read=rupiah(due)))
            row.judge()
    wrong = [find("sum_law", "due", cell=rupiah(written), read=rupiah(counted))] if written != counted else []
    return total, wrong


def _known(row: Row, one: known.Known | None) -> None:
    """Whether the register holds the person, and under the same name."""
    if one is None:
        return
    if not one.is_like(row.values["name"], dt.date.fromisoformat(row.values["birth_date"])):
        row.findings.append(find("known_other_name", "nik", member=one.masked))
        row.judge()
    elif one.is_enrolled:
        row.findings.append(find("known", "nik", member=one.masked))
        row.state = RowState.KNOWN
    else:
        row.findings.append(find("returns", "nik", member=one.masked))


def _summary(read: Understanding, due: int, sums: list[Finding], options: dict[str, Any]) -> dict[str, Any]:
    """How the sheet was read, fit to be kept in the open: it quotes titles and sums, no person."""
    problems = Counter((f.field, f.code) for row in read.rows for f in row.findings if f.level != NOTE)
    has_titles = read.layout.header is not None
    return {
        "kind": read.sheet.kind,
        "sheet": read.sheet.name,
        "columns": [[c.index, c.title if has_titles else "", c.field, c.how] for c in read.layout.columns],
        "notes": [finding.packed() for finding in (*read.findings, *sums)],
        "problems": [[field, code, n] for (field, code), n in problems.most_common(30)],
        "blank": read.blank,
        "due": due,
        "options": options,
    }


def _record(action: str, file: int, by: Actor, counts: Mapping[str, int]) -> None:
    security.record(by=by, action=action, subjects=[f"file:{file}"], detail=dict(counts))


def commit(*, file: int, by: Actor, on: dt.date, at: dt.datetime, progress: Progress | None = None) -> FileReport:
    """Enrol the rows that are ready, all in one transaction. A file that was enrolled already is only shown again."""
    by.require("upload", "enrol")
    tell = progress or _silent
    with transaction.atomic():
        kept = keeping.file_of(file=file, by=by, lock=True)
        if kept.state != FileState.COMMITTED:
            _enrol(kept, by, on, at, tell)
    return show(file=file, by=by)


def _enrol(kept: EnrolmentFile, by: Actor, on: dt.date, at: dt.datetime, tell: Progress) -> None:
    options = kept.understood["options"]["defaults"]
    given = Defaults(**{**options, "programmes": tuple(options["programmes"]), "consent": tuple(options["consent"])})
    agent = kept.by_id if kept.by is not None and kept.by.role == Role.AGENT else None
    entrance = _entrance(given, by, on, kept.name, bytes(kept.sha256), trades.load(), agent)
    rows = keeping.usable_rows(file=kept.id, with_known=given.group is not None)
    ready, outcomes = _ready(rows, entrance, tell)
    tell(0, len(ready), ENROLLING)
    keeping.lean_on_indexes()
    done = actions.enrol(newcomers=[decided for _, decided in ready], by=by, on=on, channel=Channel.FILE)
    outcomes += _outcomes(ready, done)
    keeping.mark(file=kept.id, outcomes=outcomes)
    counts = Counter(state for _, state, *_ in outcomes)
    keeping.committed(file=kept, understood=kept.understood, at=at)
    _record("file.enrolled", kept.id, by, {str(state): n for state, n in counts.items()})
    tell(len(ready), len(ready), ENROLLING)


Outcome = tuple[int, str, int | None, bytes | None]


def _ready(
    rows: Sequence[keeping.Usable], entrance: Entrance, tell: Progress
) -> tuple[list[tuple[keeping.Usable, Decided]], list[Outcome]]:
    """Everybody as the law of this day sees him; who is refused now goes back to be mended."""
    ready: list[tuple[keeping.Usable, Decided]] = []
    outcomes: list[Outcome] = []
    answers = entrance.decide(((row.number, row.values) for row in rows), lambda done: tell(done, len(rows), DECIDING))
    for row in rows:
        decided, findings = answers[row.number]
        if decided is not None:
            ready.append((row, decided))
        else:
            found = keeping.packed([*row.findings, *findings])
            outcomes.append((row.number, str(RowState.MEND), None, found))
    return ready, outcomes


def _outcomes(ready: Sequence[tuple[keeping.Usable, Decided]], done: actions.Enrolled) -> list[Outcome]:
    """What became of each row: enrolled now, known, or another person than the register holds under that NIK."""
    outcomes: list[Outcome] = [
        (ready[place][0].number, str(RowState.ENROLLED), person, None) for place, person, _ in done.made
    ]
    for place, person in done.known:
        row = ready[place][0]
        if place in done.differs:
            said = [*row.findings, find("known_other_name", "nik", member="•••")]
            outcomes.append((row.number, str(RowState.MEND), None, keeping.packed(said)))
        else:
            outcomes.append((row.number, str(RowState.KNOWN), person, None))
    return outcomes


def show(*, file: int, by: Actor, page: int = 1, only: Sequence[str] = ()) -> FileReport:
    """A file's report: one page of its rows, of all states or only some. Reading somebody else's is recorded."""
    found = report.report(file=file, by=by, page=page, only=only)
    if found.owner != by.user:
        _record("file.read", file, by, {"page": found.page})
    return found


def files(*, by: Actor, limit: int = 50) -> tuple[FileLine, ...]:
    """The files that the actor handed in, the latest first."""
    return report.files(by=by, limit=limit)


def mended_sheet(*, file: int, by: Actor, language: str = "id") -> bytes:
    """The original as XLSX, with what came of each row and what to mend beside it."""
    kept = keeping.file_of(file=file, by=by)
    options = kept.understood["options"]
    sheet = reading.read(kept.content, name=kept.name, sheet=options["sheet"])
    layout = headers.layout(sheet.grid, options["mapping"])
    rows = report.every_row(file=file)
    _record("file.downloaded", file, by, {"rows": len(rows)})
    return mended.write(sheet=sheet, layout=layout, rows=rows, language=language)
