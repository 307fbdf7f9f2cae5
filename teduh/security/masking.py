"""Personal data made unreadable where it need not be read: logs and lists."""

from __future__ import annotations

import logging
import re

SIXTEEN = re.compile(r"(?<!\d)(\d{6})\d{6}(\d{4})(?!\d)")
PHONE = re.compile(r"(?<![\d.])(\+?62|0)8\d{5,9}(\d{3})(?!\d)")


def nik(value: str) -> str:
    """`327301••••••0007`: the region of first registration and the serial, never the birth date."""
    return SIXTEEN.sub(r"\1••••••\2", value) if value else ""


def phone(value: str) -> str:
    """`+62•••••789`."""
    return f"{value[:3]}•••••{value[-3:]}" if len(value) > 6 else "•••" if value else ""


def name(value: str) -> str:
    """`Siti Aminah` as `Siti A.`: enough to recognise in a list, too little to look up."""
    first, *rest = value.split()[:3] if value else [""]
    return " ".join([first, *(f"{word[0]}." for word in rest)])


class Masked(logging.Filter):
    """A logging filter: no NIK and no phone number leaves in a log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        masked = PHONE.sub(r"\1•••••\2", SIXTEEN.sub(r"\1••••••\2", text))
        if masked != text:
            record.msg, record.args = masked, ()
        return True
