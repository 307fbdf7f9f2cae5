"""Very many postings of one entry, told as columns, are the same postings as moves told one by one."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.law.months import Month
from teduh.ledger import actions, queries
from teduh.ledger.facts import Column, Draft, Move

pytestmark = pytest.mark.django_db

DAY, MONTH = dt.date(2026, 2, 10), Month(2026, 1)
ARTICLES = ("PP 46/2015 Pasal 22(2)",)


def draft(reference: str, *, columns: bool) -> Draft:
    people, amounts = [7, 8, 9], [100, 250, 3]
    moves = tuple(
        Move("JHT:collection", "JHT:members", a, p, MONTH, ARTICLES) for p, a in zip(people, amounts, strict=True)
    )
    column = Column(debit="JHT:collection", credit="JHT:members", parties=people, amounts=amounts, month=MONTH,
                    articles=ARTICLES)  # fmt: skip
    return Draft(on=DAY, kind="test", reference=reference, why="uji", moves=() if columns else moves,
                 columns=(column,) if columns else ())  # fmt: skip


def test_columns_book_what_moves_book(django_assert_num_queries):
    actions.post(drafts=[draft("a", columns=False)], by="uji")
    by_moves = [queries.statement(party=p, on=DAY).lines for p in (7, 8, 9)]
    with django_assert_num_queries(2):
        assert actions.post(drafts=[draft("b", columns=True)], by="uji") == 1
    for party, lines in zip((7, 8, 9), by_moves, strict=True):
        first, second = queries.statement(party=party, on=DAY).lines
        assert lines == (first,)
        assert (second.amount, second.month, second.articles) == (first.amount, first.month, first.articles)


def test_an_entry_told_twice_is_booked_once_with_its_columns():
    assert [actions.post(drafts=[draft("b", columns=True)], by="uji") for _ in range(2)] == [1, 0]
    assert queries.balance(account="JHT:members") == 353


def test_a_reversal_takes_columns_back():
    actions.post(drafts=[draft("b", columns=True)], by="uji")
    actions.reverse(references=["b"], on=DAY, by="uji", why="salah")
    assert queries.balance(account="JHT:members", party=8) == 0


def test_a_column_between_two_funds_is_refused():
    column = Column(debit="JHT:collection", credit="JP:contributions", parties=[1], amounts=[1])
    with pytest.raises(ValueError, match="two funds"):
        actions.post(drafts=[Draft(on=DAY, kind="test", reference="x", why="", columns=(column,))], by="uji")
