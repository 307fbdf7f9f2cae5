"""One shard in, one shard out: the function that every engine runs, and what a kind of run must say of itself.

A result's file names in its metadata all that it was made from (its `stamp`); found again, it is left alone. So a job
done twice, or by two workers at once, is harmless, and nobody has to remember what was done.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import numba
import numpy as np
import pyarrow as pa

from teduh.law import rulebook
from teduh.law.months import Month
from teduh.national import counting
from teduh.national.store import Store

HERE = Path(__file__).parent


class Result(NamedTuple):
    """What a kind makes of a shard: `ids` of the rows, `values` one row of 64-bit numbers for each of its columns, and
    who they are (`groups`: segment, province, sector, age band), for the totals; `lists` are ragged columns more."""

    ids: np.ndarray
    values: np.ndarray
    groups: np.ndarray
    lists: Mapping[str, pa.Array] = MappingProxyType({})


class Column(NamedTuple):
    """A column of a result: its Arrow type, and what it says (units!). `summed`: its sum means something."""

    name: str
    arrow: str
    id: str
    en: str
    summed: bool = True


@dataclass(frozen=True)
class Kind:
    """A kind of run: what it reads of a shard, what it writes, and the function between. `text`: modules whose words
    decide its results, besides the law's."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[Column, ...]
    compute: Callable[[Mapping[str, np.ndarray], Asked], Result]
    text: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked of every shard: the kind by name, the month (or the last of a year), and the kind's own values."""

    kind: str
    month: Month
    values: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "month": str(self.month), "values": dict(self.values)}


@dataclass(frozen=True, kw_only=True)
class Shard:
    """A job: one file of the snapshot, where its result goes, and what is asked."""

    asked: Asked
    source: str
    target: str
    file: str
    made_from: str
    number: int

    @property
    def result(self) -> str:
        return f"{self.asked.kind}-{self.number:05d}.parquet"


#: Where each kind is found; loaded when it is first asked for, so that one needs no other.
KINDS = {
    "assess": "teduh.national.assess",
    "standing": "teduh.national.standing",
    "accrue": "teduh.national.accrue",
    "pension": "teduh.national.pension",
    "what_if": "teduh.national.what_if",
    "replay": "teduh.national.replay",
    "savings": "teduh.national.histories",
    "wages": "teduh.national.histories",
}


def kind(name: str) -> Kind:
    """The kind of run called `name`; one of your own by its module, as `module.name`."""
    return importlib.import_module(KINDS.get(name) or name.rpartition(".")[0]).KINDS[name]


@functools.cache
def text(name: str) -> str:
    """Names everything a kind's results depend on besides the snapshot: its own code, this one, and the rulebook."""
    files = [HERE / f"{module}.py" for module in ("job", "counting", "groups", "people", *kind(name).text)]
    digest = hashlib.sha256("\0".join((rulebook.version(), sys.version, numba.__version__, pa.__version__)).encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def stamp(shard: Shard) -> str:
    """Names a result by all it is made from: the shard's own contents, what was asked, rules, values and code."""
    said = json.dumps([shard.made_from, shard.asked.as_dict(), text(shard.asked.kind)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def run(shard: Shard) -> dict[str, Any]:
    """Do one shard unless its result is there; what the result says of itself. Every engine runs this."""
    mark, target = stamp(shard), Store(shard.target)
    said = target.said(shard.result)
    if said is not None and said["stamp"] == mark:
        return said | {"found": True}
    return _made(shard, mark, target)


def _made(shard: Shard, mark: str, target: Store) -> dict[str, Any]:
    what = kind(shard.asked.kind)
    table = Store(shard.source).table(shard.file, columns=list(what.reads))
    read = {name: _numbers(table.column(name)) for name in what.reads}
    result = what.compute(read, shard.asked)
    said = {
        "stamp": mark,
        "file": shard.result,
        "number": shard.number,
        "read": table.num_rows,
        "rows": len(result.ids),
        "checksum": f"{int(counting.digest(result.ids, result.values)):016x}",
        "sums": {c.name: int(v.sum()) for c, v in zip(what.writes, result.values, strict=True) if c.summed},
        "tally": counting.tally(result.groups, result.values, [k for k, c in enumerate(what.writes) if c.summed]),
    }
    packed = dict.fromkeys(("id", *(column.name for column in what.writes)), "DELTA_BINARY_PACKED")
    target.write(
        shard.result, arrow(what, result).replace_schema_metadata({"teduh": json.dumps(said)}),
        compression="none", row_group_size=max(len(result.ids), 1), use_dictionary=False, column_encoding=packed,
    )  # fmt: skip
    return said | {"found": False}


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    """A column as numbers; a date is its days since 1970."""
    whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if pa.types.is_date32(whole.type):
        whole = whole.view(pa.int32())
    if pa.types.is_list(whole.type):
        return whole
    return whole.to_numpy(zero_copy_only=False)


def arrow(what: Kind, result: Result) -> pa.Table:
    """A result as an Arrow table."""
    columns = {"id": pa.array(result.ids)}
    for column, values in zip(what.writes, result.values, strict=True):
        columns[column.name] = _typed(values, column.arrow)
    return pa.table({**columns, **result.lists})


def _typed(values: np.ndarray, kind: str) -> pa.Array:
    if kind == "int64":
        return pa.array(values)
    narrow = pa.array(values.astype("i4"))
    return narrow.view(pa.date32()) if kind.startswith("date") else narrow.cast(kind)


def described(what: Kind) -> list[dict[str, str]]:
    """The result's columns, for a manifest."""
    return [{"name": "id", "type": "int64", "id": "kunci pengganti", "en": "surrogate key"}] + [
        {"name": c.name, "type": c.arrow, "id": c.id, "en": c.en} for c in what.writes
    ]


#: What every kind reads to say whose its totals are.
WHO = ("id", "segment", "regency", "sector", "birth")
