"""An officer corrects an end that was accepted with a wrong day or cause; the first word stays as it was told."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.employers import queries
from teduh.employers.models import Employment, Leaving
from teduh.journeys.employers import leaving
from teduh.security.models import Event, Role
from tests import factories
from tests.journeys.employers.test_leaving import LAST, OCTOBER, ON, SEPTEMBER, WHY, Job, follows

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    return Job()


class TestCorrecting:
    def correct(self, job, *, ended_on: dt.date = dt.date(2026, 9, 30), cause: str = "dismissed", by=None, why=WHY):
        return leaving.correct(
            employment=job.id, ended_on=ended_on, cause=cause, by=by or job.officer, on=dt.date(2026, 11, 3), why=why
        )

    def test_an_officer_corrects_day_and_cause_and_what_follows_is_said_again(self, job):
        job.file(SEPTEMBER)
        job.tell(job.boss)
        view = self.correct(job)
        assert job.ended == (dt.date(2026, 9, 30), "dismissed")
        assert (view.state, view.teller, view.on_end) == ("accepted", "officer", dt.date(2026, 9, 30))
        assert follows(view, "JKP", "employer_pays")

    def test_the_first_word_stays_as_it_was_told_and_both_are_on_record(self, job):
        first = job.tell(job.boss, text="Pamit baik-baik")
        self.correct(job)
        old, new = Leaving.objects.filter(employment=job.id).order_by("id")
        assert old.id == first.leaving
        assert (old.state, old.ended_on, old.cause, old.text) == ("replaced", LAST, "resigned", "Pamit baik-baik")
        assert (old.decided_on, old.decided_by_id, old.why) == (ON, job.boss.user, "")
        assert (new.state, new.why, new.decided_on, new.by_id) == (
            "accepted",
            WHY,
            dt.date(2026, 11, 3),
            job.officer.user,
        )
        event = Event.objects.get(action="employment.end_corrected", subject=f"employment:{job.id}")
        assert (event.why, event.detail["ended_on"]) == (WHY, ["2026-10-20", "2026-09-30"])
        rows = queries.words(by=job.officer, employment=job.id, why=WHY)
        assert [row.state for row in rows] == ["replaced", "accepted"]

    def test_cover_is_worked_out_again_by_the_corrected_day(self, job):
        job.file(SEPTEMBER)
        job.tell(job.boss)
        days = [dt.date(2026, 10, 15), dt.date(2026, 10, 16), LAST, LAST + dt.timedelta(days=1)]

        def seen() -> list[bool]:
            return [coverage.protection(person=job.person, on=day).is_protected for day in days]

        assert seen() == [True, True, True, False]
        self.correct(job, ended_on=dt.date(2026, 10, 15))
        assert seen() == [True, False, False, False]
        self.correct(job, ended_on=LAST, cause="resigned", why="Ternyata sudah benar")
        assert seen() == [True, True, True, False]

    def test_months_filed_after_the_corrected_day_ask_for_an_amendment(self, job):
        job.file(SEPTEMBER, OCTOBER)
        job.tell(job.boss, ended_on=dt.date(2026, 10, 31), on=dt.date(2026, 11, 1))
        assert self.correct(job).amend == (OCTOBER,)

    def test_nobody_but_an_officer_corrects_and_none_without_a_reason(self, job):
        job.tell(job.boss)
        for by in (job.boss, job.worker):
            with pytest.raises(Refused) as refused:
                self.correct(job, by=by)
            assert refused.value.status in (403, 404)
        with pytest.raises(Refused):
            self.correct(job, by=factories.actor(Role.INSPECTOR))
        with pytest.raises(Refused):
            self.correct(job, why=" ")
        assert job.ended == (LAST, "resigned")

    def test_what_has_not_ended_or_is_so_already_or_cannot_be_is_refused(self, job):
        with pytest.raises(Refused, match="employment_not_ended"):
            self.correct(job)
        job.tell(job.boss)
        with pytest.raises(Refused, match="nothing_to_correct"):
            self.correct(job, ended_on=LAST, cause="resigned")
        started = Employment.objects.get(id=job.id).started_on
        with pytest.raises(Refused, match="end_before_start"):
            self.correct(job, ended_on=started - dt.timedelta(days=1))

    def test_an_end_does_not_reach_into_the_next_stretch_of_work_there(self, job):
        job.tell(job.boss)
        row = Employment.objects.get(id=job.id)
        again = dt.date(2026, 10, 28)
        Employment.objects.create(
            person_id=job.person,
            employer_id=row.employer_id,
            worksite_id=row.worksite_id,
            started_on=again,
            registered_on=again,
        )
        with pytest.raises(Refused, match="employment_overlaps"):
            self.correct(job, ended_on=again)
        self.correct(job, ended_on=again - dt.timedelta(days=1))
        assert job.ended == (dt.date(2026, 10, 27), "dismissed")
