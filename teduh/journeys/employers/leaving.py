"""An employment ends: the employer, the worker or an officer says so; what follows for each programme is said at once.

An employer's or an officer's word ends it; a worker's waits for the employer, who confirms or disputes it, and after
seven working days, or when it is disputed, for an officer. What is on a filed return after that day is amended first.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core import holidays
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.coverage import employed
from teduh.employers import access, actions, facts, queries
from teduh.employers.actions import leavings
from teduh.employers.models import Cause, Employment, Leaving, LeavingState, Teller
from teduh.journeys.employers import firm_refusals, leaving_refusals
from teduh.journeys.employers.going_on import Continued, Gap, Work, continue_as_self_employed
from teduh.law import codes, jkp, months
from teduh.law import leaving as law
from teduh.law.messages import Note
from teduh.law.months import Month
from teduh.registry import queries as registry
from teduh.registry import verdicts
from teduh.security import actions as security
from teduh.security.access import Actor

__all__ = [
    "Continued", "Gap", "LeavingView", "Work", "answer", "answer_by", "continue_as_self_employed", "correct",
    "decide", "own", "preview", "preview_correction", "tell", "to_decide", "view",
]  # fmt: skip

#: Working days in which an employer answers, as long as he has to report a change himself (PP 44/2015 Pasal 9(3)).
ANSWER_WITHIN = 7
AHEAD = dt.timedelta(days=366)


@dataclass(frozen=True)
class Follows:
    """One thing that follows for a programme: from which day (None: not at all), until which (None: without end)."""

    programme: str
    code: str
    what: Text
    from_day: dt.date | None
    until_day: dt.date | None
    articles: tuple[str, ...]
    status: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class LeavingView:
    """An end that was told, or would be. `answer_by`: the employer's last day to answer a worker's word; `amend`: filed
    months after the end, from which the worker is still to be taken out; `continue_by`: the last day on which a first
    contribution as self-employed leaves no day without cover."""

    leaving: int | None
    employment: int
    state: str
    teller: str
    cause: str
    on_end: dt.date
    consequences: tuple[Follows, ...]
    reports_by: dt.date
    last_month: Month
    last_due: dt.date
    articles: tuple[str, ...]
    answer_by: dt.date | None
    amend: tuple[Month, ...]
    continue_by: dt.date | None
    notes: tuple[Text, ...]


def preview(
    *, employment: int, ended_on: dt.date, cause: str, by: Actor, on: dt.date, why: str = ""
) -> LeavingView:  # fmt: skip
    """What would follow. Nothing is stored."""
    row = Employment.objects.select_related("person").filter(id=employment).first()
    if row is None:
        raise leaving_refusals.no_employment()
    _teller(row, by, why, recorded=False)
    _require_end(row, ended_on, cause, on)
    return _view(row, ended_on, cause, on)


def tell(
    *, employment: int, ended_on: dt.date, cause: str, by: Actor, on: dt.date, text: str | None = None, why: str = ""
) -> LeavingView:
    """Somebody says that it ended: the employer or an officer, and it has; the worker, and it waits for an answer.

    A worker who says the same again is told where it stands.
    """
    said = facts.line(text, "text", 2_000) or None
    with transaction.atomic():
        row = leavings.hold(employment=employment)
        teller = _teller(row, by, why, recorded=True)
        _require_end(row, ended_on, cause, on)
        waits = leavings.told(employment=employment)
        if teller == Teller.WORKER:
            return _told_by_worker(row, waits, ended_on, cause, said, by, on)
        if waits is not None and teller == Teller.EMPLOYER:
            raise leaving_refusals.answer_first()
        if teller == Teller.EMPLOYER:
            _require_nothing_filed(row, ended_on)
        if waits is not None:
            leavings.move(leaving=waits, to=LeavingState.REFUSED, by=by, on=on, why=why or "Diputuskan petugas")
        made = leavings.tell(
            employment=row.id, ended_on=ended_on, cause=cause, teller=teller, state=LeavingState.ACCEPTED, text=said,
            by=by, on=on, why=why,
        )  # fmt: skip
        _end(row, ended_on, cause, by, on, why)
        return _view(row, ended_on, cause, on, made)


def answer(*, leaving: int, employer: int, accepted: bool, by: Actor, on: dt.date, why: str = "") -> LeavingView:
    """The employer confirms a worker's word, and the employment has ended; or disputes it, with a reason."""
    access.require(by=by, employer=employer, what="file", why=why)
    with transaction.atomic():
        told = leavings.locked(leaving=leaving)
        row = leavings.hold(employment=told.employment_id)
        if row.employer_id != employer:
            raise not_found(Text("Pernyataan berhenti ini tidak ditemukan.", "There is no such word of leaving."))
        if accepted:
            return _accept(told, row, by, on, why, is_employer=True)
        if not why.strip():
            raise leaving_refusals.no_reason()
        leavings.move(leaving=told, to=LeavingState.DISPUTED, by=by, on=on, why=facts.line(why, "why", 200))
        return _view(row, told.ended_on, told.cause, on, told)


