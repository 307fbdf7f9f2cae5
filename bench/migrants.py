"""Migrant workers: a list of ten thousand entered and compared, the departure gate, billing and paying, reminders.

Entering is measured against bare COPY of the very rows it wrote into copies of their tables with the same indexes; the
gate against pgbench's reads by key and its simple writes on one connection, as each answer is recorded for good; all in
the same run. Statements are counted for 100 and 1,000 people.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import random
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measuring
from measuring import percentile, rate, timed

ON, AT = dt.date(2026, 11, 10), dt.datetime(2026, 11, 10, 3, tzinfo=dt.UTC)
PEOPLE = int(os.environ.get("TEDUH_BENCH_ROWS", "10000"))
PAID = int(os.environ.get("TEDUH_BENCH_PAID", "1000"))
ASKED = int(os.environ.get("TEDUH_BENCH_ASKED", "3000"))
SENT = re.compile(r'^F\t\d+\t(?:Query|Execute)\t(?! ?"(?:BEGIN|COMMIT|SAVEPOINT|RELEASE))', re.M)
TITLES = ("NIK", "Nama PMI", "Tgl Lahir", "L/P", "No Paspor", "Paspor Berlaku Sampai", "Negara Tujuan", "Majikan",
          "Jabatan", "Mulai Kontrak", "Akhir Kontrak")  # fmt: skip
#: What entering a list writes of its people; the baseline copies these rows.
WRITTEN = (
    "registry_person", "migrants_placement", "migrants_agreement", "migrants_event", "migrants_paper",
    "migrants_placementrow",
)  # fmt: skip


def sheet(count: int, seed: int, *, ends: str = "30/11/2028") -> bytes:
    """A list as an agency makes it."""
    from tests.data.sheets import people

    made: list[Any] = []
    while len(made) < count:
        made += people.make(min(9_999, count - len(made)), seed=seed)
        seed += 1
    out = io.StringIO()
    table = csv.writer(out, delimiter=";")
    table.writerow(TITLES)
    for n, one in enumerate(made):
        table.writerow((one.nik, one.name, f"{one.birth:%d/%m/%Y}", one.lp, f"C{seed % 10}{n:06d}", "31/12/2030",
                        ("Taiwan", "Hong Kong", "Malaysia")[n % 3], "Lin Fu Co.", "Perawat", "01/12/2026",
                        ends))  # fmt: skip
    return out.getvalue().encode()


def agency() -> int:
    from tests.migrants.people import organisation

    return organisation("agency")


def check(organisation: int, content: bytes, purpose: str) -> Any:
    from teduh.journeys.migrants import lists
    from teduh.security.access import SYSTEM

    return lists.check(
        organisation=organisation, purpose=purpose, content=content, name="daftar.csv", as_of=ON, by=SYSTEM, on=ON,
        at=AT, whole=purpose == "compare",
    )  # fmt: skip


def commit(report: Any) -> Any:
    from teduh.journeys.migrants import lists
    from teduh.security.access import SYSTEM

    return lists.commit(list=report.list, by=SYSTEM, on=ON, at=AT, without_stopped=True)


def sql(statement: str, *params: object) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)
        return cursor.fetchall() if cursor.description else []


def lists_of(organisation: int) -> list[list[str]]:
    """The list entered, then the same people's list a year later compared, one in ten with another last day."""
    content, before = sheet(PEOPLE, 11), last()
    checking, report = timed(lambda: check(organisation, content, "enter"))
    entering, done = timed(lambda: commit(report))
    assert done.entered > PEOPLE * 0.95, (done, report.counts)
    sql("ANALYZE")
    count, copying = copied(before)
    lines = content.decode().splitlines()
    changed = [line.replace("30/11/2028", "31/12/2028") if n % 10 == 3 else line for n, line in enumerate(lines)]
    comparing, other = timed(lambda: check(organisation, "\n".join(changed).encode(), "compare"))
    keeping, kept = timed(lambda: commit(other))
    assert sum(kept.differences.values()) >= PEOPLE // 11, kept
    whole, both = checking + entering, comparing + keeping
    against = [f"{one / copying:.1f} times bare COPY" for one in (whole, both)]
    return [
        ["enter: check", f"{checking:.2f} s", rate(PEOPLE, checking), ""],
        ["enter: commit (law, register, agreements, events)", f"{entering:.2f} s", rate(PEOPLE, entering), ""],
        ["enter: from file to register", f"{whole:.2f} s", rate(PEOPLE, whole), against[0]],
        [f"bare COPY of the same {count:,} rows, with their indexes", f"{copying:.2f} s", rate(PEOPLE, copying), ""],
        ["compare: check, both ways", f"{comparing:.2f} s", rate(PEOPLE, comparing), ""],
        ["compare: differences kept", f"{keeping:.2f} s", rate(PEOPLE, keeping), ""],
        ["compare: from file to worklist", f"{both:.2f} s", rate(PEOPLE, both), against[1]],
    ]  # fmt: skip


