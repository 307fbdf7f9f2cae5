"""Wage earners: rates, ceilings, recomposition, the relief of labour-intensive industry, wage bases, size."""

import datetime as dt

import pytest

from teduh.law import assessment, codes, jkp, pension, programmes, rulebook
from teduh.law.facts import WageEarner
from teduh.law.messages import RulebookError
from teduh.law.months import Month


def bill(month, on=None, **facts):
    facts = WageEarner(**{"wage": 10_000_000, "jkp_participant": True, **facts})
    return dict(zip(codes.BILL, assessment.amounts(facts, Month.parse(month), on), strict=True))


@pytest.mark.parametrize(("risk", "jkk"), [(1, 24_000), (2, 54_000), (3, 89_000), (4, 127_000), (5, 174_000)])
def test_jkk_follows_the_risk_class(risk, jkk):
    assert bill("2024-01", risk_class=risk)["jkk"] == jkk


def test_lines_name_payers_and_articles_and_the_total_leaves_out_state_and_moved():
    owed = assessment.assess(WageEarner(12_000_000, jkp_participant=True), month=Month(2025, 3))
    found = {(line.programme, line.payer): line.amount for line in owed.lines}
    assert found == {
        ("JKK", "employer"): 28_800, ("JKM", "employer"): 36_000, ("JHT", "employer"): 444_000,
        ("JHT", "worker"): 240_000, ("JP", "employer"): 210_948, ("JP", "worker"): 105_474,
        ("JKP", "moved"): 7_000, ("JKP", "state"): 11_000,
    }  # fmt: skip
    assert owed.total == sum(amount for (_, payer), amount in found.items() if payer in ("employer", "worker"))
    assert all(line.articles for line in owed.lines)


@pytest.mark.parametrize("year", range(2016, 2027))
def test_the_jp_ceiling_changes_on_the_first_of_march_and_follows_from_growth(year):
    before = rulebook.in_force("jp_ceiling", dt.date(year, 3, 1) - dt.timedelta(days=1))
    at, after = (rulebook.in_force("jp_ceiling", dt.date(year, 3, day)) for day in (1, 2))
    assert before.value != at.value == after.value
    growth = rulebook.in_force("gdp_growth", dt.date(year, 3, 1)).value
    assert pension.next_ceiling(before.value, growth) == at.value
    assert bill(f"{year}-03", wage=50_000_000)["jp_worker"] == (at.value + 50) // 100


def test_a_ceiling_not_announced_yet_is_refused():
    assert pension.ceiling(dt.date(2027, 2, 28)).value == 11_086_300
    with pytest.raises(RulebookError):
        pension.ceiling(dt.date(2027, 3, 1))


def test_a_month_after_the_announced_ceiling_carries_a_note():
    late = assessment.assess(WageEarner(50_000_000), month=Month(2027, 3))
    assert "jp_ceiling_not_announced" in [note.code for note in late.notes]


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (dt.date(2021, 2, 1), (0, 0, 0)), (dt.date(2021, 2, 2), (7_000, 5_000, 11_000)),
        (dt.date(2021, 2, 3), (7_000, 5_000, 11_000)), (dt.date(2025, 2, 6), (7_000, 5_000, 11_000)),
        (dt.date(2025, 2, 7), (7_000, 0, 11_000)), (dt.date(2025, 2, 8), (7_000, 0, 11_000)),
    ],
)  # fmt: skip
def test_what_is_moved_to_jkp_changes_on_its_days_and_never_what_is_billed(day, moved):
    owed = bill(str(Month.of(day)), on=day)
    assert (owed["jkp_from_jkk"], owed["jkp_from_jkm"], owed["jkp_state"]) == moved
    assert owed["jkk"] + owed["jkm"] == 54_000


def test_a_month_takes_the_law_of_its_last_day_and_says_so_where_jkp_changed_within():
    owed = assessment.assess(WageEarner(4_000_000, jkp_participant=True), month=Month(2025, 2))
    assert "mid_month" in [note.code for note in owed.notes]


@pytest.mark.parametrize(
    ("month", "jkk"),
    [("2025-01", 24_000), ("2025-02", 12_000), ("2025-03", 12_000), ("2025-07", 12_000), ("2025-08", 12_000),
     ("2025-12", 12_000), ("2026-01", 12_000), ("2026-02", 24_000)],
)  # fmt: skip
def test_labour_intensive_industry_pays_half_of_jkk_in_its_windows(month, jkk):
    assert bill(month, labour_intensive=True, workers=50)["jkk"] == jkk
    assert bill(month, labour_intensive=True, workers=49)["jkk"] == 24_000


