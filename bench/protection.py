"""'Is this person protected on this day?' by NIK and by number, and recomputing cover, against a primary-key read."""

from __future__ import annotations

import datetime as dt
import os
import random
import time
from collections.abc import Callable, Sequence

import measuring
from measuring import percentile, rate, timed

DAY = dt.date(2026, 5, 4)
PEOPLE, CHECKS, MANY = 30_000, 6_000, 1_000


def population() -> list[int]:
    """People of whom two thirds paid one to four months."""
    from django.db import connection

    from teduh.core.clock import JAKARTA
    from teduh.journeys.money import pay
    from teduh.payments.facts import Notice
    from teduh.security.access import SYSTEM
    from tests import factories

    people = factories.people(PEOPLE, on=DAY, income=[1_000_000, 2_500_000], programmes=("JKK", "JKM", "JHT"))
    for months in (1, 4):
        some = people[months % 3 :: 3] if months == 1 else people[2::3]
        pay.bill_each(people=some, months=months, by=SYSTEM, on=DAY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, amount FROM payments_bill ORDER BY id")
        bills = cursor.fetchall()
    at = dt.datetime(2026, 5, 4, 9, tzinfo=JAKARTA)
    notices = [Notice("BNI", f"B{i}", code, amount, at) for i, (code, amount) in enumerate(bills)]
    for i in range(0, len(notices), 2_000):
        pay.receive(notices=notices[i : i + 2_000], on=DAY, at=at, by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people


def each(check: Callable[[object, dt.date], object], keys: Sequence) -> tuple[float, list[float]]:
    """One check after another, on random days of two years."""
    chance = random.Random(3)
    days = [DAY + dt.timedelta(days=chance.randrange(-100, 600)) for _ in keys]
    times: list[float] = []
    start = time.perf_counter()
    for key, day in zip(keys, days, strict=True):
        with measuring.clock(times):
            assert check(key, day) is not None
    return time.perf_counter() - start, times


def at_once(check: Callable[[object, dt.date], object], keys: Sequence, processes: int) -> float:
    from django.db import connections

    connections.close_all()
    start = time.perf_counter()
    children = []
    for i in range(processes):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                each(check, keys[i::processes])
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert all(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0 for child in children)
    return time.perf_counter() - start


def main() -> None:
    measuring.django()
    from django.db import connection

    from teduh.core import sql
    from teduh.coverage import actions, queries

    people = population()
    chance = random.Random(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik_index FROM registry_person ORDER BY id")
        niks = [bytes(row[0]) for row in cursor.fetchall()]
    some, their_niks = chance.choices(people, k=CHECKS), chance.choices(niks, k=CHECKS)

    def bare(key: object, _: dt.date) -> object:
        return sql.rows("SELECT member_number FROM registry_person WHERE id = %s", [key])

    def by_nik(key: object, day: dt.date) -> object:
        return queries.is_protected(nik_index=key, on=day)

    def by_number(key: object, day: dt.date) -> object:
        return queries.protection(person=key, on=day)

    each(by_nik, their_niks[:300])
    nothing, nothings = each(bare, some)
    nik, nik_times = each(by_nik, their_niks)
    number, number_times = each(by_number, some)
    pair = at_once(by_nik, their_niks * 2, 2)
    lists, _ = timed(lambda: [queries.many(persons=people[i : i + MANY], on=DAY) for i in range(0, PEOPLE, MANY)])
    again, _ = timed(lambda: actions.recompute(persons=people, on=DAY))
    sql.run("DELETE FROM coverage_span")
    anew, _ = timed(lambda: actions.recompute(persons=people, on=DAY))
    count = sql.rows("SELECT count(*) FROM coverage_span")[0][0]
    select = measuring.pgbench("-n", "-S", "-c", "1", "-T", "5", "-M", "simple") if _ready() else 0

    def line(what: str, seconds: float, times: list[float], against: str) -> list[str]:
        return [
            what,
            rate(len(times), seconds),
            f"{percentile(times, 0.5)} ms",
            f"{percentile(times, 0.99)} ms",
            against,
        ]

    against = f"pgbench -S, 1 client {select:,.0f} tps"
    measuring.write(
        "protection",
        {
            "title": f"Is this person protected on this day? ({PEOPLE:,} people, {count:,} spans)",
            "columns": ["what", "checks", "p50", "p99", "against"],
            "rows": [
                line("one row by primary key through Django, nothing else", nothing, nothings, against),
                line("by NIK (blind index): state, dates, articles, words of every programme", nik, nik_times, against),
                line("by person", number, number_times, against),
                ["by NIK, 2 processes", rate(CHECKS * 2, pair), "", "", ""],
                [f"lists of {MANY:,}", rate(PEOPLE, lists), "", "", ""],
            ],
        },
        {
            "title": "Recomputing cover from what is settled",
            "columns": ["what", "people", "detail"],
            "rows": [
                ["nothing changed: read, ask the law, compare", rate(PEOPLE, again), ""],
                ["from nothing: read, ask the law, write every span", rate(PEOPLE, anew), f"{rate(count, anew)} spans"],
            ],
        },
    )


def _ready() -> bool:
    measuring.pgbench("-i", "-q", "-s", "5")
    return True


if __name__ == "__main__":
    main()
