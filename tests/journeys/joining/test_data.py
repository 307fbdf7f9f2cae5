"""Correcting one's data: what one changes oneself, what an officer decides, and what is written down of it."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys.joining import data
from teduh.journeys.money import pay
from teduh.law.months import Month
from teduh.registry import facts, queries
from teduh.registry.models import Consent, Heir, Person
from teduh.security.models import Event
from tests import factories
from tests.registry.newcomers import AT, FAR, ON, enrolled, member, newcomer

pytestmark = pytest.mark.usefixtures("db", "regions")


@pytest.fixture
def person():
    return member()


@pytest.fixture
def himself(person):
    return factories.actor("member", person=person)


def correct(person, by, **changes):
    return data.correct(person=person, changes=changes, by=by, on=ON, at=AT)


def request(person, by, field, value, **more):
    return data.request(person=person, field=field, value=value, evidence="KTP baru", by=by, on=ON, **more)


def test_a_member_changes_how_and_where_to_reach_him_at_once(person, himself):
    done = correct(
        person, himself, phone="0813-9999-0001", email="a@b.id", address="Jl. Baru 2", lives_in=FAR, works_in=FAR
    )
    assert done.changed == ("phone", "email", "address", "lives_in", "works_in")
    one = Person.objects.get(id=person)
    assert (one.phone, one.lives_in_id) == ("+6281399990001", FAR)
    assert one.registered_at_id != FAR
    found = queries.find(actor=factories.actor("officer"), why="x", phone="+6281399990001")
    assert [row.id for row in found] == [person]


def test_the_record_says_which_fields_changed_and_never_what_they_hold(person, himself):
    correct(person, himself, phone="081399990001", email="", income=3_000_000)
    events = Event.objects.filter(subject=f"person:{person}", action__in=("person.corrected", "person.declared"))
    contact, work = events.order_by("id")
    assert contact.detail["fields"] == {"phone": {"class": "personal", "old": "given", "new": "given"}}
    assert work.detail["fields"].keys() == {"income"}
    assert "3000000" not in str(work.detail)
    assert "8139999" not in str(contact.detail)


def test_what_did_not_change_is_not_written_down(person, himself):
    before = Event.objects.count()
    phone = Person.objects.get(id=person).phone
    assert correct(person, himself, phone=phone, income=1_500_000).changed == ()
    assert Event.objects.count() == before


def test_income_counts_from_a_month_on_and_never_for_the_past(person, himself):
    done = correct(person, himself, income="3.000.000")
    assert "2026-05" in done.notes[0].id
    income = {
        month: queries.members.members(persons=[person], month=Month(2026, month))[person].income for month in (4, 5)
    }
    assert income == {4: 1_500_000, 5: 3_000_000}
    with pytest.raises(Refused) as refused:
        data.correct(person=person, changes={"income": 1}, by=himself, on=ON, at=AT, from_month=Month(2026, 3))
    assert refused.value.field == "from_month"


def test_heirs_are_named_anew_and_those_before_stay_on_record(person, himself):
    correct(person, himself, heirs=[{"name": "Budi", "relation": "child"}, facts.HeirNamed("Sri", "spouse")])
    assert Heir.objects.filter(person=person, ended_on=ON).count() == 1
    assert {row.name for row in Heir.objects.filter(person=person, ended_on=None)} == {"Budi", "Sri"}


@pytest.mark.parametrize("field", ["name", "nik", "birth_date", "sex", "registered_at", "member_number", "x"])
def test_who_somebody_is_he_does_not_change_himself(person, himself, field):
    with pytest.raises(Refused) as refused:
        correct(person, himself, **{field: "x"})
    assert refused.value.field == field
    assert refused.value.code in ("needs_evidence", "field_unknown")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "8.1E+10"}, "phone"), ({"email": "x"}, "email"), ({"lives_in": "99.99"}, "lives_in"),
        ({"address": "a" * 10**6}, "address"), ({"occupation": "penyihir"}, "occupation"), ({"income": -1}, "income"),
        ({"heirs": [{"name": "\x00", "relation": "child"}]}, "heirs"),
    ],
)  # fmt: skip
def test_one_wrong_field_changes_nothing_at_all(person, himself, changes, field):
    with pytest.raises(Refused) as refused:
        correct(person, himself, email="baru@contoh.id", **changes) if "email" not in changes else correct(
            person, himself, **changes
        )
    assert refused.value.field == field
    assert Person.objects.get(id=person).email is None


def test_nobody_corrects_somebody_who_is_not_his(person):
    other = enrolled(newcomer(), by=factories.actor("agent"), channel="agent").made[0][1]
    for by in (factories.actor("member", person=other), factories.actor("agent")):
        with pytest.raises(Refused) as refused:
            correct(person, by, phone="081399990001")
        assert refused.value.status == 404


def test_a_name_changes_when_an_officer_has_seen_the_evidence(person, himself):
    wish = request(person, himself, "name", "Slamet Raharjo Putra")
    officer = factories.actor("officer")
    (row,) = queries.corrections(actor=officer, why="antrean")
    assert (row.id, row.field, row.value, row.evidence) == (wish.waits, "name", "Slamet Raharjo Putra", "KTP baru")
    with pytest.raises(Refused) as refused:
        data.decide(correction=wish.waits, approve=True, why="x", by=himself, on=ON, at=AT)
    assert refused.value.status == 403
    data.decide(correction=wish.waits, approve=True, why="KTP asli diperiksa", by=officer, on=ON, at=AT)
    assert Person.objects.get(id=person).name == "Slamet Raharjo Putra"
    assert [row.id for row in queries.find(actor=officer, why="x", name="putra")] == [person]
    with pytest.raises(Refused) as refused:
        data.decide(correction=wish.waits, approve=False, why="x", by=officer, on=ON, at=AT)
    assert refused.value.code == "correction_decided"


def test_an_officer_does_not_decide_his_own_request(person):
    officer = factories.actor("officer")
    wish = request(person, officer, "sex", "P")
    with pytest.raises(Refused) as refused:
        data.decide(correction=wish.waits, approve=True, why="x", by=officer, on=ON, at=AT)
    assert refused.value.code == "takes_two_people"
    data.decide(
        correction=wish.waits, approve=False, why="tidak sesuai KTP", by=factories.actor("officer"), on=ON, at=AT
    )
    assert Person.objects.get(id=person).sex == "M"


def test_a_nik_of_another_member_is_refused_and_points_to_merging(person):
    other = newcomer()
    enrolled(other)
    wish = request(person, factories.actor("officer"), "nik", other.nik)
    with pytest.raises(Refused) as refused:
        data.decide(correction=wish.waits, approve=True, why="x", by=factories.actor("officer"), on=ON, at=AT)
    assert refused.value.code == "nik_of_another"
    assert Person.objects.get(id=person).nik != other.nik


def test_without_evidence_there_is_no_request(person, himself):
    with pytest.raises(Refused) as refused:
        data.request(person=person, field="name", value="X", evidence=" \x00", by=himself, on=ON)
    assert refused.value.field == "evidence"


@pytest.mark.parametrize(
    ("changed_on", "is_late"),
    [(dt.date(2026, 3, 31), False), (dt.date(2026, 3, 30), True), (dt.date(2026, 1, 2), True), (ON, False)],
)
def test_a_change_reported_after_seven_working_days_is_accepted_and_says_so(person, himself, changed_on, is_late):
    done = request(person, himself, "birth_date", "17-08-1986", changed_on=changed_on)
    assert (data.LATE in done.notes) is is_late


def test_consent_to_messages_can_be_taken_back_and_to_membership_not(person, himself):
    data.withdraw_consent(person=person, purposes=("identity",), by=himself, on=ON, at=AT)
    given, left = Consent.objects.filter(person=person).order_by("id")
    assert given.withdrawn_at == AT
    assert left.purposes == ["membership"]
    with pytest.raises(Refused):
        data.withdraw_consent(person=person, purposes=("membership",), by=himself, on=ON, at=AT)


def test_a_bill_asks_for_each_month_what_was_declared_for_it(person, himself):
    correct(person, himself, income=3_000_000)
    made = pay.bill(people=[person], months=3, by=factories.actor("officer"), on=ON)
    jkk = {line.month: line.amount for line in made.lines if line.programme == "JKK"}
    assert jkk[Month(2026, 4)] < jkk[Month(2026, 5)] == jkk[Month(2026, 6)]
