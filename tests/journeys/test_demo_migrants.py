"""The made-up migrants are what they say: every state, money through the journeys, books that balance, made once."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.journeys import demo_migrants
from teduh.journeys.migrants import differences, family, gate, matters, people, timeline
from teduh.journeys.money import statement
from teduh.ledger import queries as books
from teduh.migrants import access, queries
from teduh.migrants.models import Organisation, Placement
from teduh.national import abroad
from teduh.registry.models import Account
from teduh.security.access import SYSTEM, actor_of
from teduh.security.models import User

ON = dt.date(2026, 8, 20)
AT = dt.datetime(2026, 8, 20, 8, 30, tzinfo=JAKARTA)
ROLES = {"agency": "agency", "mission": "mission", "gate": "mission", "migrant": "member", "relative": "family"}


@pytest.fixture(scope="module")
def world(own_database, regions):
    with own_database():
        accounts = {name: User.objects.create(username=f"{name}1", role=role).pk for name, role in ROLES.items()}
        demo_migrants.create(people=60, seed=5, on=ON, at=AT, accounts=accounts)
        yield accounts


def account(world, key):
    user = User.objects.get(pk=world[key])
    person = Account.objects.filter(user=user).values_list("person", flat=True).first()
    return actor_of(user, person=person)


def worker(world):
    return account(world, "migrant").person


def test_about_sixty_people_are_there_and_are_made_once(world):
    assert demo_migrants.is_created()
    before = Placement.objects.count()
    assert 55 <= before <= 70 and Organisation.objects.count() == len(demo_migrants.BODIES)
    demo_migrants.create(people=60, seed=5, on=ON, at=AT, accounts=world)
    assert Placement.objects.count() == before


def test_every_state_has_somebody(world):
    states = Counter(Placement.objects.values_list("state", flat=True))
    wanted = {"registered", "working", "ended", "returning", "home", "failed", "missing"}
    assert wanted <= set(states)
    found = people.people(by=SYSTEM, on=ON)
    assert all(found.counts[name] for name in people.ONLY), found.counts


def test_the_books_balance_and_hold_what_was_billed_and_paid(world):
    assert books.trial_balance(on=ON).balanced
    assert statement.check(on=ON) == ()


def test_whoever_paid_and_works_is_protected_and_whoever_did_not_is_not(world):
    rows = {row.number: row for row in people.people(by=SYSTEM, on=ON, limit=200).rows}
    unpaid = [row for row in rows.values() if row.state == "registered" and row.paid_until is None]
    assert unpaid and not any(row.protected for row in unpaid if row.until is None)
    ends = [row for row in rows.values() if row.state == "working" and row.days_left is not None and row.days_left > 0]
    assert sum(row.protected for row in ends) > 20


def test_the_worker_sees_when_his_agreement_ends_and_what_to_do(world):
    who = account(world, "migrant")
    seen = timeline.timeline(placement=queries.current(person=who.person), by=who, on=ON)
    story = abroad.STORIES[0]
    assert seen.protected and seen.protected_until == ON + dt.timedelta(days=story.ends)
    assert seen.placement.destination.code == "TW" and seen.next_step


def test_the_relative_looks_after_him_and_sees_the_same_date(world):
    (mine,) = family.mine(by=account(world, "relative"), on=ON)
    assert mine.person == worker(world) and "pay" in mine.may and mine.protected_until > ON


def test_the_agency_sees_its_own_people_and_no_complaint(world):
    agency = account(world, "agency")
    seen = people.people(by=agency, on=ON, limit=200)
    own = Placement.objects.filter(organisation__code=demo_migrants.BODIES[abroad.FIRST][0]).count()
    assert 0 < seen.total <= own < Placement.objects.count()
    assert "complaint" not in {row.kind for row in matters.mine(by=agency).rows}
    assert "complaint" in {row.kind for row in matters.mine(by=account(world, "mission")).rows}


def test_the_missions_list_differs_where_it_was_made_to(world):
    open_ = differences.open_(by=account(world, "mission"))
    kinds = Counter(row.kind for row in open_.rows)
    assert kinds["not_here"] == 1 and kinds["not_there"] >= demo_migrants.NOT_IN_LIST
    assert sum(kinds.values()) >= demo_migrants.WRONG_DATES + demo_migrants.NOT_IN_LIST + 1


def test_the_gate_lets_go_who_paid_and_stops_who_did_not(world):
    by = account(world, "gate")
    assert [desk.kind for desk in access.desks_of(by=by)] == ["government"]
    numbers = dict(sql.rows("SELECT m.number, EXISTS (SELECT FROM contributions_placementdue d WHERE "
                            "d.placement_id = m.id AND d.stage = 'during' AND d.settled_on IS NOT NULL) "
                            "FROM migrants_placement m WHERE m.state = 'registered'"))  # fmt: skip
    answers = {number: gate.check(by=by, on=ON, number=number).answer for number in numbers}
    assert {answers[number] for number, paid in numbers.items() if paid} == {"yes"}
    assert "yes" not in {answers[number] for number, paid in numbers.items() if not paid}


def test_rates_say_that_they_are_made_up(world):
    sources = {source for (source,) in sql.rows("SELECT DISTINCT source FROM migrants_rate")}
    assert sources == {demo_migrants.MADE_UP}
