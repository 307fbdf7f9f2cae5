"""The same law over columns: arrays in, arrays out, equal to `assessment.assess` to the rupiah.

Only this module and `compiled` need NumPy and Numba; the first call compiles or loads the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teduh.law import codes, compiled
from teduh.law.scenarios import Scenario

COLUMNS = compiled.COLUMNS
RESULTS = codes.BILL


def assess_columns(columns: Mapping[str, Any] | None = None, /, **more: Any) -> dict[str, Any]:
    """Assess many people at once: one 64-bit column per name of `COLUMNS`, or one number for all rows.

    `segment` holds the codes of `codes.SEGMENTS` (or one segment's name), `month` numbers like 202604,
    `amount` the income, wage or contract value, `programmes` the mask of `codes.mask` (with JKP's bit for
    JKP participants). Returns one column per name of `RESULTS`; where `refused` is not 0 the law gives no
    answer and the rest is 0.
    """
    return dict(zip(RESULTS, assess_block({**(columns or {}), **more}), strict=True))


def assess_block(given: Mapping[str, Any], scenario: Scenario | None = None) -> Any:
    """The same as one array: a row for each name of `RESULTS`. With a scenario, by its values instead of today's."""
    given = dict(given)
    wrong = sorted(set(given) - set(COLUMNS))
    if wrong:
        raise ValueError(f"no such column: {', '.join(wrong)}; possible are {', '.join(COLUMNS)}")
    if isinstance(given.get("segment"), str):
        given["segment"] = codes.SEGMENTS[given["segment"]]
    if "segment" not in given or "month" not in given:
        raise ValueError("the columns segment and month are needed")
    arrays = [np.ascontiguousarray(np.atleast_1d(given.get(name, default)), dtype=np.int64)
              for name, default in COLUMNS.items()]  # fmt: skip
    rows = max(len(array) for array in arrays)
    odd = [name for name, array in zip(COLUMNS, arrays, strict=True) if len(array) not in (1, rows)]
    if odd:
        raise ValueError(f"columns differ in length: {', '.join(odd)}")
    _check(dict(zip(COLUMNS, arrays, strict=True)))
    steps = np.array([len(array) > 1 for array in arrays], np.int64)
    out = np.empty((len(RESULTS), rows), np.int64)
    breaks, table = compiled.table(scenario)
    compiled.run(tuple(arrays), steps, breaks, table, out)
    return out


def _check(arrays: dict[str, Any]) -> None:
    """Codes that no rule knows would read beyond a table; refuse them, as `facts` does for one person."""
    bounds = {"segment": (1, 4), "risk_class": (1, 5), "sector": (0, 1), "wage_type": (0, 3), "route": (0, 1),
              "stage": (0, 3), "amount": (0, 10**14), "wages": (0, 10**13), "contract_months": (0, 600),
              "extension_months": (0, 600)}  # fmt: skip
    for name, (low, high) in bounds.items():
        array = arrays[name]
        if len(array) and (int(array.min()) < low or int(array.max()) > high):
            raise ValueError(f"{name} must be {low} to {high}")
