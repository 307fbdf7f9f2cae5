"""Verification follows joining: asked in rounds, again while the registry is away, by hand where it knows otherwise."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections

from teduh.core.errors import Refused
from teduh.journeys.joining import data, identity
from teduh.registry import civil_registry_simulator, queries
from teduh.registry.civil_registry import Answer, HttpCivilRegistry
from teduh.registry.civil_registry_simulator import Simulator
from teduh.registry.models import IdentityCheck, Person
from teduh.security.models import Event
from tests import factories
from tests.registry.newcomers import AT, ON, enrolled, member, newcomer

pytestmark = pytest.mark.usefixtures("regions")


def state(person):
    return Person.objects.get(id=person).identity


def test_a_round_asks_everybody_once_over_http_and_writes_down_flags_only(db):
    one = newcomer(nik="3578011708850001")
    good, wrong, unknown = (
        row[1] for row in enrolled(one, newcomer(nik="3578011708859902"), newcomer(nik="3578011708859901")).made
    )
    simulator = Simulator()
    with civil_registry_simulator.serving(simulator) as address:
        registry = HttpCivilRegistry(address)
        asked = identity.run_due(at=AT, registry=registry)
        assert identity.run_due(at=AT + dt.timedelta(days=1), registry=registry).asked == 0
    assert asked.answers == {"verified": 1, "mismatch": 1, "not_found": 1}
    assert [state(person) for person in (good, wrong, unknown)] == ["verified", "mismatch", "not_found"]
    check = IdentityCheck.objects.get(person=wrong)
    assert check.matches == {"name": False, "birth_date": True, "sex": True}
    assert one.nik not in f"{check.matches}{check.trace}"
    assert Event.objects.filter(subject=f"person:{good}", action="identity.verified").count() == 1


@pytest.mark.parametrize("fault", ["timeout", "connection_refused", "garbage", "login_failed", "ip_unknown"])
def test_while_it_is_away_people_wait_longer_each_time_and_are_asked_again(db, fault):
    person, simulator = member(), Simulator(fault=fault)
    waits, at = [], AT
    for _ in range(4):
        identity.run_due(at=at, registry=simulator)
        check = IdentityCheck.objects.get(person=person)
        assert (check.answer, state(person)) == (fault, "waiting")
        waits.append(check.retry_at - at)
        at = check.retry_at
    assert waits == [dt.timedelta(minutes=minutes) for minutes in (5, 10, 20, 40)]
    simulator.fault = None
    identity.run_due(at=at, registry=simulator)
    assert state(person) == "verified"


def test_before_it_is_due_nobody_is_asked(db):
    person, simulator = member(), Simulator(fault="timeout")
    identity.run_due(at=AT, registry=simulator)
    assert identity.run_due(at=AT + dt.timedelta(minutes=4), registry=simulator).asked == 0
    assert identity.verify(person=person, on=ON, at=AT, registry=simulator) == "waiting"
    assert simulator.asked == 1


def test_two_rounds_at_once_never_ask_about_the_same_person_twice(committed_db):
    enrolled(*(newcomer() for _ in range(20)))
    simulator, failures = Simulator(), []

    def run():
        try:
            identity.run_due(at=AT, registry=simulator)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failures == []
    assert simulator.asked == 20
    assert Person.objects.filter(identity="verified").count() == 20


class Slow:
    """A registry that answers after the person's data was corrected."""

    def __init__(self, meanwhile):
        self.meanwhile = meanwhile

    def ask(self, question, *, at):
        self.meanwhile()
        return Answer("mismatch", {"name": False})


def test_an_answer_to_an_old_question_is_dropped_and_the_new_one_is_asked(db):
    person, officer = member(), factories.actor("officer")
    slow = Slow(lambda: identity.ask_again(person=person, why="nama dikoreksi", by=officer, on=ON, at=AT))
    identity.run_due(at=AT, registry=slow)
    assert state(person) == "waiting"
    identity.run_due(at=AT, registry=Simulator())
    assert state(person) == "verified"


def test_an_officer_confirms_by_hand_whom_the_registry_knows_otherwise(db):
    person, officer = member(nik="3578011708859902"), factories.actor("officer")
    identity.verify(person=person, on=ON, at=AT)
    assert [row.id for row in queries.identities(actor=officer, why="antrean")] == [person]
    identity.confirm(person=person, why="KTP dan KK asli diperiksa", by=officer, on=ON, at=AT)
    assert state(person) == "by_hand"
    assert queries.identities(actor=officer, why="antrean") == ()
    event = Event.objects.get(action="identity.by_hand")
    assert (event.why, event.subject) == ("KTP dan KK asli diperiksa", f"person:{person}")
    with pytest.raises(Refused) as refused:
        identity.confirm(person=person, why="", by=officer, on=ON, at=AT)
    assert refused.value.code == "purpose_missing"
    with pytest.raises(Refused) as refused:
        identity.confirm(person=person, why="x", by=factories.actor("agent"), on=ON, at=AT)
    assert refused.value.status == 403


def test_a_corrected_name_is_asked_about_anew(db):
    person = member()
    identity.verify(person=person, on=ON, at=AT)
    wish = data.request(
        person=person, field="name", value="Slamet Raharja", evidence="KTP baru", by=factories.actor("officer"), on=ON
    )
    data.decide(correction=wish.waits, approve=True, why="KTP asli", by=factories.actor("officer"), on=ON, at=AT)
    assert state(person) == "waiting"
    assert identity.verify(person=person, on=ON, at=AT) == "verified"
