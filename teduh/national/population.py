"""A synthetic population of any size as Parquet shards with a manifest: who there is, and that it is what was asked.

What is invariant: people, seed, month, regency and which members decide every row, whatever the workers, the shard
size or the machine. The manifest's `checksum` and `sums` say so; files of one shard size have one SHA-256.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.national import compare, kept, kernel, published, schema, shards, tables

#: The population stands at the end of this month unless another is named.
MONTH = Month(2026, 4)
SHARD_ROWS = 1_000_000
MANIFEST = "manifest.json"
#: Measured on a million rows: what is nearly unique is smallest and fastest as packed differences, the rest as
#: a dictionary; compressing it again costs as much as writing it and saves a tenth.
DELTA = ("id", "birth", "income", "employer")
EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Spec:
    """Which population. `people` are registered members, active and lapsed, or active ones only."""

    people: int
    seed: int
    month: Month = MONTH
    regency: int | None = None
    active_only: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.people <= 1_000_000_000:
            raise _refused("people", "Jumlah orang harus 1 sampai 1 miliar.", "People must be 1 to 1 billion.")
        if not 0 <= self.seed < 1 << 63:
            raise _refused("seed", "Benih harus 0 sampai 2^63-1.", "A seed is 0 to 2^63-1.")
        if self.regency is not None and self.regency not in published.districts():
            raise _refused("district", "Kode kabupaten/kota tidak dikenal.", "There is no such regency code.")

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"month": str(self.month)}

    def stamp(self) -> str:
        """A name for the population and everything it is computed with."""
        said = json.dumps([self.as_dict(), kept.text(), pa.__version__], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _refused(field: str, id_: str, en: str) -> Refused:
    then = Text("Lihat `teduh simulate --help`.", "See `teduh simulate --help`.")
    return Refused("not_a_population", Text(id_, en), then=then, field=field)


@dataclass(frozen=True, kw_only=True)
class Shard:
    """A run of people that becomes one file."""

    spec: Spec
    folder: str
    number: int
    first: int
    rows: int

    @property
    def path(self) -> Path:
        return Path(self.folder) / f"people-{self.number:05d}.parquet"


@functools.lru_cache(maxsize=2)
def _tables(spec: Spec) -> tuple[np.ndarray, tables.At]:
    return tables.build(people=spec.people, regency=spec.regency, active_only=spec.active_only)


def block(spec: Spec, *, first: int, rows: int) -> np.ndarray:
    """People `first` to `first + rows - 1` as the kernel fills them: a row a column, after the id."""
    filled = schema.block(rows)
    today = (spec.month.last - EPOCH).days
    kernel.fill(first, spec.seed, spec.month.serial, today, *_tables(spec), filled)
    return filled


def people(spec: Spec, *, first: int = 1, rows: int | None = None) -> schema.People:
    """Some of the people, or all, as columns in memory."""
    return schema.people(first, block(spec, first=first, rows=spec.people if rows is None else rows))


def plan(spec: Spec, *, folder: Path, shard_rows: int) -> list[Shard]:
    """The shards of a population."""
    firsts = range(1, spec.people + 1, shard_rows)
    return [
        Shard(spec=spec, folder=str(folder), number=n, first=first, rows=min(shard_rows, spec.people + 1 - first))
        for n, first in enumerate(firsts)
    ]


def arrow(columns: schema.People) -> pa.Table:
    """The columns as an Arrow table of the published schema."""
    arrays = []
    for column, values in zip(schema.COLUMNS.values(), columns, strict=True):
        array = pa.array(values)
        arrays.append(array.view(pa.date32()) if column.arrow.startswith("date") else array)
    return pa.table(dict(zip(schema.COLUMNS, arrays, strict=True)))


def summary(path: Path) -> dict[str, Any] | None:
    """What a shard says of itself, or None for any other file."""
    try:
        said = pq.read_metadata(path).metadata or {}
        return json.loads(said[b"teduh"])
    except (OSError, KeyError, ValueError, pa.ArrowException):
        return None


def _finished(shard: Shard) -> dict[str, Any] | None:
    said = summary(shard.path)
    wanted = (shard.spec.stamp(), shard.first, shard.rows)
    return said if said and (said["stamp"], said["first"], said["rows"]) == wanted else None


def write(shard: Shard) -> dict[str, Any]:
    """Make one shard's file unless it is there, and say what is in it. Runs in a worker."""
    said = _finished(shard)
    if said is None:
        said = _write(shard)
    else:
        said["found"] = True
    return said | {"file": shard.path.name, "bytes": shard.path.stat().st_size, "sha256": _sha256(shard.path)}


def _write(shard: Shard) -> dict[str, Any]:
    filled = block(shard.spec, first=shard.first, rows=shard.rows)
    columns = schema.people(shard.first, filled)
    said = {
        "stamp": shard.spec.stamp(),
        "first": shard.first,
        "rows": shard.rows,
        "checksum": f"{int(kernel.digest(shard.first, filled)):016x}",
        "sums": {name: int(values.sum(dtype="i8")) for name, values in zip(schema.COLUMNS, columns, strict=True)},
        "tally": compare.tally(columns),
    }
    table = arrow(columns).replace_schema_metadata({"teduh": json.dumps(said)})
    aside = shard.path.with_name(f".{shard.path.name}.{os.getpid()}.part")
    try:
        pq.write_table(
            table, aside, compression="none", row_group_size=max(shard.rows, 1),
            use_dictionary=[name for name in schema.COLUMNS if name not in DELTA],
            column_encoding=dict.fromkeys(DELTA, "DELTA_BINARY_PACKED"),
        )  # fmt: skip
        aside.replace(shard.path)
    finally:
        aside.unlink(missing_ok=True)
    return said


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def simulate(
    spec: Spec,
    *,
    folder: Path,
    shard_rows: int = SHARD_ROWS,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Write the population into a folder and return its manifest; `progress(rows done, rows of all)`."""
    if shard_rows < 1:
        raise _refused("shard_rows", "Baris per pecahan harus 1 atau lebih.", "A shard has 1 row or more.")
    folder.mkdir(parents=True, exist_ok=True)
    planned = plan(spec, folder=folder, shard_rows=shard_rows)
    done, made = 0, []
    for said in shards.run(write, planned, workers=workers or shards.cores()):
        made.append(said)
        done += said["rows"]
        if progress:
            progress(done, spec.people)
    names = {shard.path.name for shard in planned}
    for path in folder.glob("people-*.parquet"):
        if path.name not in names and summary(path):
            path.unlink()  # of a population that this folder no longer holds
    manifest = _manifest(spec, sorted(made, key=lambda said: said["first"]))
    aside = folder / f".{MANIFEST}.{os.getpid()}.part"
    aside.write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    aside.replace(folder / MANIFEST)
    return manifest


def _manifest(spec: Spec, made: list[dict[str, Any]]) -> dict[str, Any]:
    checksum = sum(int(said["checksum"], 16) for said in made) % (1 << 64)
    parts = ("file", "first", "rows", "bytes", "checksum", "sha256")
    return {
        "what": "synthetic population; no row is about a living person",
        "spec": spec.as_dict(),
        "stamp": spec.stamp(),
        "rows": sum(said["rows"] for said in made),
        "checksum": f"{checksum:016x}",
        "sums": {name: sum(said["sums"][name] for said in made) for name in schema.COLUMNS},
        "schema": [{"name": name, "type": c.arrow, "says": c.says} for name, c in schema.COLUMNS.items()],
        "tally": compare.together(said["tally"] for said in made),
        "shards": [{name: said[name] for name in parts} for said in made],
    }
