"""From a rupiah of savings back to the row of the employer's file that it came from, and from that row to the books.

One question answers the whole way. The row of the file is the reader's own only, shown as it came; the reading of it is
recorded, whoever reads.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from teduh.core import sql
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.journeys.worker.months import COLUMNS, family
from teduh.law.months import Month
from teduh.ledger import trails
from teduh.security import actions as audit
from teduh.security.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A posting in the books: by which entry, from where to where, how much. `is_own`: it is on the person's account;
    otherwise it is the fund's, of all people of this payment together."""

    posting: int
    entry: int
    reference: str
    on: dt.date
    debit: str
    credit: str
    amount: int
    is_own: bool
    is_reversed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The receipt by which a part of the line was paid: `protection` is JKK and JKM, `savings` JHT and JP."""

    part: str
    amount: int
    on: dt.date
    bank: str
    bank_reference: str
    paid_at: dt.datetime
    receipt: int
    receipt_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One line's way. `amounts` are what this version of the line added, by column of the dues (a correction may be
    below zero); `replaces` and `replaced_by` are the versions before and after."""

    line: int
    month: Month
    employer: str
    npp: str
    number: int
    wage: int
    pay: int
    allowances: int
    variable: int
    withdrawn: bool
    replaces: int | None
    replaced_by: int | None
    wage_return: int
    version: int
    kind: str
    filed_on: dt.date
    filed_by: str
    file_name: str
    source: str
    sha256: str
    amounts: dict[str, int]
    bill: int | None
    bill_number: str
    bill_state: str
    bill_amount: int
    billed_on: dt.date | None
    money: tuple[Money, ...]
    booked: tuple[Booked, ...]

    @property
    def jht(self) -> int:
        return self.amounts["jht_employer"] + self.amounts["jht_worker"]


#: An entry of the books names bill and receipt (`allocation:BILL:RECEIPT:N`). The lines of a posting on the person's
#: account are those of its month on that bill.
TRAIL = """
WITH target AS (
    SELECT l.id FROM employers_wageline l WHERE l.id = %(line)s AND l.person_id = ANY(%(people)s)
    UNION
    SELECT d.line_id FROM ({named}) n JOIN contributions_wagedue d ON d.person_id = ANY(%(people)s)
        AND d.month = n.month AND d.bill_id::text = n.bill
        AND (d.savings_by_id IS NULL OR d.savings_by_id::text = n.receipt)
)
SELECT l.id, l.month, f.name, f.npp, l.number, l.wage, l.pay, l.allowances, l.variable, l.withdrawn, l.replaces_id,
    (SELECT n.id FROM employers_wageline n WHERE n.replaces_id = l.id), r.id, r.version, r.kind, r.filed_on,
    coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username, ''), coalesce(w.name, ''),
    coalesce(w.source, ''), coalesce(encode(w.sha256, 'hex'), ''),
    b.id, coalesce(b.number, ''), coalesce(b.state, ''), coalesce(b.amount, 0), b.issued_on,
    ARRAY[{columns}],
    (SELECT json_agg(json_build_array(m.part, m.amount, m.day, c.bank, c.bank_reference, c.paid_at, c.id, c.amount)
        ORDER BY m.part)
     FROM (SELECT 'protection', d.jkk + d.jkm, d.protection_on, d.protection_by_id
           UNION ALL SELECT 'savings', d.jht_employer + d.jht_worker + d.jp_employer + d.jp_worker, d.savings_on,
               d.savings_by_id) AS m(part, amount, day, receipt)
     JOIN payments_receipt c ON c.id = m.receipt WHERE m.amount <> 0),
    ({booked})
FROM target t JOIN employers_wageline l ON l.id = t.id
JOIN employers_wagereturn r ON r.id = l.wage_return_id JOIN employers_employer f ON f.id = r.employer_id
LEFT JOIN employers_wagefile w ON w.id = r.file_id LEFT JOIN security_user u ON u.id = r.filed_by_id
LEFT JOIN contributions_wagedue d ON d.line_id = l.id LEFT JOIN payments_bill b ON b.id = d.bill_id
ORDER BY l.id
""".format(
    columns=", ".join(f"coalesce(d.{name}, 0)" for name in COLUMNS),
    named=trails.NAMED_BY_A_POSTING,
    booked=trails.BOOKED.format(
        bill="d.bill_id", month="l.month", protection="d.protection_by_id", savings="d.savings_by_id"
    ),
)


def trail(
    *, actor: Actor, person: int, line: int | None = None, posting: int | None = None, why: str = ""
) -> tuple[Trail, ...]:
    """The way of one line, or of all lines behind one posting on the person's JHT account: his own, or anybody's by
    officers for a purpose. Empty for a posting that no wage return is behind. Raises Refused (not_found)."""
    records = family(actor=actor, person=person, why=why)
    found = sql.rows(TRAIL, {"people": list(records), "line": line, "posting": posting})
    if line is not None and not found:
        raise not_found(Text("Baris laporan ini tidak ditemukan.", "There is no such line."))
    audit.record(by=actor, action="wage_trail.read", subjects=[f"person:{records[0]}"], why=why,
                 detail={"line": line, "posting": posting})  # fmt: skip
    return tuple(_trail(row) for row in found)


def _trail(row: tuple[Any, ...]) -> Trail:
    (id_, month, employer, npp, number, wage, pay, allowances, variable, withdrawn, replaces, replaced_by, wage_return,
     version, kind, filed_on, filed_by, file_name, source, sha256, bill, bill_number, bill_state, bill_amount,
     billed_on, amounts, money, booked) = row  # fmt: skip
    return Trail(
        line=id_, month=Month.of(month), employer=employer, npp=npp, number=number, wage=wage, pay=pay,
        allowances=allowances, variable=variable, withdrawn=withdrawn, replaces=replaces, replaced_by=replaced_by,
        wage_return=wage_return, version=version, kind=kind, filed_on=filed_on, filed_by=filed_by, file_name=file_name,
        source=source, sha256=sha256, amounts=dict(zip(COLUMNS, amounts, strict=True)), bill=bill,
        bill_number=bill_number, bill_state=bill_state, bill_amount=bill_amount, billed_on=billed_on,
        money=tuple(_money(one) for one in money or ()), booked=tuple(_booked(one) for one in booked or ()),
    )  # fmt: skip


def _money(row: list[Any]) -> Money:
    part, amount, on, bank, reference, paid_at, receipt, whole = row
    return Money(
        part=part, amount=amount, on=dt.date.fromisoformat(on), bank=bank, bank_reference=reference,
        paid_at=dt.datetime.fromisoformat(paid_at), receipt=receipt, receipt_amount=whole,
    )  # fmt: skip


def _booked(row: list[Any]) -> Booked:
    posting, entry, reference, on, debit, credit, amount, is_own, is_reversed = row
    return Booked(
        posting=posting, entry=entry, reference=reference, on=dt.date.fromisoformat(on), debit=debit, credit=credit,
        amount=amount, is_own=is_own, is_reversed=is_reversed,
    )  # fmt: skip
