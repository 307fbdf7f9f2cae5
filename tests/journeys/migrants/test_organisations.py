"""Agencies and missions are registered by an officer; their owners say who acts for them."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.journeys.migrants import organisations
from teduh.migrants import access, queries, reference
from teduh.migrants.models import Desk
from teduh.security.models import User
from tests import factories
from tests.migrants.people import ON, D, desk, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def destinations():
    reference.load_reference()


def registers(**more):
    told = {"code": "kdei-tpe", "kind": "mission", "name": "KDEI Taipei", "seat": "TW", "on": ON,
            "by": factories.actor("officer"), **more}  # fmt: skip
    return organisations.register(**told)


def test_a_mission_serves_the_country_of_its_seat_and_others_named():
    made = registers(code="kbri-rom", name="KBRI Roma", seat="IT", serves=("MT", "IT", "CY"))
    row = queries.organisation(organisation=made)
    assert (row.code, row.seat, row.serves) == ("KBRI-ROM", "IT", ("CY", "IT", "MT"))
    assert [one.id for one in queries.organisations(kind="mission", search="roma")] == [made]


@pytest.mark.parametrize(
    "wrong", [{"code": "a b"}, {"code": "x"}, {"name": " "}, {"kind": "bank"}, {"seat": None}, {"seat": "ZZ"}]
)
def test_what_is_not_an_organisation_is_refused(wrong):
    with pytest.raises(Refused):
        registers(**wrong)


def test_a_code_is_one_organisations():
    registers()
    with pytest.raises(Refused) as refused:
        registers(name="KDEI lain")
    assert (refused.value.code, refused.value.field) == ("organisation_exists", "code")


def test_only_the_funds_people_register_one():
    for role in ("member", "agency", "mission", "employer"):
        with pytest.raises(Refused):
            registers(by=factories.actor(role))


def test_an_owner_lets_an_account_act_changes_its_role_and_ends_it():
    one = organisation()
    owner, clerk = desk(one, role="owner"), factories.user("agency")
    add = {"organisation": one, "username": clerk.username, "by": owner, "on": ON}
    organisations.add_desk(role="viewer", **add)
    organisations.add_desk(role="clerk", **add)
    assert Desk.objects.get(user=clerk, until_day=None).role == "clerk"
    assert organisations.remove_desk(organisation=one, user=clerk.pk, by=owner, on=D("2026-03-01"))
    assert not Desk.objects.filter(user=clerk, until_day=None).exists()
    assert not organisations.remove_desk(organisation=one, user=clerk.pk, by=owner, on=D("2026-03-01"))


def test_a_clerk_or_another_organisation_gives_no_desks():
    one, other = organisation(), organisation()
    who = factories.user("agency").username
    for by in (desk(one), desk(other, role="owner")):
        with pytest.raises(Refused):
            organisations.add_desk(organisation=one, username=who, role="clerk", by=by, on=ON)


def test_accounts_of_others_get_no_desk():
    for role in ("member", "officer"):
        with pytest.raises(Refused) as refused:
            organisations.add_desk(organisation=organisation(), username=factories.user(role).username, role="clerk",
                                   by=factories.actor("operator"), on=ON)  # fmt: skip
        assert refused.value.field == "username"


def test_a_desk_that_ended_sees_nothing_more():
    one = organisation()
    clerk = desk(one)
    assert [row.organisation for row in access.desks_of(by=clerk)] == [one]
    Desk.objects.filter(user=clerk.user).update(until_day=ON)
    assert access.desks_of(by=clerk) == () and User.objects.get(pk=clerk.user).is_active
