"""What lateness costs: penalties on contributions, administrative fines, and what the agency owes when it
pays late.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from teduh.law import money, rulebook
from teduh.law.messages import Note
from teduh.law.months import Month, months_begun

PART_MONTH = Note(
    "part_month",
    "Naskah tidak mengatur bagian bulan; di sini bulan yang sudah dimulai dihitung satu bulan.",
    "The text is silent on a part of a month; here a month that has begun counts as one.",
    ("PP 44/2015 Pasal 22(1)",),
    "unconfirmed",
)
NO_PENALTY = Note(
    "bpu_no_penalty",
    "Tidak ada denda bagi bukan penerima upah; yang terancam adalah perlindungannya.",
    "The self-employed pay no penalty; what is at stake is their cover.",
    ("PP 44/2015 Pasal 39", "PP 44/2015 Pasal 42"),
    "official",
)
PENALTY_ARTICLES = {
    "JKK": "PP 44/2015 Pasal 22(1)",
    "JKM": "PP 44/2015 Pasal 22(1)",
    "JHT": "PP 46/2015 Pasal 20(1)",
    "JP": "PP 45/2015 Pasal 31(1)",
}


class Penalty(NamedTuple):
    """A sum for lateness: how many periods, at which rate, and why."""

    amount: int
    periods: int
    rate: str
    articles: tuple[str, ...]
    notes: tuple[Note, ...]


def months_late(*, due: dt.date, paid: dt.date) -> int:
    """Months of lateness on the day of payment; one that has begun counts (a decision of ours)."""
    return months_begun(due, paid)


def late(*, amount: int, programme: str, month: Month, months: int, segment: str = "wage_earner") -> Penalty:
    """2 % of the programme's contribution for each month late, simple, borne by the employer; 0.5 % under PP
    49/2020.
    """
    if segment == "self_employed":
        return Penalty(0, 0, "0", NO_PENALTY.articles, (NO_PENALTY,))
    rate = rulebook.in_force("penalty_rate", month)
    articles = (rate.citation,) if rate.citation == "PP 49/2020" else (PENALTY_ARTICLES[programme],)
    return Penalty(money.share(amount * months, rate.number), months, rate.value, articles, (PART_MONTH,))


def late_between(*, amount: int, programme: str, month: Month, due: dt.date, paid: dt.date) -> Penalty:
    """The penalty on a contribution that was due on one day and paid on another."""
    return late(amount=amount, programme=programme, month=month, months=months_late(due=due, paid=paid))


def administrative_fine(*, amount: int, months: int, on: dt.date) -> Penalty:
    """PP 86/2013 Pasal 10(4): 0.1 % a month of what should have been paid, from the end of the second
    warning.
    """
    rate = rulebook.in_force("sanction_fine_rate", on)
    return Penalty(money.share(amount * months, rate.number), months, rate.value, (rate.citation,), ())


def late_payment(*, programme: str, benefit: int, periods: int, on: dt.date) -> Penalty:
    """The agency pays late: 1 % of the cash benefit per day for JKK and JKM, 2 % per month for JP."""
    rate = rulebook.in_force(f"{programme.lower()}_late_payment_rate", on)
    return Penalty(money.share(benefit * periods, rate.number), periods, rate.value, (rate.citation,), ())


class Deferral(NamedTuple):
    """JP under PP 49/2020: what is paid now, what later, and when at the earliest and latest."""

    now: int
    later: int
    earliest: dt.date
    latest: dt.date
    articles: tuple[str, ...]


def jp_deferral(*, amount: int, month: Month) -> Deferral:
    """On application 99 % of JP for August 2020 to January 2021 is paid between 15 May 2021 and 15 April
    2022.
    """
    part = rulebook.in_force("pp_49_2020_jp_deferred", month)
    later = money.rounded(amount * part.number, 100)
    return Deferral(amount - later, later, dt.date(2021, 5, 15), dt.date(2022, 4, 15), (part.citation,))
