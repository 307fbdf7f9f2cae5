"""An owner makes keys for his firm's machines: for this firm alone, as one of its staff, and takes them back."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers import access
from teduh.employers.models import Employer
from teduh.journeys.employers import machine_tokens
from teduh.security import tokens
from tests import factories
from tests.employers import firms

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 4, 1, 9, tzinfo=dt.UTC)


@pytest.fixture
def owner():
    return factories.user("employer")


@pytest.fixture
def firm(owner):
    return firms.employer(owner=owner)


def made(firm, owner, username=None, **more):
    given = {"employer": firm, "username": username or owner.username, "name": "payroll", "days": 30, "at": AT}
    return machine_tokens.create(**given, by=factories.actor(account=owner, role="employer"), **more)


def test_a_key_opens_this_firm_and_no_other_of_the_same_account(firm, owner):
    other = firms.employer(owner=owner)
    holder = tokens.authenticate(made(firm, owner).secret, at=AT)
    access.require(by=holder, employer=firm, what="file")
    assert not access.may(by=holder, employer=other, what="view")
    with pytest.raises(Refused, match="not_your_employer"):
        access.require(by=holder, employer=other, what="view")


def test_a_key_may_only_what_its_account_may_at_the_firm(firm, owner):
    clerk = factories.user("employer")
    firms.staff(firm, clerk, "preparer")
    holder = tokens.authenticate(made(firm, owner, clerk.username).secret, at=AT)
    assert access.may(by=holder, employer=firm, what="prepare")
    assert not access.may(by=holder, employer=firm, what="file")


def test_only_who_manages_the_firm_makes_keys_and_only_for_its_staff(firm, owner):
    stranger = factories.user("employer")
    with pytest.raises(Refused, match="not_found"):
        made(firm, owner, stranger.username)
    with pytest.raises(Refused, match="not_your_employer"):
        made(firm, stranger, owner.username)
    clerk = factories.user("employer")
    firms.staff(firm, clerk, "filer")
    with pytest.raises(Refused, match="not_for_this_role"):
        made(firm, clerk)


def test_a_key_makes_no_further_keys(firm, owner):
    holder = tokens.authenticate(made(firm, owner).secret, at=AT)
    with pytest.raises(Refused, match="not_your_employer"):
        machine_tokens.create(employer=firm, username=owner.username, name="more", days=1, by=holder, at=AT)


def test_keys_are_listed_and_taken_back_by_the_owner_of_this_firm_alone(firm, owner):
    key = made(firm, owner)
    by = factories.actor(account=owner, role="employer")
    (shown,) = machine_tokens.keys(employer=firm, by=by, at=AT)
    assert (shown.id, shown.name, shown.role) == (key.id, "payroll", "owner")
    other = firms.employer(owner=owner)
    with pytest.raises(Refused, match="not_found"):
        machine_tokens.revoke(employer=other, token=key.id, by=by, at=AT)
    machine_tokens.revoke(employer=firm, token=key.id, by=by, at=AT)
    assert machine_tokens.keys(employer=firm, by=by, at=AT) == ()
    assert tokens.authenticate(key.secret, at=AT) is None


def test_a_key_for_one_firm_has_no_other_scope(firm, owner):
    npp = Employer.objects.get(pk=firm).npp
    officer = factories.user("officer")
    from teduh.security.access import SYSTEM

    with pytest.raises(Refused, match="bad_firm"):
        tokens.create(
            username=officer.username, name="x", scopes=["everyone"], days=1, at=AT, by=SYSTEM, firm=npp
        )  # fmt: skip
