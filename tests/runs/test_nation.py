"""National runs of the calendar: off unless switched on, once for a month and a year, repeated without harm."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from teduh.journeys.nation import booking, calendar
from teduh.law.months import Month
from teduh.ledger.bulk_queries import bookings
from teduh.national import shelf
from teduh.runs import tasks
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.nation.people import people, savings
from tests.journeys.paying import moment

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def _place(settings, tmp_path, data_dir, monkeypatch):
    monkeypatch.setenv("TEDUH_SURROGATE_KEY_FILE", str(data_dir / "surrogates.key"))
    settings.DATA_DIR, settings.NATIONAL = tmp_path, True


def test_nothing_is_run_unless_it_is_switched_on(settings, tmp_path):
    settings.NATIONAL = False
    tasks.nation_month(timestamp=0)
    tasks.nation_year(timestamp=0)
    assert list(tmp_path.iterdir()) == []


def test_last_month_is_run_once_and_found_when_it_is_asked_for_again(tmp_path, monkeypatch):
    people()
    monkeypatch.setenv("TEDUH_NOW", "2026-05-02T03:00:00+07:00")
    tasks.nation_month(timestamp=0)
    kept = {one.name: one for one in shelf.runs(tmp_path)}
    assert {name: one.state for name, one in kept.items()} == {
        "assess-2026-04": "finished", "standing-2026-04": "finished"
    }  # fmt: skip
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")}
    tasks.nation_month(timestamp=0)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.parquet")} == before
    assert (tmp_path / "national").stat().st_mode & 0o077 == 0
    manifest = json.loads((tmp_path / "national" / "people-2026-04" / "manifest.json").read_text())
    assert manifest["as_of"] == "2026-04-30"


def test_a_years_return_is_made_ready_once_and_waits_for_two_people(tmp_path):
    savings(factories.people(6))
    folder, on = tmp_path / "national", dt.date(2021, 3, 5)
    waits = calendar.year(of=2020, folder=folder, by=SYSTEM, on=on)
    assert waits.state == "ready" and waits.month == Month(2020, 12) and waits.amount > 0
    assert calendar.year(of=2020, folder=folder, by=SYSTEM, on=on) is None and len(bookings()) == 1
    first, second = factories.actor("operator"), factories.actor("operator")
    booking.propose(target=waits.target, by=first, on=on, why="Keputusan direksi 2/2021")
    booking.approve(booking=waits.id, by=second, on=on)
    assert booking.book(target=waits.target, by=SYSTEM, on=on, at=moment(on)).state == "booked"
    assert calendar.year(of=2020, folder=folder, by=SYSTEM, on=on) is None


def test_a_year_whose_rate_is_not_declared_waits(tmp_path, monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", "2026-02-05T03:00:00+07:00")
    tasks.nation_year(timestamp=0)
    assert bookings() == [] and not (tmp_path / "national").exists()
