"""How many people have which income, rounded down to ten thousand rupiah: what deciles are found from."""

from __future__ import annotations

from collections import Counter

import numpy as np

from teduh.national import run
from teduh.national.store import Store

STEP = 10_000


def counted(address: str) -> dict[int, int]:
    """Counts of active people by income, over a whole snapshot; one column of each shard is read."""
    store, total = Store(address), Counter[int]()
    for shard in run.snapshot(address)["shards"]:
        table = store.table(shard["file"], columns=["income", "active"])
        income, active = (table.column(name).to_numpy() for name in ("income", "active"))
        values, counts = np.unique(income[active == 1] // STEP * STEP, return_counts=True)
        total.update(dict(zip(values.tolist(), counts.tolist(), strict=True)))
    return dict(total)
