"""A case with an employer who does not do his part: opened, its steps taken by people, and closed.

The law says which step is possible on a day (`law.sanctions`); the machine proposes and shows, a person decides. A fine
and a request to the services take two people. Nothing here reads a worker's report.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from teduh.contributions import arrears as owed
from teduh.contributions import fines, project_queries
from teduh.core import holidays
from teduh.core.errors import Refused
from teduh.core.text import Text, rupiah
from teduh.employers import access
from teduh.employers import compliance as cases
from teduh.employers.compliance import CaseRow, ProposalRow, StepRow
from teduh.employers.models import ProposalState, StepKind
from teduh.journeys.compliance import fine
from teduh.journeys.employers import desk
from teduh.law import sanctions
from teduh.law.messages import Note
from teduh.law.months import Month
from teduh.security import actions as audit
from teduh.security.access import Actor

MOST_WORDS = 500
#: Steps that are no sanction: whoever keeps the case may always note them.
INFORMAL = (StepKind.CALL, StepKind.VISIT)
#: Texts of a case go to the employer. Numbers of people and of reports have no place in them.
NOT_HERE = re.compile(r"(?<!\d)\d{16}(?!\d)|(?<!\d)\d{11}(?!\d)|\bLP-?\d{4,}\b", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Possible:
    """A step that may follow: from when, until when, by which articles. `now`: it may be taken today."""

    kind: str
    name: Text
    what: Text
    earliest: dt.date
    latest: dt.date | None
    now: bool
    over: bool
    two_people: bool
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an employer stands on a day: what is late, which months are not reported, which fines are not paid."""

    on: dt.date
    arrears: int
    programmes: dict[str, int]
    months: tuple[tuple[Month, int], ...]
    missing: tuple[Month, ...]
    fines: int
    bills: tuple[owed.OpenBill, ...]

    @property
    def lacks(self) -> tuple[Text, ...]:
        """What is still open, as the machine can see it."""
        said = []
        if self.missing:
            count = len(self.missing)
            said.append(Text(f"{count} bulan belum dilaporkan.", f"{count} months are not reported."))
        if self.arrears:
            said.append(Text(f"Iuran tertunggak {rupiah(self.arrears)}.", f"{rupiah(self.arrears)} in arrears."))
        if self.fines:
            said.append(Text(f"Denda administratif {rupiah(self.fines)} belum dibayar.",
                             f"Administrative fines of {rupiah(self.fines)} are not paid."))  # fmt: skip
        return tuple(said)

    @property
    def is_settled(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case, what was done in it, what may follow, and how the employer stands now."""

    row: CaseRow
    steps: tuple[StepRow, ...]
    proposals: tuple[ProposalRow, ...]
    possible: tuple[Possible, ...]
    standing: Standing
    fines: tuple[project_queries.FineRow, ...]

    @property
    def proposes_closing(self) -> bool:
        """All that the machine can see is settled: a person may close the case, or lift what was imposed."""
        return self.row.is_open and self.standing.is_settled


def open_case(*, employer: int, violation: str, why: str, by: Actor, on: dt.date) -> CaseView:
    """A case with an employer, for one violated duty. Refused: not_allowed, case_open, names_a_person."""
    by.require("inspect")
    said = _said(why, 300)
    with transaction.atomic():
        access.require(by=by, employer=employer, what="view", why=said)
        id_ = cases.open_case(employer=employer, violation=violation, why=said, by=by.user, on=on)
        _note(by, "open", id_, said, {"violation": violation, "employer": employer})
        return _view(cases.by_id(case=id_), on)


def view(*, number: str, by: Actor, on: dt.date, why: str = "") -> CaseView:
    """A case, for inspectors and officers with a purpose, and for the employer whose case it is."""
    row = cases.by_number(number=number)
    access.require(by=by, employer=row.employer, what="view", why=why or f"Perkara {row.number}")
    return _view(row, on)


def listed(*, by: Actor, state: str = "", text: str = "", limit: int = 100) -> tuple[CaseRow, ...]:
    """Cases, those whose time ends first before others. Recorded."""
    by.require("inspect", "employers")
    audit.record(by=by, action="case.listed", detail={"state": state})
    return cases.cases(state=state, text=text, limit=limit)


def own(*, employer: int, by: Actor) -> tuple[CaseRow, ...]:
    """The cases of one employer, for himself and for those who may look."""
    access.require(by=by, employer=employer, what="view", why="Perkara kepatuhan")
    return cases.cases(employer=employer)


def take(*, case: int, kind: str, why: str, by: Actor, on: dt.date) -> CaseView:
    """Take a step that one person may take. Refused: not_possible, two_people, not_fulfilled, names_a_person."""
    by.require("inspect")
    said = _said(why, MOST_WORDS)
    if kind in cases.TWO_PEOPLE:
        raise _two_people()
    with transaction.atomic():
        row = cases.hold(case=case)
        found = _view(row, on)
        step = _may(found, kind, on)
        _step(found, step, said, by, on)
        if kind == StepKind.CLOSED:
            cases.close(case=case, on=on)
        _note(by, kind, case, said)
        return _view(cases.by_id(case=case), on)


def propose(*, case: int, kind: str, why: str, by: Actor, on: dt.date) -> CaseView:
    """Propose a fine or a request to the services; another person decides. Refused: not_possible, proposed."""
    by.require("inspect")
    said = _said(why, MOST_WORDS)
    if kind not in cases.TWO_PEOPLE or by.user is None:
        raise _not_possible()
    with transaction.atomic():
        row = cases.hold(case=case)
        found = _view(row, on)
        _may(found, kind, on)
        if kind == StepKind.FINE:
            fine.reckon(steps=found.steps, programmes=found.standing.programmes, on=on)
        cases.propose(case=case, kind=kind, why=said, by=by.user, on=on)
        _note(by, f"propose.{kind}", case, said)
        return _view(row, on)


def decide(*, proposal: int, approve: bool, answer: str, by: Actor, on: dt.date) -> CaseView:
    """Another person approves, so the step is taken, or rejects. Refused: same_person, wrong_state, not_possible."""
    by.require("inspect")
    said = _said(answer, MOST_WORDS) if answer.strip() or not approve else "Disetujui"
    with transaction.atomic():
        wish = cases.proposal(id=proposal)
        if by.user is None or by.user == wish.proposed_by:
            raise _same_person()
        row = cases.hold(case=wish.case)
        step = None
        if approve:
            found = _view(row, on)
            step = _step(found, _may(found, wish.kind, on), wish.why, by, on, proposer=wish.proposed_by)
        state = ProposalState.APPROVED if approve else ProposalState.REJECTED
        cases.decide(id=proposal, state=state, by=by.user, on=on, answer=said, step=step)
        _note(by, f"{state}.{wish.kind}", row.id, said)
        return _view(row, on)


def standing(*, employer: int, on: dt.date) -> Standing:
    """How an employer stands: arrears by programme and month, months not reported, unpaid fines, codes that pay."""
    late = owed.arrears(employers=[employer], on=on).get(employer) or owed.Arrears()
    now = desk.states(employers=[employer], on=on).get(employer)
    missing = tuple(month for month in (now.missing if now else ()) if owed.due_on(month) < on)
    return Standing(
        on=on, arrears=late.amount, programmes={p: a for p, a in late.programmes.items() if a > 0},
        months=tuple(sorted(late.months.items())), missing=missing,
        fines=fines.unpaid(employers=[employer]).get(employer, 0), bills=owed.open_bills(employer=employer),
    )  # fmt: skip


def _view(row: CaseRow, on: dt.date) -> CaseView:
    steps = cases.steps(case=row.id)
    now = standing(employer=row.employer, on=on)
    return CaseView(
        row=row, steps=steps, proposals=cases.proposals(case=row.id), standing=now,
        possible=_possible(row, steps, now, on) if row.is_open else (), fines=project_queries.fines(case=row.id),
    )  # fmt: skip


def _possible(row: CaseRow, steps: Sequence[StepRow], now: Standing, on: dt.date) -> tuple[Possible, ...]:
    """What the law allows next; calls and visits always; the end once all that can be seen is settled."""
    taken = cases.taken(steps)
    days_off = holidays.between(min([on.year, *(one.on.year for one in taken)]), on.year + 1)
    asked = {"on": on, "holidays": days_off, "duty": row.duty.duty}
    found = list(sanctions.next_steps(taken, **asked))
    if now.is_settled or not taken:
        found += [one for one in sanctions.next_steps(taken, **asked, fulfilled=True) if one not in found]
    informal = [sanctions.PossibleStep(kind, on, None, (), _message(kind)) for kind in INFORMAL]
    return tuple(_shown(one, on) for one in (*found, *informal))


def _message(kind: str) -> Any:
    word = cases.WORDS[StepKind(kind)]
    return sanctions.Message(word.id, word.en)


def _shown(one: sanctions.PossibleStep, on: dt.date) -> Possible:
    over = one.latest is not None and one.latest < on
    return Possible(
        kind=one.kind, name=cases.WORDS[StepKind(one.kind)], what=Text(one.what.id, one.what.en),
        earliest=one.earliest, latest=one.latest, now=one.earliest <= on and not over, over=over,
        two_people=one.kind in cases.TWO_PEOPLE, articles=one.articles, notes=one.notes,
    )  # fmt: skip


def _may(found: CaseView, kind: str, on: dt.date) -> Possible:
    """The possible step of this kind, or why there is none today."""
    one = next((one for one in found.possible if one.kind == kind), None)
    if one is None:
        if kind in (StepKind.CLOSED, StepKind.LIFTED):
            raise _not_fulfilled(found.standing)
        raise _not_possible()
    if not one.now:
        day = one.earliest.strftime("%d-%m-%Y")
        why = Text(f"Paling cepat {day} ({', '.join(one.articles)}).", f"From {day} ({', '.join(one.articles)}).")
        if one.over and one.latest:
            end = one.latest.strftime("%d-%m-%Y")
            why = Text(f"Waktunya berakhir {end}.", f"Its time ended on {end}.")
        raise _not_possible(why)
    return one


def _step(found: CaseView, step: Possible, why: str, by: Actor, on: dt.date, *, proposer: int | None = None) -> int:
    """Write the step with what it rests on; a fine with its bill."""
    facts = _facts(found.standing)
    if step.kind == StepKind.FINE:
        return fine.impose(
            case=found.row, steps=found.steps, programmes=found.standing.programmes, facts=facts, until=step.latest,
            articles=step.articles, why=why, proposer=proposer or by.user or 0, by=by, on=on,
        )  # fmt: skip
    until = None
    if step.kind in (StepKind.FIRST_WARNING, StepKind.SECOND_WARNING):
        days_off = holidays.between(on.year, on.year + 1)
        until = sanctions.period(sanctions.Taken(step.kind, on), holidays=days_off)[1]
    if by.user is None:
        raise _not_possible()
    return cases.add_step(
        case=found.row.id, kind=step.kind, on=on, until=until, amount=found.standing.arrears or None,
        articles=step.articles, facts=facts, why=why, by=proposer or by.user,
    )  # fmt: skip


def _facts(now: Standing) -> dict[str, Any]:
    """What a letter says for ever: as it was on the day of the step."""
    return {
        "arrears": now.programmes,
        "months": {str(month): amount for month, amount in now.months},
        "missing": [str(month) for month in now.missing],
        "fines": now.fines,
        "codes": [{"number": one.number, "code": one.code, "amount": one.amount} for one in now.bills],
    }


def _said(why: str, most: int) -> str:
    """The text of a case: something, not too long, and no number that names a person or a report."""
    said = " ".join(why.replace("\x00", "").split())
    if not said:
        raise Refused(
            "no_reason",
            Text("Alasannya belum ada.", "The reason is missing."),
            field="why",
            then=Text("Tulis apa yang dilakukan atau ditemukan.", "Write what was done or found."),
        )
    if NOT_HERE.search(said):
        raise Refused(
            "names_a_person",
            Text("Teks ini memuat NIK, nomor peserta, atau nomor laporan.",
                 "This text has a NIK, a member number or a report's number in it."),
            why=Text("Teks perkara dan surat dibaca pemberi kerja.", "The employer reads a case's texts and letters."),
            then=Text("Tulis tanpa menyebut orang atau laporan pekerja.", "Write it without naming anybody."),
            field="why",
        )  # fmt: skip
    return said[:most]


def _note(by: Actor, what: str, case: int, why: str, detail: dict[str, Any] | None = None) -> None:
    audit.record(by=by, action=f"case.{what}", subjects=[f"case:{case}"], why=why, detail=detail or {})


def _two_people() -> Refused:
    return Refused("two_people", Text("Langkah ini perlu dua orang.", "This step takes two people."),
                   then=Text("Usulkan; pengawas lain memutuskan.", "Propose it; another inspector decides."),
                   status=403)  # fmt: skip


def _same_person() -> Refused:
    return Refused(
        "same_person",
        Text("Pengusul tidak boleh memutuskan sendiri.", "The proposer may not decide."),
        then=Text("Minta pengawas lain memutuskan.", "Ask another inspector to decide."),
        status=403,
    )


def _not_possible(why: Text | None = None) -> Refused:
    return Refused("not_possible", Text("Langkah ini tidak dapat diambil sekarang.", "It cannot be taken now."),
                   why=why, then=Text("Lihat langkah yang mungkin pada perkara ini.", "See what is possible."),
                   status=409)  # fmt: skip


def _not_fulfilled(now: Standing) -> Refused:
    lacks = Text(" ".join(one.id for one in now.lacks), " ".join(one.en for one in now.lacks))
    return Refused("not_fulfilled", Text("Kewajiban belum dipenuhi.", "The duty is not fulfilled."), why=lacks,
                   then=Text("Tutup setelah semuanya lunas dan dilaporkan.", "Close it when all is paid and reported."),
                   status=409)  # fmt: skip
