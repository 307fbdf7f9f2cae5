"""JP from wage histories: months paid, the formula's pension and its limits, and what pension age would give."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from teduh.law import codes, compiled, rulebook
from teduh.law.months import Month
from teduh.national import groups, job
from teduh.national.groups import EPOCH_DAYS
from teduh.national.job import Asked, Column, Kind, Result

READS = (*job.WHO, "months", "wages")
FIRST = Month(2015, 7)

WRITES = (
    Column("paid_months", "int64", "masa iur (bulan)", "months paid"),
    Column("indexed", "int64", "jumlah upah terindeks (rupiah)", "sum of indexed wages (rupiah)"),
    Column("formula", "int64", "pensiun menurut rumus (rupiah sebulan)", "pension by the formula (rupiah a month)"),
    Column("pension", "int64", "pensiun dalam batasnya (rupiah sebulan)", "pension within limits (rupiah a month)"),
    Column("entitlement", "uint8", "0 tanpa iuran, 1 belum usia pensiun, 2 sekaligus, 3 pensiun bulanan",
           "0 nothing paid, 1 before pension age, 2 lump sum, 3 monthly pension", summed=False),
    Column("wages", "int64", "upah yang diperhitungkan (rupiah)", "wages that count (rupiah)"),
)  # fmt: skip


@functools.lru_cache(maxsize=8)
def tables(last: Month, retiring: int) -> tuple[np.ndarray, np.ndarray]:
    """For each month from July 2015 to `last`: the ceiling of its wage, and its index to the year of the pension."""
    months = Month.span(FIRST, last.minus(FIRST) + 1)
    ceilings = np.array([int(rulebook.in_force("jp_ceiling", month).value) for month in months], np.int64)
    index = np.array([_index(month.year, retiring) for month in months], np.int64)
    return ceilings, index


@functools.lru_cache(maxsize=256)
def _index(year: int, retiring: int) -> int:
    """PP 45/2015 Pasal 17(3): the inflation of each year from the wage's to the one before the pension, compounded."""
    factor = Fraction(1)
    for each in range(year, retiring):
        factor *= 1 + Fraction(int(rulebook.in_force("inflation", Month(each, 12)).number), codes.RATE_UNIT)
    return round(factor * codes.INDEX_UNIT)


def limits(month: Month) -> np.ndarray:
    """Pension age, months needed, lowest and highest pension of the month."""
    names = ("pension_age", "jp_pension_months", "jp_benefit_min", "jp_benefit_max")
    return np.array([int(rulebook.in_force(name, month).value) for name in names], np.int64)


def compute(read: Mapping[str, Any], asked: Asked) -> Result:
    """Every member of the shard, as if the pension began in the month asked about."""
    wages, months = read["wages"], read["months"]
    starts = wages.offsets.to_numpy().astype(np.int64)
    flat = wages.values.to_numpy(zero_copy_only=False).astype(np.int64, copy=False)
    written = months.values.to_numpy(zero_copy_only=False).astype(np.int64)
    serials = written // 100 * 12 + written % 100 - 1
    _within(serials, asked.month)
    ceilings, index = tables(asked.month, asked.month.year)
    today = asked.month.last.toordinal() - EPOCH_DAYS
    ages = (today - read["birth"].astype(np.int64)) * 48 // 1461
    out = np.empty((len(WRITES), len(ages)), np.int64)
    compiled.module().pension_rows(starts, flat, serials, ages, ceilings, index, FIRST.serial, limits(asked.month), out)
    return Result(read["id"], out, groups.of(read, asked.month.last))


def _within(serials: np.ndarray, month: Month) -> None:
    if len(serials) and (serials.min() < FIRST.serial or serials.max() > month.serial):
        raise ValueError(f"a wage history holds months from {FIRST} to {month} only")


KINDS = {"pension": Kind("pension", READS, WRITES, compute, text=("pension",))}
