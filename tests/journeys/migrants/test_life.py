"""What happens on a placement, in the order in which it can happen; what was told wrongly is put right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.migrants import agreements, life
from teduh.migrants import queries
from teduh.migrants.facts import NewAgreement
from teduh.migrants.models import Event, Placement
from teduh.outreach.models import Preference
from teduh.security.access import SYSTEM
from tests.migrants.people import AGREEMENT, D, at, desk, newcomer, organisation, placed

pytestmark = pytest.mark.django_db
LATER = D("2028-12-01")


def tells(placement: int, kind: str, day: str, **more):
    return life.tell(placement=placement, kind=kind, event_on=D(day), by=SYSTEM, on=LATER, at=at(LATER), **more)


def test_a_placement_goes_from_departure_to_home_and_dates_follow():
    one = placed()
    assert tells(one, "departed", "2026-04-02").state == "departed"
    assert tells(one, "working", "2026-04-05").state == "working"
    assert tells(one, "ended", "2028-03-31").state == "ended"
    view = tells(one, "returning", "2028-04-10")
    assert (view.state, view.debarked_on) == ("returning", D("2028-04-10"))
    view = tells(one, "home", "2028-04-12")
    assert (view.state, view.home_on, view.departed_on) == ("home", D("2028-04-12"), D("2026-04-02"))
    assert [event.kind for event in view.events] == [
        "registered", "departed", "working", "ended", "returning", "home",
    ]  # fmt: skip


def test_the_same_event_told_twice_counts_once():
    one = placed()
    tells(one, "departed", "2026-04-02")
    tells(one, "departed", "2026-04-02")
    assert Event.objects.filter(placement=one, kind="departed").count() == 1


def test_what_cannot_follow_is_refused_in_plain_words():
    one = placed()
    with pytest.raises(Refused) as refused:
        tells(one, "home", "2026-04-02")
    assert "belum berangkat" in refused.value.why.id
    with pytest.raises(Refused) as refused:
        tells(one, "departed", "2029-04-02")
    assert refused.value.field == "event_on"
    tells(one, "departed", "2026-04-02")
    with pytest.raises(Refused):
        tells(one, "returning", "2026-04-01")


def test_messages_follow_the_zone_of_the_destination_and_come_home():
    one = placed(destination="SA")
    person = Placement.objects.get(pk=one).person_id
    tells(one, "departed", "2026-04-02")
    assert Preference.objects.get(person=person).zone == "Asia/Riyadh"
    tells(one, "returning", "2027-04-02")
    assert Preference.objects.get(person=person).zone == "Asia/Jakarta"


def test_a_dismissal_ends_the_agreement_early_with_its_cause():
    one = placed()
    tells(one, "departed", "2026-04-02")
    view = agreements.end_early(
        placement=one, ended_on=D("2027-01-10"), cause="dismissed", by=SYSTEM, on=LATER, at=at(LATER)
    )
    assert (view.state, view.ends_on) == ("ended", D("2027-01-10"))
    assert view.agreement.ended_on == D("2027-01-10") and "sepihak" in view.agreement.ended_why.id


def test_an_extension_begins_the_day_after_and_keeps_the_employer():
    one = placed()
    tells(one, "departed", "2026-04-02")
    agreements.extend(placements=[(one, D("2029-03-31"))], by=SYSTEM, on=LATER, at=at(LATER))
    view = queries.placement(by=SYSTEM, placement=one, on=LATER)
    assert (view.agreement.starts, view.agreement.ends) == (D("2028-04-01"), D("2029-03-31"))
    assert view.agreement.employer == AGREEMENT.employer and view.agreement.kind == "extension"
    assert view.ends_on == D("2029-03-31")
    with pytest.raises(Refused):
        agreements.extend(placements=[(one, D("2028-01-01"))], by=SYSTEM, on=LATER, at=at(LATER))


def test_another_employer_in_another_country_ends_the_one_before():
    one = placed()
    tells(one, "departed", "2026-04-02")
    new = NewAgreement(starts=D("2027-02-01"), ends=D("2029-01-31"), employer="Chan Family", job="Asisten")
    view = agreements.move(placement=one, agreement=new, destination="HK", by=SYSTEM, on=LATER, at=at(LATER))
    assert view.agreements[0].ended_on == D("2027-01-31") and view.agreement.employer == "Chan Family"
    assert view.destination.code == "HK" and view.ends_on == D("2029-01-31")


def test_after_a_move_the_mission_of_the_new_country_sees_her():
    taipei, hongkong = desk(organisation("mission")), desk(organisation("mission", seat="HK"))
    one = placed()
    tells(one, "departed", "2026-04-02")
    assert queries.placement(by=taipei, placement=one, on=LATER)
    new = NewAgreement(starts=D("2027-02-01"), ends=D("2029-01-31"), employer="Chan Family", job="Asisten")
    agreements.move(placement=one, agreement=new, destination="HK", by=SYSTEM, on=LATER, at=at(LATER))
    assert queries.placement(by=hongkong, placement=one, on=LATER)
    with pytest.raises(Refused):
        queries.placement(by=taipei, placement=one, on=LATER)


def test_a_wrong_departure_is_put_right_or_taken_back_and_stays_on_record():
    one = placed()
    tells(one, "departed", "2026-04-02")
    put = {"by": SYSTEM, "on": LATER, "at": at(LATER), "why": "Salah ketik"}
    view = life.correct(placement=one, kind="departed", event_on=D("2026-04-04"), **put)
    assert view.departed_on == D("2026-04-04") and view.state == "departed"
    view = life.correct(placement=one, kind="departed", event_on=None, **put)
    assert view.departed_on is None and view.state == "registered"
    assert [event.kind for event in view.events] == ["registered", "departed", "corrected", "corrected"]


def test_agreement_dates_are_put_right_as_the_paper_says():
    one = placed()
    (agreement,) = queries.placement(by=SYSTEM, placement=one, on=LATER).agreements
    view = agreements.correct_dates(
        placement=one, agreement=agreement.id, starts=D("2026-04-15"), ends=D("2028-04-14"), by=SYSTEM, on=LATER,
        at=at(LATER), why="Sesuai perjanjian",
    )  # fmt: skip
    assert (view.agreement.starts, view.ends_on) == (D("2026-04-15"), D("2028-04-14"))
    assert "2026-04-01" in view.events[-1].note


def test_the_same_event_of_many_takes_the_same_statements():
    agency = organisation()
    clerk, counts = desk(agency), []
    from teduh.journeys.migrants import register

    for size in (3, 40):
        rows = [newcomer(scheme="agency", organisation=agency) for _ in range(size)]
        made = register.register_many(newcomers=rows, organisation=agency, by=clerk, on=LATER, at=at(LATER))
        ids = [one.placement for one in made]
        with CaptureQueriesContext(connection) as asked:
            assert life.tell_many(
                placements=ids, kind="failed", event_on=LATER, by=clerk, on=LATER, at=at(LATER)
            ) == size  # fmt: skip
        counts.append(len(asked))
    assert counts[0] == counts[1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.tuples(st.sampled_from(sorted(life.MOVES)), st.integers(0, 900)), max_size=8))
def test_whatever_is_told_dates_stay_in_order_and_state_is_one_the_law_knows(kinds):
    one = placed()
    for kind, days in kinds:
        try:
            tells(one, kind, str(D("2026-03-01") + dt.timedelta(days=days)))
        except Refused:
            continue
    row = Placement.objects.get(pk=one)
    told = [day for day in (row.departed_on, row.debarked_on, row.home_on) if day]
    assert told == sorted(told)
    assert (row.state == "home") == (row.home_on is not None and row.died_on is None)
