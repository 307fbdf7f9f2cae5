"""What migrant workers are given: sums, limits, tiers, causes left out, and what no text gives."""

import datetime as dt

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from teduh.law import migrant_benefits, migrant_benefits_words, migrant_claims, migrant_terms, rulebook
from teduh.law.benefits import migrant as rules
from teduh.law.messages import FactsError, RulebookError
from teduh.law.migrant_benefits import Happening, given

OLD, LAST_OLD, NEW = dt.date(2018, 12, 10), dt.date(2023, 2, 21), dt.date(2023, 2, 22)


def paid(event, on=NEW, **facts):
    return given(Happening(event, on, **facts))


@pytest.mark.parametrize(
    ("event", "facts", "total", "status"),
    [
        ("failed_to_depart", {}, 10_000_000, "official"),
        ("misplaced", {"transport_cost": 12_000_000}, 37_000_000, "official"),
        ("misplaced", {"transport_cost": 15_000_001}, 40_000_000, "official"),
        ("rape", {"phase": "after"}, 50_000_000, "official"),
        ("dismissed", {}, 1_500_000, "unconfirmed"),
        ("treatment_abroad", {"cost": 60_000_000}, 50_000_000, "official"),
        ("treatment_abroad", {"cost": 60_000_000, "insured": 25_000_000}, 35_000_000, "official"),
        ("home_care", {"cost": 25_000_000, "months": 12}, 20_000_000, "official"),
        ("hearing_aid", {"cost": 2_500_001}, 2_500_000, "official"),
        ("glasses", {"cost": 999_999}, 999_999, "official"),
        ("dentures", {"cost": 6_000_000}, 5_000_000, "unconfirmed"),
        ("transport", {"cost": 99_000_000, "way": "land"}, 5_000_000, "secondary"),
        ("transport", {"cost": 99_000_000, "way": "sea", "phase": "after"}, 2_000_000, "secondary"),
        ("transport", {"cost": 99_000_000, "way": "air"}, 10_000_000, "secondary"),
        ("repatriation", {"cost": 16_000_000}, 15_000_000, "official"),
        ("repatriation_accident", {"cost": 16_000_000}, 15_000_000, "unconfirmed"),
        ("loss_on_the_way", {"cost": 11_000_000}, 10_000_000, "official"),
        ("partial_disability", {"percentage": 1250}, 17_750_000, "unconfirmed"),
        ("total_disability", {}, 112_000_000, "unconfirmed"),
        ("death_accident", {}, 85_000_000, "secondary"),
        ("death", {}, 85_000_000, "official"),
        ("death", {"phase": "before"}, 42_000_000, "unconfirmed"),
        ("death", {"phase": "after"}, 42_000_000, "unconfirmed"),
        ("scholarship", {"level": "senior_high", "children": 3}, 6_000_000, "official"),
    ],
)  # fmt: skip
def test_an_event_gives_its_sum_as_sure_as_its_weakest_value(event, facts, total, status):
    found = paid(event, **facts)
    assert (found.total, found.status, found.entitled) == (total, status, True)
    assert sum(part.amount for part in found.parts) == found.total and found.values and found.articles


def test_what_is_unconfirmed_carries_its_note():
    for event in ("dismissed", "dentures", "total_disability", "repatriation_accident"):
        assert paid(event, cost=1).notes, event
    assert "sekali" in paid("dismissed").notes[0].id and "per bulan" in paid("dismissed").notes[0].id


@pytest.mark.parametrize(
    ("months", "cash"), [(2, 0), (3, 2_000_000), (5, 2_000_000), (6, 3_000_000), (11, 3_000_000), (12, 4_000_000),
                         (17, 4_000_000)],
)  # fmt: skip
def test_dismissal_after_an_accident_went_by_months_worked_until_february_2023(months, cash):
    for day in (OLD, LAST_OLD):
        found = paid("dismissed_accident", day, service_months=months)
        assert (found.total, found.articles) == (cash, ("Permenaker 18/2018",))
    with pytest.raises(RulebookError):
        paid("dismissed_accident", NEW, service_months=months)


def test_the_old_cash_from_eighteen_months_was_not_found_but_a_cause_left_out_gives_none():
    with pytest.raises(RulebookError, match="18 months"):
        paid("dismissed_accident", LAST_OLD, service_months=18)
    for cause in migrant_benefits_words.EXCLUDED_FROM["dismissed_accident"]:
        found = paid("dismissed_accident", LAST_OLD, service_months=18, excluded=cause)
        assert (found.total, found.because[0].code) == (0, cause)


def test_failing_to_be_placed_had_a_sum_until_february_2023_and_none_was_found_since():
    assert paid("failed_placement", LAST_OLD, transport_cost=12_000_000).total == 17_500_000
    with pytest.raises(RulebookError):
        paid("failed_placement", NEW)


@pytest.mark.parametrize("event", ["misplaced", "rape", "dismissed", "treatment_abroad", "home_care", "hearing_aid",
                                   "glasses"])  # fmt: skip
def test_what_permenaker_4_2023_added_is_given_from_its_first_day_only(event):
    before = paid(event, LAST_OLD, cost=10**6)
    assert (before.total, before.because[0].code) == (0, "new_in_2023")
    assert paid(event, NEW, cost=10**6).total > 0


def test_ones_own_fault_wish_or_crime_gives_nothing_with_the_reason():
    for event in ("failed_to_depart", "misplaced", "dismissed"):
        assert paid(event, own_fault=True).because[0].code == "own_fault"
    for cause in ("crime", "drugs"):
        assert paid("repatriation", cost=9_000_000, excluded=cause).because[0].code == cause
    assert paid("repatriation", cost=9_000_000, excluded="deported").total == 9_000_000


