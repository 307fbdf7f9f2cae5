"""A year's return on every JHT account, from its opening balance, the year's credits by month and the declared rate."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import compiled
from teduh.national import groups, job
from teduh.national.job import Asked, Column, Kind, Result

CREDITS = tuple(f"credit_{month:02}" for month in range(1, 13))
READS = (*job.WHO, "opening", "carried", *CREDITS)
#: The largest balance whose products still fit the 64 bits of a column, at a rate of 50 %.
MOST_BALANCE = 10**11

WRITES = (
    Column("paid", "int64", "iuran setahun (rupiah)", "the year's contributions (rupiah)"),
    Column("earned", "int64", "hasil pengembangan setahun (rupiah)", "the year's return (rupiah)"),
    Column("closing", "int64", "saldo akhir tahun (rupiah)", "balance at the end of the year (rupiah)"),
    Column("carried", "int64", "sisa di bawah satu rupiah (per 120 juta)", "left below a rupiah (of 120 million)"),
)


def compute(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """Every account of the shard, at `values["rate"]` (ten-millionths a year)."""
    opening = np.ascontiguousarray(read["opening"], np.int64)
    credits = np.stack([read[name] for name in CREDITS]).astype(np.int64, copy=False)
    if len(opening) and (
        int(opening.max()) > MOST_BALANCE or int(opening.min()) < 0 or int(credits.max()) > MOST_BALANCE
    ):
        raise Refused(
            "balance_out_of_range",
            Text("Ada saldo di luar batas hitung.", "A balance lies outside what is computed."),
            why=Text("Saldo dan iuran harus 0 sampai Rp100 miliar.", "Balances and credits are 0 to Rp100 milliard."),
        )
    out = np.empty((len(WRITES), len(opening)), np.int64)
    carried = np.ascontiguousarray(read["carried"], np.int64)
    compiled.module().accrue_rows(opening, credits, carried, int(asked.values["rate"]), out)
    return Result(read["id"], out, groups.of(read, asked.month.last))


KINDS = {"accrue": Kind("accrue", READS, WRITES, compute, text=("accrue",))}
