"""The monthly wage return: a thousand workers, a hundred thousand, and a month of a thousand employers; paid and told.

Each part runs in a process of its own, so that its peak of memory is its own. The baseline is bare COPY of the very
rows that a month wrote (lines, dues, bills, entries, postings) into copies of their tables with the same indexes.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import measuring
from measuring import rate, timed

ON, AT = dt.date(2026, 11, 10), dt.datetime(2026, 11, 10, 3, tzinfo=dt.UTC)
SEPTEMBER, OCTOBER = "2026-09", "2026-10"
FEW = int(os.environ.get("TEDUH_BENCH_ROWS", "1000"))
MANY = int(os.environ.get("TEDUH_BENCH_MANY", "100000"))
FIRMS = int(os.environ.get("TEDUH_BENCH_FIRMS", "1000"))
EACH = 100
#: What is sent, but for the beginning and the end of transactions.
SENT = re.compile(r'^F\t\d+\t(?:Query|Execute)\t(?! ?"(?:BEGIN|COMMIT|SAVEPOINT|RELEASE))', re.M)
TITLES = ["NIK", "Nama", "Tanggal Lahir", "L/P", "Mulai Bekerja", "Upah Pokok", "Tunjangan Tetap"]
#: What a filed month writes for money; the baseline copies these rows.
MONEY = (
    ("employers_wageline", "wage_return_id IN (SELECT id FROM employers_wagereturn WHERE month = %s)"),
    ("contributions_wagedue", "month = %s"),
    ("payments_bill", "id IN (SELECT bill_id FROM contributions_wagedue WHERE month = %s)"),
    ("ledger_entry", "id IN (SELECT entry_id FROM ledger_posting WHERE month = %s)"),
    ("ledger_posting", "month = %s"),
)


def workers(count: int, seed: int) -> list[Any]:
    """Made-up people; beyond ten thousand from further districts, so that no NIK comes twice."""
    from tests.data.sheets import people

    made: list[Any] = []
    while len(made) < count:
        made += people.make(min(9_999, count - len(made)), seed=seed)
        seed += 1
    return made


def rows(people: list[Any], rise: int = 0) -> list[list[Any]]:
    """A sheet's rows: monthly wages from three to nine million, some with fixed allowances."""
    return [
        [one.nik, one.name, f"{one.birth:%d-%m-%Y}", one.lp, "01-02-2024", 3_000_000 + n % 60 * 100_000 + rise,
         250_000 if n % 3 == 0 else 0]
        for n, one in enumerate(people)
    ]  # fmt: skip


