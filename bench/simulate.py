"""How fast a synthetic population is made, beside the usual way: numpy's generators and Parquet as it comes.

    python bench/simulate.py [--people 10000000] [--workers 2]

Both make the same columns from the same tables, on the same disk, in turns. Teduh's way also checks (a checksum of
every row, sums, SHA-256 of the files) and counts what it compares with the published figures. The usual way draws each
column for a shard of a million with `numpy.random.Generator` (choice by searching cumulated weights, `lognormal`),
a generator spawned for each shard so that it, too, runs on all cores, and writes Parquet with PyArrow's defaults.
"""

from __future__ import annotations

import argparse
import functools
import json
import multiprocessing
import os
import platform
import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from teduh.national import population, published, schema, shards, shares  # noqa: E402

OUT = HERE / "out" / "simulate.json"


def peak() -> float:
    """This process's largest memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ours(shard: population.Shard) -> float:
    population.write(shard)
    return peak()


def _choice(chance: np.random.Generator, weights: list[float], rows: int) -> np.ndarray:
    total = np.cumsum(weights)
    return np.searchsorted(total, chance.random(rows) * total[-1], side="right")


@functools.cache
def _weights() -> tuple[list[int], list[list[float]], list[list[float]]]:
    cells = [part for row in shares.members() for part in row]
    return cells, shares.bpu_occupations(), shares.firm_sectors()


def usual(shard: population.Shard) -> float:
    """The same columns by numpy, a column at a time."""
    chance, rows = np.random.default_rng([shard.spec.seed, shard.number]), shard.rows
    cells, works, sectors = _weights()
    provinces = np.array([int(code) for code in published.provinces()])
    cell = _choice(chance, cells, rows)
    standing, province = cell // len(provinces), cell % len(provinces)
    known = published.districts()
    codes = np.array(list(known))
    first, last = np.searchsorted(codes, provinces * 100), np.searchsorted(codes, provinces * 100 + 99)
    regency = codes[chance.integers(first[province], last[province])]
    sizes = np.array([len(parts) for parts in known.values()])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    at = np.searchsorted(codes, regency)
    district = np.concatenate(list(known.values()))[starts[at] + chance.integers(0, sizes[at])]
    segment = np.array([segment for segment, _ in shares.STANDINGS])[standing]
    active = np.array([active for _, active in shares.STANDINGS])[standing]
    pu, bpu, pmi = (segment == one for one in (schema.PU, schema.BPU, schema.PMI))
    work, sector = np.zeros(rows, "i8"), np.zeros(rows, "i8")
    for p in range(len(provinces)):
        here = np.flatnonzero(bpu & (province == p))
        work[here] = _choice(chance, works[p], len(here))
        here = np.flatnonzero(pu & (province == p))
        sector[here] = _choice(chance, sectors[p], len(here))
    minimum = np.array(list(published.minimum_wages().values()))
    wage = minimum[province] * np.maximum(1, chance.lognormal(np.log(1.25), 0.5, rows))
    declared = np.clip(chance.lognormal(np.log(1250), 0.45, rows), 500, 20_700).astype("i8") * 1000
    income = np.where(bpu, declared, wage.astype("i8"))
    firm = np.where(chance.random(rows) < 0.06, chance.integers(0, 700_000, rows), chance.random(rows) ** 4 * 162_000)
    month = 2026 * 12 + 3
    paid = month - np.where(active, _choice(chance, [4, 8, 52, 18, 11, 7], rows) - 2, chance.geometric(0.04, rows) + 3)
    joined = np.maximum(paid - chance.geometric(0.0417, rows), 2014 * 12)
    land = np.where(pmi, 1 + _choice(chance, list(shares.destinations().values()), rows), 0)
    held = _choice(chance, [0.2945, 0.1292, 0.0384, 0.5379], rows)
    columns = (
        np.arange(shard.first, shard.first + rows), segment, active, regency, district,
        chance.integers(-3200, 13_900, rows), 1 + (chance.random(rows) < 0.37), work, sector, income,
        np.where(pu, 1 + _choice(chance, [3, 3, 2, 1, 1], rows), 0), np.array([3, 7, 15, 31])[np.where(pu, held, 0)],
        1 + (chance.random(rows) < 0.3), np.where(pu, firm, 0), _choice(chance, [6, 9, 50, 35], rows) * pu,
        joined // 12 * 100 + joined % 12 + 1, paid // 12 * 100 + paid % 12 + 1, land, np.where(pmi, 24, 0),
        np.where(pmi, 202_600 + chance.integers(1, 5, rows), 0),
    )  # fmt: skip
    kinds = [column.numpy for column in schema.COLUMNS.values()]
    arrays = [pa.array(values.astype(kind)) for values, kind in zip(columns, kinds, strict=True)]
    pq.write_table(pa.table(dict(zip(schema.COLUMNS, arrays, strict=True))), shard.path)
    return peak()


def measure(job, *, people: int, workers: int) -> dict:
    """Seconds, work, bytes and memory of one way, processes and their start included."""
    folder = Path(tempfile.mkdtemp(prefix="teduh-bench-"))
    try:
        spec = population.Spec(people=people, seed=1)
        planned = population.plan(spec, folder=folder, shard_rows=population.SHARD_ROWS)
        began, worked = time.perf_counter(), _cpu()
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
            peaks = sorted(pool.map(job, planned))
        took, worked = time.perf_counter() - began, _cpu() - worked
        size = sum(path.stat().st_size for path in folder.glob("*.parquet"))
    finally:
        shutil.rmtree(folder)
    together = sum(peaks[-workers:]) + peak()
    return {"seconds": took, "cpu": worked, "bytes": size / people, "mib": together}


def _cpu() -> float:
    """Seconds that finished children have worked; a busy machine changes them less than the clock."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000_000)
    parser.add_argument("--workers", type=int, default=min(2, shards.cores()))
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:  # compile and keep once: not part of either way
        population.simulate(population.Spec(people=1_000, seed=1), folder=Path(folder), workers=1)
    ways = {"Teduh": ours, "numpy, PyArrow's defaults": usual}
    rounds = [
        {name: measure(job, people=asked.people, workers=asked.workers) for name, job in ways.items()}
        for _ in range(asked.rounds)
    ]
    found = {name: {key: median(one[name][key] for one in rounds) for key in rounds[0][name]} for name in ways}
    slow = found["numpy, PyArrow's defaults"]
    rows = [
        [
            name, f"{one['seconds']:.1f}", f"{asked.people / one['seconds']:,.0f}", f"{one['cpu']:.1f}",
            f"{slow['cpu'] / one['cpu']:.1f}", f"{one['bytes']:.1f}", f"{one['mib']:,.0f}",
        ]
        for name, one in found.items()
    ]  # fmt: skip
    result = {
        "title": f"A synthetic population of {asked.people:,}, {asked.workers} processes, median of {asked.rounds}",
        "columns": [
            "way",
            "seconds",
            "people a second",
            "CPU seconds",
            "times less work",
            "bytes a person",
            "peak MiB, all processes",
        ],
        "rows": rows,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
        "repeat": f"python bench/simulate.py --people {asked.people} --workers {asked.workers}",
    }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
