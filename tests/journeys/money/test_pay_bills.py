"""Who may bill whom, for which months, and that asking twice makes one bill."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.money import pay, statement
from teduh.law.months import Month
from teduh.payments import qris
from teduh.registry.models import Enrolment, Person
from teduh.security.access import SYSTEM, Actor
from tests import factories
from tests.journeys.paying import DAY, nothing_is_wrong, notice, paid, tell

pytestmark = pytest.mark.django_db


def refusal(**wanted) -> str:
    with pytest.raises(Refused) as refused:
        pay.bill(**{"by": SYSTEM, "on": DAY, **wanted})
    return refused.value.code


def test_the_same_key_gives_the_same_bill():
    person = factories.person(on=DAY)
    first = pay.bill(people=[person], by=SYSTEM, on=DAY, key="abc")
    assert pay.bill(people=[person], by=SYSTEM, on=DAY, key="abc").id == first.id
    assert pay.bill(people=[person], by=SYSTEM, on=DAY, key="abd").id != first.id


def test_a_key_belongs_to_its_actor():
    person = factories.person(on=DAY)
    ids = {pay.bill(people=[person], by=factories.actor(), on=DAY, key="abc").id for _ in range(2)}
    assert len(ids) == 2


def test_a_bill_can_be_paid_by_its_qr():
    made = pay.bill(people=[factories.person(on=DAY)], by=SYSTEM, on=DAY)
    asked = qris.parse(made.qris)
    assert (asked.amount, asked.bill_number, asked.reference) == (made.amount, made.number, made.code)
    assert tell(notice(asked.reference, asked.amount))[0].state == "allocated"
    assert pay.view(bill=made.id, on=DAY).qris == ""


def test_every_amount_can_be_explained():
    made = pay.bill(people=[factories.person(on=DAY, programmes=("JKK", "JKM", "JHT"))], by=SYSTEM, on=DAY)
    assert all(line.articles for line in made.lines)
    (only,) = made.assessments
    assert only.total == made.amount
    assert {step["rule"] for step in only.result["steps"]} >= {"jkk_self_employed", "jkm_self_employed"}
    assert only.rulebook


def test_a_group_pays_for_each_person_the_months_he_needs():
    people = factories.people(3, on=dt.date(2026, 4, 1), income=[1_000_000, 2_000_000])
    own = pay.bill(people=[people[0]], months=2, by=SYSTEM, on=dt.date(2026, 4, 6))
    paid(own.code, own.amount, dt.date(2026, 4, 6))
    made = pay.bill(people=[], group=factories.group(people), months=2, by=SYSTEM, on=DAY)
    by_month = {str(month): sum(line.people for line in made.lines if line.month == month) for month in made.months}
    assert by_month == {"2026-05": 4, "2026-06": 6, "2026-07": 2}


def test_a_sponsored_window_leaves_out_what_is_paid_and_says_so():
    people = factories.people(2, on=DAY)
    own = pay.bill(people=[people[0]], by=SYSTEM, on=DAY)
    paid(own.code, own.amount)
    made = pay.bill(people=people, group=factories.group(), months=2, first=Month(2026, 5), by=SYSTEM, on=DAY)
    assert made.amount == 3 * 8_400
    assert any("1 bulan-orang sudah lunas" in note.id for note in made.notes)


def test_people_named_twice_are_billed_once():
    person = factories.person(on=DAY)
    made = pay.bill(people=[person, person], group=factories.group(), by=SYSTEM, on=DAY)
    assert (made.people, made.amount) == (1, 8_400)


def test_a_merged_record_is_billed_as_the_one_that_lives_on_and_its_months_count():
    kept, gone = factories.people(2, on=DAY)
    own = pay.bill(people=[gone], by=SYSTEM, on=DAY)
    paid(own.code, own.amount)
    Person.objects.filter(id=gone).update(merged_into=kept)
    Enrolment.objects.filter(person=gone).update(ended_on=DAY)
    made = pay.bill(people=[gone], first=Month(2026, 5), months=2, by=SYSTEM, on=DAY)
    assert (made.person, [str(month) for month in made.months]) == (kept, ["2026-06"])
    found = statement.statement(person=kept, by=SYSTEM, on=DAY, why="uji")
    assert found.months == 1


def test_what_cannot_be_billed_is_refused_with_a_reason():
    person = factories.person(on=DAY)
    made = pay.bill(people=[person], by=SYSTEM, on=DAY)
    paid(made.code, made.amount)
    assert refusal(people=[person], first=Month(2026, 5)) == "nothing_owed"
    assert refusal(people=[person], first=Month(2026, 1)) == "nothing_owed"
    assert refusal(people=[10**12]) == "not_found"
    assert refusal(people=[]) == "one_person"
    assert refusal(people=[person, person + 1]) == "one_person"
    assert refusal(people=[person], group=10**12) == "not_found"
    assert refusal(people=[person], months=0) == refusal(people=[person], months=13) == "bad_months"
    assert refusal(people=[person], programmes=["JKK"]) == "bad_programmes"
    assert refusal(people=[person], programmes=["JKK", "JKM", "JP"]) == "bad_programmes"
    Enrolment.objects.filter(person=person).update(ended_on=DAY)
    assert refusal(people=[person]) == "nothing_owed"


def test_a_member_bills_himself_only():
    people = factories.people(2, on=DAY)
    member = factories.actor("member", person=people[0])
    assert pay.bill(people=[people[0]], by=member, on=DAY).person == people[0]
    assert refusal(people=[people[1]], by=member) == "not_found"
    assert refusal(people=people, group=factories.group(people), by=member) == "not_found"


def test_an_agent_bills_his_own_people_and_his_groups_members_only():
    account = factories.user("agent")
    agent = factories.actor(account=account)
    own, stranger, member = factories.person(on=DAY, agent=account), *factories.people(2, on=DAY)
    group = factories.group([member], manager=account)
    assert pay.bill(people=[own], by=agent, on=DAY).people == 1
    assert pay.bill(people=[own, member], group=group, by=agent, on=DAY).people == 2
    assert refusal(people=[stranger], by=agent) == "not_found"
    assert refusal(people=[stranger], group=group, by=agent) == "not_found"
    assert refusal(people=[own], by=Actor(user=None, name="x", role="auditor")) == "not_found"


def test_a_withdrawn_bill_takes_no_money():
    made = pay.bill(people=[factories.person(on=DAY)], by=SYSTEM, on=DAY)
    assert pay.cancel(bill=made.id, by=SYSTEM, on=DAY).state == "cancelled"
    _, outcome = paid(made.code, made.amount)
    assert (outcome.state, outcome.reason) == ("suspense", "cancelled")
    nothing_is_wrong(DAY)


def test_a_bill_with_money_is_not_withdrawn():
    made = pay.bill(people=[factories.person(on=DAY)], by=SYSTEM, on=DAY)
    paid(made.code, 100)
    with pytest.raises(Refused) as refused:
        pay.cancel(bill=made.id, by=SYSTEM, on=DAY)
    assert refused.value.code == "has_money"


def test_bills_for_everyone_skip_those_who_owe_nothing():
    people = factories.people(4, on=DAY)
    Enrolment.objects.filter(person=people[1]).update(ended_on=DAY)
    ids = pay.bill_each(people=people, months=1, by=SYSTEM, on=DAY)
    assert [pay.view(bill=id_, on=DAY).person for id_ in ids] == [people[0], people[2], people[3]]


def test_a_statement_is_read_by_whom_it_concerns():
    account = factories.user("agent")
    person = factories.person(on=DAY, agent=account)
    for reader in (
        factories.actor("member", person=person), factories.actor(account=account), factories.actor("officer"), SYSTEM
    ):  # fmt: skip
        assert statement.statement(person=person, by=reader, on=DAY, why="uji").person == person
    for stranger in (
        factories.actor("member", person=person + 1),
        factories.actor("agent"),
        factories.actor("auditor"),
    ):
        with pytest.raises(Refused) as refused:
            statement.statement(person=person, by=stranger, on=DAY, why="uji")
        assert refused.value.status == 404
