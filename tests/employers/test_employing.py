"""Employments are opened, changed and ended for many at once; with one employer they never overlap."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.employers import actions
from teduh.employers.models import Employment, Worksite
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.employers import firms
from tests.journeys.joining.test_enrol_file_statements import statements

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 10)
START = dt.date(2026, 3, 1)


def seat(employer: int) -> int:
    return Worksite.objects.get(employer=employer, number=1).id


def employ(employer: int, *rows: tuple) -> list[int]:
    return actions.employ(rows=rows, employer=employer, by=SYSTEM, on=ON)


def hire(employer: int, person: int, start: dt.date = START) -> int:
    return employ(employer, (person, seat(employer), "A1", "permanent", start))[0]


class TestEmploying:
    def test_each_row_gets_its_employment_in_order(self):
        firm, people = firms.employer(), factories.people(3)
        rows = [(person, seat(firm), f"P{n}", "fixed", START, dt.date(2026, 12, 31)) for n, person in enumerate(people)]
        made = employ(firm, *rows)
        found = {one.id: one for one in Employment.objects.filter(employer=firm)}
        assert [found[id_].person_id for id_ in made] == people
        assert [found[id_].number for id_ in made] == ["P0", "P1", "P2"]
        assert all(one.registered_on == ON and one.contract_until == dt.date(2026, 12, 31) for one in found.values())

    def test_who_works_there_already_keeps_his_employment(self):
        firm, person = firms.employer(), factories.person()
        first = hire(firm, person)
        assert hire(firm, person, dt.date(2026, 4, 1)) == first
        assert Employment.objects.get(id=first).started_on == START

    def test_a_person_named_twice_gets_one_employment(self):
        firm, person = firms.employer(), factories.person()
        row = (person, seat(firm), "A", "permanent", START)
        one, other = employ(firm, row, row)
        assert one == other

    def test_several_employers_at_once_are_several_employments(self):
        person = factories.person()
        assert hire(firms.employer(), person) != hire(firms.employer(), person)
        assert Employment.objects.filter(person=person, ended_on=None).count() == 2

    def test_who_left_is_employed_again_from_the_day_after(self):
        firm, person = firms.employer(), factories.person()
        first = hire(firm, person)
        actions.end(rows=[(first, dt.date(2026, 3, 31), "resigned")], by=SYSTEM, on=ON)
        with pytest.raises(Refused, match="employment_overlaps"), transaction.atomic():
            hire(firm, person, dt.date(2026, 3, 31))
        assert hire(firm, person, dt.date(2026, 4, 1)) != first

    def test_the_database_itself_refuses_the_same_days_twice(self):
        firm, person = firms.employer(), factories.person()
        hire(firm, person)
        with pytest.raises(IntegrityError, match="employment_never_twice_at_once"), transaction.atomic():
            Employment.objects.create(
                person_id=person, employer_id=firm, worksite_id=seat(firm), started_on=ON, registered_on=ON
            )

    def test_a_site_of_another_firm_is_refused_by_its_row(self):
        firm, person = firms.employer(), factories.person()
        with pytest.raises(Refused, match="worksite_unknown") as refused:
            employ(firm, (person, seat(firms.employer()), "", "permanent", START))
        assert "Baris ke-1" in refused.value.why.id

    def test_the_statements_do_not_grow_with_the_people(self):
        firm, people = firms.employer(), factories.people(301)
        site = seat(firm)

        def rows(some: list[int]) -> list[tuple]:
            return [(person, site, "", "permanent", START) for person in some]

        employ(firm, *rows(people[:1]))
        few = statements(lambda: employ(firm, *rows(people[1:3])))
        many = statements(lambda: employ(firm, *rows(people[3:])))
        assert many == few


class TestEnding:
    def test_an_end_has_its_day_and_cause_and_is_on_record(self):
        firm, person = firms.employer(), factories.person()
        made = hire(firm, person)
        assert actions.end(rows=[(made, dt.date(2026, 4, 15), "dismissed")], by=SYSTEM, on=ON) == {made: person}
        row = Employment.objects.get(id=made)
        assert (row.ended_on, row.cause) == (dt.date(2026, 4, 15), "dismissed")
        assert Event.objects.filter(action="employment.ended", subject=f"employment:{made}").count() == 1

    def test_what_has_ended_stays_as_it_ended(self):
        made = hire(firms.employer(), factories.person())
        actions.end(rows=[(made, dt.date(2026, 4, 15), "dismissed")], by=SYSTEM, on=ON)
        assert actions.end(rows=[(made, dt.date(2026, 4, 20), "resigned")], by=SYSTEM, on=ON) == {}
        assert Employment.objects.get(id=made).cause == "dismissed"

    @pytest.mark.parametrize(("day", "ends"), [(dt.date(2026, 2, 28), False), (START, True)])
    def test_nobody_ends_before_he_began(self, day, ends):
        made = hire(firms.employer(), factories.person())
        assert bool(actions.end(rows=[(made, day, "resigned")], by=SYSTEM, on=ON)) is ends


class TestChanging:
    def test_another_site_and_contract_leave_the_rest_as_it_was(self):
        firm, person = firms.employer(), factories.person()
        made, site = hire(firm, person), firms.worksite(firm, number=2)
        changed = actions.change(
            rows=[actions.Changed(made, worksite=site, contract="fixed", contract_until=dt.date(2026, 12, 31))],
            employer=firm, by=SYSTEM, on=ON,
        )  # fmt: skip
        row = Employment.objects.get(id=made)
        assert changed == (made,)
        assert (row.worksite_id, row.contract, row.contract_until) == (site, "fixed", dt.date(2026, 12, 31))
        assert (row.number, row.started_on) == ("A1", START)

    def test_nothing_new_changes_nothing(self):
        firm = firms.employer()
        made = hire(firm, factories.person())
        assert actions.change(rows=[(made, None, "A1")], employer=firm, by=SYSTEM, on=ON) == ()

    def test_a_site_of_another_firm_is_not_taken(self):
        firm = firms.employer()
        made = hire(firm, factories.person())
        assert actions.change(rows=[(made, seat(firms.employer()))], employer=firm, by=SYSTEM, on=ON) == ()
