"""Totals of a shard by who people are, and a checksum of every row; whole numbers, compiled."""

from __future__ import annotations

import numpy as np

from teduh.national import draws
from teduh.national.kept import kept

mix = draws.mix


@kept
def _digest(ids, values):
    total = np.uint64(0)
    for i in range(len(ids)):
        x = mix(np.uint64(ids[i]))
        for k in range(values.shape[0]):
            x = mix(x ^ np.uint64(values[k, i]))
        total += x
    return total


def digest(ids: np.ndarray, values: np.ndarray) -> int:
    """A number for these rows whatever their order or their files: digests of shards add up, modulo 2^64."""
    return int(_digest(ids, values))


@kept
def _tally(groups, values, wanted, at, out):
    for i in range(len(groups)):
        row = at[groups[i]]
        out[row, 0] += 1
        for k in range(len(wanted)):
            out[row, k + 1] += values[wanted[k], i]


def tally(groups: np.ndarray, values: np.ndarray, wanted: list[int]) -> dict[str, list[int]]:
    """For each group how many people, and the sums of the wanted rows of `values`. Keys are group numbers as text."""
    seen = np.flatnonzero(np.bincount(groups)) if len(groups) else np.empty(0, np.int64)
    at = np.zeros(int(seen[-1]) + 1 if len(seen) else 1, np.int64)
    at[seen] = np.arange(len(seen))
    out = np.zeros((max(len(seen), 1), len(wanted) + 1), np.int64)
    if len(groups):
        _tally(groups, values, np.array(wanted, np.int64), at, out)
    return {str(int(group)): [int(x) for x in out[k]] for k, group in enumerate(seen)}
