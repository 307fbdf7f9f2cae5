"""Finding people and reading about them: who may, masked, and always recorded."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.law import facts
from teduh.law.months import Month
from teduh.registry import actions, queries
from teduh.registry.models import Person
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import Event
from tests import factories
from tests.registry.newcomers import ON, enrolled, member, newcomer

pytestmark = pytest.mark.usefixtures("db", "regions")


@pytest.fixture
def officer(db) -> Actor:
    return factories.actor("officer")


def ids(rows):
    return [row.id for row in rows]


def test_a_person_is_found_by_each_of_his_numbers_and_by_his_name(officer):
    one = newcomer(name="H. Muh. Yusuf Rahmatullah, S.Pd", phone="0812-9999-0001")
    ((_, id_, number),) = enrolled(one).made
    member(name="Yusuf Hidayat")
    look = {"actor": officer, "why": "loket"}
    assert ids(queries.find(**look, nik=one.nik)) == [id_]
    assert ids(queries.find(**look, phone="+62 81299990001")) == [id_]
    assert ids(queries.find(**look, member_number=f"{number[:5]} {number[5:]}")) == [id_]
    for name in ("Muhammad Yusuf", "yusuf rahm", "RAHMATULLAH", "Yusup Rahmatulah"):
        assert ids(queries.find(**look, name=name)) == [id_], name
    assert len(queries.find(**look, name="Yusuf")) == 2
    assert queries.find(**look, name="Yusuf", phone="081211112222") == []


def test_a_list_is_masked(officer):
    one = newcomer(name="Siti Aminah", phone="081299990002")
    enrolled(one)
    (row,) = queries.find(actor=officer, why="loket", nik=one.nik)
    assert row.name == "Siti A."
    assert one.nik[6:12] not in row.nik
    assert row.phone == "+62•••••002"
    assert "Kota Surabaya" in row.place
    assert row.is_enrolled


def test_every_look_is_recorded_with_its_purpose_and_without_one_there_is_none(officer):
    one = newcomer()
    id_ = enrolled(one).made[0][1]
    with pytest.raises(Refused) as refused:
        queries.find(actor=officer, why="  ", nik=one.nik)
    assert refused.value.code == "purpose_missing"
    queries.find(actor=officer, why="klaim 12", nik=one.nik)
    queries.dossier(actor=officer, why="klaim 12", person=id_)
    events = Event.objects.filter(subject=f"person:{id_}", actor=officer.user).order_by("id")
    assert [(event.action, event.why) for event in events] == [
        ("person.found", "klaim 12"),
        ("person.read", "klaim 12"),
    ]
    assert not any(one.nik in str(event.detail) for event in events)


def test_an_agent_sees_his_own_people_and_a_member_himself_and_nobody_else(db):
    agent = factories.actor("agent")
    mine = enrolled(newcomer(name="Ketut Mine"), by=agent, channel="agent").made[0][1]
    other = member(name="Ketut Other")
    assert ids(queries.find(actor=agent, why="binaan", name="Ketut")) == [mine]
    assert ids(queries.own_people(actor=agent).rows) == [mine]
    himself = factories.actor("member", person=other)
    assert ids(queries.find(actor=himself, why="sendiri", name="Ketut")) == [other]
    assert queries.dossier(actor=himself, why="sendiri", person=other).id == other
    for actor, person in ((agent, other), (himself, mine), (factories.actor("member"), mine)):
        with pytest.raises(Refused) as refused:
            queries.dossier(actor=actor, why="ingin tahu", person=person)
        assert (refused.value.code, refused.value.status) == ("not_found", 404)
    with pytest.raises(Refused) as refused:
        queries.find(actor=factories.actor("auditor"), why="periksa", name="Ketut")
    assert refused.value.status == 403


@pytest.mark.parametrize("name", ["\x00", "😀", "%", "' OR 1=1 --", "x" * 1_000_000, "\u202e"])
def test_a_search_for_nonsense_finds_nobody(officer, name):
    member()
    try:
        assert queries.find(actor=officer, why="loket", name=name) == []
    except Refused as refused:
        assert refused.code == "nothing_to_look_for"


def test_a_purpose_with_characters_that_no_database_takes_is_kept_without_them(officer):
    one = newcomer()
    enrolled(one)
    queries.find(actor=officer, why="klaim\x00 \ud80012", nik=one.nik)
    assert Event.objects.filter(action="person.found", why="klaim 12").count() == 1


@pytest.mark.parametrize("number", ["\x00", "٢٦٠٠", "9" * 500, ""])
def test_a_member_number_that_is_none_belongs_to_nobody(officer, number):
    assert queries.by_member_number(number=number) is None


def test_own_people_come_page_by_page_newest_first(db):
    agent = factories.actor("agent")
    made = [row[1] for row in enrolled(*(newcomer() for _ in range(5)), by=agent, channel="agent").made]
    first = queries.own_people(actor=agent, limit=2)
    second = queries.own_people(actor=agent, limit=2, after=first.after)
    third = queries.own_people(actor=agent, limit=2, after=second.after)
    assert ids(first.rows + second.rows + third.rows) == sorted(made, reverse=True)
    assert third.after is None


def test_a_dossier_is_whole_and_takes_a_fixed_number_of_statements(officer):
    one = newcomer(name="Siti Aminah", second_occupation="petani-padi", group=factories.group())
    id_ = enrolled(one).made[0][1]
    with CaptureQueriesContext(connection) as captured:
        whole = queries.dossier(actor=officer, why="loket", person=id_)
    assert len(captured) <= 14
    assert (whole.nik, whole.name, whole.phone) == (one.nik, one.name, one.phone)
    assert whole.lives_in.full.endswith("Kota Surabaya, Jawa Timur")
    assert whole.enrolment.verdict["outcome"] == "eligible"
    assert whole.enrolment.second_occupation_name.id == "Petani padi"
    assert whole.enrolment.evidence[0].text == "Melaut tiap malam dari Kenjeran"
    assert whole.heirs[0].relation == "spouse"
    assert whole.consents[0].purposes == ("membership", "identity")
    assert whole.checks[0].answer == "waiting"
    assert len(whole.groups) == 1


def test_who_was_merged_is_found_under_every_old_number_as_who_he_is_now(officer):
    one, other = newcomer(name="Slamet Rahardjo"), newcomer(name="Slamet Rahardja")
    (_, away, number), (_, keep, _) = enrolled(one, other).made
    Person.objects.filter(id=away).update(merged_into=keep)
    look = {"actor": officer, "why": "loket"}
    assert ids(queries.find(**look, nik=one.nik)) == [keep]
    assert ids(queries.find(**look, member_number=number)) == [keep]
    assert ids(queries.find(**look, name="Slamet Rahardjo")) == [keep]
    assert queries.dossier(**look, person=away).id == keep
    assert queries.dossier(**look, person=keep).merged_from == (number,)
    assert queries.same_person(person=away) == (keep, away)
    assert queries.by_nik(nik=one.nik) == keep
    assert queries.dossier(actor=factories.actor("member", person=away), why="sendiri", person=away).id == keep


def test_work_declared_for_a_month_counts_from_that_month_on(db):
    id_ = member(income=1_000_000)
    actions.declare(
        person=id_, month=Month(2026, 6), work={"income": "3.000.000", "occupation": "ojek-online"}, by=SYSTEM, why="x"
    )
    seen = {month: queries.members.members(persons=[id_], month=Month(2026, month))[id_] for month in (4, 5, 6, 7)}
    assert [seen[month].income for month in (4, 5, 6, 7)] == [1_000_000, 1_000_000, 3_000_000, 3_000_000]
    assert [facts.relief_sector(seen[month].sector) for month in (5, 6)] == ["other", "transport"]
    assert seen[6].enrolled_on == ON


def test_groups_are_kept_from_a_day_until_a_day(officer):
    one, other = member(), member()
    group = actions.make_group(
        name="Nelayan Kenjeran", kind="sponsor", funding="apbd", region="35.78", manager=None, by=officer, on=ON
    )
    assert group == actions.make_group(
        name="Nelayan  Kenjeran", kind="sponsor", funding="apbd", region="35.78", manager=None, by=officer, on=ON
    )
    until = dt.date(2026, 12, 31)
    assert actions.add_members(group=group, persons=[one, other, one], by=officer, on=ON, until=until) == (one, other)
    assert actions.add_members(group=group, persons=[one], by=officer, on=ON) == ()
    assert actions.end_memberships(group=group, persons=[other], by=officer, on=dt.date(2026, 5, 1)) == (other,)
    assert queries.member_ids(group=group, on=dt.date(2026, 5, 1)) == (one, other)
    assert queries.member_ids(group=group, on=dt.date(2026, 5, 2)) == (one,)
    assert queries.member_ids(group=group, on=dt.date(2027, 1, 1)) == ()
    assert queries.group(actor=officer, group=group, on=ON).is_state_budget
    assert [row.id for row in queries.sponsors_of(person=one, on=ON)] == [group]
    with pytest.raises(Refused):
        queries.group(actor=factories.actor("agent"), group=group, on=ON)
