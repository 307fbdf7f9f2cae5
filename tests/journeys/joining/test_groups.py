"""Groups: an agent makes and fills his own, an officer any."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.joining import groups
from teduh.registry import queries
from tests import factories
from tests.registry.newcomers import ON, enrolled, member, newcomer

pytestmark = pytest.mark.usefixtures("db", "regions")


def make(by, **wanted):
    return groups.make(
        **{"name": "Koperasi Nelayan", "kind": "cooperative", "funding": "members"} | wanted, by=by, on=ON
    )


def test_an_agent_manages_the_group_he_made_and_puts_his_own_people_in():
    agent = factories.actor("agent")
    mine = [row[1] for row in enrolled(newcomer(), newcomer(), by=agent, channel="agent").made]
    group = make(agent)
    assert groups.add(group=group, persons=mine, by=agent, on=ON, until=dt.date(2026, 12, 31)) == tuple(sorted(mine))
    assert [row.id for row in queries.groups.groups(actor=agent, on=ON)] == [group]
    shown = queries.groups.members(actor=agent, why="daftar", group=group, on=ON)
    assert [(row.person.id, row.until_day) for row in shown] == [(id_, dt.date(2026, 12, 31)) for id_ in sorted(mine)]
    with pytest.raises(Refused) as refused:
        groups.add(group=group, persons=[member()], by=agent, on=ON)
    assert refused.value.code == "not_your_people"


def test_another_agent_neither_sees_nor_fills_it():
    group = make(factories.actor("agent"))
    other = factories.actor("agent")
    assert queries.groups.groups(actor=other, on=ON) == ()
    with pytest.raises(Refused) as refused:
        groups.add(group=group, persons=[], by=other, on=ON)
    assert refused.value.status == 404


def test_a_member_leaves_by_himself():
    person, agent = member(), factories.actor("officer")
    group = make(agent)
    groups.add(group=group, persons=[person], by=agent, on=ON)
    himself = factories.actor("member", person=person)
    assert groups.leave(group=group, persons=[person], by=himself, on=ON) == (person,)
    assert queries.member_ids(group=group, on=ON + dt.timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("wrong", "field"), [({"kind": "x"}, "kind"), ({"funding": "x"}, "funding"), ({"name": "\x00"}, "name")]
)
def test_a_group_without_kind_funding_or_name_is_refused(wrong, field):
    with pytest.raises(Refused) as refused:
        make(factories.actor("officer"), **wrong)
    assert refused.value.field == field


def test_a_name_that_is_taken_with_another_funding_is_refused():
    officer = factories.actor("officer")
    make(officer, kind="sponsor", funding="apbd", region="35.78")
    with pytest.raises(Refused) as refused:
        make(officer, kind="sponsor", funding="private", region="35.78")
    assert refused.value.code == "group_exists_otherwise"
