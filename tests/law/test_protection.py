"""When cover starts, how long grace lasts, what arrears do."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.law import protection
from teduh.law.months import Month

D = dt.date.fromisoformat
NONE: frozenset[dt.date] = frozenset()


def spans(*payments, programme="JKK", enrolled="2026-04-10"):
    paid = [protection.Paid(Month.parse(month), D(on)) for month, on in payments]
    return protection.self_employed(programme=programme, enrolled_on=D(enrolled), payments=paid, holidays=NONE)


def test_cover_starts_when_registered_and_paid_and_never_before():
    assert spans(("2026-04", "2026-04-20"))[0].starts == D("2026-04-20")
    assert spans(("2026-04", "2026-04-01"))[0].starts == D("2026-04-10")
    assert spans() == ()


@pytest.mark.parametrize(("segment", "programme"), list(protection.STARTS_WITH))
def test_membership_starts_with_registration_and_payment_whichever_is_later(segment, programme):
    facts = {"segment": segment, "programme": programme, "registered_on": D("2026-04-10")}
    for paid, starts in (
        ("2026-04-09", "2026-04-10"),
        ("2026-04-10", "2026-04-10"),
        ("2026-04-11", "2026-04-11"),
    ):
        day, article = protection.cover_starts(**facts, first_paid_on=D(paid))
        assert day == D(starts) and article.startswith("PP 4")


def test_grace_ends_on_the_due_date_of_the_fourth_unpaid_month():
    (span,) = spans(("2026-04", "2026-04-20"))
    assert span.paid_until == D("2026-04-30")
    assert span.due_until == D("2026-05-15")
    assert span.grace_until == D("2026-08-17")  # 15 August 2026 is a Saturday


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-04-19", "never"),
        ("2026-04-20", "protected"),
        ("2026-04-30", "protected"),
        ("2026-05-15", "protected"),
        ("2026-05-16", "grace"),
        ("2026-08-16", "grace"),
        ("2026-08-17", "grace"),
        ("2026-08-18", "lapsed"),
    ],
)
@pytest.mark.parametrize("programme", ["JKK", "JKM"])
def test_standing_changes_on_its_days(day, state, programme):
    (span,) = spans(("2026-04", "2026-04-20"), programme=programme)
    found = protection.standing(span, D(day))
    assert found.state == state
    assert found.immediate is (state == "protected")
    assert found.what.id and found.what.en and found.articles


def test_without_a_span_no_one_is_covered():
    assert protection.standing(None, D("2026-04-20")).state == "never"


def test_a_month_paid_within_grace_joins_the_span():
    (span,) = spans(("2026-04", "2026-04-20"), ("2026-05", "2026-08-17"))
    assert span.paid_until == D("2026-05-31")


def test_after_grace_a_new_span_starts_on_the_day_of_payment():
    first, second = spans(("2026-04", "2026-04-20"), ("2026-08", "2026-08-18"))
    assert first.grace_until == D("2026-08-17")
    assert (second.starts, second.paid_until) == (D("2026-08-18"), D("2026-08-31"))


def test_a_hole_holds_the_paid_date_back_and_is_filled_later():
    assert spans(("2026-04", "2026-04-20"), ("2026-06", "2026-06-10"))[0].paid_until == D("2026-04-30")
    filled = spans(("2026-04", "2026-04-20"), ("2026-06", "2026-06-10"), ("2026-05", "2026-06-11"))
    assert filled[0].paid_until == D("2026-06-30")


def test_months_in_advance_extend_the_span():
    (span,) = spans(*((str(month), "2026-04-20") for month in Month.span(Month(2026, 4), 12)))
    assert span.paid_until == D("2027-03-31")


def test_jht_is_an_account_of_paid_months_without_grace():
    one, two = spans(("2026-04", "2026-04-20"), ("2026-05", "2026-05-20"), ("2026-07", "2026-07-20"), programme="JHT")
    assert (one.starts, one.paid_until, one.grace_until) == (
        D("2026-04-20"),
        D("2026-05-31"),
        D("2026-05-31"),
    )
    assert two.starts == D("2026-07-01")
    assert protection.standing(one, D("2030-01-01")).state == "protected"


def test_the_pandemic_moved_the_fourth_due_date():
    (span,) = spans(("2020-05", "2020-05-10"), enrolled="2020-05-01")
    assert span.grace_until == D("2020-10-30")  # September 2020 is due on 30 October


def test_independence_day_moves_the_end_of_grace():
    paid = [protection.Paid(Month(2026, 4), D("2026-04-20"))]
    facts = {"programme": "JKK", "enrolled_on": D("2026-04-10"), "payments": paid}
    (span,) = protection.self_employed(**facts, holidays=frozenset({D("2026-08-17")}))
    assert span.grace_until == D("2026-08-18")


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 40), st.integers(0, 1200)), max_size=25))
def test_for_any_payments_spans_are_sorted_apart_and_consistent(drawn):
    start = D("2024-01-10")
    paid = [protection.Paid(Month(2024, 1).plus(m), start + dt.timedelta(days=n)) for m, n in drawn]
    found = protection.self_employed(programme="JKK", enrolled_on=start, payments=paid, holidays=NONE)
    assert all(a.grace_until < b.starts for a, b in zip(found, found[1:], strict=False))
    for span in found:
        assert start <= span.starts <= span.grace_until
        assert span.paid_until < span.grace_until and span.due_until < span.grace_until
        assert protection.standing(span, span.grace_until).state != "lapsed"
        assert protection.standing(span, span.grace_until + dt.timedelta(days=1)).state == "lapsed"


def test_the_span_that_decides_on_a_day_is_the_last_begun():
    found = spans(("2026-04", "2026-04-20"), ("2026-09", "2026-09-20"))
    assert protection.span_on(found, D("2026-04-19")) is None
    assert protection.span_on(found, D("2026-09-19")) == found[0]
    assert protection.span_on(found, D("2026-09-20")) == found[1]


def test_spans_are_sorted_and_never_overlap():
    months = [
        ("2026-04", "2026-04-20"),
        ("2026-09", "2026-09-20"),
        ("2027-03", "2027-03-20"),
        ("2027-01", "2027-03-20"),
    ]
    found = spans(*months)
    assert all(a.grace_until < b.starts for a, b in zip(found, found[1:], strict=False))


def test_arrears_of_an_employer_never_cost_the_worker_the_benefit():
    at = protection.wage_earner_arrears(programme="JKK", months=3, on=D("2024-01-01"))
    above = protection.wage_earner_arrears(programme="JKM", months=4, on=D("2024-01-01"))
    assert (at.payer, at.articles) == ("agency", ("PP 44/2015 Pasal 38(1)",))
    assert (above.payer, above.refundable_after_settlement) == ("employer", True)
    assert above.articles[0] == "PP 44/2015 Pasal 41(2)"


def test_arrears_of_the_self_employed_by_programme():
    on = D("2024-01-01")
    jkm = protection.self_employed_arrears(programme="JKM", months=3, settled=False, on=on)
    assert (jkm.now, jkm.after_settlement) == (("funeral",), ("lump_sum", "periodic", "scholarship"))
    assert not protection.self_employed_arrears(programme="JKK", months=4, settled=True, on=on).entitled


def test_the_agencys_register_is_stricter_than_the_regulation_at_three_months():
    found = [protection.membership(unpaid_months=n, on=D("2024-01-01")) for n in (2, 3, 4)]
    assert [(m.register, m.entitlement) for m in found] == [
        ("active", "grace"), ("inactive", "grace"), ("inactive", "lapsed"),
    ]  # fmt: skip
    assert found[1].notes
