"""Payment codes in virtual-account form, and bill numbers: how they are made and how a mistyped one is noticed.

A code is the company's prefix (SNAP BI partnerServiceId, without its padding), the bill's serial in ten digits, and a
check digit after Damm: every single wrong digit and every swap of two neighbours gives an invalid code.
"""

from __future__ import annotations

import re

from teduh.core import sql
from teduh.core.damm import check_digit
from teduh.law.months import Month

#: The fund's prefix at the banks: up to 8 digits, padded with spaces on the left where SNAP BI asks for it.
PREFIX = "88608"
SERIAL = 10

#: What banks put between digits.
BETWEEN = re.compile(r"[\s.\-]+")


def code(serial: int) -> str:
    """The virtual account number of a bill: prefix, serial, check digit."""
    digits = f"{PREFIX}{serial:0{SERIAL}d}"
    return digits + check_digit(digits)


def number(serial: int, month: Month) -> str:
    """The bill's number for people: `T-202604-0000000017`."""
    return f"T-{month.number}-{serial:0{SERIAL}d}"


def normal(text: str) -> str:
    """A code as a bank wrote it (padded, in groups), as it is kept on a bill."""
    return BETWEEN.sub("", text)


def is_ours(text: str) -> bool:
    """Whether it has our prefix, our length and a right check digit; says nothing about a bill being there."""
    digits = normal(text)
    return (
        len(digits) == len(PREFIX) + SERIAL + 1
        and digits.isascii()
        and digits.isdigit()
        and digits.startswith(PREFIX)
        and check_digit(digits) == "0"
    )


def snap(text: str) -> tuple[str, str, str]:
    """The code as SNAP BI writes it: partnerServiceId (8, padded left), customerNo, virtualAccountNo."""
    digits = normal(text)
    service, customer = PREFIX.rjust(8), digits[len(PREFIX) :]
    return service, customer, service + customer


def reserve(count: int) -> list[int]:
    """Serials that nobody else gets, in one statement."""
    return [row[0] for row in sql.rows("SELECT nextval('payments_bill_serial') FROM generate_series(1, %s)", [count])]
