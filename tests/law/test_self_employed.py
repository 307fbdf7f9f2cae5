"""The self-employed: brackets, programmes, reliefs by month owed, months in advance."""

import pytest

from teduh.law import assessment, rulebook
from teduh.law.facts import SelfEmployed
from teduh.law.messages import RulebookError
from teduh.law.months import Month


def total(month, **facts):
    return assessment.assess(SelfEmployed(**{"income": 1_000_000, **facts}), month=Month.parse(month)).total


def test_there_are_33_brackets_and_each_switches_at_the_next_lower_bound():
    p = rulebook.record(Month(2025, 1).last)
    assert len(p.bpu_income_from) == len(p.bpu_base) == 33
    for row in range(1, 33):
        for income, at in ((p.bpu_income_from[row] - 1, row - 1), (p.bpu_income_from[row], row)):
            assert total("2025-01", income=income) == p.bpu_jkk[at] + 6800


def test_jkk_is_one_and_jht_two_percent_of_the_base():
    p = rulebook.record(Month(2025, 1).last)
    assert all(
        jkk * 100 == base and jht * 50 == base for jkk, jht, base in zip(p.bpu_jkk, p.bpu_jht, p.bpu_base, strict=True)
    )


@pytest.mark.parametrize(
    ("month", "sector", "expected"),
    [
        ("2020-07", "other", 16_800), ("2020-08", "other", 168), ("2020-09", "other", 168),
        ("2020-12", "other", 168), ("2021-01", "other", 168), ("2021-02", "other", 16_800),
        ("2025-12", "transport", 16_800), ("2026-01", "transport", 8_400), ("2026-02", "transport", 8_400),
        ("2027-02", "transport", 8_400), ("2027-03", "transport", 8_400), ("2027-04", "transport", 16_800),
        ("2026-03", "other", 16_800), ("2026-04", "other", 8_400), ("2026-05", "other", 8_400),
        ("2026-11", "other", 8_400), ("2026-12", "other", 8_400), ("2027-01", "other", 16_800),
        ("2015-07", "other", 16_800),
    ],
)  # fmt: skip
def test_a_relief_holds_for_the_months_of_its_window_and_no_others(month, sector, expected):
    assert total(month, sector=sector) == expected


def test_a_contribution_paid_by_a_government_has_no_relief_and_a_note_says_so():
    owed = assessment.assess(SelfEmployed(1_000_000, "transport", paid_by_government=True), month=Month(2026, 2))
    assert owed.total == 16_800
    assert "paid_by_government" in [note.code for note in owed.notes]


def test_who_does_not_meet_the_conditions_of_2020_pays_in_full():
    assert total("2020-10", eligible_2020=False) == 16_800


def test_jht_is_never_relieved():
    facts = SelfEmployed(2_750_000, "transport", ("JKK", "JKM", "JHT"))
    lines = {line.programme: line.amount for line in assessment.assess(facts, month=Month(2026, 2)).lines}
    assert lines == {"JKK": 14_750, "JKM": 3_400, "JHT": 59_000}


def test_months_in_advance_are_each_reckoned_by_their_own_month():
    paid = assessment.advance(SelfEmployed(1_000_000, "transport"), first=Month(2026, 12), count=6)
    assert [one.total for one in paid.months] == [8_400] * 4 + [16_800] * 2
    assert paid.total == 4 * 8_400 + 2 * 16_800
    assert paid.notes[-1].status == "unconfirmed"


def test_a_month_before_july_2015_is_refused_in_both_languages():
    with pytest.raises(RulebookError) as caught:
        total("2015-06")
    assert "Juli 2015" in caught.value.id
    assert "July 2015" in caught.value.en
    assert caught.value.what and caught.value.why and caught.value.next


def test_jp_cannot_be_chosen():
    with pytest.raises(ValueError, match="JP cannot be chosen"):
        SelfEmployed(1_000_000, programmes=("JKK", "JP"))
