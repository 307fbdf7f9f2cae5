"""Random numbers that are counted, not rolled: a person's draws depend on the seed, his id and their place alone.

So it does not matter how many workers there are or where a shard begins. Everything is whole numbers, so that
no machine's mathematics library can change a rupiah. Tables are built here too: Walker's alias tables (any
distribution in one draw) and quantiles of a lognormal.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist

import numpy as np
from numba import njit

#: Half of a 64-bit draw: choices and quantiles are measured in 2^31 parts, so that products stay within 63 bits.
PART = 1 << 31

_A = np.uint64(0xBF58476D1CE4E5B9)
_B = np.uint64(0x94D049BB133111EB)
_STEP = np.uint64(0x9E3779B97F4A7C15)
_30, _27, _31, _33 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(33)
_LOW = np.uint64(PART - 1)


#: Compiled into whatever calls it; only what is called from Python is kept on disk (`kept.kept`).
compiled = njit(nogil=True)


@compiled
def mix(x):
    """The finaliser of SplitMix64 (Steele, Lea, Flood 2014): every bit of 64 depends on every other."""
    x = (x ^ (x >> _30)) * _A
    x = (x ^ (x >> _27)) * _B
    return x ^ (x >> _31)


@compiled
def stream(seed, ident):
    """Where somebody's draws begin."""
    return mix(mix(np.uint64(seed) + _STEP) ^ (np.uint64(ident) * _STEP))


@compiled
def draw(start, place):
    """The draw at a place of a stream."""
    return mix(start + np.uint64(place) * _STEP)


@compiled
def high(u):
    """One half of a draw, from 0 to 2^31 - 1."""
    return np.int64(u >> _33)


@compiled
def low(u):
    """The other half."""
    return np.int64(u & _LOW)


@compiled
def below(u, n):
    """A whole number from 0 to n - 1."""
    return (high(u) * n) >> 31


@compiled
def pick(u, flat, at):
    """A place of the alias table that begins at `at`: its length n, n heights, n other places."""
    n = flat[at]
    j = (high(u) * n) >> 31
    return j if low(u) < flat[at + 1 + j] else flat[at + 1 + n + j]


@compiled
def pick_row(u, flat, at, row):
    """A place of one of several alias tables of the same length."""
    return pick(u, flat, at + row * (1 + 2 * flat[at]))


@compiled
def quantile(u, flat, at):
    """The value at this height of a table of 2^10 + 1 quantiles, in between them in proportion."""
    h = high(u)
    k = at + (h >> 21)
    return flat[k] + (((flat[k + 1] - flat[k]) * (h & 0x1FFFFF)) >> 21)


def alias(weights: Sequence[int]) -> list[int]:
    """Walker's alias table of whole-number weights, exact but for 2^-31 in each place."""
    n, total = len(weights), sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError(f"an alias table needs weights that are not negative and not all nothing: {weights}")
    scaled = [weight * n for weight in weights]
    keep, other = [PART] * n, list(range(n))
    small = [j for j in range(n) if scaled[j] < total]
    large = [j for j in range(n) if scaled[j] >= total]
    while small and large:
        less, more = small.pop(), large[-1]
        keep[less], other[less] = scaled[less] * PART // total, more
        scaled[more] -= total - scaled[less]
        if scaled[more] < total:
            small.append(large.pop())
    return [n, *keep, *other]


def aliases(rows: Iterable[Sequence[int]]) -> list[int]:
    """Alias tables one after another, all of one length."""
    return [number for row in rows for number in alias(row)]


def lognormal(*, median: float, spread: float, least: float = 0) -> list[int]:
    """Quantiles of a lognormal in millionths; the ends are cut at one in 8,192."""
    normal = NormalDist(math.log(median), spread)
    heights = (min(max(k / 1024, 1 / 8192), 1 - 1 / 8192) for k in range(1025))
    return [round(max(least, math.exp(normal.inv_cdf(height))) * 1_000_000) for height in heights]


def half_life(months: float, *, longest: int = 150) -> list[int]:
    """Quantiles of how many months something lasts that halves every so many months."""
    heights = (min(k / 1024, 1 - 1 / 8192) for k in range(1025))
    return [min(longest, round(-months * math.log2(1 - height))) for height in heights]


def share(part: float) -> int:
    """A part of 1 in 2^31 parts."""
    return round(part * PART)
