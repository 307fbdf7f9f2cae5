"""The process is killed at random points while it books an employer's payments: nothing lost, nothing double."""

from __future__ import annotations

import random

import pytest
from django.db import connections

from tests.journeys.money import test_pay_kill as kill
from tests.journeys.paying import DAY, notice, rows, tell
from tests.journeys.wage_firm import Firm
from tests.journeys.wage_money import nothing_is_wrong

pytestmark = pytest.mark.usefixtures("committed_db")

WORKERS, PIECES, KILLS = 40, 160, 25


def test_kills_while_one_employers_bill_is_paid_in_pieces_lose_nothing_and_double_nothing():
    chance = random.Random(20260504)
    firm = Firm(WORKERS)
    firm.report()
    code, amount = rows("SELECT code, amount FROM payments_bill")[0]
    told = [notice(code, amount // PIECES + chance.randrange(200)) for _ in range(PIECES + 5)]
    connections.close_all()
    acknowledged, kills = 0, 0
    while acknowledged < len(told):
        done, killed = kill.one_life(told, acknowledged, chance.uniform(0.005, 0.12) if kills < KILLS else None)
        acknowledged, kills = max(acknowledged, done), kills + killed
    assert kills >= KILLS // 4  # a quick machine is done before more can fall
    assert rows("SELECT count(*), count(DISTINCT bank_reference), sum(amount) FROM payments_receipt") == [
        (len(told), len(told), sum(one.amount for one in told))
    ]
    assert rows(
        "SELECT count(*) FROM contributions_wagedue WHERE protection_on IS NULL OR savings_on IS NULL"
    ) == [(0,)]  # fmt: skip
    nothing_is_wrong(DAY)
    assert {outcome.state for outcome in tell(*told)} == {"repeated"}
