"""A worker says in confidence that something is wrong: not his wage, not listed, does not work there.

No page, list, answer, count or message for an employer reads this, and it leaves no trace under the employer's name:
the record of it names the worker alone. Inspectors read it elsewhere, for a purpose that is recorded.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.employers.models import Employer, ReportKind, ReportState, WorkerReport
from teduh.law.months import Month
from teduh.registry import cleaning
from teduh.registry import queries as registry
from teduh.registry.queries import people
from teduh.security import actions as audit
from teduh.security.access import Actor

KINDS = {
    "wrong_wage": Text("Ini bukan upah saya", "This is not my wage"),
    "not_listed": Text("Saya bekerja di sini, tetapi tidak terdaftar", "I work here, but I am not listed"),
    "not_there": Text("Saya tidak bekerja di sini", "I do not work here"),
}
STATES = {
    "open": Text("Kami terima, belum diperiksa", "Received, not looked at yet"),
    "taken": Text("Sedang diperiksa pengawas", "An inspector is looking into it"),
    "answered": Text("Sudah dijawab", "Answered"),
}
#: More open reports than this one person has not.
MOST_OPEN = 10
LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """A report as the worker who made it sees it."""

    number: str
    kind: str
    employer: str
    month: Month | None
    wage: int | None
    text: str
    state: str
    told_on: dt.date
    answer: str
    answered_on: dt.date | None

    @property
    def kind_name(self) -> Text:
        return KINDS[self.kind]

    @property
    def state_name(self) -> Text:
        return STATES[self.state]


def tell(
    *,
    person: int,
    kind: str,
    employer: int | None = None,
    employer_name: str = "",
    month: Month | None = None,
    wage: int | None = None,
    text: str = "",
    evidence: str = "",
    by: Actor,
    on: dt.date,
) -> str:
    """Take down what a worker says and give it a number. He himself says it, or an officer for him.

    `employer` is one that reported or employed him; any other is named in words. Raises Refused.
    """
    person = _teller(person, by)
    said = _Said.checked(kind, employer_name, month, wage, text, evidence, on)
    if employer is not None and not _knows(person, employer):
        raise not_found(Text("Pemberi kerja ini tidak pernah melaporkan Anda.", "This employer never reported you."))
    if employer is None and not said.employer_name:
        raise _missing("employer_name", "Nama pemberi kerja belum diisi.", "The employer's name is missing.")
    with transaction.atomic():
        sql.rows("SELECT id FROM registry_person WHERE id = %s FOR NO KEY UPDATE", [person])
        _require_not_too_many(person)
        serial = sql.rows("SELECT nextval('employers_report_number')")[0][0]
        made = WorkerReport.objects.create(
            number=f"LP-{serial}", person_id=person, employer_id=employer, employer_name=said.employer_name or None,
            kind=said.kind, month=said.month, wage=said.wage, text=said.text or None, told_on=on,
        )  # fmt: skip
        audit.record(by=by, action="worker_report.told", subjects=[f"person:{person}"])
    return made.number


def own(*, actor: Actor) -> tuple[OwnReport, ...]:
    """What this worker reported, newest first, with what came of it."""
    actor.require("self")
    if actor.person is None:
        return ()
    rows = (
        WorkerReport.objects.filter(person__in=registry.same_person(person=actor.person))
        .select_related("employer")
        .order_by("-id")
    )
    return tuple(_own(row) for row in rows)


def employers_of(*, actor: Actor) -> tuple[tuple[int, str], ...]:
    """The employers that a worker can point at: those who employ or reported him."""
    actor.require("self")
    if actor.person is None:
        return ()
    found = sql.rows(
        "SELECT DISTINCT e.id, e.name FROM employers_employment m JOIN employers_employer e ON e.id = m.employer_id "
        "WHERE m.person_id = ANY(%s) ORDER BY e.name",
        [list(registry.same_person(person=actor.person))],
    )
    return tuple((id_, name) for id_, name in found)


@dataclass(frozen=True, slots=True)
class _Said:
    kind: str
    employer_name: str
    month: Month | None
    wage: int | None
    text: str

    @classmethod
    def checked(
        cls, kind: str, employer_name: str, month: Month | None, wage: int | None, text: str, evidence: str, on: dt.date
    ) -> _Said:
        if kind not in ReportKind.values:
            raise _missing("kind", "Pilih apa yang tidak benar.", "Choose what is wrong.")
        if month is not None and month > Month.of(on):
            raise _missing("month", "Bulan itu belum tiba.", "That month has not come yet.")
        if wage is not None and not 0 <= wage <= 10_000_000_000:
            raise _missing("wage", "Upah ini tidak terbaca.", "This wage cannot be read.")
        words = [cleaning.line(one, field=name, most=LONGEST) for name, one in (("text", text), ("evidence", evidence))]
        if kind == ReportKind.WRONG_WAGE and wage is None and not words[0]:
            raise _missing("wage", "Tulis upah Anda yang sebenarnya.", "Write your true wage.")
        name = cleaning.line(employer_name, field="employer_name", most=120)
        return cls(kind, name, month, wage, " — Bukti: ".join(words) if all(words) else "".join(words))


def _teller(person: int, by: Actor) -> int:
    records = registry.same_person(person=person)
    own = by.may("self") and by.person in records
    if not records or not (own or people.is_visible(actor=by, person=person)) or not (own or by.may("everyone")):
        raise not_found(Text("Peserta tidak ditemukan.", "There is no such member."))
    return records[0]


def _knows(person: int, employer: int) -> bool:
    records = list(registry.same_person(person=person))
    return Employer.objects.filter(id=employer, employments__person__in=records).exists()


def _require_not_too_many(person: int) -> None:
    if WorkerReport.objects.filter(person=person).exclude(state=ReportState.ANSWERED).count() >= MOST_OPEN:
        raise Refused(
            "too_many_reports",
            Text("Sudah ada 10 laporan Anda yang belum dijawab.", "Ten of your reports wait for an answer."),
            then=Text("Tunggu jawabannya, atau datang ke kantor cabang.", "Wait for the answers, or visit a branch."),
            status=409,
        )


def _missing(field: str, bahasa: str, english: str) -> Refused:
    then = Text("Isi, lalu kirim lagi.", "Fill it in and send again.")
    return Refused("report_incomplete", Text(bahasa, english), then=then, field=field)


def _own(row: WorkerReport) -> OwnReport:
    return OwnReport(
        number=row.number, kind=row.kind, employer=row.employer.name if row.employer else row.employer_name or "",
        month=row.month, wage=row.wage, text=row.text or "", state=row.state, told_on=row.told_on,
        answer=row.answer or "", answered_on=row.answered_on,
    )  # fmt: skip
