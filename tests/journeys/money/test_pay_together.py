"""Banks tell the same at the same moment, in any order, while others take money back: nobody waits in a circle."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from teduh.journeys.money import pay
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import DAY, nothing_is_wrong, notice, rows, take_back, tell

pytestmark = pytest.mark.usefixtures("committed_db")


def together(*tasks: Callable[[], object]) -> list:
    """Run them at once, each with its own connection."""
    gate = Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        try:
            gate.wait(timeout=20)
            return task()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, task) for task in tasks]]


def test_the_same_notice_at_the_same_moment_is_booked_once():
    made = pay.bill(people=[factories.person(on=DAY)], by=SYSTEM, on=DAY)
    one = notice(made.code, made.amount)
    outcomes = [found[0] for found in together(*[lambda: tell(one)] * 8)]
    assert sorted(outcome.state for outcome in outcomes) == ["allocated"] + ["repeated"] * 7
    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert {outcome.allocated for outcome in outcomes} == {made.amount}
    nothing_is_wrong(DAY)


def test_two_bills_for_the_same_month_at_the_same_moment_pay_it_once():
    for _ in range(5):
        person = factories.person(on=DAY)
        made = [
            pay.bill(people=[person], group=group, by=SYSTEM, on=DAY)
            for group in (None, factories.group(), factories.group())
        ]
        found = together(*[lambda m=m: tell(notice(m.code, m.amount))[0] for m in made])
        assert sorted(outcome.allocated for outcome in found) == [0, 0, made[0].amount]
    nothing_is_wrong(DAY)


def test_a_bill_asked_for_twice_at_the_same_moment_with_one_key_is_made_once():
    person = factories.person(on=DAY)
    made = together(*[lambda: pay.bill(people=[person], by=SYSTEM, on=DAY, key="k1")] * 4)
    assert len({view.id for view in made}) == 1
    assert rows("SELECT count(*) FROM payments_bill") == [(1,)]


def test_overlapping_batches_in_any_order_with_reversals_leave_the_books_right():
    people = factories.people(12, on=DAY, programmes=("JKK", "JKM", "JHT"))
    bills = [pay.bill(people=[person], months=2, by=SYSTEM, on=DAY) for person in people]
    bills += [pay.bill(people=people[i::3], group=factories.group(), months=2, by=SYSTEM, on=DAY) for i in range(3)]
    chance = random.Random(7)
    told = [notice(b.code, chance.choice([b.amount, b.amount // 2, b.amount + 9])) for b in bills for _ in range(2)]

    def bank(seed: int) -> Callable[[], Sequence]:
        mine = random.Random(seed).sample(told, k=len(told))
        return lambda: [tell(*mine[i : i + 5]) for i in range(0, len(mine), 5)]

    def remorse() -> None:
        for one in told[::4]:
            tell(one)
            take_back(one)

    together(bank(1), bank(2), bank(3), remorse)
    assert rows("SELECT count(*), count(DISTINCT bank_reference) FROM payments_receipt") == [(len(told), len(told))]
    nothing_is_wrong(DAY)
