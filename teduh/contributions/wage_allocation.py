"""The rule by which an employer's money settles his bills, as one statement over all lines however many they are.

1. Money goes to the bill whose code it names. 2. In it, corrections downwards first, then JKK and JKM of everybody,
then JHT and JP worker by worker, the lowest wage first, each part whole; then penalties. The first part that the money
does not cover ends it. What comes of money that is left is for `journeys.money.wage_settling`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from teduh.core import sql
from teduh.core.clock import JAKARTA
from teduh.law.months import Month


@dataclass(slots=True)
class Coin:
    """Money of an employer: of a receipt, or without one of a credit. `suspense`, `credit`: the rows it waited in."""

    receipt: int | None
    amount: int
    on: dt.date
    suspense: int | None = None
    credit: int | None = None
    was: int = 0

    def __post_init__(self) -> None:
        self.was = self.amount


@dataclass(slots=True)
class OpenBill:
    """A bill of an employer as money finds it: `waiting` and `credits` are kept for it; `rest` is what is still open
    when the rule was applied. `filed_on`: when the amendment that it bills was filed."""

    id: int
    number: str
    employer: int
    kind: str
    state: str
    expires_on: dt.date
    amount: int
    month: Month
    filed_on: dt.date | None
    received: int
    settled: bool
    waiting: list[Coin] = field(default_factory=list)
    credits: list[Coin] = field(default_factory=list)
    rest: int = 0

    @property
    def kept(self) -> list[Coin]:
        return [*self.credits, *self.waiting]


@dataclass(slots=True)
class Pot:
    """Bills of one employer in order, and the money for them. `is_own`: money kept for the bill is in it."""

    employer: int
    bills: list[OpenBill]
    money: list[Coin]
    is_own: bool = False

    def total(self) -> int:
        return sum(coin.amount for coin in self.money)


@dataclass(slots=True)
class Charge:
    """A penalty: fixed now (without `id`) or settled. `months` late, on this `contribution`."""

    id: int | None
    programme: str
    kind: str
    month: Month
    amount: int
    articles: tuple[str, ...] = ()
    contribution: int = 0
    months: int = 0
    employer: int | None = None


@dataclass(slots=True)
class Part:
    """What one payment settled on one bill. `sums` as the columns of a line, JHT and JP both shares together; `used`
    says whose money it was: (receipt or None for a credit, whole rupiah). Below zero it set money free."""

    bill: OpenBill
    trigger: Coin
    month: Month
    sums: dict[str, int] = field(default_factory=dict)
    persons: list[int] = field(default_factory=list)
    jht: list[int] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    fixed: list[Charge] = field(default_factory=list)
    used: list[tuple[int | None, int]] = field(default_factory=list)
    freed: int = 0

    @property
    def amount(self) -> int:
        billed = sum(self.sums.get(name, 0) for name in ("jkk", "jkm", "jht", "jp"))
        return billed + sum(charge.amount for charge in self.charges)


BILLS = """
SELECT b.id, b.number, b.employer_id, b.kind, b.state, b.expires_on, b.amount,
    coalesce(of.month, date_trunc('month', b.issued_on)::date), of.filed_on,
    CASE WHEN b.kind = 'instalment' THEN coalesce((SELECT sum(r.amount) FROM payments_receipt r
        WHERE r.bill_id = b.id AND r.state <> 'reversed'), 0) ELSE 0 END::bigint,
    EXISTS (SELECT 1 FROM contributions_wagedue d WHERE d.bill_id = b.id
            AND (d.protection_on IS NOT NULL OR d.savings_on IS NOT NULL)),
    (SELECT json_agg(json_build_array(s.id, s.receipt_id, s.amount, r.paid_at) ORDER BY r.received_at, r.paid_at, s.id)
     FROM payments_suspense s JOIN payments_receipt r ON r.id = s.receipt_id
     WHERE s.bill_id = b.id AND s.state = 'open' AND s.reason = 'too_little'),
    (SELECT json_agg(json_build_array(c.id, c.amount - c.spent, c."on") ORDER BY c."on", c.id)
     FROM contributions_credit c WHERE c.used_on_id = b.id AND c.spent < c.amount AND c.cancelled_on IS NULL)
FROM payments_bill b LEFT JOIN LATERAL (
    SELECT d.month, CASE WHEN r.version > 1 THEN r.filed_on END AS filed_on
    FROM contributions_wagedue d JOIN employers_wageline l ON l.id = d.line_id
    JOIN employers_wagereturn r ON r.id = l.wage_return_id WHERE d.bill_id = b.id ORDER BY d.id LIMIT 1
) of ON TRUE
WHERE b.employer_id = ANY(%(employers)s) AND b.kind IN ('wages', 'penalty', 'instalment')
  AND (b.id = ANY(%(bills)s) OR b.state IN ('open', 'part', 'expired'))
