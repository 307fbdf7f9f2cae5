"""Is this person protected on this day: stored dates that stay true, read with one statement."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from teduh.coverage import actions, queries
from teduh.coverage.models import Span
from teduh.journeys.money import pay
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.paying import nothing_is_wrong, paid, spans, take_back

pytestmark = pytest.mark.django_db
APRIL = dt.date(2026, 4, 9)


def protected(*, months: int = 1, on: dt.date = APRIL, **wanted) -> int:
    person = factories.person(on=on, **wanted)
    pay_for(person, months=months, on=on)
    return person


def pay_for(person: int, *, months: int = 1, on: dt.date) -> None:
    made = pay.bill(people=[person], months=months, by=SYSTEM, on=on)
    paid(made.code, made.amount, on)


def on(person: int, day: dt.date) -> queries.Protection:
    found = queries.protection(person=person, on=day)
    assert found is not None
    return found


def test_a_month_paid_protects_until_the_next_is_due_then_grace_then_nothing():
    """15 May 2026 is a day of collective leave before a week-end: the due date moves to the 18th."""
    person = protected()
    boundaries = {
        dt.date(2026, 4, 8): "never", dt.date(2026, 4, 9): "protected", dt.date(2026, 4, 30): "protected",
        dt.date(2026, 5, 1): "protected", dt.date(2026, 5, 17): "protected", dt.date(2026, 5, 18): "protected",
        dt.date(2026, 5, 19): "grace",
    }  # fmt: skip
    assert {day: on(person, day).state for day in boundaries} == boundaries
    end = on(person, APRIL).grace_until
    states = [on(person, end + dt.timedelta(days=n)).state for n in (-1, 0, 1)]
    assert states == ["grace", "grace", "lapsed"]


def test_a_day_long_past_still_gives_the_same_answer_after_later_payments():
    person = protected()
    before = {day: on(person, dt.date(2026, 4, day)).state for day in (8, 9, 30)}
    pay_for(person, on=dt.date(2026, 5, 10))
    pay_for(person, on=dt.date(2026, 12, 20))
    assert {day: on(person, dt.date(2026, 4, day)).state for day in (8, 9, 30)} == before
    assert [on(person, d).state for d in (dt.date(2026, 11, 30), dt.date(2026, 12, 20))] == [
        "lapsed", "protected",
    ]  # fmt: skip
    assert Span.objects.filter(person=person, programme="JKK").count() == 2
    nothing_is_wrong(dt.date(2026, 12, 20))


def test_arrears_paid_within_grace_join_the_span():
    person = protected()
    pay_for(person, months=4, on=dt.date(2026, 7, 20))
    assert Span.objects.filter(person=person, programme="JKK").count() == 1
    assert on(person, dt.date(2026, 7, 20)).protected_from == APRIL


def test_each_answer_says_for_what_and_why():
    person = protected(programmes=("JKK", "JKM", "JHT"))
    grace = on(person, dt.date(2026, 5, 20))
    assert [p.programme for p in grace.programmes] == ["JKK", "JKM", "JHT"]
    assert "perawatan medis" in grace.programmes[0].what.id
    assert "PP 44/2015 Pasal 39(1)a" in grace.programmes[0].articles
    assert grace.programmes[2].state == "protected"
    assert "Lunasi tunggakan paling lambat" in grace.next_step.id
    for day in (dt.date(2026, 4, 1), dt.date(2027, 4, 1)):
        assert on(person, day).next_step.id.startswith("Bayar iuran")
        assert not on(person, day).is_protected


def test_the_check_by_nik_is_one_statement_and_follows_merges():
    kept, gone = protected(), factories.person(on=APRIL)
    index = bytes(Person.objects.get(id=gone).nik_index)
    with CaptureQueriesContext(connection) as captured:
        assert queries.is_protected(nik_index=index, on=APRIL).state == "never"
    assert len(captured) == 1
    Person.objects.filter(id=gone).update(merged_into=kept)
    found = queries.is_protected(nik_index=index, on=APRIL)
    assert (found.person, found.asked, found.state) == (kept, gone, "protected")


def test_nobody_has_an_unknown_nik():
    assert queries.is_protected(nik_index=b"\0" * 32, on=APRIL) is None
    assert queries.protection(person=10**12, on=APRIL) is None


def test_many_people_are_one_statement():
    people = [protected(), factories.person(on=APRIL)]
    with CaptureQueriesContext(connection) as captured:
        found = queries.many(persons=[*people, 10**12], on=APRIL)
    assert len(captured) == 1
    assert {person: one.state for person, one in found.items()} == {people[0]: "protected", people[1]: "never"}


def test_what_a_merged_record_paid_protects_the_one_that_lives_on():
    kept, gone = factories.person(on=APRIL), protected(programmes=("JKK", "JKM", "JHT"))
    Person.objects.filter(id=gone).update(merged_into=kept)
    actions.recompute(persons=[gone], on=APRIL)
    assert on(kept, APRIL).state == on(gone, APRIL).state == "protected"
    assert not Span.objects.filter(person=gone).exists()


def test_recomputing_changes_nothing_that_is_right():
    person = protected(months=3)
    before = spans()
    with CaptureQueriesContext(connection) as captured:
        actions.recompute(persons=[person], on=APRIL)
    assert spans() == before
    assert len(captured) == 1


def test_a_reversal_takes_the_cover_of_its_months_only():
    person = protected()
    made = pay.bill(people=[person], months=2, by=SYSTEM, on=dt.date(2026, 5, 3))
    one, _ = paid(made.code, made.amount, dt.date(2026, 5, 3))
    before = on(person, dt.date(2026, 5, 3)).grace_until
    take_back(one, dt.date(2026, 5, 4))
    after = on(person, dt.date(2026, 5, 3))
    assert (after.state, after.programmes[0].paid_until) == ("protected", dt.date(2026, 4, 30))
    assert after.grace_until < before


def test_two_spans_of_one_programme_cannot_overlap():
    person = protected()
    own = Span.objects.get(person=person, programme="JKK")
    with pytest.raises(IntegrityError, match="span_no_overlap"), transaction.atomic():
        Span.objects.create(
            person_id=person, programme="JKK", starts=own.grace_until, paid_until=own.grace_until,
            due_until=own.grace_until, grace_until=own.grace_until + dt.timedelta(days=90), articles=[],
        )  # fmt: skip


def test_people_are_listed_by_what_they_need_next():
    agent = factories.user("agent")
    day = dt.date(2026, 6, 20)
    lapsed = protected(on=dt.date(2026, 1, 9), agent=agent)
    grace = protected(agent=agent)
    soon = protected(on=dt.date(2026, 6, 2), agent=agent)
    safe = protected(on=dt.date(2026, 6, 2), months=6, agent=agent)
    new = factories.person(on=day, agent=agent)
    factories.person(on=day)
    found = queries.needs(on=day, agent=agent.id)
    assert [(row.person, row.need) for row in found] == [
        (grace, "grace"), (new, "first_bill"), (soon, "expiring"), (lapsed, "lapsed"), (safe, "none"),
    ]  # fmt: skip
    first = queries.needs(on=day, agent=agent.id, limit=2)
    rest = queries.needs(on=day, agent=agent.id, limit=9, after=first[-1].cursor)
    assert [*first, *rest] == [*found]
    assert queries.counts(on=day, agent=agent.id) == {
        "grace": 1, "first_bill": 1, "expiring": 1, "lapsed": 1, "ended": 0, "none": 1
    }  # fmt: skip
    assert [row.person for row in queries.needs(on=day, agent=agent.id, need="lapsed")] == [lapsed]
    ends = queries.ends_between(first=dt.date(2026, 6, 1), last=dt.date(2026, 6, 30), agent=agent.id)
    assert ends == {dt.date(2026, 6, 30): 1}