@pytest.mark.parametrize(("day", "jkk"), [(29, 12_000), (30, 12_000), (31, 24_000)])
def test_arrears_of_a_relieved_month_lose_the_relief_after_june_2026(day, jkk):
    paid = dt.date(2026, 6, 30) + dt.timedelta(days=day - 30)
    assert bill("2025-09", labour_intensive=True, workers=50, paid_on=paid)["jkk"] == jkk


def test_what_is_moved_within_the_relief_is_unconfirmed():
    owed = assessment.assess(WageEarner(4_000_000, jkp_participant=True, labour_intensive=True), month=Month(2025, 5))
    assert {note.code: note.status for note in owed.notes}["jkp_within_relief"] == "unconfirmed"


def test_the_wage_base_of_daily_piece_and_weather_bound_work():
    def base(**facts):
        owed = assessment.assess(WageEarner(**facts), month=Month(2024, 1))
        return next(step.result for step in owed.steps if step.rule == "monthly_wage")

    assert base(wage=150_000, wage_type="daily") == 3_750_000
    assert base(wage_type="piece", last_months=(3_000_000, 3_600_000, 4_200_000)) == 3_600_000
    assert base(wage_type="weather", last_months=tuple(range(1_000_000, 13_000_000, 1_000_000))) == 6_500_000
    with pytest.raises(ValueError, match="last 3 months"):
        WageEarner(wage_type="piece", last_months=(1, 2))


def test_programmes_follow_the_size_of_the_employer():
    assert programmes.mandatory(programmes.size_of(capital=10**9)).programmes == ("JKK", "JKM")
    assert programmes.mandatory(programmes.size_of(capital=10**9 + 1)).programmes == ("JKK", "JKM", "JHT")
    assert programmes.mandatory(programmes.size_of(yearly_sales=15 * 10**9 + 1)).programmes[-1] == "JP"


@pytest.mark.parametrize(
    ("day", "age"),
    [("2018-12-31", 56), ("2019-01-01", 57), ("2021-12-31", 57), ("2022-01-01", 58), ("2024-12-31", 58),
     ("2025-01-01", 59), ("2042-12-31", 64), ("2043-01-01", 65), ("2043-01-02", 65)],
)  # fmt: skip
def test_the_pension_age_rises_every_three_years(day, age):
    assert pension.pension_age(dt.date.fromisoformat(day)) == age


def test_each_employer_enrols_a_worker_of_several_and_an_owner_has_jkm_at_one_firm_only():
    worker, owner = programmes.with_several("worker"), programmes.with_several("owner")
    assert (worker.each, worker.one) == (("JKK", "JKM", "JHT", "JKP"), ())
    assert (owner.each, owner.one) == (("JKK", "JHT"), ("JKM",))


def jkp_lacking(**facts):
    facts = {"months_in_24": 12, "months_in_a_row": 6, "on": dt.date(2024, 6, 1), **facts}
    found = jkp.entitlement(**facts)
    assert found.entitled is (not found.because)
    return [reason.code for reason in found.because]


@pytest.mark.parametrize(("months", "lacking"), [(11, ["months_of_24"]), (12, []), (13, [])])
def test_jkp_needs_twelve_months_paid_within_24(months, lacking):
    assert jkp_lacking(months_in_24=months) == lacking


@pytest.mark.parametrize(
    ("day", "lacking"), [("2025-02-06", ["months_in_a_row"]), ("2025-02-07", []), ("2025-02-08", [])]
)
def test_six_months_in_a_row_were_needed_until_pp_6_2025(day, lacking):
    assert jkp_lacking(months_in_a_row=5, on=dt.date.fromisoformat(day)) == lacking
    assert jkp_lacking(months_in_a_row=6, on=dt.date.fromisoformat(day)) == []


def test_jkp_is_for_the_dismissed_who_will_work_again_three_times_with_five_years_between():
    assert jkp_lacking(cause="resigned", willing=False) == ["cause", "willing"]
    assert jkp_lacking(cause="contract_broken") == []
    assert [jkp_lacking(claim=2, years_since_last=years) for years in (4, 5, 6)] == [["years_between"], [], []]
    assert [jkp_lacking(claim=claim, years_since_last=5) for claim in (3, 4)] == [[], ["times"]]
