"""Workers' reports in inspectors' hands: no names in the list, opened for a purpose, put to a case in silence."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers import compliance_letters
from teduh.employers.models import WorkerReport
from teduh.journeys.compliance import compliance, worker_reports
from teduh.journeys.worker import worker_report
from teduh.registry import queries as registry  # noqa: F401  (the worker's own side reads it)
from teduh.security.models import Event
from tests import factories, watching
from tests.journeys.paying import moment

TODAY = dt.date(2026, 6, 22)
SECRET = "Upah saya dipotong setiap bulan oleh mandor"


@pytest.fixture
def firm(db):
    return watching.firm()


@pytest.fixture
def person(db):
    return factories.person()


@pytest.fixture
def number(firm, person):
    WorkerReport.objects.create(number="LP-200001", person_id=person, employer_id=firm, kind="wrong_wage",
                                wage=4_000_000, text=SECRET, told_on=TODAY)  # fmt: skip
    return "LP-200001"


@pytest.fixture
def who(db):
    return watching.inspector()


def refused(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_the_list_names_no_worker_and_is_recorded(number, who, person):
    row = worker_reports.listed(by=who)[0]
    assert (row.number, row.state, row.kind.en) == (number, "open", "Another wage was reported")
    assert not {"person", "name", "text", "wage"} & set(row.__slots__)
    assert Event.objects.filter(actor=who.user, action="worker_report.listed").count() == 1
    assert not Event.objects.filter(actor=who.user, subject=f"person:{person}").exists()


def test_a_report_is_opened_for_a_purpose_that_the_worker_can_read(number, who, person):
    assert refused(lambda: worker_reports.read(number=number, why=" ", by=who)) == "purpose_missing"
    found = worker_reports.read(number=number, why="Memeriksa upah", by=who)
    assert (found.text, found.wage, found.person) == (SECRET, 4_000_000, person)
    told = Event.objects.get(actor=who.user, subject=f"person:{person}")
    assert (told.action, told.why) == ("worker_report.read", "Memeriksa upah")


@pytest.mark.parametrize("role", ["member", "agent", "officer", "employer", "auditor", "operator"])
def test_nobody_but_an_inspector_reads_takes_answers_or_counts(number, firm, role):
    actor = watching.staff(firm) if role == "employer" else factories.actor(role)
    for do in (
        lambda: worker_reports.listed(by=actor),
        lambda: worker_reports.read(number=number, why="x", by=actor),
        lambda: worker_reports.take(number=number, by=actor, on=TODAY),
        lambda: worker_reports.answer(number=number, text="x", by=actor, on=TODAY, at=moment(TODAY)),
        lambda: worker_reports.link(number=number, case="K-1", by=actor),
        lambda: worker_reports.of_case(case=1, by=actor),
    ):
        assert refused(do) == "not_allowed"


def test_one_inspector_takes_a_report_and_only_he_answers_it(number, who, person):
    worker_reports.take(number=number, by=who, on=TODAY)
    other = watching.inspector()
    assert refused(lambda: worker_reports.take(number=number, by=other, on=TODAY)) == "wrong_state"
    said = {"number": number, "text": "Upah Anda sudah dibetulkan.", "on": TODAY, "at": moment(TODAY)}
    assert refused(lambda: worker_reports.answer(by=other, **said)) == "not_taken"
    assert refused(lambda: worker_reports.answer(by=who, **(said | {"text": " "}))) == "no_answer"
    assert worker_reports.answer(by=who, **said).state == "answered"
    mine = worker_report.own(actor=factories.actor("member", person=person))
    assert [(one.answer, one.state) for one in mine] == [("Upah Anda sudah dibetulkan.", "answered")]


def test_a_report_put_to_a_case_leaves_no_trace_there(number, firm, who):
    case = compliance.open_case(employer=firm, violation="wrong_wage", why="Pemeriksaan upah", by=who, on=TODAY)
    worker_reports.link(number=number, case=case.row.number, by=who)
    assert worker_reports.of_case(case=case.row.id, by=who) == 1
    made = compliance.take(case=case.row.id, kind="warning_1", why="Data upah tidak sesuai", by=who, on=TODAY)
    letter = repr(compliance_letters.letter(case=made.row, step=made.steps[-1])) + repr(made)
    assert number not in letter and SECRET not in letter
    seen = repr(compliance.view(number=case.row.number, by=watching.staff(firm), on=TODAY))
    assert number not in seen and SECRET not in seen and "WorkerReport" not in seen
    assert not Event.objects.filter(subject=f"case:{case.row.id}", action__contains="report").exists()


def test_a_report_is_not_put_to_the_case_of_another_employer(number, who):
    case = compliance.open_case(employer=watching.firm(), violation="wrong_wage", why="Lain", by=who, on=TODAY)
    assert refused(lambda: worker_reports.link(number=number, case=case.row.number, by=who)) == "other_employer"
