"""What a JP pension is reckoned from: wages up to the ceiling of their month, indexed by inflation, 1 % for a year."""

from __future__ import annotations

from teduh.law.codes import INDEX_UNIT
from teduh.law.money import rounded
from teduh.law.rules import rule


@rule(
    "PP 45/2015 Pasal 17(3)",
    "PP 45/2015 Pasal 29(2)",
    id="Upah terindeks",
    en="Indexed wage",
    says_id=(
        "Upah yang diperhitungkan, sampai batas tertinggi bulan itu, disesuaikan ke nilai masa depan dengan inflasi "
        "setiap tahun sesudahnya sampai tahun sebelum pensiun."
    ),
)
def jp_indexed_wage(wage: int, ceiling: int, index: int) -> int:
    """A wage that counts, up to the ceiling of its month, is brought to later value by the inflation of each year up to
    the one before the pension.
    """
    return rounded(min(wage, ceiling) * index, INDEX_UNIT)


@rule(
    "PP 45/2015 Pasal 17(2)",
    id="Manfaat pensiun menurut rumus (rupiah sebulan)",
    en="Pension by the formula (rupiah a month)",
    says_id=(
        "Manfaat sebulan adalah 1% kali masa iur dalam tahun kali rata-rata upah terindeks sebulan, yang sama dengan "
        "jumlah upah terindeks dibagi 1.200."
    ),
)
def jp_formula(indexed_wages: int) -> int:
    """A month's pension is 1 % times the years paid times the average indexed monthly wage, which is the sum of the
    indexed wages by 1,200.
    """
    return rounded(indexed_wages, 1200)


@rule(
    "PP 45/2015 Pasal 18(1)-(3)",
    id="Manfaat pensiun dalam batasnya (rupiah sebulan)",
    en="Pension within its limits (rupiah a month)",
    says_id="Manfaat pensiun paling sedikit dan paling banyak sebesar batas yang berlaku pada tahun itu.",
)
def jp_pension(indexed_wages: int, lowest: int, highest: int) -> int:
    """A pension is at least the lowest and at most the highest amount of the year."""
    return max(lowest, min(highest, jp_formula(indexed_wages)))


@rule(
    "PP 45/2015 Pasal 15",
    "PP 45/2015 Pasal 19(1)",
    "PP 45/2015 Pasal 24",
    id="Hak pada usia pensiun",
    en="Entitlement at pension age",
    says_id=(
        "Pada usia pensiun, masa iur paling sedikit 180 bulan memberi pensiun bulanan; kurang dari itu memberi "
        "akumulasi iuran sekaligus."
    ),
)
def jp_entitlement(age_months: int, pension_age: int, paid_months: int, needed_months: int) -> int:
    """At pension age 180 paid months give a monthly pension, fewer give the accumulated contributions at once."""
    if paid_months == 0:
        return 0
    if age_months < 12 * pension_age:
        return 1
    if paid_months >= needed_months:
        return 3
    return 2
