"""Keys of machines: shown once, kept as a hash, no wider than their account."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.security import actions, tokens
from teduh.security.access import SYSTEM
from teduh.security.models import Token, User

AT = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def operator(db):
    return actions.create_account(username="bank-bni", role="operator", password="a long enough one", by=SYSTEM)


def _made(**changes):
    given = {"username": "bank-bni", "name": "notices", "scopes": ["bank"], "days": 30, "at": AT, "by": SYSTEM}
    return tokens.create(**{**given, **changes})


def test_a_token_acts_as_its_account_and_opens_only_its_scopes(operator):
    actor = tokens.authenticate(_made().secret, at=AT)
    assert (actor.user, actor.may("bank"), actor.may("accounts")) == (operator, True, False)


def test_the_secret_is_nowhere_in_the_database(operator):
    made = _made()
    row = Token.objects.get(pk=made.id)
    assert made.secret.encode() not in bytes(row.digest)
    assert len(bytes(row.digest)) == 32


def test_a_token_opens_nothing_from_the_moment_it_expires(operator):
    made = _made(days=1)
    assert tokens.authenticate(made.secret, at=AT + DAY - dt.timedelta(seconds=1))
    assert tokens.authenticate(made.secret, at=AT + DAY) is None


def test_a_revoked_token_opens_nothing_and_cannot_be_revoked_twice(operator):
    made = _made()
    tokens.revoke(token=made.id, at=AT, by=SYSTEM)
    assert tokens.authenticate(made.secret, at=AT) is None
    with pytest.raises(Refused, match="revoked already"):
        tokens.revoke(token=made.id, at=AT, by=SYSTEM)


def test_the_token_of_a_closed_account_opens_nothing(operator):
    made = _made()
    actions.close(username="bank-bni", why="contract ended", by=SYSTEM)
    assert tokens.authenticate(made.secret, at=AT) is None


@pytest.mark.parametrize(
    "secret", ["", "teduh_", "teduh_" + "a" * 43, "teduh_" + "a" * 42 + "\0", "x" * 10_000, "é" * 49]
)
def test_what_was_never_given_out_opens_nothing(operator, secret):
    assert tokens.authenticate(secret, at=AT) is None


@pytest.mark.parametrize(
    "changes", [{"scopes": []}, {"scopes": ["refund"]}, {"scopes": ["bank", "x"]}, {"days": 0}, {"days": 367}]
)
def test_a_token_is_refused_scopes_beyond_its_role_and_a_life_beyond_a_year(operator, changes):
    with pytest.raises(Refused):
        _made(**changes)


def test_the_day_of_use_is_noted_once(operator, django_assert_num_queries):
    made = _made()
    tokens.used(holder=tokens.holder(text=made.secret, at=AT), on=AT.date())
    with django_assert_num_queries(1):
        tokens.used(holder=tokens.holder(text=made.secret, at=AT), on=AT.date())
    assert Token.objects.get(pk=made.id).last_used_on == AT.date()


def test_only_an_operator_makes_tokens(operator):
    auditor = actions.create_account(username="auditor", role="auditor", password="a long enough one", by=SYSTEM)
    from teduh.security import access

    with pytest.raises(Refused):
        _made(by=access.actor_of(User.objects.get(pk=auditor)))
