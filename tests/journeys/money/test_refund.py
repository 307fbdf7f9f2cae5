"""Waiting money is used for a bill or given back, and giving back takes two people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.journeys.money import pay, refund, suspense
from teduh.ledger import queries as books
from teduh.payments import queries
from teduh.payments.models import Refund
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import DAY, moment, nothing_is_wrong, paid, take_back

pytestmark = pytest.mark.django_db
LATER = DAY + dt.timedelta(days=40)


@pytest.fixture
def officers(db):
    return factories.actor(), factories.actor()


def stray(amount: int = 50_000):
    one, outcome = paid("123", amount)
    return one, queries.suspense_of(receipt=outcome.receipt)[0]


def propose(row, by, **wanted) -> int:
    given = {"bank_code": "014", "account_number": "1234567890", "account_name": "Siti Aminah", "why": "Salah kirim"}
    return refund.propose(suspense=row.id, by=by, on=DAY, **{**given, **wanted})


def test_one_proposes_another_approves_and_the_transfer_is_noted(officers):
    first, second = officers
    _, row = stray()
    made = propose(row, first)
    assert (books.balance(account="KOL:suspense"), queries.waiting()) == (50_000, ())
    refund.approve(refund=made, by=second, on=DAY, at=moment(DAY))
    assert (books.balance(account="KOL:suspense"), books.balance(account="KOL:refunds")) == (0, 50_000)
    refund.paid(refund=made, paid_reference="T1", by=first, on=DAY, at=moment(DAY))
    refund.paid(refund=made, paid_reference="T1", by=first, on=DAY, at=moment(DAY))
    assert (books.balance(account="KOL:refunds"), books.balance(account="KOL:bank")) == (0, 0)
    nothing_is_wrong(DAY)


def test_who_proposes_may_not_approve_or_reject(officers):
    first, _ = officers
    made = propose(stray()[1], first)
    for decide in (refund.approve, refund.reject):
        with pytest.raises(Refused) as refused:
            decide(refund=made, by=first, on=DAY, at=moment(DAY), why="sendiri")
        assert refused.value.code == "same_person"


def test_the_database_itself_wants_two_people(officers):
    first, _ = officers
    made = propose(stray()[1], first)
    with pytest.raises(IntegrityError, match="refund_takes_two_people"), transaction.atomic():
        Refund.objects.filter(id=made).update(decided_by=first.user)


def test_the_machine_is_nobody_and_proposes_nothing(officers):
    with pytest.raises(Refused) as refused:
        propose(stray()[1], SYSTEM)
    assert refused.value.code == "two_people"


def test_a_rejected_refund_waits_again_and_may_be_proposed_anew(officers):
    first, second = officers
    _, row = stray()
    refund.reject(refund=propose(row, first), by=second, on=DAY, at=moment(DAY), why="Bukan miliknya")
    assert [waiting.id for waiting in queries.waiting()] == [row.id]
    assert propose(row, second) > 0
    nothing_is_wrong(DAY)


def test_a_refund_moves_one_step_at_a_time(officers):
    first, second = officers
    made = propose(stray()[1], first)
    with pytest.raises(Refused) as refused:
        refund.paid(refund=made, paid_reference="T1", by=first, on=DAY, at=moment(DAY))
    assert refused.value.code == "wrong_state"
    refund.approve(refund=made, by=second, on=DAY, at=moment(DAY))
    with pytest.raises(Refused):
        refund.approve(refund=made, by=second, on=DAY, at=moment(DAY))


def test_money_cannot_be_proposed_twice(officers):
    _, row = stray()
    propose(row, officers[0])
    with pytest.raises(Refused) as refused:
        propose(row, officers[1])
    assert refused.value.code == "not_waiting"


def test_one_transfer_pays_one_refund(officers):
    first, second = officers
    made = [propose(stray()[1], first) for _ in range(2)]
    for one in made:
        refund.approve(refund=one, by=second, on=DAY, at=moment(DAY))
    refund.paid(refund=made[0], paid_reference="T1", by=first, on=DAY, at=moment(DAY))
    with pytest.raises(Refused):
        refund.paid(refund=made[1], paid_reference="T1", by=first, on=DAY, at=moment(DAY))
    nothing_is_wrong(DAY)


@pytest.mark.parametrize(
    "wrong", [{"account_number": "12"}, {"account_number": "12345x"}, {"bank_code": "?"}, {"account_name": "\x00ab"}]
)
def test_an_account_that_cannot_be_read_is_refused(officers, wrong):
    with pytest.raises(Refused) as refused:
        propose(stray()[1], officers[0], **wrong)
    assert refused.value.code == "bad_account"


@pytest.mark.parametrize("step", ["proposed", "approved", "paid"])
def test_the_bank_takes_back_what_is_being_given_back(officers, step):
    first, second = officers
    one, row = stray()
    made = propose(row, first)
    if step != "proposed":
        refund.approve(refund=made, by=second, on=DAY, at=moment(DAY))
    if step == "paid":
        refund.paid(refund=made, paid_reference="T1", by=first, on=DAY, at=moment(DAY))
    take_back(one)
    assert books.balance(account="KOL:recoverable") == (50_000 if step == "paid" else 0)
    assert books.balance(account="KOL:suspense") == books.balance(account="KOL:refunds") == 0
    nothing_is_wrong(DAY)


def test_expired_money_of_the_same_payer_counts_from_the_day_it_was_paid(officers):
    person = factories.person(on=DAY)
    old = pay.bill(people=[person], by=SYSTEM, on=DAY)
    late = old.expires_on + dt.timedelta(days=2)
    _, outcome = paid(old.code, old.amount, late)
    new = pay.bill(people=[person], by=SYSTEM, on=late + dt.timedelta(days=3))
    row = queries.suspense_of(receipt=outcome.receipt)[0]
    day = late + dt.timedelta(days=3)
    used = suspense.apply(suspense=row.id, to_bill=new.id, by=officers[0], on=day, at=moment(day))
    assert (used.state, used.allocated) == ("allocated", 8_400)
    assert coverage.protection(person=person, on=late).state == "protected"
    nothing_is_wrong(day)


def test_a_strangers_money_counts_from_the_day_an_officer_used_it(officers):
    person = factories.person(on=DAY)
    made = pay.bill(people=[person], by=SYSTEM, on=DAY)
    _, row = stray(made.amount + 1_600)
    day = DAY + dt.timedelta(days=3)
    used = suspense.apply(suspense=row.id, to_bill=made.id, by=officers[0], on=day, at=moment(day))
    assert (used.allocated, used.waiting, used.reason) == (8_400, 1_600, "too_much")
    assert coverage.protection(person=person, on=DAY + dt.timedelta(days=2)).state == "never"
    assert coverage.protection(person=person, on=day).state == "protected"
    nothing_is_wrong(day)


def test_money_used_by_an_officer_is_taken_back_wherever_it_went(officers):
    person = factories.person(on=DAY)
    made = pay.bill(people=[person], by=SYSTEM, on=DAY)
    one, row = stray(made.amount)
    suspense.apply(suspense=row.id, to_bill=made.id, by=officers[0], on=DAY, at=moment(DAY))
    take_back(one)
    assert coverage.protection(person=person, on=DAY).state == "never"
    assert pay.view(bill=made.id, on=DAY).state == "open"
    nothing_is_wrong(DAY)


def test_waiting_money_is_not_used_for_a_bill_that_is_paid(officers):
    person = factories.person(on=DAY)
    made = pay.bill(people=[person], by=SYSTEM, on=DAY)
    paid(made.code, made.amount)
    _, row = stray()
    with pytest.raises(Refused) as refused:
        suspense.apply(suspense=row.id, to_bill=made.id, by=officers[0], on=DAY, at=moment(DAY))
    assert refused.value.code == "nothing_owed"
    assert [waiting.id for waiting in queries.waiting()] == [row.id]


@pytest.mark.parametrize("role", ["member", "agent", "auditor", "operator"])
def test_only_officers_clear_what_waits(role):
    _, row = stray()
    with pytest.raises(Refused):
        suspense.apply(suspense=row.id, to_bill=1, by=factories.actor(role), on=DAY, at=moment(DAY))
    with pytest.raises(Refused):
        propose(row, factories.actor(role))
