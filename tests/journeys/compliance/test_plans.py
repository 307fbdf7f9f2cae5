"""Arrears in instalments: two officers, sums that meet, oldest month first, broken and kept as a matter of dates."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.compliance import plans
from teduh.law.months import Month
from tests import factories
from tests.journeys.wage_firm import Firm
from tests.journeys.wage_money import bill_state, nothing_is_wrong, pay

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 5, 4)
FIRST_DUE = dt.date(2026, 5, 20)


@pytest.fixture
def behind():
    firm = Firm(1)
    bills = [firm.report(Month(2026, n)).bill for n in (1, 2, 3)]
    proposer, other = factories.actor(), factories.actor()
    made = plans.propose(employer=firm.employer, count=4, first_due=FIRST_DUE, why="Arus kas", by=proposer, on=DAY)
    return firm, bills, proposer, other, made


def test_instalments_meet_the_sum_exactly(behind):
    made = behind[-1]
    assert sum(part.amount for part in made.instalments) == made.amount == 3 * 462_000
    assert [part.due_on for part in made.instalments] == [dt.date(2026, n, 20) for n in (5, 6, 7, 8)]


def test_it_takes_two_officers(behind):
    _, _, proposer, other, made = behind
    with pytest.raises(Refused) as refused:
        plans.agree(plan=made.id, by=proposer, on=DAY)
    assert refused.value.code == "same_person"
    assert plans.agree(plan=made.id, by=other, on=DAY).state == "agreed"


def test_an_instalments_money_settles_the_oldest_month_first_and_penalties_go_on(behind):
    _, bills, _, other, made = behind
    agreed = plans.agree(plan=made.id, by=other, on=DAY)
    parts = agreed.instalments
    pay(parts[0].bill, parts[0].amount, FIRST_DUE)
    pay(parts[1].bill, parts[1].amount, dt.date(2026, 6, 20))
    assert bill_state(parts[0].bill) == bill_state(parts[1].bill) == "paid"
    assert [bill_state(bill) for bill in bills] == ["paid", "part", "open"]
    nothing_is_wrong(dt.date(2026, 6, 20))


def test_a_plan_is_broken_the_day_after_patience_ends_and_kept_when_all_is_paid(behind):
    _, _, proposer, other, made = behind
    agreed = plans.agree(plan=made.id, by=other, on=DAY)
    last = FIRST_DUE + dt.timedelta(days=7)
    assert plans.view(plan=made.id, by=proposer, on=last).state == "agreed"
    broken = plans.view(plan=made.id, by=proposer, on=last + dt.timedelta(days=1))
    assert (broken.state, broken.broken_on) == ("broken", last + dt.timedelta(days=1))
    for part in agreed.instalments:
        pay(part.bill, part.amount, FIRST_DUE)
    assert plans.view(plan=made.id, by=proposer, on=dt.date(2027, 1, 1)).state == "kept"
    nothing_is_wrong(FIRST_DUE)
