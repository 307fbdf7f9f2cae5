"""A bill's link: what whoever pays needs, and nobody's data."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from django.core import signing

from teduh.core.errors import Refused
from teduh.journeys.migrants import rates, sharing
from teduh.migrants.models import Placement
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.migrants.test_billing import agency_placed, billed, pays
from tests.migrants.people import ON, D, at, newcomer, placed

pytestmark = pytest.mark.django_db


def link(bill, by=SYSTEM) -> sharing.Share:
    return sharing.share(bill=bill.id, by=by, at=at())


def test_it_says_for_whom_and_what_it_costs_here_and_there_by_which_rate():
    rates.load(content=b"currency;date;rupiah;source\nTWD;2026-02-01;512,50;BI", by=SYSTEM, on=ON)
    bill = billed(placed(name="Siti Aminah"))
    shown = sharing.shared(token=link(bill).token, on=ON)
    assert (shown.payee, shown.people, shown.amount, shown.code) == ("Siti A.", 1, 332_500, bill.code)
    assert [one.id for one in shown.for_what] == ["Selama dan setelah bekerja, sampai 31 Maret 2028"]
    assert shown.local.amount == Decimal(649) and shown.local.on == D("2026-02-01") and shown.local.source == "BI"
    assert not shown.local.is_old and shown.qris and len(shown.how) == 3


def test_an_old_rate_is_shown_as_old_and_without_a_rate_there_is_only_rupiah():
    bill = billed(placed())
    assert sharing.shared(token=link(bill).token, on=ON).local is None
    rates.load(content=b"currency,date,rupiah\nTWD,2026-01-25,512", by=SYSTEM, on=ON)
    assert sharing.shared(token=link(bill).token, on=ON).local.is_old


def test_nobodys_nik_full_name_or_passport_is_in_it():
    told = newcomer(name="Siti Aminah Rahayu", passport="C7654321")
    bill = billed(placed(name=told.name, nik=told.nik, birth_date=told.birth_date, passport=told.passport))
    made = link(bill)
    shown = repr(dataclasses.asdict(sharing.shared(token=made.token, on=ON))) + made.text.id + made.text.en + made.path
    person = Placement.objects.get(dues__bill=bill.id).person
    for secret in (told.nik, "Rahayu", "Aminah", "C7654321", person.member_number):
        assert secret not in shown


def test_a_bill_for_many_names_nobody():
    agency, clerk, ids = agency_placed(3)
    shown = sharing.shared(token=link(billed(*ids, by=clerk, organisation=agency), clerk).token, on=ON)
    assert (shown.payee, shown.people) == ("", 3)


def test_when_it_is_paid_it_says_so_and_until_when():
    bill = billed(placed())
    token = link(bill).token
    pays(bill)
    shown = sharing.shared(token=token, on=ON)
    assert (shown.state, shown.remaining, shown.qris) == ("paid", 0, "")
    assert shown.paid_until == D("2026-03-02")  # before departure: JKM for a month; the work begins with it
    assert shown.how == sharing.HOW_PAID


def test_a_link_that_is_not_ours_leads_nowhere():
    bill = billed(placed())
    token = link(bill).token
    others = signing.dumps(bill.id, salt="another")
    for wrong in ("", "x", token[:-1], token + "a", "a" + token, str(bill.id), others, "\x00", "é:x:y", "a" * 5000):
        with pytest.raises(Refused) as refused:
            sharing.shared(token=wrong, on=ON)
        assert refused.value.status == 404


def test_a_signed_link_to_another_kind_of_bill_shows_nothing():
    from teduh.journeys.money import pay

    other = pay.bill(people=factories.people(1), by=SYSTEM, on=ON)
    with pytest.raises(Refused):
        sharing.shared(token=signing.dumps(other.id, salt=sharing.SALT), on=ON)
    with pytest.raises(Refused):
        sharing.share(bill=other.id, by=SYSTEM, at=at())


def test_only_who_may_pay_it_shares_it():
    bill = billed(placed())
    _, clerk, _ = agency_placed()
    with pytest.raises(Refused):
        link(bill, clerk)
    with pytest.raises(Refused):
        link(bill, factories.actor("member"))
