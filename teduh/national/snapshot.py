"""Snapshots out of a database: a stream of rows as CSV becomes shards of Parquet with a manifest, and no name in it.

Only one shard's rows are held at a time. Row numbers become surrogate keys on the way, and a shard is put in their
order, so that neither number nor place leads back to a person. The manifest is written last: a folder without one is
no snapshot.
"""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import rulebook
from teduh.law.months import Month
from teduh.national import counting
from teduh.national.store import Store
from teduh.national.surrogates import FIRMS, Keys

MANIFEST = "manifest.json"
SHARD_ROWS = 1_000_000
#: Separates the numbers of a list on their way out of the database.
BETWEEN = ";"
SOURCE = "postgresql"


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A kind of snapshot: its columns by name with their Arrow type (`list<int32>` and the like among them), and those
    whose sum means something. `id` is a row's number and `employer` a firm's; both leave as surrogate keys."""

    what: str
    columns: dict[str, str]
    summed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a snapshot is of: the state of the data as of a day, for a month."""

    what: str
    as_of: dt.date
    month: Month
    shard_rows: int = SHARD_ROWS

    def as_dict(self) -> dict[str, Any]:
        return {"what": self.what, "as_of": self.as_of.isoformat(), "month": str(self.month),
                "shard_rows": self.shard_rows}  # fmt: skip


@dataclass
class _Made:
    """What is written so far."""

    shards: list[dict[str, Any]] = field(default_factory=list)
    rows: int = 0
    sums: dict[str, int] = field(default_factory=dict)


def found(address: str, *, asked: Asked, keys: Keys) -> dict[str, Any] | None:
    """The finished snapshot there, if it is the one that is asked for. Raises Refused if it is another."""
    said = Store(address).json(MANIFEST)
    if said is None:
        return None
    if said.get("asked") != asked.as_dict() or said.get("source") != _source(keys):
        raise Refused(
            "snapshot_is_there",
            Text(f"Di {address} sudah ada data lain.", f"Something else is kept at {address} already."),
            why=Text("Snapshot tidak pernah ditimpa.", "A snapshot is never written over."),
            then=Text("Pilih folder lain.", "Choose another folder."),
        )
    return said


def write(
    *,
    rows: Iterable[bytes],
    layout: Layout,
    asked: Asked,
    keys: Keys,
    target: str,
    progress: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """Write `rows` (a CSV line each, columns in the layout's order) as shards, then the manifest; which it returns."""
    store, made, lines = Store(target), _Made(sums=dict.fromkeys(layout.summed, 0)), iter(rows)
    store.make()
    _clear(store)
    for number in itertools.count():
        block = list(itertools.islice(lines, asked.shard_rows))
        if not block and number:
            break
        _shard(store, f"{layout.what}-{number:05d}.parquet", _table(block, layout, keys), layout, made)
        if progress:
            progress(made.rows)
    manifest = _manifest(layout, asked, keys, made)
    store.write_json(MANIFEST, manifest)
    return manifest


def _clear(store: Store) -> None:
    """What an interrupted snapshot left is no part of this one."""
    for name in store.names(suffix=".parquet"):
        if (store.said(name) or {}).get("snapshot"):
            store.remove(name)


def _table(block: list[bytes], layout: Layout, keys: Keys) -> pa.Table:
    """One shard's rows, under surrogate keys and in their order."""
    names = list(layout.columns)
    types = {name: pa.string() if kind.startswith("list") else pa.int64() for name, kind in layout.columns.items()}
    read = csv.read_csv(
        io.BytesIO(b"".join(block)), read_options=csv.ReadOptions(column_names=names, use_threads=False),
        convert_options=csv.ConvertOptions(column_types=types),
    ) if block else pa.table({name: pa.array([], kind) for name, kind in types.items()})  # fmt: skip
    closed = keys.close(read.column("id").to_numpy())
    order = np.argsort(closed, kind="stable")
    columns: dict[str, pa.Array] = {}
    for name, kind in layout.columns.items():
        whole = read.column(name).combine_chunks().take(pa.array(order))
        columns[name] = pa.array(closed[order]) if name == "id" else _typed(name, whole, kind, keys)
    return pa.table(columns)


def _typed(name: str, values: pa.Array, kind: str, keys: Keys) -> pa.Array:
    if name == "employer":
        numbers = values.to_numpy()
        return pa.array(np.where(numbers > 0, keys.close(numbers, FIRMS), 0).astype("i4"))
    if kind.startswith("list"):
        of = kind.removeprefix("list<").removesuffix(">")
        return pc.split_pattern(values, BETWEEN).cast(pa.list_(pa.type_for_alias(of)))
    return values.cast(pa.int32()).view(pa.date32()) if kind.startswith("date") else values.cast(kind)


def _shard(store: Store, name: str, table: pa.Table, layout: Layout, made: _Made) -> None:
    sums = {one: pc.sum(table.column(one)).as_py() or 0 for one in layout.summed}
    said = {"snapshot": layout.what, "rows": table.num_rows, "checksum": _checksum(table), "sums": sums}
    plain = [one for one, kind in layout.columns.items() if not kind.startswith("list")]
    store.write(
        name, table.replace_schema_metadata({"teduh": json.dumps(said)}), compression="none",
        row_group_size=max(table.num_rows, 1), use_dictionary=False,
        column_encoding=dict.fromkeys(plain, "DELTA_BINARY_PACKED"),
    )  # fmt: skip
    made.shards.append({"file": name, "rows": table.num_rows, "checksum": said["checksum"]})
    made.rows += table.num_rows
    made.sums = {one: made.sums[one] + value for one, value in sums.items()}


def _checksum(table: pa.Table) -> str:
    """Of every row and every number in it."""
    ids = table.column("id").to_numpy()
    plain, total = [], 0
    for column in table.columns[1:]:
        whole = column.combine_chunks()
        if pa.types.is_list(whole.type):
            owners = np.repeat(ids, np.diff(whole.offsets.to_numpy()))
            total += counting.digest(owners, whole.values.to_numpy()[None].astype(np.int64))
        else:
            plain.append((whole.view(pa.int32()) if pa.types.is_date32(whole.type) else whole).to_numpy())
    values = np.stack(plain).astype(np.int64) if plain else np.empty((0, len(ids)), np.int64)
    return f"{(counting.digest(ids, values) + total) % (1 << 64):016x}"


def _source(keys: Keys) -> dict[str, str]:
    return {"kind": SOURCE, "key": keys.fingerprint}


def _manifest(layout: Layout, asked: Asked, keys: Keys, made: _Made) -> dict[str, Any]:
    checksum = sum(int(one["checksum"], 16) for one in made.shards) % (1 << 64)
    return {
        "what": layout.what,
        "asked": asked.as_dict(),
        "as_of": asked.as_of.isoformat(),
        "month": str(asked.month),
        "source": _source(keys),
        "rulebook": rulebook.version(),
        "rows": made.rows,
        "checksum": f"{checksum:016x}",
        "sums": made.sums,
        "schema": [{"name": name, "type": kind} for name, kind in layout.columns.items()],
        "shards": made.shards,
    }
