"""One placement as one timeline: protected until, for what, what comes next, and days without cover said plainly."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.errors import Refused
from teduh.journeys.migrants import timeline
from teduh.migrants.models import State
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories
from tests.coverage import placed
from tests.coverage.placed import D

pytestmark = pytest.mark.usefixtures("db")


def at(one, day: str) -> timeline.Timeline:
    return timeline.timeline(placement=one.id, by=SYSTEM, on=D(day))


def drawn(one, day: str) -> list[tuple[str, str]]:
    return [(phase.phase, phase.state) for phase in at(one, day).phases]


def test_a_whole_way_is_drawn_phase_by_phase():
    one = placed.placement()
    assert drawn(one, "2026-01-12") == [("before", "open"), ("during", "open"), ("after", "open")]
    placed.pay(one, "before", "2026-01-15")
    assert drawn(one, "2026-01-20") == [("before", "now"), ("during", "open"), ("after", "open")]
    placed.pay(one, "during", "2026-03-01")
    assert drawn(one, "2026-03-02") == [("before", "now"), ("during", "next"), ("after", "open")]
    placed.tell(one, on="2026-03-28", departed_on="2026-03-28", state=State.WORKING)
    assert drawn(one, "2026-03-28") == [("before", "past"), ("during", "now"), ("after", "open")]
    placed.tell(one, on="2028-04-10", debarked_on="2028-04-10", state=State.RETURNING)
    assert drawn(one, "2028-04-10") == [("before", "past"), ("during", "past"), ("after", "now")]


def test_before_departure_the_step_names_what_to_pay_and_by_when():
    one = placed.placement()
    assert at(one, "2026-01-12").next_step.id.startswith("Bayar iuran sebelum bekerja")
    placed.pay(one, "before", "2026-01-15")
    told = at(one, "2026-01-20")
    assert (told.protected, told.protected_until, told.next_by) == (True, D("2026-06-15"), D("2026-06-15"))
    assert told.for_what.id == "JKK dan JKM sampai berangkat"
    assert told.next_step.id == "Bayar iuran selama bekerja sebelum berangkat, paling lambat 15 Juni 2026."
    late = at(one, "2026-06-16")
    assert (late.protected, late.for_what.id) == (False, "Belum ada perlindungan pada hari ini.")
    assert late.gaps[0].starts == D("2026-06-16") and late.gaps[0].until is None
    assert "Naskah tidak mengatur perpanjangannya" in late.gaps[0].next.id
    placed.pay(one, "during", "2026-06-20")
    assert "mulai lagi pada hari berangkat" in at(one, "2026-06-20").next_step.id


def test_an_individual_is_told_that_jkm_alone_counts_until_departure():
    one = placed.placement(route="individual")
    assert "JKM berlaku sejak hari pembayaran, JKK sejak berangkat" in at(one, "2026-01-12").next_step.id
    placed.pay(one, "during", "2026-03-01")
    told = at(one, "2026-03-10")
    assert (told.only, told.protected_until) == (("JKM",), D("2026-04-01"))
    assert told.for_what.id == "JKM saja sampai berangkat; JKK sejak berangkat"
    assert [code for code, _ in told.phases[0].programmes] == ["JKM"]


@pytest.mark.parametrize(
    ("day", "until", "for_what", "step"),
    [("2028-03-31", "2028-03-31", "selama bekerja di luar negeri", "Tetap bekerja setelah 31 Maret 2028?"),
     ("2028-04-01", "2028-04-30", "menyiapkan kepulangan", "Waktu untuk pulang berakhir 30 April 2028."),
     ("2028-04-30", "2028-04-30", "menyiapkan kepulangan", "Waktu untuk pulang berakhir 30 April 2028."),
     ("2028-05-01", None, "Belum ada perlindungan", "Perjanjian yang tercatat berakhir 31 Maret 2028.")],
)  # fmt: skip
def test_the_end_of_the_paid_time_and_the_month_to_return(day, until, for_what, step):
    told = at(placed.departed(), day)
    assert told.protected_until == (D(until) if until else None)
    assert told.return_until == (D("2028-04-30") if until else None)
    assert for_what in told.for_what.id and told.next_step.id.startswith(step)


def test_an_agreement_that_is_longer_than_what_is_paid_asks_for_the_extension():
    one = placed.departed()
    placed.agree(one, "2028-04-01", "2029-03-31")
    told = at(one, "2028-02-01")
    assert told.next_step.id == (
        "Perjanjian sampai 31 Maret 2029, baru dibayar sampai 31 Maret 2028. Bayar perpanjangan paling lambat "
        "31 Maret 2028."
    )
    late = at(one, "2028-05-20")
    assert [(gap.starts, gap.until) for gap in late.gaps] == [(D("2028-05-01"), None)]
    assert late.next_step.id.startswith("Bayar sekarang") and late.next_by == D("2028-05-20")
    placed.pay(one, "extension", "2028-05-20", until="2029-03-31")
    healed = at(one, "2028-05-20")
    assert [(gap.starts, gap.until) for gap in healed.gaps] == [(D("2028-05-01"), D("2028-05-19"))]
    assert [(p.phase, p.state) for p in healed.phases if p.phase == "during"] == [("during", "past"), ("during", "now")]


def test_who_left_unpaid_is_told_the_missing_phase_and_to_pay_now():
    one = placed.placement(departed_on="2026-04-01", state=State.WORKING)
    told = at(one, "2026-05-01")
    assert [(phase.phase, phase.state) for phase in told.phases][:2] == [("before", "missing"), ("during", "missing")]
    assert told.next_step.id.startswith("Bayar sekarang") and not told.protected
    assert told.gaps[0].starts == D("2026-04-01")


def test_who_joined_abroad_has_no_time_before_and_waits_for_an_agreement():
    one = placed.placement(abroad=True, agreements=(), state=State.WORKING)
    told = at(one, "2026-05-01")
    assert [phase.phase for phase in told.phases] == ["during", "after"]
    assert told.next_step.id.startswith("Kirim perjanjian kerja")


def test_home_failing_death_and_cancelling_have_their_own_step():
    home = placed.departed()
    placed.tell(home, on="2028-04-12", debarked_on="2028-04-10", home_on="2028-04-12", state=State.HOME)
    assert at(home, "2028-04-12").next_step.id.startswith("Selamat datang kembali")
    assert at(home, "2028-04-20").only == ("JKM",)
    assert at(home, "2028-05-11").next_step.id.startswith("Perlindungan dari penempatan ini sudah berakhir")
    failed = placed.placement()
    placed.pay(failed, "before", "2026-01-15")
    placed.tell(failed, on="2026-02-01", failed_on="2026-02-01", state=State.FAILED)
    assert "Buka urusan" in at(failed, "2026-02-02").next_step.id
    assert [phase.phase for phase in at(failed, "2026-02-02").phases] == ["before"]
    died = placed.departed()
    placed.tell(died, on="2027-01-01", died_on="2027-01-01", state=State.DIED)
    assert at(died, "2027-01-02").next_step.id.startswith("Ahli waris")
    cancelled = placed.placement(state=State.CANCELLED)
    assert at(cancelled, "2026-02-01").phases == () and "dibatalkan" in at(cancelled, "2026-02-01").next_step.id


def test_a_return_after_cover_has_ended_is_told_to_be_unconfirmed():
    one = placed.departed()
    placed.tell(one, on="2028-05-01", debarked_on="2028-05-01", state=State.RETURNING)
    told = at(one, "2028-05-02")
    assert [(p.phase, p.state) for p in told.phases][-1] == ("after", "missing")
    assert "pmi_late_return" in {note.code for note in told.unconfirmed}


def test_what_each_phase_covers_and_not_is_there_with_what_is_not_confirmed():
    told = at(placed.departed(), "2026-06-01")
    during = next(phase for phase in told.phases if phase.phase == "during")
    assert any("paling banyak Rp50.000.000" in one.id for one in during.covers) and during.not_covered
    assert "Permenaker 4/2023 Pasal 16(1)" in during.articles
    assert "pmi_return_month" in {note.code for note in told.unconfirmed}
    assert all(note.status == "unconfirmed" for note in told.unconfirmed)


def test_a_timeline_is_only_for_those_who_may_see_it_and_an_officer_says_why():
    one = placed.departed()
    member = factories.actor("member", person=one.person_id)
    assert timeline.timeline(placement=one.id, by=member, on=D("2026-06-01")).protected
    for stranger in (factories.actor("member", person=placed.migrant()), factories.actor("agency")):
        with pytest.raises(Refused) as refused:
            timeline.timeline(placement=one.id, by=stranger, on=D("2026-06-01"))
        assert refused.value.status == 404
    officer = factories.actor("officer")
    with pytest.raises(Refused, match="purpose"):
        timeline.timeline(placement=one.id, by=officer, on=D("2026-06-01"))
    timeline.timeline(placement=one.id, by=officer, on=D("2026-06-01"), why="Keluhan 12")
    assert Event.objects.filter(subject=f"person:{one.person_id}", why="Keluhan 12").exists()


def test_many_timelines_are_one_statement_and_say_the_same():
    ones = [placed.departed(), placed.placement(), placed.placement(route="individual")]
    with CaptureQueriesContext(connection) as seen:
        rows = timeline.timelines_many(placements=[one.id for one in ones], on=D("2026-06-01"))
    assert len(seen) == 1
    for one in ones:
        told, row = at(one, "2026-06-01"), rows[one.id]
        assert (row.protected, row.protected_until, row.return_until, row.next_step, row.next_by) == (
            told.protected, told.protected_until, told.return_until, told.next_step, told.next_by,
        )  # fmt: skip
