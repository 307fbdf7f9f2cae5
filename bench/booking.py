"""Results for millions, booked into PostgreSQL piece by piece, beside bare COPY of the very same rows and indexes.

    python bench/run.py booking          (BENCH_PEOPLE=200000 for a short one)

Synthetic people are given this database's surrogate keys, so that their results are its own. Every time is with all
that booking does, over two connections: reading and checking the files, opening the keys, marks, the final sums,
showing the partition.
Bare COPY reads its rows from a file that PostgreSQL wrote, into a table with the same columns and indexes and nothing
else (no checks, no triggers), in one transaction; text and binary, and both are repeated beside each booking.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import measuring

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "5000000"))
SHARD_ROWS = 500_000
REPEATS = int(os.environ.get("BENCH_REPEATS", "2"))
BLOCK = 1 << 20
AT = dt.datetime(2026, 5, 4, 5, tzinfo=dt.UTC)


def lines(folder: Path, kinds: dict[int, int]) -> Iterator[bytes]:
    """The rows of a synthetic snapshot as a database would give them: numbers of rows in place of surrogate keys."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from teduh.national.surrogates import KINDS

    for path in sorted(folder.glob("*.parquet")):
        table = pq.read_table(path)
        of = np.zeros(8, np.int64)
        of[list(kinds)] = list(kinds.values())
        ids = table.column("id").to_numpy() * KINDS + of[table.column("segment").to_numpy()]
        table = table.set_column(0, "id", pa.array(ids))
        at = table.schema.get_field_index("birth")
        table = table.set_column(at, "birth", table.column("birth").cast(pa.int32()))
        yield from as_csv(table)


def accounts(count: int) -> Iterator[bytes]:
    """Accounts with balances of Rp100,000 to Rp100 million and a contribution in each month."""
    import numpy as np
    import pyarrow as pa

    from teduh.national.surrogates import KINDS, PERSON

    chance = np.random.default_rng(1)
    for first in range(0, count, SHARD_ROWS):
        rows = min(SHARD_ROWS, count - first)
        ids = (np.arange(first + 1, first + rows + 1)) * KINDS + PERSON
        who = [np.full(rows, 2), np.full(rows, 3301), np.full(rows, 3), chance.integers(-3000, 12_000, rows)]
        money = [chance.integers(100_000, 100_000_000, rows), np.zeros(rows, np.int64)]
        money += [chance.integers(20_000, 600_000, rows) for _ in range(12)]
        columns = [ids, *who, *money]
        yield from as_csv(pa.table(dict(zip(map(str, range(len(columns))), columns, strict=True))))


def as_csv(table: Any) -> list[bytes]:
    from pyarrow import csv

    out = io.BytesIO()
    csv.write_csv(table, out, csv.WriteOptions(include_header=False))
    return out.getvalue().splitlines(keepends=True)


def made(folder: Path) -> tuple[str, str]:
    """Results to book: everyone's contributions for a month, and returns on everyone's savings for a year."""
    from teduh.journeys.nation import columns as nation_columns
    from teduh.journeys.nation import snapshots
    from teduh.law.months import Month
    from teduh.national import population, run, snapshot
    from teduh.national.job import Asked
    from teduh.national.surrogates import EMPLOYMENT, ENROLMENT, PLACEMENT, PROJECT_WORKER

    def keyed(name: str, what: str, month: Month, rows: Iterator[bytes]) -> str:
        _, layout = nation_columns.KINDS_OF_SNAPSHOT[what]
        asked = snapshot.Asked(what=what, as_of=month.last, month=month, shard_rows=SHARD_ROWS)
        snapshot.write(rows=rows, layout=layout, asked=asked, keys=snapshots.keys(),
                       target=str(folder / f"{name}-keyed"))  # fmt: skip
        return str(folder / f"{name}-keyed")

    spec = population.Spec(people=PEOPLE, seed=1, active_only=True)
    population.simulate(spec, folder=folder / "people", shard_rows=SHARD_ROWS)
    april, year = Month(2026, 4), Month(2020, 12)
    kinds = {1: ENROLMENT, 2: EMPLOYMENT, 3: PROJECT_WORKER, 4: PLACEMENT}
    people = keyed("people", "people", april, lines(folder / "people", kinds))
    savings = keyed("savings", "savings", year, accounts(PEOPLE))
    run.start(Asked(kind="assess", month=april), source=people, target=str(folder / "assess"))
    run.start(Asked(kind="accrue", month=year, values={"rate": 563_000, "declared": True}), source=savings,
              target=str(folder / "accrue"))  # fmt: skip
    return str(folder / "assess"), str(folder / "accrue")


