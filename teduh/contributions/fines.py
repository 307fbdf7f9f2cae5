"""Writing fines of PP 86/2013 and booking them; their money goes the way of `project_actions`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.contributions.models import Fine
from teduh.contributions.project_actions import FINE_ARTICLES
from teduh.core import sql
from teduh.ledger.facts import Draft, Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Fined:
    """The fine for one programme's unpaid contributions."""

    programme: str
    contribution: int
    months: int
    amount: int
    articles: tuple[str, ...]


def impose(*, step: int, employer: int, bill: int, lines: Sequence[Fined]) -> None:
    """Write the fine of a step, a row for each programme."""
    Fine.objects.bulk_create(
        [
            Fine(step_id=step, employer_id=employer, programme=one.programme, contribution=one.contribution,
                 months=one.months, amount=one.amount, articles=list(one.articles), bill_id=bill)
            for one in lines
        ]
    )  # fmt: skip


def asked(*, bill: int, employer: int, amount: int, on: dt.date) -> Draft:
    """The bill of a fine in the books."""
    move = Move("KOL:employers", "KOL:assessed:denda", amount, employer, None, FINE_ARTICLES)
    return Draft(
        on=on, kind="fine", reference=f"fine:{bill}", why=f"Denda administratif, tagihan {bill}", moves=(move,)
    )


def unpaid(*, employers: Sequence[int]) -> dict[int, int]:
    """Employer -> rupiah of fines that are not paid."""
    return dict(
        sql.rows(
            "SELECT employer_id, sum(amount)::bigint FROM contributions_fine "
            "WHERE employer_id = ANY(%s) AND settled_on IS NULL GROUP BY 1",
            [sorted(set(employers))],
        )
    )
