"""The process is killed at random points while it books a bill of placements: nothing lost, nothing double."""

from __future__ import annotations

import random

import pytest
from django.db import connections

from tests.journeys.migrants.paid import nothing_is_wrong
from tests.journeys.migrants.test_billing import agency_placed, billed
from tests.journeys.money import test_pay_kill as kill
from tests.journeys.paying import notice, rows, tell
from tests.migrants.people import ON

pytestmark = pytest.mark.usefixtures("committed_db")

PEOPLE, PIECES, KILLS = 12, 120, 12


def test_kills_while_an_agencys_bill_is_paid_in_pieces_lose_nothing_and_double_nothing():
    chance = random.Random(20260504)
    agency, clerk, ids = agency_placed(PEOPLE)
    bill = billed(*ids, by=clerk, organisation=agency)
    told = [notice(bill.code, bill.amount // PIECES + chance.randrange(200), ON) for _ in range(PIECES + 5)]
    connections.close_all()
    acknowledged, kills = 0, 0
    while acknowledged < len(told):
        done, killed = kill.one_life(told, acknowledged, chance.uniform(0.005, 0.12) if kills < KILLS else None)
        acknowledged, kills = max(acknowledged, done), kills + killed
    assert kills >= KILLS // 4  # a quick machine is done before more can fall
    assert rows("SELECT count(*), count(DISTINCT bank_reference), sum(amount) FROM payments_receipt") == [
        (len(told), len(told), sum(one.amount for one in told))
    ]
    assert rows("SELECT count(*) FROM contributions_placementdue WHERE settled_on IS NULL") == [(0,)]
    nothing_is_wrong(ON)
    assert {outcome.state for outcome in tell(*told)} == {"repeated"}
