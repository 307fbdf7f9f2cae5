"""A past month again under the law of that time: what was booked comes out the same, and an altered one is noticed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection

from teduh.law.months import Month
from teduh.national import replay, report
from tests import factories
from tests.journeys.nation.people import WAGES, go, people, snapshot
from tests.journeys.wage_firm import Firm

pytestmark = pytest.mark.usefixtures("committed_db")

ALTERED = """
[scenario]
title_id = "JP pekerja 1,5%"
title_en = "Worker's JP 1.5 %"
why = "contoh"
approved_by = "Aktuaris"
approved_on = 2026-11-01
[jp_worker_rate]
values = [{ from = 2015-07-01, value = "1.5" }]
"""


def test_a_month_whose_lines_were_amended_replays_to_what_was_booked(tmp_path):
    people()
    booked = snapshot("booked", tmp_path / "booked")
    assert booked["rows"] == 20 + len(WAGES)
    again = go("replay", tmp_path / "booked", tmp_path / "again")
    assert again["sums"]["differs"] == again["sums"]["apart"] == 0
    assert again["sums"]["booked"] == again["sums"]["replayed"] > 0
    assert replay.differences(str(tmp_path / "again")) == [] and all(check.holds for check in report.checks(again))


@pytest.mark.parametrize("month", [Month(2020, 9), Month(2025, 3), Month(2026, 2)], ids=str)
def test_months_of_reliefs_and_of_other_values_replay_by_their_own_law(tmp_path, month):
    firm = Firm(60, labour_intensive=True)
    firm.report(month, [4_000_001 + 371_113 * n for n in range(60)], on=month.plus(1).day(3), risk_class=3)
    firm.report(month, {0: 9_999_999, 1: None}, on=month.plus(1).day(9), risk_class=3)
    snapshot("booked", tmp_path / "booked", month=month, as_of=dt.date(2026, 11, 1))
    again = go("replay", tmp_path / "booked", tmp_path / "again", month=month)
    assert again["rows"] == 60 and again["sums"]["differs"] == 0 and again["sums"]["booked"] > 0


def test_a_replay_as_of_an_earlier_day_is_of_what_was_booked_by_then(tmp_path):
    people()
    snapshot("booked", tmp_path / "first", as_of=dt.date(2026, 5, 2))
    snapshot("booked", tmp_path / "last")
    first, last = (go("replay", tmp_path / name, tmp_path / f"{name}-again") for name in ("first", "last"))
    assert first["sums"]["differs"] == last["sums"]["differs"] == 0
    assert first["sums"]["booked"] > last["sums"]["booked"], "one worker was withdrawn since"


def test_a_law_that_was_altered_is_noticed_with_the_rows_and_their_facts(tmp_path):
    people()
    snapshot("booked", tmp_path / "booked")
    again = go("replay", tmp_path / "booked", tmp_path / "again", scenario=ALTERED)
    told = replay.differences(str(tmp_path / "again"), limit=3)
    assert again["sums"]["differs"] == 4 and len(told) == 3, "every wage earner who is not withdrawn"
    assert not all(check.holds for check in report.checks(again))
    for one in told:
        assert list(one.shares) == ["jp_worker"] and one.facts["income"] in (*WAGES, 6_000_001)
        was, now = one.shares["jp_worker"]
        assert abs(now * 2 - was * 3) <= 2


def test_a_row_that_was_altered_is_noticed_by_its_key(tmp_path):
    _, firm = people()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contributions_wagedue SET jkm = jkm + 1 WHERE person_id = %s", [firm.people[0]])
    snapshot("booked", tmp_path / "booked")
    go("replay", tmp_path / "booked", tmp_path / "again")
    (one,) = replay.differences(str(tmp_path / "again"))
    was, now = one.shares["jkm"]
    assert list(one.shares) == ["jkm"] and was == now + 1 and one.facts["income"] == WAGES[0]


def test_a_month_in_which_nothing_was_booked_has_no_differences(tmp_path):
    factories.people(3, on=dt.date(2026, 4, 1))
    snapshot("booked", tmp_path / "booked")
    assert go("replay", tmp_path / "booked", tmp_path / "again")["rows"] == 0
    assert replay.differences(str(tmp_path / "again")) == []
