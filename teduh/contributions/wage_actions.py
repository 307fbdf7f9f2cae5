"""Writing what wage returns owe: a row for each line, by COPY; a corrected line owes the difference to what stood.

Also what a bill of an employer collects: its dues, penalties that are open, credits that are left. Constant statements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from teduh.contributions.wages import BILLED, COLUMNS, SHARES, Amounts, Basis
from teduh.core import sql
from teduh.law.months import Month
from teduh.ledger.facts import Draft, Move

KEEP = """
WITH told AS (
    SELECT * FROM unnest(%(digests)s::bytea[], %(months)s::date[], %(facts)s::jsonb[], %(results)s::jsonb[],
                         %(rulebooks)s::text[]) AS t(digest, month, facts, result, rulebook)
), made AS (
    INSERT INTO contributions_wagebasis (digest, month, facts, result, rulebook)
    SELECT t.* FROM told t WHERE NOT EXISTS (SELECT 1 FROM contributions_wagebasis b WHERE b.digest = t.digest)
    ORDER BY t.digest ON CONFLICT (digest) DO NOTHING RETURNING digest, id
)
SELECT digest, id FROM made
UNION ALL SELECT digest, id FROM contributions_wagebasis WHERE digest = ANY(%(digests)s)
"""

DUES = f"contributions_wagedue (line_id, person_id, employer_id, month, {', '.join(COLUMNS)}, basis_id)"

#: A withdrawn line owes nothing; a line that replaces others owes what they did not.
DIFFERENCE = """
UPDATE contributions_wagedue d SET {set}
FROM (
    SELECT l.id, l.withdrawn, {sums}
    FROM employers_wageline l
    CROSS JOIN LATERAL (SELECT id FROM employers_wageline
        WHERE employment_id = l.employment_id AND month = l.month AND id < l.id OFFSET 0) o
    CROSS JOIN LATERAL (SELECT * FROM contributions_wagedue WHERE line_id = o.id OFFSET 0) was
    WHERE l.wage_return_id = %s AND l.replaces_id IS NOT NULL GROUP BY l.id
) earlier
WHERE d.line_id = earlier.id
""".format(
    set=", ".join(f"{c} = CASE WHEN earlier.withdrawn THEN 0 ELSE d.{c} END - earlier.{c}" for c in COLUMNS),
    sums=", ".join(f"sum(was.{c})::bigint AS {c}" for c in COLUMNS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A wage return whose employer this transaction holds."""

    wage_return: int
    employer: int
    month: Month
    version: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What a return adds by column, with articles by programme; `unbilled` of it stands on no bill yet. Open penalties
    and credits of its employer as (id, whole rupiah), oldest first."""

    sums: dict[str, int]
    articles: dict[str, tuple[str, ...]]
    unbilled: int
    penalties: tuple[tuple[int, int], ...]
    credits: tuple[tuple[int, int], ...]

    def of(self, programme: str) -> int:
        return sum(self.sums[column] for column in BILLED if SHARES[column][0] == programme)

    @property
    def total(self) -> int:
        return sum(self.sums[column] for column in BILLED)


def keep(*, bases: Iterable[Basis]) -> dict[bytes, int]:
    """Store bases that are not stored yet, one row for each shape and rulebook; digest -> id."""
    wanted = {one.digest: one for one in bases}
    rows = [wanted[digest] for digest in sorted(wanted)]
    params = {
        "digests": [one.digest for one in rows], "months": [one.shape.month.first for one in rows],
        "facts": [one.facts for one in rows], "results": [one.result for one in rows],
        "rulebooks": [one.rulebook for one in rows],
    }  # fmt: skip
    ids = {bytes(digest): id_ for digest, id_ in sql.rows(KEEP, params)}
    if len(ids) < len(wanted):  # stored by somebody else just now
        ids = {bytes(digest): id_ for digest, id_ in sql.rows(KEEP, params)}
    return ids


def owe(
    *,
    wage_return: int,
    employer: int,
    month: Month,
    lines: Sequence[int],
    persons: Sequence[int],
    amounts: Amounts,
    bases: Sequence[Basis],
) -> None:
    """Write what the lines of a return owe: `lines`, `persons` and `bases` in the order of `amounts`.

    For a line that replaces others, the difference to all that the same employment owed for the month before.
    Three statements, however many lines.
    """
    ids = keep(bases=set(bases)) if lines else {}
    by_basis = {one: ids[one.digest] for one in set(bases)}
    first = month.first
    sql.copy(
        DUES,
        (
            (line, person, employer, first, *row, by_basis[basis])
            for line, person, row, basis in zip(lines, persons, amounts.rows(), bases, strict=True)
        ),
    )
    sql.run(DIFFERENCE, [wage_return])


HOLD = """
SELECT r.id, r.employer_id, r.month, coalesce(r.version, 1), r.kind
FROM employers_wagereturn r JOIN employers_employer e ON e.id = r.employer_id WHERE r.id = %s FOR NO KEY UPDATE OF e
"""

#: The return's dues by its lines. OFFSET 0 keeps each step an index look-up, also where PostgreSQL has not counted the
#: rows yet, which were all written a moment ago.
OF_RETURN = """
employers_wageline l CROSS JOIN LATERAL (SELECT * FROM contributions_wagedue WHERE line_id = l.id OFFSET 0) d
"""

READ = """
WITH g AS MATERIALIZED (
    SELECT d.basis_id, coalesce(sum({billed}) FILTER (WHERE d.bill_id IS NULL), 0)::bigint AS unbilled, {columns}
    FROM {dues} WHERE l.wage_return_id = %(wage_return)s GROUP BY d.basis_id
)
SELECT
    (SELECT json_agg(row_to_json(s)) FROM (
        SELECT b.result->'lines' AS lines, {sums} FROM g JOIN contributions_wagebasis b ON b.id = g.basis_id
        ORDER BY b.id) s),
    (SELECT coalesce(sum(unbilled), 0)::bigint FROM g),
    (SELECT json_agg(json_build_array(id, amount) ORDER BY month, id) FROM contributions_penalty
     WHERE charged_on_id IS NULL AND cancelled_on IS NULL
       AND late_bill_id IN (SELECT id FROM payments_bill WHERE employer_id = %(employer)s)),
    (SELECT json_agg(json_build_array(id, amount) ORDER BY "on", id) FROM contributions_credit
     WHERE employer_id = %(employer)s AND used_on_id IS NULL AND cancelled_on IS NULL AND spent < amount)
