"""Employers' credits: what was paid or billed too much, kept for what they owe next (PP 44/2015 Pasal 23(3)-(4))."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from teduh.core import sql

#: JHT and JP have no article of their own on this; what holds for JKK and JKM is used (status: unconfirmed).
ARTICLES = ("PP 44/2015 Pasal 23(3)", "PP 44/2015 Pasal 23(4)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """A credit to be made: of a receipt or an amendment; `bill` is the one it is kept for, if one."""

    employer: int
    amount: int
    receipt: int | None = None
    wage_return: int | None = None
    bill: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRow:
    """A credit; `left` of it has settled nothing yet."""

    id: int
    employer: int
    receipt: int | None
    amount: int
    spent: int
    bill: int | None
    named: int | None

    @property
    def left(self) -> int:
        return self.amount - self.spent


GIVE = """
INSERT INTO contributions_credit (employer_id, receipt_id, wage_return_id, used_on_id, amount, articles, "on")
SELECT t.employer, t.receipt, t.wage_return, t.bill, t.amount, %(articles)s, %(on)s
FROM unnest(%(employers)s::bigint[], %(receipts)s::bigint[], %(returns)s::bigint[], %(bills)s::bigint[],
            %(amounts)s::bigint[]) WITH ORDINALITY AS t(employer, receipt, wage_return, bill, amount, n)
ORDER BY t.n RETURNING id
"""

READ = """
SELECT c.id, c.employer_id, c.receipt_id, c.amount, c.spent, c.used_on_id, r.bill_id
FROM contributions_credit c LEFT JOIN payments_receipt r ON r.id = c.receipt_id
WHERE c.cancelled_on IS NULL AND {where} ORDER BY c.id
"""

CHANGE = """
UPDATE contributions_credit c SET spent = t.spent, amount = t.amount, cancelled_on = t.cancelled
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::date[]) AS t(id, spent, amount, cancelled) WHERE c.id = t.id
"""


def give(*, gifts: Sequence[Gift], on: dt.date) -> list[int]:
    """Make credits; their ids, in order."""
    if not gifts:
        return []
    params = {
        "on": on, "articles": list(ARTICLES), "employers": [g.employer for g in gifts],
        "receipts": [g.receipt for g in gifts], "returns": [g.wage_return for g in gifts],
        "bills": [g.bill for g in gifts], "amounts": [g.amount for g in gifts],
    }  # fmt: skip
    return sorted(id_ for (id_,) in sql.rows(GIVE, params))


def spend(*, uses: Mapping[int, int]) -> None:
    """These credits have settled something: id -> whole rupiah."""
    if uses:
        sql.run(
            "UPDATE contributions_credit c SET spent = c.spent + t.used "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS t(id, used) WHERE c.id = t.id",
            [list(uses), list(uses.values())],
        )


def _read(where: str, **params: object) -> list[CreditRow]:
    names = ("id", "employer", "receipt", "amount", "spent", "bill", "named")
    return [CreditRow(**dict(zip(names, row, strict=True))) for row in sql.rows(READ.format(where=where), params)]


def of_receipt(*, receipt: int) -> list[CreditRow]:
    """What of a receipt became credits."""
    return _read("c.receipt_id = %(receipt)s", receipt=receipt)


def unused(*, employers: Iterable[int]) -> list[CreditRow]:
    """Credits of these employers that came from receipts and that no bill uses."""
    return _read("c.employer_id = ANY(%(employers)s) AND c.receipt_id IS NOT NULL AND c.used_on_id IS NULL "
                 "AND c.spent = 0", employers=sorted(set(employers)))  # fmt: skip


def kept_for(*, bills: Iterable[int]) -> list[CreditRow]:
    """Credits that are used on these bills."""
    return _read("c.used_on_id = ANY(%(bills)s)", bills=sorted(set(bills)))


def unspend(*, drawn: Mapping[int, int]) -> None:
    """Payments that had drawn on a bill's credits fell: bill -> whole rupiah that are there again."""
    if not drawn:
        return
    changed, left = [], dict(drawn)
    for row in reversed(kept_for(bills=drawn)):
        back = min(row.spent, left[row.bill or 0])
        if back:
            left[row.bill or 0] -= back
            changed.append((row.id, row.spent - back, row.amount, None))
    if changed:
        sql.run(CHANGE, sql.columns(changed, 4))


def withdraw(*, rows: Iterable[CreditRow], on: dt.date) -> None:
    """What is left of these credits is no more; what was spent stays as it is."""
    changed = [(row.id, row.spent, row.spent or row.amount, None if row.spent else on) for row in rows]
    if changed:
        sql.run(CHANGE, sql.columns(changed, 4))
