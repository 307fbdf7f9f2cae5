"""A past month again, under the law of that time, beside what was booked for it: every row must come out the same."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from teduh.law import codes, columns, scenarios
from teduh.law.scenarios import Scenario
from teduh.national import groups, people, run, schema
from teduh.national.job import Asked, Column, Kind, Result
from teduh.national.store import Store

SHARES = codes.BILL[:9]
FACTS = ("income", "risk_class", "programmes", "payer", "labour_intensive", "workers", "paid_late", "eligible_2020")
READS = ("id", "segment", "regency", "sector", "birth", *FACTS, *(f"booked_{name}" for name in SHARES))
#: The day that stands for one after every relief's last day.
NEVER = 99_991_231

WRITES = (
    Column("booked", "int64", "dibukukan (rupiah)", "booked (rupiah)"),
    Column("replayed", "int64", "dihitung ulang (rupiah)", "computed again (rupiah)"),
    Column("apart", "int64", "selisih semua bagian (rupiah)", "difference of all shares (rupiah)"),
    Column("differs", "uint8", "1 bila tidak sama", "1 if not the same"),
    *(Column(f"more_{name}", "int64", f"selisih {name} (rupiah)", f"difference of {name} (rupiah)") for name in SHARES),
)


@functools.lru_cache(maxsize=4)
def _scenario(text: str | None) -> Scenario | None:
    return scenarios.read(text) if text else None


def compute(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """Every row of the shard. `values["scenario"]` (TOML text), if given, replays under that law instead: to see what
    a replay notices."""
    rows = len(read["id"])
    out = np.zeros((len(WRITES), rows), np.int64)
    if rows:
        booked = np.stack([read[f"booked_{name}"] for name in SHARES]).astype(np.int64)
        again = columns.assess_block(_columns(read, asked), _scenario(asked.values.get("scenario")))
        replayed = again[: len(SHARES)]
        out[0], out[1] = booked[:6].sum(axis=0), replayed[:6].sum(axis=0)
        out[4:] = replayed - booked
        out[2] = np.abs(out[4:]).sum(axis=0)
        out[3] = (out[2] > 0) | (again[-1] != 0)
    return Result(read["id"], out, groups.of(read, asked.month.last))


def _columns(read: Mapping[str, np.ndarray], asked: Asked) -> dict[str, Any]:
    """The facts as the law's columns; what decides nothing for a segment is left at its neutral value."""
    return {
        "segment": read["segment"],
        "month": people.number(asked.month),
        "amount": read["income"],
        "programmes": read["programmes"],
        "sector": (read["sector"] == people.TRANSPORT).astype(np.int64) * codes.TRANSPORT,
        "risk_class": np.maximum(read["risk_class"], 1),
        "paid_by_government": read["payer"] == schema.GOVERNMENT,
        "labour_intensive": read["labour_intensive"],
        "workers": np.where(read["workers"] < 0, codes.RATE_UNIT, read["workers"]),
        "paid_on": np.where(read["paid_late"] > 0, NEVER, 0),
        "eligible_2020": read["eligible_2020"],
    }


@dataclass(frozen=True, slots=True)
class Difference:
    """A row that came out otherwise: its surrogate key, the facts it was computed from, and the shares that differ
    (booked, computed again)."""

    row: int
    facts: dict[str, int]
    shares: dict[str, tuple[int, int]]


def differences(target: str, *, limit: int = 20) -> list[Difference]:
    """The first rows of a finished replay that are not as they were booked; empty when all are."""
    manifest = run.snapshot(target)
    if not manifest["sums"]["differs"]:
        return []
    results, source = Store(target), Store(manifest["snapshot"]["address"])
    files = [one["file"] for one in run.snapshot(manifest["snapshot"]["address"])["shards"]]
    found: list[Difference] = []
    for number, one in enumerate(manifest["shards"]):
        table = results.table(one["file"])
        rows = table.filter(table.column("differs").to_numpy() > 0).slice(0, limit - len(found)).to_pylist()
        for row in rows:
            facts = source.only(files[number], row["id"], list(READS))
            found.append(_difference(row, facts or {}))
        if len(found) >= limit:
            break
    return found


def _difference(row: dict[str, int], facts: dict[str, int]) -> Difference:
    shares = {
        name: (facts.get(f"booked_{name}", 0), facts.get(f"booked_{name}", 0) + row[f"more_{name}"])
        for name in SHARES
        if row[f"more_{name}"]
    }
    return Difference(row=row["id"], facts={name: facts[name] for name in ("segment", *FACTS) if name in facts},
                      shares=shares)  # fmt: skip


KINDS = {"replay": Kind("replay", READS, WRITES, compute, text=("replay",))}
