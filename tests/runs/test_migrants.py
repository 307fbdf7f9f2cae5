"""Migrants are reminded by a run of every hour, and told of a payment by a task that may be done twice."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core import jobs
from teduh.runs import tasks
from teduh.runs.calendar import CALENDAR
from tests.journeys.migrants.abroad import said, settled, working

pytestmark = pytest.mark.django_db


def test_the_run_comes_every_hour_and_tells_once_what_this_hour_asks_for(monkeypatch):
    assert CALENDAR["remind_migrants"].cron == "15 * * * *"
    working()
    for moment, told in (("2026-07-02T23:50+08:00", 0), ("2026-07-03T00:15+08:00", 1), ("2026-07-03T01:15+08:00", 1)):
        monkeypatch.setenv("TEDUH_NOW", moment)
        tasks.remind_migrants(0)
        assert len(said("pmi.ending")) == told


def test_a_payment_is_told_by_its_task_once(monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", "2026-04-02T12:00+07:00")
    bill = settled(working(), ("extension", dt.date(2026, 8, 2), 13_500))
    assert jobs.once("tell_placements_paid", bills=[bill])
    for _ in range(2):
        tasks.tell_placements_paid([bill])
    assert len(said("pmi.paid")) == 1


def test_a_day_without_anybody_abroad_is_a_quiet_run(monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", dt.datetime(2026, 5, 4, tzinfo=dt.UTC).isoformat())
    tasks.remind_migrants(0)
    assert said() == []
