"""Staff act for an employer as far as their role goes; officers for a purpose; inspectors look; others find nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers import access
from teduh.employers.models import Staff
from teduh.security.access import SYSTEM
from teduh.security.models import Event, Role
from tests import factories
from tests.employers import firms

pytestmark = pytest.mark.django_db
EVERYTHING = ("view", "prepare", "file", "manage")


def allowed(by, employer: int, why: str = "") -> set[str]:
    found = set()
    for what in EVERYTHING:
        try:
            access.require(by=by, employer=employer, what=what, why=why)
        except Refused:
            continue
        found.add(what)
    return found


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("owner", {"view", "prepare", "file", "manage"}),
        ("filer", {"view", "prepare", "file"}),
        ("preparer", {"view", "prepare"}),
        ("viewer", {"view"}),
    ],
)
def test_each_role_may_what_it_says_and_no_more(role, expected):
    firm, account = firms.employer(), factories.user(Role.EMPLOYER)
    firms.staff(firm, account, role)
    by = factories.actor(account=account)
    assert allowed(by, firm) == expected
    assert {what for what in EVERYTHING if access.may(by=by, employer=firm, what=what)} == expected


def test_a_role_that_does_not_reach_so_far_says_so():
    firm, account = firms.employer(), factories.user(Role.EMPLOYER)
    firms.staff(firm, account, "preparer")
    with pytest.raises(Refused, match="not_for_this_role") as refused:
        access.require(by=factories.actor(account=account), employer=firm, what="file")
    assert refused.value.status == 403


def test_another_firm_reads_like_one_that_is_not_there():
    firm, other, account = firms.employer(), firms.employer(), factories.user(Role.EMPLOYER)
    firms.staff(firm, account, "owner")
    by = factories.actor(account=account)
    said = []
    for employer in (other, 2**40):
        with pytest.raises(Refused, match="not_your_employer") as refused:
            access.require(by=by, employer=employer, what="view")
        said.append((refused.value.status, refused.value.what, refused.value.then))
    assert said[0] == said[1]
    assert said[0][0] == 404


def test_whoever_left_the_staff_may_nothing():
    firm, account = firms.employer(), factories.user(Role.EMPLOYER)
    place = firms.staff(firm, account, "owner")
    Staff.objects.filter(id=place).update(until_day=dt.date(2026, 4, 30))
    assert allowed(factories.actor(account=account), firm) == set()


def test_an_officer_may_everything_for_a_purpose_and_it_is_recorded():
    firm, officer = firms.employer(), factories.actor(Role.OFFICER)
    assert allowed(officer, firm) == set()
    assert allowed(officer, firm, "Datang ke kantor") == set(EVERYTHING)
    seen = Event.objects.filter(subject=f"employer:{firm}", why="Datang ke kantor").values_list("action", flat=True)
    assert set(seen) == {"employer.read", "employer.prepare", "employer.file", "employer.manage"}


def test_an_inspector_only_looks():
    firm = firms.employer()
    assert allowed(factories.actor(Role.INSPECTOR), firm, "Pemeriksaan") == {"view"}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AGENT, Role.AUDITOR, Role.OPERATOR])
def test_others_find_nothing(role):
    assert allowed(factories.actor(role), firms.employer(), "ingin tahu") == set()


def test_the_machine_itself_may():
    assert allowed(SYSTEM, firms.employer()) == set(EVERYTHING)


def test_what_nobody_can_do_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="no such thing"):
        access.require(by=SYSTEM, employer=1, what="delete")
