"""The one clock. Only doors (and the runs' calendar) ask it; everything below is told the date."""

from __future__ import annotations

import datetime as dt
import os
from zoneinfo import ZoneInfo

#: The fund's legal day begins and ends in Jakarta (WIB).
JAKARTA = ZoneInfo("Asia/Jakarta")


def now() -> dt.datetime:
    """This moment, aware. `TEDUH_NOW` (ISO 8601) fixes it, for demonstrations and walks only."""
    fixed = os.environ.get("TEDUH_NOW")
    if not fixed:
        return dt.datetime.now(dt.UTC)
    moment = dt.datetime.fromisoformat(fixed)
    return moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)


def today() -> dt.date:
    """Today's date in Jakarta, the day that due dates and cover are counted in."""
    return now().astimezone(JAKARTA).date()
