"""Compiled code kept on disk under the text it was made from, so that a changed line can never run as it was.

Numba's own cache looks at one file's date and overlooks a change in what that file calls. Where nothing may be
written, or what was written cannot be read, the code is compiled in memory: slower once, never wrong.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba import config, njit

HERE = Path(__file__).parent
MODULES = ("draws", "firms", "kernel", "published", "schema", "shares", "tables")
TABLES = ("assumptions.toml", "coverage-statistics.csv", "minimum-wages.csv")
REGIONS = ("provinces.csv", "districts.csv")
UNREADABLE = (OSError, ImportError, AttributeError, EOFError, pickle.UnpicklingError, RuntimeError)


@functools.cache
def text() -> str:
    """A name for everything the population is computed with: code and data."""
    files = [HERE / f"{name}.py" for name in MODULES] + [HERE / "data" / name for name in TABLES]
    files += [HERE.parent / "registry" / "data" / "regions" / name for name in REGIONS]
    digest = hashlib.sha256(f"{sys.version}\0{numba.__version__}".encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def folder() -> str | None:
    """Where compiled code of this text is kept, if there is such a place of our own."""
    base = os.environ.get("TEDUH_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    where = Path(base) / "teduh" / "national" / text()
    try:
        where.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = where.stat().st_uid == os.getuid() if hasattr(os, "getuid") else True
        return str(where) if mine and os.access(where, os.W_OK) else None
    except OSError:
        return None


def _on_disk(function: Callable[..., Any]) -> Callable[..., Any]:
    before, config.CACHE_DIR = config.CACHE_DIR, folder() or ""
    try:
        return njit(cache=bool(config.CACHE_DIR), nogil=True)(function)
    finally:
        config.CACHE_DIR = before


def kept(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile with Numba at the first call, or load what an earlier process compiled."""
    compiled: list[Callable[..., Any]] = []

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        if not compiled:
            try:
                compiled.append(_on_disk(function))
                return compiled[0](*arguments)
            except UNREADABLE:
                compiled[:] = [njit(nogil=True)(function)]
        return compiled[0](*arguments)

    return call
