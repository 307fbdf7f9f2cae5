"""Whatever banks and officers do with bills of placements: nothing lost, nothing double, cover is what was paid."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.migrants import billing
from teduh.journeys.money import pay, suspense
from teduh.payments import queries
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.migrants.paid import nothing_is_wrong, state
from tests.journeys.migrants.test_billing import agency_placed, billed
from tests.journeys.paying import moment, notice, take_back, tell
from tests.migrants.people import ON, at, placed

pytestmark = pytest.mark.django_db

#: What can happen: (what, which bill or payment, how much of the bill in percent).
steps = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pay", "pay", "two", "again", "reverse", "wrong", "late", "apply", "cancel"]),
        st.integers(min_value=0, max_value=9),
        st.sampled_from([5, 30, 50, 99, 100, 100, 100, 101, 250]),
    ),
    min_size=1,
    max_size=8,
)


class Undone(Exception):
    pass


class World:
    """Three people of an agency, on one bill together and two of them on a bill each; and one on her own, who saves."""

    def __init__(self) -> None:
        agency, clerk, ids = agency_placed(3)
        alone = placed(savings_monthly=50_000)
        self.bills = [billed(*ids, by=clerk, organisation=agency)]
        self.bills += [pay.view(bill=id_, on=ON) for id_ in billing.bill_each(placements=ids[:2], by=SYSTEM, on=ON)]
        self.bills += [billed(alone, savings_months=4), billed(alone, savings_months=2, key="again")]
        self.officer = factories.actor()

    def begin(self) -> None:
        self.told: list = []
        self.day = ON

    def step(self, what: str, which: int, percent: int) -> None:
        bill = self.bills[which % len(self.bills)]
        amount = max(1, bill.amount * percent // 100)
        if what in ("pay", "wrong", "late"):
            day = max(self.day, bill.expires_on + dt.timedelta(days=1)) if what == "late" else self.day
            self.tell([notice("88608x" if what == "wrong" else bill.code, amount, day)], day)
        elif what == "two":
            other = self.bills[(which + 1) % len(self.bills)]
            self.tell([notice(bill.code, amount, self.day), notice(other.code, other.amount, self.day)], self.day)
        elif what == "again" and self.told:
            assert tell(self.told[which % len(self.told)], on=self.day)[0].state == "repeated"
        elif what == "reverse" and self.told:
            take_back(self.told[which % len(self.told)], self.day)
        elif what == "apply":
            self.apply(which, bill.id)
        elif what == "cancel":
            self.cancel(bill.id)
        self.day += dt.timedelta(days=1)

    def tell(self, notices: list, day: dt.date) -> None:
        self.told += notices
        self.day = max(day, self.day)
        tell(*notices, on=self.day)

    def apply(self, which: int, bill: int) -> None:
        if waiting := queries.waiting():
            try:
                suspense.apply(suspense=waiting[which % len(waiting)].id, to_bill=bill, by=self.officer, on=self.day,
                               at=moment(self.day))  # fmt: skip
            except Refused as refused:
                assert refused.code == "nothing_owed"

    def cancel(self, bill: int) -> None:
        try:
            pay.cancel(bill=bill, by=SYSTEM, on=self.day)
        except Refused as refused:
            assert refused.code == "has_money"


@pytest.fixture
def world(db) -> World:
    return World()


def undone(test) -> None:
    """Each example in a transaction of its own that is rolled back."""
    try:
        with transaction.atomic():
            test()
            raise Undone
    except Undone:
        pass


slow = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(steps)
def test_whatever_happens_sums_meet_stages_are_settled_once_in_order_and_cover_is_what_was_paid(world, told):
    def example() -> None:
        world.begin()
        for step in told:
            world.step(*step)
        nothing_is_wrong(world.day)

    undone(example)


@slow
@given(steps, st.integers(min_value=0, max_value=4), st.sampled_from([10, 60, 100, 180]))
def test_a_payment_taken_back_leaves_what_was_before(world, told, which, percent):
    def example() -> None:
        world.begin()
        for step in told:
            world.step(*step)
        before = state()
        one = notice(world.bills[which].code, max(1, world.bills[which].amount * percent // 100), world.day)
        tell(one)
        take_back(one, world.day)
        assert state() == before

    undone(example)


def test_a_bill_withdrawn_takes_no_money_any_more_and_its_stages_are_asked_anew():
    agency, clerk, ids = agency_placed(2)
    bill = billed(*ids, by=clerk, organisation=agency)
    assert pay.cancel(bill=bill.id, by=clerk, on=ON).state == "cancelled"
    (outcome,) = tell(notice(bill.code, bill.amount, ON))
    assert (outcome.allocated, outcome.reason) == (0, "cancelled")
    assert billed(*ids, by=clerk, organisation=agency).amount == bill.amount
    nothing_is_wrong(ON)


def test_only_who_pays_withdraws_and_never_what_money_came_for():
    agency, clerk, ids = agency_placed(1)
    bill = billed(*ids, by=clerk, organisation=agency)
    _, other, _ = agency_placed(1)
    for who in (other, factories.actor("member")):
        with pytest.raises(Refused):
            pay.cancel(bill=bill.id, by=who, on=ON)
    tell(notice(bill.code, 1, ON))
    with pytest.raises(Refused) as refused:
        pay.cancel(bill=bill.id, by=clerk, on=ON)
    assert refused.value.code == "has_money"


def test_waiting_money_is_used_for_a_placement_by_an_officer_and_counts_from_its_own_day():
    one = placed()
    bill = billed(one)
    stray = notice("88608999", bill.amount, ON)
    tell(stray)
    (waiting,) = queries.waiting()
    later = ON + dt.timedelta(days=3)
    done = suspense.apply(suspense=waiting.id, to_bill=bill.id, by=factories.actor(), on=later, at=at(later))
    assert done.allocated == bill.amount
    nothing_is_wrong(later)
