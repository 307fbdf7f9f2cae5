"""A member is told that the payment came, and in time before payment falls behind or cover stops; each thing once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.coverage import queries as coverage
from teduh.journeys import reminders
from teduh.journeys.money import pay
from teduh.outreach.facts import read_words
from teduh.outreach.models import Message
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import DAY, moment, notice, paid, take_back, tell
from tests.outreach.telling import member

pytestmark = pytest.mark.django_db


def bill(person: int, months: int = 1) -> pay.BillView:
    return pay.bill(people=[person], months=months, by=SYSTEM, on=DAY)


def said(person: int | None = None, kind: str = "") -> list[tuple[str, str, str]]:
    """(kind, title, body) in Bahasa of what was told, oldest first."""
    found = Message.objects.order_by("id")
    found = found.filter(person=person) if person else found
    words = [(one.kind, *read_words(one.words)) for one in found if one.kind.startswith(kind)]
    return [(kind_, title.id, body.id) for kind_, title, body in words]


def remind(on: dt.date) -> int:
    return reminders.remind(on=on, at=moment(on, 8), by=SYSTEM)


def test_a_payment_is_told_with_its_day_in_the_title_and_its_amount_in_the_body_alone():
    person = factories.person(on=DAY)
    made = bill(person)
    paid(made.code, made.amount)
    assert said() == [(
        "payment.booked", "Iuran diterima: dibayar sampai 31 Mei 2026",
        "Terima kasih. Kami menerima Rp8.400. Iuran Anda sekarang dibayar sampai 31 Mei 2026.",
    )]  # fmt: skip


def test_a_notice_told_twice_and_money_that_waits_tell_nothing_more():
    person = factories.person(on=DAY)
    made = bill(person)
    one, _ = paid(made.code, made.amount)
    tell(one)
    paid(made.code, 5_000)
    paid("8860899999999999", 16_800)
    assert len(said()) == 1


def test_each_of_a_group_is_told_until_when_he_is_paid_and_not_what_the_group_paid():
    people = factories.people(3, on=DAY)
    made = pay.bill(people=[], group=factories.group(people), months=1, by=SYSTEM, on=DAY)
    paid(made.code, made.amount)
    assert {one[1] for one in said()} == {"Iuran diterima: dibayar sampai 31 Mei 2026"} and len(said()) == 3
    assert not any("Rp" in body for _, _, body in said())


def test_two_payments_of_one_batch_tell_one_person_once():
    person = factories.person(on=DAY)
    made = bill(person, months=2)
    tell(notice(made.code, 8_400), notice(made.code, 8_400))
    assert [title for _, title, _ in said(person)] == ["Iuran diterima: dibayar sampai 30 Juni 2026"]


def test_a_payment_after_a_reversal_is_told_again():
    person = factories.person(on=DAY)
    made = bill(person)
    one, _ = paid(made.code, made.amount)
    take_back(one)
    again = bill(person)
    paid(again.code, again.amount)
    assert len(said(person)) == 2


def test_telling_costs_a_payment_one_statement_however_many_people(monkeypatch):
    counts = []
    for size in (1, 300):
        made = pay.bill(people=factories.people(size, on=DAY), group=factories.group(), months=1, by=SYSTEM, on=DAY)
        with CaptureQueriesContext(connection) as captured:
            tell(notice(made.code, made.amount))
        telling = [one for one in captured if "outreach_" in one["sql"]]
        counts.append((len(telling), len(captured)))
    assert counts[0] == counts[1] and counts[0][0] == 1


@pytest.fixture
def ends() -> tuple[int, dt.date, dt.date]:
    """A member paid for May, with the last day on which nothing is in arrears and the last of his grace."""
    person = factories.person(on=DAY)
    made = bill(person)
    paid(made.code, made.amount)
    cover = coverage.protection(person=person, on=DAY)
    assert cover and cover.protected_until and cover.grace_until
    return person, cover.protected_until, cover.grace_until


@pytest.mark.parametrize(("days", "told"), [(8, 0), (7, 1), (6, 1), (2, 1), (1, 1), (0, 1), (-1, 0)])
@pytest.mark.parametrize("which", ["due", "grace"])
def test_from_a_week_ahead_to_the_day_itself(ends, which, days, told):
    person, due, grace = ends
    end = due if which == "due" else grace
    assert remind(end - dt.timedelta(days=days)) == told
    assert len(said(person, f"cover.{which}")) == told


def test_told_twice_before_each_end_however_often_the_run_is_done_or_missed(ends):
    person, due, grace = ends
    for day in range(-10, 3):
        for _ in range(2):
            remind(due + dt.timedelta(days=day))
    assert len(said(person, "cover.due")) == 2
    remind(grace - dt.timedelta(days=4))
    remind(grace)
    titles = [title for _, title, _ in said(person, "cover.grace")]
    assert len(titles) == 2 and titles[0].startswith("Perlindungan terhenti setelah")


def test_who_pays_in_between_is_not_reminded_of_what_is_past(ends):
    person, due, _ = ends
    remind(due - dt.timedelta(days=7))
    made = pay.bill(people=[person], months=1, by=SYSTEM, on=due - dt.timedelta(days=3))
    paid(made.code, made.amount, due - dt.timedelta(days=3))
    assert remind(due - dt.timedelta(days=1)) == 0


def test_a_record_merged_into_another_is_not_reminded(ends):
    from teduh.registry.models import Person

    person, due, _ = ends
    Person.objects.filter(pk=person).update(merged_into=factories.person(on=DAY))
    assert remind(due) == 0


def test_many_are_reminded_page_by_page(monkeypatch):
    monkeypatch.setattr(reminders, "AT_ONCE", 7)
    people = factories.people(20, on=DAY)
    ids = pay.bill_each(people=people, months=1, by=SYSTEM, on=DAY)
    tell(*[notice(v.code, v.amount) for v in (pay.view(bill=one, on=DAY) for one in ids)])
    due = coverage.protection(person=people[0], on=DAY).protected_until
    assert remind(due) == 20 and remind(due) == 0


def test_every_title_fits_and_names_no_amount_in_the_longest_month():
    person = member().person
    one = reminders.Ending(
        person=person, paid_until=dt.date(2026, 9, 30), due_until=dt.date(2026, 9, 30), grace_until=dt.date(2026, 9, 30)
    )
    assert len(list(reminders._reminders(one, dt.date(2026, 9, 30)))) == 2
