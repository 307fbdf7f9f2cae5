"""Whole rupiah and exact rates: each rounding has a name, happens once, and is cited or owned as our
decision.
"""

from __future__ import annotations

from teduh.law.codes import RATE_UNIT
from teduh.law.rules import rule


@rule(
    "keputusan/decision: half up",
    id="Pembulatan ke rupiah terdekat",
    en="Rounding to the nearest rupiah",
    says_id=(
        "Setengah rupiah atau lebih dibulatkan ke atas, satu kali, di akhir hitungan; tidak ada naskah "
        "yang dibaca menyebut pembulatan, jadi ini keputusan kami."
    ),
    kind="decision",
)
def rounded(numerator: int, unit: int) -> int:
    """Half a rupiah or more goes up, once, at the end; no text read names a rounding, so this is a decision
    of ours.
    """
    return (2 * numerator + unit) // (2 * unit)


def share(amount: int, rate: int) -> int:
    """A rate in ten-millionths of an amount, rounded once; the plain form of what the rules do."""
    return rounded(amount * rate, RATE_UNIT)
