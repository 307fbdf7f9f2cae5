"""A migrant is told in time, by the day where he lives, once, in his morning; and who may pay for him too."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.clock import JAKARTA
from teduh.coverage import placements
from teduh.coverage.models import Span
from teduh.journeys import messages
from teduh.journeys.migrants import occasions, reminder_words, reminders
from teduh.journeys.migrants.occasions import Occasion
from teduh.journeys.migrants.reminder_words import Who
from teduh.outreach import sms_simulator
from teduh.outreach.facts import Telling
from teduh.outreach.models import Delivery, Message, Preference
from teduh.registry.models import Person
from tests import factories
from tests.journeys.migrants.abroad import (
    account,
    called,
    covered,
    organisation,
    placement,
    relative,
    said,
    settled,
    working,
)

pytestmark = pytest.mark.django_db
END = dt.date(2026, 8, 2)
TAIPEI = ZoneInfo("Asia/Taipei")


def remind(day: dt.date, hour: float = 12, zone: ZoneInfo | dt.tzinfo = TAIPEI, **more: int) -> int:
    """The run at an hour of a day somewhere; the run's own date is Jakarta's."""
    at = dt.datetime.combine(day, dt.time(int(hour), int(hour % 1 * 60)), zone)
    return reminders.remind(on=at.astimezone(JAKARTA).date(), at=at, **more)


def before(days: int, end: dt.date = END) -> dt.date:
    return end - dt.timedelta(days=days)


@pytest.mark.parametrize(("days", "told"), [
    (92, 0), (91, 0), (90, 1), (84, 1), (83, 0), (61, 0), (60, 1), (59, 1), (54, 1), (53, 0), (31, 0), (30, 1), (24, 1),
    (23, 0), (15, 0), (14, 1), (13, 1), (8, 1), (7, 1), (6, 1), (0, 1),
])  # fmt: skip
def test_reminders_begin_90_60_30_14_and_7_days_before_and_a_missed_one_is_made_good_for_a_week(days, told):
    working()
    assert remind(before(days)) == told and len(said("pmi.ending")) == told


def test_five_reminders_however_often_the_run_is_done_or_missed():
    working()
    for day in range(100, -1, -1):
        for hour in (0, 9, 23):
            remind(before(day), hour)
    assert len(said("pmi.ending")) == 5
    left = [body.split("(")[1].split(")")[0] for _, body in said("pmi.ending")]
    assert left == ["90 hari lagi", "60 hari lagi", "30 hari lagi", "14 hari lagi", "7 hari lagi"]


def test_a_run_that_was_away_for_days_tells_what_is_true_now_once():
    working()
    assert [remind(before(days)) for days in (12, 11, 3)] == [1, 0, 1]
    assert [body.split("(")[1].split(")")[0] for _, body in said()] == ["12 hari lagi", "3 hari lagi"]


def test_it_says_until_when_what_a_month_costs_and_how():
    working()
    remind(before(30))
    assert said() == [(
        "Perlindungan Anda sampai 2 Agustus 2026: perpanjang sebelum itu",
        "Perlindungan Anda di luar negeri sudah dibayar sampai 2 Agustus 2026 (30 hari lagi). Perjanjian kerja "
        "diperpanjang? Bayar perpanjangannya sebelum hari itu, Rp13.500 per bulan, satu langkah di halaman Perpanjang. "
        "Pulang? Perlindungan masih berlaku sampai 2 September 2026 untuk menyiapkan kepulangan.",
    )]  # fmt: skip
    assert Message.objects.get().link == "/saya/migran/perpanjang/"


def test_an_agreement_that_goes_on_unpaid_is_said():
    one = working()
    type(one).objects.update(ends_on=dt.date(2027, 8, 2))
    remind(before(30))
    assert "tetapi perjanjian kerjanya berlanjut" in said()[0][1]


@pytest.mark.parametrize(("to", "zone"), [
    ("NZ", "Pacific/Auckland"), ("US", "America/Los_Angeles"), ("SA", "Asia/Riyadh"), ("TW", "Asia/Taipei"),
])  # fmt: skip
def test_days_are_counted_where_he_lives_on_both_sides_of_midnight(to, zone):
    working(to)
    there = ZoneInfo(zone)
    assert remind(before(91), 23.9, there) == 0
    assert remind(before(90), 0.1, there) == 1


def test_his_own_choice_of_zone_goes_before_the_destinations():
    one = working("US")
    Preference.objects.create(person_id=one.person_id, zone="Pacific/Auckland")
    assert remind(before(91), 23.9, ZoneInfo("Pacific/Auckland")) == 0
    assert remind(before(90), 0.1, ZoneInfo("Pacific/Auckland")) == 1
    assert Preference.objects.get().zone == "Pacific/Auckland"


def test_it_rings_when_his_quiet_hours_are_over_by_his_own_clock():
    one = working("SA")
    Person.objects.filter(pk=one.person_id).update(phone="+966501234567")
    midnight = dt.datetime(2026, 7, 3, 0, 15, tzinfo=ZoneInfo("Asia/Riyadh"))
    assert reminders.remind(on=dt.date(2026, 7, 3), at=midnight) == 1
    gateway = sms_simulator.Simulator()
    assert messages.send_due(at=midnight, gateway=gateway).tried == 0
    sms = Delivery.objects.get(channel="sms")
    assert sms.due_at.astimezone(ZoneInfo("Asia/Riyadh")) == dt.datetime(2026, 7, 3, 6, tzinfo=ZoneInfo("Asia/Riyadh"))
    messages.send_due(at=sms.due_at, gateway=gateway)
    assert gateway.outbox[0].text.startswith("Teduh: Perlindungan Anda sampai 2 Agustus 2026: perpanjang sebelum itu")


def test_going_abroad_moves_his_clock_and_keeps_his_other_wishes():
    person = factories.person()
    Preference.objects.create(person_id=person, sms="always", quiet_from=dt.time(20), show_amounts=True)
    reminders.goes_abroad(person=person, zone="Asia/Taipei")
    kept = Preference.objects.get()
    assert (kept.zone, kept.sms, kept.quiet_from, kept.show_amounts) == ("Asia/Taipei", "always", dt.time(20), True)
    reminders.comes_home(person=person)
    assert Preference.objects.get().zone == "Asia/Jakarta"


def test_who_has_no_wishes_yet_gets_the_zone_alone():
    person = factories.person()
    reminders.goes_abroad(person=person, zone="Asia/Taipei")
    made = Preference.objects.get(person=person)
    assert (made.zone, made.sms, made.push, made.quiet_until) == ("Asia/Taipei", "otherwise", True, dt.time(6))


def test_relatives_who_may_pay_or_extend_are_told_by_name_and_others_are_not():
    one = working()
    called(one.person_id, "Budi Santoso")
    for n, may in enumerate((["pay"], ["extend"], ["see", "speak"])):
        relative(one.person_id, may=may, phone=f"+628120000000{n}")
    assert remind(before(30)) == 3
    titles = [title for title, _ in said("pmi")]
    assert titles.count("Perlindungan Budi S. sampai 2 Agustus 2026: perpanjang sebelum itu") == 2
    assert remind(before(29)) == 0


def test_a_relative_who_is_no_member_gets_an_sms_that_says_where_to_look_and_has_no_inbox():
    one = working()
    called(one.person_id, "Budi Santoso")
    relative(one.person_id, phone="+6281200000001")
    remind(before(30), 12)
    gateway = sms_simulator.Simulator()
    messages.send_due(at=dt.datetime.combine(before(30), dt.time(12), JAKARTA), gateway=gateway)
    (carried,) = [sent for sent in gateway.outbox if sent.to == "+6281200000001"]
    assert "Budi S." in carried.text and "buka Teduh" in carried.text and "halaman Pesan" not in carried.text
    assert not Delivery.objects.filter(channel="inbox", message__person=None).exists()


def test_a_relative_who_is_a_member_has_it_in_his_own_inbox():
    from teduh.journeys.migrants import family
    from tests.journeys.migrants.abroad import AT, ON

    one = working()
    wife = account(factories.person())
    made = family.name(person=one.person_id, name="Siti", relation="spouse", phone=None, may=["pay"], on=ON, at=AT,
                       by=account(one.person_id))  # fmt: skip
    assert remind(before(60)) == 1
    family.spend(code=made.code, by=wife, at=AT)
    assert remind(before(30)) == 2 and len(said("pmi.ending", person=wife.person)) == 1


def test_a_relative_who_was_ended_and_one_who_has_not_spent_his_code_hear_nothing():
    from teduh.journeys.migrants import family
    from tests.journeys.migrants.abroad import AT, ON, mine

    one = working()
    relative(one.person_id)
    worker = mine(one.person_id)
    family.end(relative=family.of(person=one.person_id, by=worker)[0].id, by=worker, on=ON)
    family.name(person=one.person_id, name="Adi", relation="sibling", phone="081200000009", may=["pay"], on=ON, at=AT,
                by=worker)  # fmt: skip
    assert remind(before(30)) == 1


@pytest.mark.parametrize("state", ["missing", "died", "home", "registered", "cancelled"])
def test_who_is_not_at_work_abroad_is_not_reminded_to_extend(state):
    working(state=state)
    assert remind(before(30)) == 0


def test_the_last_payment_counts_and_who_extended_is_not_reminded_of_the_old_end():
    one = working()
    remind(before(30))
    Span.objects.filter(placement=one).update(
        paid_until=dt.date(2027, 2, 2), due_until=dt.date(2027, 2, 2), grace_until=dt.date(2027, 3, 2)
    )
    assert remind(before(7)) == 0
    assert remind(before(90, dt.date(2027, 2, 2))) == 1


WAIT = dt.date(2026, 9, 1)


@pytest.mark.parametrize(("days", "title"), [
    (31, ""), (30, "Perlindungan sebelum berangkat Anda sampai 1 September 2026"), (24, "Perlindungan sebelum"),
    (23, ""),
    (8, ""), (7, "Perlindungan sebelum"), (0, "Perlindungan sebelum"),
    (-1, "Perlindungan sebelum berangkat Anda habis 1 September 2026"), (-30, "Perlindungan sebelum"), (-31, ""),
])  # fmt: skip
def test_the_wait_of_five_months_is_told_30_and_7_days_before_and_when_it_is_over(days, title):
    one = placement(state="registered", by=organisation(), starts=dt.date(2027, 1, 1), ends=dt.date(2029, 1, 1))
    covered(one, "before", dt.date(2026, 4, 1), WAIT)
    assert remind(before(days, WAIT), zone=JAKARTA) == bool(title)
    assert all(told.startswith(title) for told, _ in said())


def test_the_wait_of_a_month_is_told_only_seven_days_before():
    one = placement(state="registered", starts=dt.date(2027, 1, 1), ends=dt.date(2029, 1, 1))
    covered(one, "before", dt.date(2026, 8, 1), WAIT)
    assert remind(before(30, WAIT), zone=JAKARTA) == 0 and remind(before(7, WAIT), zone=JAKARTA) == 1
    assert "Naskah tidak mengatur perpanjangannya" in said()[0][1]
    assert "Lunasi iuran selama bekerja" in said()[0][1]


@pytest.mark.parametrize(("days", "told"), [(15, 0), (14, 1), (0, 1), (-1, 0)])
def test_a_departure_that_is_near_with_its_fee_unpaid(days, told):
    starts = dt.date(2026, 10, 1)
    placement(state="registered", starts=starts, ends=dt.date(2028, 10, 1))
    assert remind(before(days, starts), zone=JAKARTA) == told == len(said("pmi.departing"))


def test_the_month_to_return_is_told_when_it_begins_and_a_week_before_it_ends():
    working()
    days = [END + dt.timedelta(days=n) for n in range(35)]
    told = [day for day in days if remind(day, 1) and said("pmi.returning")]
    titles = [title for title, _ in said("pmi.returning")]
    assert titles == ["Masa menyiapkan kepulangan Anda sampai 2 September 2026"] * 2
    assert told[-3:] == [END + dt.timedelta(days=1), dt.date(2026, 8, 26), dt.date(2026, 9, 3)]
    assert "Naskah tidak menyebut apakah bulan ini menjamin pekerjaan" in said("pmi.returning")[0][1]


@pytest.mark.parametrize(("days", "told"), [(0, 0), (1, 1), (29, 1), (30, 1), (31, 1), (121, 1), (122, 0)])
def test_the_gap_is_told_from_its_first_day_and_after_thirty(days, told):
    working()
    assert remind(dt.date(2026, 9, 2) + dt.timedelta(days=days)) == told + (days == 0)
    assert len(said("pmi.gap")) == told


def test_the_gap_is_said_twice_with_its_day_and_how_it_is_healed():
    one = working()
    type(one).objects.update(ends_on=dt.date(2027, 8, 2))
    for n in range(70):
        remind(dt.date(2026, 9, 3) + dt.timedelta(days=n))
    assert {title for title, _ in said("pmi.gap")} == {"Anda tidak terlindungi sejak 3 September 2026: bayar sekarang"}
    assert len(said("pmi.gap")) == 2
    assert said("pmi.gap")[0][1] == (
        "Sejak 3 September 2026 Anda bekerja di luar negeri tanpa perlindungan. Iuran perpanjangan belum dibayar "
        "ketika perlindungan berakhir. Bayar perpanjangan: perlindungan mulai lagi pada hari pembayaran. Hari yang "
        "lewat tidak dapat dibeli."
    )


def test_who_left_without_paying_hears_it_from_the_day_of_departure():
    placement(departed_on=dt.date(2026, 5, 1), starts=dt.date(2026, 5, 1), ends=dt.date(2028, 5, 1))
    assert remind(dt.date(2026, 5, 3)) == 1
    title, body = said("pmi.gap")[0]
    assert title == "Anda tidak terlindungi sejak 1 Mei 2026: bayar sekarang"
    assert "Belum ada iuran selama bekerja yang dibayar." in body


def test_who_has_no_agreement_yet_is_told_what_is_missing_before_he_can_pay():
    one = placement(ends=None)
    type(one).objects.update(departed_on=None, entry="abroad", registered_on=dt.date(2026, 5, 1))
    assert remind(dt.date(2026, 5, 2)) == 1
    title, body = said("pmi.gap")[0]
    assert title.endswith("sejak 1 Mei 2026: lengkapi data") and "surat keterangan Perwakilan RI" in body


def test_who_paid_again_hears_nothing_more_of_his_gap():
    one = working()
    remind(dt.date(2026, 9, 10))
    covered(one, "during", dt.date(2026, 9, 12), dt.date(2027, 6, 1))
    assert remind(dt.date(2026, 10, 10)) == 0


HERE = dt.date(2026, 8, 10)


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 1), (22, 1), (23, 1), (30, 1), (31, 0)])
def test_after_the_return_the_way_on_is_offered(days, told):
    one = placement(state="returning", debarked_on=HERE)
    covered(one, "after", HERE, HERE + dt.timedelta(days=30))
    assert remind(HERE + dt.timedelta(days=days), zone=JAKARTA) == told
    if told:
        assert said("pmi.home")[0][1].startswith(
            "Perlindungan Anda setelah tiba di Indonesia berlaku sampai 9 September"
        )


def test_after_the_return_at_once_and_in_the_last_week_and_not_who_is_covered_by_other_work():
    one = placement(state="home", debarked_on=HERE, home_on=HERE)
    for n in range(31):
        remind(HERE + dt.timedelta(days=n), zone=JAKARTA)
    assert len(said("pmi.home")) == 2
    other = placement(state="home", debarked_on=HERE, home_on=HERE)
    until = dt.date(2026, 9, 30)
    Span.objects.create(person_id=other.person_id, programme="JKK", segment="BPU", starts=HERE, articles=["x"],
                        paid_until=until, due_until=until, grace_until=dt.date(2026, 12, 31))  # fmt: skip
    assert remind(HERE, zone=JAKARTA) == 0 and one.pk


def test_a_record_merged_into_another_is_told_as_who_he_is_now():
    one = working()
    lives = factories.person()
    Person.objects.filter(pk=one.person_id).update(merged_into=lives)
    assert remind(before(30)) == 1 and len(said(person=lives)) == 1


def test_many_are_told_page_by_page_with_the_same_statements_on_each():
    for n in range(5):
        relative(working().person_id, phone=f"+628120000000{n}")
    assert remind(before(30), limit=2) == 10 and remind(before(30), limit=2) == 0


def test_the_number_of_statements_does_not_grow_with_the_people():
    counts = []
    for day, size in ((before(90), 1), (before(60), 12)):
        for n in range(size):
            relative(working().person_id, phone=f"+6281200{size:02d}{n:05d}")
        with CaptureQueriesContext(connection) as captured:
            assert remind(day) >= 2 * size
        counts.append(len(captured))
    assert counts[1] <= counts[0]


LONGEST = dt.date(2026, 9, 30)


@pytest.mark.parametrize("kind", occasions.STATEMENTS)
@pytest.mark.parametrize("days", [-5, 0, 90])
@pytest.mark.parametrize("until", [None, LONGEST])
def test_every_title_fits_with_the_longest_name_and_names_no_amount(kind, days, until):
    for detail in (True, False):
        one = Occasion(1, 1, kind, 7, "k", LONGEST, until, days, detail, "Asia/Taipei", False)
        for who in (Who(), Who("Abdurrahmanudinsyah S.")):
            title, body = reminder_words.said(one, who=who, on=dt.date(2026, 9, 1))
            Telling(person=1, kind=kind, title=title, body=body, link="/", key="k")
            assert "{" not in title.id + title.en + body.id + body.en
            assert title.en[0].isupper() and body.id[0].isupper()


def test_braces_in_a_name_are_only_letters():
    one = Occasion(1, 1, "pmi.gap", 0, "k", LONGEST, None, 0, True, "", False)
    assert reminder_words.said(one, who=Who("{day}"), on=LONGEST)[0].id.startswith("{day} tidak terlindungi")


def test_a_wait_at_home_writes_no_zone_down_that_would_hold_abroad():
    one = placement(state="registered", by=organisation(), starts=dt.date(2027, 1, 1), ends=dt.date(2029, 1, 1))
    covered(one, "before", dt.date(2026, 4, 1), WAIT)
    remind(before(7, WAIT), zone=JAKARTA)
    assert not Preference.objects.exists()


def test_what_was_paid_and_drawn_out_by_the_law_is_what_he_is_reminded_of():
    one = placement(starts=dt.date(2025, 8, 2))
    settled(one, ("during", END, 189_000))
    placements.recompute(placements=[one.pk], on=dt.date(2026, 4, 2))
    assert remind(before(30)) == 1
    assert said()[0][0] == "Perlindungan Anda sampai 2 Agustus 2026: perpanjang sebelum itu"
    assert "sampai 2 September 2026 untuk menyiapkan kepulangan" in said()[0][1]
