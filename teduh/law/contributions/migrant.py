"""What a migrant worker (PMI) pays: once before departure, once for during and after, by month for an
extension.

Knows Permenaker 18/2018 and 4/2023; a contract under 6 months is a declared blind spot of the latter.
"""

from __future__ import annotations

from teduh.law.codes import (
    BEFORE,
    DURING,
    EXTENSION,
    EXTENSION_BEFORE_2023,
    IMPLEMENTER,
    NOT_A_TIER,
    OVER_FLAT_MONTHS,
    TOO_EARLY,
    UNDER_SIX_MONTHS,
)
from teduh.law.record import Record
from teduh.law.rules import rule


@rule(
    "Permenaker 18/2018",
    "Permenaker 4/2023 Pasal 18(1)a",
    id="Iuran sebelum bekerja",
    en="Fee for the time before departure",
    says_id=(
        "Calon pekerja migran yang ditempatkan oleh pelaksana penempatan membayar Rp37.500 untuk masa "
        "sebelum bekerja; yang berangkat secara perseorangan tidak membayarnya."
    ),
)
def before_departure(route: int, p: Record) -> int:
    """Whoever is placed by an implementer pays Rp37,500 for the time before departure; an individual pays
    none.
    """
    if route == IMPLEMENTER:
        return p.pmi_before_fee
    return 0


@rule(
    "Permenaker 18/2018",
    id="Iuran selama dan setelah bekerja (sampai 21 Februari 2023)",
    en="Fee during and after work (until 21 February 2023)",
    says_id=(
        "Satu jumlah iuran mencakup kontrak berapa pun lamanya sampai dengan 24 bulan; untuk kontrak "
        "yang lebih lama tidak ada naskah yang dibaca."
    ),
)
def flat_fee(contract_months: int, p: Record) -> int:
    """One sum covers a contract of any length up to 24 months; for a longer one no text was read."""
    if contract_months > p.pmi_flat_months:
        return OVER_FLAT_MONTHS
    return p.pmi_flat_fee


@rule(
    "Permenaker 4/2023 Pasal 18(1)b",
    "Permenaker 4/2023 Pasal 18(2)",
    "Permenaker 4/2023 Pasal 18(3)",
    id="Iuran selama dan setelah bekerja",
    en="Fee during and after work",
    says_id=(
        "Kontrak 6, 12, dan 24 bulan masing-masing mempunyai besaran iuran sendiri; setiap bulan "
        "kelebihan dari paket itu dikenai Rp13.500."
    ),
)
def package_fee(contract_months: int, p: Record) -> int:
    """6, 12 and 24 months have a fee of their own; months in excess of a package cost Rp13,500 each."""
    if contract_months < p.pmi_package_months[0]:
        return UNDER_SIX_MONTHS
    row = 0
    while row + 1 < len(p.pmi_package_months) and contract_months >= p.pmi_package_months[row + 1]:
        row += 1
    return p.pmi_package_fee[row] + (contract_months - p.pmi_package_months[row]) * p.pmi_excess_month


@rule(
    "Permenaker 18/2018",
    "Permenaker 4/2023 Pasal 18",
    id="Iuran selama dan setelah bekerja menurut aturan yang berlaku",
    en="Fee during and after work under the regulation in force",
    says_id=(
        "Peraturan yang berlaku ketika kontrak didaftarkan menentukan iurannya: satu jumlah, atau paket "
        "dengan bulan kelebihan."
    ),
)
def during_and_after(contract_months: int, p: Record) -> int:
    """The regulation in force when the contract is registered decides: one sum, or packages with excess
    months.
    """
    if p.pmi_flat_months > 0:
        return flat_fee(contract_months, p)
    return package_fee(contract_months, p)


@rule(
    "Permenaker 4/2023 Pasal 20",
    id="Iuran perpanjangan",
    en="Fee for an extension",
    says_id=(
        "Setiap bulan perpanjangan perjanjian kerja dikenai iuran Rp13.500; untuk masa sebelum 2023 "
        "tidak ada naskah yang dibaca."
    ),
)
def extension_fee(extension_months: int, p: Record) -> int:
    """Each month by which the work agreement is extended costs Rp13,500; for the time before 2023 no text
    was read.
    """
    if p.pmi_extension_month <= 0:
        return EXTENSION_BEFORE_2023
    return extension_months * p.pmi_extension_month


@rule(
    "Permenaker 18/2018",
    "Permenaker 4/2023",
    id="Iuran JHT sukarela pekerja migran",
    en="Voluntary JHT of a migrant worker",
    says_id=(
        "JHT bersifat sukarela, dengan tujuh pilihan iuran bulanan dari Rp50.000 sampai Rp600.000; tidak "
        "ada jumlah di antaranya."
    ),
)
def jht_migrant(jht_monthly: int, p: Record) -> int:
    """JHT is voluntary and has seven monthly tiers, from Rp50,000 to Rp600,000; nothing in between."""
    if jht_monthly == 0:
        return 0
    for tier in p.pmi_jht_tiers:
        if jht_monthly == tier:
            return tier
    return NOT_A_TIER


@rule(
    "Permenaker 18/2018",
    "Permenaker 4/2023 Pasal 18, 20",
    id="Iuran pekerja migran Indonesia (PMI)",
    en="Contribution of a migrant worker (PMI)",
    says_id=(
        "Iuran JKK dan JKM dibayar bersama-sama di muka: sebelum berangkat, untuk masa kontrak, dan "
        "untuk perpanjangannya."
    ),
)
def migrant_bill(
    route: int, stage: int, contract_months: int, extension_months: int, jht_monthly: int, p: Record
) -> tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int]:
    """JKK and JKM are paid together, in advance: before departure, for the contract, for its extension."""
    before = during = extension = 0
    if p.pmi_before_fee < 0:
        return 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, TOO_EARLY
    if stage == EXTENSION:
        extension = extension_fee(extension_months, p)
    elif stage == BEFORE:
        before = before_departure(route, p)
    elif stage == DURING:
        during = during_and_after(contract_months, p)
    else:
        before = before_departure(route, p)
        during = during_and_after(contract_months, p)
    jht = jht_migrant(jht_monthly, p)
    refused = min(during, extension, jht, 0)
    if refused < 0:
        return 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, refused
    return 0, 0, 0, jht, 0, 0, 0, 0, 0, before, during, extension, before + during + extension + jht, 0
