"""Until when everyone is protected, and what holds on a day: the dates that the law makes of the last paid month."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping

import numpy as np

from teduh.core import holidays
from teduh.law import codes, compiled, due, rulebook
from teduh.law.months import Month
from teduh.national import groups, job
from teduh.national.groups import EPOCH_DAYS
from teduh.national.job import Asked, Column, Kind, Result

READS = (*job.WHO, "paid_until", "departed", "contract_months", "programmes")
FIRST = Month(2015, 6)
#: Months after the day asked about that tables reach: paid in advance, and a contract abroad.
AHEAD = 12 * 12

WRITES = (
    Column("protected_until", "date32[day]", "hari terakhir tanpa tunggakan", "last day without arrears", summed=False),
    Column("grace_until", "date32[day]", "hari terakhir perlindungan", "last day of cover or grace", summed=False),
    Column("state", "uint8", "1 dilindungi, 2 tenggang/pemberi kerja menunggak, 3 berakhir",
           "1 protected, 2 in grace or employer behind, 3 over", summed=False),
    Column("protected", "uint8", "1 bila dilindungi pada hari itu", "1 if protected on that day"),
    Column("grace", "uint8", "1 bila dalam masa tenggang", "1 if in grace or the employer is behind"),
    Column("over", "uint8", "1 bila perlindungan sudah berakhir", "1 if cover is over"),
    Column("jht", "uint8", "1 bila punya rekening JHT", "1 with a JHT account"),
    Column("jp", "uint8", "1 bila peserta JP", "1 in JP"),
)  # fmt: skip


@functools.lru_cache(maxsize=4)
def tables(last: Month) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each month from FIRST to `last`: its last day, and the due dates of the self-employed and of wage earners."""
    months = Month.span(FIRST, last.minus(FIRST) + 1)
    off = holidays.between(FIRST.year, last.year + 1)
    days = [month.last for month in months]
    own, wage = ([_due(segment, month, off) for month in months] for segment in ("self_employed", "wage_earner"))
    return tuple(np.array([day.toordinal() - EPOCH_DAYS for day in column], np.int64) for column in (days, own, wage))


def _due(segment: str, month: Month, off: frozenset[dt.date]) -> dt.date:
    """The law's due date; before the oldest text held, the 15th, which nobody's standing on a later day depends on."""
    if month.first < rulebook.LAW_START:
        return month.day(15)
    return due.due_date("JKK", segment, month, holidays=off).date


def compute(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """Everyone of the shard, on the last day of the month asked about."""
    limits = [int(rulebook.in_force(name, asked.month).value) for name in ("arrears_months", "pmi_return_months")]
    out = np.empty((len(WRITES), len(read["id"])), np.int64)
    out[:3] = dates(read, asked.month, limits)
    for place, state in ((3, 1), (4, 2), (5, 3)):
        out[place] = out[2] == state
    out[6], out[7] = read["programmes"] & codes.JHT > 0, read["programmes"] & codes.JP > 0
    return Result(read["id"], out, groups.of(read, asked.month.last))


def dates(read: Mapping[str, np.ndarray], month: Month, limits: list[int]) -> np.ndarray:
    """Last day without arrears, last day of cover or grace, and the state on the month's last day."""
    last = month.plus(AHEAD)
    paid, departed = (_serials(read[name], last) for name in ("paid_until", "departed"))
    out = np.empty((3, len(paid)), np.int64)
    compiled.module().standing_rows(
        read["segment"].astype(np.int64), paid, departed, read["contract_months"].astype(np.int64), FIRST.serial,
        *tables(last), np.array(limits, np.int64), month.last.toordinal() - EPOCH_DAYS, out,
    )  # fmt: skip
    return out


def _serials(months: np.ndarray, last: Month) -> np.ndarray:
    """Months like 202604 as serials, kept within the tables."""
    wide = months.astype(np.int64)
    serials = wide // 100 * 12 + wide % 100 - 1
    return np.clip(serials, FIRST.serial, last.serial - 72)


KINDS = {"standing": Kind("standing", READS, WRITES, compute, text=("standing",))}
