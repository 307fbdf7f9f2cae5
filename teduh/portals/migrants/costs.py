"""What placements cost, as it is shown before anybody joins: the law's own table, and the lines of a quote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.contributions.placement_queries import STAGES
from teduh.contributions.placements import QuoteLine
from teduh.core.text import Text
from teduh.law import rulebook
from teduh.law.messages import Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Whole rupiah: before departure, packages by months, each month more, each month of an extension."""

    before: int
    packages: tuple[tuple[int, int], ...]
    excess: int
    extension: int
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One stage of a quote in words, with the law's remarks."""

    stage: str
    name: Text
    months: int
    until: dt.date | None
    amount: int
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def table(*, on: dt.date) -> Costs:
    """The fees in force on a day."""
    months = rulebook.in_force("pmi_package_months", on)
    fees = rulebook.in_force("pmi_package_fee", on)
    return Costs(
        before=rulebook.in_force("pmi_before_fee", on).value,
        packages=tuple(zip(months.value, fees.value, strict=True)),
        excess=rulebook.in_force("pmi_excess_month", on).value,
        extension=rulebook.in_force("pmi_extension_month", on).value, citation=fees.citation,
    )  # fmt: skip


def lines(quoted: Sequence[QuoteLine]) -> tuple[Line, ...]:
    """The stages of one placement's quote."""
    return tuple(
        Line(stage=str(one.stage), name=STAGES[str(one.stage)], months=one.months, until=one.until, amount=one.amount,
             articles=one.articles, notes=one.notes)
        for one in quoted
    )  # fmt: skip
