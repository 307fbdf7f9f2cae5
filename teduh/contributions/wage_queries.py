"""Questions about what employers owe for wages: a bill with every worker's line, why an amount, a person's savings.

An employer's bill is read through `employers.access`; names are masked.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from teduh.contributions import bills as bill_rows
from teduh.contributions import penalties
from teduh.contributions.wage_ageing import (
    BUCKET_NAMES,
    BUCKETS,
    Ageing,
    OpenBill,
    Standing,
    ageing,
    open_bills,
    penalty_so_far,
    standing,
    total,
)
from teduh.contributions.wages import COLUMNS, SHARES, Basis, Shape, basis_of
from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.employers import access
from teduh.law import assessment
from teduh.law.months import Month
from teduh.payments import qris
from teduh.security import crypto, masking
from teduh.security.access import Actor

__all__ = [
    "BUCKETS", "BUCKET_NAMES", "Ageing", "BillPage", "Explanation", "OpenBill", "PenaltyLine", "ShareTotal", "Standing",
    "WorkerLine", "ageing", "bill_page", "bill_view", "explain", "jp_months", "open_bills", "penalty_so_far", "savings",
    "standing", "total",
]  # fmt: skip

PAYERS = {
    "employer": Text("Pemberi kerja", "Employer"),
    "worker": Text("Pekerja", "Worker"),
    "moved": Text("Dari iuran JKK/JKM", "Out of JKK/JKM"),
    "state": Text("Pemerintah", "The State"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTotal:
    """A bill's sum of one programme and share, whole rupiah, with its articles. `moved` and `state` are not paid."""

    programme: str
    payer: str
    part: str
    amount: int
    settled: int
    articles: tuple[str, ...]

    @property
    def payer_name(self) -> Text:
        return PAYERS[self.payer]

    @property
    def is_billed(self) -> bool:
        return self.payer in ("employer", "worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyLine:
    """A penalty that a bill asks for: what came late, how many months, and the articles."""

    id: int
    kind: str
    programme: str
    month: Month
    contribution: int
    months_late: int
    amount: int
    late_bill: str
    settled_on: dt.date | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    """One worker on a bill. `amounts` by column; of a correction the difference, which may be below zero."""

    due: int
    line: int
    number: int
    person: int
    name: str
    member_number: str
    wage: int
    amounts: dict[str, int]
    protection_on: dt.date | None
    savings_on: dt.date | None
    is_correction: bool
    basis: int

    @property
    def amount(self) -> int:
        return sum(amount for column, amount in self.amounts.items() if not column.startswith("jkp"))


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPage:
    """A bill of an employer on a day. `remaining` is open less money and credit kept for it; `penalty` is JP's penalty
    that paying it today would fix and that is paid with the arrears; `to_pay` is both, and what its QRIS asks for.
    `later` is the penalty of the other programmes, asked for by the next bill."""

    id: int
    number: str
    code: str
    kind: str
    employer: int
    employer_name: str
    month: Month | None
    issued_on: dt.date
    expires_on: dt.date
    state: str
    state_name: Text
    amount: int
    settled: int
    waiting: int
    credit: int
    remaining: int
    penalty: int
    later: int
    to_pay: int
    due_on: dict[str, dt.date]
    workers: int
    shares: tuple[ShareTotal, ...]
    penalties: tuple[PenaltyLine, ...]
    lines: tuple[WorkerLine, ...]
    next: int | None
    notes: tuple[Text, ...]
    qris: str


SHARES_OF = """
SELECT b.result->'lines', b.result->'notes', count(*), {sums}, {paid}
FROM contributions_wagedue d JOIN contributions_wagebasis b ON b.id = d.basis_id
WHERE d.bill_id = %s GROUP BY b.id ORDER BY b.id
""".format(
    sums=", ".join(f"sum(d.{column})::bigint" for column in COLUMNS),
    paid=", ".join(
        f"coalesce(sum(d.{column}) FILTER (WHERE d.{part}_on IS NOT NULL), 0)::bigint"
        for column, part in zip(COLUMNS, ("protection",) * 2 + ("savings",) * 4 + ("protection",) * 3, strict=True)
    ),
)

PENALTIES = """
SELECT p.id, p.kind, p.programme, p.month, p.contribution, p.months_late, p.amount, b.number, p.settled_on, p.articles
FROM contributions_penalty p JOIN payments_bill b ON b.id = p.late_bill_id
WHERE p.charged_on_id = %s AND p.cancelled_on IS NULL ORDER BY p.month, p.id
"""

LINES = """
SELECT d.id, l.id, l.number, d.person_id, p.name, p.member_number, l.wage, d.protection_on, d.savings_on,
    l.replaces_id IS NOT NULL, d.basis_id, {columns}
FROM contributions_wagedue d JOIN employers_wageline l ON l.id = d.line_id JOIN registry_person p ON p.id = d.person_id
WHERE d.bill_id = %s AND d.id > %s ORDER BY d.id LIMIT %s
""".format(columns=", ".join(f"d.{column}" for column in COLUMNS))

OF_BILL = "SELECT count(DISTINCT person_id), max(month) FROM contributions_wagedue WHERE bill_id = %s"


def bill_view(*, bill: int, actor: Actor, on: dt.date, why: str = "", after: int = 0, limit: int = 50) -> BillPage:
    """A bill of an employer for those who may see it: sums with articles, penalties, and its workers a page at a time;
    `after` is the page's last `due`. Raises Refused: not_found, not_your_employer."""
    row = bill_rows.bill(id=bill, on=on)
    if row is None or row.employer is None:
        raise not_found(Text("Tagihan tidak ditemukan.", "There is no such bill."))
    access.require(by=actor, employer=row.employer, what="view", why=why)
    return bill_page(row=row, on=on, after=after, limit=limit)


def bill_page(*, row: bill_rows.BillRow, on: dt.date, after: int = 0, limit: int = 50) -> BillPage:
    """The same without asking who reads: for journeys that have asked."""
    workers, first = sql.rows(OF_BILL, [row.id])[0]
    shares, notes = _shares(row.id)
    lines = _lines(row.id, after, limit) if limit else ()
    charges = _late(row, on)
    with_it = sum(charge.amount for charge in charges if charge.programme in penalties.WITH_THE_ARREARS)
    month = Month.of(first) if first else None
    to_pay = row.remaining + with_it
    return BillPage(
        id=row.id, number=row.number, code=row.code, kind=row.kind, employer=row.employer or 0,
        employer_name=row.employer_name or "", month=month, issued_on=row.issued_on, expires_on=row.expires_on,
        state=row.state, state_name=row.state_name, amount=row.amount, settled=row.settled, waiting=row.waiting,
        credit=row.credit, remaining=row.remaining, penalty=with_it,
        later=sum(charge.amount for charge in charges) - with_it, to_pay=to_pay,
        due_on={p: penalties.due_on(programme=p, month=month) for p in ("JKK", "JKM", "JHT", "JP")} if month else {},
        workers=workers, shares=shares, penalties=_penalties(row.id), lines=lines,
        next=lines[-1].due if limit and len(lines) == limit else None, notes=notes,
        qris=qris.payload(bill_number=row.number, code=row.code, amount=to_pay) if to_pay else "",
    )  # fmt: skip


def _late(row: bill_rows.BillRow, on: dt.date) -> list[penalties.Charge]:
    if row.employer is None or not row.remaining:
        return []
    mine = (one for one in open_bills(employers=[row.employer], on=on) if one.id == row.id)
    return [charge for one in mine for charge in one.late(on)]


def _shares(bill: int) -> tuple[tuple[ShareTotal, ...], tuple[Text, ...]]:
    sums: dict[tuple[str, str, str], list[int]] = {}
    articles: dict[tuple[str, str, str], dict[str, None]] = {}
    notes: dict[Text, None] = {}
    for lines, said, _, *amounts in sql.rows(SHARES_OF, [bill]):
        for note in _plain(said):
            notes[Text(note["id"], note["en"])] = None
        for n, column in enumerate(COLUMNS):
            found = sums.setdefault(key_of(column), [0, 0])
            found[0] += amounts[n]
            found[1] += amounts[len(COLUMNS) + n]
        for line in _plain(lines):
            key = (line["programme"], line["payer"], line["part"])
            articles.setdefault(key, {}).update(dict.fromkeys(line["articles"]))
    shares = tuple(
        ShareTotal(programme=key[0], payer=key[1], part=key[2], amount=amount, settled=settled,
                   articles=tuple(articles.get(key, ())))
        for key, (amount, settled) in sums.items() if amount or key in articles
    )  # fmt: skip
    return shares, tuple(notes)


def key_of(column: str) -> tuple[str, str, str]:
    """Programme, payer and part of a column, as the law's lines name them."""
    return *SHARES[column], {"jkp_from_jkk": "JKK", "jkp_from_jkm": "JKM"}.get(column, "")


def _plain(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _penalties(bill: int) -> tuple[PenaltyLine, ...]:
    names = ("id", "kind", "programme", "month", "contribution", "months_late", "amount", "late_bill", "settled_on",
             "articles")  # fmt: skip
    return tuple(
        PenaltyLine(**{**(told := dict(zip(names, row, strict=True))), "month": Month.of(told["month"]),
                       "articles": tuple(told["articles"])})
        for row in sql.rows(PENALTIES, [bill])
    )  # fmt: skip


def _lines(bill: int, after: int, limit: int) -> tuple[WorkerLine, ...]:
    return tuple(
        WorkerLine(
            due=due, line=line, number=number, person=person, name=masking.name(crypto.decrypt(name)),
            member_number=kpj, wage=wage, amounts=dict(zip(COLUMNS, amounts, strict=True)), protection_on=protection,
            savings_on=saved, is_correction=correction, basis=basis,
        )
        for due, line, number, person, name, kpj, wage, protection, saved, correction, basis, *amounts in sql.rows(
            LINES, [bill, after, limit]
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a line owes what it does: the law traced again on the line's facts. `agrees`: the same as was billed.

    `billed` are all dues of the line's employment for the month up to this version; `basis` is what was stored with
    them (articles, rules, values, notes) under `rulebook`. Where today's rulebook says otherwise, both are shown.
    """

    line: int
    wage: int
    billed: dict[str, int]
    today: assessment.Assessment
    amounts: dict[str, int]
    agrees: bool
    is_same_rulebook: bool
    rulebook: str
    basis: dict[str, Any]


LINE = """
SELECT l.wage, l.withdrawn, b.facts, b.result, b.rulebook, {sums}
FROM employers_wageline l JOIN contributions_wagedue own ON own.line_id = l.id
JOIN contributions_wagebasis b ON b.id = own.basis_id
JOIN employers_wageline o ON o.employment_id = l.employment_id AND o.month = l.month AND o.id <= l.id
JOIN contributions_wagedue d ON d.line_id = o.id
WHERE l.id = %s GROUP BY l.id, b.id
""".format(sums=", ".join(f"sum(d.{column})::bigint" for column in COLUMNS))


def explain(*, line: int) -> Explanation:
    """The explanation of one line. Raises Refused (not_found). Who may read it is the caller's question."""
    found = sql.rows(LINE, [line])
    if not found:
        raise not_found(Text("Baris laporan tidak ditemukan.", "There is no such line."))
    wage, withdrawn, facts, result, rulebook, *sums = found[0]
    told = _plain(facts)
    shape = Shape(**{**told, "month": Month.parse(told["month"])})
    today = assessment.assess(shape.facts(wage), month=shape.month)
    by_key = {(one.programme, one.payer, one.part): one.amount for one in today.lines}
    amounts = {column: 0 if withdrawn else by_key.get(key_of(column), 0) for column in COLUMNS}
    billed = dict(zip(COLUMNS, sums, strict=True))
    return Explanation(
        line=line, wage=wage, billed=billed, today=today, amounts=amounts, agrees=amounts == billed,
        is_same_rulebook=rulebook == today.rulebook, rulebook=rulebook, basis=_plain(result),
    )  # fmt: skip


def basis_today(*, shape: Shape) -> Basis:
    """The basis that today's rulebook gives for a shape."""
    return basis_of(shape)


def savings(*, people: list[int]) -> list[tuple[str, Month, int, dt.date]]:
    """JHT that employers paid in for a person (and records merged into him): employer, month, rupiah, last paid on."""
    found = sql.rows(
        "SELECT e.name, d.month, sum(d.jht_employer + d.jht_worker)::bigint, max(d.savings_on) "
        "FROM contributions_wagedue d JOIN employers_employer e ON e.id = d.employer_id "
        "WHERE d.person_id = ANY(%s) AND d.savings_on IS NOT NULL GROUP BY e.name, d.employer_id, d.month "
        "HAVING sum(d.jht_employer + d.jht_worker) <> 0 ORDER BY d.month, e.name",
        [people],
    )
    return [(name, Month.of(month), amount, on) for name, month, amount, on in found]


def jp_months(*, people: list[int]) -> tuple[Month, ...]:
    """Months for which JP was paid in for a person by any employer, each once."""
    found = sql.rows(
        "SELECT d.month FROM contributions_wagedue d WHERE d.person_id = ANY(%s) AND d.savings_on IS NOT NULL "
        "GROUP BY d.month HAVING sum(d.jp_employer + d.jp_worker) > 0 ORDER BY d.month",
        [people],
    )
    return tuple(Month.of(month) for (month,) in found)