def csv_of(data: list[list[Any]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([TITLES, *data])
    return out.getvalue().encode()


def xlsx_of(data: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("Upah")
    for row in [TITLES, *data]:
        page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def firm() -> int:
    from teduh.law.months import Month
    from tests.employers import firms

    return firms.employer(from_month=Month(2026, 1))


def check(employer: int, month: str, content: bytes, name: str) -> Any:
    from teduh.journeys.wages import wage_return
    from teduh.law.months import Month
    from teduh.security.access import SYSTEM

    return wage_return.check(
        employer=employer, month=Month.parse(month), content=content, name=name, by=SYSTEM, on=ON, at=AT
    )


def file(wage_return: int) -> Any:
    from teduh.journeys.wages import wage_return as journey
    from teduh.security.access import SYSTEM

    return journey.file(wage_return=wage_return, by=SYSTEM, on=ON, at=AT)


def both(employer: int, month: str, content: bytes, name: str = "upah.csv") -> tuple[float, float, Any]:
    """Seconds of the check and of the filing, and what was filed."""
    checking, report = timed(lambda: check(employer, month, content, name))
    assert report.may_file, (report.why_not, report.counts)
    filing, filed = timed(lambda: file(report.wage_return))
    return checking, filing, filed


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


def thousand(_: Path) -> dict[str, Any]:
    """A return of a thousand, as CSV and XLSX: all new, then all known and one in two with another wage."""
    both(firm(), OCTOBER, csv_of(rows(workers(FEW, 80))))  # a warm-up: the law compiled, plans kept
    table = []
    for kind, made, seed in (("CSV", csv_of, 11), ("XLSX", xlsx_of, 12)):
        employer, people = firm(), workers(FEW, seed)
        for what, month, rise in (("all new", SEPTEMBER, 0), ("all known", OCTOBER, 50_000)):
            content = made(rows(people, rise))
            checking, filing, filed = both(employer, month, content, f"upah.{kind.lower()}")
            assert filed.workers == FEW
            table += [
                [f"{kind}, {what}: check", f"{checking:.2f} s", rate(FEW, checking)],
                [f"{kind}, {what}: filed, billed, booked", f"{filing:.2f} s", rate(FEW, filing)],
            ]
    employer, people = firm(), workers(FEW, 13)
    table.append(["all new: SQL statements of check; of filing", counted(employer, SEPTEMBER, rows(people)), ""])
    table.append(
        ["all known: SQL statements of check; of filing", counted(employer, OCTOBER, rows(people, 50_000)), ""]
    )
    return {"rows": table}


def counted(employer: int, month: str, data: list[list[Any]]) -> str:
    checked, report = statements(lambda: check(employer, month, csv_of(data), "upah.csv"))
    return f"{checked}; {statements(lambda: file(report.wage_return))[0]}"


def big_make(folder: Path) -> dict[str, Any]:
    """The files of the hundred thousand, and their firm."""
    people = workers(MANY, 20)
    (folder / "1.csv").write_bytes(csv_of(rows(people)))
    (folder / "2.csv").write_bytes(csv_of(rows(people, 50_000)))
    (folder / "2.xlsx").write_bytes(xlsx_of(rows(people, 50_000)))
    return {"employer": firm()}


def big_check(folder: Path, month: str, name: str) -> dict[str, Any]:
    known = json.loads((folder / "big.json").read_text())
    seconds, report = timed(lambda: check(known["employer"], month, (folder / name).read_bytes(), name))
    assert report.may_file, (report.why_not, report.counts)
    return {"seconds": seconds, "wage_return": report.wage_return}


def big_file(folder: Path) -> dict[str, Any]:
    seconds, filed = timed(lambda: file(json.loads((folder / "big.json").read_text())["wage_return"]))
    assert filed.workers == MANY
    return {"seconds": seconds, "bill": filed.bill, "filed": filed.wage_return}


def big_pay(folder: Path) -> dict[str, Any]:
    """The bank tells that the bill of all of them is paid."""
    from teduh.journeys.money import pay
    from teduh.payments.facts import Notice
    from teduh.payments.models import Bill
    from teduh.security.access import SYSTEM

    bill = Bill.objects.get(pk=json.loads((folder / "big.json").read_text())["bill"])
    told = [Notice("BNI", "BENCH-1", bill.code, bill.amount, AT)]
    seconds, (outcome,) = timed(lambda: pay.receive(notices=told, on=ON, at=AT, by=SYSTEM))
    assert outcome.state == "allocated", outcome
    return {"seconds": seconds}


def big_tell(folder: Path) -> dict[str, Any]:
    """Each worker is told what was filed for him."""
    from teduh.journeys.worker import messages
    from teduh.security.access import SYSTEM

    filed = json.loads((folder / "big.json").read_text())["filed"]
    seconds, told = timed(lambda: messages.filed(wage_return=filed, by=SYSTEM, on=ON, at=AT))
    return {"seconds": seconds, "told": told}


def month(_: Path) -> dict[str, Any]:
    """A thousand employers report a hundred workers each, known from the month before; and bare COPY of their rows."""
    people = workers(FIRMS * EACH, 40)
    firms = [(firm(), people[n * EACH : (n + 1) * EACH]) for n in range(FIRMS)]
    for employer, own in firms:
        both(employer, SEPTEMBER, csv_of(rows(own)))
    sql("ANALYZE")
    begun = time.perf_counter()
    checking = filing = 0.0
    for employer, own in firms:
        one, other, _ = both(employer, OCTOBER, csv_of(rows(own, 50_000)))
        checking, filing = checking + one, filing + other
    whole = time.perf_counter() - begun
    count, copying = copied("2026-10-01")
    lines = FIRMS * EACH
    return {"rows": [
        [f"{FIRMS:,} checks of {EACH} workers", f"{checking:.1f} s", rate(lines, checking)],
        [f"{FIRMS:,} returns filed, billed, booked, one after another", f"{filing:.1f} s", rate(lines, filing)],
        ["from file to books", f"{whole:.1f} s", rate(lines, whole)],
        [f"bare COPY of the same {count:,} rows, with their indexes", f"{copying:.1f} s", rate(lines, copying)],
        ["filing against bare COPY", f"{filing / copying:.1f} times", ""],
    ]}  # fmt: skip


def sql(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


def copied(first: str) -> tuple[int, float]:
    """The month's rows by COPY into copies of their tables, indexes and checks included. Rows, seconds."""
    from django.db import connection, transaction

    packed: dict[str, bytes] = {}
    count = 0
    with connection.cursor() as cursor:
        for table, where in MONEY:
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}", [first])
            count += cursor.fetchone()[0]
            select = cursor.mogrify(f"SELECT * FROM {table} WHERE {where} ORDER BY id", [first])
            with cursor.cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT binary)") as stream:
                packed[table] = b"".join(bytes(part) for part in stream)
            cursor.execute(f"CREATE TABLE bench_{table} (LIKE {table} INCLUDING ALL)")

    def work() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, content in packed.items():
                with cursor.cursor.copy(f"COPY bench_{table} FROM STDIN (FORMAT binary)") as stream:
                    stream.write(content)

    return count, timed(work)[0]


PARTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "thousand": thousand, "make": big_make, "file": big_file, "pay": big_pay, "tell": big_tell, "month": month,
    "check": lambda folder: big_check(folder, SEPTEMBER, "1.csv"),
    "check known": lambda folder: big_check(folder, OCTOBER, "2.csv"),
    "check known xlsx": lambda folder: big_check(folder, OCTOBER, "2.xlsx"),
}  # fmt: skip


def part(name: str, folder: Path) -> dict[str, Any]:
    """A part in a process of its own; what it found, and its peak of memory in MiB."""
    words = [sys.executable, str(measuring.HERE / "returns.py"), name, str(folder)]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    kept = folder / "big.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    kept.write_text(json.dumps({**before, **found}))
    return found


def warm() -> None:
    """A server's process has the law compiled and its modules read; so have these."""
    from teduh.journeys.money import pay
    from teduh.payments.facts import Notice
    from teduh.payments.models import Bill
    from teduh.security.access import SYSTEM

    *_, filed = both(firm(), OCTOBER, csv_of(rows(workers(50, 79))))
    bill = Bill.objects.get(pk=filed.bill)
    told = [Notice("BRI", f"WARM-{bill.code}", bill.code, bill.amount, AT)]
    pay.receive(notices=told, on=ON, at=AT, by=SYSTEM)


def child(name: str, folder: Path) -> None:
    measuring.django()
    if name not in ("make", "thousand", "month"):
        warm()
    found = PARTS[name](folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**found, "peak": peak}, default=str))