def last() -> dict[str, int]:
    """The last row of each table that entering writes to."""
    return {table: sql(f"SELECT coalesce(max(id), 0) FROM {table}")[0][0] for table in WRITTEN}


def copied(since: dict[str, int]) -> tuple[int, float]:
    """How many rows were written since, and the seconds to COPY them into copies of their tables."""
    from django.db import connection, transaction

    packed: dict[str, bytes] = {}
    count = 0
    with connection.cursor() as cursor:
        for table, before in since.items():
            count += sql(f"SELECT count(*) FROM {table} WHERE id > {before}")[0][0]
            select = f"COPY (SELECT * FROM {table} WHERE id > {before} ORDER BY id) TO STDOUT (FORMAT binary)"
            with cursor.cursor.copy(select) as stream:
                packed[table] = b"".join(bytes(part) for part in stream)
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")

    def work() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, content in packed.items():
                with cursor.cursor.copy(f"COPY bench_{table} FROM STDIN (FORMAT binary)") as stream:
                    stream.write(content)

    return count, timed(work)[0]


def money() -> list[list[str]]:
    """Placements billed each, paid in batches as banks tell, and covered; then all extended by one bill."""
    from teduh.journeys.migrants import billing
    from teduh.journeys.money import pay
    from teduh.payments.facts import Notice
    from teduh.security.access import SYSTEM

    ids = [row[0] for row in sql("SELECT id FROM migrants_placement ORDER BY id LIMIT %s", PAID)]
    billing_, bills = timed(lambda: billing.bill_each(placements=ids, by=SYSTEM, on=ON))
    rows = sql("SELECT code, amount FROM payments_bill WHERE id = ANY(%s) ORDER BY id", bills)
    told = [Notice("BNI", f"PMI{n}", code, amount, AT) for n, (code, amount) in enumerate(rows)]
    paying, _ = timed(lambda: pay.receive(notices=told, on=ON, at=AT, by=SYSTEM))
    covered = sql("SELECT count(DISTINCT placement_id) FROM coverage_span")[0][0]
    assert covered == len(ids), covered
    return [
        ["a bill for each", f"{billing_:.2f} s", rate(len(ids), billing_), ""],
        ["paid, settled, booked, covered", f"{paying:.2f} s", rate(len(ids), paying), f"{covered:,} covered"],
    ]


def at_the_gate() -> list[list[str]]:
    """Answers by NIK, one after another on one connection; and a departure list at once."""
    from teduh.journeys.migrants import gate
    from teduh.security import crypto
    from teduh.security.access import SYSTEM

    known = [crypto.decrypt(bytes(row[0])) for row in sql("SELECT nik FROM registry_person ORDER BY id LIMIT 5000")]
    chance = random.Random(1)
    niks = chance.choices(known, k=ASKED)
    day = ON + dt.timedelta(days=10)

    def ask(nik: str) -> Any:
        return gate.check(by=SYSTEM, on=ON, nik=nik, departs_on=day)

    for nik in niks[:100]:
        ask(nik)
    times: list[float] = []
    begun = time.perf_counter()
    for nik in niks:
        with measuring.clock(times):
            assert ask(nik).number
    seconds = time.perf_counter() - begun
    listed = [gate.Asked(nik=nik) for nik in known[: gate.MOST]]
    at_once, _ = timed(lambda: gate.many(by=SYSTEM, on=ON, asked=listed, departs_on=day))
    measuring.pgbench("-i", "-q", "-s", "5")
    select = measuring.pgbench("-n", "-S", "-c", "1", "-T", "5", "-M", "simple")
    update = measuring.pgbench("-n", "-N", "-c", "1", "-T", "5", "-M", "simple")
    each = ASKED / seconds
    return [
        ["by NIK, one after another, each recorded", rate(ASKED, seconds), f"{percentile(times, 0.5)} ms",
         f"{percentile(times, 0.99)} ms", f"1/{select / each:.0f} of pgbench -S, 1/{update / each:.1f} of -N"],
        [f"a departure list of {len(listed):,}", rate(len(listed), at_once), "", "",
         f"1/{select * at_once / len(listed):.0f} of pgbench -S"],
        ["pgbench -S, one connection: one read by key", f"{select:,.0f}/s", "", "", ""],
        ["pgbench -N, one connection: a read and two writes, kept", f"{update:,.0f}/s", "", "", ""],
    ]  # fmt: skip