def decide(*, leaving: int, accepted: bool, by: Actor, on: dt.date, why: str) -> LeavingView:
    """An officer decides what is disputed, and what the employer left unanswered for seven working days."""
    by.require("employers")
    if access.is_inspector(by):
        raise firm_refusals.inspector()
    access.require_purpose(why)
    with transaction.atomic():
        told = leavings.locked(leaving=leaving)
        row = leavings.hold(employment=told.employment_id)
        until = answer_by(told_on=told.told_on)
        if told.state == LeavingState.WAITING and on <= until:
            raise leaving_refusals.employer_may_still_answer(until)
        if accepted:
            return _accept(told, row, by, on, why, is_employer=False)
        leavings.move(leaving=told, to=LeavingState.REFUSED, by=by, on=on, why=facts.line(why, "why", 200))
        return _view(row, told.ended_on, told.cause, on, told)


def correct(*, employment: int, ended_on: dt.date, cause: str, by: Actor, on: dt.date, why: str) -> LeavingView:
    """An officer corrects the day or the cause of an end that was accepted; what follows is said again.

    What was told before stays readable as it was told, and who corrected it, when and why stands in a word of its own.
    """
    said = _require_officer(by, why)
    with transaction.atomic():
        row = leavings.hold(employment=employment)
        before = _require_correction(row, ended_on, cause, on)
        actions.correct_end(
            employment=row.id, ended_on=ended_on, cause=cause, before=before, by=by, on=on, why=said
        )  # fmt: skip
        leavings.replace(employment=row.id, by=by, on=on, why=said)
        made = leavings.tell(
            employment=row.id, ended_on=ended_on, cause=cause, teller=Teller.OFFICER, state=LeavingState.ACCEPTED,
            text=None, by=by, on=on, why=said,
        )  # fmt: skip
        employed.recompute(employments=[row.id], on=on)
        return _view(Employment.objects.get(id=row.id), ended_on, cause, on, made)


def preview_correction(
    *, employment: int, ended_on: dt.date, cause: str, by: Actor, on: dt.date, why: str
) -> LeavingView:  # fmt: skip
    """What would follow from the corrected end. Nothing is stored."""
    _require_officer(by, why)
    row = Employment.objects.select_related("person").filter(id=employment).first()
    if row is None:
        raise leaving_refusals.no_employment()
    _require_correction(row, ended_on, cause, on)
    return _view(row, ended_on, cause, on)


def _require_officer(by: Actor, why: str) -> str:
    """Whoever looks into employers corrects nothing; and nothing is corrected without a reason."""
    by.require("employers")
    if access.is_inspector(by):
        raise firm_refusals.inspector()
    access.require_purpose(why)
    return facts.line(why, "why", 200)


def _require_correction(row: Employment, ended_on: dt.date, cause: str, on: dt.date) -> tuple[dt.date, str]:
    """Day and cause as they are; refused where nothing ended, nothing would change, or it cannot have been so."""
    if row.ended_on is None or row.cause is None:
        raise leaving_refusals.not_ended()
    _require_possible(row, ended_on, cause, on)
    if (row.ended_on, row.cause) == (ended_on, cause):
        raise leaving_refusals.nothing_to_correct()
    return row.ended_on, row.cause


def view(*, leaving: int, by: Actor, on: dt.date, why: str = "") -> LeavingView:
    """What was told once, and what follows from it, for the worker himself, the employer, or an officer."""
    told = Leaving.objects.filter(id=leaving).first()
    if told is None:
        raise leaving_refusals.no_employment()
    row = Employment.objects.get(id=told.employment_id)
    if not _is_own(row, by):
        access.require(by=by, employer=row.employer_id, what="view", why=why)
        security.record(by=by, action="leaving.read", subjects=[f"person:{row.person_id}"], why=why)
    return _view(row, told.ended_on, told.cause, on, told)


def own(*, by: Actor) -> tuple[queries.LeavingRow, ...]:
    """What was told about the asker's own employments."""
    if by.person is None:
        return ()
    return queries.of_person(persons=registry.same_person(person=by.person))


def to_decide(*, by: Actor, on: dt.date, limit: int = 100) -> tuple[queries.LeavingRow, ...]:
    """What an officer decides: what is disputed, and what an employer left unanswered past his last day."""
    days_off = holidays.between(on.year - 1, on.year)
    return queries.disputed(by=by, limit=limit, told_before=months.working_days_before(on, ANSWER_WITHIN, days_off))


def answer_by(*, told_on: dt.date) -> dt.date:
    """The last day on which an employer answers a worker's word."""
    return months.working_days_after(told_on, ANSWER_WITHIN, holidays.between(told_on.year, told_on.year + 1))


def _accept(told: Leaving, row: Employment, by: Actor, on: dt.date, why: str, *, is_employer: bool) -> LeavingView:
    if row.ended_on is not None:
        raise leaving_refusals.ended_already(row.ended_on)
    if is_employer:
        _require_nothing_filed(row, told.ended_on)
    leavings.move(leaving=told, to=LeavingState.ACCEPTED, by=by, on=on, why=facts.line(why, "why", 200))
    _end(row, told.ended_on, told.cause, by, on, why)
    return _view(row, told.ended_on, told.cause, on, told)


