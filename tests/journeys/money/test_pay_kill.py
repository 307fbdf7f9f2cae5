"""The process is killed at random points while it books payments; the bank tells again what was not acknowledged.

A real child process books small batches over its own connection and dies by SIGKILL wherever it is: before, inside or
after a transaction, or between the commit and its acknowledgement. Afterwards nothing is lost, nothing is double.
"""

from __future__ import annotations

import os
import random
import select
import signal
import struct
import time

import pytest
from django.db import connections

from teduh.journeys.money import pay
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import DAY, nothing_is_wrong, notice, rows, tell

pytestmark = pytest.mark.usefixtures("committed_db")

KILLS = 100
BATCH = 4
PEOPLE = 2_000


def test_a_hundred_kills_lose_nothing_and_double_nothing():
    chance = random.Random(20260504)
    told, expected = payments(chance)
    acknowledged, kills, lives = 0, 0, 0
    while acknowledged < len(told):
        lives += 1
        patience = chance.uniform(0.004, 0.09) if kills < KILLS else None
        done, killed = one_life(told, acknowledged, patience)
        acknowledged, kills = max(acknowledged, done), kills + killed
    assert kills >= 90, f"only {kills} of {lives} lives ended by force: make PEOPLE larger"
    assert rows("SELECT count(*), count(DISTINCT bank_reference), sum(amount) FROM payments_receipt") == [
        (len(told), len(told), sum(one.amount for one in told))
    ]
    entries = rows("SELECT kind, count(*) FROM ledger_entry GROUP BY kind ORDER BY kind")
    assert entries == [("allocation", expected), ("receipt", len(told))]
    nothing_is_wrong(DAY)
    assert {outcome.state for outcome in tell(*told[:500])} == {"repeated"}


def payments(chance: random.Random) -> tuple[list, int]:
    """What the bank tells: mostly exact, some too little or too much, some twice, some to nobody; how many allocate."""
    people = factories.people(PEOPLE, on=DAY, programmes=("JKK", "JKM", "JHT"))
    pay.bill_each(people=people, months=1, by=SYSTEM, on=DAY)
    told, allocating = [], 0
    for code, amount in rows("SELECT code, amount FROM payments_bill ORDER BY id"):
        kind = chance.choice(["exact", "exact", "exact", "little", "much", "twice", "stray"])
        paid = {"little": 100, "much": amount + 500}.get(kind, amount)
        told += [notice("123" if kind == "stray" else code, paid) for _ in range(2 if kind == "twice" else 1)]
        allocating += kind not in ("little", "stray")
    connections.close_all()
    return told, allocating


def one_life(told: list, start: int, patience: float | None) -> tuple[int, bool]:
    """A child books from `start` on; after `patience` seconds it is killed. How far it acknowledged, and if it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        book(told, start, writing)
    os.close(writing)
    done = begun(reading) if patience is not None else start
    if patience is not None:
        time.sleep(patience)
        os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 4096):
        done = struct.unpack("<I", more[-4:])[0]
    os.close(reading)
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status)
    assert killed or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return max(done, start), killed


def begun(reading: int) -> int:
    """The child says with its first four bytes that it has begun."""
    ready, _, _ = select.select([reading], [], [], 30)
    assert ready, "the child did not begin"
    return struct.unpack("<I", os.read(reading, 4))[0]


def book(told: list, start: int, writing: int) -> None:
    """In the child: batch after batch, each acknowledged after its commit."""
    code = 1
    try:
        os.write(writing, struct.pack("<I", start))
        for at in range(start, len(told), BATCH):
            tell(*told[at : at + BATCH])
            os.write(writing, struct.pack("<I", min(at + BATCH, len(told))))
        code = 0
    finally:
        os._exit(code)
