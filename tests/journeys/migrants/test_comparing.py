"""The other side's register beside ours: who is whom, and where they differ, both ways."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.migrants import differences, lists
from teduh.migrants.models import Difference, Placement
from teduh.registry.models import Person
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


def open_kinds() -> list[str]:
    return sorted(Difference.objects.filter(state="open").values_list("kind", flat=True))


def matches(report) -> dict[str, int]:
    return report.by_match


def test_who_is_the_same_on_both_sides_agrees(agency):
    of, desk = agency
    done = listed.done(of, desk, "compare", *(listed.person(n) for n in (1, 2, 3)), whole=True)
    assert done.differences == {}
    assert lists.report(list=done.list, by=desk).counts == {"agrees": 3}


@pytest.mark.parametrize(
    ("changed", "match"),
    [
        ({}, "nik"),
        ({"name": "SITI RAHAYU BRINI, S.Pd"}, "nik"),
        ({"name": "Brini Siti Rahayu"}, "nik"),
        ({"nik": ""}, "passport"),
        ({"nik": "3,30E+15"}, "passport"),
        ({"nik": "", "passport": "c 000 0001"}, "passport"),
        ({"nik": "", "passport": "", "name": "siti rahayu  BRINI"}, "name"),
        ({"nik": "", "passport": "", "name": "Siti Rahaju Brini"}, "name"),
        ({"name": "JOKO WIDIANTO"}, "nik"),
        ({"name": "JOKO WIDIANTO", "passport": ""}, "unsure"),
        ({"nik": "", "name": "JOKO WIDIANTO"}, "unsure"),
        ({"nik": "3301014305900001"}, "unsure"),
        ({"nik": "", "passport": "", "birth_date": dt.date(1996, 1, 1)}, "none"),
        ({"nik": "3301014305900001", "passport": "", "name": "Siti Lestari Brini"}, "none"),
    ],
)
def test_a_person_is_found_by_nik_then_passport_then_name_and_birth_date(agency, changed, match):
    of, desk = agency
    assert listed.check(of, desk, "compare", listed.person(1, **changed)).by_match == {match: 1}


def test_a_birth_date_with_day_and_month_turned_is_not_sure(agency):
    of, desk = agency
    turned = people.newcomer(1).birth_date
    placement = listed.placement_of(1)
    Person.objects.filter(id=placement.person_id).update(birth_date=dt.date(1995, 3, 4))
    row = listed.person(1, nik="", passport="", birth_date=dt.date(1995, 4, 3))
    assert turned != dt.date(1995, 3, 4)
    from teduh.registry.actions.enrolling import names

    words = [*names.blind_words(row["name"]), *names.birth_words(row["name"], dt.date(1995, 3, 4))]
    Person.objects.filter(id=placement.person_id).update(name_words=words)
    assert listed.check(of, desk, "compare", row).by_match == {"unsure": 1}


def test_there_and_not_here_here_and_not_there(agency):
    of, desk = agency
    done = listed.done(of, desk, "compare", listed.person(1), listed.person(9), whole=True)
    assert done.differences == {"not_here": 1, "not_there": 2}
    partly = listed.check(of, desk, "compare", listed.person(1), listed.person(8))
    assert partly.differences == {"not_here": 1}


def test_a_difference_can_be_seen_before_it_is_kept(agency):
    of, desk = agency
    said = listed.check(of, desk, "compare", listed.person(9))
    assert said.differences == {"not_here": 1}
    assert Difference.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"ends": dt.date(2028, 4, 1)}, "dates"),
        ({"starts": dt.date(2026, 4, 2)}, "dates"),
        ({"departs_on": ON}, "dates"),
        ({"destination": "HONG KONG"}, "destination"),
        ({"passport": "X9999999"}, "passport"),
        ({"name": "JOKO WIDIANTO"}, "name"),
        ({"paid": "LUNAS"}, "paid_there"),
    ],
)
def test_each_disagreement_has_its_kind(agency, changed, kind):
    of, desk = agency
    assert listed.done(of, desk, "compare", listed.person(1, **changed)).differences == {kind: 1}


@pytest.mark.parametrize(
    "changed",
    [{"departs_on": ON + dt.timedelta(days=1)}, {"paid": "BELUM"}, {"paid": ""}, {"starts": "", "ends": ""},
     {"passport": ""}, {"destination": ""}],
)  # fmt: skip
def test_what_they_do_not_say_or_will_do_later_does_not_differ(agency, changed):
    of, desk = agency
    assert listed.done(of, desk, "compare", listed.person(1, **changed)).differences == {}


@pytest.mark.parametrize(
    ("paid", "until", "kind"),
    [
        ("LUNAS", "", None), ("BELUM", "", "paid_here"), ("", dt.date(2026, 6, 30), None),
        ("LUNAS", dt.date(2026, 7, 1), "paid_there"), ("LUNAS", dt.date(2026, 6, 29), "paid_here"),
    ],
)  # fmt: skip
def test_what_is_paid_here_is_compared_with_what_they_say(agency, paid, until, kind):
    of, desk = agency
    listed.paid(listed.placement_of(1), dt.date(2026, 6, 30))
    done = listed.done(of, desk, "compare", listed.person(1, paid=paid, paid_until=until))
    assert done.differences == ({kind: 1} if kind else {})


def test_the_fee_before_departure_does_not_pay_for_the_time_abroad(agency):
    of, desk = agency
    listed.paid(listed.placement_of(1), dt.date(2026, 6, 30))
    Placement.objects.filter(id=listed.placement_of(1).id).update(state="working", departed_on=ON)
    done = listed.done(of, desk, "compare", listed.person(1, paid="LUNAS", departs_on=ON))
    assert done.differences == {"paid_there": 1}


def test_a_later_list_closes_what_is_no_more(agency):
    of, desk = agency
    listed.done(of, desk, "compare", listed.person(1, passport="X9999999"), listed.person(9), whole=True)
    assert open_kinds() == ["not_here", "not_there", "not_there", "passport"]
    listed.done(of, desk, "compare", *(listed.person(n) for n in (1, 2)), as_of=LATER, on=LATER, whole=True)
    assert open_kinds() == ["not_there"]
    assert sorted(Difference.objects.filter(state="gone").values_list("kind", "settled_on")) == [
        ("not_here", LATER), ("not_there", LATER), ("passport", LATER),
    ]  # fmt: skip


def test_a_list_of_some_says_nothing_of_the_others(agency):
    of, desk = agency
    listed.done(of, desk, "compare", listed.person(1, passport="X9999999"), listed.person(2, passport="X8888888"))
    listed.done(of, desk, "compare", listed.person(1), as_of=LATER, on=LATER)
    assert open_kinds() == ["passport"]


def test_the_same_difference_in_two_lists_is_one(agency):
    of, desk = agency
    listed.done(of, desk, "compare", listed.person(1, passport="X9999999"))
    listed.done(of, desk, "compare", listed.person(1, passport="X9999998"), as_of=LATER, on=LATER)
    one = Difference.objects.get()
    assert (one.found_on, "X9999998" in one.theirs) == (ON, True)


def test_who_was_entered_meanwhile_is_no_difference_any_more(agency):
    of, desk = agency
    said = listed.check(of, desk, "compare", listed.person(9))
    listed.done(of, desk, "enter", listed.person(9))
    assert lists.commit(list=said.list, by=desk, on=ON, at=AT).differences == {}


def test_an_older_list_than_the_last_is_not_compared_any_more(agency):
    of, desk = agency
    listed.done(of, desk, "compare", listed.person(1), as_of=LATER, on=LATER)
    said = listed.check(of, desk, "compare", listed.person(2), as_of=ON, on=LATER)
    assert (said.may_commit, said.why_not is not None) == (False, True)
    with pytest.raises(Refused):
        lists.commit(list=said.list, by=desk, on=LATER, at=AT)


def test_somebody_elses_person_is_not_here_whoever_he_is(agency):
    of, desk = agency
    other = people.organisation()
    stranger = people.desk(other)
    done = listed.done(other, stranger, "compare", listed.person(1), listed.person(9))
    assert done.differences == {"not_here": 2}
    shown = [view.ours for view in differences.open_(by=stranger).rows]
    assert shown == [(), ()]


def test_a_mission_compares_everybody_in_its_countries_and_misses_only_who_is_there(agency):
    kdei = people.organisation("mission")
    desk = people.desk(kdei)
    Placement.objects.filter(id=listed.placement_of(2).id).update(state="working", departed_on=ON)
    Placement.objects.filter(id=listed.placement_of(3).id).update(destination_id="HK", state="working", departed_on=ON)
    done = listed.done(kdei, desk, "compare", listed.person(1), listed.person(3), whole=True)
    assert done.differences == {"not_here": 1, "not_there": 1}
    assert {row.kind: row.placement for row in differences.open_(by=desk).rows}["not_there"] == listed.placement_of(
        2
    ).id


def test_two_rows_of_one_person_are_one_person(agency):
    of, desk = agency
    said = listed.check(of, desk, "compare", listed.person(1, nik=""), listed.person(1, passport=""))
    done = lists.commit(list=said.list, by=desk, on=ON, at=AT)
    assert done.differences == {}
    assert lists.report(list=said.list, by=desk).counts == {"agrees": 1, "repeated": 1}


def test_an_end_that_was_reckoned_from_months_may_be_a_day_off(agency):
    of, desk = agency
    placement = listed.placement_of(1)
    placement.agreements.update(ends=dt.date(2028, 4, 1))
    content = listed.sheet(listed.person(1)).replace(b"AKHIR KONTRAK", b"LAMA KONTRAK (BULAN)")
    content = content.replace(b"2028-03-31", b"24")
    said = lists.check(organisation=of, purpose="compare", content=content, name="x", as_of=ON, by=desk, on=ON, at=AT)
    assert said.differences == {}
