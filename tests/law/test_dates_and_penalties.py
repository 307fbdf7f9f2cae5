"""Due dates, penalties, fines, time limits, promises."""

import datetime as dt

import pytest

from teduh.law import deadlines, due, jkp, penalties
from teduh.law.messages import RulebookError
from teduh.law.months import Month

NONE: frozenset[dt.date] = frozenset()
D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("programme", "segment", "month", "expected"),
    [
        ("JKK", "self_employed", "2026-04", "2026-04-15"), ("JKM", "self_employed", "2026-02", "2026-02-16"),
        ("JHT", "self_employed", "2026-04", "2026-05-15"), ("JKK", "wage_earner", "2025-05", "2025-06-16"),
        ("JHT", "wage_earner", "2025-05", "2025-06-16"), ("JP", "wage_earner", "2025-05", "2025-06-15"),
        ("JKK", "wage_earner", "2020-07", "2020-08-17"), ("JKK", "wage_earner", "2020-08", "2020-09-30"),
        ("JKK", "self_employed", "2020-09", "2020-10-30"), ("JKM", "wage_earner", "2021-01", "2021-03-01"),
        ("JKK", "wage_earner", "2021-02", "2021-03-15"),
    ],
)  # fmt: skip
def test_contributions_are_due_on_the_fifteenth_or_the_next_working_day(programme, segment, month, expected):
    assert due.due_date(programme, segment, Month.parse(month), holidays=NONE).date == D(expected)


def test_a_holiday_moves_the_due_date_and_jp_stays():
    holidays = frozenset({D("2026-04-15"), D("2026-04-16")})
    assert due.due_date("JKK", "self_employed", Month(2026, 4), holidays=holidays).date == D("2026-04-17")
    pension = due.due_date("JP", "wage_earner", Month(2026, 3), holidays=holidays)
    assert pension.date == D("2026-04-15") and pension.notes


def test_segments_without_a_monthly_due_date_say_why():
    for segment in ("construction", "migrant"):
        with pytest.raises(RulebookError):
            due.due_date("JKK", segment, Month(2025, 1), holidays=NONE)


@pytest.mark.parametrize(
    ("paid", "months"),
    [
        ("2024-02-14", 0),
        ("2024-02-15", 0),
        ("2024-02-16", 1),
        ("2024-03-15", 1),
        ("2024-03-16", 2),
        ("2025-02-15", 12),
    ],
)
def test_a_month_of_lateness_that_has_begun_counts(paid, months):
    assert penalties.months_late(due=D("2024-02-15"), paid=D(paid)) == months


@pytest.mark.parametrize(("month", "penalty"), [("2020-07", 20_000), ("2020-08", 5_000), ("2020-09", 5_000),
                                                ("2021-01", 5_000), ("2021-02", 20_000)])  # fmt: skip
def test_the_penalty_is_two_percent_a_month_and_half_a_percent_in_the_pandemic(month, penalty):
    found = penalties.late(amount=1_000_000, programme="JKK", month=Month.parse(month), months=1)
    assert found.amount == penalty
    assert found.articles and found.notes[0].status == "unconfirmed"


def test_the_penalty_is_simple_and_the_self_employed_pay_none():
    late = {"amount": 1_000_000, "programme": "JP", "month": Month(2024, 1), "months": 3}
    assert penalties.late(**late).amount == 60_000
    assert penalties.late(**late, segment="self_employed").amount == 0


def test_fines_compensation_and_deferral():
    assert penalties.administrative_fine(amount=10_000_000, months=2, on=D("2014-01-01")).amount == 20_000
    assert penalties.late_payment(programme="JKM", benefit=42_000_000, periods=2, on=D("2024-01-01")).amount == 840_000
    assert penalties.late_payment(programme="JP", benefit=1_000_000, periods=1, on=D("2024-01-01")).amount == 20_000
    part = penalties.jp_deferral(amount=100_000, month=Month(2020, 9))
    assert (part.now, part.later) == (1_000, 99_000)
    assert penalties.jp_deferral(amount=100_000, month=Month(2021, 2)).later == 0


@pytest.mark.parametrize(
    ("accident", "claim", "lost"),
    [
        ("2015-08-01", "2017-07-31", False),
        ("2015-08-01", "2017-08-01", False),
        ("2015-08-01", "2017-08-02", True),
        ("2019-12-01", "2021-12-02", True),
        ("2019-12-02", "2024-12-02", False),
        ("2019-12-02", "2024-12-03", True),
    ],
)
def test_a_jkk_claim_lapses_after_two_years_and_since_december_2019_after_five(accident, claim, lost):
    assert deadlines.jkk_claim(accident=D(accident), claim=D(claim)).lost is lost


def test_promises_count_working_days_from_the_day_after():
    assert deadlines.latest("jkk_payment", D("2025-03-03"), holidays=NONE) == D("2025-03-12")
    assert deadlines.latest("jkm_payment", D("2025-03-07"), holidays=frozenset({D("2025-03-10")})) == D("2025-03-13")
    with pytest.raises(RulebookError):
        deadlines.promise("jkp_reimbursement_payment", D("2020-01-01"))


def test_who_pays_jkp_when_the_employer_is_behind():
    on = D("2025-03-01")
    assert jkp.employer_default(unpaid_months=3, on=on).payer == "agency"
    assert jkp.employer_default(unpaid_months=4, on=on).payer == "employer"
    assert jkp.employer_default(unpaid_months=6, on=on, bankrupt=True).payer == "agency"
    over = jkp.employer_default(unpaid_months=7, on=on, bankrupt=True)
    assert over.payer == "employer" and over.notes
    assert jkp.employer_default(unpaid_months=6, on=D("2024-03-01"), bankrupt=True).payer == "employer"
