"""The parameters that rules over integers read, as one typed record per span of dates; filled by `rulebook`.

Rates are whole numbers of ten-millionths, amounts whole rupiah, dates numbers like 20260630.
"""

from __future__ import annotations

from typing import NamedTuple


class Record(NamedTuple):
    """Every value in force on one day. A name here is a table in `parameters/*.toml`."""

    # wage earners
    jkk_rate: tuple[int, ...]
    jkm_rate: int
    jht_employer_rate: int
    jht_worker_rate: int
    jp_employer_rate: int
    jp_worker_rate: int
    jp_ceiling: int
    jkp_ceiling: int
    jkp_state_rate: int
    jkp_from_jkk_rate: int
    jkp_from_jkm_rate: int
    daily_wage_days: int
    piece_wage_months: int
    weather_wage_months: int
    # self-employed
    bpu_income_from: tuple[int, ...]
    bpu_base: tuple[int, ...]
    bpu_jkk: tuple[int, ...]
    bpu_jht: tuple[int, ...]
    bpu_jkm: int
    # construction
    jakon_wage_jkk_rate: int
    jakon_wage_jkm_rate: int
    jakon_slice_from: tuple[int, ...]
    jakon_jkk_rate: tuple[int, ...]
    jakon_jkm_rate: tuple[int, ...]
    # migrant workers
    pmi_before_fee: int
    pmi_flat_fee: int
    pmi_flat_months: int
    pmi_package_months: tuple[int, ...]
    pmi_package_fee: tuple[int, ...]
    pmi_excess_month: int
    pmi_extension_month: int
    pmi_jht_tiers: tuple[int, ...]
    # reliefs: the share that stays payable, in percent
    pp_49_2020_payable: int
    pp_7_2025_payable: int
    pp_7_2025_min_workers: int
    pp_7_2025_settle_by: int
    pp_50_2025_transport_payable: int
    pp_50_2025_other_payable: int
