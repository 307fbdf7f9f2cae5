"""Joining as self-employed, and the NIK."""

import datetime as dt

import pytest

from teduh.law import eligibility, nik

TODAY = dt.date(2026, 4, 20)


def verdict(**facts):
    return eligibility.self_employed(eligibility.Entry(**{"on": TODAY, "age": 40, **facts}))


def test_a_working_adult_may_join_and_hears_what_ends_cover():
    found = verdict()
    assert found.outcome == "eligible"
    limits = [limit.code for limit in found.limits]
    assert {
        "lapses",
        "jkm_first_months",
        "scholarship",
        "relief_ends",
        "jht_not_chosen",
        "jp_not_available",
    } <= set(limits)
    assert all(limit.id and limit.en and limit.articles and limit.status for limit in found.limits)


@pytest.mark.parametrize(
    ("facts", "outcome", "code"),
    [
        ({"is_working": False}, "refused", "not_working"),
        ({"occupations": 3}, "refused", "occupations"),
        ({"foreigner_months": 5}, "refused", "foreigner_six_months"),
        ({"foreigner_months": 6}, "eligible", None),
        ({"programmes": ("JKK", "JKM", "JP")}, "refused", "jp_not_available"),
        ({"occupations": 2}, "eligible", None),
        ({"age": 64}, "eligible", None),
        ({"age": 65}, "conditional", "age_limit"),
        ({"has_other_employer": True}, "conditional", "has_other_employer"),
        ({"nik_problems": (nik.NOT_SIXTEEN,)}, "refused", "not_sixteen_digits"),
        ({"nik_warnings": (nik.BAD_DATE,)}, "eligible", "no_such_date"),
    ],
)
def test_each_ground_has_its_outcome(facts, outcome, code):
    found = verdict(**facts)
    assert found.outcome == outcome
    assert code is None or code in [reason.code for reason in found.because]


def test_a_sponsor_or_a_relief_that_ends_is_said_before_payment():
    assert "sponsor_ends" in [limit.code for limit in verdict(sponsor_until=dt.date(2026, 12, 31)).limits]
    assert "relief_ends" not in [limit.code for limit in verdict(paid_by_government=True).limits]


@pytest.mark.parametrize(
    ("number", "sex", "born"),
    [("3602041211870001", "M", dt.date(1987, 11, 12)), ("3515144508680002", "F", dt.date(1968, 8, 5))],
)
def test_a_nik_gives_region_birth_date_and_sex(number, sex, born):
    found = nik.read(number, regions=None, today=TODAY)
    assert found.valid and found.sex == sex and born in found.birth_dates
    assert (found.province, found.regency, found.district) == (number[:2], number[:4], number[:6])


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("351514350868000", "not_sixteen_digits"),
        ("35151435086800o1", "not_sixteen_digits"),
        ("3515143508680001", "day"),
        ("3515143208680001", "day"),
        ("3515144008680001", "day"),
        ("3515147208680001", "day"),
        ("3515140513680001", "month"),
        ("3515143002680001", "no_such_date"),
        ("3515140508680000", "serial"),
    ],
)
def test_what_no_nik_can_be_is_refused_with_its_reason(number, code):
    found = nik.read(number, regions=None, today=TODAY)
    assert not found.valid
    assert code in [reason.code for reason in found.problems]


def test_the_century_stays_open_where_both_are_possible():
    assert len(nik.read("3515140508060001", regions=None, today=TODAY).birth_dates) == 2
    assert len(nik.read("3515140508680001", regions=None, today=TODAY).birth_dates) == 1


def test_regions_and_differences_are_warnings_never_refusals():
    unknown = nik.read("9915140508680001", regions=None, today=TODAY)
    other = nik.read("3515140508680001", regions={"351513"}, today=TODAY)
    assert unknown.valid and unknown.warnings and other.valid and other.warnings
    assert not nik.read("3515140508680001", regions={"351514"}, today=TODAY).warnings
    found = nik.compare(other, birth=dt.date(1968, 8, 6), sex="F", residence="1101")
    assert [reason.code for reason in found] == ["birth_differs", "sex_differs", "moved"]
