"""What a filed return owes: one bill, its reasons, the same number of statements for ten workers and a thousand."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.contributions import wage_queries
from teduh.journeys.money import pay
from teduh.law.months import Month
from teduh.security.access import SYSTEM
from tests.journeys.paying import rows
from tests.journeys.wage_firm import Firm
from tests.journeys.wage_money import nothing_is_wrong
from tests.journeys.wage_money import pay as paid

pytestmark = pytest.mark.django_db

JANUARY = Month(2026, 1)
MONTH = 462_000


def statements(does) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        does()
    return len(found)


def test_a_return_becomes_one_bill_and_is_owed_by_programme():
    firm = Firm(3)
    made = firm.report()
    assert made.amount == 3 * MONTH
    assert rows("SELECT amount, kind, state FROM payments_bill") == [(3 * MONTH, "wages", "open")]
    assert rows(
        "SELECT a.code, p.amount, p.articles FROM ledger_posting p JOIN ledger_account a ON a.id = p.credit_id "
        "ORDER BY 1"
    ) == [
        ("KOL:assessed:JHT", 855_000, ["PP 46/2015 Pasal 16(1)b", "PP 46/2015 Pasal 16(1)a"]),
        ("KOL:assessed:JKK", 36_000, ["PP 44/2015 Pasal 16(1)"]),
        ("KOL:assessed:JKM", 45_000, ["PP 44/2015 Pasal 18(1)"]),
        ("KOL:assessed:JP", 450_000,
         ["PP 45/2015 Pasal 28(3)a", "PP 45/2015 Pasal 29(2)-(4)", "PP 45/2015 Pasal 28(3)b"]),
    ]  # fmt: skip
    nothing_is_wrong(JANUARY.last)


def test_ten_workers_and_a_thousand_take_the_same_number_of_statements():
    counts = []
    for workers in (10, 1_000):
        firm = Firm(workers)
        filed = statements(lambda firm=firm: counts.append(firm.report().bill))
        bill = counts.pop()
        whole = rows(f"SELECT amount FROM payments_bill WHERE id = {bill}")[0][0]
        part = statements(lambda bill=bill, whole=whole: paid(bill, whole // 3, dt.date(2026, 2, 10)))
        rest = statements(lambda bill=bill, whole=whole: paid(bill, whole, dt.date(2026, 5, 10)))
        amended = statements(
            lambda firm=firm: firm.report(JANUARY, {0: 4_000_000, 1: 6_000_000}, on=dt.date(2026, 5, 11))
        )
        counts.append((filed, part, rest, amended))
    assert counts[0] == counts[1]


def test_owing_and_billing_take_nine_statements(django_assert_max_num_queries):
    firm = Firm(5)
    firm.report(JANUARY)
    owe = firm.owe
    counted: list[int] = []

    def count(*told):
        counted.append(statements(lambda: owe(*told)))

    firm.owe = count
    with CaptureQueriesContext(connection) as whole:
        firm.report(Month(2026, 2))
    made = sum("employers_wagereturn" in q["sql"] and q["sql"].startswith("INSERT") for q in whole.captured_queries)
    billing = [q for q in whole.captured_queries if "employers_wageline (" not in q["sql"]]
    assert made == 1
    assert len(billing) - 2 <= 9, [q["sql"][:60] for q in billing]


def test_every_line_explains_itself_and_agrees_with_what_was_billed():
    firm = Firm(3)
    firm.report(JANUARY, [5_000_000, 11_086_301, 3_333_333])
    firm.report(JANUARY, {1: 9_999_999, 2: None}, on=dt.date(2026, 2, 20))
    for (line,) in rows("SELECT id FROM employers_wageline ORDER BY id"):
        found = wage_queries.explain(line=line)
        assert found.agrees and found.is_same_rulebook
        assert {line["programme"] for line in found.basis["lines"]} == {"JKK", "JKM", "JHT", "JP", "JKP"}
    assert rows("SELECT count(*) FROM contributions_wagebasis") == [(1,)]


def test_a_bill_shows_its_workers_page_by_page_and_its_shares_with_articles():
    firm = Firm(3)
    made = firm.report(wages_=[5_000_000, 6_000_000, 4_000_000])
    first = wage_queries.bill_view(bill=made.bill, actor=SYSTEM, on=dt.date(2026, 2, 1), limit=2)
    second = wage_queries.bill_view(
        bill=made.bill, actor=SYSTEM, on=dt.date(2026, 2, 1), after=first.next or 0, limit=2
    )
    assert [line.amount for line in (*first.lines, *second.lines)] == [462_000, 554_400, 369_600]
    assert sum(share.amount for share in first.shares if share.is_billed) == made.amount == first.to_pay
    assert all(share.articles for share in first.shares)
    assert (first.penalty, first.later) == (0, 0)
    late = wage_queries.bill_view(bill=made.bill, actor=SYSTEM, on=dt.date(2026, 2, 19))
    assert late.penalty == 9_000 and late.to_pay == made.amount + 9_000
    assert pay.view(bill=made.bill, on=dt.date(2026, 2, 19)).penalty == 9_000


def test_ageing_counts_months_late_and_months_in_a_row():
    firm = Firm(1)
    for n in (1, 2, 4):
        firm.report(Month(2026, n))
    found = wage_queries.ageing(employers=[firm.employer], on=dt.date(2026, 5, 10))[firm.employer]
    assert found.buckets == {"not_due": MONTH, "1": 0, "2": MONTH, "3": MONTH, "more": 0}
    assert found.in_a_row == 2
    assert wage_queries.standing(employers=[firm.employer], on=dt.date(2026, 5, 10))[firm.employer].months == (
        JANUARY, Month(2026, 2),
    )  # fmt: skip
    assert wage_queries.penalty_so_far(employer=firm.employer, on=dt.date(2026, 5, 10))["JP"] == 9_000 + 6_000


def test_arrears_of_a_relieved_month_cost_the_whole_of_jkk_after_its_last_day():
    month = Month(2025, 10)
    for day, more in ((dt.date(2026, 6, 29), 0), (dt.date(2026, 6, 30), 0), (dt.date(2026, 7, 1), 6_000 * 60)):
        firm = Firm(60, labour_intensive=True)
        made = firm.report(month)
        assert made.amount == 60 * (MONTH - 6_000)
        paid(made.bill, made.amount, day)
        found = rows(
            "SELECT coalesce(sum(p.amount), 0)::bigint FROM contributions_penalty p JOIN payments_bill b "
            f"ON b.id = p.late_bill_id WHERE b.employer_id = {firm.employer} AND p.kind = 'relief'"
        )
        assert found == [(more,)]
        nothing_is_wrong(day)
