"""Days and months as people write them, in both languages."""

from __future__ import annotations

import datetime as dt

from teduh.core.text import Text
from teduh.law.months import Month

BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def month(value: Month) -> Text:
    """`April 2026`."""
    return Text(f"{BULAN[value.month - 1]} {value.year}", f"{MONTHS[value.month - 1]} {value.year}")


def day(value: dt.date) -> Text:
    """`15 April 2026`."""
    of = month(Month.of(value))
    return Text(f"{value.day} {of.id}", f"{value.day} {of.en}")
