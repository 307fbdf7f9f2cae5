"""A wage return from the check to the bill: what is shown is what is filed, once, by whoever may."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.contributions.models import WageDue
from teduh.core.errors import Refused
from teduh.employers.models import Employment, WageLine, WageReturn
from teduh.journeys.wages import wage_return
from teduh.law.months import Month
from teduh.payments.models import Bill
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from teduh.security.models import Role
from tests import factories
from tests.data.returns import workers
from tests.employers import firms

MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)
ON = dt.date(2026, 5, 5)
AT = dt.datetime(2026, 5, 5, 3, tzinfo=dt.UTC)

pytestmark = pytest.mark.usefixtures("db")


def check(firm, content, *, month=APRIL, by=SYSTEM, on=ON, at=AT, **more):
    return wage_return.check(employer=firm, month=month, content=content, name="upah.csv", by=by, on=on, at=at, **more)


def file(report, *, by=SYSTEM, on=ON, at=AT, **more):
    return wage_return.file(wage_return=report.wage_return, by=by, on=on, at=at, **more)


def test_what_the_check_shows_is_what_the_bill_asks_for():
    firm = firms.employer()
    report = check(firm, workers.as_csv(workers.make(20)))
    assert report.may_file, report.why_not
    assert report.kind == "original"
    filed = file(report)
    assert filed.bill_amount == report.to_pay == Bill.objects.get(id=filed.bill).amount
    assert filed.workers == report.workers == 20 == WageLine.objects.count() == Employment.objects.count()
    dues = WageDue.objects.all()
    for total in report.totals:
        for share, amount in (("employer", total.employer), ("worker", total.worker)):
            name = (
                total.programme.lower() if total.programme in ("JKK", "JKM") else f"{total.programme.lower()}_{share}"
            )
            if total.programme != "JKP" and (share == "employer" or total.programme in ("JHT", "JP")):
                assert sum(getattr(due, name) for due in dues) == amount


def test_a_wage_of_six_million_in_risk_class_two_owes_each_programme_to_the_rupiah():
    firm = firms.employer(risk_class=2)
    report = check(firm, workers.as_csv([workers.make(1)[0]._replace(pay=6_000_000, allowances=0)]))
    (line,) = report.lines
    assert line.wage == 6_000_000
    assert dict(line.amounts) | {} == {
        "JKK.employer": 32_400, "JKM.employer": 18_000, "JHT.employer": 222_000, "JHT.worker": 120_000,
        "JP.employer": 120_000, "JP.worker": 60_000, "JKP.moved": line.amounts["JKP.moved"],
        "JKP.state": line.amounts["JKP.state"],
    }  # fmt: skip
    assert line.total == 572_400


def test_filing_twice_is_filing_once():
    firm = firms.employer()
    report = check(firm, workers.as_csv(workers.make(3)))
    first = file(report)
    assert file(report) == first
    again = check(firm, workers.as_csv(workers.make(3)))
    assert again.wage_return == report.wage_return
    assert again.state == "filed"
    assert file(again) == first
    assert WageReturn.objects.count() == Bill.objects.count() == 1
    assert WageLine.objects.count() == Person.objects.count() == 3


def test_a_second_clerks_check_takes_the_place_of_the_first_who_is_told():
    firm = firms.employer()
    first = check(firm, workers.as_csv(workers.make(3)))
    second = check(firm, workers.as_csv(workers.make(4)))
    assert first.wage_return != second.wage_return
    with pytest.raises(Refused) as refused:
        file(first)
    assert refused.value.code == "return_replaced"
    assert file(second).workers == 4


def test_rows_that_cannot_be_filed_keep_the_return_back_unless_left_out():
    firm = firms.employer()
    made = workers.make(3)
    report = check(firm, workers.as_csv([*made, made[0]._replace(nik="3.17101E+15")]))
    assert report.stopped == 1
    assert not report.may_file
    assert report.counts["nik_excel"] == 1
    with pytest.raises(Refused) as refused:
        file(report)
    assert refused.value.code == "return_has_stops"
    filed = file(report, without_stopped=True)
    assert (filed.workers, filed.left_out) == (3, 1)
    assert wage_return.report(wage_return=filed.wage_return, by=SYSTEM, on=ON).counts["nik_excel"] == 1


def test_next_month_says_who_joined_left_is_missing_and_whose_wage_changed():
    firm = firms.employer()
    made = workers.make(6, pay=6_000_000)
    file(check(firm, workers.as_csv(made)))
    lines = [
        ("NIK", "Nama", "Upah", "Tunj. Tetap", "Tgl Keluar", "Alasan"),
        (made[0].nik, made[0].name, 6_000_000, 250_000, "", ""),
        (made[1].nik, made[1].name, 6_500_000, 250_000, "", ""),
        (made[2].nik, made[2].name, 3_000_000, 250_000, "", ""),
        (made[3].nik, made[3].name, "", "", "31-05-2026", "resign"),
        (workers.make(1, seed=9)[0].nik, "Orang Baru", 6_000_000, 0, "", ""),
    ]
    report = check(firm, workers.table(lines), month=MAY, on=dt.date(2026, 6, 3))
    found = {name: getattr(report.difference, name).people for name in
             ("joined", "left", "up", "down", "same", "missing", "suspicious")}  # fmt: skip
    assert found == {"joined": 1, "left": 1, "up": 1, "down": 1, "same": 1, "missing": 2, "suspicious": 1}
    assert {"dropped", "missing_people", "start_missing", "birth_from_nik"} <= set(report.counts)
    file(report, on=dt.date(2026, 6, 3))
    ended = Employment.objects.get(ended_on=dt.date(2026, 5, 31))
    assert ended.cause == "resigned"
    assert WageLine.objects.filter(month=MAY).count() == 4


def test_a_correction_of_some_rows_files_the_difference_only():
    firm = firms.employer()
    made = workers.make(5, pay=6_000_000)
    first = file(check(firm, workers.as_csv(made)))
    changed = [made[1]._replace(pay=7_000_000)]
    report = check(firm, workers.as_csv(changed), only_changes=True)
    assert report.kind == "amendment"
    assert report.to_pay == 95_400  # 9.54 % of a million
    assert report.workers == 5
    filed = file(report)
    assert filed.version == 2
    assert filed.bill_amount == 95_400
    assert WageLine.objects.filter(wage_return=filed.wage_return).count() == 1
    known = wage_return.as_known_on(employer=firm, month=APRIL, at=AT, by=SYSTEM)
    assert sum(line.wage for line in known.lines) == 5 * 6_250_000 + 1_000_000
    assert [v.version for v in wage_return.versions(employer=firm, month=APRIL, by=SYSTEM)] == [1, 2]
    assert sum(line.wage for line in wage_return.lines(wage_return=first.wage_return, by=SYSTEM).lines) == 31_250_000


def test_a_full_list_without_a_worker_withdraws_him():
    firm = firms.employer()
    made = workers.make(3, pay=6_000_000)
    file(check(firm, workers.as_csv(made)))
    report = check(firm, workers.as_csv(made[:2]))
    assert report.counts["fewer_withdrawn"] == 1
    assert report.to_pay == -6_250_000 * 954 // 10_000
    filed = file(report)
    line = WageLine.objects.get(wage_return=filed.wage_return)
    assert line.withdrawn
    assert filed.workers == 2


def test_a_nil_return_is_told_once_and_corrected_by_a_report_of_workers():
    firm = firms.employer()
    nil = wage_return.nil(employer=firm, month=APRIL, why="Belum ada pekerja", by=SYSTEM, on=ON, at=AT)
    assert wage_return.nil(employer=firm, month=APRIL, why="Lain", by=SYSTEM, on=ON, at=AT) == nil
    assert wage_return.report(wage_return=nil.wage_return, by=SYSTEM, on=ON).kind == "nil"
    report = check(firm, workers.as_csv(workers.make(2)))
    assert report.kind == "amendment"
    filed = file(report)
    assert (filed.version, filed.workers, filed.bill_amount) == (2, 2, report.to_pay)


def test_another_firms_clerk_reads_nothing():
    owner = factories.user(Role.EMPLOYER)
    firm = firms.employer(owner=owner)
    stranger = factories.actor(Role.EMPLOYER)
    report = check(firm, workers.as_csv(workers.make(2)), by=factories.actor(Role.EMPLOYER, account=owner))
    for work in (
        lambda: check(firm, workers.as_csv(workers.make(2)), by=stranger),
        lambda: wage_return.report(wage_return=report.wage_return, by=stranger, on=ON),
        lambda: file(report, by=stranger),
        lambda: wage_return.mended_sheet(wage_return=report.wage_return, by=stranger),
        lambda: wage_return.prefilled(employer=firm, month=APRIL, by=stranger, on=ON),
        lambda: wage_return.versions(employer=firm, month=APRIL, by=stranger),
    ):
        with pytest.raises(Refused) as refused:
            work()
        assert refused.value.status == 404


def test_lines_findings_and_drafts_are_read_page_by_page():
    firm, made = firms.employer(), workers.make(7)
    report = check(firm, workers.as_csv(made))
    first = wage_return.drafts(wage_return=report.wage_return, by=SYSTEM, on=ON, limit=5)
    rest = wage_return.drafts(wage_return=report.wage_return, by=SYSTEM, on=ON, after=first.after, limit=5)
    assert (*first.lines, *rest.lines) == report.lines
    assert rest.after is None
    assert sum(line.total for line in report.lines) == report.to_pay
    said = wage_return.findings(wage_return=report.wage_return, by=SYSTEM, on=ON, code="new_worker", limit=3)
    assert [found.number for found in said.findings] == [2, 3, 4]
    assert said.after == 3
    filed = file(report)
    page = wage_return.lines(wage_return=filed.wage_return, by=SYSTEM, limit=4)
    more = wage_return.lines(wage_return=filed.wage_return, by=SYSTEM, after=page.after, limit=4)
    assert [line.number for line in (*page.lines, *more.lines)] == [2, 3, 4, 5, 6, 7, 8]
    member = page.lines[2].member_number
    (found,) = wage_return.lines(wage_return=filed.wage_return, by=SYSTEM, search=member).lines
    assert found == page.lines[2]
    (found,) = wage_return.lines(wage_return=filed.wage_return, by=SYSTEM, search=made[4].nik).lines
    assert found.number == 6


def test_what_was_discarded_is_not_filed_and_may_be_checked_again():
    firm = firms.employer()
    report = check(firm, workers.as_csv(workers.make(2)))
    wage_return.discard(wage_return=report.wage_return, by=SYSTEM, on=ON)
    with pytest.raises(Refused) as refused:
        file(report)
    assert refused.value.code == "return_replaced"
    filed = file(check(firm, workers.as_csv(workers.make(2))))
    with pytest.raises(Refused) as refused:
        wage_return.discard(wage_return=filed.wage_return, by=SYSTEM, on=ON)
    assert refused.value.code == "return_filed"


def test_a_preparer_checks_and_does_not_file_and_an_officer_says_why():
    account = factories.user(Role.EMPLOYER)
    firm = firms.employer()
    firms.staff(firm, account, "preparer")
    by = factories.actor(Role.EMPLOYER, account=account)
    report = check(firm, workers.as_csv(workers.make(2)), by=by)
    with pytest.raises(Refused) as refused:
        file(report, by=by)
    assert refused.value.code == "not_for_this_role"
    officer = factories.actor(Role.OFFICER)
    with pytest.raises(Refused) as refused:
        file(report, by=officer)
    assert refused.value.code == "purpose_missing"
    assert file(report, by=officer, why="Dibantu di loket").version == 1


def test_a_months_wages_may_be_reported_again_as_first_filed_after_a_correction():
    firm, made = firms.employer(), workers.make(2, pay=6_000_000)
    first = workers.as_csv(made)
    file(check(firm, first))
    file(check(firm, workers.as_csv([made[0]._replace(pay=7_000_000), made[1]])))
    filed = file(check(firm, first))
    assert filed.version == 3
    known = wage_return.as_known_on(employer=firm, month=APRIL, at=AT, by=SYSTEM)
    assert [line.wage for line in known.lines] == [6_250_000, 6_250_000]
