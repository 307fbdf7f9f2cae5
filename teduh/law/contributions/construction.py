"""What a construction project (Jakon) owes: by known wages, or by slices of the contract value."""

from __future__ import annotations

from teduh.law.codes import NO_BASIS, RATE_UNIT
from teduh.law.contributions.reliefs import pp_49_2020
from teduh.law.money import rounded
from teduh.law.record import Record
from teduh.law.rules import rule


@rule(
    "PP 44/2015 Pasal 54(2)",
    "PP 44/2015 Pasal 55(2)",
    id="Bagian nilai kontrak dalam satu lapisan",
    en="Part of the contract value in one slice",
    says_id=(
        "Setiap tarif hanya berlaku untuk lapisannya sendiri: bagian nilai kontrak di atas batas bawah "
        "lapisan itu sampai dengan batas bawah lapisan berikutnya."
    ),
    kind="part",
)
def slice_of(contract_value: int, row: int, p: Record) -> int:
    """Each rate applies to its own slice alone: what lies above its lower bound and not above the next
    one's.
    """
    upper = contract_value
    if row + 1 < len(p.jakon_slice_from):
        upper = min(contract_value, p.jakon_slice_from[row + 1])
    return max(0, upper - p.jakon_slice_from[row])


@rule(
    "PP 44/2015 Pasal 54(2)",
    id="Iuran JKK menurut nilai kontrak, sebelum dibulatkan (dalam sepersepuluh juta rupiah)",
    en="JKK by contract value before rounding (in ten-millionths of a rupiah)",
    says_id=(
        "Dalam hal upah tidak diketahui, iuran JKK sebesar 0,21% dari lapisan pertama nilai kontrak, "
        "menurun sampai 0,09% dari lapisan terakhir; semuanya dijumlahkan tanpa pembulatan."
    ),
)
def jkk_contract(contract_value: int, eligible_2020: int, p: Record) -> int:
    """Where wages are not known, JKK is 0.21 % of the first slice down to 0.09 % of the last, summed
    exactly.
    """
    total = 0
    for row in range(len(p.jakon_slice_from)):
        total += slice_of(contract_value, row, p) * pp_49_2020(p.jakon_jkk_rate[row], eligible_2020, p)
    return total


@rule(
    "PP 44/2015 Pasal 55(2)",
    id="Iuran JKM menurut nilai kontrak, sebelum dibulatkan (dalam sepersepuluh juta rupiah)",
    en="JKM by contract value before rounding (in ten-millionths of a rupiah)",
    says_id=(
        "Dalam hal upah tidak diketahui, iuran JKM sebesar 0,03% dari lapisan pertama nilai kontrak, "
        "menurun sampai 0,01% dari lapisan terakhir; semuanya dijumlahkan tanpa pembulatan."
    ),
)
def jkm_contract(contract_value: int, eligible_2020: int, p: Record) -> int:
    """Where wages are not known, JKM is 0.03 % of the first slice down to 0.01 % of the last, summed
    exactly.
    """
    total = 0
    for row in range(len(p.jakon_slice_from)):
        total += slice_of(contract_value, row, p) * pp_49_2020(p.jakon_jkm_rate[row], eligible_2020, p)
    return total


@rule(
    "PP 44/2015 Pasal 54",
    id="Iuran JKK konstruksi",
    en="JKK of construction",
    says_id="Iuran JKK sebesar 1,74% dari upah sebulan bila upah diketahui; bila tidak, dihitung dari nilai kontrak.",
)
def jkk_construction(contract_value: int, wages: int, eligible_2020: int, p: Record) -> int:
    """JKK is 1.74 % of the month's wages where they are known, otherwise it follows the contract value."""
    if wages > 0:
        return rounded(wages * pp_49_2020(p.jakon_wage_jkk_rate, eligible_2020, p), RATE_UNIT)
    return rounded(jkk_contract(contract_value, eligible_2020, p), RATE_UNIT)


@rule(
    "PP 44/2015 Pasal 55",
    id="Iuran JKM konstruksi",
    en="JKM of construction",
    says_id="Iuran JKM sebesar 0,30% dari upah sebulan bila upah diketahui; bila tidak, dihitung dari nilai kontrak.",
)
def jkm_construction(contract_value: int, wages: int, eligible_2020: int, p: Record) -> int:
    """JKM is 0.30 % of the month's wages where they are known, otherwise it follows the contract value."""
    if wages > 0:
        return rounded(wages * pp_49_2020(p.jakon_wage_jkm_rate, eligible_2020, p), RATE_UNIT)
    return rounded(jkm_contract(contract_value, eligible_2020, p), RATE_UNIT)


@rule(
    "PP 44/2015 Pasal 53-55",
    id="Iuran jasa konstruksi",
    en="Contribution of a construction project",
    says_id=(
        "Pekerja harian lepas, borongan, dan perjanjian kerja waktu tertentu pada proyek konstruksi "
        "dilindungi JKK dan JKM, yang iurannya dibayar pemberi kerja."
    ),
)
def construction_bill(
    contract_value: int, wages: int, eligible_2020: int, p: Record
) -> tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int]:
    """A project's daily, piece and fixed-term workers are covered by JKK and JKM, which the employer pays."""
    if contract_value <= 0 and wages <= 0:
        return 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NO_BASIS
    jkk = jkk_construction(contract_value, wages, eligible_2020, p)
    jkm = jkm_construction(contract_value, wages, eligible_2020, p)
    return jkk, jkm, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, jkk + jkm, 0
