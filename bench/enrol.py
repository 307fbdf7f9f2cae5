"""From a sheet of people to the register: the check and the commit apart, against bare COPY and joining one by one."""

from __future__ import annotations

import datetime as dt
import os
import sys
from typing import Any

import measuring
from measuring import rate, timed

ON = dt.date(2026, 11, 22)
ROWS = int(os.environ.get("TEDUH_BENCH_ROWS", "10000"))
ONE_BY_ONE = 300


def file(kind: str, seed: int) -> tuple[bytes, str]:
    """A sheet of people whom nobody has enrolled yet."""
    from tests.data.sheets import people

    made = people.make(ROWS, seed=seed)
    return (people.plain_xlsx if kind == "xlsx" else people.plain_csv)(made), f"bench.{kind}"


def enrolled(kind: str, seed: int) -> list[list[Any]]:
    """Seconds of checking and of committing one file."""
    from teduh.core import clock
    from teduh.journeys.joining import enrol_file
    from teduh.security.access import SYSTEM

    content, name = file(kind, seed)
    checking, found = timed(lambda: enrol_file.check(content=content, name=name, by=SYSTEM, on=ON))
    committing, done = timed(lambda: enrol_file.commit(file=found.id, by=SYSTEM, on=ON, at=clock.now()))
    assert done.counts == {"enrolled": ROWS}, done.counts
    sending, sheet = timed(lambda: enrol_file.mended_sheet(file=found.id, by=SYSTEM))
    assert sheet
    whole = checking + committing
    return [
        [f"{kind.upper()}: check (every row understood and kept)", f"{checking:.2f} s", rate(ROWS, checking)],
        [f"{kind.upper()}: commit (law, register, evidence, audit)", f"{committing:.2f} s", rate(ROWS, committing)],
        [f"{kind.upper()}: from file to register", f"{whole:.2f} s", rate(ROWS, whole)],
        [f"{kind.upper()}: the sheet with what to mend, as XLSX", f"{sending:.2f} s", rate(ROWS, sending)],
    ]


def copied() -> list[list[Any]]:
    """The same rows of people, encrypted and indexed already, by bare COPY into a table like theirs."""
    from django.db import connection, transaction

    def work() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_person (LIKE registry_person INCLUDING ALL)")
            with cursor.cursor.copy("COPY bench_person FROM STDIN (FORMAT binary)") as stream:
                stream.write(packed)

    with connection.cursor() as cursor:
        copy = f"COPY (SELECT * FROM registry_person ORDER BY id LIMIT {ROWS}) TO STDOUT (FORMAT binary)"
        with cursor.cursor.copy(copy) as stream:
            packed = b"".join(bytes(part) for part in stream)
    seconds, _ = timed(work)
    return [["bare COPY of the people alone, with their indexes", f"{seconds:.2f} s", rate(ROWS, seconds)]]


def one_by_one(seed: int) -> list[list[Any]]:
    """Joining each by himself, as the page does."""
    from teduh.core import clock
    from teduh.journeys.joining import join
    from teduh.registry.facts import newcomer
    from teduh.security.access import SYSTEM
    from tests.data.sheets import people

    def work() -> None:
        for one in people.make(ONE_BY_ONE, seed=seed):
            said = {"nik": one.nik, "name": one.name, "birth_date": one.birth, "sex": one.sex, "phone": one.phone,
                    "income": one.income, "occupation": "nelayan", "consent": ("membership",)}  # fmt: skip
            join.join(newcomer=newcomer(said), by=SYSTEM, on=ON, channel="officer", at=clock.now())

    seconds, _ = timed(work)
    return [
        [f"one by one (measured on {ONE_BY_ONE})", f"{seconds / ONE_BY_ONE * ROWS:.1f} s", rate(ONE_BY_ONE, seconds)]
    ]


def main() -> int:
    measuring.django()
    from teduh.registry import actions

    actions.load_reference()
    for seed in range(80, 82):  # a warm-up: caches, and a register that is not empty
        enrolled("csv", seed)
    rows = [*enrolled("csv", 11), *enrolled("xlsx", 12), *one_by_one(13), *copied()]
    measuring.write(
        "enrol",
        {"title": f"Enrolling a sheet of {ROWS:,} people", "columns": ["what", "seconds", "rows"], "rows": rows},
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
