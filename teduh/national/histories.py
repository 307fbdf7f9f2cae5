"""What synthetic people paid in the past, so that accounts and pensions can be run over them: two snapshots more.

Made from a snapshot of people by assumptions that are stated here and nowhere published: somebody paid every month from
joining (at the earliest July 2015) to his last paid month, by the wage of today less 4 % for each year back, and his
account opened with these contributions without any return.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from teduh.law import codes, columns
from teduh.law.months import Month
from teduh.national import groups, job, people
from teduh.national.accrue import CREDITS
from teduh.national.job import Asked, Column, Kind, Result

FIRST = Month(2015, 7)
MOST_MONTHS = 120
#: What a wage of n years back was of today's: 96 % for each year, in parts of UNIT.
UNIT = 10**10
SHRUNK = np.array([96**n * UNIT // 100**n for n in range(13)], np.int64)

READS = tuple(dict.fromkeys((*job.WHO, *people.READS, "joined", "paid_until")))
WHO = (
    Column("segment", "uint8", "segmen (kode)", "segment (code)", summed=False),
    Column("regency", "int32", "kabupaten/kota (kode)", "regency (code)", summed=False),
    Column("sector", "uint8", "sektor (kode)", "sector (code)", summed=False),
    Column("birth", "date32[day]", "tanggal lahir", "date of birth", summed=False),
)
ACCOUNT = (
    Column("opening", "int64", "saldo awal (rupiah)", "opening balance (rupiah)"),
    Column("carried", "int64", "sisa di bawah satu rupiah (per 120 juta)", "left below a rupiah (of 120 million)"),
    *(
        Column(name, "int64", f"iuran bulan {n} (rupiah)", f"credit of month {n} (rupiah)")
        for n, name in enumerate(CREDITS, 1)
    ),
)


def savings(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """JHT accounts at the beginning of the month's year, and the year's credits by the law of each month."""
    held = np.flatnonzero(read["programmes"] & codes.JHT)
    read = {name: values[held] for name, values in read.items()}
    joined, paid = (_serials(read[name]) for name in ("joined", "paid_until"))
    january = Month(asked.month.year, 1)
    out = np.zeros((len(WHO) + len(ACCOUNT), len(held)), np.int64)
    for place, name in enumerate(("segment", "regency", "sector", "birth")):
        out[place] = read[name]
    months = np.clip(np.minimum(paid, january.serial - 1) - np.maximum(joined, FIRST.serial) + 1, 0, None)
    out[4] = months * (_jht(read, january.plus(-1)) * 80 // 100)
    for n in range(12):
        serial = january.plus(n).serial
        owes = (joined <= serial) & (serial <= paid)
        out[6 + n] = np.where(owes, _jht(read, january.plus(n)), 0)
    return Result(read["id"], out, groups.of(read, asked.month.last))


def _jht(read: Mapping[str, np.ndarray], month: Month) -> np.ndarray:
    """What each pays into his account for a month, both shares."""
    if not len(read["id"]):
        return np.zeros(0, np.int64)
    bill = columns.assess_block({**people.columns(read, month), "programmes": codes.JHT})
    return bill[2] + bill[3]


def _serials(months: np.ndarray) -> np.ndarray:
    wide = months.astype(np.int64)
    return wide // 100 * 12 + wide % 100 - 1


def wages(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """Members of JP with their wage histories: a list of months (like 202604) and one of wages for each."""
    held = np.flatnonzero(read["programmes"] & codes.JP)
    read = {name: values[held] for name, values in read.items()}
    last = np.minimum(_serials(read["paid_until"]), asked.month.serial)
    first = np.maximum(np.maximum(_serials(read["joined"]), FIRST.serial), last - MOST_MONTHS + 1)
    starts = np.concatenate(([0], np.cumsum(np.maximum(last - first + 1, 0))))
    who = np.repeat(np.arange(len(held)), np.diff(starts))
    serial = first[who] + np.arange(starts[-1]) - starts[who]
    years = np.clip(asked.month.year - serial // 12, 0, len(SHRUNK) - 1)
    paid = read["income"].astype(np.int64)[who] * SHRUNK[years] // UNIT
    written = (serial // 12 * 100 + serial % 12 + 1).astype(np.int32)
    lists = {name: pa.ListArray.from_arrays(pa.array(starts.astype(np.int32)), pa.array(values))
             for name, values in (("months", written), ("wages", paid))}  # fmt: skip
    out = np.stack([read[name].astype(np.int64) for name in job.WHO if name != "id"])
    return Result(read["id"], out, groups.of(read, asked.month.last), lists)


KINDS = {
    "savings": Kind("savings", READS, (*WHO, *ACCOUNT), savings, text=("histories",)),
    "wages": Kind("wages", READS, WHO, wages, text=("histories",)),
}