def _end(row: Employment, ended_on: dt.date, cause: str, by: Actor, on: dt.date, why: str) -> None:
    """The employment ends, and the cover it gave with it."""
    actions.end(rows=[(row.id, ended_on, cause)], by=by, on=on, why=why)
    employed.recompute(employments=[row.id], on=on)


def _told_by_worker(
    row: Employment, waits: Leaving | None, ended_on: dt.date, cause: str, text: str | None, by: Actor, on: dt.date
) -> LeavingView:
    if ended_on > on:
        raise leaving_refusals.not_yet()
    if waits is not None and (waits.ended_on, waits.cause) != (ended_on, cause):
        raise leaving_refusals.told_otherwise()
    told = waits or leavings.tell(
        employment=row.id, ended_on=ended_on, cause=cause, teller=Teller.WORKER, state=LeavingState.WAITING, text=text,
        by=by, on=on,
    )  # fmt: skip
    return _view(row, ended_on, cause, on, told)


def _is_own(row: Employment, by: Actor) -> bool:
    return by.person is not None and by.may("self") and row.person_id in registry.same_person(person=by.person)


def _teller(row: Employment, by: Actor, why: str, *, recorded: bool) -> str:
    """As whom `by` speaks; whoever may not reads that there is no such employment."""
    if _is_own(row, by):
        return Teller.WORKER
    if recorded:
        access.require(by=by, employer=row.employer_id, what="file", why=why)
    elif not access.may(by=by, employer=row.employer_id, what="file"):
        raise leaving_refusals.no_employment()
    return Teller.OFFICER if by.may("employers") else Teller.EMPLOYER


def _require_end(row: Employment, ended_on: dt.date, cause: str, on: dt.date) -> None:
    """Refuse an end that cannot be."""
    if row.ended_on is not None:
        raise leaving_refusals.ended_already(row.ended_on)
    _require_possible(row, ended_on, cause, on)


def _require_possible(row: Employment, ended_on: dt.date, cause: str, on: dt.date) -> None:
    if cause not in Cause.values:
        raise facts.people.refusal("choice_unknown", "cause")
    if ended_on < row.started_on:
        raise leaving_refusals.before_start(row.started_on)
    if ended_on > (on if cause == Cause.DIED else on + AHEAD):
        raise firm_refusals.day_too_far("ended_on")


def _require_nothing_filed(row: Employment, ended_on: dt.date) -> None:
    later = _filed_after(row, ended_on)
    if later:
        raise leaving_refusals.filed_as_worked(later)


def _filed_after(row: Employment, ended_on: dt.date) -> tuple[Month, ...]:
    last = Month.of(ended_on)
    return tuple(sorted(one.month for one in queries.months(employment=row.id) if one.month > last))


def _view(row: Employment, ended_on: dt.date, cause: str, on: dt.date, told: Leaving | None = None) -> LeavingView:
    programmes, has_jkp = _programmes(row, ended_on)
    found = law.leaving(
        cause=str(cause), on_end=ended_on, today=on, programmes=programmes, contract_type=row.contract,
        jkp_participant=has_jkp, born=row.person.birth_date,
        holidays=holidays.between(ended_on.year, ended_on.year + 1),
    )  # fmt: skip
    follows = tuple(
        Follows(one.programme, one.code, Text(one.what.id, one.what.en), *one[3:]) for one in found.consequences
    )
    waits = told is not None and told.state == LeavingState.WAITING
    amend = _filed_after(row, ended_on)
    return LeavingView(
        leaving=told.id if told else None, employment=row.id, state=told.state if told else "",
        teller=told.teller if told else "", cause=str(cause), on_end=ended_on, consequences=follows,
        reports_by=found.reports_by, last_month=found.last_month, last_due=found.last_due, articles=found.articles,
        answer_by=answer_by(told_on=told.told_on) if told and waits else None, amend=amend,
        continue_by=next((one.until_day for one in follows if one.code == "own_account"), None),
        notes=(firm_refusals.amend(amend),) if amend else (),
    )  # fmt: skip


def _programmes(row: Employment, ended_on: dt.date) -> tuple[tuple[str, ...], bool]:
    """The programmes of the last month that was reported, else those of the employer then; and whether JKP is in."""
    reported = queries.months(employment=row.id)
    if reported:
        mask = reported[0].programmes
        return tuple(name for name, bit in codes.PROGRAMMES.items() if mask & bit), bool(mask & codes.JKP)
    try:
        force = queries.in_force(employer=row.employer_id, month=Month.of(ended_on))
    except Refused:  # an end before anything was declared
        return ("JKK", "JKM"), False
    jkn = ("JKN",) if force.health_insured else ()
    part = jkp.participation(
        age_at_registration=verdicts.age(row.person.birth_date, row.registered_on), citizen=True, employed=True,
        firm=force.size, programmes=(*force.programmes, *jkn), on=ended_on,
    )  # fmt: skip
    return force.programmes, part.participant
