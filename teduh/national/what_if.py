"""Everyone under a scenario beside today's law: who pays and who gets more or less, and how long cover lasts."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import numpy as np

from teduh.law import codes, columns, scenarios
from teduh.law.months import Month
from teduh.law.scenarios import Scenario
from teduh.national import groups, people, standing
from teduh.national.job import Asked, Column, Kind, Result

READS = tuple(dict.fromkeys((*people.READS, *standing.READS)))

WRITES = (
    Column("member_now", "int64", "dibayar peserta kini (rupiah)", "paid by the member now (rupiah)"),
    Column("member_then", "int64", "dibayar peserta menurut skenario", "paid by the member under the scenario"),
    Column("employer_now", "int64", "dibayar pemberi kerja kini (rupiah)", "paid by the employer now (rupiah)"),
    Column("employer_then", "int64", "dibayar pemberi kerja menurut skenario", "by the employer under the scenario"),
    Column("state_now", "int64", "dibayar Pemerintah kini (rupiah)", "paid by the State now (rupiah)"),
    Column("state_then", "int64", "dibayar Pemerintah menurut skenario", "by the State under the scenario"),
    Column("savings_now", "int64", "masuk JHT kini (rupiah)", "into JHT now (rupiah)"),
    Column("savings_then", "int64", "masuk JHT menurut skenario", "into JHT under the scenario"),
    Column("pension_now", "int64", "pensiun JP per bulan iur kini (per mil rupiah sebulan)",
           "JP pension earned by a month now (thousandths of a rupiah a month)"),
    Column("pension_then", "int64", "pensiun JP per bulan iur menurut skenario", "the same under the scenario"),
    Column("days", "int64", "hari perlindungan bertambah", "days of cover gained"),
    Column("decile", "uint8", "desil pendapatan", "decile of income", summed=False),
    Column("pays_less", "uint8", "1 bila peserta membayar lebih sedikit", "1 if the member pays less"),
    Column("pays_more", "uint8", "1 bila peserta membayar lebih banyak", "1 if the member pays more"),
    Column("gets_less", "uint8", "1 bila manfaat atau perlindungan berkurang", "1 if benefit or cover shrinks"),
    Column("gets_more", "uint8", "1 bila manfaat atau perlindungan bertambah", "1 if benefit or cover grows"),
)  # fmt: skip


@functools.lru_cache(maxsize=4)
def _read(text: str) -> Scenario:
    return scenarios.read(text)


def compute(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """Everyone who owes something in the month, under today's law and under `values["scenario"]` (its TOML text).

    `values["deciles"]`: the nine incomes at which the next decile begins.
    """
    scenario, month = _read(asked.values["scenario"]), asked.month
    who = people.owing(read, month)
    read = {name: values[who] for name, values in read.items()}
    out = np.zeros((len(WRITES), len(who)), np.int64)
    if len(who):
        given = people.columns(read, month)
        for at, law in enumerate((None, scenario)):
            _fill(out, at, read, columns.assess_block(given, law), law, month)
        out[10] = _until(read, scenario, month) - _until(read, None, month)
        _compare(out, read, asked)
    return Result(read["id"], out, _groups(read, out[11], month))


def _fill(out: np.ndarray, at: int, read: Mapping[str, np.ndarray], bill: np.ndarray, law: Scenario | None,
          month: Month) -> None:  # fmt: skip
    """Who pays what under one law: the self-employed pay all of it themselves, on a project the employer does."""
    amounts = dict(zip(codes.BILL, bill, strict=True))
    own = (read["segment"] == codes.SELF_EMPLOYED) | (read["segment"] == codes.MIGRANT)
    member = np.where(own, amounts["total"], amounts["jht_worker"] + amounts["jp_worker"])
    out[at] = member
    out[2 + at] = amounts["total"] - member
    out[4 + at] = amounts["jkp_state"]
    out[6 + at] = amounts["jht_employer"] + amounts["jht_worker"]
    ceiling = scenarios.record(law, month.last).jp_ceiling
    counted = np.where(amounts["jp_employer"] > 0, np.minimum(read["income"], ceiling), 0)
    out[8 + at] = counted * 1000 // 1200


def _until(read: Mapping[str, np.ndarray], law: Scenario | None, month: Month) -> np.ndarray:
    """The last day of cover or grace."""
    limits = [int(scenarios.number(law, name, month.last)) for name in ("arrears_months", "pmi_return_months")]
    return standing.dates(read, month, limits)[1]


def _compare(out: np.ndarray, read: Mapping[str, np.ndarray], asked: Asked) -> None:
    out[11] = 1 + np.searchsorted(np.array(asked.values["deciles"], np.int64), read["income"], side="right")
    out[12], out[13] = out[1] < out[0], out[1] > out[0]
    gain = np.sign(out[7] - out[6]) + np.sign(out[9] - out[8]) + np.sign(out[10])
    out[14], out[15] = gain < 0, gain > 0


def _groups(read: Mapping[str, np.ndarray], deciles: np.ndarray, month: Month) -> np.ndarray:
    """By segment, province and sector, with the decile in place of the age band."""
    by_age = groups.of(read, month.last)
    return by_age - by_age % groups.BANDS + deciles


def deciles(incomes: Any) -> list[int]:
    """The nine incomes at which the next decile begins, from counts of each income: `{income: people}`."""
    ordered = sorted(incomes.items())
    total, seen, found = sum(count for _, count in ordered), 0, []
    for income, count in ordered:
        while len(found) < 9 and seen + count > total * (len(found) + 1) // 10:
            found.append(int(income))
        seen += count
    return found + [int(ordered[-1][0])] * (9 - len(found)) if ordered else [0] * 9


KINDS = {"what_if": Kind("what_if", READS, WRITES, compute, text=("what_if", "standing"))}
