"""Numbers of employers: the registration number (NPP), the business number (NIB) and the tax number (NPWP).

It knows their shapes and not whose they are.
"""

from __future__ import annotations

import re

from teduh.core import sql
from teduh.core.damm import check_digit
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.security import crypto

NOISE = re.compile("[\\s.\\-/\u200b-\u200f\ufeff'\"`\u2018\u2019\x00]")
DIGITS = 8


def take_npp() -> str:
    """A fresh registration number: seven digits in order of registering, and a check digit."""
    seven = str(sql.rows("SELECT nextval('employers_npp')")[0][0])
    return seven + check_digit(seven)


def is_npp(text: str) -> bool:
    """Whether these are eight digits of which the last belongs to the first seven."""
    return len(text) == DIGITS and text.isascii() and text.isdigit() and check_digit(text) == "0"


def npp(value: object) -> str:
    """A registration number as people type it; without its spaces and dashes."""
    return NOISE.sub("", str(value)[:40])


def nib(value: object, field: str = "nib") -> str | None:
    """The business number (OSS): thirteen digits, or None where there is none."""
    text = NOISE.sub("", str(value or "")[:80])
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{13}", text):
        raise Refused(
            "nib_not_13_digits",
            Text("NIB harus tepat 13 angka.", "A NIB has exactly 13 digits."),
            then=Text(
                "Salin NIB dari OSS (oss.go.id), atau kosongkan bila belum punya.",
                "Copy the NIB from OSS (oss.go.id), or leave it out if there is none yet.",
            ),
            field=field,
        )
    return text


def npwp(value: object, field: str = "npwp") -> str | None:
    """The tax number: 15 digits as it was, 16 as it is since 2024, or None where there is none."""
    text = NOISE.sub("", str(value or "")[:80])
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{15,16}", text) or not int(text):
        raise Refused(
            "npwp_not_15_or_16_digits",
            Text("NPWP harus 15 atau 16 angka.", "An NPWP has 15 or 16 digits."),
            then=Text("Salin NPWP dari kartu atau Coretax.", "Copy the NPWP from its card or from Coretax."),
            field=field,
        )
    return text


def npwp_index(text: str) -> bytes:
    """By which an employer is found; the 15 digits and the same ones with a 0 in front are one number (a firm's)."""
    return crypto.blind("npwp", text.zfill(16))