def booked(target: str, *, two_people: bool) -> tuple[float, Any]:
    """Seconds of the booking, and the booking."""
    from teduh.journeys.nation import booking
    from teduh.security.access import SYSTEM, Actor
    from teduh.security.models import User

    if two_people:
        users = [User.objects.create(username=name, role="operator", password="!") for name in ("a", "b")]
        first, second = (Actor(user=user.id, name=user.username, role="operator") for user in users)
        waits = booking.propose(target=target, by=first, on=AT.date(), why="bench")
        booking.approve(booking=waits.id, by=second, on=AT.date())
    return measuring.timed(lambda: booking.book(target=target, by=SYSTEM, on=AT.date(), at=AT))


def bare(table: str, parent: str, folder: Path, form: str) -> float:
    """Seconds of bare COPY of the rows of `table` into one with the same columns and indexes."""
    from django.db import connection, transaction

    path = folder / f"{table}.{form}"
    with connection.cursor() as cursor:
        if not path.exists():
            with path.open("wb") as file, cursor.copy(f"COPY {table} TO STDOUT (FORMAT {form})") as stream:
                for block in stream:
                    file.write(block)
        cursor.execute(f"DROP TABLE IF EXISTS bare; CREATE TABLE bare (LIKE {parent} INCLUDING INDEXES); CHECKPOINT")
    began = time.perf_counter()
    wanted = f"COPY bare FROM STDIN (FORMAT {form})"
    with transaction.atomic(), connection.cursor() as cursor, path.open("rb") as file, cursor.copy(wanted) as stream:
        while block := file.read(BLOCK):
            stream.write(block)
    return time.perf_counter() - began


def measured(title: str, target: str, parent: str, folder: Path, *, two_people: bool = False) -> list[list[str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    seconds, row = booked(target, two_people=two_people)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {parent}_{row.id}")
        rows = cursor.fetchone()[0]
    times = {form: sorted(bare(f"{parent}_{row.id}", parent, folder, form) for _ in range(REPEATS))
             for form in ("text", "binary")}  # fmt: skip
    found = [[f"{title}, booked in {row.pieces} pieces", f"{rows:,}", f"{seconds:.1f} s", f"{rows / seconds:,.0f}", ""]]
    for form, each in times.items():
        best = each[0]
        found.append([f"bare COPY of the same rows, {form}", f"{rows:,}", f"{best:.1f} s", f"{rows / best:,.0f}",
                      f"booking at {100 * best / seconds:.0f} % of its speed"])  # fmt: skip
    return found


def main() -> None:
    measuring.django()
    with tempfile.TemporaryDirectory(prefix="teduh-bench-booking-") as name:
        folder = Path(name)
        assess, accrue = made(folder)
        rows = measured("what everyone owes for a month", assess, "contributions_expectation", folder)
        rows += measured("a year's return on savings", accrue, "ledger_accrual", folder, two_people=True)
    measuring.write(
        "booking",
        {
            "title": "Results of runs booked into PostgreSQL",
            "columns": ["what", "rows", "time", "rows a second", "against"],
            "rows": rows,
            "note": "Bare COPY: the best of its repeats, one stream, no checks. Booking: all of it, two connections.",
        },
    )


if __name__ == "__main__":
    main()
