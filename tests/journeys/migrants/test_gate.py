"""The departure gate asks "is she covered?": yes, no or unsure, with the reason, what to do and the articles."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.journeys.migrants import gate
from teduh.migrants.models import Desk, Organisation, Placement, State
from teduh.registry.models import Person
from teduh.security.models import Event
from tests import factories
from tests.coverage import placed
from tests.coverage.placed import D

pytestmark = pytest.mark.usefixtures("db")
ON = "2026-03-20"


@pytest.fixture
def officer():
    return factories.actor("officer")


def ready(route: str = "implementer", **changed: object) -> Placement:
    """Everything paid and recorded; not departed."""
    given = {"passport": "C1234567", "passport_until": "2030-01-01", **changed}
    one = placed.placement(route=route, **given)
    if route == "implementer":
        placed.pay(one, "before", "2026-01-15", amount=37_500)
    placed.pay(one, "during", "2026-03-01")
    return one


def numbered(one: Placement) -> Placement:
    """With a number as the register gives it: check digit included."""
    from teduh.migrants import numbers

    one.number = numbers.take_placements(1)[0]
    one.save()
    return one


def ask(by, one: Placement, day: str = ON, departs: str | None = None, **said: str) -> gate.GateAnswer:
    said = said or {"nik": Person.objects.get(id=one.person_id).nik}
    return gate.check(by=by, on=D(day), departs_on=D(departs) if departs else None, **said)


def codes(answer: gate.GateAnswer) -> dict[str, bool | None]:
    return {one.code: one.ok for one in answer.checks}


def test_whoever_paid_both_fees_may_leave(officer):
    answer = ask(officer, ready())
    assert (answer.answer, answer.code, answer.until) == ("yes", "covered", D("2028-03-31"))
    assert answer.programmes == ("JKK", "JKM") and answer.name_masked.startswith("Siti M.")
    assert codes(answer) == {
        "registered": True, "age": True, "passport": True, "agreement": True, "before_paid": True, "during_paid": True,
    }  # fmt: skip
    assert "UU 18/2017 Pasal 5" in answer.articles and "Permenaker 4/2023 Pasal 16(1)" in answer.articles


def test_nobody_is_let_go_on_the_first_fee_alone(officer):
    one = placed.placement(passport="C1234567", passport_until="2030-01-01")
    nothing = ask(officer, one)
    assert (nothing.answer, nothing.code) == ("no", "before_paid")
    placed.pay(one, "before", "2026-03-01")
    answer = ask(officer, one)
    assert (answer.answer, answer.code) == ("no", "during_paid")
    assert "belum dibayar" in answer.reason.id and answer.next_step.id.startswith("Bayar iuran selama bekerja")
    assert answer.until is None and answer.programmes == ()


def test_an_individual_needs_the_one_sum_and_nothing_before(officer):
    one = placed.placement(route="individual", passport="C1234567", passport_until="2030-01-01")
    assert ask(officer, one).code == "during_paid"
    placed.pay(one, "during", "2026-03-01")
    answer = ask(officer, one)
    assert answer.answer == "yes" and "before_paid" not in codes(answer)


@pytest.mark.parametrize(("departs", "wait"), [("2026-06-14", True), ("2026-06-15", True), ("2026-06-16", None)])
def test_a_wait_that_ran_out_is_said_and_holds_up_nobody_who_paid_the_rest(officer, departs, wait):
    answer = ask(officer, ready(), departs=departs)
    assert (answer.answer, codes(answer)["before_paid"]) == ("yes", wait)


@pytest.mark.parametrize(("born", "answer"), [("2008-03-19", "yes"), ("2008-03-20", "yes"), ("2008-03-21", "no")])
def test_eighteen_on_the_day_of_departure(officer, born, answer):
    one = ready(person=placed.migrant(birth_date=D(born)))
    said = ask(officer, one)
    assert (said.answer, codes(said)["age"]) == (answer, answer == "yes")


@pytest.mark.parametrize(("until", "answer"), [("2026-03-19", "no"), ("2026-03-20", "yes"), ("2026-03-21", "yes")])
def test_a_passport_must_be_valid_on_that_day(officer, until, answer):
    assert ask(officer, ready(passport_until=until)).answer == answer


def test_another_passport_or_none_on_record_is_unsure_not_no(officer):
    one = ready()
    nik = Person.objects.get(id=one.person_id).nik
    assert ask(officer, one, nik=nik, passport="c 123-4567").answer == "yes"
    differs = ask(officer, one, nik=nik, passport="B7654321")
    assert (differs.answer, differs.code) == ("unsure", "passport") and "tidak tercatat" in differs.reason.id
    Placement.objects.filter(id=one.id).update(passport_index=None)
    assert ask(officer, one, nik=nik, passport="C1234567").answer == "unsure"
    Placement.objects.filter(id=one.id).update(passport_until=None)
    assert ask(officer, one).answer == "unsure"


@pytest.mark.parametrize(("ends", "answer"), [("2026-03-19", "no"), ("2026-03-20", "yes")])
def test_the_agreement_must_reach_that_day(officer, ends, answer):
    one = ready(agreements=[("2025-04-01", ends)])
    one.dues.update(until=D(ends))
    said = ask(officer, one)
    assert codes(said)["agreement"] is (answer == "yes") and (said.answer == "no") is (answer == "no")


def test_by_passport_and_by_number_it_is_the_same_person(officer):
    one = numbered(ready())
    for said in (
        {"passport": "C1234567"},
        {"number": one.number.lower()},
        {"number": one.number, "passport": "C1234567"},
    ):
        answer = ask(officer, one, **said)
        assert (answer.answer, answer.number) == ("yes", one.number)
    other = numbered(ready(passport="C7777777"))
    nik = Person.objects.get(id=one.person_id).nik
    mixed = ask(officer, one, nik=nik, number=other.number)
    assert (mixed.answer, mixed.code) == ("unsure", "identity")


def test_who_is_unknown_closed_or_unreadable(officer):
    nobody = gate.check(by=officer, on=D(ON), nik="3273014107900007")
    assert (nobody.answer, nobody.code, nobody.number) == ("no", "not_registered", "")
    unread = gate.check(by=officer, on=D(ON), nik="327301", number="xx")
    assert (unread.answer, unread.code) == ("unsure", "unreadable")
    one = ready()
    placed.tell(one, on="2026-03-10", failed_on="2026-03-10", state=State.FAILED)
    closed = ask(officer, one)
    assert (closed.answer, closed.code) == ("no", "registered") and "gagal berangkat" in closed.reason.id


def test_back_from_a_leave_the_cover_that_runs_counts(officer):
    one = placed.departed(passport="C1234567", passport_until="2030-01-01")
    assert ask(officer, one, day="2027-01-10").answer == "yes"
    late = ask(officer, one, day="2028-05-01")
    assert late.answer == "no" and codes(late)["agreement"] is False


def test_who_is_sent_by_his_own_company_is_not_turned_away_unheard(officer):
    from teduh.law.months import Month
    from tests.journeys import employed as work

    job = work.job(work.firm(), work.worker())
    _, bill = work.filed(job.employer, Month(2026, 9), {job: 5_000_000})
    work.settle(bill, dt.date(2026, 10, 12))
    answer = gate.check(by=officer, on=dt.date(2026, 10, 20), nik=job.person.nik)
    assert (answer.answer, answer.code) == ("unsure", "employed") and "dari" in answer.reason.id


def test_a_list_is_answered_row_by_row_in_a_constant_number_of_statements(officer):
    def cost(count: int) -> int:
        niks = [Person.objects.get(id=ready(passport=f"C{n:07d}").person_id).nik for n in range(count)]
        asked = [*(gate.Asked(nik=nik) for nik in niks), gate.Asked(nik="3273014107900007")]
        with CaptureQueriesContext(connection) as seen:
            answers = gate.many(by=officer, on=D(ON), asked=asked)
        assert [one.answer for one in answers] == ["yes"] * count + ["no"]
        return len(seen)

    assert cost(2) == cost(7)
    with pytest.raises(Refused, match="too_many"):
        gate.many(by=officer, on=D(ON), asked=[gate.Asked(nik="1")] * 1_001)


def test_every_asking_is_recorded_and_only_those_may_ask_who_may(officer):
    one = ready()
    ask(officer, one)
    event = Event.objects.get(action="gate.asked", subject=f"person:{one.person_id}")
    assert event.detail["answers"] == ["yes"] and "nik" not in str(event.detail)
    with pytest.raises(Refused) as refused:
        ask(factories.actor("agent"), one)
    assert refused.value.status == 403


def test_an_agency_asks_about_its_own_people_only():
    agency = Organisation.objects.create(kind="agency", code="P3MITEST", name="PT Maju", registered_on=D("2026-01-01"))
    who = factories.user("agency")
    Desk.objects.create(organisation=agency, user=who, role="clerk", from_day=D("2026-01-01"))
    by = factories.actor(account=who)
    mine, other = ready(organisation=agency), ready(passport="C7654321")
    assert ask(by, mine).answer == "yes"
    assert ask(by, other).code == "not_registered"