ORDER BY b.employer_id, 8, b.id
"""

SETTLE = """
WITH queue AS MATERIALIZED (
    SELECT q.pool, q.place, q.bill, sum(q.kept) OVER (PARTITION BY q.pool ORDER BY q.place) AS kept
    FROM unnest(%(pools)s::int[], %(places)s::int[], %(bills)s::bigint[], %(kepts)s::bigint[])
        AS q(pool, place, bill, kept)
), money AS MATERIALIZED (
    SELECT * FROM unnest(%(money)s::int[], %(ns)s::int[], %(above)s::bigint[], %(upto)s::bigint[], %(ons)s::date[],
                         %(receipts)s::bigint[]) AS m(pool, n, above, upto, "on", receipt)
), parts AS (
    SELECT q.pool, q.place, q.kept, q.bill, 1 AS stage, d.person_id AS who, max(l.wage) AS wage, max(d.month) AS month,
        sum(d.jkk + d.jkm)::bigint AS amount, sum(d.jkk)::bigint AS a, sum(d.jkm)::bigint AS b,
        sum(d.jkp_from_jkk)::bigint AS c, sum(d.jkp_from_jkm)::bigint AS d, sum(d.jkp_state)::bigint AS e,
        array_agg(d.id) AS dues
    FROM queue q JOIN contributions_wagedue d ON d.bill_id = q.bill AND d.protection_on IS NULL
    JOIN employers_wageline l ON l.id = d.line_id GROUP BY q.pool, q.place, q.kept, q.bill, d.person_id
    UNION ALL
    SELECT q.pool, q.place, q.kept, q.bill, 2, d.person_id, max(l.wage), max(d.month),
        sum(d.jht_employer + d.jht_worker + d.jp_employer + d.jp_worker)::bigint,
        sum(d.jht_employer + d.jht_worker)::bigint, sum(d.jp_employer + d.jp_worker)::bigint, 0, 0, 0, array_agg(d.id)
    FROM queue q JOIN contributions_wagedue d ON d.bill_id = q.bill AND d.savings_on IS NULL
    JOIN employers_wageline l ON l.id = d.line_id GROUP BY q.pool, q.place, q.kept, q.bill, d.person_id
    UNION ALL
    SELECT q.pool, q.place, q.kept, q.bill, 3, p.id, 0, p.month, p.amount, p.amount, 0, 0, 0, 0, NULL
    FROM queue q JOIN contributions_penalty p ON p.charged_on_id = q.bill
    WHERE p.settled_on IS NULL AND p.cancelled_on IS NULL
), summed AS (
    SELECT p.*, sum(amount) OVER (PARTITION BY pool ORDER BY place, amount > 0, stage, wage, who) - kept AS need
    FROM parts p
), reach AS (
    SELECT s.*, bool_and(need <= coalesce(m.most, 0)) OVER (
        PARTITION BY s.pool ORDER BY place, amount > 0, stage, wage, who) AS covered
    FROM summed s LEFT JOIN (SELECT pool, max(upto) AS most FROM money GROUP BY pool) m ON m.pool = s.pool
), settled AS MATERIALIZED (
    SELECT r.*, m.n, m."on", m.receipt
    FROM reach r JOIN money m ON m.pool = r.pool AND r.need > m.above AND r.need <= m.upto WHERE r.covered
), dues AS (
    UPDATE contributions_wagedue d SET
        protection_on = CASE WHEN d.protection_on IS NULL THEN s.covered ELSE d.protection_on END,
        protection_by_id = CASE WHEN d.protection_on IS NULL THEN s.coverer ELSE d.protection_by_id END,
        savings_on = CASE WHEN d.savings_on IS NULL THEN s.saved ELSE d.savings_on END,
        savings_by_id = CASE WHEN d.savings_on IS NULL THEN s.saver ELSE d.savings_by_id END
    FROM (
        SELECT due.id, max("on") FILTER (WHERE stage = 1) AS covered, max(receipt) FILTER (WHERE stage = 1) AS coverer,
            max("on") FILTER (WHERE stage = 2) AS saved, max(receipt) FILTER (WHERE stage = 2) AS saver
        FROM settled CROSS JOIN unnest(dues) AS due(id) WHERE stage < 3 GROUP BY due.id
    ) s WHERE d.id = s.id
), penalties AS (
    UPDATE contributions_penalty p SET settled_on = s."on", settled_by_id = s.receipt
    FROM settled s WHERE s.stage = 3 AND p.id = s.who
)
SELECT pool, bill, n, 0, stage, month, '', '', sum(a)::bigint, sum(b)::bigint, sum(c)::bigint, sum(d)::bigint,
    sum(e)::bigint, array_agg(who) FILTER (WHERE stage = 2 AND a <> 0), array_agg(a) FILTER (WHERE stage = 2 AND a <> 0)
