"""All that is so of employers' money now, as plain values, and what must always be so of it."""

from __future__ import annotations

import datetime as dt

from teduh.coverage import employed
from teduh.journeys.money import statement
from teduh.payments.facts import Notice, Outcome
from teduh.payments.models import Bill
from tests.journeys.paying import notice, rows, state, tell


def pay(bill: int, amount: int, day: dt.date) -> tuple[Notice, Outcome]:
    one = notice(Bill.objects.get(id=bill).code, amount, day)
    return one, tell(one, on=day)[0]


def bill_state(bill: int) -> str:
    return Bill.objects.get(id=bill).state


def wage_state() -> dict[str, object]:
    return {
        **state(),
        "dues": rows(
            "SELECT id, bill_id, protection_on, protection_by_id, savings_on, savings_by_id FROM contributions_wagedue "
            "ORDER BY id"
        ),
        "penalties": rows(
            "SELECT late_bill_id, kind, programme, month, amount, charged_on_id, settled_on FROM contributions_penalty "
            "WHERE cancelled_on IS NULL ORDER BY 1, 2, 3, 4, 5"
        ),
        "credits": rows(
            "SELECT employer_id, receipt_id, used_on_id, sum(amount - spent), sum(spent) FROM contributions_credit "
            "WHERE cancelled_on IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        ),
        "bills": rows("SELECT id, state FROM payments_bill ORDER BY id"),
    }


def nothing_is_wrong(on: dt.date) -> None:
    """The books agree with the rows, members' accounts are their settled lines, nobody's money is lost or double."""
    assert statement.check(on=on) == ()
    lines = rows(
        "SELECT person_id, sum(jht_employer + jht_worker)::bigint FROM contributions_wagedue "
        "WHERE savings_on IS NOT NULL GROUP BY 1 HAVING sum(jht_employer + jht_worker) <> 0 ORDER BY 1"
    )
    accounts = rows(
        "SELECT p.party, sum(CASE WHEN c.code = 'JHT:members' THEN p.amount ELSE -p.amount END)::bigint "
        "FROM ledger_posting p JOIN ledger_account d ON d.id = p.debit_id JOIN ledger_account c ON c.id = p.credit_id "
        "WHERE 'JHT:members' IN (d.code, c.code) GROUP BY 1 "
        "HAVING sum(CASE WHEN c.code = 'JHT:members' THEN p.amount ELSE -p.amount END) <> 0 ORDER BY 1"
    )
    assert accounts == lines
    owed = rows(
        "SELECT p.party, sum(CASE WHEN d.code = 'KOL:employers' THEN p.amount ELSE -p.amount END)::bigint "
        "FROM ledger_posting p JOIN ledger_account d ON d.id = p.debit_id JOIN ledger_account c ON c.id = p.credit_id "
        "WHERE 'KOL:employers' IN (d.code, c.code) GROUP BY 1 "
        "HAVING sum(CASE WHEN d.code = 'KOL:employers' THEN p.amount ELSE -p.amount END) <> 0 ORDER BY 1"
    )
    open_ = rows(
        """
        SELECT employer, sum(amount)::bigint FROM (
            SELECT employer_id AS employer, (CASE WHEN protection_on IS NULL THEN jkk + jkm ELSE 0 END)
                + (CASE WHEN savings_on IS NULL THEN jht_employer + jht_worker + jp_employer + jp_worker ELSE 0 END)
                AS amount FROM contributions_wagedue
            UNION ALL
            SELECT b.employer_id, p.amount FROM contributions_penalty p JOIN payments_bill b ON b.id = p.late_bill_id
            WHERE p.settled_on IS NULL AND p.cancelled_on IS NULL) o
        GROUP BY 1 HAVING sum(amount) <> 0 ORDER BY 1
        """
    )
    assert owed == open_
    assert rows("SELECT id FROM contributions_credit WHERE spent > amount OR amount <= 0") == []
    spans = rows("SELECT * FROM coverage_span WHERE segment = 'PU' ORDER BY id")
    bills = [id_ for (id_,) in rows("SELECT DISTINCT bill_id FROM contributions_wagedue WHERE bill_id IS NOT NULL")]
    employed.recompute(bills=bills, on=on)
    assert rows("SELECT * FROM coverage_span WHERE segment = 'PU' ORDER BY id") == spans
