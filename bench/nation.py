"""The law over a nation, beside the same pass without the law, and beside OpenFisca-Core on the same rules.

    python bench/nation.py [--people 40000000] [--accounts 40000000] [--pensions 1000000] [--openfisca 1000000,10000000]

Each run and its copy (`nation_copies.py`) read and write the same number of columns of the same shards with the same
code, on the same cores, in turns. Seconds are those of the whole run: processes, reading, computing, totals, checksum,
writing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from teduh.law import codes, columns, compiled  # noqa: E402
from teduh.law.months import Month  # noqa: E402
from teduh.national import people, population, run, schema, shards  # noqa: E402
from teduh.national.job import Asked  # noqa: E402

MONTH, DECEMBER = Month(2026, 4), Month(2025, 12)
RATE = 563_000
SHARD_ROWS = 1_000_000
MACHINE = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def peak() -> float:
    """The largest memory of any process of this run so far, in MiB."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / 1024


def timed(kind: str, source: Path, *, month: Month, **values: Any) -> tuple[float, dict[str, Any]]:
    """Seconds of a run whose results are thrown away, and its manifest with the bytes it wrote."""
    target = Path(tempfile.mkdtemp(prefix="teduh-nation-", dir=source.parent))
    try:
        began = time.perf_counter()
        made = run.start(Asked(kind=kind, month=month, values=values), source=str(source), target=str(target),
                         engine=run.local(min(2, shards.cores())))  # fmt: skip
        took = time.perf_counter() - began
        return took, made | {"bytes": sum(path.stat().st_size for path in target.glob("*.parquet"))}
    finally:
        shutil.rmtree(target)


def beside(kind: str, source: Path, *, month: Month, rounds: int, **values: Any) -> list[Any]:
    """One line: a run, its copy, and their ratio, medians of `rounds` in turns."""
    ours, copies, made, copy = [], [], {}, {}
    for _ in range(rounds):
        took, copy = timed(f"nation_copies.{kind}", source, month=month, **values)
        copies.append(took)
        took, made = timed(kind, source, month=month, **values)
        ours.append(took)
    mine, other = median(ours), median(copies)
    size = f"{made['bytes'] / max(made['rows'], 1):.1f} / {copy['bytes'] / max(copy['rows'], 1):.1f}"
    return [f"{kind} {made['read']:,}", f"{mine:.1f} s", f"{made['read'] / mine:,.0f}/s", f"{other:.1f} s",
            f"{mine / other:.2f}", size, f"{peak():,.0f}"]  # fmt: skip


def openfisca(sizes: list[int]) -> list[list[Any]]:
    """The same people in memory: our columns on one thread and on two, and OpenFisca-Core."""
    import nation_openfisca as other

    engine, rows = other.system(), []
    for size in sizes:
        given = in_memory(size)
        theirs = [other.seconds(engine, given | {"income": given["amount"]}) for _ in range(3)]
        slow, found = median(took for took, _ in theirs), theirs[-1][1]
        arrays = tuple(values if (values != values[0]).any() else values[:1] for values in given.values())
        out = np.empty((len(codes.BILL), len(arrays[0])), np.int64)
        one, two = (median([_ours(arrays, out, threads) for _ in range(10)][1:]) for threads in (1, 2))
        wrong = (found["total"].astype(np.int64) != out[codes.BILL.index("total")]).mean()
        rows.append([f"{len(arrays[0]):,}", f"{slow:.2f} s", f"{one:.3f} s", f"{slow / one:.1f}", f"{two:.3f} s",
                     f"{slow / two:.1f}", f"{wrong:.2%}"])  # fmt: skip
    return rows


def in_memory(size: int) -> dict[str, np.ndarray]:
    """The law's columns of synthetic people who owe something in the month."""
    made = population.people(population.Spec(people=size, seed=1, active_only=True))._asdict()
    who = people.owing(made, MONTH)
    given = compiled.COLUMNS | people.columns({name: made[name][who] for name in schema.People._fields}, MONTH)
    return {k: np.ascontiguousarray(np.broadcast_to(v, len(who)), dtype=np.int64) for k, v in given.items()}


