"""What a wage return owes, by the law's own rule for every line, and the reasons of each shape once."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from teduh.contributions import wages
from teduh.law import assessment, codes
from teduh.law.facts import WageEarner
from teduh.law.months import Month

MONTHS = [Month(2019, 3), Month(2020, 9), Month(2021, 5), Month(2025, 10), Month(2026, 1), Month(2026, 10)]
MASKS = [3, 7, 15, 31, 0]


@given(
    st.sampled_from(MONTHS),
    st.lists(st.tuples(st.integers(0, 60_000_000), st.integers(1, 5), st.sampled_from(MASKS)), max_size=8),
    st.booleans(),
    st.sampled_from([None, 10, 49, 50, 900]),
    st.sampled_from([None, dt.date(2026, 6, 30), dt.date(2026, 7, 1)]),
)
def test_columns_are_what_the_law_says_line_by_line(month, lines, labour_intensive, workers, on):
    found = wages.assess(
        month=month, wages=[w for w, _, _ in lines], risk_classes=[r for _, r, _ in lines],
        programmes=[m for _, _, m in lines], labour_intensive=labour_intensive, workers=workers, on=on,
    )  # fmt: skip
    for (wage, risk, mask), row in zip(lines, found.rows(), strict=True):
        facts = WageEarner(
            wage=wage, risk_class=risk, programmes=wages.names(mask), jkp_participant=bool(mask & codes.JKP),
            labour_intensive=labour_intensive, workers=workers, paid_on=on,
        )  # fmt: skip
        assert row == assessment.amounts(facts, month)[:9]
    assert found.to_pay == sum(sum(row[:6]) for row in found.rows())


def test_lines_of_one_shape_share_one_basis_with_articles_for_each_share():
    found = wages.bases(month=Month(2026, 10), risk_classes=[1, 1, 2], programmes=[31, 31, 31])
    assert found[0] is found[1] and found[0].digest != found[2].digest
    assert {key[:2] for key in found[0].articles} == {
        ("JKK", "employer"), ("JKM", "employer"), ("JHT", "employer"), ("JHT", "worker"), ("JP", "employer"),
        ("JP", "worker"), ("JKP", "moved"), ("JKP", "state"),
    }  # fmt: skip


def test_the_size_of_a_firm_makes_no_shape_of_its_own():
    month = Month(2025, 10)
    digests = {
        wages.basis(month=month, risk_class=1, programmes=31, labour_intensive=True, workers=n).digest
        for n in (50, 51, 900)
    }
    assert len(digests) == 1
    assert wages.relief_ends(month) == dt.date(2026, 6, 30)
    assert wages.relief_ends(Month(2026, 10)) is None
