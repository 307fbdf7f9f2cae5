"""People whom their employer names are admitted once each, whoever names them, and are not enrolled by it."""

from __future__ import annotations

import datetime as dt
import json
import threading

import pytest
from django.db import connection, transaction

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.journeys.joining import doubles
from teduh.registry import actions, facts
from teduh.registry.models import Duplicate, Enrolment, IdentityCheck, Person
from teduh.security import crypto
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.journeys.joining.test_enrol_file_statements import statements
from tests.registry.newcomers import VILLAGE, member, newcomer

ON = dt.date(2026, 4, 10)


def worker(n: int, **wanted: object) -> facts.Admitted:
    told = {"nik": f"3578020101{n:06d}", "name": f"Pekerja {n}", "birth_date": "1990-01-01", "sex": "M"}
    return facts.Admitted(**told | wanted)


def admit(*people: facts.Admitted) -> list[tuple[int, bool]]:
    return actions.admit(people=people, by=SYSTEM, on=ON)


@pytest.mark.django_db
class TestAdmitting:
    def test_somebody_new_gets_a_member_number_and_waits_for_the_civil_registry_but_is_not_enrolled(self):
        ((person, is_new),) = admit(worker(1))
        made = Person.objects.get(id=person)
        assert is_new
        assert (made.name, made.nik, made.identity, made.joined_on) == ("Pekerja 1", "3578020101000001", "waiting", ON)
        assert len(made.member_number) == 11
        assert IdentityCheck.objects.filter(person=person, retry_at__isnull=False).count() == 1
        assert not Enrolment.objects.filter(person=person).exists()

    def test_somebody_named_again_is_the_same_person_and_stays_as_he_is(self):
        ((person, _),) = admit(worker(1))
        ((again, is_new),) = admit(worker(1, name="Nama Lain", phone="081234567890"))
        assert (again, is_new) == (person, False)
        assert Person.objects.get(id=person).name == "Pekerja 1"
        assert Person.objects.get(id=person).phone is None

    def test_somebody_named_twice_in_one_list_is_new_once(self):
        one, other, third = admit(worker(1), worker(2), worker(1))
        assert (one[0], third) == (third[0], (one[0], False))
        assert other[1]
        assert IdentityCheck.objects.count() == 2

    @pytest.mark.usefixtures("regions")
    def test_a_member_who_works_alone_is_found_by_his_nik(self):
        someone = newcomer()
        person = member(nik=someone.nik)
        assert admit(worker(1, nik=someone.nik)) == [(person, False)]

    def test_who_was_merged_is_who_he_became(self):
        (away, _), (into, _) = admit(worker(1), worker(2))
        Person.objects.filter(id=away).update(merged_into=into)
        assert admit(worker(1)) == [(into, False)]

    def test_a_phone_is_kept_and_found_by_its_index(self):
        ((person, _),) = admit(worker(1, phone="0812-3456-7890"))
        made = Person.objects.get(id=person)
        assert made.phone == "+6281234567890"
        assert bytes(made.phone_index) == crypto.blind("phone", "+6281234567890")

    @pytest.mark.usefixtures("regions")
    def test_a_place_that_does_not_exist_is_refused_by_its_field(self):
        assert admit(worker(1, works_in=VILLAGE))[0][1]
        with pytest.raises(Refused, match="code_unknown") as refused:
            admit(worker(2, works_in="99.99"))
        assert refused.value.field == "works_in"

    def test_a_nik_that_is_none_is_refused_before_anything_is_written(self):
        with pytest.raises(Refused, match="nik_not_16_digits"):
            worker(1, nik="123")

    def test_nobody_is_no_work(self):
        assert admit() == []

    def test_somebody_named_alone_is_looked_for_under_another_record_at_once(self):
        admit(worker(1, name="Slamet Rahardjo", phone="081234567890"))
        admit(worker(2, name="Slamet Raharjo", phone="081234567890"))
        assert Duplicate.objects.count() == 1

    def test_whoever_stands_in_a_list_is_looked_for_after_the_commit_once_however_often(self):
        others = [worker(n * 1111, name=name) for n, name in ((3, "Aminah"), (5, "Budi Santoso"), (7, "Cahyono"))]
        admit(worker(1, name="Slamet Rahardjo", phone="081234567890"))
        made = admit(worker(2, name="Slamet Raharjo", phone="081234567890"), *others)
        assert not Duplicate.objects.exists()
        ((args,),) = sql.rows("SELECT args FROM procrastinate_jobs WHERE task_name = 'teduh.runs.look_for_doubles'")
        told = json.loads(args)
        numbers = [person for person, _ in made]
        assert told == {"first": min(numbers), "last": max(numbers)}
        assert doubles.look(**told, at_once=2) == 1
        assert doubles.look(**told) == 0
        assert Duplicate.objects.get().second_id == made[0][0]

    def test_each_admission_is_on_record(self):
        ((person, _),) = admit(worker(1))
        assert Event.objects.filter(action="person.admitted", subject=f"person:{person}").count() == 1

    def test_the_statements_do_not_grow_with_the_people(self):
        admit(worker(1000))
        few = statements(lambda: admit(*(worker(n) for n in range(1, 4))))
        many = statements(lambda: admit(*(worker(n) for n in range(10, 410))))
        assert many == few


def test_two_who_name_the_same_people_at_once_get_the_same_persons(committed_db):
    account = factories.actor()
    people = [worker(n) for n in range(1, 41)]
    found: list[list[tuple[int, bool]]] = []
    start = threading.Barrier(2)

    def name_them(order: list[facts.Admitted]) -> None:
        start.wait()
        try:
            with transaction.atomic():
                found.append(actions.admit(people=order, by=account, on=ON))
        finally:
            connection.close()

    both = [threading.Thread(target=name_them, args=(order,)) for order in (people, people[::-1])]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert Person.objects.count() == 40
    assert {person for person, _ in found[0]} == {person for person, _ in found[1]}
    assert sum(is_new for one in found for _, is_new in one) == 40
