"""Days as placement lists write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.migrants.exchange import days

ON = dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("01-03-2026", "2026-03-01"), ("1/3/26", "2026-03-01"), ("01.03.2026", "2026-03-01"),
        ("2026-03-01", "2026-03-01"), ("20260301", "2026-03-01"), ("1 Maret 2026", "2026-03-01"),
        ("01-Mar-26", "2026-03-01"), ("1 Agt 2026", "2026-08-01"), ("March 1, 2026", "2026-03-01"),
        ("46082", "2026-03-01"), (46082.0, "2026-03-01"), (46082.75, "2026-03-01"),
        (dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC), "2026-03-01"), ("2026年3月1日", "2026-03-01"),
        ("25/12/99", "1999-12-25"),
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_shape(written, means):
    assert days.read(written, on=ON)[0] == dt.date.fromisoformat(means)


@pytest.mark.parametrize("written", ["115/03/01", "115.3.1", "1150301", "民國115年3月1日", "115-03-01", "01/03/115"])
def test_taiwans_years_are_read_where_a_list_is_taiwans(written):
    assert days.read(written, on=ON, roc=True) == (dt.date(2026, 3, 1), "roc")


@pytest.mark.parametrize("written", ["115/03/01", "1150301", "01/03/115"])
def test_taiwans_years_are_not_guessed_elsewhere_and_are_known_as_such(written):
    assert days.read(written, on=ON) == (None, "bad")
    assert days.looks_minguo(written)


def test_a_birth_year_of_two_digits_is_taiwans_only_where_it_can_be_no_day():
    assert days.minguo("75/03/01") == dt.date(1986, 3, 1)
    assert days.minguo("15/03/01") is None


def test_the_years_before_and_after_the_republics_hundredth_are_next_to_each_other():
    assert days.minguo("99/12/31") == dt.date(2010, 12, 31)
    assert days.minguo("100/01/01") == dt.date(2011, 1, 1)


@pytest.mark.parametrize("written", ["31/02/2026", "segera", "00/00/0000", "2026", "Maret 2026", "12/2026", "99999999"])
def test_what_is_no_day_is_said_to_be_none(written):
    assert days.read(written, on=ON) == (None, "bad")


@pytest.mark.parametrize("empty", ["", "-", None, "belum ada", " "])
def test_an_empty_cell_is_nothing_and_not_wrong(empty):
    assert days.read(empty, on=ON) == (None, "")


def test_a_column_that_writes_the_month_first_is_seen_by_its_own_days():
    assert days.is_month_first(["03/25/2026", "03/04/2026"])
    assert not days.is_month_first(["25/03/2026", "03/25/2026"])
    assert not days.is_month_first(["03/04/2026", dt.date(2026, 3, 25)])
    assert days.read("03/04/2026", on=ON, month_first=True) == (dt.date(2026, 3, 4), "month_first")


@given(st.dates(dt.date(2012, 1, 1), dt.date(2040, 12, 31)))
def test_every_day_survives_being_written_in_taiwans_years(day):
    assert days.read(f"{day.year - 1911}/{day:%m/%d}", on=ON, roc=True)[0] == day
    assert days.read(f"{day.year - 1911:03d}{day:%m%d}", on=ON, roc=True)[0] == day


@given(st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)))
def test_every_day_survives_day_first(day):
    assert days.read(day.strftime("%d/%m/%Y"), on=ON)[0] == day
    assert days.read(day.isoformat(), on=ON)[0] == day


@given(st.one_of(st.text(max_size=80), st.floats(), st.integers(), st.dates(), st.booleans(), st.none()), st.booleans())
def test_nothing_that_stands_in_a_cell_breaks_the_reading_of_days(value, roc):
    day, how = days.read(value, on=ON, roc=roc)
    assert day is None or isinstance(day, dt.date)
    assert how in ("", "roc", "serial", "month_first", "century", "bad")
