"""When a migrant worker is covered before, during and after work abroad; knows dates, no persons."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Message, Note, RulebookError
from teduh.law.months import months_after

ARTICLES = {
    "before_implementer": ("Permenaker 4/2023 Pasal 15", "Permenaker 18/2018"),
    "before_individual": ("Permenaker 4/2023 Pasal 16(3)",),
    "during": ("Permenaker 4/2023 Pasal 16(1)", "Permenaker 4/2023 Pasal 16(2)"),
    "after": ("Permenaker 4/2023 Pasal 17",),
}


class Period(NamedTuple):
    """One stretch of a migrant worker's cover."""

    phase: str
    programmes: tuple[str, ...]
    starts_with: str  # registration_and_payment, embarkation, debarkation
    ends_with: str  # embarkation, contract_end, home_area
    most: int
    unit: str
    until: dt.date | None
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def _period(phase: str, route: str, programmes: tuple[str, ...], ends: tuple[str, str], value: rulebook.Value,
            until: dt.date | None) -> Period:  # fmt: skip
    key = f"before_{route}" if phase == "before" else phase
    notes = (value.note,) if value.note else ()
    return Period(phase, programmes, ends[0], ends[1], value.value, value.unit, until, ARTICLES[key], notes)


def before(*, route: str, paid_on: dt.date) -> Period:
    """From registration and payment to embarkation: 5 months through an implementer, 1 month of JKM for
    individuals.
    """
    value = rulebook.in_force(f"pmi_before_months_{route}", paid_on)
    programmes = ("JKK", "JKM") if route == "implementer" else ("JKM",)
    ends = ("registration_and_payment", "embarkation")
    return _period("before", route, programmes, ends, value, months_after(paid_on, value.value))


def during(*, contract_end: dt.date) -> Period:
    """From leaving embarkation to the end of the agreement, and up to one month more to return."""
    value = rulebook.in_force("pmi_return_months", contract_end)
    until = months_after(contract_end, value.value)
    return _period("during", "", ("JKK", "JKM"), ("embarkation", "contract_end"), value, until)


def after(*, debarkation: dt.date) -> Period:
    """From debarkation in Indonesia to the home area: 30 days at most."""
    value = rulebook.in_force("pmi_after_days", debarkation)
    until = debarkation + dt.timedelta(days=value.value)
    return _period("after", "", ("JKK", "JKM"), ("debarkation", "home_area"), value, until)


def longest(*, route: str, contract_months: int, on: dt.date) -> int:
    """All phases together in months: before, the contract with its month of return, and 30 days after as one
    month.
    """
    if contract_months < 1:
        raise RulebookError(
            "no_contract",
            what=Message("Lama perlindungan tidak dapat dihitung.", "The length of cover cannot be reckoned."),
            why=Message("Lama kontrak tidak diketahui.", "The contract's length is not known."),
            next=Message("Isi lama kontrak.", "Give the contract's length."),
        )
    first = rulebook.in_force(f"pmi_before_months_{route}", on).value
    back = rulebook.in_force("pmi_return_months", on).value
    return int(first) + contract_months + int(back) + 1
