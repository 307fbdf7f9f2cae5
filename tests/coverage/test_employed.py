"""A wage earner's cover: begins with the first contribution, outlives his employer's debts, ends with the work."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.coverage import actions, card, employed, needs, queries
from teduh.coverage.models import Span
from teduh.journeys.money import pay
from teduh.law.months import Month
from teduh.registry.models import Enrolment, Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys import employed as work
from tests.journeys.paying import paid

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
PAID = dt.date(2026, 10, 12)
WAGE = 5_000_000


def on(person: int, day: dt.date) -> queries.Protection:
    found = queries.protection(person=person, on=day)
    assert found is not None
    return found


def states(person: int, *days: dt.date) -> list[str]:
    return [on(person, day).state for day in days]


@pytest.fixture
def job():
    return work.job(work.firm(), work.worker())


@pytest.fixture
def covered(job):
    """September paid on 12 October."""
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID)
    return job


def test_cover_starts_on_the_day_the_first_contribution_is_paid(covered):
    days = [PAID - dt.timedelta(days=1), PAID, PAID + dt.timedelta(days=1)]
    assert states(covered.person_id, *days) == ["never", "protected", "protected"]
    assert "pemberi kerja wajib membayar" in on(covered.person_id, days[0]).programmes[0].what.id


def test_what_is_filed_and_not_paid_covers_nobody_and_says_who_must_pay(job):
    work.filed(job.employer, SEPTEMBER, {job: WAGE})
    assert employed.recompute(employments=[job.id], on=PAID) == 0
    found = on(job.person_id, PAID)
    assert found.state == "never"
    assert found.next_step.id.startswith("Tanyakan kepada pemberi kerja")


def test_an_employers_debt_never_makes_the_worker_lapse(covered):
    """September is paid; October is due on 16 November (the 15th is a Sunday), January on 15 February."""
    span = Span.objects.get(employment=covered, programme="JKK")
    assert (span.paid_until, span.due_until) == (dt.date(2026, 9, 30), dt.date(2026, 11, 16))
    assert span.grace_until == dt.date(2027, 2, 15)
    a_day = dt.timedelta(days=1)
    assert states(covered.person_id, span.due_until, span.due_until + a_day) == ["protected", "employer_owes"]
    assert states(covered.person_id, span.grace_until, span.grace_until + a_day, dt.date(2030, 1, 1)) == [
        "employer_owes", "employer_pays_first", "employer_pays_first",
    ]  # fmt: skip
    assert on(covered.person_id, dt.date(2030, 1, 1)).is_protected
    assert "Pemberi kerja menunggak" in on(covered.person_id, span.grace_until).programmes[0].what.id


def test_cover_ends_with_the_last_day_of_work_whatever_is_paid_later(covered):
    last = dt.date(2026, 10, 31)
    work.end(covered, last)
    a_day = dt.timedelta(days=1)
    assert states(covered.person_id, last - a_day, last, last + a_day) == ["protected", "protected", "ended"]
    _, bill = work.filed(covered.employer, OCTOBER, {covered: WAGE})
    work.settle(bill, dt.date(2026, 11, 20))
    assert states(covered.person_id, last, last + a_day) == ["protected", "ended"]
    assert on(covered.person_id, last).protected_until == last


def test_a_first_contribution_paid_after_the_work_ended_covers_no_day(job):
    work.end(job, dt.date(2026, 9, 30))
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID)
    assert not Span.objects.filter(employment=job).exists()


def test_money_taken_back_takes_the_cover_back_and_paid_again_gives_it(covered):
    _, second = work.filed(covered.employer, OCTOBER, {covered: WAGE})
    work.settle(second, dt.date(2026, 11, 10))
    before = list(Span.objects.values())
    work.unsettle(second, dt.date(2026, 11, 11))
    assert Span.objects.get(employment=covered, programme="JKK").paid_until == dt.date(2026, 9, 30)
    work.settle(second, dt.date(2026, 11, 10))
    assert [{**row, "id": 0} for row in Span.objects.values()] == [{**row, "id": 0} for row in before]


def test_an_amendment_does_not_take_a_paid_month_away_but_a_withdrawn_line_does(covered):
    work.filed(covered.employer, SEPTEMBER, {covered: WAGE + 1_000_000})
    employed.recompute(employments=[covered.id], on=PAID)
    assert Span.objects.filter(employment=covered).count() == 2
    made, _ = work.filed(covered.employer, SEPTEMBER, {covered: 0}, withdrawn=[covered])
    employed.recompute(returns=[made.id], on=PAID)
    assert not Span.objects.filter(employment=covered).exists()


def test_two_jobs_are_two_sources_and_the_end_of_one_leaves_the_other(covered):
    second = work.job(work.firm("CV Bahari"), covered.person_id)
    _, bill = work.filed(second.employer, SEPTEMBER, {second: WAGE})
    work.settle(bill, PAID)
    work.end(covered, dt.date(2026, 10, 20))
    during, after = on(covered.person_id, dt.date(2026, 10, 20)), on(covered.person_id, dt.date(2026, 10, 21))
    assert [str(one.label.id) for one in during.sources] == ["dari CV Bahari", "dari PT Maju Jaya"]
    assert [one.name for one in after.sources] == ["CV Bahari"]
    assert after.state == "protected"


def test_between_the_job_and_paying_for_oneself_there_is_a_gap_and_it_is_said(covered):
    last, begins = dt.date(2026, 10, 31), dt.date(2026, 12, 1)
    work.end(covered, last)
    person = covered.person_id
    assert on(person, last).gap is None
    assert on(person, dt.date(2026, 11, 15)).gap.id == "Tidak ada perlindungan sejak 1 November 2026."
    occupation = factories.occupation()
    Enrolment.objects.create(
        person_id=person, on=dt.date(2026, 11, 20), channel="self", income=1_000_000, sector="fishing", verdict={},
        occupation=occupation, programmes=["JKK", "JKM"], outcome="eligible",
    )  # fmt: skip
    made = pay.bill(people=[person], months=1, by=SYSTEM, on=begins)
    paid(made.code, made.amount, begins)
    gap = on(person, dt.date(2026, 11, 15)).gap
    assert gap.id == "Tidak ada perlindungan dari 1 November 2026 sampai 30 November 2026."
    assert [on(person, day).is_protected for day in (last, dt.date(2026, 11, 30), begins)] == [True, False, True]
    assert [str(one.label.id) for one in on(person, begins).sources] == ["mandiri"]


def test_protected_by_both_until_the_later_day():
    person = factories.person(on=dt.date(2026, 10, 1))
    made = pay.bill(people=[person], months=6, by=SYSTEM, on=dt.date(2026, 10, 1))
    paid(made.code, made.amount, dt.date(2026, 10, 1))
    alone = on(person, PAID).protected_until
    job = work.job(work.firm(), person)
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID)
    both = on(person, PAID)
    assert both.protected_until == alone > dt.date(2026, 11, 16)
    assert {one.segment for one in both.sources} == {"BPU", "PU"}


def test_the_end_of_the_self_employed_membership_ends_its_cover():
    person = factories.person(on=dt.date(2026, 4, 1), programmes=("JKK", "JKM", "JHT"))
    made = pay.bill(people=[person], months=3, by=SYSTEM, on=dt.date(2026, 4, 9))
    paid(made.code, made.amount, dt.date(2026, 4, 9))
    last = dt.date(2026, 5, 10)
    Enrolment.objects.filter(person=person).update(ended_on=last)
    actions.recompute(persons=[person], on=last)
    a_day = dt.timedelta(days=1)
    assert states(person, last - a_day, last, last + a_day) == ["protected", "protected", "ended"]
    assert "Kepesertaan mandiri berakhir 10 Mei 2026" in on(person, last + a_day).programmes[0].what.id
    spans = list(Span.objects.order_by("id").values())
    actions.recompute(persons=[person], on=last)
    assert list(Span.objects.order_by("id").values()) == spans


def test_who_enrols_again_is_covered_again_from_his_payment_and_not_between():
    person = factories.person(on=dt.date(2026, 4, 1))
    made = pay.bill(people=[person], months=3, by=SYSTEM, on=dt.date(2026, 4, 9))
    paid(made.code, made.amount, dt.date(2026, 4, 9))
    Enrolment.objects.filter(person=person).update(ended_on=dt.date(2026, 5, 10))
    first = Enrolment.objects.get(person=person)
    Enrolment.objects.create(
        person_id=person, on=dt.date(2026, 8, 1), channel="self", income=1_000_000, sector="fishing", verdict={},
        occupation=first.occupation, programmes=["JKK", "JKM"], outcome="eligible",
    )  # fmt: skip
    made = pay.bill(people=[person], months=1, first=Month(2026, 8), by=SYSTEM, on=dt.date(2026, 8, 5))
    paid(made.code, made.amount, dt.date(2026, 8, 5))
    assert states(person, dt.date(2026, 5, 10), dt.date(2026, 5, 11), dt.date(2026, 8, 4), dt.date(2026, 8, 5)) == [
        "protected", "ended", "ended", "protected",
    ]  # fmt: skip


def test_recomputing_the_self_employed_leaves_the_wage_earners_spans_alone():
    person = factories.person(on=dt.date(2026, 9, 1))
    job = work.job(work.firm(), person)
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID)
    actions.recompute(persons=[person], on=PAID)
    assert Span.objects.filter(person=person, segment="PU").count() == 2


def test_a_thousand_workers_take_as_many_statements_as_one_and_writing_again_writes_nothing():
    firm = work.firm()
    many = work.jobs(firm, work.workers(1_000))
    few = work.jobs(firm, work.workers(1), since=dt.date(2026, 9, 14))
    _, bill = work.filed(firm, SEPTEMBER, dict.fromkeys([*many, *few], WAGE))
    work.settle(bill, PAID, recompute=False)
    with CaptureQueriesContext(connection) as captured:
        assert employed.recompute(bills=[bill.id], on=PAID) == 2_002
    assert len(captured) == 2
    assert employed.recompute(bills=[bill.id], on=PAID) == 0
    assert employed.recompute(on=PAID) == 0


def test_the_check_by_nik_stays_one_statement_with_several_sources(covered):
    index = bytes(Person.objects.get(id=covered.person_id).nik_index)
    with CaptureQueriesContext(connection) as captured:
        found = queries.is_protected(nik_index=index, on=PAID)
    assert len(captured) == 1
    assert (found.state, found.protected_until) == ("protected", dt.date(2026, 11, 16))


def test_the_card_of_a_wage_earner_says_so_and_vouches_for_a_month_when_the_employer_is_far_behind(covered):
    for day, until in ((PAID, dt.date(2026, 11, 16)), (dt.date(2027, 6, 1), dt.date(2027, 7, 2))):
        made = card.issue(
            person=covered.person_id, name="Siti Aminah", member_number="90000000001", cover=on(covered.person_id, day),
            on=day,
        )  # fmt: skip
        assert (made.claims.segment, made.claims.protected_until) == ("PU", until)
        assert card.verify(text=made.text, on=day).standing == "protected"


def test_agents_are_told_of_those_whose_job_ended_and_not_of_those_who_work(covered):
    day = dt.date(2026, 10, 20)
    agent = factories.user("agent")
    Person.objects.filter(id=covered.person_id).update(agent=agent)
    assert needs.counts(on=day, agent=agent.id)["none"] == 1
    work.end(covered, dt.date(2026, 10, 19))
    assert needs.counts(on=day, agent=agent.id)["ended"] == 1
    row = needs.needs(on=day, agent=agent.id, need="ended")[0]
    assert (row.person, row.by) == (covered.person_id, dt.date(2026, 10, 19))
    assert needs.needs(on=dt.date(2027, 6, 1), agent=agent.id)[0].need == "ended"
