"""What lateness costs an employer: fixed on the day of payment, by programme and month, from what came late.

The law counts (2 % for each month that has begun); here is which contribution, since when, and what is written.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence

from teduh.contributions import wages
from teduh.contributions.models import PenaltyKind
from teduh.contributions.wage_allocation import Charge, Part
from teduh.core import holidays, sql
from teduh.law import due, penalties
from teduh.law.months import Month

#: A shortfall of JKK and JKM that an amendment finds is reckoned with the next month's payment; of JHT and JP no text
#: says so, and they were due with their month.
SHORTFALL = "PP 44/2015 Pasal 23(4)"
RELIEF_ENDED = ("PP 36/2025 Pasal 11", "PP 44/2015 Pasal 16(1)")
#: Penalties of JP are paid with the arrears, the others with the following month.
WITH_THE_ARREARS = frozenset({"JP"})

LINES = """
SELECT d.bill_id, d.protection_by_id, d.protection_on, b.facts, l.wage, l.risk_class, l.programmes, l.withdrawn,
    o.wage, o.risk_class, o.programmes, o.withdrawn
FROM contributions_wagedue d JOIN contributions_wagebasis b ON b.id = d.basis_id
JOIN employers_wageline l ON l.id = d.line_id LEFT JOIN employers_wageline o ON o.id = l.replaces_id
JOIN unnest(%(bills)s::bigint[], %(receipts)s::bigint[], %(days)s::date[]) AS t(bill, receipt, "on")
    ON d.bill_id = t.bill AND d.protection_by_id = t.receipt AND d.protection_on = t."on"
WHERE (b.facts->>'labour_intensive')::boolean AND NOT (b.facts->>'paid_late')::boolean
"""

WRITE = """
INSERT INTO contributions_penalty (late_bill_id, receipt_id, entry, kind, programme, month, contribution, months_late,
    amount, articles, "on", charged_on_id, settled_on, settled_by_id)
SELECT t.bill, t.receipt, t.entry, t.kind, t.programme, t.month, t.contribution, t.months, t.amount,
    string_to_array(t.articles, chr(31)), t."on", t.charged, t.settled, t.settler
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::date[], %s::bigint[], %s::int[],
            %s::bigint[], %s::text[], %s::date[], %s::bigint[], %s::date[], %s::bigint[])
    AS t(bill, receipt, entry, kind, programme, month, contribution, months, amount, articles, "on", charged, settled,
         settler)
"""

BETWEEN = "\x1f"


def due_on(*, programme: str, month: Month, filed_on: dt.date | None = None) -> dt.date:
    """The last day to pay a month's contribution in time. `filed_on`: it was asked for by an amendment of that day."""
    if filed_on is not None and programme in ("JKK", "JKM"):
        month = max(month, Month.of(filed_on))
    off = holidays.between(month.year, month.year + 1)
    return due.due_date(programme, "wage_earner", month, holidays=off).date


def late(*, contributions: dict[str, int], month: Month, filed_on: dt.date | None, paid: dt.date) -> list[Charge]:
    """The law's penalties on contributions by programme that are paid on a day; nothing where they are in time."""
    found = []
    for programme, amount in contributions.items():
        day = due_on(programme=programme, month=month, filed_on=filed_on)
        if amount > 0 and paid > day:
            one = penalties.late_between(amount=amount, programme=programme, month=month, due=day, paid=paid)
            if one.amount:
                charge = Charge(None, programme, PenaltyKind.LATE, month, one.amount, one.articles, amount, one.periods)
                found.append(charge)
    return found


def fix(*, parts: Sequence[Part]) -> None:
    """Say in each part what its lateness costs (`fixed`): the penalty, and JKK that a relief spares no more.

    Money without a receipt was the employer's all along: it is not late. One statement, and only for months with a
    relief that has run out.
    """
    paid = [part for part in parts if part.trigger.receipt is not None]
    lost = _reliefs_lost(paid)
    for part in paid:
        more = lost.get((part.bill.id, part.trigger.receipt), 0)
        sums = {"JKK": part.sums.get("jkk", 0) + more, "JKM": part.sums.get("jkm", 0),
                "JHT": part.sums.get("jht", 0), "JP": part.sums.get("jp", 0)}  # fmt: skip
        part.fixed = late(contributions=sums, month=part.month, filed_on=part.bill.filed_on, paid=part.trigger.on)
        if more > 0:
            part.fixed.append(Charge(None, "JKK", PenaltyKind.RELIEF, part.month, more, RELIEF_ENDED, more, 0))


