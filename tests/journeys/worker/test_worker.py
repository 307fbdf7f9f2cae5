"""What a wage earner sees: each month, what was paid for him, what is late, missing, lower or changed; and is told."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused
from teduh.journeys.worker import messages, worker
from teduh.law.months import Month
from teduh.ledger import actions as ledger
from teduh.ledger.facts import Draft, Move
from teduh.outreach.facts import read_words
from teduh.outreach.models import Message
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.journeys import employed as work

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER, OCTOBER = Month(2026, 8), Month(2026, 9), Month(2026, 10)
PAID = dt.date(2026, 10, 12)
ON = dt.date(2026, 11, 3)
AT = dt.datetime(2026, 11, 3, 10, tzinfo=JAKARTA)
WAGE = 5_000_000


@pytest.fixture
def job():
    return work.job(work.firm(), work.worker(), since=AUGUST.first)


def me(job):
    return factories.actor("member", person=job.person_id)


def months(job, on=ON):
    return worker.months(actor=me(job), person=job.person_id, on=on).months


def states(job, on=ON):
    return [(str(one.month), one.state) for one in months(job, on)]


def test_a_month_says_wage_shares_by_programme_and_when_it_was_paid(job):
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID)
    (september,) = [one for one in months(job) if one.month == SEPTEMBER]
    assert (september.state, september.paid_on, september.days_late) == ("paid", PAID, 0)
    assert september.due_on == dt.date(2026, 10, 15)
    assert {share.programme: (share.employer, share.worker) for share in september.shares} == {
        "JKK": (27_000, 0), "JKM": (15_000, 0), "JHT": (185_000, 100_000), "JP": (100_000, 50_000),
    }  # fmt: skip
    assert september.total == bill.amount == september.employer_share + september.worker_share
    assert september.worker_share == 150_000


def test_unpaid_is_said_before_and_after_the_due_date(job):
    work.filed(job.employer, SEPTEMBER, {job: WAGE})
    due = dt.date(2026, 10, 15)
    found = {day: months(job, day)[0] for day in (due - dt.timedelta(days=1), due, due + dt.timedelta(days=1))}
    assert [one.state for one in found.values()] == ["waiting", "waiting", "late"]
    assert [one.days_late for one in found.values()] == [0, 0, 1]


def test_paid_late_stays_visible_as_paid_late(job):
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, dt.date(2026, 10, 20))
    assert [(one.state, one.days_late) for one in months(job) if one.month == SEPTEMBER] == [("paid", 5)]


def test_paid_in_part_says_which_programmes(job):
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID, savings=False)
    september = next(one for one in months(job) if one.month == SEPTEMBER)
    assert (september.state, september.paid_on) == ("part", None)
    assert {share.programme for share in september.shares if share.paid_on} == {"JKK", "JKM"}


def test_a_month_without_a_report_is_a_gap_whoever_is_to_blame(job):
    """August: nobody reported. September: the others were reported, he was not. October is not due yet."""
    other = work.job(job.employer, work.worker(), since=AUGUST.first)
    work.filed(job.employer, SEPTEMBER, {other: WAGE})
    assert states(job) == [("2026-10", "awaited"), ("2026-09", "not_reported"), ("2026-08", "not_filed")]
    found = worker.months(actor=me(job), person=job.person_id, on=ON)
    assert [str(one.month) for one in found.gaps] == ["2026-09", "2026-08"]


def test_months_after_the_job_ended_and_before_it_began_are_no_gaps(job):
    work.end(job, dt.date(2026, 9, 10))
    assert [month for month, _ in states(job)] == ["2026-09", "2026-08"]


def test_a_drop_is_measured_against_the_month_before(job):
    work.filed(job.employer, AUGUST, {job: WAGE})
    work.filed(job.employer, SEPTEMBER, {job: WAGE - 700_000})
    work.filed(job.employer, OCTOBER, {job: WAGE})
    assert [one.drop for one in months(job, dt.date(2026, 11, 30))] == [0, 700_000, 0]


def test_a_correction_shows_before_and_after_with_who_and_when(job):
    work.filed(job.employer, SEPTEMBER, {job: WAGE}, on=dt.date(2026, 10, 3))
    work.filed(job.employer, SEPTEMBER, {job: WAGE + 500_000}, on=dt.date(2026, 10, 9))
    september = next(one for one in months(job) if one.month == SEPTEMBER)
    assert [(one.version, one.wage, one.on.day) for one in september.versions] == [(1, WAGE, 3), (2, WAGE + 500_000, 9)]
    assert september.before == september.versions[:1]
    alone = {share.programme: share.total for share in september.shares}
    assert alone["JHT"] == (WAGE + 500_000) * 57 // 1000
    work.filed(job.employer, SEPTEMBER, {job: 0}, withdrawn=[job])
    september = next(one for one in months(job) if one.month == SEPTEMBER)
    assert (september.state, september.total) == ("withdrawn", 0)


def test_months_of_jp_count_once_with_two_employers_and_only_when_paid(job):
    second = work.job(work.firm("CV Dua"), job.person_id, since=AUGUST.first)
    for month in (AUGUST, SEPTEMBER):
        _, bill = work.filed(job.employer, month, {job: WAGE})
        work.settle(bill, PAID)
    _, bill = work.filed(second.employer, SEPTEMBER, {second: WAGE})
    work.settle(bill, PAID)
    work.filed(second.employer, OCTOBER, {second: WAGE})
    found = worker.months(actor=me(job), person=job.person_id, on=ON)
    assert (found.jp.months, found.jp.needed, found.jp.missing) == (2, 180, 178)
    assert found.paid["JP"] == (300_000, 150_000)
    assert found.unpaid == bill.amount


def test_the_number_of_statements_does_not_grow_with_months_or_jobs(job):
    who = me(job)
    with CaptureQueriesContext(connection) as before:
        worker.months(actor=who, person=job.person_id, on=ON)
    other = work.job(work.firm("CV Dua"), job.person_id, since=AUGUST.first)
    for month in (AUGUST, SEPTEMBER):
        work.filed(job.employer, month, {job: WAGE})
        work.filed(other.employer, month, {other: WAGE})
    with CaptureQueriesContext(connection) as after:
        worker.months(actor=who, person=job.person_id, on=ON)
    assert len(after) == len(before)


def test_only_the_worker_and_officers_with_a_purpose_read_wages_and_it_is_recorded(job):
    for role in ("agent", "employer", "auditor", "member"):
        with pytest.raises(Refused):
            worker.months(actor=factories.actor(role), person=job.person_id, on=ON, why="ingin tahu")
    officer = factories.actor("officer")
    with pytest.raises(Refused) as refused:
        worker.months(actor=officer, person=job.person_id, on=ON)
    assert refused.value.code == "purpose_missing"
    worker.months(actor=officer, person=job.person_id, on=ON, why="pengaduan 12")
    event = Event.objects.get(action="wages.read", subject=f"person:{job.person_id}")
    assert (event.actor, event.why) == (officer.user, "pengaduan 12")


def book(job, bill, receipt, month, amount):
    """What settling books for his savings."""
    moves = (Move("JHT:collection", "JHT:members", amount, job.person_id, month),
             Move("JKK:collection", "JKK:contributions", 27_000, None, month))  # fmt: skip
    reference = f"allocation:{bill.id}:{receipt.id}:1"
    ledger.post(
        drafts=[Draft(on=PAID, kind="allocation", reference=reference, why="Tagihan", moves=moves)], by="sistem"
    )


@pytest.fixture
def booked(job):
    made, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    book(job, bill, work.settle(bill, PAID), SEPTEMBER, 285_000)
    return made, bill


def test_from_the_balance_the_way_leads_back_to_the_line_and_from_the_line_to_the_books(job, booked):
    made, bill = booked
    found = worker.months(actor=me(job), person=job.person_id, on=ON)
    assert found.jht.balance == 285_000
    (back,) = worker.trail(actor=me(job), person=job.person_id, posting=found.jht.lines[0].posting)
    (forward,) = worker.trail(actor=me(job), person=job.person_id, line=made.lines.get().id)
    assert back == forward
    assert (back.wage_return, back.version, back.bill_number, back.jht) == (made.id, 1, bill.number, 285_000)
    assert [(one.part, one.amount, one.on) for one in back.money] == [
        ("protection", 42_000, PAID), ("savings", 435_000, PAID),
    ]  # fmt: skip
    assert [(one.credit, one.amount, one.is_own) for one in back.booked] == [
        ("JHT:members", 285_000, True), ("JKK:contributions", 27_000, False),
    ]  # fmt: skip


def test_the_way_is_one_question(job, booked):
    line = booked[0].lines.get().id
    with CaptureQueriesContext(connection) as captured:
        worker.trail(actor=me(job), person=job.person_id, line=line)
    assert sum("employers_wageline" in one["sql"] for one in captured) == 1


def test_nobody_walks_the_way_of_another(job, booked):
    stranger = work.job(job.employer, work.worker())
    line = booked[0].lines.get().id
    posting = worker.months(actor=me(job), person=job.person_id, on=ON).jht.lines[0].posting
    with pytest.raises(Refused):
        worker.trail(actor=me(stranger), person=job.person_id, line=line)
    with pytest.raises(Refused):
        worker.trail(actor=me(stranger), person=stranger.person_id, line=line)
    assert worker.trail(actor=me(stranger), person=stranger.person_id, posting=posting) == ()


def test_an_officer_walks_it_for_a_purpose_that_is_recorded(job, booked):
    officer = factories.actor("officer")
    worker.trail(actor=officer, person=job.person_id, line=booked[0].lines.get().id, why="pemeriksaan")
    assert Event.objects.get(action="wage_trail.read").why == "pemeriksaan"


def test_a_merged_record_keeps_its_months_and_its_way(job, booked):
    kept = work.worker()
    Person.objects.filter(id=job.person_id).update(merged_into_id=kept)
    who = factories.actor("member", person=kept)
    assert [str(one.month) for one in worker.months(actor=who, person=kept, on=ON).months if one.versions] == [
        "2026-09"
    ]
    assert worker.trail(actor=who, person=kept, line=booked[0].lines.get().id)


def test_why_is_the_laws_own_trace_and_agrees_with_the_bill_also_after_a_correction(job):
    work.filed(job.employer, SEPTEMBER, {job: WAGE})
    made, _ = work.filed(job.employer, SEPTEMBER, {job: WAGE + 123_456})
    why = worker.explain(actor=me(job), person=job.person_id, line=made.lines.get().id)
    assert why.agrees
    assert why.wage == WAGE + 123_456
    assert {line["programme"] for line in why.result["lines"]} == {"JKK", "JKM", "JHT", "JP"}
    assert why.result["total"] == sum(why.billed[name] for name in worker_columns())


def worker_columns():
    return ("jkk", "jkm", "jht_employer", "jht_worker", "jp_employer", "jp_worker")


def said(kind):
    return [
        (read_words(message.words), message.person_id) for message in Message.objects.filter(kind=kind).order_by("id")
    ]


def test_everybody_on_a_filed_return_is_told_once_what_was_reported(job):
    other = work.job(job.employer, work.worker(), since=AUGUST.first)
    work.filed(job.employer, AUGUST, {job: WAGE})
    made, _ = work.filed(job.employer, SEPTEMBER, {job: WAGE - 500_000, other: WAGE})
    for _ in range(2):
        messages.filed(wage_return=made.id, by=SYSTEM, on=dt.date(2026, 10, 5), at=AT)
    (first, person), (second, _) = said("wage.reported")
    assert person == job.person_id
    assert first[0].id == "Upah Anda untuk September 2026 sudah dilaporkan"
    assert first[1].id.startswith(
        "PT Maju Jaya melaporkan upah Anda Rp4.500.000 untuk September 2026. Iuran seluruhnya Rp429.300, Rp135.000 di "
        "antaranya bagian Anda — belum dibayar, jatuh tempo 15 Oktober 2026. Upah yang dilaporkan turun Rp500.000"
    )
    assert "pemberi kerja tidak akan tahu" in first[1].id
    assert "turun" not in second[1].id


def test_a_correction_and_a_withdrawal_are_told_as_such_and_what_stayed_the_same_is_not(job):
    other = work.job(job.employer, work.worker(), since=AUGUST.first)
    work.filed(job.employer, SEPTEMBER, {job: WAGE, other: WAGE})
    made, _ = work.filed(job.employer, SEPTEMBER, {job: WAGE + 1, other: WAGE})
    messages.filed(wage_return=made.id, by=SYSTEM, on=ON, at=AT)
    ((title, body), person), = said("wage.changed")  # fmt: skip
    assert person == job.person_id
    assert "dari Rp5.000.000 menjadi Rp5.000.001" in body.id
    made, _ = work.filed(job.employer, SEPTEMBER, {job: 0}, withdrawn=[job])
    messages.filed(wage_return=made.id, by=SYSTEM, on=ON, at=AT)
    assert "menarik laporan upah Anda" in said("wage.changed")[1][0][1].id


def test_paying_is_told_in_part_and_in_full_and_late(job):
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID, savings=False)
    messages.paid(bill=bill.id, by=SYSTEM, at=AT)
    work.settle(bill, dt.date(2026, 10, 20))
    for _ in range(2):
        messages.paid(bill=bill.id, by=SYSTEM, at=AT)
    part, whole = (words for words, _ in said("wage.paid"))
    assert part[0].id == "Iuran Anda untuk September 2026 baru dibayar sebagian"
    assert whole[1].id == (
        "PT Maju Jaya membayar iuran Anda untuk September 2026: Rp477.000, di antaranya Rp285.000 masuk saldo JHT "
        "Anda. Dibayar 5 hari setelah jatuh tempo."
    )


def test_who_is_missing_on_a_filed_return_and_whose_month_is_overdue_is_told_once(job):
    other = work.job(job.employer, work.worker(), since=AUGUST.first)
    gone = work.job(job.employer, work.worker(), since=AUGUST.first, until=dt.date(2026, 8, 31))
    work.filed(job.employer, SEPTEMBER, {other: WAGE})
    for day in (dt.date(2026, 10, 15), dt.date(2026, 10, 16), dt.date(2026, 11, 20)):
        messages.overdue(on=day, by=SYSTEM, at=AT)
        expected = 0 if day == dt.date(2026, 10, 15) else 1
        assert [len(said(kind)) for kind in ("wage.missing", "wage.late")] == [expected, expected]
    assert said("wage.missing")[0][1] == job.person_id
    assert "tidak hilang karena tunggakan" in said("wage.late")[0][0][1].id
    assert not Message.objects.filter(person=gone.person_id).exists()


def test_telling_many_takes_as_many_statements_as_telling_one(job):
    few, _ = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    many = work.jobs(work.firm("PT Ramai"), work.workers(300))
    crowd, _ = work.filed(many[0].employer, SEPTEMBER, dict.fromkeys(many, WAGE))
    messages.filed(wage_return=work.filed(job.employer, AUGUST, {job: WAGE})[0].id, by=SYSTEM, on=ON, at=AT)
    counts = []
    for made in (few, crowd):
        with CaptureQueriesContext(connection) as captured:
            messages.filed(wage_return=made.id, by=SYSTEM, on=ON, at=AT)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert Message.objects.count() == 302


def test_filing_and_paying_leave_one_job_each_behind(job):
    made, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    for _ in range(2):
        worker.tell_filed(wage_return=made.id, at=AT)
        worker.tell_paid(bill=bill.id, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args FROM procrastinate_jobs ORDER BY id")
        assert [(name.rpartition(".")[2], json.loads(args)) for name, args in cursor.fetchall()] == [
            ("tell_filed", {"wage_return": made.id}), ("tell_paid", {"bills": [bill.id]}),
        ]  # fmt: skip


def test_a_correction_that_is_not_paid_yet_leaves_the_month_paid_in_part(job):
    _, bill = work.filed(job.employer, SEPTEMBER, {job: WAGE})
    work.settle(bill, PAID)
    work.filed(job.employer, SEPTEMBER, {job: WAGE + 500_000})
    september = next(one for one in months(job) if one.month == SEPTEMBER)
    assert (september.state, september.settled, september.open) == ("part", bill.amount, 47_700)
