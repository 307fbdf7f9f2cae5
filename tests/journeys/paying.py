"""What the tests of paying share: days, a bank, and the whole state of money and cover as plain values."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter

from django.db import connection

from teduh.core.clock import JAKARTA
from teduh.coverage import actions as coverage
from teduh.journeys.money import pay, statement
from teduh.payments.facts import Notice, Outcome
from teduh.security.access import SYSTEM

DAY = dt.date(2026, 5, 4)
_reference = itertools.count(1)


def moment(day: dt.date, hour: int = 10) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=JAKARTA)


def notice(code: str, amount: int, day: dt.date = DAY, *, reference: str | None = None, bank: str = "BNI") -> Notice:
    return Notice(bank, reference or f"R{next(_reference):08d}", code, amount, moment(day))


def tell(*notices: Notice, on: dt.date | None = None) -> list[Outcome]:
    day = on or max(n.paid_on for n in notices)
    return pay.receive(notices=notices, on=day, at=moment(day, 12), by=SYSTEM)


def paid(code: str, amount: int, day: dt.date = DAY) -> tuple[Notice, Outcome]:
    one = notice(code, amount, day)
    return one, tell(one)[0]


def take_back(one: Notice, day: dt.date = DAY) -> Outcome:
    return pay.reverse(
        bank=one.bank, bank_reference=one.bank_reference, reversal_reference=f"X{one.bank_reference}", on=day,
        at=moment(day, 13), by=SYSTEM,
    )  # fmt: skip


def rows(statement_: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement_)
        return cursor.fetchall()


def state() -> dict[str, object]:
    """All that is so now; how it came to be so is in the books."""
    return {
        "settled": sorted(
            rows(
                "SELECT bill_id, person_id, month, programme, amount, settled_on, settled_by_id FROM contributions_due "
                "WHERE settled_on IS NOT NULL"
            )
        ),
        "waits": Counter(
            {
                row[:3]: row[3]
                for row in rows(
                    "SELECT receipt_id, coalesce(bill_id, 0), reason, sum(amount) FROM payments_suspense "
                    "WHERE state = 'open' GROUP BY 1, 2, 3"
                )
            }
        ),
        "spans": spans(),
        "balances": sorted(
            rows(
                "SELECT account, coalesce(party, 0), sum(amount) FROM ("
                "SELECT debit_id AS account, party, amount FROM ledger_posting UNION ALL "
                "SELECT credit_id, party, -amount FROM ledger_posting) s GROUP BY 1, 2 HAVING sum(amount) <> 0"
            )
        ),
    }


def spans() -> list[tuple]:
    return sorted(
        rows("SELECT person_id, programme, starts, paid_until, due_until, grace_until, articles FROM coverage_span")
    )


def nothing_is_wrong(on: dt.date) -> None:
    """The books balance and agree with everything, and cover is what the law says of what is settled."""
    assert statement.check(on=on) == ()
    before = spans()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM coverage_span")
        cursor.execute("SELECT DISTINCT person_id FROM contributions_due")
        people = [row[0] for row in cursor.fetchall()]
    coverage.recompute(persons=people, on=on)
    assert spans() == before
