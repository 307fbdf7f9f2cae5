"""The families of examples: each function answers whatever keys it can for a row, and {} for another
family's row.
"""

from __future__ import annotations

from typing import Any

from tests.law import families_contributions as paid
from tests.law import families_dates as dates
from tests.law import families_employers as employers
from tests.law import families_migrants as migrants

Starts = dates.Starts
ALL = (*paid.ALL, *dates.ALL, *employers.ALL, *migrants.ALL)

LATER = {
    "JKK": "benefits: later (JKK amounts)",
    "JKM": "benefits: later (JKM amounts)",
    "JKK+JKM": "benefits: later (scholarship)",
    "Scholarship": "benefits: later (scholarship)",
    "JHT": "benefits: later (growth of JHT)",
    "JHT-PARTIAL": "benefits: later (JHT partial payment)",
    "JHT-TAX": "benefits: later (tax on JHT)",
    "SEVERANCE-TAX": "benefits: later (tax; severance is not the fund's)",
    "JP": "benefits: later (JP amounts)",
    "JKP": "benefits: later (JKP amounts)",
}


def why_unknown(row: dict[str, Any]) -> str:
    """Why a row that no family answers is left open."""
    return LATER.get(row["program"], "not modelled")
