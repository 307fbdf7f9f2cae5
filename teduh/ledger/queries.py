"""What the books say: trial balance, balances, a member's statement, and whether the books hold together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.ledger.models import Kind

#: Accounts that grow on the debit side.
DEBIT_KINDS = (Kind.ASSET, Kind.EXPENSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialRow:
    """An account with all it was debited and credited, whole rupiah; `balance` on its own side."""

    account: str
    fund: str
    kind: str
    name: Text
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        return (self.debit - self.credit) * (1 if self.kind in DEBIT_KINDS else -1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundBalance:
    """One fund: what it has (assets, expenses) and where that came from (liabilities, income)."""

    fund: str
    debit: int
    credit: int
    holds: int
    owes: int

    @property
    def balanced(self) -> bool:
        return self.debit == self.credit and self.holds == self.owes


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalance:
    """All accounts up to and with a day."""

    on: dt.date
    rows: tuple[TrialRow, ...]
    funds: tuple[FundBalance, ...]

    @property
    def balanced(self) -> bool:
        return all(fund.balanced for fund in self.funds)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A movement on a member's JHT account; `amount` above zero is saved, below zero taken back."""

    on: dt.date
    month: Month | None
    kind: str
    reference: str
    why: str
    amount: int
    balance: int
    articles: tuple[str, ...]
    posting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A member's JHT account."""

    party: int
    on: dt.date
    lines: tuple[StatementLine, ...]
    balance: int


TRIAL = """
WITH moved AS (
    SELECT account, sum(debit) AS debit, sum(credit) AS credit FROM (
        SELECT debit_id AS account, sum(amount) AS debit, 0 AS credit
        FROM ledger_moved WHERE "on" <= %(on)s GROUP BY debit_id
        UNION ALL
        SELECT credit_id, 0, sum(amount) FROM ledger_moved WHERE "on" <= %(on)s GROUP BY credit_id
    ) sides GROUP BY account
)
SELECT a.code, a.fund, a.kind, a.name_id, a.name_en, coalesce(m.debit, 0)::bigint, coalesce(m.credit, 0)::bigint
FROM ledger_account a LEFT JOIN moved m ON m.account = a.id ORDER BY a.id
"""

BALANCES = """
SELECT a.kind, coalesce((SELECT sum(amount) FROM ledger_moved p WHERE p.debit_id = a.id AND p."on" <= %(on)s
                         AND (%(party)s::bigint IS NULL OR p.party = %(party)s)), 0)::bigint,
       coalesce((SELECT sum(amount) FROM ledger_moved p WHERE p.credit_id = a.id AND p."on" <= %(on)s
                 AND (%(party)s::bigint IS NULL OR p.party = %(party)s)), 0)::bigint
FROM ledger_account a WHERE a.code = %(account)s
"""

MEMBER = """
SELECT e."on", side.month, e.kind, e.reference, e.why, side.amount, coalesce(b.articles, side.articles), side.id
FROM (
    SELECT p.id, p.entry_id, p.month, p.amount, p.articles
    FROM ledger_moved p JOIN ledger_account a ON a.id = p.credit_id AND a.code = 'JHT:members'
    WHERE p.party = ANY(%(parties)s) AND p."on" <= %(on)s
    UNION ALL
    SELECT p.id, p.entry_id, p.month, -p.amount, p.articles
    FROM ledger_moved p JOIN ledger_account a ON a.id = p.debit_id AND a.code = 'JHT:members'
    WHERE p.party = ANY(%(parties)s) AND p."on" <= %(on)s
) side JOIN ledger_entry e ON e.id = side.entry_id LEFT JOIN ledger_booking b ON b.entry = side.entry_id
WHERE side.amount <> 0 ORDER BY side.entry_id, side.id
"""


def trial_balance(*, on: dt.date) -> TrialBalance:
    """Every account's debits and credits of postings dated up to and with `on`, and each fund's balance."""
    found = tuple(
        TrialRow(account=code, fund=fund, kind=kind, name=Text(id_, en), debit=debit, credit=credit)
        for code, fund, kind, id_, en, debit, credit in sql.rows(TRIAL, {"on": on})
    )
    funds = tuple(_fund(name, found) for name in dict.fromkeys(row.fund for row in found))
    return TrialBalance(on=on, rows=found, funds=funds)


def _fund(name: str, found: Sequence[TrialRow]) -> FundBalance:
    own = [row for row in found if row.fund == name]
    return FundBalance(
        fund=name,
        debit=sum(row.debit for row in own),
        credit=sum(row.credit for row in own),
        holds=sum(row.balance for row in own if row.kind in DEBIT_KINDS),
        owes=sum(row.balance for row in own if row.kind not in DEBIT_KINDS),
    )


def balance(*, account: str, party: int | None = None, on: dt.date | None = None) -> int:
    """An account's balance on its own side, whole rupiah, for one party if named. LookupError: no such account."""
    found = sql.rows(BALANCES, {"account": account, "party": party, "on": on or dt.date.max})
    if not found:
        raise LookupError(f"{account} is not in the chart of accounts")
    kind, debit, credit = found[0]
    return (debit - credit) * (1 if kind in DEBIT_KINDS else -1)


