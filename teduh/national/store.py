"""Where shards live: a folder here, or a prefix in S3-compatible storage. A file appears there only when it is whole.

Here a file is written aside and renamed. An object store has no renaming and needs none: what is not complete is not
there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

#: What an absent or foreign file raises, whatever the storage.
UNREADABLE = (OSError, KeyError, ValueError, pa.ArrowException)


@dataclass(frozen=True)
class Store:
    """A folder or prefix by its address: a path, or `s3://bucket/prefix` (credentials and endpoint from the
    environment, as s3fs reads them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL)."""

    address: str

    @property
    def is_local(self) -> bool:
        return "://" not in self.address

    def _there(self) -> tuple[fs.FileSystem, str]:
        if self.is_local:
            return fs.LocalFileSystem(), str(Path(self.address).absolute())
        system, root = fsspec.core.url_to_fs(self.address)
        return fs.PyFileSystem(fs.FSSpecHandler(system)), root

    def make(self) -> None:
        """Make the folder; a prefix needs no making."""
        if self.is_local:
            system, root = self._there()
            system.create_dir(root, recursive=True)

    def names(self, *, prefix: str = "", suffix: str = "") -> list[str]:
        """Names of the files directly in it, in order."""
        system, root = self._there()
        found = system.get_file_info(fs.FileSelector(root, allow_not_found=True))
        names = (one.base_name for one in found if one.is_file)
        return sorted(name for name in names if name.startswith(prefix) and name.endswith(suffix))

    def table(self, name: str, *, columns: list[str] | None = None) -> pa.Table:
        """A Parquet file, or some of its columns."""
        system, root = self._there()
        return pq.read_table(f"{root}/{name}", columns=columns, filesystem=system, use_threads=False, memory_map=False)

    def only(self, name: str, row: int, columns: list[str]) -> dict[str, Any] | None:
        """The one row of a file with this `id`, as numbers; None if it is not there."""
        system, root = self._there()
        names = list(dict.fromkeys(("id", *columns)))
        found = pq.read_table(f"{root}/{name}", columns=names, filesystem=system, filters=[("id", "=", row)])
        if not found.num_rows:
            return None
        dates = [k for k, column in enumerate(found.schema) if pa.types.is_date32(column.type)]
        for k in dates:
            found = found.set_column(k, names[k], found.column(k).cast(pa.int32()))
        return found.to_pylist()[0]

    def said(self, name: str) -> dict[str, Any] | None:
        """What a shard says of itself in its metadata; None for any other file, or none."""
        system, root = self._there()
        try:
            return json.loads((pq.read_metadata(f"{root}/{name}", filesystem=system).metadata or {})[b"teduh"])
        except UNREADABLE:
            return None

    def write(self, name: str, table: pa.Table, **how: Any) -> None:
        """Write a Parquet file; `how` goes to PyArrow."""
        self._whole(name, lambda path, system: pq.write_table(table, path, filesystem=system, **how))

    def text(self, name: str) -> str | None:
        """A small text file, or None."""
        system, root = self._there()
        try:
            with system.open_input_stream(f"{root}/{name}") as file:
                return file.readall().decode()
        except OSError:
            return None

    def json(self, name: str) -> dict[str, Any] | None:
        """A small JSON file, or None where there is none or it is none."""
        try:
            return json.loads(self.text(name) or "")
        except ValueError:
            return None

    def write_text(self, name: str, text: str) -> None:
        def writer(path: str, system: fs.FileSystem) -> None:
            with system.open_output_stream(path) as file:
                file.write(text.encode())

        self._whole(name, writer)

    def write_json(self, name: str, value: Any) -> None:
        self.write_text(name, json.dumps(value, indent=1, ensure_ascii=False) + "\n")

    def remove(self, name: str) -> None:
        """Remove a file if it is there."""
        system, root = self._there()
        try:
            system.delete_file(f"{root}/{name}")
        except OSError:
            return

    def _whole(self, name: str, writer: Callable[[str, fs.FileSystem], None]) -> None:
        system, root = self._there()
        if not self.is_local:
            writer(f"{root}/{name}", system)
            return
        aside = f"{root}/.{name}.{os.getpid()}.part"
        try:
            writer(aside, system)
            system.move(aside, f"{root}/{name}")
        finally:
            Path(aside).unlink(missing_ok=True)