""".format(
    sums=", ".join(f"g.{c}" for c in COLUMNS),
    columns=", ".join(f"sum(d.{c})::bigint AS {c}" for c in COLUMNS),
    billed=" + ".join(f"d.{c}" for c in BILLED),
    dues=OF_RETURN.strip(),
)


def hold(*, wage_return: int) -> Held | None:
    """Hold the employer of a return until the transaction ends: his money and bills move one after another."""
    found = sql.rows(HOLD, [wage_return])
    if not found:
        return None
    id_, employer, month, version, kind = found[0]
    return Held(wage_return=id_, employer=employer, month=Month.of(month), version=version, kind=kind)


def owed(*, held: Held) -> Owed:
    """What the return adds and what of the employer's is open: penalties not charged yet, credits not used."""
    sums, unbilled, penalties, credits = sql.rows(READ, {"wage_return": held.wage_return, "employer": held.employer})[0]
    found, articles = dict.fromkeys(COLUMNS, 0), dict[str, dict[str, None]]()
    for row in sums or []:
        for column in COLUMNS:
            found[column] += row[column]
        for line in row["lines"]:
            articles.setdefault(line["programme"], {}).update(dict.fromkeys(line["articles"]))
    return Owed(
        sums=found,
        articles={programme: tuple(those) for programme, those in articles.items()},
        unbilled=unbilled,
        penalties=tuple(map(tuple, penalties or ())),
        credits=tuple(map(tuple, credits or ())),
    )


#: A correction downwards of what is not paid yet stands on the bill that asks for it.
LEAN = """
UPDATE contributions_wagedue d SET bill_id = t.bill
FROM (
    SELECT DISTINCT ON (n.id) n.id, was.bill_id AS bill
    FROM employers_wageline l
    CROSS JOIN LATERAL (SELECT * FROM contributions_wagedue WHERE line_id = l.id OFFSET 0) n
    CROSS JOIN LATERAL (SELECT id FROM employers_wageline
        WHERE employment_id = l.employment_id AND month = l.month AND id < l.id OFFSET 0) o
    CROSS JOIN LATERAL (SELECT * FROM contributions_wagedue WHERE line_id = o.id AND bill_id IS NOT NULL OFFSET 0) was
    WHERE l.wage_return_id = %s AND n.bill_id IS NULL AND (
        (n.jkk + n.jkm < 0 AND was.protection_on IS NULL)
        OR (n.jht_employer + n.jht_worker + n.jp_employer + n.jp_worker < 0 AND was.savings_on IS NULL))
    ORDER BY n.id, was.jht_employer + was.jkk + was.jkm + was.jp_employer DESC, was.id DESC
) t WHERE d.id = t.id RETURNING d.bill_id
"""

#: What is left of a correction downwards stands on the month's last bill, and is settled there at once.
HOME = f"""
UPDATE contributions_wagedue w SET bill_id = home.bill
FROM (SELECT d.id FROM {OF_RETURN.strip()} WHERE l.wage_return_id = %(wage_return)s AND d.bill_id IS NULL) own, (
    SELECT max(b.id) AS bill FROM payments_bill b WHERE b.employer_id = %(employer)s AND b.kind = 'wages'
        AND EXISTS (SELECT 1 FROM contributions_wagedue w WHERE w.bill_id = b.id AND w.month = %(month)s)
) home
WHERE w.id = own.id RETURNING w.bill_id
"""


def lean(*, held: Held) -> set[int]:
    """Put dues that lower what an open bill asks for on that bill; which bills."""
    return {bill for (bill,) in sql.rows(LEAN, [held.wage_return])}


