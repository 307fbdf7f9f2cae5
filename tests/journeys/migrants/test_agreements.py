"""Work agreements over a placement's life: extended, moved, ended early, and their dates put right."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.journeys.migrants import agreements, life
from teduh.migrants import queries
from teduh.migrants.facts import NewAgreement
from teduh.security.access import SYSTEM
from tests.migrants.people import AGREEMENT, D, at, desk, organisation, placed

pytestmark = pytest.mark.django_db
LATER = D("2028-12-01")


def tells(placement: int, kind: str, day: str, **more):
    return life.tell(placement=placement, kind=kind, event_on=D(day), by=SYSTEM, on=LATER, at=at(LATER), **more)


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


def test_agreement_dates_are_put_right_as_the_paper_says():
    one = placed()
    (agreement,) = queries.placement(by=SYSTEM, placement=one, on=LATER).agreements
    view = agreements.correct_dates(
        placement=one, agreement=agreement.id, starts=D("2026-04-15"), ends=D("2028-04-14"), by=SYSTEM, on=LATER,
        at=at(LATER), why="Sesuai perjanjian",
    )  # fmt: skip
    assert (view.agreement.starts, view.ends_on) == (D("2026-04-15"), D("2028-04-14"))
    assert "2026-04-01" in view.events[-1].note


def test_a_corrected_agreement_ends_after_it_begins_and_within_ten_years():
    one = placed()
    (agreement,) = queries.placement(by=SYSTEM, placement=one, on=LATER).agreements
    for ends in ("2026-04-14", "2036-05-01"):
        with pytest.raises(Refused) as refused:
            agreements.correct_dates(
                placement=one, agreement=agreement.id, starts=D("2026-04-15"), ends=D(ends), by=SYSTEM, on=LATER,
                at=at(LATER), why="x",
            )  # fmt: skip
        assert refused.value.field == "ends"


def test_who_was_registered_without_agreement_gets_the_first_one_once():
    one = placed(abroad=True, agreement=None)
    with pytest.raises(Refused) as refused:
        agreements.extend(placements=[(one, D("2029-01-01"))], by=SYSTEM, on=LATER, at=at(LATER))
    assert refused.value.code == "agreement_missing"
    put = {"placement": one, "agreement": AGREEMENT, "by": SYSTEM, "on": LATER, "at": at(LATER)}
    view = agreements.put_first(**put)
    assert view.agreement.kind == "first" and view.ends_on == AGREEMENT.ends
    with pytest.raises(Refused) as refused:
        agreements.put_first(**put)
    assert refused.value.code == "agreement_exists"


def test_an_extension_whose_paper_begins_later_leaves_the_gap_that_there_is():
    one = placed()
    tells(one, "departed", "2026-04-02")
    new = NewAgreement(starts=D("2028-06-01"), ends=D("2029-05-31"), employer="Lin Fu Co.", job="Perawat lansia")
    agreements.extend(placements=[(one, new)], by=SYSTEM, on=LATER, at=at(LATER))
    assert queries.placement(by=SYSTEM, placement=one, on=LATER).agreement.starts == D("2028-06-01")


def test_who_has_not_departed_or_is_home_is_not_extended():
    one = placed()
    with pytest.raises(Refused):
        agreements.extend(placements=[(one, D("2029-03-31"))], by=SYSTEM, on=LATER, at=at(LATER))
    for kind, day in (("departed", "2026-04-02"), ("home", "2028-04-02")):
        tells(one, kind, day)
    with pytest.raises(Refused):
        agreements.extend(placements=[(one, D("2029-03-31"))], by=SYSTEM, on=LATER, at=at(LATER))


def test_a_mission_extends_many_with_the_same_statements_and_all_or_none():
    kdei, counts = desk(organisation("mission")), []
    for size in (2, 20):
        ids = [placed(destination="TW") for _ in range(size)]
        life.tell_many(placements=ids, kind="departed", event_on=D("2026-04-02"), by=SYSTEM, on=LATER, at=at(LATER))
        with CaptureQueriesContext(connection) as asked:
            made = agreements.extend(
                placements=[(id_, D("2029-03-31")) for id_ in ids], by=kdei, on=LATER, at=at(LATER)
            )
        assert len(set(made)) == size
        counts.append(len(asked))
    assert counts[0] == counts[1]
    foreign = placed(destination="HK")
    with pytest.raises(Refused) as refused:
        agreements.extend(placements=[(ids[0], D("2030-01-01")), (foreign, D("2030-01-01"))], by=kdei, on=LATER,
                          at=at(LATER))  # fmt: skip
    assert refused.value.status == 404
    assert queries.placement(by=SYSTEM, placement=ids[0], on=LATER).ends_on == D("2029-03-31")
