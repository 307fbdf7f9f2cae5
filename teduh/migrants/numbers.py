"""Public numbers of placements and matters: a letter, digits in order, a check digit by Damm. It knows no people."""

from __future__ import annotations

import re

from teduh.core import sql
from teduh.core.damm import check_digit

NOISE = re.compile("[\\s.\\-/\u200b-\u200f\ufeff\x00]")


def take_placements(n: int) -> list[str]:
    """`n` fresh numbers of placements (M and eleven digits), in one statement."""
    found = sql.rows("SELECT nextval('migrants_placement_number') FROM generate_series(1, %s)", [n])
    return [f"M{number}{check_digit(str(number))}" for (number,) in found]


def take_matter() -> str:
    """A fresh number of a matter: K and eight digits."""
    number = str(sql.rows("SELECT nextval('migrants_matter_number')")[0][0])
    return f"K{number}{check_digit(number)}"


def read(text: object) -> str:
    """A number as people type it: spaces, dots, dashes and lower case are ignored."""
    return NOISE.sub("", str(text)[:40]).upper()


def is_placement(number: str) -> bool:
    return bool(re.fullmatch(r"M\d{11}", number, re.ASCII)) and check_digit(number[1:]) == "0"


def is_matter(number: str) -> bool:
    return bool(re.fullmatch(r"K\d{8}", number, re.ASCII)) and check_digit(number[1:]) == "0"
