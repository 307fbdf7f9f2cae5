"""What happens on a placement, in the order in which it can happen; what was told wrongly is put right."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.migrants import life
from teduh.migrants import queries
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


def test_a_wrong_departure_is_put_right_or_taken_back_and_stays_on_record():
    one = placed()
    tells(one, "departed", "2026-04-02")
    put = {"by": SYSTEM, "on": LATER, "at": at(LATER), "why": "Salah ketik"}
    view = life.correct(placement=one, kind="departed", event_on=D("2026-04-04"), **put)
    assert view.departed_on == D("2026-04-04") and view.state == "departed"
    view = life.correct(placement=one, kind="departed", event_on=None, **put)
    assert view.departed_on is None and view.state == "registered"
    assert [event.kind for event in view.events] == ["registered", "departed", "corrected", "corrected"]


def corrects(placement: int, kind: str, day: str | None):
    return life.correct(placement=placement, kind=kind, event_on=D(day) if day else None, by=SYSTEM, on=LATER,
                        at=at(LATER), why="Salah ketik")  # fmt: skip


def home(until: str = "home") -> int:
    """Departed 2 April 2026, in Indonesia 10 May 2027 and home on the 12th: before the agreement's end."""
    one = placed()
    for kind, day in (("departed", "2026-04-02"), ("returning", "2027-05-10"), ("home", "2027-05-12")):
        tells(one, kind, day)
        if kind == until:
            break
    return one


def test_an_early_return_ends_the_agreement_and_its_corrected_day_moves_it():
    one = home("returning")
    view = queries.placement(by=SYSTEM, placement=one, on=LATER)
    assert view.agreement.ended_on == view.ends_on == D("2027-05-10")
    view = corrects(one, "returning", "2027-06-10")
    assert view.agreement.ended_on == view.ends_on == view.debarked_on == D("2027-06-10")
    view = corrects(one, "returning", None)
    assert (view.state, view.agreement.ended_on, view.ends_on) == ("working", None, AGREEMENT.ends)


def test_days_stay_in_order_when_one_is_put_right_and_the_later_is_taken_back_first():
    one = home()
    for kind, day in (("departed", "2027-05-11"), ("returning", "2027-05-13"), ("home", "2027-05-09")):
        with pytest.raises(Refused) as refused:
            corrects(one, kind, day)
        assert refused.value.code == "day_out_of_order"
    for kind in ("departed", "returning"):
        with pytest.raises(Refused):
            corrects(one, kind, None)
    assert corrects(one, "home", None).state == "returning"
    assert corrects(one, "returning", None).state == "working"
    assert corrects(one, "departed", None).state == "registered"


def test_an_end_that_was_told_wrongly_is_taken_back_and_the_agreement_goes_on():
    one = placed()
    tells(one, "departed", "2026-04-02")
    tells(one, "dismissed", "2027-01-10")
    view = corrects(one, "ended", "2027-01-12")
    assert (view.state, view.ends_on, view.agreement.ended_on) == ("ended", D("2027-01-12"), D("2027-01-12"))
    assert "sepihak" in view.agreement.ended_why.id
    view = corrects(one, "ended", None)
    assert (view.state, view.ends_on, view.agreement.ended_on) == ("working", AGREEMENT.ends, None)


def test_a_death_before_departure_is_told_and_one_after_the_return_keeps_the_day_of_return():
    one = placed()
    with pytest.raises(Refused):
        tells(one, "died", "2026-02-01")
    assert tells(one, "died", "2026-02-02").died_on == D("2026-02-02")
    other = home("returning")
    with pytest.raises(Refused):
        tells(other, "died", "2027-05-09")
    tells(other, "died", "2027-05-11")
    assert corrects(other, "died", None).state == "returning"


def test_a_placement_is_not_opened_again_beside_another():
    one = placed(number=4001)
    tells(one, "failed", "2026-03-01")
    placed(number=4001)
    with pytest.raises(Refused) as refused:
        corrects(one, "failed", None)
    assert refused.value.code == "placement_is_open"


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
@given(
    told=st.lists(
        st.tuples(st.sampled_from(["tell", "tell", "correct", "undo"]), st.sampled_from(sorted(life.MOVES)),
                  st.integers(0, 900)), max_size=10,
    )
)  # fmt: skip
def test_whatever_is_told_and_put_right_dates_stay_in_order_and_the_state_is_theirs(told):
    one = placed()
    for way, kind, days in told:
        day = str(D("2026-03-01") + dt.timedelta(days=days))
        try:
            if way == "tell":
                tells(one, kind, day)
            elif kind in life.CORRECTED:
                corrects(one, kind, day if way == "correct" else None)
        except Refused:
            continue
        row = Placement.objects.get(pk=one)
        days_ = [one_ for one_ in (row.departed_on, row.debarked_on, row.home_on, row.died_on) if one_]
        assert days_ == sorted(days_)
        assert (row.state == "died") == (row.died_on is not None)
        assert (row.state == "home") == (row.home_on is not None and row.died_on is None)
        assert (row.state == "failed") == (row.failed_on is not None and row.died_on is None)
        assert row.state != "registered" or row.departed_on is None
    ids = list(Event.objects.filter(placement=one).values_list("kind", flat=True).order_by("id"))
    assert ids[0] == "registered"
