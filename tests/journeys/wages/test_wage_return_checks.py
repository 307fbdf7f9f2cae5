"""What the check of a return says about people, places and wages, and what it then files of them."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.employers import actions as employers
from teduh.employers import reference
from teduh.employers.models import Employment, Leaving, WageLine
from teduh.journeys.wages import wage_return
from teduh.law.months import Month
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.data.returns import workers
from tests.employers import firms
from tests.journeys.wages.test_wage_return import APRIL, MAY, check, file

JUNE = dt.date(2026, 6, 3)
TITLES = ("NIK", "Nama", "Upah", "Tunj. Tetap", "Tunj. Tidak Tetap")
ANA = workers.make(1, seed=40)[0]

pytestmark = pytest.mark.usefixtures("db")


def one(*cells, titles=TITLES, firm=None, month=APRIL, **more):
    """The report of a sheet with one row."""
    return check(firm or firms.employer(), workers.table([titles, cells]), month=month, **more)


def codes(report, number=2):
    return {found.code for found in report.findings if found.number == number}


def test_a_nik_in_two_rows_stops_the_second_and_says_what_to_do():
    row = (ANA.nik, ANA.name, "6000000")
    report = check(firms.employer(), workers.table([TITLES, row, row]))
    (found,) = [f for f in report.findings if f.severity == "stop"]
    assert (found.number, found.code) == (3, "nik_twice")
    assert "2" in found.text.id
    assert found.then
    assert report.workers == 1


def test_a_nik_with_an_impossible_day_stops_somebody_new():
    report = one("3171019901900001", "Ana", "6000000")
    assert "nik_wrong" in codes(report)
    assert report.stopped == 1


def test_a_new_workers_birth_date_and_sex_come_from_the_nik_with_a_warning():
    report = one("3171015708850001", "Ana Wati", "6000000")
    assert {"birth_from_nik", "sex_from_nik", "new_worker"} <= codes(report)
    file(report)
    person = Person.objects.get()
    assert (person.birth_date, person.sex) == (dt.date(1985, 8, 17), "F")


def test_another_name_under_a_known_nik_is_a_warning_and_a_spelling_is_none():
    firm = firms.employer()
    file(one(ANA.nik, "Muhammad Rizky", "6000000", firm=firm))
    assert "name_differs" not in codes(one(ANA.nik, "MUH. RISKI", "6000000", firm=firm, month=MAY, on=JUNE))
    report = one(ANA.nik, "Joko Susilo", "6000000", firm=firm, month=MAY, on=JUNE)
    (found,) = [f for f in report.findings if f.code == "name_differs"]
    assert "Rizky" not in found.text.id  # masked
    assert report.may_file


def test_a_member_number_is_believed_with_the_name_and_refused_with_another():
    firm, titles = firms.employer(), ("KPJ", "Nama", "Upah")
    person = Person.objects.get(id=factories.people(1)[0])
    assert one(person.member_number, person.name, "6000000", titles=titles, firm=firm).may_file
    report = one(person.member_number, "Lain Sekali", "6000000", titles=titles, firm=firm)
    assert codes(report) >= {"kpj_unknown"}
    assert person.name not in str(report)
    report = one("99999999999", "Ana", "6000000", titles=titles, firm=firm)
    assert codes(report) >= {"kpj_unknown"}


def test_who_works_for_another_employer_too_is_noted_and_filed():
    file(one(ANA.nik, ANA.name, "6000000"))
    report = one(ANA.nik, ANA.name, "5500000")
    assert "other_employer" in codes(report)
    file(report)
    assert Employment.objects.count() == 2
    assert Person.objects.count() == 1


def test_who_left_stops_until_a_new_start_date_is_given():
    firm = firms.employer()
    file(one(ANA.nik, ANA.name, "6000000", firm=firm))
    employment = Employment.objects.get()
    left = dt.date(2026, 4, 30)
    employers.end(rows=[(employment.id, left, "resigned")], by=SYSTEM, on=left)
    report = one(ANA.nik, ANA.name, "6000000", firm=firm, month=MAY, on=JUNE)
    assert "ended_listed" in codes(report)
    titles = (*TITLES[:3], "Tgl Masuk")
    report = one(ANA.nik, ANA.name, "6000000", "11-05-2026", titles=titles, firm=firm, month=MAY, on=JUNE)
    assert report.stopped == 0
    file(report, on=JUNE)
    assert list(Employment.objects.order_by("id").values_list("started_on", flat=True)) == [
        APRIL.first, dt.date(2026, 5, 11)
    ]  # fmt: skip


def test_an_unknown_worksite_stops_and_a_known_one_decides_the_risk_class():
    firm = firms.employer(risk_class=1)
    firms.worksite(firm, number=2, risk_class=5)
    titles = ("NIK", "Nama", "Upah", "Tempat Kerja")
    report = one(ANA.nik, ANA.name, "6000000", "7", titles=titles, firm=firm)
    assert "site_unknown" in codes(report)
    assert "1 (Lokasi 1), 2 (Lokasi 2)" in str([f.text.id for f in report.findings if f.code == "site_unknown"])
    report = one(ANA.nik, ANA.name, "6000000", "lokasi 2", titles=titles, firm=firm)
    assert report.lines[0].risk_class == 5
    assert report.lines[0].amounts["JKK.employer"] == 104_400
    assert "site_missing" in codes(one(ANA.nik, ANA.name, "6000000", firm=firm))
    file(check(firm, workers.table([titles, (ANA.nik, ANA.name, "6000000", "2")])))
    report = one(ANA.nik, ANA.name, "6000000", "1", titles=titles, firm=firm, month=MAY, on=JUNE)
    assert "site_changed" in codes(report)
    file(report, on=JUNE)
    assert Employment.objects.get().worksite.number == 1
    assert list(WageLine.objects.order_by("id").values_list("risk_class", flat=True)) == [5, 1]


@pytest.mark.usefixtures("regions")
def test_a_wage_below_the_regional_minimum_is_a_warning_with_amount_source_and_status():
    reference.load_reference()
    firm = firms.employer(region="31.71")
    (least,) = reference.minimum_wage(regions=["31.71"], on=APRIL.first).values()
    for wage, is_below in ((least.amount - 1, True), (least.amount, False), (least.amount + 1, False)):
        report = one(ANA.nik, ANA.name, str(wage), firm=firm)
        assert ("below_minimum" in codes(report)) is is_below
        assert report.may_file
        if is_below:
            (found,) = [f for f in report.findings if f.code == "below_minimum"]
            assert least.source in found.text.id
            assert found.status == least.status


@pytest.mark.parametrize(
    ("cells", "code"),
    [(("4199999",), "dropped"), (("4200000",), None), (("60000000",), "tenfold"), (("600000",), "tenfold"),
     (("5000000", "", "1000000"), "moved_out"), (("4000000", "2000000"), "base_too_small"),
     (("4500000", "1500000"), None), (("6000000", "", "6000001"), "mostly_variable"),
     (("6000000", "", "6000000"), None)],
)  # fmt: skip
def test_wages_that_changed_in_a_way_to_look_at_twice(cells, code):
    firm = firms.employer()
    file(one(ANA.nik, ANA.name, "6000000", firm=firm))
    report = one(ANA.nik, ANA.name, *cells, firm=firm, month=MAY, on=JUNE)
    suspicious = {"dropped", "tenfold", "moved_out", "base_too_small", "mostly_variable"} & codes(report)
    assert suspicious == ({code} if code else set())
    assert report.difference.suspicious.people == bool(code)
    assert report.may_file


@pytest.mark.parametrize(
    ("cells", "code"),
    [(("0",), "no_wage"), (("",), "pay_missing"), (("", "", "500000"), "variable_only"), (("abc",), "pay_unreadable"),
     (("9999",), "in_thousands")],
)  # fmt: skip
def test_wages_that_cannot_be_filed(cells, code):
    report = one(ANA.nik, ANA.name, *cells)
    assert code in codes(report)
    assert report.stopped == 1
    assert not report.may_file


@pytest.mark.parametrize(
    ("kind", "pay", "wage"),
    [("harian", "200000", 5_250_000), ("borongan", "15000001", 5_250_000), ("borongan cuaca", "60000006", 5_250_001),
     ("bulanan", "5000000", 5_250_000)],
)  # fmt: skip
def test_daily_wages_times_25_and_piece_work_averaged(kind, pay, wage):
    report = one(ANA.nik, ANA.name, pay, "250000", kind, titles=(*TITLES[:4], "Cara Bayar"))
    assert report.lines[0].wage == wage
    assert report.wages == wage


@pytest.mark.parametrize(
    ("born", "takes_part"), [(dt.date(1972, 5, 6), True), (dt.date(1972, 5, 5), False), (dt.date(1972, 5, 4), False)]
)
def test_jkp_takes_those_who_are_not_54_on_the_day_of_registration(born, takes_part):
    nik = f"317101{born:%d%m%y}0001"
    report = one(nik, "Budi", "6000000")  # registered on 5 May 2026
    assert ("JKP" in report.lines[0].programmes) is takes_part
    assert ("jkp_not" in codes(report)) is not takes_part


def test_jkp_asks_for_citizens_employments_and_the_firms_other_programmes():
    titles = ("NIK", "Nama", "Upah", "Kewarganegaraan", "Status Kerja")
    assert "JKP" in one(ANA.nik, ANA.name, "6000000", "WNI", "PKWT", titles=titles).lines[0].programmes
    assert "JKP" not in one(ANA.nik, ANA.name, "6000000", "WNA", "PKWT", titles=titles).lines[0].programmes
    assert "JKP" not in one(ANA.nik, ANA.name, "6000000", "WNI", "mitra", titles=titles).lines[0].programmes
    small = firms.employer(size="large", programmes=("JKK", "JKM", "JHT"))
    assert one(ANA.nik, ANA.name, "6000000", firm=small).lines[0].programmes == ("JKK", "JKM", "JHT")


def test_a_month_that_has_not_begun_is_not_filed():
    for on, may in ((dt.date(2026, 3, 31), False), (dt.date(2026, 4, 1), True), (dt.date(2026, 4, 2), True)):
        assert one(ANA.nik, ANA.name, "6000000", on=on).may_file is may


def test_the_report_names_nobody_in_full_and_shows_no_nik():
    report = check(firms.employer(), workers.as_csv([ANA._replace(name="Rahasia Sekali Namanya")]))
    assert ANA.nik not in str(report)
    assert "Sekali" not in str(report)
    assert report.lines[0].worker == "Rahasia S. N."


def test_the_original_row_is_read_back_as_it_came():
    firm = firms.employer()
    filed = file(check(firm, workers.table([TITLES, ("'" + ANA.nik, ANA.name, "Rp 6.000.000,-")])))
    (line,) = wage_return.lines(wage_return=filed.wage_return, by=SYSTEM).lines
    row = wage_return.original_row(line=line.line, by=SYSTEM)
    assert dict(row.cells)["Upah"] == "Rp 6.000.000,-"
    assert row.number == 2


def test_a_month_is_assessed_by_what_held_in_it():
    firm = firms.employer(from_month=Month(2025, 1))
    january = check(firm, workers.as_csv([ANA._replace(pay=20_000_000, allowances=0)]), month=Month(2026, 1))
    march = check(firm, workers.as_csv([ANA._replace(pay=20_000_000, allowances=0)]), month=Month(2026, 3))
    jp = [next(t for t in report.totals if t.programme == "JP").worker for report in (january, march)]
    assert jp[0] < jp[1]  # the ceiling is raised each March


@pytest.mark.parametrize(
    ("last_day", "pay", "code"),
    [("31-03-2026", "", "end_before_start"), ("01-04-2026", "", None), ("30-04-2026", "6000000", "ended_listed"),
     ("01-05-2026", "6000000", None), ("31-05-2026", "6000000", None)],
)  # fmt: skip
def test_a_last_day_told_with_the_return_of_may(last_day, pay, code):
    firm = firms.employer()
    file(one(ANA.nik, ANA.name, "6000000", firm=firm))  # works from 1 April 2026
    titles = ("NIK", "Nama", "Upah", "Tgl Keluar", "Alasan")
    report = one(ANA.nik, ANA.name, pay, last_day, "PHK", titles=titles, firm=firm, month=MAY, on=JUNE)
    assert {"end_before_start", "ended_listed"} & codes(report) == ({code} if code else set())
    if code:
        assert report.stopped == 1
        return
    assert file(report, on=JUNE).workers == bool(pay)
    assert Employment.objects.get().cause == Leaving.objects.get().cause == "dismissed"
    assert f"{Employment.objects.get().ended_on:%d-%m-%Y}" == last_day