def _ours(arrays: tuple[np.ndarray, ...], out: np.ndarray, threads: int) -> float:
    rows, steps = out.shape[1], np.array([len(a) > 1 for a in arrays], np.int64)
    cuts = [slice(rows * n // threads, rows * (n + 1) // threads) for n in range(threads)]
    parts = [
        (tuple(a[cut] if len(a) > 1 else a for a in arrays), steps, *compiled.table(), out[:, cut]) for cut in cuts
    ]
    with ThreadPoolExecutor(threads) as pool:
        began = time.perf_counter()
        list(pool.map(lambda part: compiled.run(*part), parts))
        return time.perf_counter() - began


def start_up() -> list[list[Any]]:
    """Seconds to the first traced answer after import, and of the compiled law's first call in a new process."""
    traced = """
import time
from teduh.law import assessment; from teduh.law.facts import WageEarner; from teduh.law.months import Month
began = time.perf_counter(); assessment.assess(WageEarner(wage=5_000_000), month=Month(2026, 4))
print(time.perf_counter() - began)
"""
    loaded = """
import time; began = time.perf_counter(); from teduh.law import columns
columns.assess_columns(segment="wage_earner", month=202604, amount=5_000_000); print(time.perf_counter() - began)
from teduh.law import compiled; d = compiled.module().assess_rows; print(sum(d.stats.cache_misses.values()))
"""

    def said(text: str) -> list[str]:
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, cwd=HERE.parent)
        return done.stdout.split()

    first = median(float(said(traced)[0]) for _ in range(5))
    said(loaded)
    seconds, misses = said(loaded)
    return [
        ["first traced answer after import", f"{1000 * first:.1f} ms"],
        ["NumPy, Numba and the compiled law, first answer", f"{float(seconds):.2f} s"],
        ["rules compiled by a second process", misses],
    ]


def line(sizes: list[int], folder: Path) -> list[list[Any]]:
    """Seconds of an assessment for growing numbers of people, for the chart."""
    found = []
    for size in sizes:
        source = folder / f"people-{size}"
        population.simulate(
            population.Spec(people=size, seed=1, active_only=True), folder=source, shard_rows=SHARD_ROWS
        )
        took, _ = timed("assess", source, month=MONTH)
        found.append([size, round(took, 2)])
        if size != max(sizes):
            shutil.rmtree(source)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40_000_000)
    parser.add_argument("--accounts", type=int, default=40_000_000)
    parser.add_argument("--pensions", type=int, default=1_000_000)
    parser.add_argument("--openfisca", default="1000000,10000000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory-only", action="store_true", help="only beside OpenFisca-Core; keep the other tables")
    asked = parser.parse_args()
    if asked.memory_only:
        keep(in_memory_table(openfisca([int(size) for size in asked.openfisca.split(",")])))
        return
    columns.assess_columns(segment="wage_earner", month=202604, amount=5_000_000)  # compile and keep once
    with tempfile.TemporaryDirectory(prefix="teduh-nation-") as name:
        folder = Path(name)
        sizes = sorted({max(1_000, asked.people * n // 40) for n in (1, 5, 10, 20, 40)})
        grown = line(sizes, folder)
        source = folder / f"people-{sizes[-1]}"
        rows = [beside(kind, source, month=MONTH, rounds=asked.rounds) for kind in ("assess", "standing")]
        rows.append(_accounts(asked, folder, source))
        rows.append(_pensions(asked, folder))
    fisca = openfisca([int(size) for size in asked.openfisca.split(",") if size])
    write(rows, grown, fisca, start_up(), asked)


def _accounts(asked: argparse.Namespace, folder: Path, source: Path) -> list[Any]:
    """Accounts enough: of the people already there, and of more if they hold too few."""
    share = 0.46  # of active members have a JHT account
    more = folder / "more"
    if asked.accounts > asked.people * share:
        shutil.rmtree(source)
        need = int(asked.accounts / share)
        population.simulate(
            population.Spec(people=need, seed=2, active_only=True), folder=more, shard_rows=2 * SHARD_ROWS
        )
        source = more
    run.start(Asked(kind="savings", month=DECEMBER), source=str(source), target=str(folder / "savings"))
    shutil.rmtree(source)
    found = beside("accrue", folder / "savings", month=DECEMBER, rounds=asked.rounds, rate=RATE)
    shutil.rmtree(folder / "savings")
    return found


def _pensions(asked: argparse.Namespace, folder: Path) -> list[Any]:
    some = folder / "some"
    population.simulate(population.Spec(people=int(asked.pensions / 0.36), seed=3, active_only=True), folder=some,
                        shard_rows=SHARD_ROWS // 2)  # fmt: skip
    run.start(Asked(kind="wages", month=MONTH), source=str(some), target=str(folder / "wages"))
    return beside("pension", folder / "wages", month=MONTH, rounds=asked.rounds)


def in_memory_table(rows: list[Any]) -> dict[str, Any]:
    """The table beside OpenFisca-Core."""
    return {
        "title": "The same rules in memory: OpenFisca-Core, and ours",
        "columns": ["people", "OpenFisca-Core", "one thread", "times faster", "two threads", "times faster",
                    "totals wrong by 32-bit floats"],
        "rows": rows, "machine": MACHINE, "repeat": "python bench/nation.py --memory-only",
    }  # fmt: skip


def keep(table: dict[str, Any]) -> None:
    """Put one table among those of the last whole run."""
    path = HERE / "out" / "nation.json"
    said = json.loads(path.read_text("utf-8"))
    said["tables"] = [table if one["title"] == table["title"] else one for one in said["tables"]]
    path.write_text(json.dumps(said, indent=1) + "\n", "utf-8")
    print(json.dumps(table, indent=1))


def write(rows: list[Any], grown: list[Any], fisca: list[Any], started: list[Any], asked: argparse.Namespace) -> None:
    repeat = {"machine": MACHINE, "repeat": "python bench/run.py nation"}
    tables = [
        {
            "title": f"The law over everyone, Parquet to Parquet, 2 processes, medians of {asked.rounds}",
            "columns": ["run, rows", "seconds", "rows", "the same without the law", "times that",
                        "bytes a row: run / copy", "peak MiB of a process"],
            "rows": rows, **repeat,
        },
        {
            "title": "Assessing more and more people",
            "columns": ["people", "seconds", "microseconds a person"],
            "rows": [[f"{size:,}", took, f"{1e6 * took / size:.3f}"] for size, took in grown], **repeat,
        },
        in_memory_table(fisca),
        {"title": "Starting", "columns": ["what", "value"], "rows": started, **repeat},
    ]  # fmt: skip
    out = HERE / "out"
    out.mkdir(exist_ok=True)
    (out / "nation.json").write_text(json.dumps({"tables": tables, "line": grown}, indent=1) + "\n", "utf-8")
    print(json.dumps(tables, indent=1))


if __name__ == "__main__":
    main()
