"""Booking: entries are added, never changed. One statement books any number of entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from teduh.core import sql
from teduh.ledger.facts import Draft

#: Separates the articles of one posting on their way into the database.
BETWEEN = "\x1f"

POST = """
WITH made AS (
    INSERT INTO ledger_entry ("on", kind, reference, by, why)
    SELECT d."on", d.kind, d.reference, %(by)s, d.why
    FROM unnest(%(ons)s::date[], %(kinds)s::text[], %(references)s::text[], %(whys)s::text[])
        AS d("on", kind, reference, why)
    ON CONFLICT (reference) DO NOTHING
    RETURNING id, reference, "on"
), moved AS (
    INSERT INTO ledger_posting (entry_id, "on", fund, debit_id, credit_id, amount, party, month, articles)
    SELECT made.id, made."on", split_part(m.debit, ':', 1), debit.id, credit.id, m.amount, m.party, m.month,
           string_to_array(m.articles, chr(31))
    FROM unnest(%(of)s::text[], %(debits)s::text[], %(credits)s::text[], %(amounts)s::bigint[], %(parties)s::bigint[],
                %(months)s::date[], %(articles)s::text[]) WITH ORDINALITY
        AS m(reference, debit, credit, amount, party, month, articles, n)
    JOIN made USING (reference)
    LEFT JOIN ledger_account debit ON debit.code = m.debit
    LEFT JOIN ledger_account credit ON credit.code = m.credit
    ORDER BY m.n
)
SELECT reference FROM made
"""

#: The words of a column go over once; its parties and amounts are arrays.
POST_COLUMNS = """
INSERT INTO ledger_posting (entry_id, "on", fund, debit_id, credit_id, amount, party, month, articles)
SELECT e.id, e."on", split_part(c.debit, ':', 1), debit.id, credit.id, p.amount, p.party, c.month,
       string_to_array(c.articles, chr(31))
FROM unnest(%(columns)s::int[], %(parties)s::bigint[], %(amounts)s::bigint[]) WITH ORDINALITY
    AS p("column", party, amount, n)
JOIN unnest(%(numbers)s::int[], %(of)s::text[], %(debits)s::text[], %(credits)s::text[], %(months)s::date[],
            %(articles)s::text[]) AS c("column", reference, debit, credit, month, articles) USING ("column")
JOIN ledger_entry e ON e.reference = c.reference
LEFT JOIN ledger_account debit ON debit.code = c.debit
LEFT JOIN ledger_account credit ON credit.code = c.credit
ORDER BY p.n
"""

REVERSE = """
WITH wrong AS (
    SELECT e.id, e.reference FROM ledger_entry e WHERE e.reference = ANY(%(references)s) ORDER BY e.reference
), made AS (
    INSERT INTO ledger_entry ("on", kind, reference, by, why, reverses_id)
    SELECT %(on)s, 'reversal', 'reversal:' || wrong.reference, %(by)s, %(why)s, wrong.id FROM wrong
    ON CONFLICT (reference) DO NOTHING
    RETURNING id, reverses_id
), moved AS (
    INSERT INTO ledger_posting (entry_id, "on", fund, debit_id, credit_id, amount, party, month, articles)
    SELECT made.id, %(on)s, p.fund, p.credit_id, p.debit_id, p.amount, p.party, p.month, p.articles
    FROM made JOIN ledger_posting p ON p.entry_id = made.reverses_id
    ORDER BY p.id
)
SELECT (SELECT count(*) FROM wrong), (SELECT count(*) FROM made)
"""


def post(*, drafts: Iterable[Draft], by: str) -> int:
    """Book entries that are not booked yet; how many were. One statement, whatever their number; a second for columns.

    Raises ValueError for a draft that moves nothing or moves money between funds, and IntegrityError for an account
    that is not in the chart. Amounts are whole rupiah above zero.
    """
    ordered = sorted(drafts, key=lambda draft: draft.reference)
    if not ordered:
        return 0
    moves = [(draft.reference, move) for draft in ordered for move in draft.moves]
    _check(ordered)
    made = sql.often(
        POST,
        {
            "by": by,
            "ons": [draft.on for draft in ordered],
            "kinds": [draft.kind for draft in ordered],
            "references": [draft.reference for draft in ordered],
            "whys": [draft.why[:200] for draft in ordered],
            "of": [reference for reference, _ in moves],
            "debits": [move.debit for _, move in moves],
            "credits": [move.credit for _, move in moves],
            "amounts": [move.amount for _, move in moves],
            "parties": [move.party for _, move in moves],
            "months": [move.month.first if move.month else None for _, move in moves],
            "articles": [BETWEEN.join(move.articles) for _, move in moves],
        },
    )
    if any(draft.columns for draft in ordered):
        new = {reference for (reference,) in made}
        _post_columns([draft for draft in ordered if draft.reference in new])
    return len(made)


def _check(drafts: Iterable[Draft]) -> None:
    for draft in drafts:
        for move in (*draft.moves, *draft.columns):
            if move.credit.partition(":")[0] != move.fund:
                raise ValueError(
                    f"{draft.reference}: {move.debit} and {move.credit} are of two funds; post one move in each"
                )
        if not draft.moves and not any(column.amounts for column in draft.columns):
            raise ValueError(f"{draft.reference}: an entry moves something")


def _post_columns(drafts: Iterable[Draft]) -> None:
    """Postings of entries that were just made, from columns."""
    columns = [(draft.reference, column) for draft in drafts for column in draft.columns if column.amounts]
    if not columns:
        return
    sql.run(
        POST_COLUMNS,
        {
            "columns": [n for n, (_, column) in enumerate(columns) for _ in column.amounts],
            "parties": [party for _, column in columns for party in column.parties],
            "amounts": [amount for _, column in columns for amount in column.amounts],
            "numbers": list(range(len(columns))),
            "of": [reference for reference, _ in columns],
            "debits": [column.debit for _, column in columns],
            "credits": [column.credit for _, column in columns],
            "months": [column.month.first if column.month else None for _, column in columns],
            "articles": [BETWEEN.join(column.articles) for _, column in columns],
        },
    )


def reverse(*, references: Sequence[str], on: dt.date, by: str, why: str) -> int:
    """Take entries back: for each a new entry that `reverses` it, every posting swapped. Already reversed ones stay so.

    Raises LookupError if a reference is not in the books. Gives how many were reversed now.
    """
    wanted = set(references)
    if not wanted:
        return 0
    found, made = sql.rows(REVERSE, {"references": sorted(wanted), "on": on, "by": by, "why": why[:200]})[0]
    if found != len(wanted):
        raise LookupError(f"{len(wanted) - found} of {len(wanted)} entries are not in the books")
    return made
