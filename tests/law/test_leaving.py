"""What follows when an employment ends: each cause, each programme, each boundary day."""

import datetime as dt

import pytest

from teduh.law import deadlines, leaving, pension
from teduh.law.messages import FactsError

D = dt.date.fromisoformat
ALL = ("JKK", "JKM", "JHT", "JP")


def left(cause, on_end="2026-03-31", today="2026-04-01", **more):
    facts = {"programmes": ALL, "contract_type": "fixed", "jkp_participant": True, **more}
    return leaving.leaving(cause=cause, on_end=D(on_end), today=D(today), **facts)


def of(found, programme, code=None):
    return [one for one in found.consequences if one.programme == programme and code in (None, one.code)]


@pytest.mark.parametrize("cause", leaving.CAUSES)
def test_everything_that_follows_is_said_in_both_languages_with_its_articles(cause):
    found = left(cause)
    assert {one.programme for one in found.consequences} >= {"JKK", "JKM", "JHT", "JP", "JKP"}
    for one in found.consequences:
        assert one.what.id and one.what.en and one.articles
        assert one.until_day is None or one.from_day is None or one.from_day <= one.until_day
        for note in one.notes:
            assert note.id and note.en and note.articles


@pytest.mark.parametrize("cause", leaving.CAUSES)
def test_jkk_ends_with_the_last_day_of_work_and_a_disease_is_covered_three_years_more(cause):
    found = left(cause)
    assert of(found, "JKK", "cover_ends")[0].until_day == D("2026-03-31")
    disease = of(found, "JKK", "disease_after_work")
    assert len(disease) == (cause != "died")
    for one in disease:
        assert (one.from_day, one.until_day) == (D("2026-04-01"), D("2029-03-31"))
        for onset, lost in (("2029-03-30", False), ("2029-03-31", False), ("2029-04-01", True)):
            assert deadlines.occupational_disease(employment_end=D("2026-03-31"), onset=D(onset)).lost is lost


def test_jkm_ends_with_the_work_and_is_payable_where_the_worker_died():
    assert of(left("resigned"), "JKM")[0].until_day == D("2026-03-31")
    died = of(left("died"), "JKM")[0]
    assert (died.code, died.from_day) == ("payable", D("2026-03-31"))


@pytest.mark.parametrize("cause", ["resigned", "dismissed", "contract_broken"])
def test_jht_waits_a_month_after_resigning_or_being_dismissed(cause):
    (one,) = of(left(cause, on_end="2026-03-15"), "JHT", "payable_after_wait")
    assert one.from_day == D("2026-04-15")
    for day, lost in (("2026-04-14", True), ("2026-04-15", False), ("2026-04-16", False)):
        assert deadlines.jht_after_leaving(left=D("2026-03-15"), claim=D(day)).lost is lost


@pytest.mark.parametrize(
    ("on_end", "code", "status"),
    [("2022-04-25", "payable_after_wait", "secondary"), ("2022-04-26", "payable", "secondary"),
     ("2022-04-27", "payable", "secondary")],
)  # fmt: skip
def test_jht_after_a_contract_that_ran_out_knows_no_wait_since_permenaker_4_2022(on_end, code, status):
    one = of(left("contract_ended", on_end=on_end), "JHT")[0]
    assert (one.code, one.status) == (code, status) and one.notes


@pytest.mark.parametrize(("on_end", "code"), [("2015-08-10", "payable_after_wait"), ("2015-07-10", "payable_at_56")])
def test_until_pp_60_2015_jht_was_paid_at_56(on_end, code):
    one = of(left("resigned", on_end=on_end, today="2015-08-11" if code[-1] == "6" else "2015-10-01",
                  born=D("1970-05-05")), "JHT")[0]  # fmt: skip
    assert one.code == code
    assert code != "payable_at_56" or one.from_day == D("2026-05-05")


@pytest.mark.parametrize(
    ("cause", "day"),
    [("retired", "2026-04-01"), ("permanently_disabled", "2026-04-01"), ("died", "2026-03-31"),
     ("left_country", "2026-04-01")],
)  # fmt: skip
def test_jht_is_payable_at_once_on_retirement_disability_death_and_leaving_the_country(cause, day):
    one = of(left(cause), "JHT")[0]
    assert (one.code, one.from_day) == ("payable", D(day))


@pytest.mark.parametrize("cause", ["resigned", "retired", "permanently_disabled", "died", "contract_ended",
                                   "moved_within_group", "left_country", "other"])  # fmt: skip
def test_jkp_is_not_for_whoever_was_not_dismissed(cause):
    (one,) = of(left(cause), "JKP")
    assert (one.code, one.from_day, one.until_day) == ("none", None, None)


