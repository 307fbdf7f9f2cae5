"""The simulator bank misbehaves as real ones do, in a way that can be repeated."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.clock import JAKARTA
from teduh.payments import codes, qris, simulator
from teduh.payments.facts import Outcome

AT = dt.datetime(2026, 5, 4, 10, tzinfo=JAKARTA)
CODE = codes.code(17)


def bank(told: list, *, fails: int = 0) -> simulator.Bank:
    failing = iter([True] * fails)

    def deliver(notices):
        if next(failing, False):
            raise ConnectionError("no answer")
        told.extend(notices)
        return [Outcome(state="allocated", receipt=1, bill=1, allocated=n.amount, waiting=0, reason=None, text=None)
                for n in notices]  # fmt: skip

    return simulator.Bank(name="BNI", deliver=deliver)


def test_references_depend_on_what_is_paid_and_differ_for_each_transaction():
    references = []
    for _ in range(2):
        told: list = []
        one = bank(told)
        one.pay_again(code=CODE, amount=16_800, at=AT)
        references.append([notice.bank_reference for notice in told])
    assert references[0] == references[1]
    assert len(set(references[0])) == 2


def test_told_twice_is_one_transaction():
    told: list = []
    bank(told).pay_twice(code=CODE, amount=16_800, at=AT)
    assert len(told) == 2
    assert told[0] == told[1]


def test_what_was_not_acknowledged_is_told_again():
    told: list = []
    one = bank(told, fails=1)
    with pytest.raises(ConnectionError):
        one.pay(code=CODE, amount=1, at=AT)
    one.pay(code=CODE, amount=2, at=AT)
    assert [notice.amount for notice in told] == [1, 2]
    assert one.outbox == []


def test_late_too_little_too_much_and_mistyped():
    told: list = []
    one = bank(told)
    one.pay_late(code=CODE, amount=100, expires_on=dt.date(2026, 5, 31), days=3, at=AT)
    one.too_little(code=CODE, amount=100, short=30, at=AT)
    one.too_little(code=CODE, amount=100, short=300, at=AT)
    one.too_much(code=CODE, amount=100, extra=30, at=AT)
    one.wrong_code(code=CODE, amount=100, at=AT)
    one.unknown_code(amount=100, at=AT)
    assert told[0].paid_on == dt.date(2026, 6, 3)
    assert [notice.amount for notice in told[1:4]] == [70, 1, 130]
    assert not codes.is_ours(told[4].code)
    assert codes.is_ours(told[5].code)


def test_it_pays_its_own_qr_only():
    told: list = []
    one = bank(told)
    one.scan(payload=qris.payload(bill_number="T-1", code=CODE, amount=16_800), at=AT)
    assert (told[0].code, told[0].amount) == (CODE, 16_800)
    other = qris.payload(bill_number="T-1", code=CODE, amount=16_800)[:-4].replace(qris.ACQUIRER, "ID.ANOTHER.BANKERS")
    with pytest.raises(qris.NotQris, match="another acquirer"):
        one.scan(payload=f"{other}{qris.crc16(other.encode()):04X}", at=AT)
