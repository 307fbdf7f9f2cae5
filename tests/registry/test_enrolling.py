"""Enrolling: one person per NIK, whatever the number and however many do it at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.registry import actions, numbers
from teduh.registry.models import (
    Consent,
    Enrolment,
    Evidence,
    Heir,
    IdentityCheck,
    Membership,
    Person,
)
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.registry.newcomers import ON, decided, enrolled, newcomer

pytestmark = pytest.mark.usefixtures("regions")


def test_a_newcomer_is_kept_whole_and_encrypted(db):
    one = newcomer(name="Siti Aminah", second_occupation="petani-padi", email="siti@contoh.id", address="Jl. Pasar 1")
    made = enrolled(one)
    ((_, id_, number),) = made.made
    person = Person.objects.get(id=id_)
    assert (person.nik, person.name, person.phone) == (one.nik, one.name, one.phone)
    assert (person.email, person.address, person.identity) == (one.email, one.address, "waiting")
    assert numbers.is_valid(number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(p)::text FROM registry_person p WHERE id = %s", [id_])
        (row,) = cursor.fetchone()
    assert one.nik not in row
    assert one.nik.encode().hex() not in row
    enrolment = Enrolment.objects.get(person=id_)
    assert (enrolment.sector, enrolment.outcome, enrolment.income) == ("fishing", "eligible", 1_500_000)
    assert enrolment.verdict["facts"]["age"] == 40
    assert {reason["code"] for reason in enrolment.verdict["limits"]} >= {"lapses", "relief_ends"}
    assert enrolment.verdict["rulebook"]
    assert Evidence.objects.get(enrolment=enrolment).text == "Melaut tiap malam dari Kenjeran"
    assert Heir.objects.get(person=id_).name == "Aminah"
    assert Consent.objects.get(person=id_).purposes == ["membership", "identity"]
    assert IdentityCheck.objects.get(person=id_).answer == "waiting"
    event = Event.objects.get(subject=f"person:{id_}", action="person.enrolled")
    assert one.nik not in str(event.detail)


def test_the_number_of_statements_does_not_depend_on_the_people(db):
    counts = []
    for n in (10, 1000):
        people = decided(*(newcomer() for _ in range(n)))
        with CaptureQueriesContext(connection) as captured:
            made = actions.enrol(newcomers=people, by=SYSTEM, on=ON, channel="file")
        assert len(made.made) == n
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 14


def test_the_same_person_twice_in_a_list_and_again_later_is_one_person(db):
    one, other = newcomer(), newcomer()
    made = enrolled(one, other, one)
    assert [place for place, *_ in made.made] == [0, 1]
    assert made.known == ((2, made.made[0][1]),)
    again = enrolled(other, one)
    assert again.made == ()
    assert dict(again.known) == {0: made.made[1][1], 1: made.made[0][1]}
    assert Enrolment.objects.filter(person__in=[id_ for _, id_, _ in made.made]).count() == 2


def test_a_nik_on_record_with_another_name_or_birth_date_is_not_touched(db):
    one = newcomer(name="Slamet Rahardjo")
    enrolled(one)
    Enrolment.objects.update(ended_on=ON)
    made = enrolled(newcomer(nik=one.nik, name="Dewi Lestari"), newcomer(nik=one.nik, birth_date="1985-08-18"))
    assert made.made == ()
    assert made.differs == {0, 1}
    assert Enrolment.objects.filter(ended_on=None).count() == 0


def test_somebody_whose_enrolment_ended_is_enrolled_again_with_what_he_says_now(db):
    one = newcomer()
    ((_, id_, number),) = enrolled(one).made
    Enrolment.objects.filter(person=id_).update(ended_on=ON)
    again = newcomer(nik=one.nik, phone="081298765432", income=2_000_000, heirs=())
    made = enrolled(again)
    assert made.made == ((0, id_, number),)
    assert [row.income for row in Enrolment.objects.filter(person=id_).order_by("id")] == [1_500_000, 2_000_000]
    assert Person.objects.get(id=id_).phone == "+6281298765432"
    assert Heir.objects.get(person=id_).ended_on is None


def test_who_was_merged_is_known_as_who_he_became(db):
    one, other = newcomer(), newcomer(name="Joko Susilo")
    (_, away, _), (_, keep, _) = enrolled(one, other).made
    Person.objects.filter(id=away).update(merged_into=keep)
    made = enrolled(newcomer(nik=one.nik, name="Joko Susilo"))
    assert made.known == ((0, keep),)


def test_an_agent_enrols_his_own_people_whatever_the_form_says(db):
    agent, somebody = factories.user("agent"), factories.user("agent")
    made = enrolled(newcomer(agent=somebody.id), by=factories.actor(account=agent), channel="agent")
    assert Person.objects.get(id=made.made[0][1]).agent_id == agent.id


def test_a_group_takes_in_new_and_known_people_once(db):
    group = factories.group()
    one, other = newcomer(group=group), newcomer()
    enrolled(one, other)
    enrolled(one, newcomer(nik=other.nik, group=group))
    assert Membership.objects.filter(group=group).count() == 2


@pytest.mark.parametrize(
    "wrong", [{"lives_in": "99.99.99.9999"}, {"occupation": "pawang-hujan"}, {"group": 2**40}, {"agent": 2**40}]
)
def test_a_code_that_does_not_exist_is_refused_by_its_field_and_nothing_is_stored(db, wrong):
    before = Person.objects.count()
    people = decided(newcomer(), newcomer(**wrong))
    with pytest.raises(Refused) as refused, transaction.atomic():
        actions.enrol(newcomers=people, by=SYSTEM, on=ON, channel="file")
    assert refused.value.field in wrong
    assert Person.objects.count() == before


def test_two_runs_at_once_enrol_each_person_once(committed_db):
    people = [newcomer() for _ in range(60)]
    results, failures = [], []
    ready = threading.Barrier(2)

    def run(order):
        try:
            ready.wait(10)
            with transaction.atomic():
                results.append(actions.enrol(newcomers=decided(*order), by=SYSTEM, on=ON, channel="file"))
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(order,)) for order in (people, people[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert Person.objects.count() == Enrolment.objects.count() == 60
    assert sum(len(result.made) for result in results) == 60
    assert sum(len(result.known) for result in results) == 60
    assert Heir.objects.count() == Evidence.objects.count() == Consent.objects.count() == 60


def test_nobody_is_enrolled_by_an_empty_list(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert enrolled() == actions.Enrolled((), (), frozenset(), ())
