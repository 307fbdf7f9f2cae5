"""The books refuse what books must refuse, in PostgreSQL itself."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from teduh.law.months import Month
from teduh.ledger import actions, queries
from teduh.ledger.facts import Draft, Move

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 10)


def draft(reference: str, *moves: Move, on: dt.date = DAY) -> Draft:
    return Draft(on=on, kind="test", reference=reference, why="uji", moves=moves)


def saved(reference: str, person: int = 7, amount: int = 20_000, month: int = 4) -> Draft:
    return draft(reference, Move("JHT:collection", "JHT:members", amount, person, Month(2026, month), ("PP 46/2015",)))


def test_an_entry_told_twice_is_booked_once():
    assert actions.post(drafts=[saved("a"), saved("b")], by="uji") == 2
    assert actions.post(drafts=[saved("b"), saved("c")], by="uji") == 1
    assert queries.balance(account="JHT:members", party=7) == 60_000


def test_every_fund_balances_by_itself():
    actions.post(
        drafts=[
            draft("r", Move("KOL:bank", "KOL:suspense", 36_800, 1)),
            draft(
                "a",
                Move("KOL:suspense", "KOL:due:JHT", 20_000, 1),
                Move("KOL:suspense", "KOL:due:JKK", 10_000, 1),
                Move("JHT:collection", "JHT:members", 20_000, 7, Month(2026, 4)),
                Move("JKK:collection", "JKK:contributions", 10_000, None, Month(2026, 4)),
            ),
        ],
        by="uji",
    )
    trial = queries.trial_balance(on=DAY)
    assert trial.balanced
    assert {f.fund: (f.debit, f.holds) for f in trial.funds if f.debit} == {
        "KOL": (66_800, 36_800),
        "JKK": (10_000, 10_000),
        "JHT": (20_000, 20_000),
    }
    assert queries.check(on=DAY) == ()
    assert queries.trial_balance(on=DAY - dt.timedelta(days=1)).rows[0].debit == 0


def test_the_check_sees_a_fund_that_collection_does_not_owe():
    actions.post(drafts=[saved("a")], by="uji")
    assert [finding.amount for finding in queries.check(on=DAY)] == [-20_000]


def test_a_reversal_swaps_every_posting_and_happens_once():
    actions.post(drafts=[saved("a"), saved("b", amount=5)], by="uji")
    assert actions.reverse(references=["a"], on=DAY, by="uji", why="salah") == 1
    assert actions.reverse(references=["a"], on=DAY, by="uji", why="salah") == 0
    found = queries.statement(party=7, on=DAY)
    assert [line.amount for line in found.lines] == [20_000, 5, -20_000]
    assert found.balance == 5
    assert [line.balance for line in found.lines] == [20_000, 20_005, 5]


def test_what_is_not_in_the_books_cannot_be_reversed():
    with pytest.raises(LookupError):
        actions.reverse(references=["nothing"], on=DAY, by="uji", why="salah")


@pytest.mark.parametrize("table", ["ledger_entry", "ledger_posting"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET \"on\" = '2030-01-01'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_raw_sql_cannot_change_or_delete(table: str, statement: str):
    actions.post(drafts=[saved("a")], by="uji")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement.format(table))
    assert queries.balance(account="JHT:members", party=7) == 20_000


@pytest.mark.parametrize(
    ("debit", "credit", "fund", "amount"),
    [
        ("KOL:bank", "JHT:members", "KOL", 5),
        ("KOL:bank", "JHT:members", "JHT", 5),
        ("KOL:bank", "KOL:suspense", "JHT", 5),
        ("KOL:bank", "KOL:suspense", "KOL", 0),
        ("KOL:bank", "KOL:suspense", "KOL", -5),
        ("KOL:bank", "KOL:bank", "KOL", 5),
    ],
)
def test_raw_sql_cannot_write_a_posting_that_is_out_of_balance(debit: str, credit: str, fund: str, amount: int):
    actions.post(drafts=[saved("a")], by="uji")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO ledger_posting (entry_id, "on", fund, debit_id, credit_id, amount, articles) '
            "SELECT (SELECT max(id) FROM ledger_entry), '2026-04-10', %s, d.id, c.id, %s, '{}' "
            "FROM ledger_account d, ledger_account c WHERE d.code = %s AND c.code = %s",
            [fund, amount, debit, credit],
        )


def test_money_does_not_move_between_funds_in_one_move():
    with pytest.raises(ValueError, match="two funds"):
        actions.post(drafts=[draft("a", Move("KOL:due:JKK", "JKK:contributions", 5))], by="uji")


def test_an_account_outside_the_chart_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.post(drafts=[draft("a", Move("KOL:bank", "KOL:pocket", 5))], by="uji")


def test_an_entry_moves_something():
    with pytest.raises(ValueError, match="moves something"):
        actions.post(drafts=[draft("a")], by="uji")


def test_the_statements_do_not_grow_with_the_entries():
    counts = []
    for n, size in enumerate((10, 500)):
        with CaptureQueriesContext(connection) as captured:
            actions.post(drafts=[saved(f"{n}-{i}", person=i) for i in range(size)], by="uji")
            actions.reverse(references=[f"{n}-{i}" for i in range(size)], on=DAY, by="uji", why="uji")
        counts.append(len(captured))
    assert counts[0] == counts[1] == 2
