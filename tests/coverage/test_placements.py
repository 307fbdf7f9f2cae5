"""A migrant's cover: begins with payment, follows what happens and what is paid, and is told by the phase it is of."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.coverage import card, needs, placements, queries
from teduh.coverage.models import Span
from teduh.journeys.money import pay
from teduh.law import placements as law
from teduh.migrants.models import State
from teduh.registry.models import Enrolment, Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.coverage import placed
from tests.coverage.placed import D
from tests.journeys.paying import paid

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


def on(person: int, day: str) -> queries.Protection:
    found = queries.protection(person=person, on=D(day))
    assert found is not None
    return found


def states(person: int, *days: str) -> list[str]:
    return [on(person, day).state for day in days]


def of(one, phase: str, programme: str = "JKK") -> list[tuple[str, ...]]:
    found = Span.objects.filter(placement=one, phase=phase, programme=programme).order_by("starts")
    return [(str(s.starts), str(s.paid_until), str(s.grace_until)) for s in found]


def a_month(person: int, day: dt.date) -> None:
    asked = pay.bill(people=[person], months=1, by=SYSTEM, on=day)
    paid(asked.code, asked.amount, day)


# -- what is stored


def test_spans_are_what_the_law_draws_by_phase():
    one = placed.departed()
    assert of(one, "before") == of(one, "before", "JKM") == [("2026-01-15", "2026-03-27", "2026-03-27")]
    assert of(one, "during") == of(one, "during", "JKM") == [("2026-03-28", "2028-03-31", "2028-04-30")]
    assert of(one, "after") == []
    placed.tell(one, on="2028-04-10", debarked_on="2028-04-10", home_on="2028-04-12", state=State.HOME)
    assert of(one, "during") == [("2026-03-28", "2028-03-31", "2028-04-09")]
    assert of(one, "after") == [("2028-04-10", "2028-04-12", "2028-04-12")]
    assert of(one, "after", "JKM") == [("2028-04-10", "2028-05-10", "2028-05-10")]


def test_what_is_right_is_not_written_again_and_undoing_brings_back_what_was():
    one = placed.departed()
    before = sorted(Span.objects.filter(placement=one).values_list("id", flat=True))
    assert placements.recompute(placements=[one.id], on=D("2027-01-01")) == 0
    assert sorted(Span.objects.filter(placement=one).values_list("id", flat=True)) == before
    days = sorted(Span.objects.filter(placement=one).values_list("programme", "phase", "starts", "grace_until"))
    placed.tell(one, on="2028-04-10", debarked_on="2028-04-10")
    one.debarked_on = None
    placed.tell(one, on="2028-04-11")
    assert sorted(Span.objects.filter(placement=one).values_list("programme", "phase", "starts", "grace_until")) == days


def test_asked_by_placement_by_bill_or_by_person_it_is_the_same():
    one = placed.placement()
    due = placed.pay(one, "before", "2026-01-15")
    for asked in ({"placements": [one.id]}, {"bills": [due.bill_id]}, {"persons": [one.person_id]}):
        Span.objects.filter(placement=one).delete()
        assert placements.recompute(on=D("2026-01-15"), **asked) == 2
        assert of(one, "before") == [("2026-01-15", "2026-06-15", "2026-06-15")]
    assert placements.recompute(on=D("2026-01-15")) == 0


def test_statements_do_not_grow_with_the_people():
    def cost(count: int) -> int:
        ones = [placed.departed() for _ in range(count)]
        Span.objects.all().delete()
        with CaptureQueriesContext(
            connection,
        ) as seen:
            placements.recompute(placements=[one.id for one in ones], on=D("2026-04-01"))
        return len(seen)

    assert cost(2) == cost(9) <= 3


def test_what_was_withdrawn_or_not_settled_covers_nobody():
    one = placed.placement()
    due = placed.pay(one, "before", "2026-01-15")
    due.settled_on = None
    due.save()
    assert placements.recompute(placements=[one.id], on=D("2026-01-20")) == 2
    assert not Span.objects.filter(placement=one).exists()
    late = placed.placement(departed_on="2026-03-28", state=State.WORKING)
    late.agreements.update(withdrawn_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    placed.pay(late, "during", "2026-03-01")
    assert of(late, "during") == []


def test_a_cancelled_placement_covers_nobody():
    one = placed.placement()
    placed.pay(one, "before", "2026-01-15")
    placed.tell(one, on="2026-02-01", state=State.CANCELLED)
    assert not Span.objects.filter(placement=one).exists()


def test_lives_are_what_the_law_asks_for():
    one = placed.departed()
    placed.agree(one, "2028-04-01", "2029-03-31", ended_on=D("2028-12-31"))
    life, fees = placements.lives(placements=[one.id])[one.id]
    assert life.route == "implementer" and life.departed_on == D("2026-03-28") and not life.abroad
    assert [agreement.last for agreement in life.agreements] == [placed.ENDS, D("2028-12-31")]
    assert [(fee.stage, fee.until) for fee in fees] == [("before", None), ("during", placed.ENDS)]
    assert law.gaps(life=life, fees=fees, on=D("2028-06-01"))[0].code == "extension_unpaid"


def test_cover_follows_who_lives_on():
    one = placed.departed()
    keep = placed.migrant()
    Person.objects.filter(id=one.person_id).update(merged_into=keep)
    assert placements.recompute(persons=[keep], on=D("2026-06-01")) == 4
    assert on(keep, "2026-06-01").state == "protected"
    assert on(one.person_id, "2026-06-01").person == keep


# -- what is told


def test_a_placement_that_is_registered_and_not_paid_protects_nobody_and_says_what_to_do():
    one = placed.placement()
    found = on(one.person_id, "2026-01-20")
    assert (found.state, found.is_protected, found.is_migrant) == ("never", False, True)
    assert found.programmes[0].what.id.startswith("Belum dilindungi: peserta adalah yang terdaftar dan sudah membayar")
    assert found.next_step.id.startswith("Bayar iuran penempatan")
    (source,) = found.sources
    assert (source.placement, source.label.id) == (one.id, "sebagai pekerja migran di Taiwan")
    assert queries.protection(person=one.person_id, on=placed.REGISTERED - A_DAY).is_migrant is False


def test_the_states_follow_the_phases_day_by_day():
    one = placed.departed()
    placed.tell(one, on="2028-04-10", debarked_on="2028-04-10", home_on="2028-05-02", state=State.HOME)
    person = one.person_id
    assert states(person, "2026-01-14", "2026-01-15", "2026-03-27", "2026-03-28", "2028-03-31", "2028-04-01") == [
        "never", "protected", "protected", "protected", "protected", "returning",
    ]  # fmt: skip
    assert states(person, "2028-04-09", "2028-04-10", "2028-05-02", "2028-05-10", "2028-05-11") == [
        "returning", "protected", "protected", "protected", "ended",
    ]  # fmt: skip
    at_home = on(person, "2028-05-03")
    assert at_home.only == ("JKM",) and at_home.protected_until == D("2028-05-10")
    assert on(person, "2028-05-02").only == ()


def test_while_abroad_it_says_until_when_by_the_law_and_what_to_do():
    one = placed.departed()
    found = on(one.person_id, "2026-06-01")
    assert found.programmes[0].what.id == "Dilindungi selama bekerja di luar negeri."
    assert (found.protected_until, found.grace_until) == (D("2028-03-31"), D("2028-04-30"))
    assert (
        "bayar perpanjangan paling lambat hari itu" in found.next_step.id.lower()
        and "31 Maret 2028" in found.next_step.id
    )
    back = on(one.person_id, "2028-04-15")
    assert (back.state, back.protected_until) == ("returning", D("2028-04-30"))
    assert "30 April 2028" in back.next_step.id and any("tidak menyebut" in n.id for n in back.programmes[0].notes)
    over = on(one.person_id, "2028-05-01")
    assert (over.state, over.gap.id) == ("ended", "Tidak ada perlindungan sejak 1 Mei 2028.")


def test_an_individual_who_waits_is_protected_for_jkm_alone_and_told_so():
    one = placed.placement(route="individual")
    placed.pay(one, "during", "2026-03-01")
    found = on(one.person_id, "2026-03-10")
    assert (found.state, found.only, found.protected_until) == ("protected", ("JKM",), D("2026-04-01"))
    states_ = {part.programme: (part.state, part.what.id) for part in found.programmes}
    assert states_["JKM"][1] == "Dilindungi JKM saja sampai berangkat; JKK berlaku sejak berangkat."
    assert states_["JKK"] == ("never", "Belum: bagi pekerja migran perseorangan, JKK baru berlaku sejak berangkat.")
    over = on(one.person_id, "2026-04-02")
    assert over.state == "ended" and "lunas sebelum berangkat" in over.next_step.id


def test_before_departure_the_next_step_names_the_last_day_to_leave():
    one = placed.placement()
    placed.pay(one, "before", "2026-01-15")
    assert on(one.person_id, "2026-02-01").next_step.id.startswith("Berangkat paling lambat 15 Juni 2026")


def test_a_gap_between_the_end_and_a_late_extension_is_said_with_both_days():
    one = placed.departed()
    placed.agree(one, "2028-04-01", "2029-03-31")
    placed.pay(one, "extension", "2028-05-20", until="2029-03-31")
    found = on(one.person_id, "2028-05-10")
    assert found.gap.id == "Tidak ada perlindungan dari 1 Mei 2028 sampai 19 Mei 2028."
    assert states(one.person_id, "2028-05-19", "2028-05-20", "2029-03-31") == ["ended", "protected", "protected"]


# -- beside other sources


def test_a_migrant_may_be_self_employed_too_and_the_best_counts():
    person = factories.person(on=D("2026-01-01"))
    one = placed.placement(person=person)
    placed.pay(one, "before", "2026-01-15")
    a_month(person, D("2026-02-02"))
    found = on(person, "2026-02-10")
    assert found.state == "protected"
    assert {source.label.id for source in found.sources} == {"mandiri", "sebagai pekerja migran di Taiwan"}
    late = on(person, "2026-06-01")
    assert late.state == "protected" and late.sources[0].placement == one.id


def test_a_lapsed_membership_beside_an_unpaid_placement_is_told_of_the_placement():
    person = factories.person(on=D("2026-01-01"))
    a_month(person, D("2026-01-02"))
    placed.placement(person=person, registered="2027-01-10")
    found = on(person, "2027-02-01")
    assert not found.is_protected and found.is_migrant
    assert found.next_step.id.startswith("Bayar iuran penempatan")


def test_two_placements_are_two_sources_and_the_open_one_counts():
    first = placed.departed()
    placed.tell(first, on="2028-04-10", debarked_on="2028-04-10", home_on="2028-04-10", state=State.HOME)
    second = placed.placement(
        person=first.person_id, to="KR", registered="2028-04-20", agreements=[("2028-07-01", "2030-06-30")]
    )
    placed.pay(second, "before", "2028-04-25")
    found = on(first.person_id, "2028-04-26")
    assert found.sources[0].label.en == "as a migrant worker in South Korea"
    assert (found.state, found.protected_until) == ("protected", D("2028-09-25"))


def test_whoever_works_abroad_needs_nothing_of_an_agent_and_afterwards_does():
    one = placed.departed()
    assert one.person_id not in {row.person for row in needs.needs(on=D("2026-06-01"), need="ended")}
    assert one.person_id in {row.person for row in needs.needs(on=D("2028-05-01"), need="ended")}


def test_the_check_by_nik_is_one_statement_and_knows_a_placement():
    one = placed.departed()
    nik = Person.objects.get(id=one.person_id).nik_index
    with CaptureQueriesContext(connection) as seen:
        found = queries.is_protected(nik_index=bytes(nik), on=D("2026-06-01"))
    assert len(seen) <= 1 and found.is_protected and found.sources[0].phase == "during"


# -- the card


def test_the_card_of_a_migrant_says_the_placements_cover_and_until(data_dir):
    one = placed.departed()
    day = D("2026-06-01")
    made = card.issue(
        person=one.person_id, name="Siti Migran", member_number="80000000001",
        cover=on(one.person_id, str(day)), on=day,
    )  # fmt: skip
    assert (made.claims.segment, made.claims.programmes) == ("PMI", ("JKK", "JKM"))
    assert (made.claims.protected_until, made.claims.grace_until) == (D("2028-03-31"), D("2028-04-30"))
    read = card.verify(text=made.text, on=day)
    assert read.standing == "protected" and "sebagai pekerja migran" in read.what.id
    assert card.verify(text=made.text, on=D("2027-06-02")).standing == "expired"


def test_the_card_of_an_individual_who_waits_names_jkm_alone(data_dir):
    one = placed.placement(route="individual")
    placed.pay(one, "during", "2026-03-01")
    cover = on(one.person_id, "2026-03-10")
    made = card.issue(person=one.person_id, name="Siti", member_number="80000000001", cover=cover, on=D("2026-03-10"))
    assert (made.claims.programmes, made.claims.protected_until) == (("JKM",), D("2026-04-01"))
    read = card.verify(text=made.text, on=D("2026-04-01"))
    assert read.standing == "protected" and "untuk JKM saja" in read.what.id
    assert card.verify(text=made.text, on=D("2026-04-02")).standing == "past"


def test_the_card_in_the_return_month_says_so(data_dir):
    one = placed.departed()
    cover = on(one.person_id, "2026-06-01")
    made = card.issue(person=one.person_id, name="Siti", member_number="80000000001", cover=cover, on=D("2026-06-01"))
    again = card.issue(
        person=one.person_id, name="Siti", member_number="80000000001", cover=on(one.person_id, "2028-04-02"),
        on=D("2028-04-02"),
    )  # fmt: skip
    assert again.claims.protected_until == again.claims.grace_until == D("2028-04-30")
    assert made.claims.grace_until == D("2028-04-30")


def test_nobody_is_enrolled_by_being_placed():
    one = placed.departed()
    assert not Enrolment.objects.filter(person=one.person_id).exists()
    assert on(one.person_id, "2026-06-01").enrolled_on is None
