"""Member numbers (KPJ): ten digits in order of joining and a check digit by Damm, which catches every wrong digit
and every swap of neighbours. It knows nothing of people."""

from __future__ import annotations

from django.db import connection

from teduh.core.damm import check_digit


def is_valid(number: str) -> bool:
    """Whether these are eleven digits of which the last belongs to the first ten."""
    return len(number) == 11 and number.isascii() and number.isdigit() and check_digit(number) == "0"


def take(n: int) -> list[str]:
    """`n` fresh numbers, in one statement. A number that is not used afterwards is never given again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('registry_member_number') FROM generate_series(1, %s)", [n])
        return [f"{(ten := str(row[0]))}{check_digit(ten)}" for row in cursor.fetchall()]


def read(text: object) -> str:
    """A member number as people type it: spaces and dashes are ignored."""
    return "".join(c for c in str(text)[:40] if c.isdigit() and c.isascii())
