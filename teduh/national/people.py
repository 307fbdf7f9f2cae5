"""A row of a snapshot as the law's facts: for columns, and for one person; the same reading twice, tested against each
other.

What a snapshot does not say is said here: a migrant pays once, in the month of departure, for the whole contract; a
builder on a project is assessed by his wage (PP 44/2015 Pasal 54(1)), because a snapshot of people holds no contract.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from teduh.law import codes
from teduh.law.facts import Construction, Facts, Migrant, SelfEmployed, WageEarner
from teduh.law.months import Month
from teduh.national import schema

READS = ("id", "segment", "active", "regency", "birth", "sector", "income", "risk_class", "programmes", "payer",
         "contract_months", "departed")  # fmt: skip
TRANSPORT = 1 + schema.SECTORS.index("transport")


def number(month: Month) -> int:
    """A month as columns write it: 202604."""
    return month.year * 100 + month.month


def owing(read: Mapping[str, np.ndarray], month: Month) -> np.ndarray:
    """Places of those who owe something for the month: active, and of migrants those who depart in it."""
    owes = (read["active"] == 1) & ((read["segment"] != schema.PMI) | (read["departed"] == number(month)))
    return np.flatnonzero(owes)


def columns(read: Mapping[str, np.ndarray], month: Month) -> dict[str, Any]:
    """The columns that `law.columns.assess_columns` asks for."""
    segment, income = read["segment"], read["income"]
    building = segment == schema.JAKON
    return {
        "segment": segment,
        "month": number(month),
        "amount": np.where(building, 0, income),
        "wages": np.where(building, income, 0),
        "programmes": read["programmes"],
        "sector": (read["sector"] == TRANSPORT).astype(np.int64) * codes.TRANSPORT,
        "risk_class": np.maximum(read["risk_class"], 1),
        "paid_by_government": read["payer"] == schema.GOVERNMENT,
        "contract_months": np.where(segment == schema.PMI, read["contract_months"], 0),
    }


def facts(row: Mapping[str, int]) -> Facts:
    """The same for one row, as the facts that are traced and explained."""
    held = tuple(name for name, bit in codes.PROGRAMMES.items() if row["programmes"] & bit)
    if row["segment"] == schema.PU:
        return WageEarner(
            wage=row["income"], risk_class=max(row["risk_class"], 1), jkp_participant="JKP" in held,
            programmes=tuple(name for name in held if name != "JKP"),
        )  # fmt: skip
    if row["segment"] == schema.BPU:
        return SelfEmployed(
            income=row["income"], sector="transport" if row["sector"] == TRANSPORT else "other",
            programmes=tuple(name for name in held if name in ("JKK", "JKM", "JHT")),
            paid_by_government=row["payer"] == schema.GOVERNMENT,
        )  # fmt: skip
    if row["segment"] == schema.JAKON:
        return Construction(monthly_wages=row["income"])
    return Migrant(contract_months=row["contract_months"])
