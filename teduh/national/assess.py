"""What everyone owes for a month, per programme and share: the law compiled, over a shard of people."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from teduh.law import codes, columns
from teduh.national import groups, people
from teduh.national.job import Asked, Column, Kind, Result

WRITES = (
    Column("jkk", "int64", "JKK (rupiah)", "JKK (rupiah)"),
    Column("jkm", "int64", "JKM (rupiah)", "JKM (rupiah)"),
    Column("jht_employer", "int64", "JHT bagian pemberi kerja (rupiah)", "JHT, employer's share (rupiah)"),
    Column("jht_worker", "int64", "JHT bagian peserta (rupiah)", "JHT, member's share (rupiah)"),
    Column("jp_employer", "int64", "JP bagian pemberi kerja (rupiah)", "JP, employer's share (rupiah)"),
    Column("jp_worker", "int64", "JP bagian pekerja (rupiah)", "JP, worker's share (rupiah)"),
    Column("jkp_from_jkk", "int64", "direkomposisi dari JKK (rupiah)", "moved from JKK to JKP (rupiah)"),
    Column("jkp_from_jkm", "int64", "direkomposisi dari JKM (rupiah)", "moved from JKM to JKP (rupiah)"),
    Column("jkp_state", "int64", "JKP dari Pemerintah (rupiah)", "JKP from the State (rupiah)"),
    Column("before", "int64", "PMI sebelum bekerja (rupiah)", "migrants, before departure (rupiah)"),
    Column("during", "int64", "PMI selama dan setelah bekerja (rupiah)", "migrants, during and after (rupiah)"),
    Column("extension", "int64", "PMI perpanjangan (rupiah)", "migrants, extension (rupiah)"),
    Column("total", "int64", "jumlah yang dibayar (rupiah)", "to be paid (rupiah)"),
    Column("refused", "int64", "sebab tanpa jawaban (kode)", "why the law gives no answer (code)", summed=False),
)
assert tuple(column.name for column in WRITES) == codes.BILL


def compute(read: Mapping[str, np.ndarray], asked: Asked) -> Result:
    """Everybody who owes something for the month, by the law of that month."""
    who = people.owing(read, asked.month)
    if len(who) < len(read["id"]):
        read = {name: values[who] for name, values in read.items()}
    bill = columns.assess_block(people.columns(read, asked.month)) if len(who) else np.empty((len(WRITES), 0), np.int64)
    return Result(read["id"], bill, groups.of(read, asked.month.last))


KINDS = {"assess": Kind("assess", people.READS, WRITES, compute, text=("assess",))}
