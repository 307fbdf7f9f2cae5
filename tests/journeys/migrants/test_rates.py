"""Exchange rates: read from the sheets that there are, exact, and never silently old."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.migrants import rates
from teduh.migrants.models import Rate
from teduh.migrants.rates import local
from teduh.security.access import SYSTEM
from tests import factories
from tests.migrants.people import ON, D

pytestmark = pytest.mark.django_db


def load(sheet: str, **more) -> int:
    return rates.load(content=sheet.encode(), by=SYSTEM, on=ON, **more)


@pytest.mark.parametrize(
    "sheet",
    [
        "Mata Uang;Nilai;Kurs Jual;Kurs Beli;Tanggal\nJPY;100;10.710,50;10.603,00;02/02/2026\n",
        '\ufeffMata Uang,Nilai,Kurs Beli,Kurs Jual,Tanggal\nJPY,100,"10,603.00","10,710.50",2026-02-02\n',
        "MTS\tUnit\tBeli\tJual\njpy\t100\t10603\t10710.5\n",
    ],
)
def test_the_middle_of_buying_and_selling_for_so_many_units(sheet):
    assert load(sheet, source="BI") == 1
    found = local(rupiah=1_000_000, currency="JPY", on=ON)
    assert (found.rate, found.amount, found.on) == (Decimal("106.567500"), Decimal(9384), ON)


def test_the_latest_up_to_the_day_counts_and_a_day_told_again_is_put_right():
    load("currency,date,rupiah\nTWD,2026-01-30,510\nTWD,2026-02-01,512\n")
    assert load("currency,date,rupiah\nTWD,2026-02-01,512\n") == 0
    assert load("currency,date,rupiah\nTWD,2026-02-01,513\n") == 1
    assert local(rupiah=1, currency="TWD", on=D("2026-01-31")).rate == 510
    assert local(rupiah=1, currency="TWD", on=ON).rate == 513 and Rate.objects.count() == 2


@pytest.mark.parametrize(("day", "old"), [("2026-02-07", False), ("2026-02-08", False), ("2026-02-09", True)])
def test_after_seven_days_it_is_old(day, old):
    load("currency,date,rupiah\nTWD,2026-02-01,512\n")
    assert local(rupiah=1, currency="TWD", on=D(day)).is_old is old


def test_no_rate_no_amount():
    load("currency,date,rupiah\nTWD,2026-02-01,512\n")
    assert local(rupiah=1, currency="HKD", on=ON) is None
    assert local(rupiah=1, currency="TWD", on=D("2026-01-31")) is None
    assert local(rupiah=1, currency="IDR", on=ON) is None


def test_cents_where_people_count_them():
    load("currency,date,rupiah\nMYR,2026-02-01,3700\nTWD,2026-02-01,512\n")
    assert local(rupiah=332_500, currency="MYR", on=ON).text.id == "sekitar MYR 89,86"
    assert local(rupiah=332_500_000, currency="TWD", on=ON).text.en == "about TWD 649,414"


@pytest.mark.parametrize(
    "row",
    ["TW,2026-02-01,510", "TWD,2026-02-03,510", "TWD,x,510", "TWD,2026-02-01,abc", "TWD,2026-02-01,0", "TWD,,", "TWD"],
)
def test_what_cannot_be_read_is_refused_whole_with_its_row(row):
    with pytest.raises(Refused) as refused:
        load(f"currency,date,rupiah\nHKD,2026-02-01,2000\n{row}\n")
    assert "Baris 3" in refused.value.what.id and not Rate.objects.exists()


@pytest.mark.parametrize("sheet", ["", "a,b\n1,2", "currency,date\nTWD,2026-02-01"])
def test_a_sheet_without_its_columns_is_refused(sheet):
    with pytest.raises(Refused):
        load(sheet)


def test_only_the_fund_loads_rates():
    with pytest.raises(Refused):
        rates.load(content=b"currency,rupiah\nTWD,512", by=factories.actor("agency"), on=ON)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from([b"", b"kurs;mata uang;tgl;unit\n", b"currency,rupiah\nTWD,1\n"]), st.binary(max_size=200))
@example(b"currency,rupiah\n", b"TWD," + b"1" * 200_000)
@example(b"currency,rupiah\n", b"TWD\r,1\r\rHKD,2")
def test_whatever_is_uploaded_is_read_or_refused(db, first, content):
    try:
        rates.load(content=first + content, by=SYSTEM, on=ON)
    except Refused as refused:
        assert refused.code == "rates_unreadable"
