"""Whatever employers report, correct and pay and banks take back: nothing lost or double, books as the rows say."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.money import suspense
from teduh.law.months import Month
from teduh.payments import queries
from teduh.payments.models import Bill
from tests import factories
from tests.journeys.paying import moment, notice, rows, take_back, tell
from tests.journeys.wage_firm import Firm
from tests.journeys.wage_money import nothing_is_wrong, wage_state

FIRST = Month(2026, 1)
WAGES = [3_000_000, 4_123_457, 5_000_001, 12_000_000]

steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["pay"] * 4 + ["again", "stray", "apply"] + ["reverse", "report", "amend"] * 2
        ),
        st.integers(min_value=0, max_value=11),
        st.sampled_from([1, 5, 20, 50, 99, 100, 100, 100, 101, 250]),
    ),
    min_size=1,
    max_size=12,
)  # fmt: skip


class Undone(Exception):
    pass


class World:
    """Two firms, months reported one after another, corrections, and money of every kind."""

    def __init__(self) -> None:
        self.firms = [Firm(3), Firm(2)]
        self.day = dt.date(2026, 2, 1)
        self.told: list = []
        self.next = {0: FIRST, 1: FIRST}
        self.officer = factories.actor()
        for which in (0, 1):
            self.report(which, 0)

    def report(self, which: int, shift: int) -> None:
        firm = self.firms[which]
        wages = [WAGES[(n + shift) % 4] for n in range(len(firm.people))]
        firm.report(self.next[which], wages, on=max(self.day, self.next[which].last))
        self.next[which] = self.next[which].plus(1)

    def amend(self, which: int, percent: int) -> None:
        firm = self.firms[which % 2]
        month = FIRST.plus(which % self.next[which % 2].minus(FIRST))
        worker = which % len(firm.people)
        wage = None if percent in (1, 5) else WAGES[which % 4] * percent // 100
        firm.report(month, {worker: wage}, on=self.day, risk_class=1 + which % 5)

    def step(self, what: str, which: int, percent: int) -> None:
        bills = list(Bill.objects.order_by("id"))
        bill = bills[which % len(bills)]
        amount = max(1, bill.amount * percent // 100)
        if what in ("pay", "stray"):
            one = notice("88608x" if what == "stray" else bill.code, amount, self.day)
            self.told.append(one)
            tell(one, on=self.day)
        elif what == "again" and self.told:
            assert tell(self.told[which % len(self.told)], on=self.day)[0].state == "repeated"
        elif what == "reverse" and self.told:
            take_back(self.told[which % len(self.told)], self.day)
        elif what == "apply":
            self.apply(which, bill.id)
        elif what == "report" and self.next[which % 2] < FIRST.plus(6):
            self.report(which % 2, which)
        elif what == "amend":
            self.amend(which, percent)
        self.day += dt.timedelta(days=9)

    def apply(self, which: int, bill: int) -> None:
        if waiting := queries.waiting():
            try:
                row = waiting[which % len(waiting)]
                suspense.apply(suspense=row.id, to_bill=bill, by=self.officer, on=self.day, at=moment(self.day))
            except Refused as refused:
                assert refused.code == "nothing_owed"


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


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_the_books_are_what_the_rows_say(db, told):
    @undone
    def example() -> None:
        world = World()
        for step in told:
            world.step(*step)
            nothing_is_wrong(world.day)
        money = rows(
            "SELECT (SELECT coalesce(sum(amount), 0) FROM payments_receipt WHERE state <> 'reversed')::bigint, "
            "(SELECT coalesce(sum(amount), 0) FROM payments_suspense WHERE state = 'open')::bigint"
        )[0]
        assert money[0] >= money[1]

    example()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.integers(min_value=0, max_value=9), st.sampled_from([1, 10, 60, 100, 180, 400]))
def test_a_payment_taken_back_leaves_what_was_before(db, told, which, percent):
    @undone
    def example() -> None:
        world = World()
        for step in told:
            world.step(*step)
        before = wage_state()
        bills = list(Bill.objects.order_by("id"))
        bill = bills[which % len(bills)]
        one = notice(bill.code, max(1, bill.amount * percent // 100), world.day)
        tell(one, on=world.day)
        take_back(one, world.day)
        assert wage_state() == before

    example()
