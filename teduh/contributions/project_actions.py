"""Writing what construction projects owe and what settled it, and booking both. Fines of PP 86/2013 go the same way.

Both are bills of an employer whose lines are few and known: the money a bill's code brings settles its lines in order,
each part whole; what is left waits.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from teduh.contributions import actions
from teduh.contributions.allocation import DueLine, Money, Settled
from teduh.contributions.projects import Left, Part
from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.law.months import Month
from teduh.ledger.facts import Draft, Move
from teduh.payments import actions as payments
from teduh.payments.models import BillKind, Reason

KINDS = (BillKind.PROJECT, BillKind.FINE)
ARTICLES = {"JKK": ("PP 44/2015 Pasal 54",), "JKM": ("PP 44/2015 Pasal 55",)}
FINE_ARTICLES = ("PP 86/2013 Pasal 7(3)", "PP 86/2013 Pasal 10(4)")

DUES = "contributions_projectdue (project_id, number, month, due_on, jkk, jkm, assessment_id, bill_id, settled_on)"

LINES = """
SELECT d.bill_id, d.id, d.month, p.programme, p.amount, d.settled_on IS NOT NULL, d.number
FROM contributions_projectdue d CROSS JOIN LATERAL (VALUES ('JKK', d.jkk), ('JKM', d.jkm)) p(programme, amount)
WHERE d.bill_id = ANY(%(bills)s) AND d.withdrawn_on IS NULL AND p.amount > 0
UNION ALL
SELECT f.bill_id, f.id, date_trunc('month', b.issued_on)::date, f.programme, f.amount, f.settled_on IS NOT NULL, 0
FROM contributions_fine f JOIN payments_bill b ON b.id = f.bill_id WHERE f.bill_id = ANY(%(bills)s)
ORDER BY 1, 3, 7, 4
"""

SETTLE = """
UPDATE {table} d SET settled_on = t."on", settled_by_id = t.receipt
FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS t(id, "on", receipt) WHERE d.id = t.id
"""

UNSETTLE = """
WITH told AS (SELECT * FROM unnest(%(bills)s::bigint[], %(receipts)s::bigint[]) AS t(bill, receipt)), fines AS (
    UPDATE contributions_fine f SET settled_on = NULL, settled_by_id = NULL FROM told t
    WHERE f.bill_id = t.bill AND f.settled_by_id = t.receipt
)
UPDATE contributions_projectdue d SET settled_on = NULL, settled_by_id = NULL FROM told t
WHERE d.bill_id = t.bill AND d.settled_by_id = t.receipt RETURNING d.project_id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A bill's lines and the earlier money that waits for it."""

    lines: tuple[DueLine, ...]
    waiting: tuple[Money, ...]


def owe(*, project: int, after: int, parts: Sequence[Part], bills: Sequence[int | None]) -> None:
    """Write instalments from number `after + 1` on, each with its bill."""
    ids = actions.keep(assessed=(part.assessed for part in parts))
    sql.copy(
        DUES,
        [
            (
                project,
                after + n,
                part.month.first,
                part.due_on,
                part.jkk,
                part.jkm,
                ids[part.assessed.digest],
                bill,
                None,
            )
            for n, (part, bill) in enumerate(zip(parts, bills, strict=True), 1)
        ],
    )


def owe_less(*, project: int, number: int, left: Left, on: dt.date) -> None:
    """Write what was paid too much as a due below zero that is settled at once."""
    ids = actions.keep(assessed=[left.assessed])
    jkk, jkm = (-left.excess.get(programme, 0) for programme in ("JKK", "JKM"))
    sql.copy(DUES, [(project, number, left.month.first, on, jkk, jkm, ids[left.assessed.digest], None, on)])


def withdraw(*, project: int, on: dt.date) -> list[int]:
    """Ask no more for what is not paid; the bills that asked for it."""
    found = sql.rows(
        "UPDATE contributions_projectdue SET withdrawn_on = %s "
        "WHERE project_id = %s AND settled_on IS NULL AND withdrawn_on IS NULL RETURNING bill_id",
        [on, project],
    )
    return sorted({bill for (bill,) in found if bill})