def home(*, held: Held) -> set[int]:
    """Put what is left of a return that lowers a month on the month's last bill; which bill, if there is one."""
    params = {"wage_return": held.wage_return, "employer": held.employer, "month": held.month.first}
    return {bill for (bill,) in sql.rows(HOME, params) if bill}


CHARGE = f"""
WITH dues AS (
    UPDATE contributions_wagedue w SET bill_id = %(bill)s
    FROM (SELECT d.id FROM {OF_RETURN.strip()} WHERE l.wage_return_id = %(wage_return)s AND d.bill_id IS NULL) own
    WHERE w.id = own.id
), penalties AS (
    UPDATE contributions_penalty SET charged_on_id = %(bill)s WHERE id = ANY(%(penalties)s)
), credits AS (
    UPDATE contributions_credit c SET used_on_id = %(bill)s, amount = t.amount
    FROM unnest(%(credits)s::bigint[], %(amounts)s::bigint[]) AS t(id, amount) WHERE c.id = t.id
), rest AS (
    INSERT INTO contributions_credit (employer_id, wage_return_id, receipt_id, amount, articles, "on")
    SELECT c.employer_id, c.wage_return_id, c.receipt_id, c.amount - t.amount, c.articles, c."on"
    FROM unnest(%(credits)s::bigint[], %(amounts)s::bigint[]) AS t(id, amount)
    JOIN contributions_credit c ON c.id = t.id WHERE c.amount > t.amount
)
SELECT 1
"""


def charge(*, bill: int, wage_return: int | None, penalties: Sequence[int], credits: Mapping[int, int]) -> None:
    """Put a return's dues, open penalties and credits on a bill. `credits`: id -> how much of it this bill uses; what
    is left of one stays open as a row of its own."""
    sql.rows(
        CHARGE,
        {
            "bill": bill,
            "wage_return": wage_return,
            "penalties": list(penalties),
            "credits": list(credits),
            "amounts": list(credits.values()),
        },
    )


def assessed(*, held: Held, owed: Owed, on: dt.date) -> list[Draft]:
    """The entry of a filed return: owed by the employer, by programme and month; a correction downwards reversed."""
    moves = []
    for programme in ("JKK", "JKM", "JHT", "JP"):
        amount, articles = owed.of(programme), owed.articles.get(programme, ())
        account = f"KOL:assessed:{programme}"
        if amount > 0:
            moves.append(Move("KOL:employers", account, amount, held.employer, held.month, articles))
        elif amount < 0:
            moves.append(Move(account, "KOL:employers", -amount, held.employer, held.month, articles))
    if not moves:
        return []
    why = f"Laporan upah {held.month} versi {held.version}"
    reference = f"assessed:{held.wage_return}"
    return [Draft(on=on, kind="assessed", reference=reference, why=why, moves=tuple(moves))]


UNSETTLE = """
WITH told AS (SELECT * FROM unnest(%(bills)s::bigint[], %(receipts)s::bigint[]) AS t(bill, receipt))
UPDATE contributions_wagedue d SET
    protection_on = CASE WHEN gone.protection THEN NULL ELSE d.protection_on END,
    protection_by_id = CASE WHEN gone.protection THEN NULL ELSE d.protection_by_id END,
    savings_on = CASE WHEN gone.savings THEN NULL ELSE d.savings_on END,
    savings_by_id = CASE WHEN gone.savings THEN NULL ELSE d.savings_by_id END
FROM (
    SELECT o.id, p.bill IS NOT NULL AS protection, s.bill IS NOT NULL AS savings
    FROM contributions_wagedue o
    LEFT JOIN told p ON p.bill = o.bill_id AND p.receipt = o.protection_by_id
    LEFT JOIN told s ON s.bill = o.bill_id AND s.receipt = o.savings_by_id
    WHERE o.bill_id = ANY(%(bills)s) AND (p.bill IS NOT NULL OR s.bill IS NOT NULL)
) gone
WHERE d.id = gone.id
"""

DAYS = """
SELECT bill_id, receipt, max("on") FROM (
    SELECT bill_id, protection_by_id AS receipt, protection_on AS "on" FROM contributions_wagedue
    WHERE bill_id = ANY(%(bills)s) AND protection_by_id IS NOT NULL
    UNION ALL
    SELECT bill_id, savings_by_id, savings_on FROM contributions_wagedue
    WHERE bill_id = ANY(%(bills)s) AND savings_by_id IS NOT NULL
) d GROUP BY bill_id, receipt
"""


def unsettle(*, triggers: Iterable[tuple[int, int]]) -> None:
    """What these (bill, receipt) pairs settled is owed again."""
    told = sorted(triggers)
    if told:
        bills, receipts = sql.columns(told, 2)
        sql.run(UNSETTLE, {"bills": bills, "receipts": receipts})


def settled_days(*, bills: Iterable[int]) -> dict[tuple[int, int], dt.date]:
    """(bill, receipt) -> the day on which that receipt's allocation counts."""
    return {(bill, receipt): day for bill, receipt, day in sql.rows(DAYS, {"bills": sorted(set(bills))})}