def _reliefs_lost(parts: Iterable[Part]) -> dict[tuple[int, int | None], int]:
    """(bill, receipt) -> what JKK costs more because it is paid after the relief's last day."""
    late_ones = {
        (part.bill.id, part.trigger.receipt, part.trigger.on): part.month
        for part in parts
        if "jkk" in part.sums and (last := wages.relief_ends(part.month)) and part.trigger.on > last
    }
    if not late_ones:
        return {}
    bills, receipts, days = sql.columns(sorted(late_ones), 3)
    found: dict[tuple[int, int | None], int] = {}
    for bill, receipt, on, facts, *new, wage, risk, programmes, withdrawn in sql.rows(
        LINES, {"bills": bills, "receipts": receipts, "days": days}
    ):
        shape = facts if isinstance(facts, dict) else json.loads(facts)
        month = late_ones[bill, receipt, on]
        more = _spared(month, shape, on, *new) - (_spared(month, shape, on, wage, risk, programmes, withdrawn)
                                                   if wage is not None else 0)  # fmt: skip
        found[bill, receipt] = found.get((bill, receipt), 0) + more
    return found


def _spared(month: Month, shape: dict, on: dt.date, wage: int, risk: int, programmes: int, withdrawn: bool) -> int:
    """What the relief took off a line's JKK."""
    if withdrawn:
        return 0
    dates = (on, None)
    full, relieved = (
        wages.assess(month=month, wages=[wage], risk_classes=[risk], programmes=[programmes], labour_intensive=True,
                     workers=shape["workers"], on=day).jkk[0]
        for day in dates
    )  # fmt: skip
    return full - relieved


def write(*, entries: Iterable[tuple[str, Part]], on: dt.date) -> None:
    """Store what was fixed, with the books' entry that fixed it. JP's is asked for with the arrears, by the late bill;
    what was paid at once is settled."""
    rows = []
    for reference, part in entries:
        for one in part.fixed:
            charged = part.bill.id if one.programme in WITH_THE_ARREARS else None
            paid = any(one is charge for charge in part.charges)
            rows.append((part.bill.id, part.trigger.receipt, reference, str(one.kind), one.programme, one.month.first,
                         one.contribution, one.months, one.amount, BETWEEN.join(one.articles), on, charged,
                         part.trigger.on if paid else None, part.trigger.receipt if paid else None))  # fmt: skip
    if rows:
        sql.run(WRITE, sql.columns(rows, 14))


CANCEL = """
WITH again AS (
    UPDATE contributions_penalty p SET settled_on = NULL, settled_by_id = NULL
    FROM unnest(%(bills)s::bigint[], %(receipts)s::bigint[]) AS t(bill, receipt)
    WHERE p.charged_on_id = t.bill AND p.settled_by_id = t.receipt AND NOT p.entry = ANY(%(entries)s)
)
UPDATE contributions_penalty p SET cancelled_on = %(on)s
FROM (SELECT id, settled_on IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM unnest(%(bills)s::bigint[], %(receipts)s::bigint[]) AS t(bill, receipt)
          WHERE q.charged_on_id = t.bill AND q.settled_by_id = t.receipt) AS was_paid
      FROM contributions_penalty q WHERE q.entry = ANY(%(entries)s) AND q.cancelled_on IS NULL) old
WHERE p.id = old.id RETURNING p.id, p.programme, p.kind, p.month, p.amount, p.articles, old.was_paid,
    (SELECT employer_id FROM payments_bill WHERE id = p.late_bill_id)
"""


def cancel(*, entries: Iterable[str], triggers: Iterable[tuple[int, int]], on: dt.date) -> list[Charge]:
    """Payments were taken back: what they had settled is open again, what they had fixed is owed no more.

    Gives those penalties that other money had paid already: that money is the employer's again.
    """
    bills, receipts = sql.columns(sorted(triggers), 2)
    found = sql.rows(CANCEL, {"entries": sorted(entries), "bills": bills, "receipts": receipts, "on": on})
    return [
        Charge(id_, programme, kind, Month.of(month), amount, tuple(articles), employer=employer)
        for id_, programme, kind, month, amount, articles, was_paid, employer in found
        if was_paid
    ]
