"""Extending in one step: what is healed is healed, what is a gap is said."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.coverage.models import Span
from teduh.journeys.migrants import agreements, billing, extending
from teduh.migrants import queries
from teduh.migrants.models import Agreement
from teduh.security.access import SYSTEM
from tests.journeys.migrants.test_billing import agency_placed, billed, pays
from tests.journeys.migrants.test_life import tells
from tests.migrants.people import D, at, placed

pytestmark = pytest.mark.django_db


def abroad() -> int:
    """Paid for April 2026 to March 2028, and at work."""
    one = placed()
    pays(billed(one))
    tells(one, "departed", "2026-04-02")
    return one


def extends(*placements: int, on: dt.date, **more):
    return extending.extend(placements=placements, by=SYSTEM, on=on, at=at(on), **more)


def during(placement: int):
    found = Span.objects.filter(placement=placement, phase="during", programme="JKK").order_by("starts")
    return [(str(s.starts), str(s.paid_until), str(s.grace_until)) for s in found]


def test_before_the_end_it_goes_on_without_a_gap():
    one, day = abroad(), D("2028-03-01")
    made = extends(one, on=day, months=12)
    assert made.bill.amount == 162_000 and made.gaps == ()
    pays(made.bill, day=day)
    assert during(one) == [("2026-04-02", "2029-03-31", "2029-04-30")]


@pytest.mark.parametrize("day", ["2028-04-01", "2028-04-30"])
def test_within_the_month_to_return_it_is_healed(day):
    one = abroad()
    made = extends(one, on=D(day), ends=D("2029-03-31"))
    assert made.bill.amount == 162_000
    pays(made.bill, day=D(day))
    assert during(one) == [("2026-04-02", "2029-03-31", "2029-04-30")]


def test_after_it_the_gap_is_said_and_only_what_is_left_is_paid():
    one, day = abroad(), D("2028-06-15")
    made = extends(one, on=day, ends=D("2029-03-31"))
    assert made.bill.amount == 10 * 13_500
    ((placement, gap),) = made.gaps
    assert (placement, gap.starts, gap.until) == (one, D("2028-05-01"), None)
    pays(made.bill, day=day)
    assert during(one)[1] == ("2028-06-15", "2029-03-31", "2029-04-30")


def test_pressed_twice_it_extends_once():
    one, day = abroad(), D("2028-03-01")
    first = extends(one, on=day, months=12, key="form")
    again = extends(one, on=day, months=12, key="form")
    assert first.bill.id == again.bill.id
    assert len(queries.placement(by=SYSTEM, placement=one, on=day).agreements) == 2


def test_many_are_extended_by_one_bill_of_the_organisation():
    agency, clerk, ids = agency_placed(3)
    pays(billed(*ids, by=clerk, organisation=agency))
    for one in ids:
        tells(one, "departed", "2026-04-02")
    day = D("2028-03-01")
    made = extending.extend(placements=ids, ends=D("2028-09-30"), by=clerk, on=day, at=at(day), organisation=agency)
    assert made.bill.amount == 3 * 6 * 13_500 and len(made.agreements) == 3
    each = extending.extend(placements=ids, ends=D("2028-12-31"), by=clerk, on=day, at=at(day))
    assert len(each.bills) == 3


@pytest.mark.parametrize("wrong", [{}, {"months": 0}, {"months": 61}, {"months": 3, "ends": D("2029-01-01")}])
def test_what_cannot_be_meant_is_refused(wrong):
    with pytest.raises(Refused):
        extends(abroad(), on=D("2028-03-01"), **wrong)


def test_many_with_a_bill_each_are_extended_once_by_one_wish():
    agency, clerk, ids = agency_placed(3)
    pays(billed(*ids, by=clerk, organisation=agency))
    for one in ids:
        tells(one, "departed", "2026-04-02")
    day = D("2028-03-01")
    first, again = (
        extending.extend(placements=ids, months=6, by=clerk, on=day, at=at(day), key="x" * 60) for _ in range(2)
    )
    assert len(first.bills) == 3 and again.bills == first.bills
    assert Agreement.objects.filter(placement__in=ids).count() == 6


def test_a_second_extension_after_an_unpaid_one_asks_for_both_from_the_last_paid_day():
    one, day = abroad(), D("2028-03-01")
    extends(one, on=day, months=6)
    made = extends(one, on=day, months=3)
    assert [(line.months, line.amount) for line in made.bill.stages] == [(6, 81_000), (3, 40_500)]
    _, outcome = pays(made.bill, 100_000, day)
    assert (outcome.allocated, outcome.waiting) == (81_000, 19_000)
    assert during(one)[0][1] == "2028-09-30"


def test_the_day_after_the_month_to_return_the_gap_has_begun():
    one, day = abroad(), D("2028-05-01")
    made = extends(one, on=day, ends=D("2029-03-31"))
    assert made.bill.stages[0].months == 11
    assert [(gap.starts, gap.until) for _, gap in made.gaps] == [(D("2028-05-01"), None)]


def test_a_last_day_put_later_after_its_fee_was_paid_asks_for_the_months_between():
    one, day = abroad(), D("2028-03-01")
    made = extends(one, on=day, months=6)
    pays(made.bill, day=day)
    agreements.correct_dates(placement=one, agreement=made.agreements[0], starts=D("2028-04-01"), ends=D("2028-12-31"),
                             by=SYSTEM, on=day, at=at(day), why="salinan perjanjian")  # fmt: skip
    quote = billing.quote(placements=[one], by=SYSTEM, on=day)
    assert [(line.stage, line.months, line.amount) for line in quote.lines] == [("extension", 3, 40_500)]


def test_an_agreement_put_right_to_a_later_day_asks_for_the_months_between():
    one, day = abroad(), D("2027-05-01")
    (agreement,) = queries.placement(by=SYSTEM, placement=one, on=day).agreements
    agreements.correct_dates(placement=one, agreement=agreement.id, starts=agreement.starts, ends=D("2028-06-30"),
                             by=SYSTEM, on=day, at=at(day), why="Sesuai perjanjian")  # fmt: skip
    bill = billed(one, on=day)
    assert [(line.stage, line.months, line.amount) for line in bill.stages] == [("extension", 3, 40_500)]
    pays(bill, day=day)
    assert during(one) == [("2026-04-02", "2028-06-30", "2028-07-30")]
