"""Employers pay: in part, too much, late, twice, and banks take it back."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.law.months import Month
from teduh.ledger import queries as books
from tests.journeys.paying import rows, take_back, tell
from tests.journeys.wage_firm import Firm
from tests.journeys.wage_money import bill_state, nothing_is_wrong, pay, wage_state

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY, MARCH = (Month(2026, n) for n in (1, 2, 3))
#: A month of 5,000,000: JKK 12,000 (risk class 1), JKM 15,000, JHT 285,000, JP 150,000.
MONTH = 462_000
IN_TIME = dt.date(2026, 2, 10)


def settled() -> list[tuple]:
    return rows("SELECT protection_on IS NOT NULL, savings_on IS NOT NULL FROM contributions_wagedue ORDER BY id")


def test_the_whole_sum_settles_every_line_and_reaches_every_account():
    firm = Firm(3)
    made = firm.report(wages_=[5_000_000, 6_000_000, 4_000_000])
    pay(made.bill, made.amount, IN_TIME)
    assert bill_state(made.bill) == "paid"
    assert [books.balance(account="JHT:members", party=p) for p in firm.people] == [285_000, 342_000, 228_000]
    nothing_is_wrong(IN_TIME)


def test_jkp_is_moved_out_of_jkk_and_the_state_owes_its_part():
    firm = Firm(1)
    made = firm.report()
    pay(made.bill, made.amount, IN_TIME)
    found = {name: books.balance(account=name) for name in ("JKK:contributions", "JKP:contributions", "JKP:government")}
    assert found == {"JKK:contributions": 5_000, "JKP:contributions": 7_000 + 11_000, "JKP:government": 11_000}


def test_part_of_the_money_protects_everybody_first_then_the_lowest_wage_is_made_whole():
    firm = Firm(3)
    made = firm.report(wages_=[5_000_000, 6_000_000, 4_000_000])
    protection = 15_000_000 * 54 // 10_000
    _, outcome = pay(made.bill, protection + 228_000 + 120_000 + 1_000, IN_TIME)
    assert settled() == [(True, False), (True, False), (True, True)]
    assert outcome.waiting == 1_000
    assert bill_state(made.bill) == "part"
    nothing_is_wrong(IN_TIME)
    pay(made.bill, made.amount - protection - 348_000 - 1_000, IN_TIME)
    assert bill_state(made.bill) == "paid"
    nothing_is_wrong(IN_TIME)


def test_the_day_before_the_due_date_and_the_day_cost_nothing_the_day_after_two_percent():
    for day, months in ((dt.date(2026, 2, 13), 0), (dt.date(2026, 2, 18), 0), (dt.date(2026, 2, 19), 1)):
        firm = Firm(1)
        made = firm.report()
        pay(made.bill, made.amount, day)
        found = rows(
            "SELECT p.programme, p.amount, p.months_late FROM contributions_penalty p JOIN payments_bill b "
            f"ON b.id = p.late_bill_id WHERE b.employer_id = {firm.employer} AND p.programme <> 'JP' ORDER BY 1"
        )
        assert found == [
            ("JHT", 285_000 * 2 * months // 100, months), ("JKK", 240, 1), ("JKM", 300, 1)
        ][: 3 * months]  # fmt: skip
        nothing_is_wrong(day)


def test_penalties_come_with_the_next_bill_and_of_jp_with_the_arrears():
    firm = Firm(1)
    january = firm.report()
    late = dt.date(2026, 4, 20)
    pay(january.bill, january.amount, late)
    assert bill_state(january.bill) == "part"
    assert rows("SELECT programme, amount, charged_on_id FROM contributions_penalty ORDER BY programme") == [
        ("JHT", 285_000 * 6 // 100, None), ("JKK", 720, None), ("JKM", 900, None), ("JP", 9_000, january.bill)
    ]  # fmt: skip
    pay(january.bill, 9_000, late)
    assert bill_state(january.bill) == "paid"
    april = firm.report(Month(2026, 4))
    assert april.penalties == 17_100 + 720 + 900
    assert april.amount == MONTH + april.penalties
    pay(april.bill, april.amount, dt.date(2026, 5, 10))
    assert bill_state(april.bill) == "paid"
    assert books.balance(account="JHT:penalties") == 17_100
    assert books.balance(account="JP:penalties") == 9_000
    nothing_is_wrong(dt.date(2026, 5, 10))


def test_who_pays_arrears_with_jps_penalty_at_once_owes_nothing_more_on_that_bill():
    firm = Firm(1)
    january = firm.report()
    pay(january.bill, january.amount + 9_000, dt.date(2026, 4, 20))
    assert bill_state(january.bill) == "paid"
    nothing_is_wrong(dt.date(2026, 4, 20))


def test_what_is_left_settles_the_oldest_other_bill_and_then_becomes_a_credit():
    firm = Firm(1)
    january, february = firm.report(JANUARY), firm.report(FEBRUARY)
    _, outcome = pay(february.bill, 2 * MONTH + 50_000, IN_TIME)
    assert bill_state(january.bill) == bill_state(february.bill) == "paid"
    assert outcome.allocated == 2 * MONTH + 50_000 and outcome.waiting == 0
    assert rows("SELECT amount, spent, used_on_id FROM contributions_credit") == [(50_000, 0, None)]
    march = firm.report(MARCH)
    assert (march.amount, march.credits_used, march.credit) == (MONTH - 50_000, 50_000, 0)
    pay(march.bill, march.amount, dt.date(2026, 4, 10))
    assert bill_state(march.bill) == "paid"
    nothing_is_wrong(dt.date(2026, 4, 10))


def test_a_credit_that_covers_a_whole_bill_pays_it_when_it_is_made():
    firm = Firm(1)
    january = firm.report(JANUARY)
    pay(january.bill, 3 * MONTH, IN_TIME)
    february = firm.report(FEBRUARY)
    assert (february.amount, february.credit) == (0, MONTH)
    assert bill_state(february.bill) == "paid"
    assert rows("SELECT amount - spent FROM contributions_credit WHERE used_on_id IS NULL") == [(MONTH,)]
    nothing_is_wrong(dt.date(2026, 3, 1))


def test_paying_twice_and_taking_the_first_back_leaves_the_bill_paid_by_the_second():
    firm = Firm(2)
    made = firm.report()
    first, _ = pay(made.bill, made.amount, IN_TIME)
    pay(made.bill, made.amount, IN_TIME)
    assert rows("SELECT amount FROM contributions_credit WHERE cancelled_on IS NULL") == [(made.amount,)]
    take_back(first, IN_TIME)
    assert bill_state(made.bill) == "paid"
    assert rows("SELECT amount FROM contributions_credit WHERE cancelled_on IS NULL") == []
    nothing_is_wrong(IN_TIME)


def test_a_late_payment_taken_back_leaves_what_was_before_and_its_penalties_fall():
    firm = Firm(2)
    january = firm.report(JANUARY)
    firm.report(FEBRUARY)
    pay(january.bill, 100_000, dt.date(2026, 3, 2))
    before = wage_state()
    one, _ = pay(january.bill, 3 * MONTH, dt.date(2026, 5, 4))
    assert wage_state() != before
    take_back(one, dt.date(2026, 5, 5))
    assert wage_state() == before
    nothing_is_wrong(dt.date(2026, 5, 5))


def test_a_used_credit_whose_money_is_taken_back_is_recoverable():
    firm = Firm(1)
    january = firm.report(JANUARY)
    one, _ = pay(january.bill, MONTH + 100_000, IN_TIME)
    february = firm.report(FEBRUARY)
    used = rows("SELECT spent FROM contributions_credit WHERE used_on_id IS NOT NULL AND spent > 0")[0][0]
    assert 0 < used <= 100_000
    take_back(one, IN_TIME)
    assert books.balance(account="KOL:recoverable") == used
    assert bill_state(january.bill) == "open"
    assert february.credits_used == 100_000
    nothing_is_wrong(IN_TIME)


def test_told_twice_it_is_booked_once():
    firm = Firm(2)
    made = firm.report()
    one, _ = pay(made.bill, made.amount, IN_TIME)
    before = wage_state()
    assert tell(one)[0].state == "repeated"
    assert wage_state() == before


def test_a_lower_wage_corrects_a_paid_account_by_postings_and_gives_a_credit():
    firm = Firm(2)
    made = firm.report(wages_=[5_000_000, 5_000_000])
    pay(made.bill, made.amount, IN_TIME)
    done = firm.report(JANUARY, {0: 4_000_000}, on=dt.date(2026, 2, 20))
    assert done.bill is None
    assert done.credit == 92_400
    assert books.balance(account="JHT:members", party=firm.people[0]) == 228_000
    assert rows("SELECT amount, wage_return_id IS NOT NULL FROM contributions_credit") == [(92_400, True)]
    nothing_is_wrong(dt.date(2026, 2, 20))
    february = firm.report(FEBRUARY, [4_000_000, 5_000_000])
    assert february.amount == 369_600 + MONTH - 92_400
    pay(february.bill, february.amount, dt.date(2026, 3, 10))
    assert bill_state(february.bill) == "paid"
    nothing_is_wrong(dt.date(2026, 3, 10))


def test_a_lower_wage_before_payment_lowers_the_bill_itself_and_gives_no_credit():
    firm = Firm(2)
    made = firm.report(wages_=[5_000_000, 5_000_000])
    done = firm.report(JANUARY, {0: None, 1: 4_000_000}, on=dt.date(2026, 2, 5))
    assert (done.bill, done.credit) == (None, 0)
    nothing_is_wrong(dt.date(2026, 2, 5))
    pay(made.bill, 369_600, IN_TIME)
    assert bill_state(made.bill) == "paid"
    assert [books.balance(account="JHT:members", party=p) for p in firm.people] == [0, 228_000]
    nothing_is_wrong(IN_TIME)


def test_a_higher_wage_asks_for_the_difference():
    firm = Firm(2)
    made = firm.report()
    pay(made.bill, made.amount, IN_TIME)
    done = firm.report(JANUARY, {1: 6_000_000}, on=dt.date(2026, 2, 11))
    assert done.amount == 92_400
    pay(done.bill, done.amount, dt.date(2026, 2, 12))
    assert books.balance(account="JHT:members", party=firm.people[1]) == 342_000
    nothing_is_wrong(dt.date(2026, 2, 12))
