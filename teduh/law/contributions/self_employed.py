"""What a self-employed person (BPU) owes for a month: by income bracket, then the reliefs."""

from __future__ import annotations

from teduh.law.codes import JHT, JKK, JKM
from teduh.law.contributions.reliefs import pp_49_2020, pp_50_2025_other, pp_50_2025_transport
from teduh.law.record import Record
from teduh.law.rules import rule


@rule(
    "PP 44/2015 Pasal 20(2)",
    "PP 44/2015 Lampiran II",
    id="Golongan penghasilan",
    en="Income bracket",
    says_id=(
        "Peserta memilih golongan sesuai penghasilannya sebulan; satu golongan berakhir di tempat "
        "golongan berikutnya mulai."
    ),
)
def income_bracket(income: int, p: Record) -> int:
    """The participant picks the bracket of his monthly income; a bracket ends where the next one begins."""
    row = 0
    while row + 1 < len(p.bpu_income_from) and income >= p.bpu_income_from[row + 1]:
        row += 1
    return row


@rule(
    "PP 44/2015 Lampiran II",
    id="Dasar penghasilan",
    en="Base income",
    says_id=(
        "Setiap golongan mempunyai satu dasar penghasilan; iuran dan manfaat dihitung dari dasar itu, "
        "bukan dari penghasilan yang sebenarnya."
    ),
)
def base_income(income: int, p: Record) -> int:
    """Each bracket has one base income; contributions and benefits are reckoned from it, not from the real
    income.
    """
    return p.bpu_base[income_bracket(income, p)]


@rule(
    "keputusan/decision: in order of enactment",
    id="Keringanan BPU, menurut urutan pengundangan",
    en="Reliefs for the self-employed, in order of enactment",
    says_id=(
        "Setiap keringanan yang berlaku untuk bulan iuran dikenakan atas jumlah yang tersisa setelah "
        "keringanan sebelumnya."
    ),
    kind="decision",
)
def self_employed_relieved(amount: int, sector: int, paid_by_government: int, eligible_2020: int, p: Record) -> int:
    """Every relief in force for the month owed is applied to what the one before it left."""
    amount = pp_49_2020(amount, eligible_2020, p)
    amount = pp_50_2025_transport(amount, sector, paid_by_government, p)
    return pp_50_2025_other(amount, sector, paid_by_government, p)


@rule(
    "PP 44/2015 Pasal 20(1)",
    id="Iuran JKK bukan penerima upah",
    en="JKK of the self-employed",
    says_id="Iuran JKK adalah jumlah yang disebut Lampiran II untuk golongan itu: 1% dari dasar penghasilannya.",
)
def jkk_self_employed(income: int, sector: int, paid_by_government: int, eligible_2020: int, p: Record) -> int:
    """JKK is the sum that Lampiran II names for the bracket: 1 % of its base income."""
    amount = p.bpu_jkk[income_bracket(income, p)]
    return self_employed_relieved(amount, sector, paid_by_government, eligible_2020, p)


@rule(
    "PP 44/2015 Pasal 20(3)",
    id="Iuran JKM bukan penerima upah",
    en="JKM of the self-employed",
    says_id="Iuran JKM sebesar Rp6.800 setiap bulan, berapa pun penghasilannya.",
)
def jkm_self_employed(sector: int, paid_by_government: int, eligible_2020: int, p: Record) -> int:
    """JKM is Rp6,800 a month, whatever the income."""
    return self_employed_relieved(p.bpu_jkm, sector, paid_by_government, eligible_2020, p)


@rule(
    "PP 46/2015 Pasal 18(1)",
    id="Iuran JHT bukan penerima upah",
    en="JHT of the self-employed",
    says_id=(
        "Iuran JHT adalah jumlah yang disebut lampiran untuk golongan itu: 2% dari dasar penghasilannya; "
        "tidak ada keringanan yang menguranginya."
    ),
)
def jht_self_employed(income: int, p: Record) -> int:
    """JHT is the sum that the annex names for the bracket: 2 % of its base income. No relief touches it."""
    return p.bpu_jht[income_bracket(income, p)]


@rule(
    "PP 44/2015 Pasal 20",
    "PP 46/2015 Pasal 18",
    id="Iuran bulanan bukan penerima upah (BPU)",
    en="Monthly contribution of the self-employed (BPU)",
    says_id="Peserta bukan penerima upah membayar iuran JKK dan JKM, serta JHT bila dipilihnya, untuk setiap bulan.",
)
def self_employed_bill(
    income: int, sector: int, programmes: int, paid_by_government: int, eligible_2020: int, p: Record
) -> tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int]:
    """A self-employed person pays JKK and JKM, and JHT if he chose it, for each month."""
    jkk = jkm = jht = 0
    if programmes & JKK:
        jkk = jkk_self_employed(income, sector, paid_by_government, eligible_2020, p)
    if programmes & JKM:
        jkm = jkm_self_employed(sector, paid_by_government, eligible_2020, p)
    if programmes & JHT:
        jht = jht_self_employed(income, p)
    return jkk, jkm, 0, jht, 0, 0, 0, 0, 0, 0, 0, 0, jkk + jkm + jht, 0
