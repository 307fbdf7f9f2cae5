"""What the law is asked about: plain frozen values of one person or project for one month. Refuses nonsense
at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar, Literal

from teduh.law import codes, words
from teduh.law.messages import FactsError

# The largest amounts whose products still fit the 64 bits of a column.
MOST_WAGE, MOST_WAGES, MOST_CONTRACT = 10**11, 10**13, 10**14


def relief_sector(sector: str) -> Literal["other", "transport"]:
    """PP 50/2025 Pasal 2-4 tells the self-employed in transport from those of all other sectors."""
    return "transport" if sector == "transport" else "other"


def _check(ok: bool, id: str, en: str) -> None:
    if not ok:
        raise FactsError(id, en)


def _amount(name: str, value: int, most: int = MOST_WAGE) -> None:
    if type(value) is not int or not 0 <= value <= most:
        raise FactsError(
            f"{words.INPUTS[name].id} harus rupiah bulat dari 0 sampai {most}: {value!r}",
            f"{name} must be whole rupiah from 0 to {most}: {value!r}",
        )


def _one_of(name: str, value: object, allowed: Collection[object]) -> None:
    if value not in allowed:
        choices = ", ".join(map(str, allowed))
        raise FactsError(
            f"{words.INPUTS[name].id} adalah salah satu dari {choices}: {value!r}",
            f"{name} is one of {choices}: {value!r}",
        )


def _programmes(chosen: tuple[str, ...], allowed: tuple[str, ...]) -> None:
    if not isinstance(chosen, tuple):
        raise FactsError(
            f"program ditulis sebagai tuple nama: {chosen!r}", f"programmes are a tuple of names: {chosen!r}"
        )
    wrong = ", ".join(name for name in chosen if name not in allowed)
    if wrong:
        raise FactsError(
            f"{wrong} tidak dapat dipilih di sini; yang mungkin: {', '.join(allowed)}",
            f"{wrong} cannot be chosen here; possible are {', '.join(allowed)}",
        )


@dataclass(frozen=True, slots=True)
class SelfEmployed:
    """A self-employed person (BPU) in one month. `eligible_2020`: the conditions of PP 49/2020 are met."""

    income: int
    sector: Literal["other", "transport"] = "other"
    programmes: tuple[str, ...] = ("JKK", "JKM")
    paid_by_government: bool = False
    eligible_2020: bool = True

    segment: ClassVar[str] = "self_employed"

    def __post_init__(self) -> None:
        _amount("income", self.income)
        _one_of("sector", self.sector, codes.SECTORS)
        _programmes(self.programmes, ("JKK", "JKM", "JHT"))

    def arguments(self) -> tuple[int, ...]:
        """The integers that the segment's rule takes, without its parameters."""
        return (self.income, codes.SECTORS[self.sector], codes.mask(self.programmes),
                int(self.paid_by_government), int(self.eligible_2020))  # fmt: skip


@dataclass(frozen=True, slots=True)
class WageEarner:
    """A wage earner (PU) in one month.

    `wage` is the monthly wage, or the daily one where `wage_type` is daily; piece work gives `last_months`
    (3, or 12 where it hangs on the weather). `workers` of None means that the size for a relief was
    established elsewhere; `paid_on` matters only for arrears of a relieved month.
    """

    wage: int = 0
    risk_class: int = 1
    programmes: tuple[str, ...] = ("JKK", "JKM", "JHT", "JP")
    jkp_participant: bool = False
    labour_intensive: bool = False
    workers: int | None = None
    wage_type: Literal["monthly", "daily", "piece", "weather"] = "monthly"
    last_months: tuple[int, ...] = ()
    paid_on: dt.date | None = None
    eligible_2020: bool = True

    segment: ClassVar[str] = "wage_earner"

    def __post_init__(self) -> None:
        _amount("wage", self.wage)
        for wage in self.last_months:
            _amount("last_months", wage)
        _one_of("risk_class", self.risk_class, (1, 2, 3, 4, 5))
        _one_of("wage_type", self.wage_type, codes.WAGE_TYPES)
        needed = {"piece": 3, "weather": 12}.get(self.wage_type, 0)
        _check(
            len(self.last_months) == needed,
            f"cara pengupahan {self.wage_type} memerlukan upah {needed} bulan terakhir, tidak kurang dan tidak lebih",
            f"{self.wage_type} wages need the last {needed} months, no fewer and no more",
        )
        _programmes(self.programmes, ("JKK", "JKM", "JHT", "JP"))

    def arguments(self) -> tuple[int, ...]:
        """The integers that the segment's rule takes, without its parameters."""
        wage = sum(self.last_months) if self.last_months else self.wage
        workers = codes.RATE_UNIT if self.workers is None else self.workers
        paid_on = self.paid_on.year * 10_000 + self.paid_on.month * 100 + self.paid_on.day if self.paid_on else 0
        programmes = codes.mask(self.programmes) | (codes.JKP if self.jkp_participant else 0)
        return (wage, codes.WAGE_TYPES[self.wage_type], self.risk_class, programmes, int(self.eligible_2020),
                int(self.labour_intensive), workers, paid_on)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Construction:
    """A construction project (Jakon): its wages of the month where known, otherwise its contract value
    without VAT.
    """

    contract_value: int | None = None
    monthly_wages: int | None = None
    eligible_2020: bool = True

    segment: ClassVar[str] = "construction"

    def __post_init__(self) -> None:
        _amount("contract_value", self.contract_value or 0, MOST_CONTRACT)
        _amount("monthly_wages", self.monthly_wages or 0, MOST_WAGES)
        given = self.contract_value or self.monthly_wages
        _check(
            bool(given),
            "isi nilai kontrak, atau upah sebulan bila diketahui",
            "give the contract value, or the month's wages where they are known",
        )

    def arguments(self) -> tuple[int, ...]:
        """The integers that the segment's rule takes, without its parameters."""
        return self.contract_value or 0, self.monthly_wages or 0, int(self.eligible_2020)


@dataclass(frozen=True, slots=True)
class Migrant:
    """A migrant worker (PMI): `stage` says what is paid for; `jht_monthly` is a voluntary tier or 0."""

    route: Literal["implementer", "individual"] = "implementer"
    contract_months: int = 0
    stage: Literal["all", "before", "during", "extension"] = "all"
    extension_months: int = 0
    jht_monthly: int = 0

    segment: ClassVar[str] = "migrant"

    def __post_init__(self) -> None:
        _one_of("route", self.route, codes.ROUTES)
        _one_of("stage", self.stage, codes.STAGES)
        months = self.extension_months if self.stage == "extension" else self.contract_months
        _check(
            0 <= months <= 600 and (months > 0 or self.stage == "before"),
            f"lama kontrak atau perpanjangan harus 1 sampai 600 bulan: {months!r}",
            f"months must be 1 to 600: {months!r}",
        )
        _amount("jht_monthly", self.jht_monthly)

    def arguments(self) -> tuple[int, ...]:
        """The integers that the segment's rule takes, without its parameters."""
        return (
            codes.ROUTES[self.route],
            codes.STAGES[self.stage],
            self.contract_months,
            self.extension_months,
            self.jht_monthly,
        )


Facts = SelfEmployed | WageEarner | Construction | Migrant
