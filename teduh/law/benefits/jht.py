"""How a year's return grows a JHT account, to the rupiah; what is less than a rupiah is carried on, never lost.

The regulation gives the basis (the fund's result, credited monthly); the arithmetic inside a year is the agency's own
simulation's: simple interest by months, compounded yearly.
"""

from __future__ import annotations

from teduh.law.codes import RATE_UNIT
from teduh.law.rules import rule


@rule(
    "PP 46/2015 Pasal 27(2)",
    id="Dasar hasil pengembangan setahun (rupiah kali bulan)",
    en="Basis of a year's return (rupiah times months)",
    says_id=(
        "Hasil pengembangan dihitung dari saldo awal selama 12 bulan, ditambah tiap iuran selama sisa bulan tahun itu: "
        "12 bulan untuk iuran Januari sampai 1 bulan untuk iuran Desember."
    ),
    kind="part",
)
def jht_basis(opening: int, weighted_credits: int) -> int:
    """The opening balance counts 12 months, each contribution the months left in the year: 12 for January's, 1 for
    December's.
    """
    return 12 * opening + weighted_credits


@rule(
    "PP 46/2015 Pasal 22(2)",
    "PP 46/2015 Pasal 27(1)",
    id="Hasil pengembangan JHT setahun",
    en="A year's return on a JHT account",
    says_id=(
        "Hasil pengembangan setahun adalah tingkat pengembangan kali dasarnya, dibulatkan ke bawah ke rupiah penuh; "
        "sisanya dibawa ke tahun berikutnya."
    ),
)
def jht_return(opening: int, weighted_credits: int, carried: int, return_rate: int) -> int:
    """A year's return is the rate times its basis, down to whole rupiah; what is left is carried into the next year."""
    return (jht_basis(opening, weighted_credits) * return_rate + carried) // (12 * RATE_UNIT)


@rule(
    "keputusan/decision: nothing is lost",
    id="Sisa di bawah satu rupiah (dalam seperseratus dua puluh juta rupiah)",
    en="What is left below a rupiah (in parts of 120 million to the rupiah)",
    says_id=(
        "Sisa pembulatan tetap milik rekening peserta dan dihitung kembali tahun berikutnya; tidak ada naskah yang "
        "dibaca menyebut pembulatan, jadi ini keputusan kami."
    ),
    kind="decision",
)
def jht_carried(opening: int, weighted_credits: int, carried: int, return_rate: int) -> int:
    """The remainder stays the account's own and counts again next year; no text read names a rounding, so this is a
    decision of ours.
    """
    return (jht_basis(opening, weighted_credits) * return_rate + carried) % (12 * RATE_UNIT)
