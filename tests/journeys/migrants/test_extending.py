"""Extending in one step: what is healed is healed, what is a gap is said."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from teduh.core.errors import Refused
from teduh.coverage.models import Span
from teduh.journeys.migrants import extending, rates, sharing
from teduh.migrants import queries
from teduh.migrants.rates import local
from teduh.security.access import SYSTEM
from tests.journeys.migrants.test_billing import agency_placed, billed, pays
from tests.journeys.migrants.test_life import tells
from tests.migrants.people import ON, D, at, placed

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


class TestSharing:
    def test_a_link_shows_what_is_paid_for_and_nobodys_data(self):
        rates.load(content=b"currency;date;rupiah;source\nTWD;2026-02-01;512,50;BI", by=SYSTEM, on=ON)
        bill = billed(placed(name="Siti Aminah"))
        link = sharing.share(bill=bill.id, by=SYSTEM, at=at())
        shown = sharing.shared(token=link.token, on=ON)
        assert (shown.payee, shown.amount, shown.code) == ("Siti A.", 332_500, bill.code)
        assert shown.local.amount == Decimal(649) and shown.local.on == D("2026-02-01") and not shown.local.is_old
        pays(bill)
        assert sharing.shared(token=link.token, on=ON).state == "paid"

    def test_a_link_that_is_not_ours_leads_nowhere(self):
        bill = billed(placed())
        token = sharing.share(bill=bill.id, by=SYSTEM, at=at()).token
        for wrong in ("", "x", token[:-1], token + "a", str(bill.id)):
            with pytest.raises(Refused) as refused:
                sharing.shared(token=wrong, on=ON)
            assert refused.value.status == 404


class TestRates:
    def test_the_middle_of_buying_and_selling_for_so_many_units(self):
        sheet = b"Mata Uang;Nilai;Kurs Jual;Kurs Beli;Tanggal\nJPY;100;10.710,50;10.603,00;02/02/2026\n"
        assert rates.load(content=sheet, by=SYSTEM, on=ON, source="BI") == 1
        assert local(rupiah=1_000_000, currency="JPY", on=ON).rate == Decimal("106.567500")

    def test_a_rate_of_more_than_a_week_ago_is_said_to_be_old_and_none_is_none(self):
        rates.load(content=b"currency,date,rupiah\nTWD,2026-01-20,510", by=SYSTEM, on=ON)
        assert local(rupiah=1, currency="TWD", on=ON).is_old and local(rupiah=1, currency="HKD", on=ON) is None

    @pytest.mark.parametrize("row", ["TW,2026-02-01,510", "TWD,2027-02-01,510", "TWD,x,510", "TWD,2026-02-01,abc"])
    def test_what_cannot_be_read_is_refused_whole_with_its_row(self, row):
        sheet = f"currency,date,rupiah\nHKD,2026-02-01,2000\n{row}\n".encode()
        with pytest.raises(Refused) as refused:
            rates.load(content=sheet, by=SYSTEM, on=ON)
        assert "Baris 3" in refused.value.what.id and local(rupiah=1, currency="HKD", on=ON) is None