def test_a_benefit_of_another_phase_is_not_given():
    for event, phase in (("failed_to_depart", "during"), ("loss_on_the_way", "before"), ("transport", "during")):
        assert paid(event, phase=phase, cost=1).because[0].code == "other_phase"


@pytest.mark.parametrize("event", migrant_benefits.NOT_FOUND)
def test_a_blind_spot_says_what_why_and_what_next_in_both_languages(event):
    with pytest.raises(RulebookError) as caught:
        paid(event)
    error = caught.value
    assert all(one.id and one.en and one.id != one.en for one in (error.what, error.why, error.next))
    assert error.code == f"pmi_{event}"


def test_before_the_oldest_text_nothing_is_guessed_and_unknown_words_are_refused():
    with pytest.raises(RulebookError):
        paid("rape", OLD - dt.timedelta(days=1))
    for wrong in ({"event": "divorce"}, {"event": "rape", "phase": "later"}, {"event": "transport", "way": "rail"},
                  {"event": "scholarship", "level": "x"}, {"event": "rape", "excluded": "x"}):  # fmt: skip
        with pytest.raises(FactsError):
            given(Happening(on=NEW, **wrong))


@every(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**9))
def test_a_refund_is_never_above_its_limit_nor_what_was_paid_beyond_the_insurance(cost, insured, most):
    found = rules.pmi_treatment_excess(cost, insured, most)
    assert 0 <= found <= most and found <= max(0, cost - insured)


@every(st.sampled_from(sorted(migrant_benefits.EVENTS)), st.sampled_from(migrant_terms.PHASES),
       st.dates(OLD, dt.date(2027, 1, 1)), st.integers(0, 10**10))  # fmt: skip
def test_every_event_is_answered_or_refused_by_name_and_never_below_zero(event, phase, on, cost):
    try:
        found = paid(event, on, phase=phase, cost=cost, transport_cost=cost, service_months=4, percentage=100)
    except RulebookError as error:
        assert error.code.startswith("pmi_")
    else:
        assert found.total == sum(part.amount for part in found.parts) >= 0
        assert found.entitled == (found.total > 0) or found.values
        assert found.status in rulebook.STATUSES and all(rulebook.applies(one, on) for one in found.articles)


def test_the_cover_of_each_phase_names_its_benefits_with_amounts_and_how_sure_they_are():
    def listed(phase, route="implementer", on=NEW):
        return {one.code: one for one in migrant_terms.covered(phase=phase, route=route, on=on)}

    during = listed("during")
    assert during["treatment_abroad"].amount.id == "paling banyak Rp50.000.000 tiap kasus"
    assert during["death"].amount.en == "Rp85,000,000" and during["death"].status == "official"
    assert during["dismissed"].note and during["failed_placement"].note.code == "pmi_annex_unread"
    assert "failed_to_depart" in listed("before") and "failed_to_depart" not in during
    assert set(listed("before", "individual")) == {"death_outside"}
    assert "loss_on_the_way" in listed("after") and "loss_on_the_way" not in listed("before")
    old = listed("during", on=LAST_OLD)
    assert "rape" not in old and old["failed_placement"].status == "official"
    for one in (*during.values(), *old.values(), *listed("after").values()):
        assert one.name.id != one.name.en and one.articles and (one.note or one.status != "unconfirmed")


def test_what_is_not_covered_goes_by_phase_route_and_door():
    def said(phase, route="implementer", abroad=False, on=NEW):
        return {one.code for one in migrant_terms.not_covered(phase=phase, route=route, abroad=abroad, on=on)}

    assert {"before_five_months", "failed_own_fault"} <= said("before")
    assert "individual_only_jkm" in said("before", "individual")
    assert "abroad_no_before" in said("during", abroad=True) and "abroad_no_before" not in said("during")
    assert {"after_agreement", "body_home", "crime", "local_insurance_first"} <= said("during")
    assert {"after_thirty_days", "late_return", "illness", "no_jp_jkp"} <= said("after")
    old = migrant_terms.not_covered(phase="during", route="implementer", abroad=False, on=LAST_OLD)
    assert all(rulebook.applies(article, LAST_OLD) for one in old for article in one.articles)
    with pytest.raises(FactsError):
        said("later")


@pytest.mark.parametrize(
    ("left", "rank", "who"),
    [
        ({"child", "parent"}, "family", ("child",)),
        ({"grandchild", "sibling"}, "blood_line", ("grandchild",)),
        ({"sibling", "parent_in_law"}, "sibling", ("sibling",)),
        ({"parent_in_law", "will"}, "parent_in_law", ("parent_in_law",)),
        ({"will"}, "will", ("will",)),
    ],
)
def test_the_nearest_rank_inherits(left, rank, who):
    assert migrant_claims.heirs(survivors=frozenset(left))[:2] == (rank, who)


def test_nobody_left_to_inherit_is_a_blind_spot():
    with pytest.raises(RulebookError, match="57"):
        migrant_claims.heirs(survivors=frozenset())


def test_what_to_prepare_is_listed_with_its_article():
    for what, papers in migrant_claims.DOCUMENTS.items():
        assert papers == migrant_claims.documents(what=what)
        assert all(one.name.id != one.name.en and one.articles and one.status in rulebook.STATUSES for one in papers)
    insured = migrant_claims.documents(what="accident_abroad_insured")
    assert {"insurer", "bills"} <= {one.code for one in insured}
    with pytest.raises(FactsError):
        migrant_claims.documents(what="party")


def test_a_claim_may_be_made_for_five_years_and_for_two_before_february_2023():
    assert migrant_claims.claim_until(event=NEW).until == dt.date(2028, 2, 22)
    assert migrant_claims.claim_until(event=LAST_OLD).until == dt.date(2025, 2, 21)
