"""Writing what placements abroad owe and what settled it, and booking it: one fund for both, savings to the member.

A bill's money settles its stages whole, in one order: every wait before departure, then the work, then extensions, then
savings; within a stage as billed. The first that the money does not cover ends it, and the rest waits with the bill.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from teduh.contributions import actions
from teduh.contributions.allocation import DueLine, Money, Settled
from teduh.contributions.placements import QuoteLine
from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.law.months import Month
from teduh.ledger.facts import Draft, Move
from teduh.payments import actions as payments
from teduh.payments.models import BillKind, Reason

KINDS = (BillKind.PLACEMENT,)
SAVINGS = "JHT"
BOTH = "PMI"

DUES = (
    "contributions_placementdue (bill_id, placement_id, person_id, agreement_id, stage, month, months, until, amount, "
    "articles, assessment_id)"
)
#: `elsewhere`: another bill settled this stage of this agreement meanwhile. OFFSET 0 keeps it an index look-up.
LINES = """
SELECT d.bill_id, d.id, d.placement_id, d.agreement_id, d.until, d.month, d.stage, d.amount, d.settled_on IS NOT NULL,
    d.stage <> 'savings' AND EXISTS (SELECT 1 FROM (
        SELECT * FROM contributions_placementdue WHERE placement_id = d.placement_id OFFSET 0) o
    WHERE o.id <> d.id AND o.stage = d.stage AND o.agreement_id IS NOT DISTINCT FROM d.agreement_id
      AND o.until IS NOT DISTINCT FROM d.until AND o.settled_on IS NOT NULL)
FROM contributions_placementdue d WHERE d.bill_id = ANY(%s) AND d.withdrawn_on IS NULL
ORDER BY d.bill_id, array_position(ARRAY['before', 'during', 'extension', 'savings']::text[], d.stage::text),
    d.id
"""
SETTLE = """
UPDATE contributions_placementdue d SET settled_on = t."on", settled_by_id = t.receipt
FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS t(id, "on", receipt) WHERE d.id = t.id
"""
UNSETTLE = """
UPDATE contributions_placementdue d SET settled_on = NULL, settled_by_id = NULL
FROM unnest(%s::bigint[], %s::bigint[]) AS t(bill, receipt)
WHERE d.bill_id = t.bill AND d.settled_by_id = t.receipt RETURNING d.placement_id
"""
ARTICLES = "SELECT id, articles, person_id FROM contributions_placementdue WHERE id = ANY(%s)"


Key = tuple[int, str, int | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Standing:
    """A bill's stages, the earlier money that waits for it, and what each stage is for (due -> placement, stage,
    agreement, until): nothing is settled twice, by two bills of one moment either. Savings have no such key."""

    lines: tuple[DueLine, ...]
    waiting: tuple[Money, ...]
    keys: Mapping[int, Key]


def owe(*, billed: Sequence[tuple[int, QuoteLine]], on: dt.date) -> None:
    """Write (bill, line) of bills by COPY, in order; assessments that are shared are stored once."""
    ids = actions.keep(assessed=(line.assessed for _, line in billed))
    month = Month.of(on).first
    sql.copy(
        DUES,
        [
            (bill, line.placement, line.person, line.agreement, str(line.stage), month, line.months, line.until,
             line.amount, list(line.articles), ids[line.assessed.digest])
            for bill, line in billed
        ],
    )  # fmt: skip


def standing(*, bills: Iterable[int]) -> dict[int, Standing]:
    """What these bills ask for, in the order in which money settles it, and what waits for them: two statements."""
    ids = sorted(set(bills))
    lines: dict[int, list[DueLine]] = {bill: [] for bill in ids}
    keys: dict[int, dict[int, Key]] = {bill: {} for bill in ids}
    for bill, id_, placement, agreement, until, month, stage, amount, settled, elsewhere in sql.rows(LINES, [ids]):
        # each stage is a part of its own: allocation tells parts apart by month, person and programme
        programme = SAVINGS if stage == "savings" else BOTH
        lines[bill].append(DueLine(id_, bill, id_, month, programme, amount, settled, elsewhere))
        if stage != "savings":
            keys[bill][id_] = (placement, stage, agreement, until)
    waiting: dict[int, list[Money]] = {bill: [] for bill in ids}
    for suspense, bill, receipt, amount, paid_at in payments.waiting_for(bills=ids, reasons=[Reason.TOO_LITTLE]):
        day = paid_at.astimezone(JAKARTA).date()
        waiting[bill].append(Money(receipt, amount, day, suspense=suspense, accepted=True))
    return {bill: Standing(tuple(lines[bill]), tuple(waiting[bill]), keys[bill]) for bill in ids}


def settle(*, settled: Sequence[Settled]) -> None:
    """Mark stages as settled by the payments that settled them."""
    told = [(due.id, one.on, one.receipt) for one in settled for due in one.dues]
    if told:
        sql.run(SETTLE, sql.columns(told, 3))


def unsettle(*, triggers: Iterable[tuple[int, int]]) -> list[int]:
    """What these payments of (bill, receipt) had settled is owed again; the placements whose cover that changes."""
    told = sorted(triggers)
    return sorted({row[0] for row in sql.rows(UNSETTLE, sql.columns(told, 2))}) if told else []


def settled_days(*, bills: Iterable[int]) -> dict[tuple[int, int], dt.date]:
    """(bill, receipt) -> the day on which that receipt's allocation counts."""
    found = sql.rows(
        "SELECT bill_id, settled_by_id, max(settled_on) FROM contributions_placementdue "
        "WHERE bill_id = ANY(%s) AND settled_on IS NOT NULL GROUP BY 1, 2",
        [sorted(set(bills))],
    )
    return {(bill, receipt): day for bill, receipt, day in found}


def drafts(*, settled: Sequence[Settled], on: dt.date, attempts: Mapping[tuple[int, int], int]) -> Iterator[Draft]:
    """Entries for what was settled: out of each receipt's suspense into the fund, savings into the member's account."""
    tried = dict(attempts)
    ids = [due.id for one in settled for due in one.dues]
    told = {id_: (tuple(articles), person) for id_, articles, person in sql.rows(ARTICLES, [ids])} if ids else {}
    for one in settled:
        n = tried.get((one.bill, one.receipt), 0) + 1
        tried[one.bill, one.receipt] = n
        moves = (*_collected(one), *(move for due in one.dues for move in _into_fund(due, *told[due.id])))
        yield Draft(on=on, kind="allocation", reference=f"allocation:{one.bill}:{one.receipt}:{n}",
                    why=f"Tagihan pekerja migran {one.bill}", moves=moves)  # fmt: skip


def _collected(one: Settled) -> Iterator[Move]:
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


def _into_fund(due: DueLine, articles: tuple[str, ...], person: int) -> Iterator[Move]:
    month = Month.of(due.month)
    if due.programme == SAVINGS:
        yield Move("JHT:collection", "JHT:members", due.amount, person, month, articles)
    else:
        yield Move("PMI:collection", "PMI:contributions", due.amount, person, month, articles)
