"""Two records of one person become one, by two officers; nothing that was paid moves, and all of it counts."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.contributions.models import Due
from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.coverage.models import Span
from teduh.journeys.joining import merge
from teduh.journeys.money.bills import bill
from teduh.law.months import Month
from teduh.payments.models import Bill
from teduh.registry import queries
from teduh.registry.models import Duplicate, Enrolment, Person
from teduh.security.models import Event
from tests import factories
from tests.journeys import employed as work
from tests.journeys.paying import paid
from tests.registry.newcomers import AT, ON, enrolled, member, newcomer

pytestmark = pytest.mark.usefixtures("db", "regions")


@pytest.fixture
def officers():
    return factories.actor("officer"), factories.actor("officer")


@pytest.fixture
def pair():
    first, second = newcomer(name="Nur Hayati"), newcomer(name="Nurhayati")
    enrolled(first)
    (flagged,) = enrolled(second).duplicates
    return flagged


def propose(pair, by, keep=None):
    return merge.propose(duplicate=pair.id, keep=keep or pair.first, why="KTP sama", by=by, on=ON, at=AT)


def decide(pair, by, merged=True):
    return merge.decide(duplicate=pair.id, merge=merged, why="KK diperiksa", by=by, on=ON, at=AT)


def test_one_proposes_another_merges_and_both_rows_stay(pair, officers):
    first, second = officers
    propose(pair, first)
    assert decide(pair, second) == pair.first
    away = Person.objects.get(id=pair.second)
    assert away.merged_into_id == pair.first
    assert queries.by_nik(nik=away.nik) == pair.first
    assert queries.dossier(actor=first, why="x", person=pair.second).merged_from == (away.member_number,)
    assert Enrolment.objects.get(person=pair.second).ended_on == ON
    assert Enrolment.objects.get(person=pair.first).ended_on is None
    for person in (pair.first, pair.second):
        events = Event.objects.filter(subject=f"person:{person}", action__in=("duplicate.proposed", "person.merged"))
        assert [event.actor for event in events.order_by("id")] == [first.user, second.user]


def test_who_proposed_may_not_decide_and_nobody_merges_what_was_not_proposed(pair, officers):
    first, _ = officers
    with pytest.raises(Refused) as refused:
        decide(pair, first)
    assert refused.value.code == "not_proposed_yet"
    propose(pair, first)
    for merged in (True, False):
        with pytest.raises(Refused) as refused:
            decide(pair, first, merged)
        assert refused.value.code == "takes_two_people"
    assert Duplicate.objects.get(id=pair.id).state == "proposed"


def test_an_agent_may_neither_propose_nor_decide(pair):
    with pytest.raises(Refused) as refused:
        propose(pair, factories.actor("agent"))
    assert refused.value.status == 403


def test_two_different_people_stay_two_and_are_not_flagged_again(pair, officers):
    propose(pair, officers[0])
    assert decide(pair, officers[1], merged=False) is None
    assert Duplicate.objects.get(id=pair.id).state == "distinct"
    assert Person.objects.exclude(merged_into=None).count() == 0


def test_an_open_enrolment_goes_over_if_the_one_who_lives_on_has_none(pair, officers):
    Enrolment.objects.filter(person=pair.first).update(ended_on=ON)
    propose(pair, officers[0])
    decide(pair, officers[1])
    assert Enrolment.objects.filter(person=pair.first, ended_on=None).count() == 1


def test_a_second_merge_carries_the_first_along(pair, officers):
    first, second = officers
    propose(pair, first)
    decide(pair, second)
    last = member(name="Nur Hayati")
    number = merge.pair(one=pair.first, other=last, by=first)
    merge.propose(duplicate=number, keep=last, why="KTP", by=first, on=ON, at=AT)
    assert merge.decide(duplicate=number, merge=True, why="KK", by=second, on=ON, at=AT) == last
    assert queries.lives_on_as(persons=[pair.first, pair.second]) == {pair.first: last, pair.second: last}
    with pytest.raises(Refused) as refused:
        merge.pair(one=last, other=last, by=first)
    assert refused.value.code == "not_a_pair"


def test_a_pair_of_which_one_was_merged_meanwhile_is_refused(pair, officers):
    propose(pair, officers[0])
    Person.objects.filter(id=pair.second).update(merged_into=member(name="Joko"))
    with pytest.raises(Refused) as refused:
        decide(pair, officers[1])
    assert refused.value.code == "merged_meanwhile"


def pay(person, day):
    """This person's next month is paid on a day."""
    made = bill(people=[person], first=Month.of(day), by=factories.actor("officer"), on=day)
    paid(made.code, made.amount, day)


