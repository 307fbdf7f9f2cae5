"""A payment is booked once, goes to the bill its code names, and starts cover on the day the bank took the money."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.coverage import queries as coverage
from teduh.journeys.money import pay, statement
from teduh.law.months import Month
from teduh.ledger import queries as books
from teduh.payments import queries
from teduh.payments.facts import Notice
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import DAY, moment, nothing_is_wrong, notice, paid, state, take_back, tell

pytestmark = pytest.mark.django_db


def bill(person: int, *, months: int = 1, on: dt.date = DAY, **wanted):
    return pay.bill(people=[person], months=months, by=SYSTEM, on=on, **wanted)


def test_april_2026_of_a_fisherman_is_halved_and_his_payment_protects_him_from_that_day():
    person = factories.person(on=dt.date(2026, 4, 2))
    made = bill(person, on=dt.date(2026, 4, 8))
    assert (made.amount, made.people, [str(m) for m in made.months]) == (8_400, 1, ["2026-04"])
    assert {(line.programme, line.due_on) for line in made.lines} == {
        ("JKK", dt.date(2026, 4, 15)), ("JKM", dt.date(2026, 4, 15))
    }  # fmt: skip
    _, outcome = paid(made.code, 8_400, dt.date(2026, 4, 9))
    assert (outcome.state, outcome.allocated, outcome.waiting) == ("allocated", 8_400, 0)
    assert outcome.protected == {person: dt.date(2026, 4, 30)}
    for day, now in ((8, "never"), (9, "protected"), (10, "protected")):
        assert coverage.protection(person=person, on=dt.date(2026, 4, day)).state == now
    nothing_is_wrong(dt.date(2026, 4, 9))


def test_each_month_of_a_bill_is_assessed_by_its_own_months_law():
    made = bill(factories.person(on=DAY), months=4, first=Month(2026, 11), on=dt.date(2026, 11, 3))
    by_month = {}
    for line in made.lines:
        by_month[str(line.month)] = by_month.get(str(line.month), 0) + line.amount
    assert by_month == {"2026-11": 8_400, "2026-12": 8_400, "2027-01": 16_800, "2027-02": 16_800}
    assert any("Januari 2027" in note.id and "Rp16.800" in note.id for note in made.notes)


def test_a_state_budget_gets_no_relief():
    people = factories.people(3, on=DAY)
    group = factories.group(people, funding="apbd", kind="sponsor")
    made = pay.bill(people=[], group=group, months=1, by=SYSTEM, on=DAY)
    assert (made.amount, made.people, made.group) == (3 * 16_800, 3, group)


def test_the_same_notice_twice_is_booked_once():
    person = factories.person(on=DAY)
    made = bill(person)
    one, first = paid(made.code, made.amount)
    before = state()
    again = tell(one)[0]
    assert (again.state, again.first, again.receipt, again.allocated) == ("repeated", "allocated", first.receipt, 8_400)
    assert state() == before


def test_the_same_notice_twice_in_one_batch_is_booked_once():
    made = bill(factories.person(on=DAY))
    one = notice(made.code, made.amount)
    assert [outcome.state for outcome in tell(one, one, one)] == ["allocated", "repeated", "repeated"]
    nothing_is_wrong(DAY)


def test_the_same_reference_with_another_amount_is_a_conflict_and_books_nothing():
    made = bill(factories.person(on=DAY))
    one, _ = paid(made.code, made.amount)
    before = state()
    outcome = tell(Notice(one.bank, one.bank_reference, one.code, one.amount + 1, one.paid_at))[0]
    assert outcome.state == "conflict"
    assert state() == before


def test_the_same_reference_at_another_bank_is_another_payment():
    made = bill(factories.person(on=DAY))
    outcomes = tell(notice(made.code, 8_400, reference="1"), notice(made.code, 8_400, reference="1", bank="BRI"))
    assert [(o.state, o.reason) for o in outcomes] == [("allocated", None), ("suspense", "already_paid")]


@pytest.mark.parametrize(
    ("amount", "state_", "allocated", "reason", "bill_state"),
    [
        (8_399, "suspense", 0, "too_little", "open"),
        (8_400, "allocated", 8_400, "too_little", "part"),
        (16_799, "allocated", 8_400, "too_little", "part"),
        (16_800, "allocated", 16_800, None, "paid"),
        (16_801, "allocated", 16_800, "too_much", "paid"),
    ],
)
def test_too_little_exactly_enough_and_too_much(amount, state_, allocated, reason, bill_state):
    made = bill(factories.person(on=DAY), months=2)
    _, outcome = paid(made.code, amount)
    assert (outcome.state, outcome.allocated, outcome.waiting) == (state_, allocated, amount - allocated)
    assert outcome.reason == (reason if amount != allocated else None)
    assert pay.view(bill=made.id, on=DAY).state == bill_state
    nothing_is_wrong(DAY)


def test_too_little_is_used_together_with_the_next_payment_of_the_bill():
    person = factories.person(on=DAY)
    made = bill(person, months=2)
    paid(made.code, 5_000)
    assert pay.view(bill=made.id, on=DAY).remaining == 11_800
    _, second = paid(made.code, 11_800, DAY + dt.timedelta(days=1))
    assert (second.state, second.allocated) == ("allocated", 11_800)
    assert pay.view(bill=made.id, on=DAY).state == "paid"
    assert coverage.protection(person=person, on=DAY).state == "never"
    assert coverage.protection(person=person, on=DAY + dt.timedelta(days=1)).state == "protected"
    nothing_is_wrong(DAY)


def test_a_code_holds_to_the_end_of_its_last_day():
    for days, reason in ((-1, None), (0, None), (1, "expired")):
        made = bill(factories.person(on=DAY))
        _, outcome = paid(made.code, made.amount, made.expires_on + dt.timedelta(days=days))
        assert outcome.reason == reason, days


def test_a_notice_that_comes_late_counts_from_the_day_the_bank_took_the_money():
    person = factories.person(on=DAY)
    made = bill(person)
    outcome = tell(notice(made.code, made.amount, DAY), on=made.expires_on + dt.timedelta(days=20))[0]
    assert outcome.state == "allocated"
    assert coverage.protection(person=person, on=DAY).state == "protected"


@pytest.mark.parametrize("code", ["123", "8860899999999999", "88608 0000000000", "☃", "x" * 64])
def test_a_code_nobody_has_waits_for_an_officer(code: str):
    _, outcome = paid(code, 16_800)
    assert (outcome.state, outcome.reason, outcome.bill) == ("suspense", "unknown_code", None)
    assert [row.amount for row in queries.waiting(reason="unknown_code")] == [16_800]
    nothing_is_wrong(DAY)


def test_a_code_with_snap_padding_finds_its_bill():
    made = bill(factories.person(on=DAY))
    _, outcome = paid(f"   {made.code}", made.amount)
    assert outcome.state == "allocated"


def test_a_month_paid_on_another_bill_is_not_paid_again():
    people = factories.people(3, on=DAY)
    own = bill(people[1])
    group = pay.bill(people=[], group=factories.group(people), months=1, by=SYSTEM, on=DAY)
    paid(own.code, own.amount)
    assert pay.view(bill=group.id, on=DAY).remaining == 16_800
    _, outcome = paid(group.code, group.amount)
    assert (outcome.allocated, outcome.waiting, outcome.reason) == (16_800, 8_400, "already_paid")
    assert pay.view(bill=group.id, on=DAY).state == "paid"
    nothing_is_wrong(DAY)


def test_two_bills_for_one_month_in_one_batch_pay_it_once():
    people = factories.people(2, on=DAY)
    own = bill(people[0])
    group = pay.bill(people=people, group=factories.group(), months=1, by=SYSTEM, on=DAY)
    outcomes = tell(notice(own.code, own.amount), notice(group.code, group.amount))
    assert {(o.allocated, o.waiting, o.reason) for o in outcomes} == {(8_400, 8_400, "already_paid"), (8_400, 0, None)}
    nothing_is_wrong(DAY)


def test_a_reversal_restores_what_was_before():
    person = factories.person(on=DAY, programmes=("JKK", "JKM", "JHT"))
    made = bill(person, months=3)
    paid(made.code, 30_000)
    before = state()
    one, _ = paid(made.code, made.amount - 20_000)
    assert state() != before
    assert take_back(one).state == "reversed"
    assert state() == before
    assert take_back(one).state == "repeated"
    assert state() == before
    nothing_is_wrong(DAY)


def test_taking_back_the_first_payment_allocates_the_second_anew():
    person = factories.person(on=DAY)
    made = bill(person, months=2)
    first, _ = paid(made.code, 8_000)
    paid(made.code, 8_800, DAY + dt.timedelta(days=2))
    take_back(first, DAY + dt.timedelta(days=3))
    view = pay.view(bill=made.id, on=DAY)
    assert (view.state, view.settled, view.waiting) == ("part", 8_400, 400)
    cover = coverage.protection(person=person, on=DAY + dt.timedelta(days=2))
    assert (cover.state, cover.protected_from) == ("protected", DAY + dt.timedelta(days=2))
    nothing_is_wrong(DAY)


def test_a_reversal_under_another_reference_is_a_conflict():
    made = bill(factories.person(on=DAY))
    one, _ = paid(made.code, made.amount)
    take_back(one)
    with pytest.raises(Refused) as refused:
        pay.reverse(bank=one.bank, bank_reference=one.bank_reference, reversal_reference="other", on=DAY,
                    at=moment(DAY), by=SYSTEM)  # fmt: skip
    assert refused.value.status == 409


def test_a_reversed_payment_ends_the_cover_it_gave():
    person = factories.person(on=DAY)
    made = bill(person)
    one, _ = paid(made.code, made.amount)
    take_back(one)
    assert coverage.protection(person=person, on=DAY).state == "never"


def test_the_members_statement_shows_every_month_and_his_savings():
    person = factories.person(on=DAY, programmes=("JKK", "JKM", "JHT"))
    made = bill(person, months=2)
    paid(made.code, made.amount)
    found = statement.statement(person=person, by=SYSTEM, on=DAY, why="uji")
    assert (found.months, found.by_programme) == (2, {"JKK": 10_000, "JKM": 6_800, "JHT": 40_000})
    assert found.jht.balance == books.balance(account="JHT:members", party=person) == 40_000
    assert [str(line.month) for line in found.jht.lines] == ["2026-05", "2026-06"]
    assert all(line.articles for line in (*found.lines, *found.jht.lines))


@pytest.mark.parametrize("role", ["member", "agent", "officer", "auditor"])
def test_only_a_bank_may_tell_of_payments(role: str):
    with pytest.raises(Refused) as refused:
        pay.receive(notices=[notice("1", 1)], on=DAY, at=moment(DAY, 12), by=factories.actor(role))
    assert refused.value.code == "not_allowed"


def test_a_payment_from_the_future_is_refused_and_nothing_of_the_batch_is_booked():
    made = bill(factories.person(on=DAY))
    ahead = notice(made.code, made.amount, DAY + dt.timedelta(days=2))
    with pytest.raises(Refused):
        pay.receive(notices=[notice(made.code, 1), ahead], on=DAY, at=moment(DAY, 12), by=SYSTEM)
    assert queries.receipts() == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0}, {"amount": -1}, {"amount": 1.5}, {"amount": True}, {"amount": 10**16}, {"bank": ""},
        {"bank": "B" * 21}, {"bank_reference": " "}, {"bank_reference": "R" * 65}, {"code": "a\x00b"},
        {"code": "\ud800"},
        {"paid_at": moment(DAY).replace(tzinfo=None)},
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_read_is_refused(wrong: dict):
    right = {"bank": "BNI", "bank_reference": "1", "code": "1", "amount": 1, "paid_at": moment(DAY)}
    with pytest.raises(Refused) as refused:
        Notice(**{**right, **wrong})
    assert refused.value.field == next(iter(wrong))


def test_the_statements_do_not_grow_with_the_notices():
    counts = []
    for size in (2, 10, 500):
        people = factories.people(size, on=DAY, programmes=("JKK", "JKM", "JHT"), income=[1_000_000, 3_000_000])
        with CaptureQueriesContext(connection) as billing:
            ids = pay.bill_each(people=people, months=2, by=SYSTEM, on=DAY)
        codes = [pay.view(bill=id_, on=DAY) for id_ in ids]
        with CaptureQueriesContext(connection) as receiving:
            outcomes = tell(*[notice(view.code, view.amount - (n % 3) * 100) for n, view in enumerate(codes)])
        assert len(outcomes) == size
        group = pay.bill(people=people, group=factories.group(), months=1, first=Month(2026, 9), by=SYSTEM, on=DAY)
        with CaptureQueriesContext(connection) as together:
            assert tell(notice(group.code, group.amount))[0].allocated == group.amount
        counts.append((len(billing), len(receiving), len(together)))
    assert counts[1] == counts[2]
