"""What migrant workers (PMI) are given, as rules over whole rupiah: sums, costs up to a limit, tiers, percentages.

The limits and sums come from the caller, who knows their dates and how sure they are (`migrant_benefits`).
"""

from __future__ import annotations

from collections.abc import Sequence

from teduh.law.money import rounded
from teduh.law.rules import rule

PERCENT_UNIT = 10_000  # a percentage of impairment in hundredths


@rule(
    "Permenaker 4/2023 Pasal 27(1)",
    "Permenaker 4/2023 Pasal 34(1)",
    id="Biaya yang diganti sampai batasnya",
    en="Costs refunded up to their limit",
    says_id="Biaya diganti sebesar yang dikeluarkan, paling banyak sampai batas dalam lampiran.",
)
def pmi_up_to(cost: int, most: int) -> int:
    """Costs are refunded as they were paid, at most up to the annex's limit."""
    return max(0, min(cost, most))


@rule(
    "Permenaker 4/2023 Pasal 50(2)",
    "Permenaker 4/2023 Lampiran",
    id="Perawatan di luar negeri yang diganti",
    en="Treatment abroad that is refunded",
    says_id=(
        "Jaminan atau asuransi setempat membayar lebih dulu; kelebihannya diganti kepada yang menalangi, paling banyak "
        "sampai batas tiap kasus."
    ),
)
def pmi_treatment_excess(cost: int, insured: int, most: int) -> int:
    """The local scheme or insurance pays first; what exceeds it is refunded to whoever advanced it, up to the limit of
    a case.
    """
    return pmi_up_to(max(0, cost - insured), most)


@rule(
    "Permenaker 4/2023 Pasal 27(3)",
    "Permenaker 4/2023 Pasal 34(1)d",
    "Permenaker 4/2023 Pasal 34(1)e",
    id="Uang tunai bila bukan karena kesalahan atau kehendak sendiri",
    en="Cash where it was not one's own fault or wish",
    says_id="Uang tunai diberikan hanya bila yang terjadi bukan karena kesalahan atau kehendak pekerja sendiri.",
)
def pmi_blameless(sum: int, own_fault: int) -> int:
    """Cash is given only where what happened was not the worker's own fault or wish."""
    if own_fault:
        return 0
    return sum


@rule(
    "Permenaker 18/2018",
    "Permenaker 4/2023 Pasal 34(1)l",
    id="Uang tunai karena diberhentikan akibat kecelakaan kerja",
    en="Cash on dismissal after a work accident",
    says_id=(
        "Uang tunai menurut masa kerja diberikan bila diberhentikan akibat kecelakaan kerja; tidak diberikan bila "
        "berakhirnya kerja karena sebab yang dikecualikan."
    ),
)
def pmi_dismissed_cash(service_months: int, excluded: int, tier_months: Sequence[int], tier_cash: Sequence[int]) -> int:
    """Cash by the months worked is given on dismissal after a work accident; not where work ended for a cause that is
    excluded.
    """
    cash = 0
    if not excluded:
        for row in range(len(tier_months)):
            if service_months >= tier_months[row]:
                cash = tier_cash[row]
    return cash


@rule(
    "Permenaker 4/2023 Pasal 27(1)b",
    "Permenaker 4/2023 Pasal 34(1)f",
    id="Santunan cacat sebagian",
    en="Partial disability",
    says_id="Santunan cacat sebagian adalah persentase cacat menurut tabel kali dasarnya.",
)
def pmi_partial_disability(percentage: int, base: int) -> int:
    """Partial disability gives the percentage of the table times its base."""
    return rounded(base * percentage, PERCENT_UNIT)


@rule(
    "Permenaker 4/2023 Lampiran",
    id="Santunan kematian, berkala, dan pemakaman",
    en="Death, periodic and funeral sums together",
    says_id="Santunan kematian, santunan berkala, dan biaya pemakaman dibayar sekaligus kepada ahli waris.",
)
def pmi_death(sum: int, periodic: int, funeral: int) -> int:
    """The death sum, the periodic sum and the funeral sum are paid to the heirs at once."""
    return sum + periodic + funeral


@rule(
    "Permenaker 4/2023 Pasal 27(1)j",
    id="Beasiswa anak setahun",
    en="Scholarships of a year",
    says_id="Beasiswa setahun menurut jenjang pendidikan, bagi anak sampai jumlah paling banyak.",
)
def pmi_scholarship_year(row: int, children: int, most_children: int, per_year: Sequence[int]) -> int:
    """A year's scholarship goes by the level of education, for children up to the highest number."""
    return per_year[row] * max(0, min(children, most_children))