def reminding() -> list[list[str]]:
    """Everybody's paid time ends in thirty days: each is told."""
    from teduh.journeys.migrants import reminders

    soon, begun = ON + dt.timedelta(days=30), ON - dt.timedelta(days=300)
    later = soon + dt.timedelta(days=30)
    sql("DELETE FROM coverage_span")
    sql("INSERT INTO coverage_span (person_id, programme, segment, placement_id, phase, starts, paid_until, due_until, "
        "grace_until, ends, articles) SELECT m.person_id, p, 'PMI', m.id, 'during', %s, %s, %s, %s, %s, '{x}' "
        "FROM migrants_placement m CROSS JOIN (VALUES ('JKK'), ('JKM')) v (p)",
        begun, soon, soon, later, later)  # fmt: skip
    sql("UPDATE migrants_placement SET state = 'working', departed_on = %s, ends_on = %s", begun, soon)
    sql("ANALYZE")
    seconds, told = timed(lambda: reminders.remind(on=ON, at=AT, limit=2 * PEOPLE))
    again, none = timed(lambda: reminders.remind(on=ON, at=AT, limit=2 * PEOPLE))
    assert told >= PEOPLE and not none, (told, none)
    return [
        ["written, each in the worker's own zone", f"{seconds:.2f} s", rate(told, seconds), f"{told:,} messages"],
        ["run again: nobody is told twice", f"{again:.2f} s", rate(told, again), "0 messages"],
    ]


def statements(work: Callable[[], Any]) -> tuple[int, Any]:
    """How many statements go to the server while `work` runs, COPY and all; and what it made."""
    from django.db import connection

    with tempfile.NamedTemporaryFile() as log:
        wire = connection.connection.pgconn
        wire.trace(log.fileno())
        wire.set_trace_flags(1)
        try:
            made = work()
        finally:
            wire.untrace()
        return len(SENT.findall(Path(log.name).read_text(encoding="latin-1"))), made


def counted() -> list[list[str]]:
    """Statements of each step for 100 people and for 1,000."""
    found: dict[str, list[int]] = {}
    for count, seed in ((100, 60), (1_000, 70)):
        for what, number in steps(count, seed).items():
            found.setdefault(what, []).append(number)
    return [[what, f"{few:,}", f"{many:,}"] for what, (few, many) in found.items()]


def steps(count: int, seed: int) -> dict[str, int]:
    from teduh.journeys.migrants import billing, gate
    from teduh.journeys.migrants.life import tell_many
    from teduh.journeys.money import pay
    from teduh.payments.facts import Notice
    from teduh.security.access import SYSTEM

    own, content = agency(), sheet(count, seed)
    found: dict[str, int] = {}
    found["list to enter: check"], report = statements(lambda: check(own, content, "enter"))
    found["list to enter: commit"], _ = statements(lambda: commit(report))
    found["list to compare: check"], report = statements(lambda: check(own, content + b"\n", "compare"))
    found["list to compare: commit"], _ = statements(lambda: commit(report))
    ids = [row[0] for row in sql("SELECT id FROM migrants_placement WHERE organisation_id = %s", own)]
    numbers = [row[0] for row in sql("SELECT number FROM migrants_placement WHERE organisation_id = %s", own)]
    found["a bill for each"], bills = statements(lambda: billing.bill_each(placements=ids, by=SYSTEM, on=ON))
    rows = sql("SELECT code, amount FROM payments_bill WHERE id = ANY(%s)", bills)
    told = [Notice("BRI", f"S{seed}-{n}", code, amount, AT) for n, (code, amount) in enumerate(rows)]
    found["paid and covered"], _ = statements(lambda: pay.receive(notices=told, on=ON, at=AT, by=SYSTEM))
    asked = [gate.Asked(number=number) for number in numbers]
    found["the gate, at once"], _ = statements(lambda: gate.many(by=SYSTEM, on=ON, asked=asked))
    found["all departed"], _ = statements(
        lambda: tell_many(placements=ids, kind="departed", event_on=ON, by=SYSTEM, on=ON, at=AT)
    )
    return found


def main() -> None:
    measuring.django()
    from teduh.migrants import reference as destinations
    from teduh.registry import actions

    actions.load_reference()
    destinations.load_reference()
    organisation = agency()
    commit(check(agency(), sheet(50, 90), "enter"))  # a warm-up: the law compiled, plans kept
    listed = lists_of(organisation)
    paid, gate, reminded = money(), at_the_gate(), reminding()
    measuring.write(
        "migrants",
        {"title": f"A list of {PEOPLE:,} placements", "columns": ["what", "seconds", "people", "against"],
         "rows": listed},
        {"title": f"{PAID:,} placements pay", "columns": ["what", "seconds", "placements", ""], "rows": paid},
        {"title": "The departure gate: is she covered?", "columns": ["what", "answers", "p50", "p99", "against"],
         "rows": gate},
        {"title": "Reminders of everybody whose cover ends in thirty days",
         "columns": ["what", "seconds", "people", ""], "rows": reminded},
        {"title": "SQL statements, for 100 and for 1,000 people", "columns": ["what", "100", "1,000"],
         "rows": counted()},
    )  # fmt: skip


if __name__ == "__main__":
    main()
