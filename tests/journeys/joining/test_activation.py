"""An account for whom others enrolled: one code, for one person, for a while, with few tries."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connections

from teduh.core.errors import Refused
from teduh.journeys.joining import activation
from teduh.registry import queries
from teduh.registry.models import Account, Activation, Person
from teduh.security import masking
from teduh.security.models import Event, User
from tests import factories

AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
PASSWORD = "sawah-hijau-sore-hari"


def give(person: int, key: str = "satu", by=None) -> activation.Given:
    return activation.give(person=person, by=by or factories.actor("officer"), key=key, at=AT)


def opened(given: activation.Given, **wanted) -> int:
    told = {
        "member_number": given.member_number, "code": given.code, "birth_date": dt.date(1985, 5, 17),
        "username": "+6281234567001", "password": PASSWORD, "at": AT,
    }  # fmt: skip
    return activation.open_account(**told | wanted)


def refused(given: activation.Given, **wanted) -> str:
    with pytest.raises(Refused) as said:
        opened(given, **wanted)
    return said.value.code


def test_a_code_opens_one_account_for_one_person_and_is_spent(db):
    person = factories.person()
    given = give(person)
    user = User.objects.get(pk=opened(given, language="en"))
    assert (user.username, user.role, user.language, user.check_password(PASSWORD)) == (
        "+6281234567001", "member", "en", True,
    )  # fmt: skip
    assert Account.objects.get(user=user).person_id == person
    assert user.get_full_name() == masking.name(Person.objects.get(pk=person).name)
    assert refused(given, username="+6281234567002") == "activation_wrong"
    with pytest.raises(Refused) as said:
        give(person, "dua")
    assert said.value.code == "has_account"
    done = Event.objects.filter(subject=f"person:{person}").order_by("id").values_list("action", flat=True)
    assert [one for one in done if one.startswith("account.")] == ["account.code_given", "account.linked"]


def test_the_code_stands_nowhere_in_the_database(db):
    given = give(factories.person())
    kept = Activation.objects.get()
    assert given.code.encode() not in bytes(kept.digest) and len(given.code) == activation.LENGTH
    assert not Event.objects.filter(detail__icontains=given.code).exists()


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code[:5]} {code[5:]}", lambda code: "-".join(code)])
def test_a_code_is_read_however_it_is_typed(db, typed):
    given = give(factories.person())
    assert opened(given, code=typed(given.code))


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "AAAAAAAAAA"},
        {"code": ""},
        {"birth_date": dt.date(1985, 5, 18)},
        {"member_number": "99999999999"},
        {"member_number": "²"},
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same(db, wrong):
    assert refused(give(factories.person()), **wrong) == "activation_wrong"
    assert not User.objects.filter(role="member").exists()


@pytest.mark.parametrize("wrong", [{"code": "AAAAAAAAAA"}, {"birth_date": dt.date(1985, 5, 18)}])
def test_the_fifth_wrong_try_ends_the_code_and_the_fourth_does_not(db, wrong):
    given, other = give(factories.person()), give(factories.person())
    for tries, one in ((4, given), (5, other)):
        for _ in range(tries):
            refused(one, **wrong)
    assert opened(given)
    assert refused(other, username="+6281234567002") == "activation_wrong"
    again = give(other.person, "dua")
    assert again.code != other.code and opened(again, username="+6281234567002")


def test_the_code_lives_fourteen_days(db):
    given = give(factories.person())
    assert given.expires_at == AT + dt.timedelta(days=14)
    assert refused(given, at=AT + dt.timedelta(days=14)) == "activation_wrong"
    assert opened(given, at=AT + dt.timedelta(days=14, seconds=-1))


def test_a_newer_code_ends_the_older_and_the_same_form_gives_the_same(db):
    person, officer = factories.person(), factories.actor("officer")
    first, same, second = (give(person, key, officer) for key in ("satu", "satu", "dua"))
    assert first.code == same.code != second.code
    assert Event.objects.filter(action="account.code_given").count() == 2
    assert refused(first) == "activation_wrong"
    assert opened(second)


def test_a_weak_password_or_a_taken_name_costs_no_try_and_opens_nothing(db):
    given = give(factories.person())
    factories.user("member", "+6281234567001")
    for _ in range(6):
        assert refused(given, password="1234567890", username="siti.1") == "weak_password"
        assert refused(given) == "username_taken"
    assert not Account.objects.exists()
    assert opened(given, username="siti.cilacap")


def test_an_agent_gives_codes_to_his_own_people_only(db):
    agent = factories.user("agent")
    mine, other = factories.person(agent=agent), factories.person()
    by = factories.actor("agent", account=agent)
    assert give(mine, by=by).code
    with pytest.raises(Refused) as said:
        give(other, by=by)
    assert said.value.status == 404
    with pytest.raises(Refused) as said:
        give(mine, by=factories.actor("member", person=mine))
    assert said.value.status == 403


def test_a_code_opens_once_however_many_try_at_once(committed_db):
    given, made, codes = give(factories.person()), [], []

    def run(number: int) -> None:
        try:
            made.append(opened(given, username=f"+62812345670{number:02}"))
        except Refused as said:
            codes.append(said.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(made) == 1 and codes == ["activation_wrong"] * 3
    assert queries.has_account(person=given.person) and User.objects.filter(role="member").count() == 1


def test_wrong_tries_at_once_are_all_counted(committed_db):
    given = give(factories.person())

    def run() -> None:
        try:
            refused(given, code="AAAAAAAAAA")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Activation.objects.get().tries == 5
    assert refused(given) == "activation_wrong"