@pytest.mark.parametrize("cause", ["dismissed", "contract_broken"])
@pytest.mark.parametrize(("today", "code"), [("2026-09-29", "claim"), ("2026-09-30", "claim"), ("2026-10-01", "lost")])
def test_jkp_may_be_claimed_for_six_months_after_a_dismissal(cause, today, code):
    (one,) = of(left(cause, today=today), "JKP")
    assert (one.code, one.from_day, one.until_day) == (code, D("2026-04-01"), D("2026-09-30"))
    assert deadlines.jkp_claim(dismissed=D("2026-03-31"), claim=D(today)).lost is (code == "lost")


@pytest.mark.parametrize(
    ("dismissed", "until", "status"),
    [
        ("2024-11-06", "2025-02-06", "gazette"),  # over on the day before PP 6/2025
        ("2024-11-07", "2025-05-07", "unconfirmed"),  # still open on its day
        ("2024-11-08", "2025-05-08", "unconfirmed"),
        ("2025-02-06", "2025-08-06", "unconfirmed"),
        ("2025-02-07", "2025-08-07", "secondary"),
        ("2025-02-08", "2025-08-08", "secondary"),
        ("2022-05-31", "2022-08-31", "gazette"),
    ],
)
def test_a_jkp_window_of_three_months_still_open_in_february_2025_became_six(dismissed, until, status):
    (one,) = of(left("dismissed", on_end=dismissed, today=dismissed), "JKP")
    assert (one.until_day, one.status) == (D(until), status)


@pytest.mark.parametrize(("on_end", "count"), [("2021-02-01", 0), ("2021-02-02", 1), ("2021-02-03", 1)])
def test_there_was_no_jkp_before_february_2021(on_end, count):
    assert len(of(left("dismissed", on_end=on_end, today=on_end), "JKP")) == count


def test_who_was_not_enrolled_in_jkp_is_owed_its_cash_by_the_employer():
    (one,) = of(left("dismissed", jkp_participant=False), "JKP")
    assert one.code == "employer_pays" and one.articles == ("PP 37/2021 Pasal 37(1)",)


def test_ending_an_open_ended_contract_is_a_dismissal():
    assert left("contract_broken", contract_type="permanent").cause == "dismissed"
    assert left("contract_broken", contract_type="fixed").cause == "contract_broken"


@pytest.mark.parametrize(
    ("born", "day"),
    [
        ("1962-12-31", "2018-12-31"), ("1963-01-01", "2020-01-01"),  # 56 until 2018, 57 from 2019
        ("1964-12-31", "2021-12-31"), ("1965-01-01", "2023-01-01"),  # 58 from 2022
        ("1980-01-01", "2045-01-01"), ("1950-03-03", "2006-03-03"),
    ],
)  # fmt: skip
def test_the_pension_day_is_the_first_on_which_the_age_of_that_day_is_reached(born, day):
    assert pension.pension_day(D(born)) == D(day)


def test_jp_keeps_its_months_and_a_pension_runs_from_the_first_of_the_month_after():
    assert of(left("resigned"), "JP", "continues")
    retired = of(left("retired", born=D("1967-05-20")), "JP", "benefit")[0]
    assert retired.from_day == D("2026-06-01")  # 59 on 20 May 2026
    assert of(left("retired", born=D("1960-01-01")), "JP", "benefit")[0].from_day == D("2026-04-01")
    unknown = of(left("retired"), "JP", "benefit")[0]
    assert unknown.from_day is None and unknown.notes[0].code == "birth_unknown"
    assert of(left("died"), "JP", "benefit")[0].from_day == D("2026-04-01")


def test_whoever_works_on_alone_pays_by_the_next_day_and_has_no_jp():
    found = left("resigned")
    assert [one.programme for one in found.consequences if one.code == "own_account"] == ["JKK", "JKM", "JHT"]
    assert {one.until_day for one in found.consequences if one.code == "own_account"} == {D("2026-04-01")}
    assert of(found, "JP", "own_account_none")
    for cause in ("died", "permanently_disabled", "left_country", "moved_within_group"):
        assert not [one for one in left(cause).consequences if one.code == "own_account"]


def test_the_employer_reports_within_seven_working_days_and_pays_the_last_month():
    found = left("resigned", holidays=frozenset({D("2026-04-03")}))
    assert found.reports_by == D("2026-04-10")
    assert (str(found.last_month), found.last_due) == ("2026-03", D("2026-04-15"))


def test_only_programmes_taken_part_in_are_spoken_of_and_a_cause_must_be_known():
    assert not of(left("resigned", programmes=("JKK", "JKM")), "JP", "continues")
    with pytest.raises(FactsError):
        left("vanished")
