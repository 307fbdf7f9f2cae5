"""One definition: what is compiled for everyone and what is traced for one person is one function, to the rupiah."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from teduh.core import holidays
from teduh.law import assessment, codes, columns, compiled, over_columns, protection, reach, rulebook, rules
from teduh.law.benefits import jht, jp
from teduh.law.facts import Construction, Migrant, SelfEmployed, WageEarner
from teduh.law.months import Month
from teduh.national import standing

PEOPLE = 1_000_000
FIRST, MONTHS = Month(2015, 7), 138


@pytest.fixture(scope="module")
def drawn():
    """A million people of all segments and months since July 2015: the columns of the law's rules."""
    draw = np.random.Generator(np.random.PCG64(2026))
    serial = FIRST.serial + np.sort(draw.integers(0, MONTHS, PEOPLE))
    segment = draw.integers(1, 5, PEOPLE)
    wage_type = np.where(segment == codes.WAGE_EARNER, draw.choice([0, 0, 0, 1, 2, 3], PEOPLE), 0)
    rounded = draw.choice([1, 1, 100, 1000], PEOPLE)
    amount = draw.choice([2_000_000, 30_000_000, 500_000_000], PEOPLE) * draw.random(PEOPLE)
    return {
        "segment": segment,
        "month": serial // 12 * 100 + serial % 12 + 1,
        "amount": amount.astype(np.int64) // rounded * rounded,
        "programmes": draw.integers(0, 32, PEOPLE),
        "sector": draw.integers(0, 2, PEOPLE),
        "risk_class": draw.integers(1, 6, PEOPLE),
        "wage_type": wage_type,
        "paid_by_government": draw.integers(0, 2, PEOPLE),
        "eligible_2020": draw.integers(0, 2, PEOPLE),
        "labour_intensive": draw.integers(0, 2, PEOPLE),
        "workers": draw.choice([10, 49, 50, 51, 5_000], PEOPLE),
        "paid_on": draw.choice([0, 20250815, 20260630, 20260701], PEOPLE),
        "wages": np.where(draw.random(PEOPLE) < 0.5, (amount // 7).astype(np.int64), 0),
        "route": draw.integers(0, 2, PEOPLE),
        "stage": draw.integers(0, 4, PEOPLE),
        "contract_months": draw.integers(0, 40, PEOPLE),
        "extension_months": draw.integers(0, 30, PEOPLE),
        "jht_monthly": draw.choice([0, 0, 50_000, 100_000, 123_456], PEOPLE),
    }


def test_a_million_random_people_owe_the_same_compiled_and_interpreted(drawn):
    found = columns.assess_block(drawn)
    bills = {code: assessment.BILLS[name] for name, code in codes.SEGMENTS.items()}
    names = {code: compiled_names(name) for name, code in codes.SEGMENTS.items()}
    lists = {name: values.tolist() for name, values in drawn.items()}
    arguments = {code: list(zip(*(lists[name] for name in names[code]), strict=True)) for code in bills}
    records = {n: rulebook.record(Month(n // 100, n % 100).last) for n in set(lists["month"])}
    who = enumerate(zip(lists["segment"], lists["month"], strict=True))
    wanted = np.array([bills[s](*arguments[s][i], records[m]) for i, (s, m) in who], np.int64).T
    assert np.array_equal(found, wanted)
    assert all(int((drawn["segment"] == s).sum()) > PEOPLE // 5 for s in bills)
    assert (found[codes.BILL.index("total")] > 0).sum() > PEOPLE // 2


def compiled_names(segment: str) -> list[str]:
    """The columns that a segment's rule reads, in its order."""
    code = assessment.BILLS[segment].__code__
    return [compiled.READS.get(name, name) for name in code.co_varnames[: code.co_argcount - 1]]


def test_what_is_traced_for_one_person_is_what_was_compiled_for_everyone(drawn):
    found = columns.assess_block(drawn)
    for i in range(0, PEOPLE, PEOPLE // 2_000):
        row = {name: int(values[i]) for name, values in drawn.items()}
        name = {code: name for name, code in codes.SEGMENTS.items()}[row["segment"]]
        given = tuple(row[column] for column in compiled_names(name))
        month = Month(row["month"] // 100, row["month"] % 100)
        traced, _ = rules.trace(assessment.BILLS[name].__name__, given, rulebook.record(month.last))
        assert traced == tuple(found[:, i]), row


def test_facts_of_every_segment_reach_the_same_arguments():
    own, hired = SelfEmployed(income=1_000_000), WageEarner(wage=5_000_000)
    for facts in (own, hired, Construction(monthly_wages=1), Migrant(contract_months=6)):
        assert len(facts.arguments()) == len(compiled_names(facts.segment))


def test_a_year_of_an_account_is_the_same_compiled_and_interpreted():
    draw = np.random.Generator(np.random.PCG64(7))
    opening, carried = draw.integers(0, 10**9, 5_000), draw.integers(0, 12 * codes.RATE_UNIT, 5_000)
    credits = draw.integers(0, 5 * 10**6, (12, 5_000))
    fast, slow = np.empty((4, 5_000), np.int64), np.empty((4, 5_000), np.int64)
    compiled.module().accrue_rows(opening, credits, carried, 563_000, fast)
    over_columns.accrue_rows(opening.tolist(), credits, carried.tolist(), 563_000, slow)
    assert np.array_equal(fast, slow)


def test_the_agencys_own_simulation_of_five_years_is_met_to_the_rupiah():
    """Rp5.000.000, 5,7 %, 60 months at 5 %: Rp17.100.000 paid, Rp2.309.470 earned."""
    balance = carried = 0
    weighted = sum(285_000 * left for left in range(1, 13))
    for _ in range(5):
        given = (balance, weighted, carried, 500_000)
        earned, carried = jht.jht_return(*given), jht.jht_carried(*given)
        balance += 12 * 285_000 + earned
    assert (balance, balance - 17_100_000) == (19_409_470, 2_309_470)


@pytest.mark.parametrize(("months", "average", "pension"), [(180, 5_000_000, 750_000), (240, 8_000_000, 1_600_000)])
def test_the_pension_is_one_percent_a_year_of_the_average_indexed_wage(months, average, pension):
    assert jp.jp_formula(months * average) == pension


@pytest.mark.parametrize(
    ("age", "paid", "right"), [(12 * 59 - 1, 200, 1), (12 * 59, 179, 2), (12 * 59, 180, 3), (12 * 70, 0, 0)]
)
def test_pension_age_and_180_months_are_needed_for_a_monthly_pension(age, paid, right):
    assert jp.jp_entitlement(age, 59, paid, 180) == right


def test_until_when_the_nation_is_protected_is_what_the_law_says_of_one_person():
    last = Month(2030, 12)
    days, own, wage = standing.tables(last)
    first, off = standing.FIRST.serial, holidays.between(2015, 2031)
    for paid in Month.span(Month(2021, 3), 60):
        history = [
            protection.Paid(month, month.first) for month in Month.span(Month(2021, 3), paid.minus(Month(2021, 3)) + 1)
        ]
        (span,) = protection.self_employed(
            programme="JKK", enrolled_on=dt.date(2021, 3, 1), payments=history, holidays=off
        )
        clear, grace = reach.clear_until(paid.serial, first, days, own), reach.grace_until(paid.serial, 3, first, own)
        assert _day(clear) == max(span.paid_until, span.due_until)
        assert _day(grace) == span.grace_until
        (hired,) = protection.wage_earner(
            programme="JKK", starts=dt.date(2021, 3, 1), ends=None, paid=history, holidays=off
        )
        clear, grace = reach.clear_until(paid.serial, first, days, wage), reach.grace_until(paid.serial, 3, first, wage)
        assert _day(clear) == max(hired.paid_until, hired.due_until)
        assert _day(grace) == hired.grace_until


def _day(number: int) -> dt.date:
    return dt.date.fromordinal(int(number) + 719_163)
