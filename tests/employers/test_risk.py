"""The ranking of employers: each reason at its edge, its points, its words, and what is never said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.employers import risk
from teduh.employers.risk import Facts

GOOD = Facts(
    employer=1, npp="10000019", name="PT Baik", due_months=12, filed_months=12, workers=20, workers_year_ago=20,
    workers_median=20, lines=20, minimum_known=20, at_minimum=2, identical=3, base=90, variable=10,
    programmes=("JKK", "JKM", "JHT", "JP"), mandatory=("JKK", "JKM", "JHT", "JP"), declared_class=None,
)  # fmt: skip


def codes(**other) -> dict[str, int]:
    return {reason.code: reason.points for reason in risk.score(facts=replace(GOOD, **other)).reasons}


def test_an_employer_who_does_his_part_is_not_on_the_list():
    assert codes() == {} and risk.rank(facts=[GOOD]) == []


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"filed_months": 0, "missing": 12}, {"never_filed": 40}),
        ({"filed_months": 0, "due_months": 0}, {}),
        ({"missing": 1}, {"missing": 6}),
        ({"missing": 3}, {"missing": 18}),
        ({"missing": 12}, {"missing": 36}),
        ({"late": 2}, {"late": 4}),
        ({"late": 12}, {"late": 12}),
        ({"workers": 15}, {}),
        ({"workers": 14}, {"fewer_than_year_ago": 15, "fewer_than_median": 10}),
        ({"workers": 14, "workers_year_ago": None}, {"fewer_than_median": 10}),
        ({"workers": 1, "workers_year_ago": 4, "workers_median": 4}, {}),
        ({"at_minimum": 9}, {}),
        ({"at_minimum": 10}, {"at_minimum": 12}),
        ({"at_minimum": 4, "minimum_known": 4}, {}),
        ({"identical": 10, "identical_wage": 3_000_000}, {"identical": 8}),
        ({"identical": 9, "lines": 9}, {}),
        ({"base": 60, "variable": 40}, {}),
        ({"base": 59, "variable": 41}, {"low_base": 10}),
        ({"arrears_months": 1, "arrears": 5}, {"arrears": 8}),
        ({"arrears_months": 4, "arrears": 5, "arrears_rising": True}, {"arrears": 20, "arrears_rising": 6}),
        ({"arrears_months": 30, "arrears": 5}, {"arrears": 32}),
        ({"programmes": ("JKK", "JKM", "JHT")}, {"programmes": 15}),
        ({"declared_class": 2, "listed_class": 2}, {}),
        ({"declared_class": 2, "listed_class": 5}, {"risk_class": 12}),
        ({"reports": {"wrong_wage": 1}}, {"reports": 20}),
        ({"reports": {"wrong_wage": 3, "not_listed": 9}}, {"reports": 40}),
    ],
)
def test_a_reason_holds_from_its_edge_on(other, expected):
    assert codes(**other) == expected


def test_each_reason_says_its_numbers_in_both_languages():
    found = risk.score(facts=replace(GOOD, workers=10, missing=2)).reasons
    by_code = {reason.code: reason for reason in found}
    assert by_code["fewer_than_year_ago"].numbers == {"workers": 10, "year_ago": 20}
    assert str(by_code["missing"].why.id) == "2 dari 12 bulan terakhir tidak dilaporkan."
    assert "2 of the last 12 months" in by_code["missing"].why.en
    assert [reason.points for reason in found] == sorted((r.points for r in found), reverse=True)


def test_every_reason_has_a_weight_and_every_weight_a_reason():
    worst = replace(
        GOOD, missing=3, late=3, workers=1, at_minimum=20, identical=20, base=1, variable=9, arrears_months=2,
        arrears=1, arrears_rising=True, programmes=("JKK", "JKM"), declared_class=1, listed_class=5,
        reports={"not_there": 1, "wrong_wage": 1, "not_listed": 1},
    )  # fmt: skip
    found = {
        reason.code for facts in (worst, replace(worst, filed_months=0)) for reason in risk.score(facts=facts).reasons
    }
    assert found == set(risk.WEIGHTS)
    named = {name for one in (worst, replace(worst, filed_months=0)) for r in risk.score(facts=one).reasons
             for name in r.numbers}  # fmt: skip
    assert named == set(risk.NUMBERS)
    assert all(name.id and name.en for r in risk.score(facts=worst).reasons for name, _ in r.evidence)


@given(missing=st.integers(0, 12), late=st.integers(0, 12), months=st.integers(0, 60), reports=st.integers(0, 50))
def test_more_of_anything_never_lowers_the_points(missing, late, months, reports):
    def points(**more):
        told = {
            "missing": missing,
            "late": late,
            "arrears_months": months,
            "arrears": months,
            "reports": {"x": reports},
        }
        return risk.score(facts=replace(GOOD, **(told | more))).points

    now = points()
    assert points(missing=missing + 1) >= now and points(late=late + 1) >= now
    assert points(arrears_months=months + 1, arrears=months + 1) >= now and points(reports={"x": reports + 1}) >= now


def test_of_equals_the_larger_employer_comes_first():
    new = replace(GOOD, workers_year_ago=None, workers_median=None, missing=1)
    small, large = (replace(new, employer=n, npp=f"{n}", workers=w)
                    for n, w in ((1, 5), (2, 500)))  # fmt: skip
    assert [one.facts.employer for one in risk.rank(facts=[small, large])] == [2, 1]