def big() -> list[list[Any]]:
    """The hundred thousand: first all new, then all known; paid; told."""
    table = []
    with tempfile.TemporaryDirectory(prefix="teduh-bench-returns-") as name:
        folder = Path(name)
        part("make", folder)
        steps = (
            ("all new: check", "check"), ("all new: filed, billed, booked", "file"),
            ("all known, XLSX: check", "check known xlsx"), ("all known, CSV: check", "check known"),
            ("all known: filed, billed, booked", "file"), ("the bill is paid", "pay"), ("each worker is told", "tell"),
        )  # fmt: skip
        for what, step in steps:
            found = part(step, folder)
            table.append([what, f"{found['seconds']:.1f} s", rate(MANY, found["seconds"]), f"{found['peak']:,} MiB"])
            print(" ", *table[-1], sep="  ", flush=True)
    return table


def main() -> None:
    if len(sys.argv) == 3:
        child(sys.argv[1], Path(sys.argv[2]))
        return
    measuring.django()
    from teduh.employers import reference
    from teduh.registry import actions

    actions.load_reference()
    reference.load_reference()
    with tempfile.TemporaryDirectory() as name:
        few, whole = part("thousand", Path(name)), part("month", Path(name))
    measuring.write(
        "returns",
        {"title": f"A wage return of {FEW:,} workers", "columns": ["what", "seconds", "workers"], "rows": few["rows"]},
        {"title": f"A month of {FIRMS:,} employers with {EACH} workers each", "columns": ["what", "seconds", "workers"],
         "rows": whole["rows"]},
        {"title": f"A wage return of {MANY:,} workers, each step in a process of its own",
         "columns": ["what", "seconds", "workers", "peak of memory"], "rows": big()},
    )  # fmt: skip


if __name__ == "__main__":
    main()
