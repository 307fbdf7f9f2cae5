"""Wage earners' cover: it begins with the first payment and ends with the work; no debt of an employer ends it."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.law import protection
from teduh.law.months import Month

NONE: frozenset[dt.date] = frozenset()
D = dt.date.fromisoformat


def paid(*months, on="2026-02-10"):
    return [protection.Paid(Month.parse(month), D(on)) for month in months]


def span(*months, programme="JKK", starts="2026-02-10", ends=None):
    found = protection.wage_earner(programme=programme, starts=D(starts), ends=ends and D(ends), paid=paid(*months),
                                   holidays=NONE)  # fmt: skip
    return found[0]


def state(one, day, ends=None):
    return protection.employed_standing(one, on=D(day), ends=ends and D(ends)).state


def test_months_paid_without_a_hole_reach_to_the_end_of_the_last():
    one = span("2026-01", "2026-02", "2026-04")
    assert (one.starts, one.paid_until) == (D("2026-02-10"), D("2026-02-28"))
    assert one.due_until == D("2026-04-15")  # March is due on 15 April
    assert one.grace_until == D("2026-09-15")  # May, June and July are in arrears, and August becomes so after it


@pytest.mark.parametrize("programme", ["JKK", "JKM"])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-02-09", "never"), ("2026-02-10", "protected"), ("2026-03-31", "protected"),
        ("2026-04-14", "protected"), ("2026-04-15", "protected"), ("2026-04-16", "employer_owes"),
        ("2026-07-14", "employer_owes"), ("2026-07-15", "employer_owes"), ("2026-07-16", "employer_pays_first"),
        ("2030-01-01", "employer_pays_first"),
    ],
)  # fmt: skip
def test_an_employers_debt_changes_who_pays_on_its_days_and_never_ends_cover(programme, day, expected):
    one = span("2026-01", "2026-02", programme=programme)
    found = protection.employed_standing(one, on=D(day), ends=None)
    assert found.state == expected and found.what.id and found.what.en and found.articles
    assert found.state != "lapsed"
    assert found.immediate is (expected in ("protected", "employer_owes"))


def test_the_standing_agrees_with_the_articles_on_arrears():
    one = span("2026-01", "2026-02")
    for months, day in ((3, one.grace_until), (4, one.grace_until + dt.timedelta(days=1))):
        payer = protection.wage_earner_arrears(programme="JKK", months=months, on=day).payer
        assert (payer == "agency") is (protection.employed_standing(one, on=day, ends=None).state == "employer_owes")


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-03-19", "protected"), ("2026-03-20", "protected"), ("2026-03-21", "ended")]
)
def test_cover_ends_with_the_last_day_of_work(day, expected):
    one = span("2026-01", "2026-02", "2026-03", ends="2026-03-20")
    assert (one.paid_until, one.due_until, one.grace_until) == (D("2026-03-20"),) * 3
    assert state(one, day, "2026-03-20") == expected


def test_after_work_only_a_disease_of_work_stays_covered():
    one = span("2026-01", ends="2026-03-20")
    assert [
        note.code for note in protection.employed_standing(one, on=D("2026-04-01"), ends=D("2026-03-20")).notes
    ] == ["disease_after_work"]


def test_who_was_never_paid_for_is_not_covered_and_the_employer_owes_the_benefit():
    assert protection.wage_earner(programme="JKK", starts=None, ends=None, paid=(), holidays=NONE) == ()
    found = protection.employed_standing(None, on=D("2026-04-01"), ends=None)
    assert found.state == "never" and "PP 44/2015 Pasal 27(1)" in found.articles


def test_a_first_payment_after_the_work_had_ended_covers_no_day_of_it():
    late = {"starts": D("2026-03-05"), "ends": D("2026-03-04"), "paid": paid("2026-02"), "holidays": NONE}
    assert protection.wage_earner(programme="JKK", **late) == ()
    (account,) = protection.wage_earner(programme="JHT", **late)
    assert account.paid_until == D("2026-02-28")
    assert protection.wage_earner(programme="JKK", **{**late, "ends": D("2026-03-05")}) != ()


def test_on_the_first_day_of_cover_the_agency_pays_however_old_the_arrears():
    one = span("2025-01", starts="2026-02-10")
    assert one.grace_until == one.starts
    assert state(one, "2026-02-10") == "employer_owes" and state(one, "2026-02-11") == "employer_pays_first"


def test_a_holiday_moves_the_end_of_what_the_agency_pays():
    facts = {"programme": "JKK", "starts": D("2026-02-10"), "ends": None, "paid": paid("2026-01", "2026-02")}
    (one,) = protection.wage_earner(**facts, holidays=frozenset({D("2026-07-15")}))
    assert one.grace_until == D("2026-07-16")


def test_the_pandemic_moved_the_due_dates_of_employers_too():
    one = span("2020-06", starts="2020-07-10")
    assert one.due_until == D("2020-08-17")  # July 2020 is due on 15 August, a Saturday
    assert one.grace_until == D("2020-11-30")  # October 2020 is due on 30 November


@pytest.mark.parametrize(("programme", "article"), [("JHT", "PP 46/2015"), ("JP", "PP 45/2015")])
def test_jht_and_jp_are_accounts_of_months_paid_whoever_is_behind(programme, article):
    one, two = protection.wage_earner(programme=programme, starts=D("2026-02-10"), ends=D("2026-06-30"),
                                      paid=paid("2026-01", "2026-02", "2026-05"), holidays=NONE)  # fmt: skip
    assert (one.paid_until, two.starts, two.paid_until) == (D("2026-02-28"), D("2026-05-01"), D("2026-05-31"))
    found = protection.employed_standing(two, on=D("2027-01-01"), ends=D("2026-06-30"))
    assert found.state == "protected" and found.articles[0].startswith(article)


@pytest.mark.parametrize(("count", "enough", "missing"), [(179, False, 1), (180, True, 0), (181, True, 0)])
def test_180_months_of_jp_give_a_monthly_pension(count, enough, missing):
    found = protection.jp_months(Month.span(Month(2015, 7), count), on=D("2045-01-01"))
    assert (found.months, found.enough, found.missing, found.needed) == (count, enough, missing, 180)
    assert found.articles[1] == ("PP 45/2015 Pasal 19(1)" if enough else "PP 45/2015 Pasal 24(1)")


def test_a_month_of_jp_counts_once_not_before_jp_and_not_before_its_time():
    months = [Month(2015, 6), Month(2015, 7), Month(2015, 7), Month(2026, 4), Month(2026, 5)]
    assert protection.jp_months(months, on=D("2026-04-01")).months == 2


@settings(max_examples=200, deadline=None)
@given(st.sets(st.integers(0, 30), max_size=20), st.integers(0, 900), st.none() | st.integers(0, 900))
def test_for_any_months_paid_the_days_of_a_span_keep_their_order(months, start, end):
    starts = D("2024-01-10") + dt.timedelta(days=start)
    ends = None if end is None else starts + dt.timedelta(days=end)
    given_months = [protection.Paid(Month(2024, 1).plus(n), starts) for n in months]
    found = protection.wage_earner(programme="JKM", starts=starts, ends=ends, paid=given_months, holidays=NONE)
    (one,) = found
    assert one.paid_until <= one.due_until <= one.grace_until and one.starts <= one.grace_until
    assert ends is None or one.grace_until <= ends
    for day in (one.starts, one.grace_until, one.grace_until + dt.timedelta(days=1)):
        if ends is None or day <= ends:
            assert protection.employed_standing(one, on=day, ends=ends).state not in ("never", "ended")
