"""Construction projects: reckoned, registered, paid by terms, changed, cancelled; their workers and whom they cover."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.contributions import projects as reckoning
from teduh.contributions.models import Assessment, Credit, ProjectDue
from teduh.core.errors import Refused
from teduh.coverage import projects as cover
from teduh.coverage.models import Span
from teduh.employers.models import Project
from teduh.employers.projects import NewProject
from teduh.journeys.money import pay, statement
from teduh.journeys.projects import projects, workers
from teduh.law.facts import Construction
from teduh.payments.models import Bill
from teduh.registry.models import Person
from tests import factories, watching
from tests.journeys import paying

DAY = dt.date(2026, 5, 4)
STARTS, ENDS = dt.date(2026, 5, 11), dt.date(2026, 11, 10)
CASES = Path(__file__).parents[2] / "law" / "cases"


def new(employer: int, **other) -> NewProject:
    told = {"name": "Gedung sekolah", "basis": "contract", "value": 2_000_000_000, "starts": STARTS, "ends": ENDS}
    return NewProject(employer=employer, **(told | other))


@pytest.fixture
def firm(db) -> int:
    return watching.firm()


@pytest.fixture
def owner(firm):
    return watching.staff(firm)


def examples():
    for path in sorted(CASES.glob("*.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8")):
            if row.get("segment") == "JAKON" and row["program"] in ("JKK+JKM", "JKK", "JKM"):
                yield pytest.param(row, id=row["id"])


@pytest.mark.parametrize("row", list(examples()))
def test_every_worked_example_is_met_through_the_journey(row, db):
    inputs, expected = json.loads(row["inputs_json"]), json.loads(row["expected_json"])
    day = dt.date.fromisoformat(row["date"])
    value = inputs.get("contract_value_ex_vat")
    wages = inputs.get("total_monthly_wages")
    last = day.replace(day=28)
    quote = projects.quote(
        project=new(0, basis="contract" if value else "wages", value=value or wages, starts=day, ends=last), on=day
    )
    # the examples keep parts of a rupiah; nobody pays those
    met = {name: getattr(quote, name) for name in ("jkk", "jkm", "total") if name in expected}
    assert met and met == {name: round(expected[name]) for name in met}


def test_a_project_owes_what_the_law_says_and_its_terms_sum_to_it(firm, owner):
    # 2,000,000,000: JKK 210,000 + 680,000 + 650,000 + 1,100,000; JKM 30,000 + 80,000 + 100,000 + 100,000
    view = projects.register(project=new(firm, instalments=3), by=owner, on=DAY)
    assert [(due.jkk, due.jkm) for due in view.dues] == [(1_320_000, 155_000), (660_000, 77_500), (660_000, 77_500)]
    assert view.total == 2_950_000 and view.row.number.startswith("P-") and view.row.state == "registered"
    assert [due.due_on for due in view.dues] == [STARTS, dt.date(2026, 7, 11), dt.date(2026, 9, 10)]
    bills = Bill.objects.filter(employer=firm).order_by("id")
    assert [(bill.kind, bill.amount) for bill in bills] == [("project", 1_475_000), ("project", 737_500)] + [
        ("project", 737_500)
    ]
    stored = Assessment.objects.get(id=view.dues[0].assessment)
    assert stored.result["total"] == 2_950_000 and view.articles["JKK"] == (
        "PP 44/2015 Pasal 54",
        "PP 44/2015 Pasal 54(2)",
    )
    assert statement.check(on=DAY) == ()


def test_only_a_value_that_is_said_to_include_vat_is_divided(firm):
    plain = projects.quote(project=new(firm, value=111_000_000), on=DAY)
    with_vat = projects.quote(project=new(firm, value=111_000_000, with_vat=True), on=DAY)
    assert with_vat.jkk == 210_000 and with_vat.jkm == 30_000
    assert plain.jkk == 228_700
    assert reckoning.WITHOUT_VAT in with_vat.notes and reckoning.WITHOUT_VAT not in plain.notes


def test_by_wages_each_month_is_a_part(firm, owner):
    view = projects.register(project=new(firm, basis="wages", value=100_000_000), by=owner, on=DAY)
    assert [str(due.month) for due in view.dues] == [f"2026-{m:02}" for m in range(5, 12)]
    assert {(due.jkk, due.jkm) for due in view.dues} == {(1_740_000, 300_000)}
    assert view.dues[0].due_on == dt.date(2026, 6, 15)


def test_other_terms_than_one_or_three_need_an_officer(firm, owner):
    with pytest.raises(Refused) as refused:
        projects.register(project=new(firm, instalments=4), by=owner, on=DAY)
    assert refused.value.code == "other_terms"
    view = projects.register(project=new(firm, instalments=4), by=factories.actor(), on=DAY, why="Datang ke kantor")
    assert sum(due.amount for due in view.dues) == 2_950_000 and len(view.dues) == 4


@pytest.mark.parametrize("role", ["preparer", "viewer"])
def test_who_only_prepares_or_reads_registers_nothing(firm, role):
    with pytest.raises(Refused) as refused:
        projects.register(project=new(firm), by=watching.staff(firm, role), on=DAY)
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        projects.register(project=new(firm), by=watching.staff(watching.firm()), on=DAY)
    assert refused.value.status == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"value": 0}, "value"), ({"ends": STARTS - dt.timedelta(days=1)}, "ends"), ({"name": " "}, "name"),
     ({"basis": "guess"}, "basis"), ({"instalments": 0}, "instalments"), ({"value": 10**15}, "value"),
     ({"starts": dt.date(2015, 6, 30)}, "ends"), ({"ends": dt.date(2040, 1, 1)}, "ends"), ({"value": 1}, "value")],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(firm, owner, wrong, field):
    with pytest.raises(Refused) as refused:
        projects.register(project=new(firm, **wrong), by=owner, on=DAY)
    assert refused.value.field == field


def test_a_paid_term_is_booked_to_the_funds_and_starts_the_project(firm, owner):
    view = projects.register(project=new(firm, instalments=3), by=owner, on=DAY)
    _, outcome = paying.paid(view.dues[0].code, 1_475_000, DAY)
    assert (outcome.allocated, outcome.waiting) == (1_475_000, 0)
    view = projects.view(number=view.row.number, by=owner)
    assert view.row.state == "running" and view.paid == 1_475_000 and view.paid_from == DAY
    assert statement.check(on=DAY) == ()


def test_too_little_waits_for_the_rest_and_too_much_waits_for_an_officer(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    _, first = paying.paid(view.dues[0].code, 950_000, DAY)
    assert (first.allocated, first.waiting, first.reason) == (0, 950_000, "too_little")
    _, second = paying.paid(view.dues[0].code, 2_000_001, DAY)
    assert (second.allocated, second.waiting, second.reason) == (2_000_000, 1, "too_much")
    assert ProjectDue.objects.get(project=view.row.id).settled_on == DAY
    assert statement.check(on=DAY) == ()


def test_money_that_comes_late_is_never_refused(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    late = dt.date(2030, 1, 2)
    _, outcome = paying.paid(view.dues[0].code, 2_950_000, late)
    assert outcome.allocated == 2_950_000 and statement.check(on=late) == ()


def test_a_payment_taken_back_is_owed_again_and_covers_nobody(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    workers.add_typed(number=view.row.number, text=line(1), by=owner, on=DAY)
    told, _ = paying.paid(view.dues[0].code, 2_950_000, DAY)
    assert Span.objects.filter(project=view.row.id).count() == 2
    paying.take_back(told)
    view = projects.view(number=view.row.number, by=owner)
    assert view.paid == 0 and view.row.state == "registered"
    assert not Span.objects.filter(project=view.row.id).exists()
    assert statement.check(on=DAY) == ()
    _, again = paying.paid(view.dues[0].code, 2_950_000, DAY)
    assert again.allocated == 2_950_000 and Span.objects.filter(project=view.row.id).count() == 2
    assert statement.check(on=DAY) == ()


def test_an_addendum_upwards_asks_for_the_difference_on_the_days_left(firm, owner):
    view = projects.register(project=new(firm, instalments=3), by=owner, on=DAY)
    paying.paid(view.dues[0].code, 1_475_000, DAY)
    later = dt.date(2026, 6, 1)
    view = projects.change(project=view.row.id, value=3_000_000_000, ends=ENDS, why="Adendum 1", by=owner, on=later)
    live = [due for due in view.dues if due.withdrawn_on is None]
    assert view.total == 2_950_000 + 1_100_000 + 100_000 and view.open == view.total - 1_475_000
    assert [due.due_on for due in live if due.is_open] == [dt.date(2026, 7, 11), dt.date(2026, 9, 10)]
    assert [one.value for one in view.terms] == [2_000_000_000, 3_000_000_000]
    assert statement.check(on=later) == ()
    _, outcome = paying.paid(view.dues[1].code, 737_500, later)
    assert outcome.reason == "cancelled"


def test_an_addendum_downwards_gives_a_credit_for_what_was_paid_too_much_once(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    paying.paid(view.dues[0].code, 2_950_000, DAY)
    for n in (1, 2):
        view = projects.change(project=view.row.id, value=10**9, ends=ENDS, why=f"Adendum {n}", by=owner, on=DAY)
    assert (view.total, view.open) == (1_540_000 + 210_000, 0)
    assert [credit.amount for credit in Credit.objects.filter(employer=firm)] == [1_200_000]
    assert statement.check(on=DAY) == ()
    view = projects.change(project=view.row.id, value=2 * 10**9, ends=ENDS, why="Adendum 3", by=owner, on=DAY)
    assert view.open == 1_200_000 and statement.check(on=DAY) == ()


@given(
    first=st.integers(10**6, 10**12), second=st.integers(10**6, 10**12), terms=st.integers(1, 12),
    paid_terms=st.integers(0, 12),
)  # fmt: skip
def test_whatever_is_changed_paid_and_left_sum_to_what_the_new_terms_owe(first, second, terms, paid_terms):
    before = reckoning.quote(facts=Construction(first), starts=STARTS, ends=ENDS, instalments=terms, on=DAY)
    assert (sum(part.jkk for part in before.parts), sum(part.jkm for part in before.parts)) == (before.jkk, before.jkm)
    assert all(part.due_on <= ENDS for part in before.parts)
    paid, rest = before.parts[:paid_terms], before.parts[paid_terms:]
    sums: dict = {}
    for part in paid:
        jkk, jkm = sums.get(part.month, (0, 0))
        sums[part.month] = (jkk + part.jkk, jkm + part.jkm)
    after = reckoning.quote(facts=Construction(second), starts=STARTS, ends=ENDS, instalments=terms, on=DAY)
    left = reckoning.after_change(owed=after, by_wages=False, paid=sums, days=[part.due_on for part in rest], on=DAY)
    for programme, owed in (("jkk", after.jkk), ("jkm", after.jkm)):
        was, will = (sum(getattr(part, programme) for part in parts) for parts in (paid, left.parts))
        assert was + will - left.excess.get(programme.upper(), 0) == owed


def test_a_project_is_cancelled_only_while_nothing_is_paid(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    gone = projects.cancel(project=view.row.id, why="Kontrak batal", by=owner, on=DAY)
    assert gone.row.state == "cancelled" and gone.open == 0 and statement.check(on=DAY) == ()
    _, outcome = paying.paid(view.dues[0].code, 2_950_000, DAY)
    assert outcome.reason == "cancelled"
    other = projects.register(project=new(firm), by=owner, on=DAY)
    paying.paid(other.dues[0].code, 2_950_000, DAY)
    with pytest.raises(Refused) as refused:
        projects.cancel(project=other.row.id, why="Batal", by=owner, on=DAY)
    assert refused.value.code == "has_money"


def test_a_project_is_finished_when_its_time_is_over_and_all_is_paid(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    paying.paid(view.dues[0].code, 2_950_000, DAY)
    with pytest.raises(Refused):
        projects.finish(project=view.row.id, by=owner, on=ENDS - dt.timedelta(days=1))
    assert projects.finish(project=view.row.id, by=owner, on=ENDS).row.state == "finished"


def line(n: int, name: str = "Slamet Riyadi", more: str = "") -> str:
    return f"357801120585{n:04d};{name};Tukang batu{more}"


def test_a_pasted_list_puts_people_on_the_project_and_says_what_is_wrong(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    text = "\n".join((line(1), line(2, "Budi Santoso", ";1/6/2026;30/6/2026"), line(1), "123;Tanpa NIK;Kuli",
                      line(3, "Terlalu Dini", ";1/1/2026")))  # fmt: skip
    done = workers.add_typed(number=view.row.number, text=text, by=owner, on=DAY)
    assert (done.added, done.already, len(done.wrong)) == (2, 1, 2)
    again = workers.add_typed(number=view.row.number, text=line(1), by=owner, on=DAY)
    assert (again.added, again.already) == (0, 1)
    shown = workers.workers(number=view.row.number, by=owner)
    assert [(one.name, one.job, one.from_day, one.until_day) for one in shown] == [
        ("Slamet R.", "Tukang batu", STARTS, None),
        ("Budi S.", "Tukang batu", dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
    ]


def test_workers_are_covered_from_the_first_payment_to_the_last_day_of_the_work(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    text = "\n".join((line(1), line(2, "Budi Santoso", ";1/6/2026;30/6/2026")))
    workers.add_typed(number=view.row.number, text=text, by=owner, on=DAY)
    assert not Span.objects.filter(project=view.row.id).exists()
    paid_on = dt.date(2026, 5, 20)
    paying.paid(view.dues[0].code, 2_950_000, paid_on)
    spans = Span.objects.filter(project=view.row.id, programme="JKK").order_by("starts")
    assert [(s.segment, s.starts, s.paid_until, s.grace_until, s.ends) for s in spans] == [
        ("JKN", paid_on, ENDS, ENDS, ENDS),
        ("JKN", dt.date(2026, 6, 1), dt.date(2026, 6, 30), dt.date(2026, 6, 30), dt.date(2026, 6, 30)),
    ]
    first = workers.workers(number=view.row.number, by=owner)[0]
    workers.leave(number=view.row.number, workers=[first.id], until=dt.date(2026, 8, 31), by=owner, on=paid_on)
    assert Span.objects.filter(project=view.row.id, programme="JKM", person=first.person).get().ends == dt.date(
        2026, 8, 31
    )
    longer = projects.change(
        project=view.row.id, value=2_000_000_000, ends=dt.date(2026, 12, 31), why="Perpanjangan", by=owner, on=paid_on
    )
    assert longer.total == 2_950_000 and Project.objects.get(id=view.row.id).ends == dt.date(2026, 12, 31)


def test_a_file_of_a_thousand_needs_no_more_statements_than_one_of_ten(firm, owner):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    view = projects.register(project=new(firm), by=owner, on=DAY)
    counts = []
    for first, count in ((1, 10), (1000, 1000)):
        text = "\n".join(line(first + n) for n in range(count))
        with CaptureQueriesContext(connection) as asked:
            done = workers.add_typed(number=view.row.number, text=text, by=owner, on=DAY)
        assert done.added == count
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_pay_has_the_projects_bill_in_its_receipts_once_only(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    told, _ = paying.paid(view.dues[0].code, 2_950_000, DAY)
    assert paying.tell(told)[0].state == "repeated" and pay.RULE
    assert statement.check(on=DAY) == ()


def test_two_records_of_one_worker_become_one_stretch_of_cover(firm, owner):
    view = projects.register(project=new(firm), by=owner, on=DAY)
    text = "\n".join((line(1), line(2, "Slamet Riyadi", ";1/6/2026;30/6/2026")))
    workers.add_typed(number=view.row.number, text=text, by=owner, on=DAY)
    paying.paid(view.dues[0].code, 2_950_000, DAY)
    keep, away = Person.objects.order_by("id").values_list("id", flat=True)
    Person.objects.filter(id=away).update(merged_into=keep)
    touched = cover.of_people(persons=[keep])
    assert touched == [view.row.id]
    assert cover.recompute(projects=touched, on=DAY) == 1
    span = Span.objects.get(project=view.row.id, programme="JKK")
    assert (span.person_id, span.starts, span.ends) == (keep, STARTS, ENDS)
