"""Joining: decided at entry with reasons, frozen, safe to repeat, and never waiting for the civil registry."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.joining import identity, join
from teduh.registry import queries
from teduh.registry.models import Account, Enrolment, Person
from teduh.security.models import Event
from tests import factories
from tests.registry.newcomers import AT, ON, newcomer

pytestmark = pytest.mark.usefixtures("db", "regions")


def joined(one=None, by=None, channel="agent", **wanted):
    return join.join(
        newcomer=one or newcomer(**wanted), by=by or factories.actor("agent"), on=ON, channel=channel, at=AT
    )


def codes(reasons):
    return {reason.code for reason in reasons}


def test_what_will_end_or_limit_cover_is_said_before_anything_is_stored():
    verdict = join.decide(newcomer=newcomer(), on=ON)
    assert verdict.outcome == "eligible"
    assert codes(verdict.limits) >= {"lapses", "relief_ends", "scholarship", "jht_not_chosen"}
    assert Person.objects.count() == 0


def test_a_fisherman_joins_and_the_decision_is_frozen_with_its_reasons():
    made = joined(is_employer=True)
    frozen = Enrolment.objects.get(person=made.person).verdict
    assert (made.verdict.outcome, frozen["outcome"]) == ("conditional", "conditional")
    assert [reason["code"] for reason in frozen["because"]] == ["jht_for_employers"]
    assert frozen["on"] == "2026-04-10"
    assert all(reason["id"] and reason["en"] for reason in frozen["because"] + frozen["limits"])
    assert codes(made.limits) == {reason["code"] for reason in frozen["limits"]}


def test_joining_twice_is_one_person_with_one_answer():
    one, by = newcomer(), factories.actor("agent")
    first, again = joined(one, by), joined(one, by)
    assert (first.already, again.already) == (False, True)
    assert (first.person, first.member_number) == (again.person, again.member_number)
    assert Enrolment.objects.filter(person=first.person).count() == 1


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"is_working": False}, "not_working"),
        ({"programmes": ("JKK", "JKM", "JP")}, "jp_not_available"),
        ({"citizenship": "MY", "foreigner_months": 3}, "foreigner_six_months"),
        ({"nik": "3578010013850001"}, "month"),
        ({"birth_date": "2027-01-01"}, "birth_date_impossible"),
    ],
)
def test_whom_the_law_refuses_is_told_why_and_nothing_is_kept_of_him(wanted, code):
    one = newcomer(**wanted)
    with pytest.raises(Refused) as refused:
        joined(one)
    assert refused.value.code == "not_eligible"
    assert refused.value.why.id
    assert refused.value.why.en
    assert Person.objects.count() == 0
    event = Event.objects.get(action="enrolment.refused")
    assert code in str(event.detail)
    assert one.nik not in str(event.detail)
    assert event.subject == ""


def test_a_nik_with_another_birth_date_is_said_and_no_refusal():
    made = joined(nik="3578010101700001", birth_date="1985-08-17")
    assert made.verdict.outcome == "eligible"
    assert "birth_differs" in codes(made.verdict.because)


def test_the_state_budget_takes_the_relief_away():
    group = factories.group(funding="apbd", kind="sponsor")
    assert "relief_ends" not in codes(join.decide(newcomer=newcomer(group=group), on=ON).limits)
    assert "relief_ends" in codes(join.decide(newcomer=newcomer(group=factories.group()), on=ON).limits)


def test_many_are_decided_with_one_statement_for_their_groups(django_assert_max_num_queries):
    group = factories.group(funding="apbn")
    people = [newcomer(group=group) for _ in range(50)]
    join.decide_many(newcomers=people[:1], on=ON)
    with django_assert_max_num_queries(1):
        assert {verdict.outcome for verdict in join.decide_many(newcomers=people, on=ON)} == {"eligible"}


def test_without_consent_there_is_no_joining():
    with pytest.raises(Refused) as refused:
        joined(consent=("messages",))
    assert refused.value.field == "consent"
    assert Person.objects.count() == 0


def test_a_nik_on_record_under_another_name_is_refused_and_says_no_more():
    one = newcomer(name="Slamet Rahardjo")
    joined(one)
    with pytest.raises(Refused) as refused:
        joined(newcomer(nik=one.nik, name="Dewi Lestari"))
    assert refused.value.code == "nik_on_record_otherwise"
    assert "Slamet" not in str(refused.value.as_dict())


def test_an_auditor_may_not_enrol():
    with pytest.raises(Refused) as refused:
        joined(by=factories.actor("auditor"))
    assert refused.value.status == 403


def test_somebody_who_joins_by_himself_is_linked_to_his_account_and_to_nobody_elses_record():
    himself, one = factories.actor("member"), newcomer(agent=factories.user("agent").id, group=factories.group())
    made = joined(one, himself, "self")
    assert Account.objects.get(user=himself.user).person_id == made.person
    assert Person.objects.get(id=made.person).agent_id is None
    again = factories.actor("member")
    with pytest.raises(Refused) as refused:
        joined(one, again, "self")
    assert refused.value.code == "already_a_member"
    assert not Account.objects.filter(user=again.user).exists()
    linked = join.Actor(user=himself.user, name=himself.name, role="member", person=made.person)
    assert joined(one, linked, "self").already
    with pytest.raises(Refused):
        joined(newcomer(), linked, "self")


def test_duplicates_are_flagged_while_joining_goes_on():
    joined(name="Nur Hayati")
    made = joined(name="Nurhayati")
    assert [pair.second for pair in made.duplicates] == [made.person]
    assert not made.already


def test_joining_goes_on_while_the_civil_registry_is_away_and_verification_follows():
    made = joined(nik="3578011708859907")
    waiting = Person.objects.get(id=made.person)
    assert waiting.identity == "waiting"
    assert identity.verify(person=made.person, on=ON, at=AT) == "waiting"
    check = queries.dossier(actor=factories.actor("officer"), why="x", person=made.person).checks[0]
    assert check.answer == "quota_used_up"
    assert check.retry_at == dt.datetime(2026, 4, 10, 17, 5, tzinfo=dt.UTC)