def statement(*, party: int, on: dt.date, also: Sequence[int] = ()) -> Statement:
    """A member's JHT account up to and with `on`; `also` are records that were merged into this person."""
    lines: list[StatementLine] = []
    total = 0
    found = sql.rows(MEMBER, {"parties": [party, *also], "on": on})
    for day, month, kind, reference, why, amount, articles, posting in found:
        total += amount
        lines.append(
            StatementLine(
                on=day, month=Month.of(month) if month else None, kind=kind, reference=reference, why=why,
                amount=amount, balance=total, articles=tuple(articles), posting=posting,
            )
        )  # fmt: skip
    return Statement(party=party, on=on, lines=tuple(lines), balance=total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in the books that should be impossible."""

    what: Text
    amount: int


IMPOSSIBLE = """
SELECT 'entries', count(*) FROM ledger_entry e WHERE NOT EXISTS (SELECT 1 FROM ledger_posting p WHERE p.entry_id = e.id)
    AND NOT EXISTS (SELECT 1 FROM ledger_booking b WHERE b.entry = e.id AND b.state = 'booked')
UNION ALL
SELECT 'reversals', count(*) FROM ledger_entry e WHERE e.reverses_id IS NOT NULL AND
    (SELECT coalesce(sum(amount), 0) FROM ledger_posting p WHERE p.entry_id = e.id)
    <> (SELECT coalesce(sum(amount), 0) FROM ledger_posting p WHERE p.entry_id = e.reverses_id)
UNION ALL
SELECT 'dates', count(*) FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id WHERE p."on" <> e."on"
UNION ALL
SELECT 'suspense', count(*) FROM (
    SELECT p.party FROM ledger_posting p
    JOIN ledger_account d ON d.id = p.debit_id JOIN ledger_account c ON c.id = p.credit_id
    WHERE 'KOL:suspense' IN (d.code, c.code)
    GROUP BY p.party HAVING sum(CASE WHEN c.code = 'KOL:suspense' THEN p.amount ELSE -p.amount END) < 0
) below
UNION ALL
SELECT 'returns', count(*) FROM (
    SELECT b.id, b.entry, b.rows, b.amount FROM ledger_booking b WHERE b.kind = 'accrue' AND b.state = 'booked'
) said FULL JOIN (
    SELECT booking_id AS id, min(entry_id) AS entry, count(*) AS rows, sum(amount) AS amount
    FROM ledger_accrual GROUP BY booking_id
) found USING (id, entry, rows, amount) WHERE said.id IS NULL OR found.id IS NULL
"""

WORDS = {
    "entries": Text("Jurnal tanpa posting", "Entries without postings"),
    "reversals": Text("Pembalikan yang tidak sama besar", "Reversals of another amount"),
    "dates": Text("Posting bertanggal lain dari jurnalnya", "Postings dated differently from their entry"),
    "suspense": Text("Penerimaan yang dipakai melebihi jumlahnya", "Receipts spent beyond their amount"),
    "returns": Text("Hasil pengembangan berbeda dari yang disetujui", "Returns booked differ from those approved"),
    "transfer": Text("Penampungan dan dana tidak sama", "Collection and fund disagree"),
    "fund": Text("Dana tidak seimbang", "A fund is out of balance"),
}


def check(*, on: dt.date) -> tuple[Finding, ...]:
    """What is wrong in the books themselves; empty when nothing is."""
    findings = [Finding(what=WORDS[what], amount=count) for what, count in sql.rows(IMPOSSIBLE) if count]
    trial = trial_balance(on=on)
    findings += [Finding(what=WORDS["fund"], amount=f.debit - f.credit) for f in trial.funds if not f.balanced]
    by_code = {row.account: row.balance for row in trial.rows}
    for fund in (f.fund for f in trial.funds if f.fund != "KOL"):
        gap = by_code[f"KOL:due:{fund}"] - by_code[f"{fund}:collection"]
        findings += [Finding(what=WORDS["transfer"], amount=gap)] if gap else []
    return tuple(findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What an entry took out of an account for a party; `is_reversed` when it was taken back."""

    reference: str
    party: int | None
    amount: int
    is_reversed: bool


DRAWN = """
SELECT e.reference, p.party, p.amount, EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id)
FROM {source} JOIN ledger_account a ON a.id = p.debit_id AND a.code = %(account)s ORDER BY e.id, p.id
"""
BY_PREFIX = """
unnest(%(prefixes)s::text[]) AS w(prefix)
JOIN ledger_entry e ON e.reference ~>=~ w.prefix AND e.reference ~<~ (rtrim(w.prefix, ':') || ';')
JOIN ledger_posting p ON p.entry_id = e.id
"""
BY_PARTY = "ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id AND e.kind = %(kind)s AND p.party = %(party)s"


def drawn(*, account: str, prefixes: Sequence[str]) -> list[Drawn]:
    """What entries whose reference begins so (each prefix ends in ":") took out of a liability, reversed ones too."""
    found = sql.rows(DRAWN.format(source=BY_PREFIX), {"account": account, "prefixes": list(prefixes)})
    return [Drawn(reference=r, party=p, amount=a, is_reversed=gone) for r, p, a, gone in found]


def drawn_by(*, account: str, party: int, kind: str) -> list[Drawn]:
    """What entries of a kind took out of a liability for one party, reversed ones too."""
    found = sql.rows(DRAWN.format(source=BY_PARTY), {"account": account, "party": party, "kind": kind})
    return [Drawn(reference=r, party=p, amount=a, is_reversed=gone) for r, p, a, gone in found]


TRIES = """
SELECT w.prefix, count(*) FROM unnest(%(prefixes)s::text[]) AS w(prefix)
JOIN ledger_entry e ON e.reference ~>=~ w.prefix AND e.reference ~<~ (rtrim(w.prefix, ':') || ';') GROUP BY w.prefix
"""


def tries(*, prefixes: Sequence[str]) -> dict[str, int]:
    """How many entries there are whose reference begins so (each prefix ends in ":")."""
    return dict(sql.rows(TRIES, {"prefixes": sorted(set(prefixes))}))
