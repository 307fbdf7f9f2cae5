"""Service promises and time limits: how long someone may take, and until when. Holidays come from the
caller.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from typing import NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Note
from teduh.law.months import months_after, working_days_after


class Promise(NamedTuple):
    """A time someone has for something."""

    code: str
    length: int
    unit: str  # working_days, days, hours, months
    id: str
    en: str
    articles: tuple[str, ...]
    status: str
    since: dt.date
    until: dt.date | None


@functools.cache
def promises() -> dict[str, tuple[Promise, ...]]:
    """Every promise by code, superseded ones too."""
    doc = tomllib.loads((rulebook.HERE / "promises.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Promise, ...]] = {}
    for row in doc["promise"]:
        one = Promise(row["code"], row["length"], row["unit"], row["id"], row["en"], tuple(row["articles"]),
                      row["status"], row["from"], row.get("until"))  # fmt: skip
        found[one.code] = (*found.get(one.code, ()), one)
    return found


def promise(code: str, on: dt.date) -> Promise:
    """The promise in force on a day."""
    for one in promises()[code]:
        if one.since <= on and (one.until is None or on <= one.until):
            return one
    first = promises()[code][0]
    shown = rulebook.Value(code, first.id, first.en, first.length, first.unit, first.since, first.until,
                           first.articles[0], "", "", first.status, first.length, False, None)  # fmt: skip
    raise rulebook.missing(code, on, (shown,))


def latest(code: str, start: dt.date, *, holidays: frozenset[dt.date]) -> dt.date:
    """The last day of a promise whose time starts on `start`; that day itself does not count."""
    one = promise(code, start)
    if one.unit == "working_days":
        return working_days_after(start, one.length, holidays)
    if one.unit == "months":
        return months_after(start, one.length)
    if one.unit == "hours":
        return start + dt.timedelta(days=one.length // 24)
    return start + dt.timedelta(days=one.length)


class Limit(NamedTuple):
    """Until when a right may be used, and whether a given day is too late."""

    length: int
    unit: str
    until: dt.date
    lost: bool
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def _limit(name: str, start: dt.date, on: dt.date, law_of: dt.date, months: int = 1) -> Limit:
    value = rulebook.in_force(name, law_of)
    until = months_after(start, value.value * months)
    notes = (value.note,) if value.note else ()
    return Limit(value.value, value.unit, until, on > until, (value.citation,), notes)


def jkk_claim(*, accident: dt.date, claim: dt.date) -> Limit:
    """A JKK claim lapses 2 years after an accident, 5 for one from 2 December 2019 (law of the accident's
    day).
    """
    return _limit("jkk_claim_years", accident, claim, accident, 12)


def migrant_claim(*, event: dt.date, claim: dt.date) -> Limit:
    """A migrant worker's JKK claim lapses 2 years after the event under 18/2018, 5 under 4/2023."""
    return _limit("pmi_claim_years", event, claim, event, 12)


def occupational_disease(*, employment_end: dt.date, onset: dt.date) -> Limit:
    """PP 44/2015 Pasal 48(2): a disease that arises up to 3 years after employment is covered."""
    return _limit("pak_years_after_work", employment_end, onset, onset, 12)


def jkp_claim(*, dismissed: dt.date, claim: dt.date) -> Limit:
    """JKP must be claimed within 3 months of dismissal, 6 since PP 6/2025 (law of the day of claim)."""
    return _limit("jkp_claim_months", dismissed, claim, claim)


def jht_after_leaving(*, left: dt.date, claim: dt.date) -> Limit:
    """JHT may be claimed after a wait of one month from the letter of resignation or the dismissal: `lost`
    is not meant.
    """
    value = rulebook.in_force("jht_wait_months", claim)
    until = months_after(left, value.value)
    return Limit(value.value, value.unit, until, claim < until, (value.citation,), ())
