"""What a placement pays, to the rupiah: stages, one bill for many, and what money does when it comes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.contributions.models import PlacementDue
from teduh.core.errors import Refused
from teduh.coverage.models import Span
from teduh.journeys.migrants import billing, life, register
from teduh.journeys.money import pay, statement
from teduh.migrants.facts import NewAgreement
from teduh.migrants.models import Placement
from teduh.payments.models import Suspense
from teduh.security.access import SYSTEM
from tests.journeys.paying import notice, take_back, tell
from tests.migrants.people import ON, D, at, desk, newcomer, organisation, placed

pytestmark = pytest.mark.django_db


def billed(*placements: int, on=ON, by=SYSTEM, **more):
    return billing.bill(placements=placements, by=by, on=on, at=at(on), **more)


def agency_placed(count: int = 1):
    agency = organisation()
    clerk = desk(agency)
    rows = [newcomer(scheme="agency", organisation=agency) for _ in range(count)]
    made = register.register_many(newcomers=rows, organisation=agency, by=clerk, on=ON, at=at())
    return agency, clerk, [one.placement for one in made]


def spans(placement: int):
    found = Span.objects.filter(placement=placement).order_by("starts", "programme")
    return [(s.phase, s.programme, str(s.starts), str(s.paid_until), str(s.grace_until)) for s in found]


def pays(bill, amount=None, day=ON):
    one = notice(bill.code, amount or bill.remaining, day)
    return one, tell(one)[0]


class TestWhatIsAsked:
    def test_through_an_agency_first_the_wait_then_the_agreement(self):
        _, clerk, (one,) = agency_placed()
        quote = billing.quote(placements=[one], by=clerk, on=ON)
        assert [(line.stage, line.months, line.amount) for line in quote.lines] == [
            ("before", 0, 37_500), ("during", 24, 332_500),
        ]  # fmt: skip
        only = billing.quote(placements=[one], by=clerk, on=ON, stages=["before"])
        assert only.total == 37_500 and only.lines[0].articles == ("Permenaker 4/2023 Pasal 18(1)a",)

    def test_on_her_own_in_one_sum_with_savings_if_she_wants(self):
        one = placed(savings_monthly=100_000)
        quote = billing.quote(placements=[one], by=SYSTEM, on=ON, savings_months=6)
        assert [(line.stage, line.amount) for line in quote.lines] == [("during", 332_500), ("savings", 600_000)]

    def test_twenty_three_months_cost_more_than_twenty_four_and_the_note_says_so(self):
        told = NewAgreement(starts=D("2026-04-01"), ends=D("2028-03-01"), employer="Lin", job="Perawat")
        (line,) = billing.quote(placements=[placed(agreement=told)], by=SYSTEM, on=ON).lines
        assert (line.months, line.amount) == (23, 337_500)
        assert "unconfirmed" in {note.status for note in line.notes if "dearer" in note.code}

    def test_under_six_months_there_is_no_fee_and_nothing_is_asked(self):
        told = NewAgreement(starts=D("2026-04-01"), ends=D("2026-08-31"), employer="Lin", job="Perawat")
        one = placed(agreement=told)
        quote = billing.quote(placements=[one], by=SYSTEM, on=ON)
        assert not quote.lines and quote.refused[0].then.id
        with pytest.raises(Refused) as refused:
            billed(one)
        assert "6 bulan" in refused.value.what.id

    def test_from_abroad_the_months_that_are_left_are_asked_and_the_note_says_it_is_unconfirmed(self):
        told = NewAgreement(starts=D("2025-01-01"), ends=D("2027-01-31"), employer="Lin", job="Perawat")
        (line,) = billing.quote(placements=[placed(agreement=told, abroad=True)], by=SYSTEM, on=ON).lines
        assert (line.stage, line.months, line.amount) == ("during", 12, 189_000)
        assert "pmi_abroad" in {note.code for note in line.notes}

    def test_without_agreement_or_papers_abroad_nothing_is_asked_and_the_next_step_is_named(self):
        one = placed(agreement=None, abroad=True, passport=None, passport_until=None)
        quote = billing.quote(placements=[one], by=SYSTEM, on=ON)
        assert not quote.lines and quote.refused[0].what.id and quote.refused[0].then.id

    def test_the_same_bill_is_not_made_twice_and_a_key_is_its_actors(self):
        one = placed()
        assert billed(one).id == billed(one).id
        assert billed(one, key="k").id == billed(one, key="k").id

    def test_nothing_is_owed_when_all_is_paid(self):
        one = placed()
        pays(billed(one))
        with pytest.raises(Refused) as refused:
            billed(one)
        assert refused.value.code == "nothing_owed"

    def test_an_agency_bills_only_its_own_people(self):
        _, clerk, _ = agency_placed()
        _, _, others = agency_placed()
        with pytest.raises(Refused):
            billed(*others, by=clerk)


class TestMoney:
    def test_paying_covers_the_wait_at_once_and_the_work_from_departure(self):
        _, _, (one,) = agency_placed()
        _, outcome = pays(billed(one))
        assert outcome.allocated == 370_000
        assert spans(one) == [
            ("before", "JKK", "2026-02-02", "2026-07-02", "2026-07-02"),
            ("before", "JKM", "2026-02-02", "2026-07-02", "2026-07-02"),
        ]
        life.tell(placement=one, kind="departed", event_on=D("2026-04-02"), by=SYSTEM, on=D("2026-04-02"),
                  at=at(D("2026-04-02")))  # fmt: skip
        assert spans(one)[2:] == [
            ("during", "JKK", "2026-04-02", "2028-03-31", "2028-04-30"),
            ("during", "JKM", "2026-04-02", "2028-03-31", "2028-04-30"),
        ]

    def test_too_little_pays_the_wait_and_keeps_the_rest_for_the_same_bill(self):
        _, _, (one,) = agency_placed()
        bill = billed(one)
        _, first = pays(bill, 100_000)
        assert (first.allocated, first.waiting) == (37_500, 62_500)
        view = pay.view(bill=bill.id, on=ON)
        assert (view.state, view.remaining) == ("part", 270_000)
        _, second = pays(view)
        assert second.allocated + 62_500 == 332_500 and pay.view(bill=bill.id, on=ON).state == "paid"
        assert statement.check(on=ON) == ()

    def test_money_after_the_codes_last_day_still_counts_from_its_day(self):
        one = placed()
        bill, late = billed(one), D("2026-05-20")
        _, outcome = pays(bill, bill.remaining, late)
        assert outcome.allocated == 332_500 and spans(one)[0][2] == "2026-05-20"

    def test_told_twice_it_is_booked_once_and_too_much_waits(self):
        one = placed()
        told = notice(billed(one).code, 340_000, ON)
        assert tell(told)[0].waiting == 7_500
        assert tell(told)[0].state == "repeated"
        assert Suspense.objects.get().reason == "too_much" and statement.check(on=ON) == ()

    def test_paid_by_two_bills_the_second_waits(self):
        one = placed()
        first, second = billed(one, key="a"), billed(one, key="b")
        pays(first)
        _, outcome = pays(second, 332_500)
        assert (outcome.allocated, outcome.waiting, outcome.reason) == (0, 332_500, "already_paid")
        assert pay.view(bill=second.id, on=ON).remaining == 0 and statement.check(on=ON) == ()

    def test_two_bills_of_one_moment_settle_it_once(self):
        one = placed()
        first, second = billed(one, key="a"), billed(one, key="b")
        outcomes = tell(notice(first.code, 332_500, ON), notice(second.code, 332_500, ON))
        assert sorted(o.allocated for o in outcomes) == [0, 332_500] and statement.check(on=ON) == ()

    def test_taken_back_it_is_owed_again_and_cover_is_gone(self):
        one = placed()
        bill = billed(one)
        told, _ = pays(bill)
        assert spans(one)
        take_back(told, ON)
        assert spans(one) == [] and pay.view(bill=bill.id, on=ON).remaining == 332_500
        assert statement.check(on=ON) == () and not PlacementDue.objects.filter(settled_on__isnull=False).exists()

    def test_savings_go_to_her_own_account(self):
        from teduh.ledger import queries as books

        one = placed(savings_monthly=50_000)
        bill = billed(one, savings_months=4)
        pays(bill)
        person = Placement.objects.get(pk=one).person_id
        assert books.statement(party=person, on=ON, also=()).balance == 200_000
        balances = {row.account: row.balance for row in books.trial_balance(on=ON).rows}
        assert balances["PMI:contributions"] == 332_500 and statement.check(on=ON) == ()

    def test_one_bill_for_many_covers_each_of_them(self):
        agency, clerk, ids = agency_placed(5)
        bill = billed(*ids, by=clerk, organisation=agency, stages=["before"])
        assert (bill.amount, bill.people, bill.organisation) == (187_500, 5, agency)
        _, outcome = pays(bill)
        assert len(outcome.protected) == 5 and all(spans(one) for one in ids)

    def test_the_same_number_of_statements_for_ten_and_for_a_thousand(self):
        counts = []
        billed(*agency_placed()[2])  # the law's answer for these facts is stored once, by the first bill
        for size in (10, 1_000):
            agency, clerk, ids = agency_placed(size)
            with CaptureQueriesContext(connection) as asked:
                bill = billed(*ids, by=clerk, organisation=agency)
            with CaptureQueriesContext(connection) as paying:
                pays(bill)
            counts.append((len(asked), len(paying)))
        assert counts[0] == counts[1]
        assert statement.check(on=ON) == ()

    def test_the_check_of_the_books_sees_a_stage_that_was_marked_as_paid_by_hand(self):
        bill = billed(placed())
        pays(bill)
        assert statement.check(on=ON) == ()
        PlacementDue.objects.filter(bill=bill.id).update(amount=332_501)
        assert "PMI:contributions" in str(statement.check(on=ON)[0])

    def test_the_bill_shows_each_stage_with_who_is_meant_masked_its_days_articles_and_how_to_pay_from_abroad(self):
        bill = billed(placed(name="Siti Aminah"))
        (line,) = bill.stages
        assert (line.who, line.stage, line.months, line.until) == ("Siti A.", "during", 24, D("2028-03-31"))
        assert line.articles and line.notes and len(line.notes) == len(line.statuses)
        assert any("Dari luar negeri" in one.id for one in bill.how)
        pays(bill)
        assert pay.view(bill=bill.id, on=ON).how == ()

    def test_a_bill_each_is_made_once_by_one_wish(self):
        _, clerk, ids = agency_placed(3)
        first = billing.bill_each(placements=ids, by=clerk, on=ON, key="x" * 60)
        assert len(first) == 3 and billing.bill_each(placements=ids, by=clerk, on=ON, key="x" * 60) == []
