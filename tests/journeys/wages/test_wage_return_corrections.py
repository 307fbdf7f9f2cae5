"""Corrections: whatever is corrected and how often, what is owed is what the month as it stands comes to, and every
earlier version can still be read."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from teduh.contributions import wages
from teduh.contributions.models import WageDue
from teduh.contributions.wages import BILLED, COLUMNS
from teduh.core.errors import Refused
from teduh.employers import queries
from teduh.employers.models import RiskClass, WageLine, Worksite
from teduh.journeys.wages import wage_return
from teduh.journeys.wages.report import TypedRow
from teduh.law.months import Month
from teduh.security.access import SYSTEM
from tests.data.returns import workers
from tests.employers import firms
from tests.journeys.wages.test_wage_return import APRIL, check, file

pytestmark = pytest.mark.usefixtures("db")


def standing(firm):
    """The lines in force of the month."""
    return [
        line for line in WageLine.objects.filter(wage_return__employer=firm, month=APRIL, replaced_by=None)
        if not line.withdrawn
    ]  # fmt: skip


def require_owed_is_what_stands(firm):
    lines = standing(firm)
    force = queries.in_force(employer=firm, month=APRIL)
    amounts = wages.assess(
        month=APRIL, wages=[line.wage for line in lines], risk_classes=[line.risk_class for line in lines],
        programmes=[line.programmes for line in lines], labour_intensive=force.labour_intensive,
    )  # fmt: skip
    dues = WageDue.objects.filter(employer=firm, month=APRIL)
    owed = {column: sum(getattr(due, column) for due in dues) for column in COLUMNS}
    assert owed == amounts.totals


@pytest.mark.parametrize("seed", range(3))
def test_after_any_corrections_the_dues_sum_to_the_month_as_it_stands(seed):
    chance = random.Random(seed)
    firm, everybody = firms.employer(), workers.make(12, seed=50 + seed)
    now = everybody[:8]
    paid = file(check(firm, workers.as_csv(now))).version
    for _ in range(5):
        only = chance.random() < 0.5
        now = [
            one._replace(pay=one.pay + chance.choice((-500_000, 0, 0, 750_000)))
            for one in everybody
            if chance.random() < 0.7
        ] or everybody[:1]
        before = {line.id for line in standing(firm)}
        report = check(firm, workers.as_csv(now), only_changes=only)
        if not report.may_file:
            assert "Tidak ada yang berubah" in report.why_not.id
            continue
        filed = file(report)
        assert filed.version == paid + 1
        paid = filed.version
        added = WageDue.objects.filter(line__wage_return=filed.wage_return)
        assert report.to_pay == sum(sum(getattr(due, column) for column in BILLED) for due in added)
        assert report.to_pay == sum(t.employer + t.worker for t in report.totals)
        assert report.workers == len(standing(firm)) == filed.workers
        assert report.wages == sum(line.wage for line in standing(firm))
        assert before <= set(WageLine.objects.values_list("id", flat=True))
        require_owed_is_what_stands(firm)


def test_somebody_withdrawn_and_filed_again_owes_once():
    firm, made = firms.employer(), workers.make(2, pay=6_000_000)
    file(check(firm, workers.as_csv(made)))
    file(check(firm, workers.as_csv(made[:1])))
    require_owed_is_what_stands(firm)
    filed = file(check(firm, workers.as_csv(made[1:]), only_changes=True))
    require_owed_is_what_stands(firm)
    assert filed.version == 3
    assert len(standing(firm)) == 2


def test_one_row_can_be_marked_as_withdrawn():
    firm, made = firms.employer(), workers.make(3, pay=6_000_000)
    file(check(firm, workers.as_csv(made)))
    row = [("NIK", "Nama", "Upah", "Batal"), (made[0].nik, made[0].name, "", "ya")]
    report = check(firm, workers.table(row), only_changes=True)
    assert report.lines[0].withdrawn
    assert report.to_pay == -596_250
    assert file(report).workers == 2
    stranger = [row[0], (workers.make(1, seed=8)[0].nik, "Orang", "", "ya")]
    assert check(firm, workers.table(stranger), only_changes=True).counts["not_working_here"] == 1


def test_rows_typed_in_a_page_correct_only_those_they_name():
    firm, made = firms.employer(), workers.make(3, pay=6_000_000)
    file(check(firm, workers.as_csv(made)))
    content = wage_return.typed(
        employer=firm, month=APRIL,
        rows=[TypedRow(nik=made[0].nik, name=made[0].name, pay="7000000", allowances="250000")],
    )  # fmt: skip
    report = check(firm, content, source="page")
    assert report.only_changes
    assert (report.workers, len(report.lines)) == (3, 1)


def test_a_correction_that_changes_nothing_is_not_filed():
    firm, made = firms.employer(), workers.make(3)
    file(check(firm, workers.as_csv(made)))
    report = check(firm, workers.as_csv(made, delimiter=","))
    assert report.kind == "amendment"
    assert not report.may_file
    with pytest.raises(Refused) as refused:
        file(report)
    assert refused.value.code == "nothing_to_file"


def test_what_was_known_when_can_be_read_for_ever():
    firm, made = firms.employer(), workers.make(2, pay=6_000_000)
    moments = [dt.datetime(2026, 5, day, 3, tzinfo=dt.UTC) for day in (5, 12, 19)]
    file(check(firm, workers.as_csv(made), at=moments[0]), at=moments[0])
    changed = [made[0]._replace(pay=7_000_000), made[1]]
    file(check(firm, workers.as_csv(changed), at=moments[1]), at=moments[1])
    file(check(firm, workers.as_csv(changed[:1]), at=moments[2]), at=moments[2])

    def known(at):
        page = wage_return.as_known_on(employer=firm, month=APRIL, at=at, by=SYSTEM)
        return [line.wage for line in page.lines]

    second = dt.timedelta(seconds=1)
    assert known(moments[0] - second) == []
    assert known(moments[0]) == known(moments[1] - second) == [6_250_000, 6_250_000]
    assert sorted(known(moments[1])) == [6_250_000, 7_250_000]
    assert known(moments[2]) == [7_250_000]
    versions = wage_return.versions(employer=firm, month=APRIL, by=SYSTEM)
    assert [(v.version, v.kind, v.workers) for v in versions] == [
        (1, "original", 2), (2, "amendment", 2), (3, "amendment", 1)
    ]  # fmt: skip
    assert sum(v.to_pay for v in versions) == 7_250_000 * 954 // 10_000 + 0


def test_a_later_class_of_risk_corrects_the_months_it_holds_for_and_no_others():
    firm, made = firms.employer(risk_class=1), workers.make(2, pay=6_000_000)
    march = Month(2026, 3)
    file(check(firm, workers.as_csv(made), month=march))
    file(check(firm, workers.as_csv(made)))
    RiskClass.objects.create(
        worksite=Worksite.objects.get(employer_id=firm), from_month=APRIL, activity="Tambang", risk_class=5,
        evidence="Kunjungan", state="confirmed",
    )  # fmt: skip
    assert not check(firm, workers.as_csv(made, delimiter=","), month=march).may_file
    report = check(firm, workers.as_csv(made, delimiter=","))
    assert report.to_pay == 2 * 6_250_000 * 150 // 10_000
    file(report)
    require_owed_is_what_stands(firm)


def test_rows_that_cannot_be_read_do_not_withdraw_their_worker():
    firm, made = firms.employer(), workers.make(3, pay=6_000_000)
    file(check(firm, workers.as_csv(made)))
    lines = [workers.TITLES, *workers.rows(made[:2]), (made[2].nik, made[2].name, "salah", "", "", "")]
    report = check(firm, workers.table(lines))
    assert report.stopped == 1
    assert "fewer_withdrawn" not in report.counts
    assert report.workers == 3
