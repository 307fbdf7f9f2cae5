"""Accounts: one role each, names and passwords that can be used, everything recorded."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.security import access, actions, queries
from teduh.security.access import SYSTEM
from teduh.security.models import Event, User

GOOD = {"username": "siti", "role": "officer", "password": "laut yang tenang", "by": SYSTEM}


def test_an_account_signs_in_with_its_password_and_has_one_role(db, client):
    actions.create_account(**GOOD, name="Siti Aminah")
    user = User.objects.get(username="siti")
    assert user.check_password("laut yang tenang")
    assert access.actor_of(user).name == "Siti Aminah"
    assert access.actor_of(user).may("everyone")
    assert not access.actor_of(user).may("accounts")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "si"}, "bad_username"),
        ({"username": "si ti"}, "bad_username"),
        ({"username": "siti\0"}, "bad_username"),
        ({"username": "x" * 151}, "bad_username"),
        ({"role": "king"}, "unknown_role"),
        ({"password": "short"}, "weak_password"),
        ({"password": "1234567890123"}, "weak_password"),
    ],
)
def test_what_cannot_be_an_account_is_refused_in_both_languages(db, changes, code):
    with pytest.raises(Refused) as refused:
        actions.create_account(**{**GOOD, **changes})
    assert refused.value.code == code
    assert refused.value.what.id and refused.value.what.en
    assert not User.objects.exists()


def test_a_name_is_taken_once(db):
    actions.create_account(**GOOD)
    with pytest.raises(Refused, match="exists already"):
        actions.create_account(**GOOD)


def test_a_new_password_ends_the_old_one_and_a_closed_account_signs_in_no_more(db, client):
    actions.create_account(**GOOD)
    actions.set_password(username="siti", password="angin dari barat", by=SYSTEM)
    assert not User.objects.get(username="siti").check_password("laut yang tenang")
    actions.close(username="siti", why="left", by=SYSTEM)
    assert not User.objects.get(username="siti").is_active
    assert [row.is_active for row in queries.accounts(actor=SYSTEM)] == [False]


def test_everything_about_accounts_is_recorded_without_passwords(db):
    user = actions.create_account(**GOOD)
    actions.set_password(username="siti", password="angin dari barat", by=SYSTEM)
    events = list(Event.objects.order_by("id"))
    assert [event.action for event in events] == ["account.created", "account.password_reset"]
    assert {event.subject for event in events} == {f"user:{user}"}
    assert "angin" not in str([event.detail for event in events])


def test_only_who_may_manage_accounts_does(db):
    user = User.objects.get(pk=actions.create_account(**GOOD))
    with pytest.raises(Refused):
        actions.create_account(**{**GOOD, "username": "other", "by": access.actor_of(user)})
    with pytest.raises(Refused):
        queries.accounts(actor=access.actor_of(user))
