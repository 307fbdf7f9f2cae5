"""The inspectors' list: what is so of every employer, in a constant number of statements; who may see it; the sheet."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.employers.models import Activity, MinimumWage, WorkerReport
from teduh.journeys.compliance import inspecting
from teduh.journeys.compliance.inspecting import Filter
from teduh.law.months import Month
from teduh.registry.models import Region
from teduh.security.models import Event
from tests import factories, watching

TODAY = dt.date(2026, 6, 22)
LAST = Month(2026, 5)


def reasons(employer: int) -> dict[str, dict[str, int]]:
    found = inspecting.opened(employer=employer, by=watching.inspector(), on=TODAY, why="Pemeriksaan rutin")
    return {reason.code: reason.numbers for reason in found.reasons}


@pytest.fixture
def year(db):
    """A firm that filed thirteen months with ten workers, the last with six."""
    firm = watching.firm(activity="Perdagangan", risk_class=1)
    people = factories.people(10)
    for month in Month.span(LAST.plus(-12), 13):
        count = 6 if month == LAST else 10
        watching.filed(firm, month, [3_000_000 + n * 250_000 for n in range(count)], persons=people[:count])
    return firm


def test_who_never_filed_and_who_has_fewer_workers_than_a_year_ago(year):
    silent = watching.firm()
    found = reasons(year)
    assert found["fewer_than_year_ago"] == {"workers": 6, "year_ago": 10}
    assert found["fewer_than_median"] == {"workers": 6, "median": 10}
    assert "missing" not in found and "late" not in found
    assert reasons(silent) == {"never_filed": {"due_months": 17}}


def test_a_month_is_missing_only_after_its_last_day_to_report(db):
    firm = watching.firm(since=Month(2026, 5))
    found = inspecting.facts(on=dt.date(2026, 6, 15), only=firm)[0]
    assert (found.due_months, found.missing) == (0, 0)
    found = inspecting.facts(on=dt.date(2026, 6, 16), only=firm)[0]
    assert (found.due_months, found.missing) == (1, 1)


def test_a_return_is_late_from_the_day_after_its_last_day(db):
    firm = watching.firm(since=Month(2026, 3))
    watching.filed(firm, Month(2026, 3), [3_000_000], on=dt.date(2026, 4, 15))
    watching.filed(firm, Month(2026, 4), [3_000_000], on=dt.date(2026, 5, 18))  # the 15th is a holiday, then a weekend
    assert inspecting.facts(on=TODAY, only=firm)[0].late == 0
    watching.filed(firm, Month(2026, 5), [3_000_000], on=dt.date(2026, 6, 16))
    assert inspecting.facts(on=TODAY, only=firm)[0].late == 1


def test_wages_at_the_regional_minimum_and_wages_that_are_all_alike(regions, db):
    district = Region.objects.filter(code__regex=r"^\d\d\.\d\d$").first()
    MinimumWage.objects.create(
        region=district, from_day=dt.date(2026, 1, 1), amount=3_000_000, source="t", status="official"
    )
    firm = watching.firm(region=district.code, since=LAST)
    watching.filed(firm, LAST, [3_030_000] * 9 + [3_030_001, 8_000_000, 9_000_000], on=dt.date(2026, 6, 10))
    assert reasons(firm) == {
        "at_minimum": {"at_minimum": 9, "of": 12},
        "identical": {"identical": 9, "of": 12, "wage": 3_030_000},
    }


def test_a_low_base_and_a_class_lower_than_listed_and_programmes_left_out(db):
    Activity.objects.create(name_id="Konstruksi berat", risk_class=5, source="t", status="official")
    firm = watching.firm(activity="Konstruksi berat", risk_class=3, programmes=("JKK", "JKM"), since=LAST)
    watching.filed(firm, LAST, [2_000_000 + n for n in range(6)], variable=2_000_000, on=dt.date(2026, 6, 10))
    assert reasons(firm) == {
        "low_base": {"base": 12_000_015, "variable": 12_000_000, "percent": 50},
        "risk_class": {"declared": 3, "listed": 5},
        "programmes": {"lacking": 2},
    }


def test_reports_are_counted_by_kind_and_nobody_is_named(db):
    firm = watching.firm(since=Month(2026, 6))
    for n, kind in enumerate(("wrong_wage", "not_listed", "wrong_wage")):
        WorkerReport.objects.create(number=f"LP-9{n}", person_id=factories.person(), employer_id=firm, kind=kind,
                                    told_on=TODAY - dt.timedelta(days=30), text="Rahasia sekali")  # fmt: skip
    WorkerReport.objects.create(number="LP-99", person_id=factories.person(), employer_id=firm, kind="not_there",
                                told_on=TODAY - dt.timedelta(days=366))  # fmt: skip
    assert reasons(firm) == {"reports": {"reports": 3, "wrong_wage": 2, "not_listed": 1}}
    sheet = inspecting.exported(by=watching.inspector(), on=TODAY, why="Rapat", wanted=Filter())
    assert "Rahasia" not in sheet and "Orang" not in sheet and "LP-9" not in sheet


def test_the_list_takes_a_constant_number_of_statements(db):
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            inspecting.ranked(by=who, on=TODAY)
        return len(found)

    who = watching.inspector()
    watching.firm()
    first = asked()
    for _ in range(20):
        watching.filed(watching.firm(), LAST, [3_000_000] * 3, on=dt.date(2026, 6, 10))
    assert asked() == first < 12


def test_the_list_is_filtered_and_goes_on_where_it_ended(db):
    for n in range(3):
        watching.firm(name=f"CV Nelayan {n}", activity="Perikanan")
    watching.firm(activity="Perdagangan")
    who = watching.inspector()
    found = inspecting.ranked(by=who, on=TODAY, wanted=Filter(activity="ikan"), limit=2)
    assert (len(found.rows), found.total, found.after) == (2, 3, 2)
    assert len(inspecting.ranked(by=who, on=TODAY, wanted=Filter(activity="ikan"), after=2, limit=2).rows) == 1
    assert inspecting.ranked(by=who, on=TODAY, wanted=Filter(reason="late")).total == 0
    assert inspecting.ranked(by=who, on=TODAY, wanted=Filter(reason="never_filed")).total == 4
    assert inspecting.ranked(by=who, on=TODAY, wanted=Filter(text="nelayan 1")).total == 1


@pytest.mark.parametrize("role", ["member", "agent", "officer", "employer", "auditor", "operator"])
def test_only_inspectors_see_the_list(db, role):
    who = factories.actor(role)
    for ask in (lambda: inspecting.ranked(by=who, on=TODAY),
                lambda: inspecting.exported(by=who, on=TODAY, why="x"),
                lambda: inspecting.opened(employer=1, by=who, on=TODAY, why="x")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.status == 403


def test_lists_openings_and_sheets_are_recorded_and_a_name_is_no_formula(db):
    firm, who = watching.firm(name="=cmd()"), watching.inspector()
    inspecting.ranked(by=who, on=TODAY)
    inspecting.opened(employer=firm, by=who, on=TODAY, why="Pemeriksaan rutin")
    sheet = list(csv.reader(io.StringIO(inspecting.exported(by=who, on=TODAY, why="Rapat bulanan"))))
    assert sheet[1][1] == "'=cmd()"
    told = Event.objects.filter(actor=who.user).values_list("action", "subject", "why")
    assert ("employer.read", f"employer:{firm}", "Pemeriksaan rutin") in told
    assert {action for action, *_ in told} == {"risk.listed", "risk.exported", "employer.read"}
    with pytest.raises(Refused):
        inspecting.exported(by=who, on=TODAY, why=" ")
