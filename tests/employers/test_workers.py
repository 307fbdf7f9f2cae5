"""An employer sees its own people, masked; each look is recorded, so that they can read who looked."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers import actions, queries
from teduh.employers.models import Employment, Staff
from teduh.journeys.worker import seen_by_employer
from teduh.law.months import Month
from teduh.registry import actions as registry
from teduh.registry import facts
from teduh.security import queries as audit
from teduh.security.access import SYSTEM
from teduh.security.models import Role
from tests import factories
from tests.journeys import employed as work

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 10, 20)
NAMES = ("Slamet Rahardjo", "Siti Aminah", "Budi Santoso")


@pytest.fixture
def firm():
    return work.firm()


@pytest.fixture
def boss(firm):
    account = factories.user(Role.EMPLOYER)
    Staff.objects.create(employer=firm, user=account, role="viewer", from_day=ON)
    return factories.actor(account=account)


@pytest.fixture
def people(firm) -> list[int]:
    given = [
        facts.Admitted(nik=f"357802050585{n:04d}", name=name, birth_date="1985-05-05", sex="M")
        for n, name in enumerate(NAMES, 1)
    ]
    persons = [person for person, _ in registry.admit(people=given, by=SYSTEM, on=dt.date(2026, 9, 1))]
    site = firm.worksites.get().id
    rows = [(person, site, f"EMP-{n}", "permanent", dt.date(2026, 9, 1)) for n, person in enumerate(persons, 1)]
    actions.employ(rows=rows, employer=firm.id, by=SYSTEM, on=dt.date(2026, 9, 1))
    return persons


def listed(firm, by, **how) -> list[str]:
    return [one.name for one in queries.workers(by=by, employer=firm.id, on=ON, **how).workers]


def test_the_list_is_masked_and_each_person_can_read_who_looked(firm, boss, people):
    page = queries.workers(by=boss, employer=firm.id, on=ON)
    assert {(one.name, one.nik) for one in page.workers} == {
        ("Budi S.", "357802••••••0003"), ("Siti A.", "357802••••••0002"), ("Slamet R.", "357802••••••0001"),
    }  # fmt: skip
    assert (page.count, page.after) == (3, "")
    assert [read.who for read in audit.reads_of(records=people[:1])] == [boss.name]


@pytest.mark.parametrize("sought", ["slamet", "RAHARDJO", "3578020505850001", "emp-1", " Slamet  Raha"])
def test_somebody_is_found_by_name_nik_and_the_firms_own_number(firm, boss, people, sought):
    assert listed(firm, boss, search=sought) == ["Slamet R."]


def test_pages_follow_one_another_without_missing_anybody(firm, boss, people):
    first = queries.workers(by=boss, employer=firm.id, on=ON, limit=2)
    second = queries.workers(by=boss, employer=firm.id, on=ON, limit=2, after=first.after)
    assert sorted(one.person for one in (*first.workers, *second.workers)) == sorted(people)
    assert second.after == ""


@pytest.mark.parametrize(("month", "is_there"), [(Month(2026, 8), 0), (Month(2026, 9), 3), (Month(2026, 10), 2)])
def test_a_month_has_those_who_worked_in_it(firm, boss, people, month, is_there):
    first = Employment.objects.get(person=people[0])
    actions.end(rows=[(first.id, dt.date(2026, 9, 30), "resigned")], by=SYSTEM, on=ON)
    assert queries.workers(by=boss, employer=firm.id, month=month).count == is_there


def test_who_left_is_found_by_a_search_and_not_in_the_list(firm, boss, people):
    first = Employment.objects.get(person=people[0])
    actions.end(rows=[(first.id, dt.date(2026, 9, 30), "resigned")], by=SYSTEM, on=ON)
    assert "Slamet R." not in listed(firm, boss)
    assert listed(firm, boss, search="slamet") == ["Slamet R."]
    assert "Slamet R." in listed(firm, boss, with_left=True)


def test_one_worker_has_his_wages_here_with_what_they_cost_and_when_they_were_paid(firm, boss, people):
    job = Employment.objects.get(person=people[0])
    _, bill = work.filed(firm, Month(2026, 9), {job: 5_000_000})
    seen = seen_by_employer.worker(by=boss, employer=firm.id, employment=job.id, on=ON)
    assert [(one.month, one.wage, one.total, one.paid_on) for one in seen.months] == [
        (Month(2026, 9), 5_000_000, bill.amount, None)
    ]
    work.settle(bill, dt.date(2026, 10, 12))
    seen = seen_by_employer.worker(by=boss, employer=firm.id, employment=job.id, on=ON)
    assert [one.paid_on for one in seen.months] == [dt.date(2026, 10, 12)]


def test_wages_elsewhere_are_not_shown(firm, boss, people):
    other = work.firm("PT Lain")
    elsewhere = work.job(other, people[0])
    work.filed(other, Month(2026, 9), {elsewhere: 9_000_000})
    mine = Employment.objects.get(person=people[0], employer=firm)
    assert queries.worker(by=boss, employer=firm.id, employment=mine.id, on=ON).months == ()
    for employer in (firm.id, other.id):
        with pytest.raises(Refused) as refused:
            queries.worker(by=boss, employer=employer, employment=elsewhere.id, on=ON)
        assert refused.value.status == 404


def test_an_amended_month_shows_what_stands_now_and_a_withdrawn_one_nothing(firm, boss, people):
    job = Employment.objects.get(person=people[0])
    work.filed(firm, Month(2026, 9), {job: 5_000_000})
    work.filed(firm, Month(2026, 9), {job: 6_000_000})
    assert [one.wage for one in queries.months(employment=job.id)] == [6_000_000]
    work.filed(firm, Month(2026, 9), {job: 6_000_000}, withdrawn=[job])
    assert queries.months(employment=job.id) == ()


def test_an_officer_needs_a_purpose_and_an_outsider_finds_nothing(firm, people):
    officer = factories.actor(Role.OFFICER)
    with pytest.raises(Refused, match="purpose_missing"):
        listed(firm, officer)
    assert len(listed(firm, officer, why="Memeriksa laporan")) == 3
    with pytest.raises(Refused, match="not_your_employer"):
        listed(firm, factories.actor(Role.EMPLOYER), why="ingin tahu")


def test_an_accountant_with_many_firms_reads_them_in_one_statement(django_assert_num_queries):
    account = factories.user(Role.EMPLOYER)
    for n in range(12):
        Staff.objects.create(employer=work.firm(f"PT {n:02d}"), user=account, role="filer", from_day=ON)
    by = factories.actor(account=account)
    with django_assert_num_queries(1):
        rows = queries.firms_of(by=by)
    assert [row.name for row in rows] == [f"PT {n:02d}" for n in range(12)]
