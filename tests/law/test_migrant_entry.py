"""Who may join as a migrant worker, what is waited for, and what is said before payment."""

import datetime as dt

import pytest

from teduh.law import migrant_entry
from teduh.law.messages import FactsError, RulebookError
from teduh.law.placements import Agreement

TODAY = dt.date(2026, 11, 1)
TWO_YEARS = Agreement(dt.date(2026, 12, 1), dt.date(2028, 12, 1))
PASSPORT = dt.date(2030, 1, 1)
ADULT = dt.date(1990, 5, 17)


def decided(scheme="agency", **facts):
    given = {"birth_date": ADULT, "abroad": False, "agreement": TWO_YEARS, "passport_until": PASSPORT,
             "papers": frozenset(), "on": TODAY, **facts}  # fmt: skip
    return migrant_entry.decide(scheme=scheme, **given)


def codes(reasons):
    return [reason.code for reason in reasons]


@pytest.mark.parametrize("scheme", ["agency", "government", "own"])
def test_whoever_has_an_agreement_and_a_passport_joins_before_departure(scheme):
    found = decided(scheme)
    assert (found.outcome, codes(found.reasons), found.waits_for) == ("eligible", ["before_departure"], ())
    assert found.reasons[0].articles == ("Permenaker 4/2023 Pasal 4(1)", "UU 18/2017 Pasal 5")


def test_one_sent_by_his_own_company_is_a_wage_earner_at_home():
    found = decided("company")
    assert (found.outcome, codes(found.reasons), found.not_covered) == ("refused", ["company"], ())


@pytest.mark.parametrize(
    ("born", "outcome", "code"),
    [
        (dt.date(2008, 12, 2), "refused", "under_18"),  # 18 the day after the agreement starts
        (dt.date(2008, 12, 1), "conditional", "turns_18"),  # on the day it starts
        (dt.date(2008, 11, 2), "conditional", "turns_18"),
        (dt.date(2008, 11, 1), "eligible", "before_departure"),  # today
    ],
)
def test_whoever_leaves_must_be_eighteen_on_the_day_the_agreement_starts(born, outcome, code):
    found = decided(birth_date=born)
    assert (found.outcome, codes(found.reasons)[0]) == (outcome, code)


def test_a_child_that_works_abroad_already_is_not_turned_away():
    found = decided("own", abroad=True, birth_date=dt.date(2009, 1, 1))
    assert found.outcome == "conditional" and "under_18_abroad" in codes(found.reasons) and not found.waits_for


def test_the_fee_before_departure_waits_for_no_agreement_but_an_individuals_does():
    assert decided(agreement=None).waits_for == ()
    assert "agreement_later" in codes(decided(agreement=None).reasons)
    assert codes(decided("own", agreement=None).waits_for) == ["needs_agreement"]


def test_one_abroad_without_papers_is_registered_and_waits_for_agreement_and_identity():
    found = decided("own", abroad=True, agreement=None, passport_until=None)
    assert found.outcome == "conditional"
    assert codes(found.waits_for) == ["needs_agreement_abroad", "needs_identity_abroad"]
    stated = decided("own", abroad=True, agreement=TWO_YEARS, passport_until=None, papers=frozenset({"mission"}))
    assert stated.waits_for == () and "mission_instead_of_passport" in codes(stated.reasons)


@pytest.mark.parametrize(
    ("ends", "waits"),
    [
        (dt.date(2026, 10, 31), ["agreement_over"]),
        (dt.date(2026, 11, 1), ["under_six_months"]),
        (dt.date(2027, 4, 1), ["under_six_months"]),  # five months
        (dt.date(2027, 4, 2), []),  # a month begun is the sixth
    ],
)
def test_from_abroad_the_months_left_decide_and_no_text_gives_the_fee_of_less_than_six(ends, waits):
    found = decided("own", abroad=True, agreement=Agreement(dt.date(2024, 11, 1), ends))
    assert codes(found.waits_for) == waits


def test_under_permenaker_18_2018_one_sum_covered_any_length():
    day = dt.date(2022, 6, 1)
    found = decided("own", agreement=Agreement(day, dt.date(2022, 8, 1)), on=day)
    assert found.waits_for == () and found.outcome == "eligible"
    assert all("4/2023" not in article for one in (*found.reasons, *found.not_covered) for article in one.articles)


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (dt.date(2026, 10, 31), "passport_over"),
        (dt.date(2028, 11, 30), "passport_ends_first"),
        (None, "passport_later"),
    ],
)
def test_a_passport_that_is_missing_or_ends_too_soon_is_said_and_refuses_nobody(until, code):
    found = decided(passport_until=until)
    assert (found.outcome, codes(found.reasons), found.waits_for) == ("conditional", [code], ())


def test_what_is_not_covered_is_said_once_by_route_and_door():
    alone, placed, abroad = decided("own"), decided(), decided("own", abroad=True)
    for found in (alone, placed, abroad):
        said = codes(found.not_covered)
        assert len(said) == len(set(said)) and {"unpaid_days", "after_agreement", "after_thirty_days"} <= set(said)
    assert "individual_only_jkm" in codes(alone.not_covered) and "before_five_months" in codes(placed.not_covered)
    assert "abroad_no_before" in codes(abroad.not_covered) and "before_five_months" not in codes(abroad.not_covered)


def test_what_is_not_known_is_refused():
    with pytest.raises(FactsError):
        decided("friend")
    with pytest.raises(RulebookError):
        decided(on=dt.date(2018, 12, 9))
    with pytest.raises(FactsError):
        migrant_entry.route(scheme="company")
    assert migrant_entry.route(scheme="government") == "implementer"
