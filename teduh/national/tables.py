"""The published figures and the assumptions, made into one flat array of whole numbers that people are drawn from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from teduh.national import draws, firms, published, schema, shares


class At(NamedTuple):
    """Where each table begins in the one flat array that the kernel reads, and the numbers that are no table.

    One array and plain numbers, because compiled code counts references to every array it touches.
    """

    cells: int
    regency_from: int
    regency_count: int
    regencies: int
    district_from: int
    district_count: int
    districts: int
    ages: int
    women: int
    bpu_work: int
    sponsored: int
    lag: int
    lags: int
    firm_sector: int
    firm_risk: int
    pu_work: int
    pu_programmes: int
    minimum: int
    incomes: int
    firm_from: int
    firm_count: int
    arrears: int
    gone: int
    tenure: int
    pmi_work: int
    lands: int
    contracts: int
    wages: int
    provinces: int = 0
    bpu_savers: int = 0
    pmi_savers: int = 0
    least_income: int = 0
    most_income: int = 0
    micro_percent: int = 0
    micro_workers: int = 0
    small_from: int = 0
    large_until: int = 0
    in_arrears: int = 0
    first_month: int = 0
    grace: int = 0
    project_months: int = 0
    by_themselves: int = 0


def _parts(weights: Iterable[float]) -> list[int]:
    """Weights as whole numbers; alias tables are exact."""
    return [round(weight * 1e9) for weight in weights]


def _places(regency: int | None) -> dict[str, list[int]]:
    known = {code: parts for code, parts in published.districts().items() if regency in (None, code)}
    codes, counts = list(known), [len(parts) for parts in known.values()]
    provinces = [int(code) for code in published.provinces()]
    return {
        "regency_from": [sum(code // 100 < p for code in codes) for p in provinces],
        "regency_count": [sum(code // 100 == p for code in codes) for p in provinces],
        "regencies": codes,
        "district_from": [sum(counts[:r]) for r in range(len(codes))],
        "district_count": counts,
        "districts": [district for parts in known.values() for district in parts],
    }


def _people(order: list[str]) -> dict[str, list[int]]:
    assumed, women = published.assumptions(), shares.women()
    return {
        "ages": draws.aliases(assumed["ages"][name] for name in order),
        "women": [draws.share(women[name]) for name in order],
        "bpu_work": draws.aliases(map(_parts, shares.bpu_occupations())),
        "sponsored": [draws.share(part) for part in shares.sponsored_by_occupation()],
        "lag": draws.alias(assumed["bpu"]["months_behind_weights"]),
        "lags": assumed["bpu"]["months_behind"],
        "firm_sector": draws.aliases(map(_parts, shares.firm_sectors())),
        "firm_risk": draws.aliases(assumed["risk"][name] for name in schema.SECTORS),
        "pu_work": draws.alias(assumed["pu_occupations"]["weights"]),
        # JKP's members are among JP's, and JP's among JHT's.
        "pu_programmes": [draws.share(shares.holds(name, "PU")) for name in ("JKP", "JP", "JHT")],
    }


def _incomes(order: list[str]) -> dict[str, list[int]]:
    assumed = published.assumptions()
    by_segment = {
        "BPU": draws.lognormal(median=assumed["bpu"]["median_income"] / 1000, spread=assumed["bpu"]["spread"]),
        "PU": draws.lognormal(median=assumed["pu"]["median_over_minimum"], spread=assumed["pu"]["spread"], least=1),
        "JAKON": draws.lognormal(median=assumed["jakon"]["median_over_minimum"], spread=assumed["jakon"]["spread"]),
        "PMI": draws.lognormal(median=1, spread=assumed["pmi"]["spread"]),
    }
    return {
        "minimum": [published.minimum_wages()[code] for code in published.provinces()],
        "incomes": [number for name in order for number in by_segment[name]],
    }


def _time() -> dict[str, list[int]]:
    assumed = published.assumptions()
    stays = 1 - assumed["churn"]["left_in_a_year"] / 100
    return {
        "arrears": draws.half_life(assumed["pu"]["half_in_arrears_after_months"], longest=36),
        "gone": draws.half_life(assumed["inactive"]["half_after_months"]),
        "tenure": draws.half_life(-12 / math.log2(stays)),
    }


def _abroad() -> dict[str, list[int]]:
    assumed, share = published.assumptions()["pmi"], shares.destinations()
    contract, wage = assumed["contract_months"], assumed["monthly_wage"]
    return {
        "pmi_work": draws.alias(shares.jobs_abroad()),
        "lands": draws.alias(_parts(share.values())),
        "contracts": [contract.get(land, contract["other"]) for land in share],
        "wages": [wage.get(land, wage["other"]) // 1000 for land in share],
    }


def _numbers(made: firms.Firms) -> dict[str, int]:
    assumed = published.assumptions()
    first = assumed["churn"]["first_month"]
    return {
        "provinces": len(published.provinces()),
        "bpu_savers": draws.share(shares.holds("JHT", "BPU") / (1 - shares.sponsored())),
        "pmi_savers": draws.share(assumed["pmi"]["with_savings"] / 100),
        "least_income": assumed["bpu"]["least_income"] // 1000,
        "most_income": assumed["bpu"]["most_income"] // 1000,
        "micro_percent": assumed["pu"]["micro_percent"],
        "micro_workers": draws.share(made.micro_workers),
        "small_from": draws.share(made.small_from),
        "large_until": draws.share(made.large_until),
        "in_arrears": draws.share(shares.in_arrears()),
        "first_month": first // 100 * 12 + first % 100 - 1,
        "grace": assumed["inactive"]["months_behind_at_least"],
        "project_months": assumed["jakon"]["longest_project_months"],
        "by_themselves": draws.share(assumed["pmi"]["by_themselves"] / 100),
    }


def build(*, people: int, regency: int | None = None, active_only: bool = False) -> tuple[np.ndarray, At]:
    """The tables of a population of this many, everywhere or in one regency."""
    province = f"{regency // 100}" if regency else None
    members = shares.members(active_only=active_only, province=province)
    made = firms.build(people=people, members=members)
    order = [shares.NAMES[number] for number in sorted(shares.NAMES)]
    tables = {
        "cells": draws.alias([part for row in members for part in row]),
        "firm_from": [number for row in made.first for number in row],
        "firm_count": [number for row in made.count for number in row],
        **_places(regency), **_people(order), **_incomes(order), **_time(), **_abroad(),
    }  # fmt: skip
    at, flat = {}, []
    for name, table in tables.items():
        at[name] = len(flat)
        flat += table
    return np.array(flat, "i8"), At(**at, **_numbers(made))
