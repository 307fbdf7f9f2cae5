"""One function over many shards, on this machine's cores. Results come as they are done; a killed worker is survived.

A shard's function writes a file aside and renames it, and leaves a finished file alone: doing it twice is harmless,
so nothing here remembers what was done. An engine beyond one machine takes the same function and the same list.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T, R = TypeVar("T"), TypeVar("R")

ATTEMPTS = 4


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(job: Callable[[T], R], shards: Sequence[T], *, workers: int) -> Iterator[R]:
    """`job(shard)` for every shard, in any order. One worker, or one shard, needs no second process."""
    if workers <= 1 or len(shards) <= 1:
        yield from map(job, shards)
        return
    rest = list(shards)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            yield from _once(job, rest, workers)
            return
        except BrokenProcessPool:
            if attempt == ATTEMPTS:
                raise


def _once(job: Callable[[T], R], rest: list[T], workers: int) -> Iterator[R]:
    """Run what is left in new processes, taking each shard off the list when it is done."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(rest)), mp_context=spawn) as pool:
        waiting = {pool.submit(job, shard): shard for shard in rest}
        try:
            for future in as_completed(waiting):
                result = future.result()
                rest.remove(waiting[future])
                yield result
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
