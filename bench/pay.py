"""Billing, booking what banks tell (one by one, in batches, over HTTP), and posting, against pgbench and bare COPY.

Baselines run on the same server and database in the same run. pgbench's built-in TPC-B transaction is 3 updates, a
select and an insert; booking one notice is a receipt, an allocation with 5 postings, dues settled, cover recomputed.
"""

from __future__ import annotations

import datetime as dt
import http.client
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Sequence
from contextlib import contextmanager

import measuring
from measuring import percentile, rate, timed

DAY = dt.date(2026, 5, 4)
SINGLES, BATCHED, BATCH, OVER_HTTP = 2_000, 20_000, 1_000, 2_000
BENCH_SECONDS = "6"
_reference = itertools.count(1)


def population(size: int) -> list[tuple[str, int]]:
    """People with a bill each: (code, amount)."""
    from django.db import connection

    from teduh.journeys.money import pay
    from teduh.security.access import SYSTEM
    from tests import factories

    people = factories.people(size, on=DAY, income=[1_000_000, 1_400_000, 2_500_000, 3_300_000])
    for i in range(0, size, 10_000):
        pay.bill_each(people=people[i : i + 10_000], months=1, by=SYSTEM, on=DAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT code, amount FROM payments_bill WHERE person_id = ANY(%s) ORDER BY id", [people])
        return cursor.fetchall()


def notice(code: str, amount: int):
    from teduh.core.clock import JAKARTA
    from teduh.payments.facts import Notice

    return Notice("BNI", f"B{next(_reference):09d}", code, amount, dt.datetime(2026, 5, 4, 9, tzinfo=JAKARTA))


def receive(notices: Sequence) -> None:
    from teduh.core.clock import JAKARTA
    from teduh.journeys.money import pay
    from teduh.security.access import SYSTEM

    at = dt.datetime(2026, 5, 4, 10, tzinfo=JAKARTA)
    for outcome in pay.receive(notices=notices, on=DAY, at=at, by=SYSTEM):
        assert outcome.state == "allocated", outcome


def one_by_one(bills: Sequence[tuple[str, int]]) -> tuple[float, list[float]]:
    """Each notice in a transaction of its own; seconds in all, and of each."""
    notices = [notice(*bill) for bill in bills]
    times: list[float] = []
    start = time.perf_counter()
    for one in notices:
        with measuring.clock(times):
            receive([one])
    return time.perf_counter() - start, times


def at_once(bills: Sequence[tuple[str, int]], connections: int) -> float:
    """The same over several processes with a connection each; seconds until the last is done."""
    from django.db import connections as django_connections

    django_connections.close_all()
    parts = [[notice(*bill) for bill in bills[i::connections]] for i in range(connections)]
    start = time.perf_counter()
    children = []
    for part in parts:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                for one in part:
                    receive([one])
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert all(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0 for child in children)
    return time.perf_counter() - start


def batches(bills: Sequence[tuple[str, int]]) -> float:
    notices = [notice(*bill) for bill in bills]
    return timed(lambda: [receive(notices[i : i + BATCH]) for i in range(0, len(notices), BATCH)])[0]


@contextmanager
def server():
    """The real server: `teduh serve` with two workers; yields its port and a bank's token."""
    from teduh.core import clock
    from teduh.security import tokens
    from teduh.security.access import SYSTEM
    from tests import factories

    account = factories.user("operator", f"bank-{uuid.uuid4().hex[:8]}")
    key = tokens.create(username=account.username, name="bench", scopes=["bank"], days=1, at=clock.now(), by=SYSTEM)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"TEDUH_API_PER_MINUTE": "100000000"}
    run = "from teduh.cli.main import main; main()"
    words = [sys.executable, "-c", run, "serve", "--port", str(port), "--workers", "2"]
    child = subprocess.Popen(words, env=env, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, key.secret
    finally:
        child.terminate()
        child.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def over_http(bills: Sequence[tuple[str, int]], size: int, clients: int) -> tuple[float, list[float]]:
    """POST /api/v1/bank/notices with `size` notices each, over kept connections; seconds in all and of each request."""
    told = [notice(*bill) for bill in bills]
    parts = [told[i : i + size] for i in range(0, len(told), size)]
    times: list[float] = []
    with server() as (port, secret):
        post(port, secret, [parts.pop()], [])
        threads = [threading.Thread(target=post, args=(port, secret, parts[i::clients], times)) for i in range(clients)]
        seconds, _ = timed(lambda: ([t.start() for t in threads], [t.join() for t in threads]))
    assert len(times) == len(parts), "a client failed"
    return seconds, times


def post(port: int, secret: str, parts: Sequence, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for part in parts:
        notices = [
            {"bank": n.bank, "bank_reference": n.bank_reference, "code": n.code, "amount": n.amount,
             "paid_at": n.paid_at.isoformat()} for n in part
        ]  # fmt: skip
        headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
        }  # fmt: skip
        with measuring.clock(times):
            connection.request("POST", "/api/v1/bank/notices", json.dumps({"notices": notices}), headers)
            answer = connection.getresponse()
            body = answer.read()
        assert answer.status == 200, (answer.status, body[:300])
        assert all(outcome["state"] == "allocated" for outcome in json.loads(body)), body[:300]


def copied(table: str, columns: str, where: str, params: Sequence) -> tuple[int, float]:
    """The rows that were just written, by COPY into a bare table: no keys, no checks, no indexes. Rows, seconds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY id", params)
        rows = cursor.fetchall()
        cursor.execute(f"CREATE TABLE bare AS SELECT {columns} FROM {table} LIMIT 0")

        def copy() -> None:
            with cursor.copy("COPY bare FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)

        seconds, _ = timed(copy)
        cursor.execute("DROP TABLE bare")
    return len(rows), seconds


def billing(size: int) -> list[list[str]]:
    """Bills for `size` people, three months each: assessed, written, and the same dues by bare COPY."""
    from teduh.journeys.money import pay
    from teduh.security.access import SYSTEM
    from tests import factories

    people = factories.people(
        size, on=DAY, income=list(range(800_000, 6_000_000, 52_000)), programmes=("JKK", "JKM", "JHT")
    )
    seconds, ids = timed(lambda: pay.bill_each(people=people, months=3, by=SYSTEM, on=DAY))
    columns = "bill_id, person_id, month, programme, amount, articles, assessment_id"
    rows, bare = copied("contributions_due", columns, "bill_id = ANY(%s)", [ids])
    each, _ = timed(
        lambda: [pay.bill(people=[p], months=1, by=SYSTEM, on=DAY + dt.timedelta(days=1)) for p in people[:300]]
    )
    return [
        [f"bills, {size:,} people x 3 months at once", rate(len(ids), seconds), f"{rows:,} dues: {rate(rows, seconds)}",
         f"bare COPY of the same dues {rate(rows, bare)}"],
        ["bills, one at a time", rate(300, each), f"{each / 300 * 1000:.1f} ms each, shown with all reasons", ""],
    ]  # fmt: skip


def posting(size: int) -> list[list[str]]:
    """Entries with five postings each, and the same postings by bare COPY."""
    from teduh.law.months import Month
    from teduh.ledger import actions
    from teduh.ledger.facts import Draft, Move

    month = Month(2026, 5)
    moves = (
        Move("KOL:suspense", "KOL:due:JKK", 5_000, 1), Move("KOL:suspense", "KOL:due:JHT", 20_000, 1),
        Move("JKK:collection", "JKK:contributions", 5_000, None, month, ("PP 44/2015 Pasal 20(1)",)),
        Move("JHT:collection", "JHT:members", 20_000, 7, month, ("PP 46/2015 Pasal 18(1)",)),
        Move("KOL:bank", "KOL:suspense", 25_000, 1),
    )  # fmt: skip
    drafts = [Draft(on=DAY, kind="bench", reference=f"bench:{i}", why="bench", moves=moves) for i in range(size)]
    seconds, made = timed(lambda: actions.post(drafts=drafts, by="bench"))
    assert made == size
    columns = 'entry_id, "on", fund, debit_id, credit_id, amount, party, month, articles'
    where = "entry_id IN (SELECT id FROM ledger_entry WHERE kind = %s)"
    rows, bare = copied("ledger_posting", columns, where, ["bench"])
    return [
        [f"postings, {size:,} entries at once", rate(rows, seconds), f"{rate(size, seconds)} entries, idempotent",
         f"bare COPY of the same postings {rate(rows, bare)}"],
    ]  # fmt: skip


def spread(times: list[float]) -> str:
    return f"p50 {percentile(times, 0.5)} ms, p99 {percentile(times, 0.99)} ms"


def main() -> None:
    measuring.django()
    measuring.pgbench("-i", "-q", "-s", "10")
    alone = measuring.pgbench("-c", "1", "-T", BENCH_SECONDS, "-M", "prepared")
    two = measuring.pgbench("-c", "2", "-j", "2", "-T", BENCH_SECONDS, "-M", "prepared")
    four = measuring.pgbench("-c", "4", "-j", "2", "-T", BENCH_SECONDS, "-M", "prepared")
    bills = iter(population(SINGLES * 3 + BATCHED * 2 + OVER_HTTP * 2 + 200))

    def some(count: int) -> list[tuple[str, int]]:
        return list(itertools.islice(bills, count))

    one_by_one(some(200))
    single, each = one_by_one(some(SINGLES))
    pair = at_once(some(SINGLES * 2), 2)
    bulk = batches(some(BATCHED))
    http_single, http_each = over_http(some(OVER_HTTP), 1, 4)
    http_bulk, _ = over_http(some(BATCHED), 500, 2)
    measuring.write(
        "pay",
        {
            "title": "Payment notices booked (receipt, allocation, dues, ledger, cover)",
            "columns": ["what", "notices", "time of one", "against"],
            "rows": [
                ["in process, 1 connection, one transaction each", rate(SINGLES, single),
                 spread(each), f"pgbench TPC-B, 1 client {alone:,.0f} tps"],
                ["in process, 2 connections", rate(SINGLES * 2, pair), "", f"pgbench TPC-B, 2 clients {two:,.0f} tps"],
                [f"in process, batches of {BATCH:,}", rate(BATCHED, bulk), f"{bulk / BATCHED * 1000:.3f} ms",
                 f"pgbench TPC-B, 4 clients {four:,.0f} tps"],
                ["over HTTP, 4 clients, one notice a request", rate(len(http_each), http_single),
                 spread(http_each), f"pgbench TPC-B, 4 clients {four:,.0f} tps"],
                ["over HTTP, 2 clients, 500 a request", rate(BATCHED - 500, http_bulk), "", ""],
            ],
        },
        {
            "title": "Bills and postings written",
            "columns": ["what", "rate", "detail", "against"],
            "rows": billing(10_000) + posting(20_000),
        },
    )  # fmt: skip


if __name__ == "__main__":
    main()
