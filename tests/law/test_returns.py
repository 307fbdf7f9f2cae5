"""A return's wages: the quick way equals the slow one to the rupiah; what is worth saying about a wage."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.law import assessment, wage_base
from teduh.law.facts import WageEarner
from teduh.law.messages import FactsError
from teduh.law.months import Month

WAGES = st.lists(st.integers(0, 10**11) | st.sampled_from([0, 1, 4_999_999, 5_000_000, 11_086_300, 11_086_301]))
MONTHS = st.integers(0, 140).map(lambda n: Month(2015, 7).plus(n))


@settings(max_examples=150, deadline=None)
@given(
    WAGES, MONTHS, st.integers(1, 5), st.booleans(), st.booleans(), st.sampled_from([None, 49, 50]), st.booleans(),
    st.sampled_from(["monthly", "daily", "piece", "weather"]),
    st.sets(st.sampled_from(["JKK", "JKM", "JHT", "JP"])).map(tuple),
)  # fmt: skip
def test_a_return_s_wages_are_reckoned_as_each_one_alone(
    wages, month, risk, jkp, labour, workers, eligible, kind, chosen
):
    parts = {"piece": 3, "weather": 12}.get(kind, 0)
    same = {"risk_class": risk, "programmes": chosen, "jkp_participant": jkp, "labour_intensive": labour,
            "workers": workers, "eligible_2020": eligible, "wage_type": kind}  # fmt: skip
    quick = assessment.wage_lines(wages=wages, facts=WageEarner(last_months=(0,) * parts, **same), month=month)
    slow = [
        assessment.amounts(
            WageEarner(wage=0 if parts else wage, last_months=(wage, *(0,) * (parts - 1)) if parts else (), **same),
            month,
        )
        for wage in wages
    ]
    assert quick == slow


def test_a_wage_that_cannot_be_is_refused_in_a_return_too():
    for wage in (-1, 10**11 + 1, True, 1.5):
        with pytest.raises(FactsError):
            assessment.wage_lines(wages=[wage], facts=WageEarner(), month=Month(2026, 4))
    assert assessment.wage_lines(wages=[], facts=WageEarner(), month=Month(2026, 4)) == []


def codes(**facts):
    return [(one.code, one.level) for one in wage_base.check(month=Month(2026, 4), **facts)]


@pytest.mark.parametrize(("wage", "said"), [(2_999_999, True), (3_000_000, False), (3_000_001, False)])
def test_a_wage_below_the_minimum_is_pointed_out(wage, said):
    assert (("below_minimum", "warn") in codes(wage=wage, minimum=3_000_000)) is said
    assert codes(wage=wage) == []


@pytest.mark.parametrize(("daily", "said"), [(119_999, True), (120_000, False), (120_001, False)])
def test_a_daily_wage_counts_25_times_before_it_is_compared(daily, said):
    found = codes(wage=daily, wage_type="daily", minimum=3_000_000)
    assert ("daily_times_25", "note") in found and (("below_minimum", "warn") in found) is said


def test_a_daily_wage_that_looks_like_a_month_s_is_pointed_out():
    assert ("daily_looks_monthly", "warn") in codes(wage=4_000_000, wage_type="daily")


@pytest.mark.parametrize(("wage", "said"), [(11_086_299, False), (11_086_300, False), (11_086_301, True)])
def test_jp_counts_a_wage_up_to_its_ceiling(wage, said):
    assert (("above_jp_ceiling", "note") in codes(wage=wage)) is said
    assert ("above_jp_ceiling", "note") not in codes(wage=wage, programmes=("JKK", "JKM", "JHT"))


@pytest.mark.parametrize(
    ("day", "ceiling"), [("2026-02-28", 10_547_400), ("2026-03-01", 11_086_300), ("2026-04-01", 11_086_300)]
)
def test_the_ceiling_named_is_that_of_the_month(day, ceiling):
    assert wage_base.limits(Month.of(dt.date.fromisoformat(day))).jp_ceiling == ceiling


def test_a_ceiling_of_last_year_is_said_to_be_last_year_s():
    late = [one.code for one in wage_base.check(wage=20_000_000, month=Month(2027, 3))]
    assert late == ["above_jp_ceiling", "jp_ceiling_not_announced"]
    assert "jp_ceiling_not_announced" not in [one.code for one in wage_base.check(wage=20**6, month=Month(2027, 2))]


@pytest.mark.parametrize(("wage", "said"), [(5_000_000, False), (5_000_001, True)])
def test_jkp_counts_a_wage_up_to_its_ceiling(wage, said):
    assert (("above_jkp_ceiling", "note") in codes(wage=wage, jkp_participant=True)) is said
    assert wage_base.limits(Month(2021, 1)).jkp_ceiling == 0


def test_allowances_that_vary_do_not_count_and_alone_are_no_wage():
    assert codes(wage=4_000_000, variable_allowances=500_000) == [("variable_not_counted", "note")]
    assert codes(wage=0, variable_allowances=500_000) == [("variable_only", "stop")]
    assert codes(wage=0) == [("no_wage", "stop")]
    assert wage_base.counted(basic=4_000_000, fixed=250_000) == 4_250_000


def test_every_remark_says_its_figure_in_both_languages():
    found = wage_base.check(wage=4_000_000, wage_type="daily", month=Month(2027, 3), minimum=10**9,
                            variable_allowances=1, jkp_participant=True)  # fmt: skip
    assert len(found) == 7
    for one in found:
        assert one.what.id != one.what.en and one.articles and one.status
        assert f"{one.amount:,}".replace(",", ".") in one.what.id and f"{one.amount:,}" in one.what.en
