"""A member's statement: contributions paid for him and his JHT account; and whether the books agree with all that."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.contributions import placement_queries as placements
from teduh.contributions import queries, wage_sums
from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.law.months import Month
from teduh.ledger import queries as books
from teduh.payments import queries as payments
from teduh.registry.models import Person
from teduh.security import actions as audit
from teduh.security.access import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A contribution paid: for which month and programme, how much, on which day, by which bill, and why that sum."""

    month: Month
    programme: str
    amount: int
    paid_on: dt.date
    bill_number: str
    assessment: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """All of it up to and with a day; whole rupiah. `jht` is the account in the books, movement by movement."""

    person: int
    on: dt.date
    lines: tuple[Line, ...]
    paid: int
    by_programme: dict[str, int]
    months: int
    jht: books.Statement


def statement(*, person: int, by: Actor, on: dt.date, why: str) -> Statement:
    """A member's own statement, an agent's for his people, anybody's for officers; the reading is recorded.

    Raises Refused (not_found) where there is no such person or he is not the asker's to see.
    """
    found = queries.enrolled(people=[person])
    if person not in found or not _may(person, found[person], by):
        raise not_found(Text("Peserta tidak ditemukan.", "There is no such member."))
    root, merged = queries.family(person=person)
    lines = tuple(
        Line(
            month=one.month, programme=one.programme, amount=one.amount, paid_on=one.paid_on,
            bill_number=one.bill_number, assessment=one.assessment, articles=one.articles,
        )
        for one in queries.paid_by(people=[root, *merged], on=on)
        if one.paid_on
    )  # fmt: skip
    sums: dict[str, int] = {}
    for line in lines:
        sums[line.programme] = sums.get(line.programme, 0) + line.amount
    audit.record(by=by, action="statement.read", subjects=[f"person:{root}"], why=why)
    return Statement(
        person=root, on=on, lines=lines, paid=sum(sums.values()), by_programme=sums,
        months=len({line.month for line in lines}), jht=books.statement(party=root, on=on, also=merged),
    )  # fmt: skip


def _may(person: int, enrolled: queries.Enrolled | None, by: Actor) -> bool:
    if by.role == "system" or by.may("everyone"):
        return True
    if by.may("self") and by.person == person:
        return True
    return bool(by.may("own_people") and enrolled and by.user and enrolled.agent == by.user)


def of_member(*, member_number: str, by: Actor, on: dt.date, why: str) -> Statement:
    """The same, by the number on the card. Raises Refused (not_found)."""
    found = Person.objects.filter(member_number=member_number).values_list("id", flat=True).first()
    if found is None:
        raise not_found(Text("Peserta tidak ditemukan.", "There is no such member."))
    return statement(person=found, by=by, on=on, why=why)


def check(*, on: dt.date) -> tuple[books.Finding, ...]:
    """What is wrong in the books, and where they disagree with bills, receipts and waiting money. Empty is right."""
    findings = list(books.check(on=on))
    balances = {row.account: row.balance for row in books.trial_balance(on=dt.date.max).rows}
    expected = wage_sums.expected(self_employed=queries.settled_sums())
    abroad = placements.settled_sums()
    expected["PMI:contributions"] = abroad.get("PMI", 0)
    expected["JHT:members"] += balances["JHT:returns"] + abroad.get("JHT", 0)
    for account, amount in sorted(expected.items()):
        findings += _differs(ROWS.with_(account=account), amount - balances[account])
    owed = sum(balances[account] for account in wage_sums.OWED)
    findings += _differs(EMPLOYERS, owed - balances["KOL:employers"])
    received, waits, owed_back = payments.sums()
    findings += _differs(RECEIVED, received - balances["KOL:bank"])
    findings += _differs(WAITS, waits - balances["KOL:suspense"])
    findings += _differs(OWED_BACK, owed_back - balances["KOL:refunds"])
    return tuple(findings)


ROWS = Text("Baris iuran berbeda dari akun {account}", "Rows of contributions differ from account {account}")
EMPLOYERS = Text("Piutang pemberi kerja berbeda dari ketetapan", "What employers owe differs from what was assessed")
RECEIVED = Text("Penerimaan berbeda dari kas di bank", "Receipts differ from cash at bank")
WAITS = Text("Uang yang menunggu berbeda dari bukunya", "Waiting money differs from its account")
OWED_BACK = Text("Pengembalian yang disetujui berbeda dari bukunya", "Approved refunds differ from their account")


def _differs(what: Text, by: int) -> list[books.Finding]:
    return [books.Finding(what=what, amount=by)] if by else []
