"""Differences decided one by one, and our side as a list for the other."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.migrants import differences, life, lists
from teduh.migrants.models import Agreement, Difference, Event, Placement
from teduh.security.access import SYSTEM
from teduh.security.models import Event as Audit
from tests import factories
from tests.journeys.migrants import listed
from tests.migrants import people

pytestmark = pytest.mark.usefixtures("db", "regions")
ON, AT = listed.ON, listed.AT
LATER = ON + dt.timedelta(days=7)


@pytest.fixture
def agency():
    of = people.organisation()
    desk = people.desk(of)
    listed.done(of, desk, "enter", *(listed.person(n) for n in (1, 2, 3)))
    return of, desk


def found(agency, *rows, **more) -> int:
    """The one difference of a list."""
    of, desk = agency
    listed.done(of, desk, "compare", *rows, **more)
    return Difference.objects.get(state="open").id


def settle(agency, difference: int, how: str, **more):
    return differences.settle(difference=difference, how=how, by=agency[1], on=ON, at=AT, **more)


def test_taking_their_dates_puts_the_agreement_right_and_keeps_what_it_was(agency):
    one = found(agency, listed.person(1, ends=dt.date(2028, 6, 30)))
    view = settle(agency, one, "theirs", note="Sesuai perjanjian kerja")
    placement = listed.placement_of(1)
    assert (view.state, view.how, view.note) == ("settled", "theirs", "Sesuai perjanjian kerja")
    assert Agreement.objects.get(placement=placement).ends == placement.ends_on == dt.date(2028, 6, 30)
    assert "2028-03-31" in Event.objects.get(placement=placement, kind="corrected").note


def test_taking_their_day_of_departure_tells_the_departure(agency):
    one = found(agency, listed.person(1, departs_on=ON))
    settle(agency, one, "theirs")
    placement = listed.placement_of(1)
    assert (placement.state, placement.departed_on) == ("departed", ON)


def test_their_later_end_extends_an_agreement_that_is_over(agency):
    life.tell(placement=listed.placement_of(1).id, kind="departed", event_on=ON, by=SYSTEM, on=ON, at=AT)
    after = dt.date(2028, 5, 1)
    one = found(agency, listed.person(1, ends=dt.date(2029, 3, 31)), as_of=after, on=after)
    differences.settle(difference=one, how="theirs", by=agency[1], on=after, at=AT)
    kinds = Agreement.objects.filter(placement=listed.placement_of(1)).order_by("number")
    assert [(each.kind, each.ends) for each in kinds] == [
        ("first", dt.date(2028, 3, 31)), ("extension", dt.date(2029, 3, 31)),
    ]  # fmt: skip


def test_taking_their_passport_changes_it_and_the_next_list_finds_him_by_it(agency):
    one = found(agency, listed.person(1, passport="X9999999"))
    settle(agency, one, "theirs")
    assert listed.placement_of(1).passport == "X9999999"
    said = listed.check(*agency, "compare", listed.person(1, nik="", passport="x 9999999"))
    assert said.by_match == {"passport": 1}


def test_taking_their_destination_before_leaving_puts_it_right(agency):
    one = found(agency, listed.person(1, destination="HONG KONG"))
    settle(agency, one, "theirs")
    assert listed.placement_of(1).destination_id == "HK"
    assert Agreement.objects.get(placement=listed.placement_of(1)).destination_id == "HK"


def test_taking_their_destination_abroad_is_a_move_with_their_agreement(agency):
    life.tell(placement=listed.placement_of(1).id, kind="departed", event_on=ON, by=SYSTEM, on=ON, at=AT)
    row = listed.person(1, destination="HONG KONG", starts=dt.date(2026, 7, 1), ends=dt.date(2028, 6, 30))
    listed.done(*agency, "compare", row)
    settle(agency, Difference.objects.get(kind="destination").id, "theirs")
    placement = listed.placement_of(1)
    assert placement.destination_id == "HK"
    assert list(placement.agreements.order_by("number").values_list("kind", "starts", "ended_on")) == [
        ("first", dt.date(2026, 4, 1), dt.date(2026, 6, 30)), ("move", dt.date(2026, 7, 1), None),
    ]  # fmt: skip


def test_a_move_abroad_needs_an_agreement_that_begins_after_ours(agency):
    life.tell(placement=listed.placement_of(1).id, kind="departed", event_on=ON, by=SYSTEM, on=ON, at=AT)
    row = listed.person(1, destination="HONG KONG", starts=dt.date(2026, 4, 1), ends=dt.date(2028, 3, 31))
    one = found(agency, row)
    with pytest.raises(Refused):
        settle(agency, one, "theirs")
    assert listed.placement_of(1).destination_id == "TW"
    assert Difference.objects.get(id=one).state == "open"


def test_somebody_only_they_have_is_registered_from_their_row(agency):
    one = found(agency, listed.person(9))
    view = settle(agency, one, "theirs")
    assert view.placement == listed.placement_of(9).id
    assert listed.placement_of(9).organisation_id == agency[0]


def test_somebody_of_others_is_not_registered_from_a_row_and_nothing_is_told_of_him(agency):
    other = people.organisation()
    listed.done(other, people.desk(other), "enter", listed.person(9))
    one = found(agency, listed.person(9))
    with pytest.raises(Refused) as refused:
        settle(agency, one, "theirs")
    assert refused.value.code == "with_officer"


@pytest.mark.parametrize(
    ("row", "code"),
    [({"paid": "LUNAS"}, "money_is_not_said"), ({"name": "JOKO WIDIANTO"}, "name_by_ktp")],
)
def test_money_and_names_are_not_taken_from_a_list(agency, row, code):
    one = found(agency, listed.person(1, **row))
    with pytest.raises(Refused) as refused:
        settle(agency, one, "theirs")
    assert refused.value.code == code
    assert settle(agency, one, "noted").state == "settled"


def test_who_is_missing_there_needs_to_be_told_what_happened(agency):
    one = found(agency, listed.person(1), listed.person(2), whole=True)
    with pytest.raises(Refused) as refused:
        settle(agency, one, "theirs")
    assert refused.value.code == "tell_what_happened"


def test_what_was_decided_is_not_asked_again_while_both_say_the_same(agency):
    one = found(agency, listed.person(1, passport="X9999999"))
    settle(agency, one, "ours")
    listed.done(*agency, "compare", listed.person(1, passport="X9999999"), as_of=LATER, on=LATER)
    assert not Difference.objects.filter(state="open").exists()
    later = LATER + dt.timedelta(days=1)
    listed.done(*agency, "compare", listed.person(1, passport="X9999998"), as_of=later, on=later)
    assert Difference.objects.filter(state="open").count() == 1


@pytest.mark.parametrize(("how", "match"), [("same", "name"), ("other", "none")])
def test_what_a_person_said_of_somebody_unsure_is_remembered(agency, how, match):
    row = listed.person(1, nik="3301014305900001")
    one = found(agency, row)
    assert settle(agency, one, how).kind == "unsure"
    assert listed.check(*agency, "compare", row, as_of=LATER, on=LATER).by_match == {match: 1}


def test_each_kind_offers_its_own_ways_out(agency):
    one = found(agency, listed.person(1, passport="X9999999"))
    (view,) = differences.open_(by=agency[1]).rows
    assert [how for how, _ in view.hows] == ["theirs", "ours", "noted"]
    with pytest.raises(Refused) as refused:
        settle(agency, one, "same")
    assert refused.value.code == "how_not_for_this"


def test_decided_the_same_way_twice_counts_once_and_another_way_is_refused(agency):
    one = found(agency, listed.person(1, passport="X9999999"))
    assert settle(agency, one, "theirs") == settle(agency, one, "theirs")
    assert Event.objects.filter(kind="corrected").count() == 1
    with pytest.raises(Refused) as refused:
        settle(agency, one, "ours")
    assert refused.value.code == "difference_settled"


def test_a_difference_is_its_senders_and_the_officers_with_a_reason(agency):
    one = found(agency, listed.person(1, passport="X9999999"))
    stranger = people.desk(people.organisation())
    assert differences.open_(by=stranger).rows == ()
    with pytest.raises(Refused) as refused:
        differences.settle(difference=one, how="noted", by=stranger, on=ON, at=AT)
    assert refused.value.status == 404
    officer = factories.actor("officer")
    with pytest.raises(Refused):
        differences.open_(by=officer)
    assert differences.open_(by=officer, why="Diminta P3MI").total == 1


def test_looking_at_differences_is_recorded_for_each_person(agency):
    found(agency, listed.person(1, passport="X9999999"))
    differences.open_(by=agency[1])
    assert Audit.objects.filter(action="differences.listed").count() == 1


def test_pages_follow_each_other_and_count_everything(agency):
    listed.done(*agency, "compare", *(listed.person(n, passport=f"X999999{n}") for n in (1, 2, 3)))
    first = differences.open_(by=agency[1], limit=2)
    rest = differences.open_(by=agency[1], after=first.after, limit=2)
    assert (len(first.rows), len(rest.rows), first.counts, rest.after) == (2, 1, {"passport": 3}, 0)
    assert differences.open_(by=agency[1], kind="dates").rows == ()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_our_side_read_by_our_own_reader_agrees_with_itself(agency, kind, language):
    of, desk = agency
    listed.paid(listed.placement_of(1), dt.date(2026, 6, 30))
    life.tell(placement=listed.placement_of(2).id, kind="departed", event_on=ON, by=SYSTEM, on=ON, at=AT)
    content = differences.export(organisation=of, on=ON, by=desk, kind=kind, language=language)
    said = lists.check(organisation=of, purpose="compare", content=content, name="x", as_of=ON, whole=True, by=desk,
                       on=ON, at=AT)  # fmt: skip
    assert (said.by_match, said.differences, said.stopped) == ({"nik": 3}, {}, 0)
    assert lists.commit(list=said.list, by=desk, on=ON, at=AT).differences == {}


def test_our_side_is_for_the_sender_alone_and_each_person_in_it_is_recorded(agency):
    of, desk = agency
    content = differences.export(organisation=of, on=ON, by=desk).decode("utf-8-sig")
    assert content.count("\n") == 4
    assert Audit.objects.filter(action="placements.exported").count() == 3
    with pytest.raises(Refused):
        differences.export(organisation=of, on=ON, by=people.desk(people.organisation()))


def test_a_name_that_is_a_formula_is_text_in_our_side(agency):
    of, desk = agency
    placement = listed.placement_of(1)
    one = placement.agreements.get()
    one.employer = "=HYPERLINK(1)"
    one.save()
    assert "'=HYPERLINK(1)" in differences.export(organisation=of, on=ON, by=desk).decode("utf-8-sig")
    assert Placement.objects.count() == 3