FROM settled WHERE stage < 3 GROUP BY pool, bill, n, stage, month
UNION ALL
SELECT s.pool, s.bill, s.n, s.who, 3, s.month, p.programme, p.kind, s.a, 0, 0, 0, 0, NULL, NULL
FROM settled s JOIN contributions_penalty p ON p.id = s.who WHERE s.stage = 3
UNION ALL
SELECT pool, bill, 0, 0, 9, NULL, '', '', sum(amount)::bigint, 0, 0, 0, 0, NULL, NULL
FROM reach WHERE NOT covered GROUP BY pool, bill
ORDER BY 1, 2, 3, 5, 4
"""

#: More than any money, less than nothing: where the first money of a pot begins.
LOWEST = -(10**17)


def open_bills(*, employers: Iterable[int], bills: Iterable[int]) -> dict[int, OpenBill]:
    """The bills that are open of these employers, and those named; each employer's in order, the oldest month first."""
    found: dict[int, OpenBill] = {}
    params = {"employers": sorted(set(employers)), "bills": sorted(set(bills))}
    for *row, month, filed_on, received, settled, waiting, credits in sql.rows(BILLS, params):
        bill = OpenBill(*row, Month.of(month), filed_on, received, settled)  # type: ignore[misc]
        for suspense, receipt, amount, paid_at in waiting or ():
            day = dt.datetime.fromisoformat(paid_at).astimezone(JAKARTA).date()
            bill.waiting.append(Coin(receipt, amount, day, suspense=suspense))
        for credit, amount, on in credits or ():
            bill.credits.append(Coin(None, amount, dt.date.fromisoformat(on), credit=credit))
        found[bill.id] = bill
    return found


def settle(*, pots: Sequence[Pot]) -> list[Part]:
    """Apply the rule to each pot and mark what is settled, in one statement; what each payment settled, in order.

    Says for each bill how much is then open (`rest`), and draws the money from the bills' own and the pot's.
    """
    found = sql.rows(SETTLE, _params(pots))
    parts: dict[tuple[int, int, int], Part] = {}
    places = {(n, bill.id): bill for n, pot in enumerate(pots) for bill in pot.bills}
    for bill in places.values():
        bill.rest = 0
    for pool, bill_id, n, who, stage, month, programme, kind, *sums, persons, amounts in found:
        bill = places[pool, bill_id]
        if stage == 9:
            bill.rest = sums[0]
            continue
        trigger = pots[pool].money[n]
        part = parts.setdefault((pool, bill_id, n), Part(bill, trigger, bill.month))
        if stage == 1:
            part.sums.update(zip(("jkk", "jkm", "jkp_from_jkk", "jkp_from_jkm", "jkp_state"), sums, strict=True))
        elif stage == 2:
            part.sums.update(jht=sums[0], jp=sums[1])
            part.persons, part.jht = persons or [], amounts or []
        else:
            part.charges.append(Charge(who, programme, kind, Month.of(month), sums[0]))
    return _drawn(pots, parts)


def _params(pots: Sequence[Pot]) -> dict[str, list]:
    queue = [(n, place, bill.id, 0 if pot.is_own else sum(coin.amount for coin in bill.kept))
             for n, pot in enumerate(pots) for place, bill in enumerate(pot.bills)]  # fmt: skip
    money, upto = [], 0
    for n, pot in enumerate(pots):
        upto = 0
        for k, coin in enumerate(pot.money):
            above, upto = upto if k else LOWEST, upto + coin.amount
            money.append((n, k, above, upto, coin.on, coin.receipt))
    columns = sql.columns(queue, 4) + sql.columns(money, 6)
    names = ("pools", "places", "bills", "kepts", "money", "ns", "above", "upto", "ons", "receipts")
    return dict(zip(names, columns, strict=True))


def _drawn(pots: Sequence[Pot], parts: dict[tuple[int, int, int], Part]) -> list[Part]:
    """Whose money it was: first what was kept for the bill, then the pot's, oldest first."""
    ordered: list[Part] = []
    for n, pot in enumerate(pots):
        triggers = {id(coin): k for k, coin in enumerate(pot.money)}
        own = sorted((part for (pool, _, _), part in parts.items() if pool == n),
                     key=lambda part: (pot.bills.index(part.bill), triggers[id(part.trigger)]))  # fmt: skip
        for part in own:
            draw(part, amount=part.amount, pot=pot)
        ordered += own
    return ordered


def draw(part: Part, *, amount: int, pot: Pot) -> None:
    """Take money for a part, or put into the pot what it sets free."""
    if amount < 0:
        part.freed = -amount
        pot.money.append(Coin(None, -amount, part.trigger.on))
        return
    for coin in pot.money if pot.is_own else [*part.bill.kept, *pot.money]:
        take = min(amount, coin.amount)
        if take:
            part.used.append((coin.receipt, take))
            coin.amount -= take
            amount -= take
    if amount:
        raise RuntimeError(f"bill {part.bill.id}: {amount} settled without money")
