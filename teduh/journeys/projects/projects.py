"""Construction projects (Jakon): what one would cost; registered, changed by an addendum, cancelled, finished.

Its bills are paid like all others; `money.project_settling` says what their money does. Workers: `workers`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from teduh.contributions import actions as contributions
from teduh.contributions import project_actions, project_queries
from teduh.contributions import projects as reckoning
from teduh.contributions.projects import Part, Quote
from teduh.core import holidays
from teduh.core.errors import Refused
from teduh.core.text import Text, rupiah
from teduh.coverage import projects as coverage
from teduh.employers import access, projects
from teduh.employers.models import Basis, Project, ProjectState
from teduh.employers.projects import NewProject, ProjectRow, TermsRow
from teduh.journeys.projects import credit
from teduh.law import projects as law
from teduh.law.months import Month
from teduh.ledger import actions as ledger
from teduh.payments import actions as payments
from teduh.payments.models import BillKind, BillState
from teduh.security import actions as audit
from teduh.security.access import Actor

#: An employer's code stays valid long after the last day: late money is taken, and its lateness told.
VALID_YEARS = 5
#: Terms that anybody may choose; others need an officer.
TERMS = (1, 3)
EARLIEST = dt.date(2015, 7, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """A project with its terms, instalments, articles and what is not certain about them."""

    row: ProjectRow
    terms: tuple[TermsRow, ...]
    dues: tuple[project_queries.DueRow, ...]
    notes: tuple[Text, ...]
    articles: dict[str, tuple[str, ...]]
    paid_from: dt.date | None
    may_file: bool
    may_prepare: bool

    @property
    def total(self) -> int:
        return sum(due.amount for due in self.dues if due.withdrawn_on is None)

    @property
    def paid(self) -> int:
        return sum(due.amount for due in self.dues if due.settled_on)

    @property
    def open(self) -> int:
        return self.total - self.paid


def quote(*, project: NewProject, on: dt.date) -> Quote:
    """What a project would owe, in all and in parts, with articles and what is uncertain. Writes nothing."""
    _checked(project)
    found = _owed(project.basis, _value(project), project.starts, project.ends, project.instalments, on)
    if not found.total:
        raise _wrong(
            "value", "Nilainya terlalu kecil untuk dihitung iurannya.", "The value is too small to owe anything."
        )
    notes = (*((reckoning.WITHOUT_VAT,) if project.with_vat else ()), *found.notes, *_late(project, on))
    return Quote(found.jkk, found.jkm, found.parts, found.articles, notes)


def register(*, project: NewProject, by: Actor, on: dt.date, why: str = "") -> ProjectView:
    """Register a project: its instalments, a bill with a code for each, and the books.

    Raises Refused: not_your_employer, not_for_this_role, bad_project, other_terms, and what the law refuses.
    """
    access.require(by=by, employer=project.employer, what="file", why=why)
    owed = quote(project=project, on=on)
    if project.instalments not in TERMS and not by.may("employers"):
        raise _other_terms()
    with transaction.atomic():
        value = _value(project)
        contract = project.basis == Basis.CONTRACT
        id_ = projects.register(
            project=project, contract_value=value if contract else None, wages=None if contract else value,
            by=by.user, on=on,
        )  # fmt: skip
        _ask(id_, project.employer, 0, owed.parts, project.ends, by, on)
        audit.record(by=by, action="project.register", subjects=[f"project:{id_}", f"employer:{project.employer}"],
                     why=why, detail={"total": owed.total, "parts": len(owed.parts)})  # fmt: skip
        return _view(id_, by)


def change(
    *, project: int, value: int, ends: dt.date, why: str, with_vat: bool = False, by: Actor, on: dt.date
) -> ProjectView:
    """An addendum: another value or other wages, or another last day. What is paid stays paid; the rest is asked anew.

    Bills that nothing came for are withdrawn, and bills for the difference take their place. What was paid too much
    becomes the employer's credit. Raises Refused: has_money where money waits on one of the project's open bills.
    """
    with transaction.atomic():
        row = _held(project, by, why)
        _live(row)
        _says_why(why)
        plain = reckoning.without_vat(value) if with_vat and row.basis == Basis.CONTRACT else value
        _sensible(row.basis, plain, row.starts, ends)
        before = project_queries.dues(project=project)
        owed = _owed(row.basis, plain, row.starts, ends, max(1, row.instalments), on)
        left = reckoning.after_change(
            owed=owed, by_wages=row.basis == Basis.WAGES, paid=_paid(before),
            days=[due.due_on for due in before if due.is_open], on=on,
        )  # fmt: skip
        _take_back(project, by, on, why)
        contract = row.basis == Basis.CONTRACT
        projects.change(
            project=project, contract_value=plain if contract else None, wages=None if contract else plain,
            with_vat=value if with_vat and contract else None, ends=ends, why=why, by=by.user, on=on,
        )  # fmt: skip
        _ask(project, row.employer_id, len(before), left.parts, ends, by, on)
        number = len(before) + len(left.parts) + 1
        credit.give(project=project, employer=row.employer_id, number=number, left=left, by=by, on=on)
        coverage.recompute(projects=[project], on=on)
        audit.record(by=by, action="project.change", subjects=[f"project:{project}"], why=why,
                     detail={"total": owed.total, "credit": sum(left.excess.values())})  # fmt: skip
        return _view(project, by)


def cancel(*, project: int, why: str, by: Actor, on: dt.date) -> ProjectView:
    """A project that does not happen. Only while nothing is paid; otherwise its value or last day is changed."""
    with transaction.atomic():
        row = _held(project, by, why)
        _says_why(why)
        if any(due.settled_on for due in project_queries.dues(project=project)):
            raise Refused(
                "has_money",
                Text("Proyek ini sudah ada iuran yang dibayar.", "Something was paid for this project."),
                then=Text("Buat adendum: ubah nilai atau hari terakhirnya; kelebihannya menjadi kredit.",
                          "Make an addendum: change its value or last day; what is too much becomes a credit."),
                status=409,
            )  # fmt: skip
        projects.move(project=row.id, state=ProjectState.CANCELLED)
        _take_back(project, by, on, why)
        coverage.recompute(projects=[project], on=on)
        audit.record(by=by, action="project.cancel", subjects=[f"project:{project}"], why=why)
        return _view(project, by)


def finish(*, project: int, by: Actor, on: dt.date, why: str = "") -> ProjectView:
    """The work is over and all of it is paid."""
    with transaction.atomic():
        row = _held(project, by, why or "Menutup proyek")
        if row.ends > on or any(due.is_open for due in project_queries.dues(project=project)):
            raise Refused(
                "not_finished",
                Text("Proyek belum dapat ditutup.", "The project cannot be closed yet."),
                why=Text("Hari terakhirnya belum lewat, atau ada termin yang belum lunas.",
                         "Its last day has not passed, or a term is not paid."),
                then=Text("Lunasi semua termin, atau ubah hari terakhirnya dengan adendum.",
                          "Pay all terms, or change the last day by an addendum."),
                status=409,
            )  # fmt: skip
        projects.move(project=row.id, state=ProjectState.FINISHED)
        audit.record(by=by, action="project.finish", subjects=[f"project:{project}"], why=why)
        return _view(project, by)


def view(*, number: str, by: Actor, why: str = "") -> ProjectView:
    """A project by its number, for whoever may look into its employer."""
    row = projects.by_number(number=number)
    access.require(by=by, employer=row.employer, what="view", why=why)
    return _view(row.id, by)


def _view(project: int, by: Actor) -> ProjectView:
    row = projects.project(id=project)
    dues = project_queries.dues(project=project)
    articles, notes = _explained(row, dues)
    return ProjectView(
        row=row, terms=projects.terms(project=project), dues=dues, notes=notes, articles=articles,
        paid_from=project_queries.paid_from(projects=[project]).get(project),
        may_file=access.may(by=by, employer=row.employer, what="file"),
        may_prepare=access.may(by=by, employer=row.employer, what="prepare"),
    )  # fmt: skip


def _explained(
    row: ProjectRow, dues: Sequence[project_queries.DueRow]
) -> tuple[dict[str, tuple[str, ...]], tuple[Text, ...]]:
    """The articles and notes of the project as it now is, and of its cover."""
    live = max(1, sum(1 for due in dues if due.withdrawn_on is None))
    found = _owed(row.basis, row.value, row.starts, row.ends, live, row.starts)
    first = min((due.settled_on for due in dues if due.settled_on), default=None)
    cover = law.cover(starts=row.starts, ends=row.ends, first_paid_on=first)
    said = tuple(Text(note.id, note.en) for note in cover.notes)
    return found.articles, (Text(cover.what.id, cover.what.en), *found.notes, *said)


def _owed(basis: str, value: int, starts: dt.date, ends: dt.date, instalments: int, on: dt.date) -> Quote:
    contract = basis == Basis.CONTRACT
    facts = reckoning.facts_of(contract_value=value if contract else None, monthly_wages=None if contract else value)
    return reckoning.quote(facts=facts, starts=starts, ends=ends, instalments=instalments, on=on)


def _value(project: NewProject) -> int:
    with_vat = project.with_vat and project.basis == Basis.CONTRACT
    return reckoning.without_vat(project.value) if with_vat else project.value


def _ask(project: int, employer: int, after: int, parts: Sequence[Part], ends: dt.date, by: Actor, on: dt.date) -> None:
    """A bill for each part, its due, and its entry in the books."""
    if not parts:
        return
    asking = [
        payments.Asking(
            person=None, group=None, employer=employer, kind=BillKind.PROJECT, amount=part.amount,
            expires_on=_years_later(max(ends, part.due_on, on)),
        )
        for part in parts
    ]  # fmt: skip
    bills = payments.issue(asking=asking, by=by.user, on=on)
    project_actions.owe(project=project, after=after, parts=parts, bills=bills)
    drafts = [
        project_actions.asked(bill=bill or 0, employer=employer, parts=[part], on=on)
        for bill, part in zip(bills, parts, strict=True)
    ]
    ledger.post(drafts=drafts, by=by.name)


def _years_later(day: dt.date) -> dt.date:
    return Month.of(day).plus(12 * VALID_YEARS).last


def _take_back(project: int, by: Actor, on: dt.date, why: str) -> None:
    """Withdraw what is not paid, with its bills and their entries. Refused: has_money."""
    held = contributions.hold(bills=project_actions.withdraw(project=project, on=on))
    waiting = project_actions.standing(bills=held)
    if any(found.waiting for found in waiting.values()) or any(one.state != BillState.OPEN for one in held.values()):
        raise Refused(
            "has_money",
            Text("Ada uang yang menunggu pada tagihan proyek ini.", "Money waits on one of this project's bills."),
            then=Text("Bayar kekurangannya dulu, atau minta petugas mengembalikannya.",
                      "Pay the rest of it first, or ask an officer to give it back."),
            status=409,
        )  # fmt: skip
    payments.write(
        bills=held, states=dict.fromkeys(held, BillState.CANCELLED), allocated=[], waits=[], spent=[], on=on,
        by=by.user,
    )  # fmt: skip
    ledger.reverse(references=[f"project:{bill}" for bill in held], on=on, by=by.name, why=why or "Proyek diubah")


def _held(project: int, by: Actor, why: str) -> Project:
    row = projects.hold(project=project)
    access.require(by=by, employer=row.employer_id, what="file", why=why)
    return row


def _live(row: Project) -> None:
    if row.state in (ProjectState.CANCELLED, ProjectState.FINISHED):
        now = projects.STATES[ProjectState(row.state)]
        raise Refused("wrong_state", Text(f"Proyek ini: {now.id.lower()}.", f"This project: {now.en.lower()}."),
                      then=Text("Daftarkan proyek baru.", "Register a new project."), status=409)  # fmt: skip


def _paid(dues: Sequence[project_queries.DueRow]) -> dict[Month, tuple[int, int]]:
    paid: dict[Month, tuple[int, int]] = {}
    for due in dues:
        if due.settled_on:
            jkk, jkm = paid.get(due.month, (0, 0))
            paid[due.month] = (jkk + due.jkk, jkm + due.jkm)
    return paid


def _checked(project: NewProject) -> None:
    if not 2 <= len(project.name.strip()) <= 200:
        raise _wrong("name", "Nama proyek 2 sampai 200 huruf.", "A project's name has 2 to 200 letters.")
    if project.basis not in Basis.values:
        raise _wrong("basis", "Pilih dasar hitungan: nilai kontrak atau upah.", "Choose the basis: value or wages.")
    if not 1 <= project.instalments <= reckoning.MOST_INSTALMENTS:
        raise _wrong("instalments", f"Termin 1 sampai {reckoning.MOST_INSTALMENTS}.",
                     f"1 to {reckoning.MOST_INSTALMENTS} terms.")  # fmt: skip
    _sensible(project.basis, _value(project), project.starts, project.ends)


def _sensible(basis: str, value: int, starts: dt.date, ends: dt.date) -> None:
    if value <= 0:
        raise _wrong("value", "Nilainya harus di atas nol.", "The value must be above zero.")
    if not EARLIEST <= starts <= ends:
        raise _wrong("ends", "Hari terakhir tidak boleh sebelum hari pertama, dan proyek mulai sejak 1 Juli 2015.",
                     "The last day cannot be before the first, and a project begins from 1 July 2015 on.")  # fmt: skip
    if Month.of(ends).minus(Month.of(starts)) >= reckoning.MOST_MONTHS:
        raise _wrong("ends", f"Proyek paling lama {reckoning.MOST_MONTHS} bulan.",
                     f"A project lasts {reckoning.MOST_MONTHS} months at most.")  # fmt: skip


def _wrong(field: str, id_: str, en: str) -> Refused:
    return Refused("bad_project", Text(id_, en), field=field,
                   then=Text("Perbaiki, lalu kirim lagi.", "Mend it and send it again."))  # fmt: skip


def _says_why(why: str) -> None:
    if not why.strip():
        raise Refused(
            "no_reason",
            Text("Alasannya belum ada.", "The reason is missing."),
            field="why",
            then=Text("Tulis nomor adendum atau alasannya.", "Write the addendum's number or why."),
        )


def _other_terms() -> Refused:
    return Refused(
        "other_terms",
        Text("Termin selain sekaligus atau tiga perlu petugas.", "Other terms than one or three need an officer."),
        why=Text(law.OTHER_TERMS.id, law.OTHER_TERMS.en),
        then=Text("Pilih 1 atau 3 termin, atau minta petugas mendaftarkannya.",
                  "Choose 1 or 3 terms, or ask an officer to register it."),
        field="instalments", status=403,
    )  # fmt: skip


def _late(project: NewProject, on: dt.date) -> tuple[Text, ...]:
    """Whether the time to register after the work order is over."""
    if project.ordered_on is None:
        return ()
    days_off = holidays.between(project.ordered_on.year, project.ordered_on.year + 1)
    found = law.registration(ordered_on=project.ordered_on, holidays=days_off)
    said = tuple(Text(note.id, note.en) for note in found.notes)
    if on <= found.latest:
        return said
    day = found.latest.strftime("%d-%m-%Y")
    return (Text(f"Terlambat didaftarkan: batasnya {day} ({found.articles[0]}).",
                 f"Registered late: the last day was {day} ({found.articles[0]})."), *said)  # fmt: skip


def words_of(*, quote: Quote) -> Text:
    """One sentence for a quote."""
    return Text(
        f"JKK {rupiah(quote.jkk)} dan JKM {rupiah(quote.jkm)}, seluruhnya {rupiah(quote.total)}.",
        f"JKK {rupiah(quote.jkk)} and JKM {rupiah(quote.jkm)}, {rupiah(quote.total)} in all.",
    )
