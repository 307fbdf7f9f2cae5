"""How far paid months reach, as rules over day numbers and tables of due dates: one person's and a nation's alike.

Days count from 1970-01-01; months are serials (12 times the year, plus the month from 0). The tables hold, for each
month from `first` on, its last day and the due date of its contribution, as `law.due` gives them.
"""

from __future__ import annotations

from collections.abc import Sequence

from teduh.law.rules import rule


@rule(
    "PP 44/2015 Pasal 21(2)",
    "PP 44/2015 Pasal 24(3)",
    id="Hari terakhir tanpa tunggakan",
    en="Last day without arrears",
    says_id=(
        "Sampai akhir bulan terakhir yang dibayar, dan sesudahnya sampai jatuh tempo bulan berikutnya, belum ada yang "
        "tertunggak."
    ),
)
def clear_until(paid_until: int, first: int, last_days: Sequence[int], due_days: Sequence[int]) -> int:
    """Up to the end of the last paid month, and then up to the due date of the next, nothing is in arrears."""
    return max(last_days[paid_until - first], due_days[paid_until + 1 - first])


@rule(
    "PP 44/2015 Pasal 38",
    "PP 44/2015 Pasal 39",
    "PP 44/2015 Pasal 41",
    "PP 44/2015 Pasal 42",
    id="Hari terakhir dengan tunggakan paling banyak tiga bulan",
    en="Last day with at most three months of arrears",
    says_id=(
        "Tunggakan melebihi batas pada jatuh tempo bulan keempat berturut-turut yang tidak dibayar; sampai hari itu "
        "penerima upah dijamin penuh, dan bukan penerima upah dalam masa tenggang."
    ),
)
def grace_until(paid_until: int, arrears_months: int, first: int, due_days: Sequence[int]) -> int:
    """Arrears pass the limit with the due date of the fourth month unpaid in a row; up to that day wage earners are
    covered in full, the self-employed in grace.
    """
    return due_days[paid_until + arrears_months + 1 - first]


@rule(
    "Permenaker 4/2023 Pasal 16(2)",
    id="Hari terakhir perlindungan di luar negeri",
    en="Last day of cover abroad",
    says_id="Perlindungan selama bekerja sampai perjanjian berakhir, ditambah waktu pulang paling lama satu bulan.",
)
def abroad_until(departed: int, contract_months: int, return_months: int, first: int, last_days: Sequence[int]) -> int:
    """Cover abroad lasts to the end of the agreement and at most a month more for the way home."""
    return last_days[departed + contract_months + return_months - 1 - first]
