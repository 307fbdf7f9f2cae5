"""Temporary reliefs: each one a rule of its own, folded over the base rules in order of enactment.

A relief takes a rate or an amount and gives back what stays payable; outside its window its share is 100 and
nothing changes. A relief never raises anything.
"""

from __future__ import annotations

from teduh.law.codes import TRANSPORT
from teduh.law.money import rounded
from teduh.law.record import Record
from teduh.law.rules import rule


@rule(
    "PP 49/2020",
    id="Keringanan pandemi 99% (PP 49/2020)",
    en="Pandemic relief of 99 % (PP 49/2020)",
    says_id=(
        "Dari Agustus 2020 sampai Januari 2021 hanya 1% dari iuran JKK dan JKM yang dibayar, bila syaratnya terpenuhi."
    ),
    kind="relief",
)
def pp_49_2020(rate: int, eligible_2020: int, p: Record) -> int:
    """From August 2020 to January 2021 only 1 % of JKK and JKM is paid, where the conditions are met."""
    if eligible_2020:
        return rounded(rate * p.pp_49_2020_payable, 100)
    return rate


@rule(
    "PP 7/2025 Pasal 10",
    "PP 36/2025 Pasal 10A",
    "PP 36/2025 Pasal 11",
    id="Keringanan JKK industri padat karya 50%",
    en="Relief of 50 % of JKK for labour-intensive industry",
    says_id=(
        "Industri padat karya dengan 50 pekerja atau lebih membayar separuh iuran JKK, asalkan lunas "
        "paling lambat 30 Juni 2026."
    ),
    kind="relief",
)
def pp_7_2025(rate: int, labour_intensive: int, workers: int, paid_on: int, p: Record) -> int:
    """Labour-intensive industry with 50 workers or more pays half of JKK, if settled by 30 June 2026."""
    if labour_intensive and workers >= p.pp_7_2025_min_workers and paid_on <= p.pp_7_2025_settle_by:
        return rounded(rate * p.pp_7_2025_payable, 100)
    return rate


@rule(
    "PP 50/2025 Pasal 2-4",
    id="Keringanan 50% bagi BPU transportasi (PP 50/2025)",
    en="Relief of 50 % for the self-employed in transport (PP 50/2025)",
    says_id=(
        "Pengemudi dan kurir membayar separuh iuran JKK dan JKM dari Januari 2026 sampai Maret 2027, "
        "kecuali bila iurannya dibayar pemerintah."
    ),
    kind="relief",
)
def pp_50_2025_transport(amount: int, sector: int, paid_by_government: int, p: Record) -> int:
    """Drivers and couriers pay half of JKK and JKM from January 2026 to March 2027, unless a government
    pays.
    """
    if sector == TRANSPORT and not paid_by_government:
        return rounded(amount * p.pp_50_2025_transport_payable, 100)
    return amount


@rule(
    "PP 50/2025 Pasal 2-4",
    id="Keringanan 50% bagi BPU sektor lain (PP 50/2025)",
    en="Relief of 50 % for the self-employed in other sectors (PP 50/2025)",
    says_id=(
        "Peserta bukan penerima upah lainnya membayar separuh iuran JKK dan JKM dari April sampai "
        "Desember 2026, kecuali bila iurannya dibayar pemerintah."
    ),
    kind="relief",
)
def pp_50_2025_other(amount: int, sector: int, paid_by_government: int, p: Record) -> int:
    """Other self-employed people pay half of JKK and JKM from April to December 2026, unless a government
    pays.
    """
    if sector != TRANSPORT and not paid_by_government:
        return rounded(amount * p.pp_50_2025_other_payable, 100)
    return amount
