"""Rupiah beside the money of the country where somebody works: for showing, with the rate's day and source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from teduh.core import sql
from teduh.core.text import Text

#: A rate of more days ago than this is said to be old.
OLD_DAYS = 7
#: Currencies that people count without cents.
WHOLE = frozenset({"JPY", "KRW", "TWD", "VND", "IDR"})
LATEST = """
SELECT rupiah, "on", source FROM migrants_rate WHERE currency = %s AND "on" <= %s ORDER BY "on" DESC LIMIT 1
"""
UPSERT = """
INSERT INTO migrants_rate AS r (currency, "on", rupiah, source)
SELECT * FROM unnest(%s::text[], %s::date[], %s::numeric[], %s::text[])
ON CONFLICT (currency, "on") DO UPDATE SET rupiah = EXCLUDED.rupiah, source = EXCLUDED.source
WHERE (r.rupiah, r.source) IS DISTINCT FROM (EXCLUDED.rupiah, EXCLUDED.source)
"""


@dataclass(frozen=True, slots=True)
class Local:
    """An amount of rupiah in another currency, by a rate of a day; what the sender pays is his bank's to say."""

    amount: Decimal
    currency: str
    rate: Decimal
    on: dt.date
    source: str
    is_old: bool

    @property
    def text(self) -> Text:
        number = f"{self.amount:,.0f}" if self.currency in WHOLE else f"{self.amount:,.2f}"
        shown = number.replace(",", " ").replace(".", ",").replace(" ", ".")
        return Text(f"sekitar {self.currency} {shown}", f"about {self.currency} {number}")


def local(*, rupiah: int, currency: str, on: dt.date) -> Local | None:
    """This many rupiah in that currency by the latest rate up to that day; None where there is none."""
    found = sql.rows(LATEST, [currency, on]) if currency != "IDR" else []
    if not found:
        return None
    rate, day, source = found[0]
    step = Decimal(1) if currency in WHOLE else Decimal("0.01")
    amount = (Decimal(rupiah) / rate).quantize(step, ROUND_HALF_UP)
    return Local(amount, currency, rate, day, source, (on - day).days > OLD_DAYS)


def write(*, rates: Sequence[tuple[str, dt.date, Decimal, str]]) -> int:
    """Keep (currency, day, rupiah for one unit, source); how many were new or changed. One statement."""
    return sql.run(UPSERT, sql.columns(rates, 4)) if rates else 0
