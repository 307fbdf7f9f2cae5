"""`teduh bank` and `teduh books` at a shell: the bank misbehaves in every way, and the books stay in order."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from teduh.cli import bank, books
from teduh.core import clock
from teduh.journeys.money import pay
from teduh.payments.models import Receipt
from teduh.registry.models import Person
from tests import factories

pytestmark = pytest.mark.usefixtures("db")


def run(command, *words: str, code: int = 0) -> str:
    said = CliRunner().invoke(command, list(words))
    assert said.exit_code == code, f"{said.output}\n{said.exception!r}"
    return said.output


@pytest.fixture
def bill():
    person = factories.person()
    made = pay.bill(people=[person], by=factories.actor("officer"), on=clock.today())
    return person, made


def test_a_bill_is_paid_once_however_often_the_bank_tells(bill):
    _, made = bill
    said = run(bank.command, "pay", made.code, "--twice")
    assert "Rp16.800" in said or "Rp8.400" in said
    assert "booked once" in said
    assert made.code in run(bank.command, "list")
    assert pay.view(bill=made.id, on=clock.today()).state == "paid"


def test_too_little_waits_and_a_wrong_code_is_kept(bill):
    _, made = bill
    run(bank.command, "pay", made.code, "--amount", "1000")
    run(bank.command, "pay", "9999999999999999", "--amount", "5000")
    assert pay.view(bill=made.id, on=clock.today()).state != "paid"
    assert "6.000" in run(books.command, "trial-balance")


def test_a_reversal_opens_the_bill_again_and_the_books_hold_together(bill):
    person, made = bill
    run(bank.command, "pay", made.code)
    reference = Receipt.objects.get(bill=made.id).bank_reference
    assert reference in run(bank.command, "list")
    run(bank.command, "reverse", reference)
    assert pay.view(bill=made.id, on=clock.today()).state == "open"
    run(books.command, "check")
    number = Person.objects.get(pk=person).member_number
    assert "0 months, Rp0 paid" in run(books.command, "statement", number)
