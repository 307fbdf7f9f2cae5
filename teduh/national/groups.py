"""Who people are, as one number for totals: segment (1-4), province (11-99), sector (1-9), age band of five years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import numpy as np

BANDS = 20
EPOCH_DAYS = 719_163  # of 1970-01-01, as `date.toordinal` counts


def of(read: Mapping[str, np.ndarray], on: dt.date) -> np.ndarray:
    """The group of each person of a shard, with his age on a day; `birth` is in days since 1970."""
    today = on.toordinal() - EPOCH_DAYS
    band = np.clip((today - read["birth"].astype(np.int64)) * 4 // (1461 * 5), 0, BANDS - 1)
    place = (read["segment"].astype(np.int64) * 100 + read["regency"].astype(np.int64) // 100) * 10 + read["sector"]
    return place * BANDS + band


def parts(group: int) -> tuple[int, int, int, int]:
    """Segment, province, sector and age band of a group's number."""
    place, band = divmod(group, BANDS)
    return place // 1000, place // 10 % 100, place % 10, band


def together(tallies: Iterable[Mapping[str, list[int]]]) -> dict[str, list[int]]:
    """The tally of all shards: for each group how many people, and the sums of the summed columns."""
    total: dict[str, list[int]] = {}
    for one in tallies:
        for group, row in one.items():
            before = total.get(group)
            total[group] = row if before is None else [a + b for a, b in zip(before, row, strict=True)]
    return dict(sorted(total.items(), key=lambda item: int(item[0])))
