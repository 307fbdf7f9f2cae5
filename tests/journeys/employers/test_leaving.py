"""Somebody leaves: who says so, what follows at once, and how he goes on alone without a day uncovered."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.employers import queries
from teduh.employers.models import Employment, Leaving, Profile, Staff
from teduh.journeys.employers import leaving
from teduh.journeys.money import bills, pay
from teduh.law.months import Month
from teduh.registry import actions as registry
from teduh.registry import facts
from teduh.registry.models import Enrolment
from teduh.security.models import Event, Role
from tests import factories
from tests.journeys import employed as work
from tests.journeys.paying import paid

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
ON = dt.date(2026, 10, 20)
LAST = dt.date(2026, 10, 20)
WAGE = 5_000_000
WHY = "Datang ke kantor"


class Job:
    """A worker in a firm, with everybody who may speak of it."""

    def __init__(self) -> None:
        (self.person, _), = registry.admit(
            people=[facts.Admitted(nik="3578020505850001", name="Slamet Rahardjo", birth_date="1985-05-05", sex="M")],
            by=factories.actor(), on=dt.date(2026, 9, 1),
        )  # fmt: skip
        self.firm = work.firm()
        self.id = work.job(self.firm, self.person).id
        self.worker = factories.actor(Role.MEMBER, person=self.person)
        account = factories.user(Role.EMPLOYER)
        Staff.objects.create(employer=self.firm, user=account, role="owner", from_day=dt.date(2026, 1, 5))
        self.boss = factories.actor(account=account)
        self.officer = factories.actor(Role.OFFICER)

    def file(self, *months: Month) -> None:
        for month in months:
            _, bill = work.filed(self.firm, month, {Employment.objects.get(id=self.id): WAGE})
            work.settle(bill, dt.date(2026, 10, 12))

    def tell(self, by, *, ended_on: dt.date = LAST, cause: str = "resigned", on: dt.date = ON, **how):
        return leaving.tell(employment=self.id, ended_on=ended_on, cause=cause, by=by, on=on, **how)

    @property
    def ended(self) -> tuple[dt.date | None, str | None]:
        row = Employment.objects.get(id=self.id)
        return row.ended_on, row.cause


@pytest.fixture
def job() -> Job:
    return Job()


def follows(view: leaving.LeavingView, programme: str, code: str) -> leaving.Follows:
    return next(one for one in view.consequences if (one.programme, one.code) == (programme, code))


class TestTelling:
    def test_the_employers_word_ends_it_and_says_what_follows(self, job):
        job.file(SEPTEMBER)
        view = job.tell(job.boss)
        assert job.ended == (LAST, "resigned")
        assert (view.state, view.teller) == ("accepted", "employer")
        assert follows(view, "JKK", "cover_ends").until_day == LAST
        wait = follows(view, "JHT", "payable_after_wait")
        assert (wait.from_day, wait.articles) == (dt.date(2026, 11, 20), ("Permenaker 4/2022 Pasal 8",))
        assert (view.last_month, view.reports_by) == (OCTOBER, dt.date(2026, 10, 29))
        assert Event.objects.filter(action="leaving.told", subject=f"employment:{job.id}").count() == 1

    def test_a_dismissal_opens_jkp_for_six_months(self, job):
        Profile.objects.create(
            employer=job.firm, from_month=SEPTEMBER, size="large", programmes=["JKK", "JKM", "JHT", "JP"]
        )
        view = leaving.preview(employment=job.id, ended_on=LAST, cause="dismissed", by=job.boss, on=ON)
        found = [one for one in view.consequences if one.programme == "JKP"]
        assert [(one.code, one.until_day) for one in found] == [("claim", dt.date(2027, 4, 20))]
        assert job.ended == (None, None)
        assert Leaving.objects.count() == 0

    def test_without_jkp_on_the_last_return_the_employer_pays_it(self, job):
        job.file(SEPTEMBER)
        found = [one for one in job.tell(job.boss, cause="dismissed").consequences if one.programme == "JKP"]
        assert [(one.code, one.articles) for one in found] == [("employer_pays", ("PP 37/2021 Pasal 37(1)",))]

    def test_cover_ends_with_the_last_day_of_work(self, job):
        job.file(SEPTEMBER)
        job.tell(job.boss)
        days = [LAST - dt.timedelta(days=1), LAST, LAST + dt.timedelta(days=1)]
        found = [coverage.protection(person=job.person, on=day).is_protected for day in days]
        assert found == [True, True, False]

    def test_an_officers_word_ends_it_for_a_purpose(self, job):
        with pytest.raises(Refused, match="purpose_missing"):
            job.tell(job.officer)
        assert job.tell(job.officer, why=WHY).teller == "officer"
        assert job.ended == (LAST, "resigned")

    def test_others_find_nothing(self, job):
        for by in (factories.actor(Role.MEMBER, person=factories.person()), factories.actor(Role.EMPLOYER)):
            with pytest.raises(Refused) as refused:
                job.tell(by)
            assert refused.value.status == 404
            with pytest.raises(Refused) as refused:
                leaving.preview(employment=job.id, ended_on=LAST, cause="resigned", by=by, on=ON)
            assert refused.value.status == 404

    def test_it_ends_once(self, job):
        job.tell(job.boss)
        with pytest.raises(Refused, match="employment_ended_already"):
            job.tell(job.boss)

    @pytest.mark.parametrize(
        ("ended_on", "cause", "code"),
        [
            (dt.date(2026, 8, 31), "resigned", "end_before_start"),
            (ON + dt.timedelta(days=367), "contract_ended", "day_too_far"),
            (ON + dt.timedelta(days=1), "died", "day_too_far"),
            (LAST, "bored", "choice_unknown"),
        ],
    )
    def test_an_end_that_cannot_be_is_refused(self, job, ended_on, cause, code):
        with pytest.raises(Refused, match=code):
            job.tell(job.boss, ended_on=ended_on, cause=cause)

    @pytest.mark.parametrize(
        ("ended_on", "is_refused"), [(dt.date(2026, 9, 30), True), (dt.date(2026, 10, 1), False), (LAST, False)]
    )
    def test_an_end_before_a_month_filed_as_worked_asks_for_an_amendment(self, job, ended_on, is_refused):
        job.file(SEPTEMBER, OCTOBER)
        if is_refused:
            with pytest.raises(Refused, match="months_filed_after_end") as refused:
                job.tell(job.boss, ended_on=ended_on)
            assert "Oktober 2026" in refused.value.what.id
            assert "pembetulan" in refused.value.then.id
            assert job.ended == (None, None)
        else:
            assert job.tell(job.boss, ended_on=ended_on).amend == ()

    def test_an_officer_ends_it_and_is_told_which_months_to_amend(self, job):
        job.file(SEPTEMBER, OCTOBER)
        view = job.tell(job.officer, ended_on=dt.date(2026, 9, 30), why=WHY)
        assert view.amend == (OCTOBER,)
        assert "Oktober 2026" in view.notes[0].id


class TestTheWorkersWord:
    def test_it_waits_for_the_employer_seven_working_days(self, job):
        view = job.tell(job.worker, text="Dipecat lewat telepon")
        assert (view.state, view.teller, view.answer_by) == ("waiting", "worker", dt.date(2026, 10, 29))
        assert job.ended == (None, None)
        (row,) = queries.leavings(by=job.boss, employer=job.firm.id)
        assert (row.name, row.text) == ("Slamet R.", "Dipecat lewat telepon")
        assert [one.id for one in leaving.own(by=job.worker)] == [row.id]

    def test_said_again_it_is_one_word_and_said_otherwise_it_is_refused(self, job):
        assert job.tell(job.worker).leaving == job.tell(job.worker).leaving
        with pytest.raises(Refused, match="told_otherwise"):
            job.tell(job.worker, cause="dismissed")
        with pytest.raises(Refused, match="end_in_future"):
            job.tell(job.worker, ended_on=ON + dt.timedelta(days=1))

    def test_confirmed_it_ends_the_employment(self, job):
        told = job.tell(job.worker)
        with pytest.raises(Refused, match="worker_told_already"):
            job.tell(job.boss)
        view = leaving.answer(leaving=told.leaving, employer=job.firm.id, accepted=True, by=job.boss, on=ON)
        assert (view.state, job.ended) == ("accepted", (LAST, "resigned"))
        with pytest.raises(Refused, match="leaving_already_decided|employment_ended_already"):
            leaving.answer(leaving=told.leaving, employer=job.firm.id, accepted=False, why="x", by=job.boss, on=ON)

    def test_disputed_it_needs_a_reason_and_an_officer_decides(self, job):
        told = job.tell(job.worker)
        asked = {"leaving": told.leaving, "employer": job.firm.id, "accepted": False, "by": job.boss, "on": ON}
        with pytest.raises(Refused, match="reason_missing"):
            leaving.answer(**asked)
        assert leaving.answer(**asked, why="Masih bekerja").state == "disputed"
        (row,) = queries.disputed(by=job.officer)
        assert (row.id, row.why) == (told.leaving, "Masih bekerja")
        leaving.decide(leaving=row.id, accepted=True, by=job.officer, on=ON, why="Surat PHK dilihat")
        assert job.ended == (LAST, "resigned")
        assert queries.disputed(by=job.officer) == ()

    def test_an_officer_may_find_that_it_did_not_end(self, job):
        told = job.tell(job.worker)
        leaving.answer(
            leaving=told.leaving, employer=job.firm.id, accepted=False, why="Masih bekerja", by=job.boss, on=ON
        )
        view = leaving.decide(leaving=told.leaving, accepted=False, by=job.officer, on=ON, why="Absensi dilihat")
        assert (view.state, job.ended) == ("refused", (None, None))

    @pytest.mark.parametrize(("day", "is_refused"), [(28, True), (29, True), (30, False)])
    def test_unanswered_it_is_an_officers_after_the_last_day_to_answer(self, job, day, is_refused):
        told = job.tell(job.worker)
        asked = {"leaving": told.leaving, "accepted": True, "by": job.officer, "on": dt.date(2026, 10, day), "why": WHY}
        if is_refused:
            assert leaving.to_decide(by=job.officer, on=asked["on"]) == ()
            with pytest.raises(Refused, match="employer_may_still_answer"):
                leaving.decide(**asked)
        else:
            assert [row.id for row in leaving.to_decide(by=job.officer, on=asked["on"])] == [told.leaving]
            assert leaving.decide(**asked).state == "accepted"

    def test_only_officers_decide(self, job):
        told = job.tell(job.worker)
        for by in (job.worker, job.boss, factories.actor(Role.INSPECTOR)):
            with pytest.raises(Refused):
                leaving.decide(leaving=told.leaving, accepted=True, by=by, on=dt.date(2026, 12, 1), why=WHY)

    def test_another_firm_answers_nothing(self, job):
        told, other = job.tell(job.worker), Job.__new__(Job)
        other.firm, account = work.firm("PT Lain"), factories.user(Role.EMPLOYER)
        Staff.objects.create(employer=other.firm, user=account, role="owner", from_day=ON)
        with pytest.raises(Refused) as refused:
            leaving.answer(
                leaving=told.leaving, employer=other.firm.id, accepted=True, by=factories.actor(account=account), on=ON
            )
        assert refused.value.status == 404


@pytest.mark.usefixtures("regions")
class TestGoingOnAlone:
    WORK = leaving.Work(income=1_500_000, occupation="nelayan")

    def go_on(self, job: Job, day: dt.date, **how) -> leaving.Continued:
        at = dt.datetime(day.year, day.month, day.day, 3, tzinfo=dt.UTC)
        return leaving.continue_as_self_employed(person=job.person, work=self.WORK, by=job.worker, on=day, at=at, **how)

    def test_enrolled_and_billed_in_one_step_with_the_last_day_to_pay(self, job):
        job.file(SEPTEMBER)
        assert job.tell(job.boss).continue_by == dt.date(2026, 10, 21)
        done = self.go_on(job, LAST)
        assert (done.joined.person, done.joined.already) == (job.person, False)
        assert (done.pay_by, done.gap) == (dt.date(2026, 10, 21), None)
        assert "21 Oktober 2026" in done.notes[0].id
        assert [line.month for line in done.bill.lines] == [OCTOBER, OCTOBER]

    def test_paid_in_time_no_day_is_uncovered(self, job):
        job.file(SEPTEMBER)
        job.tell(job.boss)
        done = self.go_on(job, LAST)
        paid(done.bill.code, done.bill.amount, done.pay_by)
        days = [dt.date(2026, 10, 12) + dt.timedelta(days=n) for n in range(20)]
        assert [day for day in days if not coverage.protection(person=job.person, on=day).is_protected] == []

    def test_paid_late_the_gap_was_said_and_is_what_it_was_said_to_be(self, job):
        job.file(SEPTEMBER)
        job.tell(job.boss)
        day = dt.date(2026, 10, 25)
        done = self.go_on(job, day)
        assert (done.gap.first, done.gap.last, done.pay_by) == (dt.date(2026, 10, 21), dt.date(2026, 10, 24), day)
        assert "21 Oktober 2026" in done.notes[0].id
        paid(done.bill.code, done.bill.amount, day)
        days = [dt.date(2026, 10, 12) + dt.timedelta(days=n) for n in range(20)]
        bare = [one for one in days if not coverage.protection(person=job.person, on=one).is_protected]
        assert (bare[0], bare[-1], len(bare)) == (done.gap.first, done.gap.last, 4)

    def test_an_end_with_the_month_bills_the_next_month(self, job):
        job.file(SEPTEMBER)
        job.tell(job.boss, ended_on=dt.date(2026, 10, 31), cause="contract_ended")
        done = self.go_on(job, dt.date(2026, 10, 28))
        assert {line.month for line in done.bill.lines} == {NOVEMBER}
        assert done.pay_by == dt.date(2026, 11, 1)

    def test_sent_twice_it_is_done_once(self, job):
        job.tell(job.boss)
        first, again = self.go_on(job, LAST, key="form-1"), self.go_on(job, LAST, key="form-1")
        assert again.joined.already
        assert again.bill.id == first.bill.id
        assert Enrolment.objects.filter(person=job.person).count() == 1

    def test_his_own_word_is_enough_to_go_on(self, job):
        job.tell(job.worker)
        assert self.go_on(job, LAST).bill is not None

    def test_who_has_another_job_has_no_gap(self, job):
        work.job(work.firm("PT Lain"), job.person)
        job.tell(job.boss)
        done = self.go_on(job, dt.date(2026, 10, 25))
        assert done.gap is None
        assert done.joined.verdict.outcome == "conditional"

    def test_who_has_not_left_does_not_go_on(self, job):
        with pytest.raises(Refused, match="not_left"):
            self.go_on(job, LAST)

    def test_nobody_goes_on_for_another(self, job):
        job.tell(job.boss)
        for by in (job.boss, factories.actor(Role.MEMBER, person=factories.person())):
            with pytest.raises(Refused):
                leaving.continue_as_self_employed(
                    person=job.person, work=self.WORK, by=by, on=LAST, at=dt.datetime(2026, 10, 20, tzinfo=dt.UTC)
                )
        assert not Enrolment.objects.filter(person=job.person).exists()


def test_an_enrolment_that_has_ended_is_billed_no_more():
    person = factories.person(on=dt.date(2026, 9, 1))
    Enrolment.objects.filter(person=person).update(ended_on=dt.date(2026, 10, 1), ended_why="bekerja")
    with pytest.raises(Refused, match="nothing_owed"):
        pay.bill(people=[person], by=factories.actor(), on=ON)
    assert bills.bill_each(people=[person], by=factories.actor(), on=ON) == []
