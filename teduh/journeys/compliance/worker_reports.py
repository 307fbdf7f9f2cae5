"""Workers' reports as inspectors handle them: listed without names, taken, read for a purpose, answered, put to a case.

Who told is shown only to whoever opens a report and says why, and every opening is recorded. No answer for an employer,
no case and no letter knows that there is a report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers import access, compliance
from teduh.employers.models import ReportKind, ReportState, WorkerReport
from teduh.law.months import Month
from teduh.outreach import actions as outreach
from teduh.outreach.facts import Telling
from teduh.registry.models import Person
from teduh.security import actions as audit
from teduh.security import crypto
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

MOST_WORDS = 1_000
KINDS = {
    ReportKind.WRONG_WAGE: Text("Upah yang dilaporkan berbeda", "Another wage was reported"),
    ReportKind.NOT_LISTED: Text("Bekerja tetapi tidak terdaftar", "Works there but is not listed"),
    ReportKind.NOT_THERE: Text("Terdaftar tetapi tidak bekerja", "Listed but does not work there"),
}
STATES = {
    ReportState.OPEN: Text("Baru", "New"),
    ReportState.TAKEN: Text("Sedang diperiksa", "Being looked into"),
    ReportState.ANSWERED: Text("Dijawab", "Answered"),
}
MOVES: dict[str, frozenset[str]] = {
    ReportState.OPEN: frozenset({ReportState.TAKEN}),
    ReportState.TAKEN: frozenset({ReportState.ANSWERED}),
    ReportState.ANSWERED: frozenset({ReportState.TAKEN}),
}
ANSWERED = Text("Laporan Anda sudah dijawab", "Your report has been answered")
ANSWERED_BODY = Text("Buka halaman laporan Anda untuk membaca jawabannya.", "Open your reports to read the answer.")
LINK = "/saya/laporan/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A report in the list: what it is about, never who told."""

    number: str
    employer: int | None
    employer_name: str
    npp: str
    kind: Text
    month: Month | None
    told_on: dt.date
    state: str
    taken_by: int | None
    case: str | None

    @property
    def state_name(self) -> Text:
        return STATES[ReportState(self.state)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A report as its reader sees it."""

    row: Row
    person: int
    name: str
    member_number: str
    phone: str
    wage: int | None
    text: str
    answer: str
    answered_on: dt.date | None


ROWS = """
SELECT r.number, r.employer_id, e.name, r.employer_name, e.npp, r.kind, r.month, r.told_on, r.state, r.taken_by_id,
    c.number
FROM employers_workerreport r LEFT JOIN employers_employer e ON e.id = r.employer_id
LEFT JOIN employers_case c ON c.id = r.case_id
WHERE {where} ORDER BY array_position(ARRAY['open', 'taken', 'answered'], r.state::text), r.told_on, r.id
LIMIT %(limit)s
"""


def listed(*, by: Actor, state: str = "", employer: int | None = None, limit: int = 100) -> tuple[Row, ...]:
    """Reports, new ones first, the oldest before others; without who told. Recorded."""
    by.require("inspect")
    audit.record(by=by, action="worker_report.listed", detail={"state": state})
    where = "(%(state)s = '' OR r.state = %(state)s) AND (%(employer)s::bigint IS NULL OR r.employer_id = %(employer)s)"
    return _rows(where, state=state, employer=employer, limit=limit)


def waiting() -> int:
    """How many nobody has taken."""
    return WorkerReport.objects.filter(state=ReportState.OPEN).count()


def _rows(where: str, **params: object) -> tuple[Row, ...]:
    return tuple(
        Row(number=number, employer=employer, employer_name=name or _opened(typed), npp=npp or "",
            kind=KINDS[ReportKind(kind)], month=Month.of(month) if month else None, told_on=told_on, state=state,
            taken_by=taken_by, case=case)
        for number, employer, name, typed, npp, kind, month, told_on, state, taken_by, case in sql.rows(
            ROWS.format(where=where), {"limit": 1, **params}
        )
    )  # fmt: skip


def _opened(value: bytes | None) -> str:
    return crypto.decrypt(bytes(value)) if value else ""


def take(*, number: str, by: Actor, on: dt.date) -> Row:
    """An inspector takes a report on himself. Refused: wrong_state where somebody has it."""
    by.require("inspect")
    with transaction.atomic():
        report = _held(number)
        _move(report, ReportState.TAKEN)
        report.taken_by_id = by.user
        report.save(update_fields=["state", "taken_by"])
        audit.record(
            by=by, action="worker_report.taken", subjects=[f"report:{report.number}"], detail={"on": on.isoformat()}
        )
    return _row(number)


def read(*, number: str, why: str, by: Actor) -> Opened:
    """The whole report with who told, for a stated purpose; the worker can read that it was opened."""
    by.require("inspect")
    access.require_purpose(why)
    report = WorkerReport.objects.select_related("person").filter(number=number[:14]).first()
    if report is None:
        raise _missing()
    person: Person = report.person
    subjects = [f"report:{report.number}", f"person:{person.id}"]
    audit.record(by=by, action="worker_report.read", subjects=subjects, why=why)
    return Opened(
        row=_row(number), person=person.id, name=person.name, member_number=person.member_number,
        phone=person.phone or "", wage=report.wage, text=report.text or "", answer=report.answer or "",
        answered_on=report.answered_on,
    )  # fmt: skip


def answer(*, number: str, text: str, by: Actor, on: dt.date, at: dt.datetime) -> Row:
    """What the worker is told; only he reads it, and a message says that it is there. Refused: no_answer, not_taken."""
    by.require("inspect")
    said = " ".join(UNSTORABLE.sub("", text).split())
    if not said or len(said) > MOST_WORDS:
        raise Refused("no_answer", Text("Jawabannya belum ada, atau terlalu panjang.", "It is missing or too long."),
                      then=Text(f"Tulis 1 sampai {MOST_WORDS} huruf.", f"Write 1 to {MOST_WORDS} characters."),
                      field="text")  # fmt: skip
    with transaction.atomic():
        report = _held(number)
        if report.taken_by_id != by.user and by.role != "system":
            raise _not_taken()
        _move(report, ReportState.ANSWERED)
        report.answer, report.answered_on = said, on
        report.save(update_fields=["state", "answer", "answered_on"])
        audit.record(by=by, action="worker_report.answered",
                     subjects=[f"report:{report.number}", f"person:{report.person_id}"])  # fmt: skip
        outreach.tell(messages=[_told(report)], by=by, at=at)
    return _row(number)


def _told(report: WorkerReport) -> Telling:
    """What his phone shows names neither the employer nor what it is about."""
    return Telling(
        person=report.person_id, kind="worker_report.answered", title=ANSWERED, body=ANSWERED_BODY, link=LINK,
        key=f"worker_report:{report.number}:{report.answered_on}",
    )  # fmt: skip


def link(*, number: str, case: str, by: Actor) -> Row:
    """Put a report to a case of the same employer; the case does not know of it. Refused: other_employer."""
    by.require("inspect")
    with transaction.atomic():
        report = _held(number)
        found = compliance.by_number(number=case)
        if report.employer_id is not None and report.employer_id != found.employer:
            raise Refused("other_employer", Text("Perkara itu tentang pemberi kerja lain.", "That case is another's."),
                          then=Text("Periksa nomor perkaranya.", "Check the case's number."), field="case")  # fmt: skip
        report.case_id = found.id
        report.save(update_fields=["case"])
        audit.record(by=by, action="worker_report.linked", subjects=[f"report:{report.number}"])
    return _row(number)


def of_case(*, case: int, by: Actor) -> int:
    """How many reports an inspector has put to a case. Nobody else may ask."""
    by.require("inspect")
    return WorkerReport.objects.filter(case=case).count()


def _row(number: str) -> Row:
    found = _rows("r.number = %(number)s", number=number[:14])
    if not found:
        raise _missing()
    return found[0]


def _held(number: str) -> WorkerReport:
    report = WorkerReport.objects.select_for_update(of=("self",)).filter(number=number[:14]).first()
    if report is None:
        raise _missing()
    return report


def _missing() -> Refused:
    return not_found(Text("Laporan tidak ditemukan.", "There is no such report."))


def _not_taken() -> Refused:
    return Refused("not_taken", Text("Laporan ini tidak Anda pegang.", "You have not taken this report."),
                   then=Text("Ambil dulu laporannya.", "Take it first."), status=409)  # fmt: skip


def _move(report: WorkerReport, state: str) -> None:
    if state not in MOVES[report.state]:
        now = STATES[ReportState(report.state)]
        raise Refused("wrong_state", Text(f"Laporan ini: {now.id.lower()}.", f"This report: {now.en.lower()}."),
                      then=Text("Muat ulang daftarnya.", "Load the list again."), status=409)  # fmt: skip
    report.state = state
