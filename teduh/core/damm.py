"""The check digit after H. Michael Damm (2004): it catches every single wrong digit and every swap of neighbours."""

from __future__ import annotations

#: A totally anti-symmetric quasigroup of order 10: 0 on its diagonal, no row or column repeats.
TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits: str) -> str:
    """The digit that makes `digits` end in a balanced number; `0` for digits that are balanced already."""
    interim = 0
    for digit in digits:
        interim = int(TABLE[interim][int(digit)])
    return str(interim)
