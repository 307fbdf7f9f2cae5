"""Writing what is owed and what settled it, and booking what was settled. A constant number of statements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from teduh.contributions.allocation import DueLine, Settled
from teduh.contributions.assessing import Assessed
from teduh.core import sql
from teduh.law.months import Month
from teduh.ledger.facts import Draft, Move
from teduh.payments.facts import LockedBill


@dataclass(frozen=True, slots=True)
class Owing:
    """What a person owes on a bill for a month, as assessed; `programmes` are those asked for now."""

    bill: int
    person: int
    assessed: Assessed
    programmes: frozenset[str]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.assessed.lines if line.programme in self.programmes)


ASSESSMENTS = """
INSERT INTO contributions_assessment (digest, month, facts, result, rulebook)
SELECT * FROM unnest(%s::bytea[], %s::date[], %s::jsonb[], %s::jsonb[], %s::text[])
ON CONFLICT (digest) DO NOTHING
"""

DUES = "contributions_due (bill_id, person_id, month, programme, amount, articles, assessment_id)"

SETTLE = """
UPDATE contributions_due d SET settled_on = t."on", settled_by_id = t.receipt
FROM unnest(%s::bigint[], %s::date[], %s::bigint[]) AS t(id, "on", receipt) WHERE d.id = t.id
RETURNING d.id
"""

UNSETTLE = """
UPDATE contributions_due SET settled_on = NULL, settled_by_id = NULL
FROM unnest(%s::bigint[], %s::bigint[]) AS t(bill, receipt)
WHERE bill_id = t.bill AND settled_by_id = t.receipt RETURNING person_id
"""


def keep(*, assessed: Iterable[Assessed]) -> dict[bytes, int]:
    """Store assessments that are not stored yet; digest -> id. One row for all who share facts, month and rulebook."""
    wanted = {one.digest: one for one in assessed}
    ids = _kept(wanted)
    if new := [one for digest, one in sorted(wanted.items()) if digest not in ids]:
        columns = [
            [one.digest for one in new], [one.month.first for one in new], [one.facts for one in new],
            [one.result for one in new], [one.rulebook for one in new],
        ]  # fmt: skip
        sql.run(ASSESSMENTS, columns)
        ids = _kept(wanted)
    return ids


def _kept(wanted: Iterable[bytes]) -> dict[bytes, int]:
    found = sql.rows("SELECT digest, id FROM contributions_assessment WHERE digest = ANY(%s)", [list(wanted)])
    return {bytes(digest): id_ for digest, id_ in found}


def owe(*, owing: Sequence[Owing]) -> int:
    """Write the dues of bills by COPY, in order: people as listed, each with his months. How many were written."""
    ids = keep(assessed=(one.assessed for one in owing))
    rows = list(_dues(owing, ids))
    sql.copy(DUES, rows)
    return len(rows)


def _dues(owing: Sequence[Owing], ids: dict[bytes, int]) -> Iterator[tuple]:
    for one in owing:
        for line in one.assessed.lines:
            if line.programme in one.programmes:
                yield (
                    one.bill, one.person, one.assessed.month.first, line.programme, line.amount, list(line.articles),
                    ids[one.assessed.digest],
                )  # fmt: skip


HOLD = """
WITH firms AS MATERIALIZED (
    SELECT id FROM employers_employer WHERE id = ANY(ARRAY(
        SELECT b.employer_id FROM payments_bill b WHERE b.id = ANY(%s) AND b.employer_id IS NOT NULL))
    ORDER BY id FOR NO KEY UPDATE
), held AS MATERIALIZED (
    SELECT id, number, state, expires_on, person_id, group_id, employer_id, kind,
        organisation_id FROM payments_bill
    WHERE id = ANY(%s) AND (SELECT count(*) FROM firms) >= 0 ORDER BY id FOR NO KEY UPDATE
), people AS MATERIALIZED (
    SELECT id FROM registry_person WHERE id = ANY(ARRAY(
        SELECT DISTINCT d.person_id FROM contributions_due d WHERE d.bill_id = ANY(ARRAY(SELECT held.id FROM held))
        UNION
        SELECT p.person_id FROM contributions_placementdue p WHERE p.bill_id = ANY(ARRAY(
            SELECT held.id FROM held WHERE held.kind = 'placement'))))
    ORDER BY id FOR NO KEY UPDATE
)
SELECT *, (SELECT count(*) FROM people) FROM held ORDER BY id
"""


def hold(*, bills: Iterable[int]) -> dict[int, LockedBill]:
    """Hold the employers of these bills, then the bills, then the people on them, until the transaction ends; each in
    the order of their numbers. An employer that is held holds all his bills: his money flows from one to another.

    So nobody waits in a circle, and two bills never settle one person's month at once. What depends on them is read
    after this, by another statement.
    """
    ids = sorted(set(bills))
    return {
        row[0]: LockedBill(
            id=row[0],
            number=row[1],
            state=row[2],
            expires_on=row[3],
            person=row[4],
            group=row[5],
            employer=row[6],
            kind=row[7],
            organisation=row[8],
        )
        for row in (sql.often(HOLD, [ids, ids]) if ids else ())
    }


def settle(*, settled: Sequence[Settled]) -> int:
    """Mark dues as settled by the payments that settled them."""
    told = [(due.id, one.on, one.receipt) for one in settled for due in one.dues]
    return len(sql.often(SETTLE, sql.columns(told, 3))) if told else 0


def unsettle(*, triggers: Collection[tuple[int, int]]) -> list[int]:
    """What these (bill, receipt) pairs settled is owed again; whose it is."""
    if not triggers:
        return []
    return sorted({row[0] for row in sql.rows(UNSETTLE, sql.columns(sorted(triggers), 2))})


def drafts(*, settled: Sequence[Settled], on: dt.date, attempts: dict[tuple[int, int], int]) -> Iterator[Draft]:
    """Entries for what was settled: out of suspense into each programme's fund, JHT into members' accounts.

    `attempts`: (bill, receipt) -> how many allocations of this receipt to this bill were booked before.
    """
    for one in settled:
        n = attempts.get((one.bill, one.receipt), 0) + 1
        attempts[one.bill, one.receipt] = n
        moves = (*_collected(one), *_contributed(one.dues))
        reference = f"allocation:{one.bill}:{one.receipt}:{n}"
        yield Draft(on=on, kind="allocation", reference=reference, why=f"Iuran tagihan {one.bill}", moves=moves)


def _collected(one: Settled) -> Iterator[Move]:
    """Out of each receipt's suspense to what collection owes each fund: the receipts' money meets the programmes'."""
    owed: dict[str, int] = defaultdict(int)
    for due in one.dues:
        owed[due.programme] += due.amount
    money = list(one.used)
    for programme, amount in owed.items():
        while amount:
            receipt, left = money[0]
            part = min(left, amount)
            yield Move("KOL:suspense", f"KOL:due:{programme}", part, receipt)
            amount -= part
            money[0] = (receipt, left - part)
            if not money[0][1]:
                money.pop(0)


def _contributed(dues: Sequence[DueLine]) -> Iterator[Move]:
    """Into the funds: JKK and JKM by month, JHT by month to each member's account."""
    sums: dict[tuple[str, dt.date, int | None], int] = defaultdict(int)
    for due in dues:
        sums[due.programme, due.month, due.person if due.programme == "JHT" else None] += due.amount
    for (programme, month, person), amount in sums.items():
        into = "JHT:members" if programme == "JHT" else f"{programme}:contributions"
        yield Move(f"{programme}:collection", into, amount, person, Month.of(month), ARTICLES[programme])


#: The articles by which a programme's contributions become the fund's or the member's own.
ARTICLES = {
    "JKK": ("PP 44/2015 Pasal 20(1)",),
    "JKM": ("PP 44/2015 Pasal 20(3)",),
    "JHT": ("PP 46/2015 Pasal 18(1)", "PP 46/2015 Pasal 22(2)"),
}
