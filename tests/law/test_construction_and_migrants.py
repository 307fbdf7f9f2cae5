"""Construction projects and migrant workers."""

import datetime as dt

import pytest

from teduh.law import assessment, migrant_periods
from teduh.law.facts import Construction, Migrant
from teduh.law.messages import RulebookError
from teduh.law.months import Month


def migrant(month="2024-01", on=None, **facts):
    return assessment.assess(Migrant(**facts), month=Month.parse(month), on=on)


@pytest.mark.parametrize(
    ("value", "jkk", "jkm"),
    [(100_000_000, 210_000, 30_000), (500_000_000, 890_000, 110_000), (1_000_000_000, 1_540_000, 210_000),
     (5_000_000_000, 5_940_000, 610_000), (100_000_001, 210_000, 30_000), (100_000_300, 210_001, 30_000)],
)  # fmt: skip
def test_each_rate_applies_to_its_own_slice_and_the_sum_is_rounded_once(value, jkk, jkm):
    owed = assessment.assess(Construction(value), month=Month(2024, 1))
    assert [line.amount for line in owed.lines] == [jkk, jkm]


def test_a_rounding_that_bites_is_noted_as_a_decision():
    owed = assessment.assess(Construction(100_000_001), month=Month(2024, 1))
    assert {note.code: note.status for note in owed.notes}["rounding"] == "unconfirmed"


def test_known_wages_come_before_the_contract_value():
    owed = assessment.assess(Construction(10**9, 50_000_000), month=Month(2024, 1))
    assert [line.amount for line in owed.lines] == [870_000, 150_000]


def test_construction_was_relieved_in_2020():
    assert assessment.assess(Construction(10**9), month=Month(2020, 8)).total == 17_500


@pytest.mark.parametrize(
    ("months", "fee"),
    [(6, 108_000), (7, 121_500), (11, 175_500), (12, 189_000), (13, 202_500), (18, 270_000), (23, 337_500),
     (24, 332_500), (25, 346_000), (36, 494_500)],
)  # fmt: skip
def test_a_contract_costs_its_package_and_each_month_in_excess(months, fee):
    assert migrant(route="individual", contract_months=months).total == fee
    assert migrant(route="implementer", contract_months=months).total == fee + 37_500


def test_23_months_cost_more_than_24_and_the_anomaly_is_shown():
    def codes_of(months):
        return [note.code for note in migrant(route="individual", contract_months=months).notes]

    assert "pmi_excess_dearer" in codes_of(23)
    assert "pmi_excess_dearer" not in codes_of(22) + codes_of(24)


@pytest.mark.parametrize("months", [1, 5])
def test_a_contract_under_six_months_is_a_declared_blind_spot(months):
    with pytest.raises(RulebookError) as caught:
        migrant(contract_months=months)
    assert "6, 12" in caught.value.en and "6, 12" in caught.value.id


@pytest.mark.parametrize(
    ("day", "fee"),
    [("2018-12-10", 332_500), ("2018-12-11", 332_500), ("2023-02-21", 332_500), ("2023-02-22", 108_000),
     ("2023-02-23", 108_000)],
)  # fmt: skip
def test_the_regulation_of_the_day_decides(day, fee):
    on = dt.date.fromisoformat(day)
    assert migrant(str(Month.of(on)), on, route="individual", contract_months=6).total == fee


def test_before_the_oldest_text_and_beyond_it_nothing_is_guessed():
    for month, on, facts in (
        ("2018-12", dt.date(2018, 12, 9), {"contract_months": 12}),
        ("2022-01", None, {"contract_months": 25}),
        ("2022-01", None, {"stage": "extension", "extension_months": 3}),
    ):
        with pytest.raises(RulebookError):
            migrant(month, on, **facts)


def test_stages_extension_and_jht_tiers():
    assert migrant(stage="before").total == 37_500
    assert migrant(stage="during", contract_months=12).total == 189_000
    assert migrant(stage="extension", extension_months=12).total == 162_000
    with_jht = migrant(route="individual", contract_months=12, jht_monthly=50_000)
    assert [line.amount for line in with_jht.lines] == [189_000, 50_000]
    with pytest.raises(RulebookError):
        migrant(contract_months=12, jht_monthly=150_000)


def test_periods_of_cover_before_during_and_after():
    assert migrant_periods.before(route="implementer", paid_on=dt.date(2024, 1, 31)).until == dt.date(2024, 6, 30)
    assert migrant_periods.before(route="individual", paid_on=dt.date(2024, 1, 31)).programmes == ("JKM",)
    assert migrant_periods.during(contract_end=dt.date(2025, 1, 15)).until == dt.date(2025, 2, 15)
    assert migrant_periods.after(debarkation=dt.date(2025, 3, 1)).until == dt.date(2025, 3, 31)
    assert migrant_periods.longest(route="implementer", contract_months=24, on=dt.date(2024, 1, 1)) == 31
