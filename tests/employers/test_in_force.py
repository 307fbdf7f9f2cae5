"""What holds for an employer in a month is what was declared for it by then, in one statement."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers import queries, reference
from teduh.employers.models import MinimumWage, Profile, RiskClass, Worksite
from teduh.law.months import Month
from tests.employers import firms

pytestmark = pytest.mark.django_db
JAN, MARCH, APRIL, MAY = Month(2026, 1), Month(2026, 3), Month(2026, 4), Month(2026, 5)


def test_everything_a_check_asks_comes_in_one_statement(django_assert_num_queries):
    firm = firms.employer(size="small", programmes=("JKK", "JKM", "JHT"), risk_class=3)
    for number in range(2, 20):
        firms.worksite(firm, number=number)
    with django_assert_num_queries(1):
        found = queries.in_force(employer=firm, month=APRIL)
    assert (found.size, found.programmes, found.health_insured) == ("small", ("JKK", "JKM", "JHT"), True)
    assert found.worksites[1].risk_class == 3
    assert len(found.worksites) == 19


@pytest.mark.parametrize(("month", "expected"), [(MARCH, 2), (APRIL, 4), (MAY, 4)])
def test_a_class_counts_from_its_month_on_and_never_before(month, expected):
    firm = firms.employer(risk_class=2)
    site = Worksite.objects.get(employer=firm)
    RiskClass.objects.create(worksite=site, from_month=APRIL, activity="Tambang", risk_class=4, evidence="Izin")
    assert queries.in_force(employer=firm, month=month).worksites[1].risk_class == expected


def test_of_one_months_rows_the_last_counts():
    firm = firms.employer(risk_class=2)
    site = Worksite.objects.get(employer=firm)
    for risk_class in (4, 3):
        RiskClass.objects.create(
            worksite=site, from_month=APRIL, activity="Bengkel", risk_class=risk_class, evidence="Izin"
        )
    assert queries.in_force(employer=firm, month=APRIL).worksites[1].risk_class == 3


@pytest.mark.parametrize(("month", "size"), [(MARCH, "large"), (APRIL, "micro"), (MAY, "micro")])
def test_a_profile_counts_from_its_month_on(month, size):
    firm = firms.employer(size="large")
    Profile.objects.create(employer_id=firm, from_month=APRIL, size="micro", programmes=["JKK", "JKM"])
    assert queries.in_force(employer=firm, month=month).size == size


@pytest.mark.parametrize(("closed", "is_open"), [(dt.date(2026, 3, 31), False), (dt.date(2026, 4, 1), True)])
def test_a_site_is_in_force_up_to_the_month_it_closed_in(closed, is_open):
    firm = firms.employer()
    firms.worksite(firm, number=2)
    Worksite.objects.filter(employer=firm, number=2).update(closed_on=closed)
    assert (2 in queries.in_force(employer=firm, month=APRIL).worksites) is is_open


def test_a_site_without_a_class_is_not_in_force():
    firm = firms.employer()
    Worksite.objects.create(employer_id=firm, number=2, name="Gudang", opened_on=JAN.first)
    assert list(queries.in_force(employer=firm, month=APRIL).worksites) == [1]


def test_a_month_before_the_first_declared_one_is_refused_and_says_which_that_is():
    firm = firms.employer(from_month=APRIL)
    assert queries.in_force(employer=firm, month=APRIL).size == "large"
    with pytest.raises(Refused, match="month_before_registration") as refused:
        queries.in_force(employer=firm, month=MARCH)
    assert "April 2026" in refused.value.why.id


def test_an_employer_that_is_not_there_is_not_found():
    with pytest.raises(Refused, match="not_your_employer"):
        queries.in_force(employer=2**40, month=APRIL)


@pytest.mark.usefixtures("regions")
class TestReference:
    def test_loading_twice_changes_nothing(self):
        first = reference.load_reference()
        before = set(MinimumWage.objects.values_list("id", "amount"))
        assert reference.load_reference() == first
        assert set(MinimumWage.objects.values_list("id", "amount")) == before
        assert len(before) == first["minimum_wages"] > 100
        assert first["activities"] == 191

    def test_a_district_without_a_minimum_wage_has_its_provinces(self):
        reference.load_reference()
        on = dt.date(2026, 4, 1)
        own = MinimumWage.objects.filter(region__level=2, from_day__lte=on).select_related("region").first()
        province = own.region_id[:2]
        other = next(code for code in ("11.01", "11.02") if not MinimumWage.objects.filter(region=code).exists())
        asked = [own.region_id, f"{own.region_id}.01", province, other, "11"]
        found = reference.minimum_wage(regions=asked, on=on)
        assert found[own.region_id].amount == own.amount == found[f"{own.region_id}.01"].amount
        assert found[other] == found["11"]
        assert found["11"].status in ("secondary", "unconfirmed", "official", "gazette")

    def test_before_the_first_value_there_is_none(self):
        reference.load_reference()
        assert reference.minimum_wage(regions=["11"], on=dt.date(2023, 12, 31)) == {"11": None}

    def test_activities_are_found_by_every_word_of_the_search(self):
        reference.load_reference()
        found = reference.activities(search="pabrik TOPI")
        assert [one.name for one in found] == ["Pabrik topi"]
        assert reference.activity(id=found[0].id) == found[0]
        assert reference.activity_named(name="pabrik topi").risk_class == 1
        assert reference.activities(search="tidakadakegiatanini") == ()
