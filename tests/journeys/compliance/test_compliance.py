"""A case with an employer: which step on which day, by whom, with which letter; the fine in the books; the end."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.contributions.models import Fine
from teduh.core.errors import Refused
from teduh.employers import compliance_letters
from teduh.employers.models import StepProposal
from teduh.employers.projects import NewProject
from teduh.journeys.compliance import compliance
from teduh.journeys.money import statement
from teduh.journeys.projects import projects
from teduh.law.months import Month
from teduh.payments.models import Bill
from teduh.security.models import Event
from tests import factories, watching
from tests.journeys import paying

#: Ten working days from Tuesday 1 September 2026 end on the 15th; the second warning's, from the 16th, on the 30th.
FIRST, SECOND, FINED = dt.date(2026, 9, 1), dt.date(2026, 9, 16), dt.date(2026, 10, 1)


@pytest.fixture
def who(db):
    return watching.inspector()


@pytest.fixture
def other(db):
    return watching.inspector()


@pytest.fixture
def firm(db):
    """An employer who owes for a construction project: Rp2,950,000, due on 1 August 2026."""
    made = watching.firm(since=Month(2027, 1))
    project = NewProject(employer=made, name="Jembatan", basis="contract", value=2_000_000_000,
                         starts=dt.date(2026, 8, 1), ends=dt.date(2026, 12, 31))  # fmt: skip
    projects.register(project=project, by=watching.staff(made), on=dt.date(2026, 7, 20))
    return made


@pytest.fixture
def case(firm, who):
    return compliance.open_case(employer=firm, violation="jht_not_paid", why="Termin tidak dibayar", by=who, on=FIRST)


def now(case, on):
    return {one.kind for one in compliance._view(compliance.cases.by_id(case=case.row.id), on).possible if one.now}


def step(case, kind, who, on, why="Sesuai pemeriksaan"):
    return compliance.take(case=case.row.id, kind=kind, why=why, by=who, on=on)


def warned(case, who):
    step(case, "warning_1", who, FIRST)
    return step(case, "warning_2", who, SECOND)


def refused(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_a_case_begins_with_calls_visits_a_warning_or_a_referral(case):
    assert case.row.number.startswith("K-") and case.standing.arrears == 2_950_000
    assert now(case, FIRST) == {"call", "visit", "warning_1", "referred", "closed"}


def test_one_case_is_open_with_an_employer_at_a_time(case, firm, who):
    assert refused(
        lambda: compliance.open_case(employer=firm, violation="wrong_data", why="Lagi", by=who, on=FIRST)
    ) == ("case_open")


@pytest.mark.parametrize("role", ["member", "agent", "officer", "employer", "auditor", "operator"])
def test_only_inspectors_open_cases_and_take_steps(firm, case, role):
    actor = factories.actor(role)
    for do in (
        lambda: compliance.open_case(employer=firm, violation="wrong_data", why="x", by=actor, on=FIRST),
        lambda: compliance.take(case=case.row.id, kind="call", why="x", by=actor, on=FIRST),
        lambda: compliance.propose(case=case.row.id, kind="fine", why="x", by=actor, on=FIRST),
        lambda: compliance.decide(proposal=1, approve=True, answer="x", by=actor, on=FIRST),
    ):
        assert refused(do) == "not_allowed"


def test_a_warning_gives_ten_working_days_and_the_second_comes_the_day_after(case, who):
    first = step(case, "warning_1", who, FIRST).steps[-1]
    assert (first.until, first.articles) == (dt.date(2026, 9, 15), ("PP 86/2013 Pasal 6(1)", "PP 86/2013 Pasal 10(1)"))
    assert "warning_2" not in now(case, dt.date(2026, 9, 15))
    assert refused(lambda: step(case, "warning_2", who, dt.date(2026, 9, 15))) == "not_possible"
    assert "warning_2" in now(case, SECOND)
    assert step(case, "warning_2", who, SECOND).steps[-1].until == dt.date(2026, 9, 30)
    assert refused(lambda: step(case, "warning_1", who, SECOND)) == "not_possible"


def test_a_fine_takes_two_people_and_comes_after_the_second_warning(case, who, other):
    warned(case, who)
    assert refused(lambda: step(case, "fine", who, FINED)) == "two_people"
    assert refused(
        lambda: compliance.propose(case=case.row.id, kind="fine", why="x", by=who, on=dt.date(2026, 9, 30))
    ) == ("not_possible")
    view = compliance.propose(case=case.row.id, kind="fine", why="Tidak ditanggapi", by=who, on=FINED)
    wish = view.proposals[0].id
    assert refused(lambda: compliance.decide(proposal=wish, approve=True, answer="", by=who, on=FINED)) == "same_person"
    assert refused(lambda: compliance.propose(case=case.row.id, kind="fine", why="x", by=other, on=FINED)) == "proposed"
    view = compliance.decide(proposal=wish, approve=True, answer="", by=other, on=FINED)
    fine = view.steps[-1]
    # 0.1 % of JKK 2,640,000 and JKM 310,000, for the one month that has begun
    assert (fine.kind, fine.amount, fine.until) == ("fine", 2_950, dt.date(2026, 10, 30))
    assert [(one.programme, one.amount) for one in Fine.objects.order_by("programme")] == [("JKK", 2_640), ("JKM", 310)]
    assert statement.check(on=FINED) == ()
    assert (
        refused(lambda: compliance.decide(proposal=wish, approve=True, answer="", by=other, on=FINED)) == "wrong_state"
    )


def test_a_rejected_proposal_leaves_the_case_as_it_was(case, who, other):
    warned(case, who)
    wish = compliance.propose(case=case.row.id, kind="fine", why="x", by=who, on=FINED).proposals[0].id
    view = compliance.decide(proposal=wish, approve=False, answer="Masih dibicarakan", by=other, on=FINED)
    assert view.steps[-1].kind == "warning_2" and not Fine.objects.exists()
    assert StepProposal.objects.get(id=wish).answer == "Masih dibicarakan"


def test_the_database_itself_refuses_one_person_for_both_parts(case, who):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        StepProposal.objects.create(case_id=case.row.id, kind="fine", why="x", proposed_on=FIRST,
                                    proposed_by_id=who.user,
                                    decided_by_id=who.user)  # fmt: skip


def test_of_what_was_never_reported_no_fine_is_guessed(who):
    firm = watching.firm(since=Month(2026, 1))
    case = compliance.open_case(employer=firm, violation="not_registered", why="Belum melapor", by=who, on=FIRST)
    warned(case, who)
    assert refused(lambda: compliance.propose(case=case.row.id, kind="fine", why="x", by=who, on=FINED)) == (
        "nothing_assessed"
    )


def fined(case, who, other):
    warned(case, who)
    wish = compliance.propose(case=case.row.id, kind="fine", why="x", by=who, on=FINED).proposals[0].id
    return compliance.decide(proposal=wish, approve=True, answer="", by=other, on=FINED)


def test_settling_everything_proposes_the_end_and_nothing_ends_by_itself(case, firm, who, other):
    fined(case, who, other)
    assert refused(lambda: step(case, "closed", who, FINED)) == "not_fulfilled"
    for bill in Bill.objects.filter(employer=firm):
        _, outcome = paying.paid(bill.code, bill.amount, FINED)
        assert outcome.allocated == bill.amount
    view = compliance.view(number=case.row.number, by=who, on=FINED, why="Periksa pembayaran")
    assert view.proposes_closing and view.row.is_open and now(case, FINED) >= {"closed"}
    closed = step(case, "closed", who, FINED, "Semua lunas")
    assert not closed.row.is_open and closed.row.closed_on == FINED and closed.possible == ()
    assert refused(lambda: step(case, "call", who, FINED)) == "wrong_state"
    assert statement.check(on=FINED) == ()


def test_services_are_asked_to_be_denied_after_an_unpaid_fine_and_given_back_when_all_is_paid(case, firm, who, other):
    fined(case, who, other)
    late = dt.date(2026, 11, 17)
    assert "services" not in now(case, dt.date(2026, 11, 16))
    wish = compliance.propose(case=case.row.id, kind="services", why="Denda tidak dibayar", by=who, on=late).proposals[
        0
    ]
    compliance.decide(proposal=wish.id, approve=True, answer="", by=other, on=late)
    for bill in Bill.objects.filter(employer=firm):
        paying.paid(bill.code, bill.amount, late)
    assert now(case, late) >= {"lifted"} and "closed" not in now(case, late)
    assert step(case, "lifted", who, late).steps[-1].kind == "lifted"
    assert "closed" in now(case, late)


@pytest.mark.parametrize("text", ["NIK 3578011205850001 melapor", "Peserta 26000000017", "Lihat LP-100004"])
def test_a_text_that_names_a_person_or_a_report_is_refused(case, who, text):
    assert refused(lambda: step(case, "call", who, FIRST, text)) == "names_a_person"
    assert refused(lambda: step(case, "call", who, FIRST, "  ")) == "no_reason"


def test_a_letter_says_articles_dates_sums_and_how_to_settle_and_stays_as_it_was(case, firm, who):
    made = step(case, "warning_1", who, FIRST)
    before = compliance_letters.letter(case=made.row, step=made.steps[-1])
    text = " ".join(one.id for one in before.paragraphs)
    assert "TEGURAN TERTULIS PERTAMA" in text and "15 September 2026" in text and "Pasal 10 ayat (1)" in text
    assert before.total == 2_950_000 and before.codes[0]["code"] == Bill.objects.get(employer=firm).code
    assert before.number.startswith(f"{case.row.number}/TT1/") and "PP 86/2013 Pasal 6(1)" in before.articles
    assert all(one.en for one in (*before.paragraphs, *before.how, before.subject))
    bill = Bill.objects.get(employer=firm)
    paying.paid(bill.code, bill.amount, FIRST)
    again = compliance.view(number=case.row.number, by=who, on=SECOND, why="Baca ulang")
    assert compliance_letters.letter(case=again.row, step=again.steps[-1]) == before


def test_an_employer_sees_his_own_case_and_no_other(case, firm):
    assert compliance.own(employer=firm, by=watching.staff(firm))[0].number == case.row.number
    stranger = watching.staff(watching.firm())
    assert refused(lambda: compliance.view(number=case.row.number, by=stranger, on=FIRST)) == "not_your_employer"
    assert refused(lambda: compliance.own(employer=firm, by=stranger)) == "not_your_employer"


def test_all_that_is_done_is_recorded(case, who):
    step(case, "call", who, FIRST, "Menelepon bagian keuangan")
    told = Event.objects.filter(subject=f"case:{case.row.id}").order_by("id").values_list("action", "why")
    assert list(told) == [("case.open", "Termin tidak dibayar"), ("case.call", "Menelepon bagian keuangan")]