def test_what_was_paid_under_either_number_protects_the_one_who_lives_on(pair, officers):
    pay(pair.first, dt.date(2026, 4, 10))
    pay(pair.second, dt.date(2026, 5, 4))
    later = dt.date(2026, 5, 4)
    propose(pair, officers[0])
    decide(pair, officers[1])
    cover = coverage.protection(person=pair.first, on=later)
    assert cover.protected_until >= dt.date(2026, 5, 31)
    assert coverage.protection(person=pair.second, on=later).protected_until == cover.protected_until
    assert set(Due.objects.values_list("person_id", flat=True)) == {pair.first, pair.second}


def test_a_month_that_both_have_paid_must_be_given_back_first(pair, officers):
    pay(pair.first, dt.date(2026, 4, 10))
    pay(pair.second, dt.date(2026, 4, 11))
    with pytest.raises(Refused) as refused:
        propose(pair, officers[0])
    assert refused.value.code == "paid_twice"
    assert "2026-04" in refused.value.why.id
    assert Person.objects.get(id=pair.second).merged_into_id is None


def test_unpaid_bills_are_withdrawn_and_one_with_money_stays(pair, officers):
    day = dt.date(2026, 4, 10)
    unpaid = bill(people=[pair.first], first=Month.of(day), by=factories.actor("officer"), on=day)
    begun = bill(people=[pair.second], first=Month(2026, 5), by=factories.actor("officer"), on=day)
    paid(begun.code, 1_000, day)
    propose(pair, officers[0])
    decide(pair, officers[1])
    states = dict(Bill.objects.values_list("id", "state"))
    assert states[unpaid.id] == "cancelled"
    assert states[begun.id] != "cancelled"
    again = bill(people=[pair.first], first=Month.of(day), by=factories.actor("officer"), on=day)
    assert again.amount == unpaid.amount


def employed(person, firm, month, day):
    job = work.job(firm, person, since=month.first)
    _, bill = work.filed(firm, month, {job: 5_000_000})
    work.settle(bill, day)
    return job


def test_jobs_and_what_employers_paid_go_with_the_person_and_count_once(pair, officers):
    first, second = officers
    firm, other = work.firm(), work.firm("CV Lain")
    employed(pair.first, firm, Month(2026, 9), dt.date(2026, 10, 12))
    away = employed(pair.second, other, Month(2026, 9), dt.date(2026, 10, 12))
    propose(pair, first)
    decide(pair, second)
    day = dt.date(2026, 10, 20)
    for person in (pair.first, pair.second):
        found = coverage.protection(person=person, on=day)
        assert (found.person, found.state) == (pair.first, "protected")
        assert [source.name for source in found.sources if source.segment == "PU"] == ["CV Lain", "PT Maju Jaya"]
    away.refresh_from_db()
    assert away.person_id == pair.first
    assert not Span.objects.filter(person=pair.second).exists()
    assert Span.objects.filter(segment="PU").count() == 4


def test_whom_one_employer_reported_twice_in_a_month_is_not_merged_before_it_is_amended(pair, officers):
    first, second = officers
    firm = work.firm()
    one, other = work.job(firm, pair.first), work.job(firm, pair.second)
    month = Month(2026, 9)
    work.filed(firm, month, {one: 5_000_000, other: 5_000_000})
    with pytest.raises(Refused) as refused:
        propose(pair, first)
    assert refused.value.code == "reported_twice"
    work.filed(firm, month, {other: 0}, withdrawn=[other])
    propose(pair, first)
    decide(pair, second)
    other.refresh_from_db()
    assert (other.person_id, other.ended_on) == (pair.second, max(ON, other.started_on))