def standing(*, bills: Iterable[int]) -> dict[int, Standing]:
    """What these bills of projects and fines ask for, and what waits for them: two statements."""
    ids = sorted(set(bills))
    lines: dict[int, list[DueLine]] = {bill: [] for bill in ids}
    for bill, id_, month, programme, amount, settled, _ in sql.rows(LINES, {"bills": ids}):
        lines[bill].append(DueLine(id_, bill, 0, month, programme, amount, settled, elsewhere=False))
    waiting: dict[int, list[Money]] = {bill: [] for bill in ids}
    for suspense, bill, receipt, amount, paid_at in payments.waiting_for(bills=ids, reasons=[Reason.TOO_LITTLE]):
        day = paid_at.astimezone(JAKARTA).date()
        waiting[bill].append(Money(receipt, amount, day, suspense=suspense, accepted=True))
    return {bill: Standing(tuple(lines[bill]), tuple(waiting[bill])) for bill in ids}


def settle(*, settled: Sequence[Settled], kinds: Mapping[int, str]) -> None:
    """Mark instalments and fines as settled by the payments that settled them. `kinds`: bill -> its kind."""
    for kind, table in ((BillKind.PROJECT, "contributions_projectdue"), (BillKind.FINE, "contributions_fine")):
        told = sorted({(due.id, one.on, one.receipt) for one in settled if kinds[one.bill] == kind for due in one.dues})
        if told:
            sql.run(SETTLE.format(table=table), sql.columns(told, 3))


def unsettle(*, triggers: Iterable[tuple[int, int]]) -> list[int]:
    """What these payments of (bill, receipt) had settled is owed again; the projects whose cover that changes."""
    told = sorted(triggers)
    if not told:
        return []
    bills, receipts = sql.columns(told, 2)
    return sorted({row[0] for row in sql.rows(UNSETTLE, {"bills": bills, "receipts": receipts})})


def asked(*, bill: int, employer: int, parts: Sequence[Part], on: dt.date) -> Draft:
    """A bill of a project in the books: what the employer owes, by programme and month."""
    moves = [
        Move("KOL:employers", f"KOL:assessed:{programme}", amount, employer, part.month, ARTICLES[programme])
        for part in parts
        for programme, amount in (("JKK", part.jkk), ("JKM", part.jkm))
        if amount
    ]
    return Draft(on=on, kind="project", reference=f"project:{bill}", why=f"Iuran proyek, tagihan {bill}",
                 moves=tuple(moves))  # fmt: skip


def drafts(
    *,
    settled: Iterable[Settled],
    kinds: Mapping[int, str],
    employers: Mapping[int, int],
    on: dt.date,
    attempts: dict[tuple[int, int], int],
) -> Iterator[Draft]:
    """Entries for what was settled: out of suspense into each fund, and off what the employer owes."""
    for one in settled:
        n = attempts.get((one.bill, one.receipt), 0) + 1
        attempts[one.bill, one.receipt] = n
        moves = (*_collected(one), *_into_funds(one, kinds[one.bill], employers[one.bill]))
        yield Draft(on=on, kind="allocation", reference=f"allocation:{one.bill}:{one.receipt}:{n}",
                    why=f"Tagihan pemberi kerja {one.bill}", moves=moves)  # fmt: skip


def _collected(one: Settled) -> Iterator[Move]:
    """Out of each receipt's suspense to what collection owes each fund."""
    owed: dict[str, int] = defaultdict(int)
    for due in one.dues:
        owed[due.programme] += due.amount
    money = list(one.used)
    for programme, amount in owed.items():
        while amount:
            receipt, left = money.pop(0)
            part = min(left, amount)
            yield Move("KOL:suspense", f"KOL:due:{programme}", part, receipt)
            amount -= part
            if left > part:
                money.insert(0, (receipt, left - part))


def _into_funds(one: Settled, kind: str, employer: int) -> Iterator[Move]:
    for due in one.dues:
        month = Month.of(due.month)
        if kind == BillKind.FINE:
            into, from_, articles = f"{due.programme}:penalties", "KOL:assessed:denda", FINE_ARTICLES
        else:
            into, from_ = f"{due.programme}:contributions", f"KOL:assessed:{due.programme}"
            articles = ARTICLES[due.programme]
        yield Move(f"{due.programme}:collection", into, due.amount, None, month, articles)
        yield Move(from_, "KOL:employers", due.amount, employer, month, articles)
