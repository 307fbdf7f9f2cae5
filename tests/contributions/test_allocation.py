"""The rule by which money settles contributions, without a database."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from teduh.contributions.allocation import DueLine, Money, allocate
from teduh.payments.facts import LockedBill

DAY, LATE = dt.date(2026, 4, 10), dt.date(2026, 6, 1)
BILL = LockedBill(id=1, number="T", state="open", expires_on=dt.date(2026, 5, 10), person=1, group=None)
PRICES = {"JKK": 10_000, "JKM": 6_800, "JHT": 20_000}


def dues(people: int = 2, months: int = 2, programmes=("JKK", "JKM", "JHT"), elsewhere=frozenset()) -> list[DueLine]:
    rows = [
        (month, person, programme)
        for month in range(4, 4 + months)
        for person in range(people)
        for programme in programmes
    ]
    return [
        DueLine(
            i, 1, person, dt.date(2026, month, 1), programme, PRICES[programme], False, (person, month) in elsewhere
        )
        for i, (month, person, programme) in enumerate(rows)
    ]


def paid(found) -> list[tuple[int, int, str]]:
    return [(due.month.month, due.person, due.programme) for one in found.settled for due in one.dues]


def test_oldest_month_first_then_people_in_order_and_jht_last():
    found = allocate(bill=BILL, dues=dues(), waiting=[], fresh=[Money(9, 36_800 + 16_800 + 5, DAY)])
    assert paid(found) == [(4, 0, "JKK"), (4, 0, "JKM"), (4, 0, "JHT"), (4, 1, "JKK"), (4, 1, "JKM")]
    assert [(w.amount, w.reason) for w in found.waits] == [(5, "too_little")]
    assert found.state == "part"


def test_jkk_is_never_settled_without_jkm():
    found = allocate(bill=BILL, dues=dues(), waiting=[], fresh=[Money(9, 16_799, DAY)])
    assert (paid(found), found.state) == ([], "open")


def test_too_little_twice_is_enough_and_the_second_completes_it():
    found = allocate(
        bill=BILL,
        dues=dues(1, 1),
        waiting=[Money(8, 30_000, DAY, suspense=5)],
        fresh=[Money(9, 6_800, LATE, None, True)],
    )
    assert [(one.receipt, one.on, one.used) for one in found.settled] == [(9, LATE, ((8, 30_000), (9, 6_800)))]
    assert (found.spent, found.waits, found.state) == ([5], [], "paid")


def test_what_another_bill_settled_is_not_paid_again():
    found = allocate(bill=BILL, dues=dues(2, 1, elsewhere={(0, 4)}), waiting=[], fresh=[Money(9, 73_600 + 7, DAY)])
    assert {due.person for one in found.settled for due in one.dues} == {1}
    assert [(w.amount, w.reason) for w in found.waits] == [(36_800, "already_paid"), (7, "too_much")]


def test_late_and_cancelled_money_waits():
    late = allocate(bill=BILL, dues=dues(), waiting=[], fresh=[Money(9, 10**6, LATE)])
    assert ([w.reason for w in late.waits], late.state) == (["expired"], "expired")
    gone = LockedBill(id=1, number="T", state="cancelled", expires_on=LATE, person=1, group=None)
    found = allocate(bill=gone, dues=dues(), waiting=[], fresh=[Money(9, 10**6, DAY)])
    assert ([w.reason for w in found.waits], found.state) == (["cancelled"], "cancelled")


def test_the_last_day_is_in_time_and_the_day_after_is_not():
    for days, state in ((-1, "paid"), (0, "paid"), (1, "expired")):
        money = Money(9, 36_800, BILL.expires_on + dt.timedelta(days=days))
        assert allocate(bill=BILL, dues=dues(1, 1), waiting=[], fresh=[money]).state == state


@given(
    st.lists(st.integers(min_value=1, max_value=120_000), max_size=6),
    st.lists(st.integers(min_value=1, max_value=120_000), max_size=4),
    st.sets(st.tuples(st.integers(0, 2), st.integers(4, 6))),
)
def test_every_rupiah_is_used_or_waits_and_never_both(fresh, waiting, elsewhere):
    lines = dues(3, 3, elsewhere=elsewhere)
    old = [Money(100 + i, amount, DAY, suspense=i) for i, amount in enumerate(waiting)]
    new = [Money(200 + i, amount, DAY) for i, amount in enumerate(fresh)]
    found = allocate(bill=BILL, dues=lines, waiting=old, fresh=new)
    settled = [due for one in found.settled for due in one.dues]
    assert len({due.id for due in settled}) == len(settled)
    assert not any(due.elsewhere for due in settled)
    for one in found.settled:
        assert one.amount == sum(amount for _, amount in one.used)
    kept = sum(money.amount for money in old if money.suspense not in found.spent)
    assert sum(one.amount for one in found.settled) + sum(w.amount for w in found.waits) + kept == sum(fresh + waiting)
    assert all(w.amount > 0 for w in found.waits)


@given(st.integers(min_value=0, max_value=400_000), st.integers(min_value=1, max_value=50_000))
def test_more_money_never_settles_less(amount: int, more: int):
    def ids(money: int) -> set[int]:
        found = allocate(bill=BILL, dues=dues(3, 3), waiting=[], fresh=[Money(9, money, DAY)] if money else [])
        return {due.id for one in found.settled for due in one.dues}

    assert ids(amount) <= ids(amount + more)
