"""The passes that `nation.py` compares with: the same shards read and written by the same code, without the law.

Each writes as many columns as the run it stands for, made of copies of columns that were read; numbers are shifted so
that a row takes about as many bytes as the run's own.
"""

from __future__ import annotations

import numpy as np

from teduh.national import accrue, assess, groups, pension, people, standing
from teduh.national.job import Kind, Result


def _copies(columns: list[np.ndarray | None], rows: int) -> np.ndarray:
    out = np.zeros((len(columns), rows), np.int64)
    for place, column in enumerate(columns):
        if column is not None:
            out[place] = column
    return out


def copied_assess(read, asked):
    """Nine columns that differ from person to person and five that do not, as in an assessment."""
    who = people.owing(read, asked.month)
    if len(who) < len(read["id"]):
        read = {name: values[who] for name, values in read.items()}
    wage = read["income"]
    columns = [wage >> 7, wage >> 8, wage >> 5, wage >> 6, wage >> 6, wage >> 7, wage >> 9, None, wage >> 9,
               None, None, None, wage >> 3, None]  # fmt: skip
    return Result(read["id"], _copies(columns, len(who)), groups.of(read, asked.month.last))


def copied_standing(read, asked):
    """Two columns of dates and six of flags."""
    flags = [read["segment"] & 1] * 6
    columns = [read["birth"], read["birth"], *flags]
    return Result(read["id"], _copies(columns, len(read["id"])), groups.of(read, asked.month.last))


def copied_accrue(read, asked):
    """Four columns of balances."""
    read["credits"] = np.stack([read[name] for name in accrue.CREDITS])  # read and put together, as the run does
    columns = [read["opening"] >> 4, read["opening"] >> 5, read["opening"], read["opening"] << 2]
    return Result(read["id"], _copies(columns, len(read["id"])), groups.of(read, asked.month.last))


def copied_pension(read, asked):
    """Five sums of a history and a code: here the last wage, shifted, and the number of months."""
    wages = read["wages"]
    starts = wages.offsets.to_numpy().astype(np.int64)
    flat = wages.values.to_numpy(zero_copy_only=False)
    last = np.where(np.diff(starts) > 0, flat[np.maximum(starts[1:] - 1, 0)], 0)
    columns = [np.diff(starts), last << 6, last >> 4, last >> 4, read["segment"], last << 6]
    return Result(read["id"], _copies(columns, len(read["id"])), groups.of(read, asked.month.last))


def _of(name, module, copy):
    like = module.KINDS[name]
    return Kind(f"nation_copies.{name}", like.reads, like.writes, copy)


KINDS = {
    kind.name: kind
    for kind in (
        _of("assess", assess, copied_assess),
        _of("standing", standing, copied_standing),
        _of("accrue", accrue, copied_accrue),
        _of("pension", pension, copied_pension),
    )
}
