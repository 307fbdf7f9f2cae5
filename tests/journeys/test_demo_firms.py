"""The made-up employers are what they say: their months through the real journeys, books that balance, once."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.contributions import wage_queries
from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.employers import queries as employers
from teduh.employers.models import Employer, Employment, Project
from teduh.journeys import demo, demo_firms
from teduh.journeys.employers import desk
from teduh.journeys.money import statement
from teduh.law.months import Month
from teduh.ledger import queries as books
from teduh.national import workplaces
from teduh.registry.models import Account, Person
from teduh.security.access import actor_of
from teduh.security.models import User

ON = dt.date(2026, 8, 20)
AT = dt.datetime(2026, 8, 20, 8, 30, tzinfo=JAKARTA)
LAST = Month(2026, 7)
ROLES = {
    "agent": "agent", "officer": "officer", "employer": "employer", "accountant": "employer", "inspector": "inspector",
    "worker": "member",
}  # fmt: skip


@pytest.fixture(scope="module")
def world(own_database, regions):
    from teduh.employers import reference
    from teduh.registry import actions

    with own_database():
        actions.load_reference()
        reference.load_reference()
        accounts = {name: User.objects.create(username=f"{name}1", role=role).pk for name, role in ROLES.items()}
        demo.create(people=60, seed=5, on=ON, at=AT, accounts=accounts)
        demo_firms.create(on=ON, at=AT, accounts=accounts)
        yield accounts


def firm(key):
    name = next(one.name for one in workplaces.WORKPLACES if one.key == key)
    return Employer.objects.get(name=name).pk


def state(key):
    return desk.states(employers=[firm(key)], on=ON)[firm(key)]


def filed(key):
    return sql.rows(
        "SELECT month, version, kind, workers FROM employers_wagereturn WHERE employer_id = %s AND state = 'filed' "
        "ORDER BY month, version",
        [firm(key)],
    )


def test_six_firms_are_there_and_are_made_once(world):
    before = (Employer.objects.count(), Person.objects.count())
    assert before[0] == 6 and demo_firms.is_created()
    demo_firms.create(on=ON, at=AT, accounts=world)
    assert (Employer.objects.count(), Person.objects.count()) == before


def test_the_books_balance_and_hold_what_was_billed_and_paid(world):
    assert books.trial_balance(on=ON).balanced
    assert statement.check(on=ON) == ()


def test_months_are_reported_up_to_the_last_but_one_that_a_shop_missed(world):
    assert state(workplaces.SHOP).missing == (LAST.plus(-1),)
    for place in workplaces.WORKPLACES:
        if place.key != workplaces.SHOP:
            assert state(place.key).missing == (), place.key


def test_who_pays_in_time_owes_nothing_and_has_no_penalty(world):
    assert state(workplaces.WORKSHOP).state == "good"
    ageing = wage_queries.ageing(employers=[firm(workplaces.WORKSHOP)], on=ON)
    assert not ageing or ageing[firm(workplaces.WORKSHOP)].to_pay == 0


def test_the_factory_corrected_a_month_by_a_second_version_with_a_bill_for_the_difference(world):
    kinds = [(kind, version) for _, version, kind, _ in filed(workplaces.GARMENT)]
    assert kinds.count(("amendment", 2)) == 1
    bills = desk.bills_of(employer=firm(workplaces.GARMENT), on=ON)
    assert min(one.row.amount for one in bills) * 100 < max(one.row.amount for one in bills)


def test_the_cannery_paid_a_month_late_and_its_penalties_came_with_the_next_bill(world):
    penalties = sql.rows(
        "SELECT p.amount, p.settled_on FROM contributions_penalty p JOIN payments_bill b ON b.id = p.late_bill_id "
        "WHERE b.employer_id = %s AND p.cancelled_on IS NULL",
        [firm(workplaces.CANNERY)],
    )
    assert len(penalties) == 4 and all(amount > 0 for amount, _ in penalties)
    assert any(settled for _, settled in penalties)
    assert {number for (number,) in sql.rows(
        "SELECT DISTINCT w.number FROM employers_employment e JOIN employers_worksite w ON w.id = e.worksite_id "
        "WHERE e.employer_id = %s", [firm(workplaces.CANNERY)])} == {1, 2}  # fmt: skip


def test_the_joinery_is_in_arrears_and_was_warned_once_in_writing(world):
    now = state(workplaces.JOINERY)
    assert now.state == "arrears" and now.arrears_months >= 3 and now.penalty > 0
    steps = sql.rows("SELECT kind, until FROM employers_step ORDER BY id")
    assert [kind for kind, _ in steps] == ["visit", "warning_1"] and steps[1][1] is not None


def test_the_builder_paid_in_part_and_has_a_project_in_terms(world):
    (last, *_) = (one for one in desk.bills_of(employer=firm(workplaces.BUILDER), on=ON)
                  if one.month == LAST and one.row.kind == "wages")  # fmt: skip
    assert last.row.state == "part" and 0 < last.row.remaining < last.row.amount
    project = Project.objects.get()
    assert (project.state, project.workers.count()) == ("running", 12)


def test_one_was_dismissed_and_is_not_on_the_last_return(world):
    ended = Employment.objects.get(employer=firm(workplaces.WORKSHOP), cause="dismissed")
    assert ended.ended_on == LAST.plus(-1).last
    assert [workers for *_, workers in filed(workplaces.WORKSHOP)] == [12, 12, 12, 12, 11]


def test_some_work_for_two_firms_and_some_for_themselves_besides(world):
    twice = sql.rows(
        "SELECT person_id FROM employers_employment WHERE ended_on IS NULL GROUP BY person_id HAVING count(*) > 1"
    )
    assert len(twice) == demo_firms.AT_TWO
    own = sql.rows(
        "SELECT count(DISTINCT e.person_id) FROM employers_employment e JOIN registry_enrolment r USING (person_id) "
        "WHERE e.employer_id = %s",
        [firm(workplaces.WORKSHOP)],
    )
    assert own == [(demo_firms.ALSO_OWN,)]


def test_the_accountant_files_for_three_firms_and_the_worker_signs_in_as_himself(world):
    accountant = actor_of(User.objects.get(pk=world["accountant"]))
    rows = employers.firms_of(by=accountant)
    assert len(rows) == 3 and {row.role for row in rows} == {"filer"}
    person = Account.objects.get(user_id=world["worker"]).person_id
    jobs = sql.rows("SELECT employer_id FROM employers_employment WHERE person_id = %s", [person])
    assert {employer for (employer,) in jobs} == {firm(workplaces.GARMENT), firm(workplaces.SHOP)}
