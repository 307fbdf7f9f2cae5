"""Whatever banks and officers do in whatever order: nothing lost, nothing double, books balanced, cover as paid."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.money import pay, refund, suspense
from teduh.payments import queries
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import DAY, moment, nothing_is_wrong, notice, rows, state, take_back, tell

pytestmark = pytest.mark.django_db

#: What can happen: (what, which bill or payment, how much of the bill in percent).
steps = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pay", "pay", "again", "reverse", "wrong", "late", "apply", "refund"]),
        st.integers(min_value=0, max_value=9),
        st.sampled_from([20, 50, 99, 100, 100, 100, 101, 250]),
    ),
    min_size=1,
    max_size=9,
)


class Undone(Exception):
    pass


class World:
    """Three people, a bill each, and two groups that pay for some of the same months."""

    def __init__(self) -> None:
        people = factories.people(3, on=DAY, programmes=("JKK", "JKM", "JHT"), income=[1_000_000, 2_500_000])
        self.bills = [pay.bill(people=[p], months=2, by=SYSTEM, on=DAY) for p in people]
        group = factories.group(people)
        self.bills += [pay.bill(people=[], group=group, months=m, by=SYSTEM, on=DAY) for m in (1, 3)]
        self.told: list = []
        self.officers = [factories.actor(), factories.actor()]
        self.day = DAY

    def step(self, what: str, which: int, percent: int) -> None:
        bill = self.bills[which % len(self.bills)]
        amount = max(1, bill.amount * percent // 100)
        if what in ("pay", "wrong", "late"):
            late = bill.expires_on + dt.timedelta(days=1)
            day = late if what == "late" else self.day
            one = notice("88608x" if what == "wrong" else bill.code, amount, day)
            self.told.append(one)
            tell(one, on=max(day, self.day))
        elif what == "again" and self.told:
            one = self.told[which % len(self.told)]
            assert tell(one, on=self.day + dt.timedelta(days=90))[0].state == "repeated"
        elif what == "reverse" and self.told:
            take_back(self.told[which % len(self.told)], self.day)
        elif what == "apply":
            self.officer(which, lambda row: suspense.apply(suspense=row.id, to_bill=bill.id, by=self.officers[0],
                                                           on=self.day, at=moment(self.day)))  # fmt: skip
        elif what == "refund":
            self.officer(which, lambda row: self.give_back(row, percent))
        self.day += dt.timedelta(days=1)

    def officer(self, which: int, does) -> None:
        if waiting := queries.waiting():
            try:
                does(waiting[which % len(waiting)])
            except Refused as refused:
                assert refused.code == "nothing_owed"

    def give_back(self, row, percent: int) -> None:
        first, second = self.officers
        made = refund.propose(
            suspense=row.id, bank_code="014", account_number="1234567890", account_name="Siti", why="uji", by=first,
            on=self.day,
        )  # fmt: skip
        if percent < 100:
            refund.reject(refund=made, by=second, on=self.day, at=moment(self.day), why="uji")
        elif percent == 100:
            refund.approve(refund=made, by=second, on=self.day, at=moment(self.day))
        else:
            refund.approve(refund=made, by=second, on=self.day, at=moment(self.day))
            refund.paid(refund=made, paid_reference=f"T{made}", by=first, on=self.day, at=moment(self.day))


def undone(test):
    """Each example in a transaction of its own that is rolled back."""

    def run(*args):
        try:
            with transaction.atomic():
                test(*args)
                raise Undone
        except Undone:
            pass

    return run


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_the_books_balance_and_cover_is_what_was_paid(db, told):
    @undone
    def example() -> None:
        world = World()
        for step in told:
            world.step(*step)
        nothing_is_wrong(world.day + dt.timedelta(days=400))
        assert rows(
            "SELECT person_id, month, programme FROM contributions_due WHERE settled_on IS NOT NULL "
            "GROUP BY 1, 2, 3 HAVING count(*) > 1"
        ) == []  # fmt: skip

    example()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.integers(min_value=0, max_value=4), st.sampled_from([10, 60, 100, 180]))
def test_a_payment_taken_back_leaves_what_was_before(db, told, which, percent):
    @undone
    def example() -> None:
        world = World()
        for step in told:
            world.step(*step)
        before = state()
        bill = world.bills[which]
        one = notice(bill.code, max(1, bill.amount * percent // 100), world.day)
        tell(one)
        take_back(one, world.day)
        assert state() == before

    example()
