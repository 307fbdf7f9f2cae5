"""A matter is one number for worker, family, mission and fund; an agency reads what it is let see and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.journeys.migrants import matters
from teduh.migrants.models import Matter, MatterEntry, MatterKind
from teduh.security.models import Event
from tests import factories
from tests.journeys.migrants.abroad import (
    AT,
    ON,
    account,
    called,
    desk,
    organisation,
    placement,
    relative,
    said,
    working,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def opened(by, person: int | None = None, kind: str = "question", text: str = "Kapan gaji dibayar?", **more) -> str:
    return matters.open_(person=person or by.person, kind=kind, text=text, by=by, on=ON, at=AT, **more)


def refused(call, **given_) -> str:
    with pytest.raises(Refused) as error:
        call(**given_)
    return error.value.code


def numbers(by, **given_) -> list[str]:
    return [row.number for row in matters.mine(by=by, **given_).rows]


@pytest.fixture
def agency():
    return organisation()


@pytest.fixture
def mission():
    return organisation("mission")


@pytest.fixture
def worker(agency, mission):
    return account(called(placement(by=agency).person_id, "Budi Santoso"))


def test_worker_relative_mission_and_officer_read_one_matter_by_one_number(worker, mission):
    wife = relative(worker.person, may=["speak"])
    number = opened(worker)
    readers = [
        (worker, "worker"),
        (wife, "family"),
        (desk(mission), "mission"),
        (factories.actor("officer"), "officer"),
    ]
    for by, as_ in readers:
        shown = matters.view(number=f" {number.lower()[:4]}-{number[4:]}", by=by, why="Menjawab")
        assert (shown.number, shown.row.as_, shown.entries[0].text) == (number, as_, "Kapan gaji dibayar?")
        assert number in numbers(by)
        assert shown.entries[0].is_mine == (by is worker)


def test_a_relative_who_may_not_speak_a_stranger_and_another_mission_find_none(worker):
    wife = relative(worker.person, may=["see", "pay", "extend"])
    number = opened(worker)
    for by in (wife, account(factories.person()), desk(organisation("mission", seat="SA")), desk(organisation())):
        assert refused(matters.view, number=number, by=by) == "not_found"
        assert refused(matters.say, number=number, text="Halo", by=by, at=AT) == "not_found"
        assert numbers(by) == []
    assert refused(opened, by=wife, person=worker.person) == "family_may_not_speak"


def test_a_relative_speaks_no_longer_when_it_has_been_ended(worker):
    from teduh.journeys.migrants import family

    wife = relative(worker.person, may=["speak"])
    number = opened(wife, worker.person)
    family.end(relative=family.of(person=worker.person, by=worker)[0].id, by=worker, on=ON)
    assert refused(matters.view, number=number, by=wife) == "not_found" and numbers(wife) == []


def test_what_the_worker_keeps_to_himself_his_family_does_not_find(worker, mission):
    wife = relative(worker.person, may=["speak"])
    number = opened(worker, kind="complaint", family_sees=False)
    assert numbers(wife) == [] and refused(matters.view, number=number, by=wife) == "not_found"
    matters.say(number=number, text="Kami bantu.", by=desk(mission), at=AT)
    assert len(said("matter.answered")) == 1
    assert [one.id for one in matters.view(number=number, by=worker).readers] == [
        "Pekerja", mission.name, "Petugas BPJS"
    ]  # fmt: skip


def everything_an_agency_gets(by, person: int, number: str) -> list[object]:
    """All answers an agency can ask for about a worker's matters."""
    page = matters.mine(by=by)
    found: list[object] = [[(r.number, r.kind, r.state) for r in page.rows], page.counts, page.after]
    for call, more in (
        (matters.view, {}), (matters.say, {"text": "x", "at": AT}), (matters.take, {"at": AT}),
        (matters.close, {"at": AT}),
    ):  # fmt: skip
        with pytest.raises(Refused) as error:
            call(number=number, by=by, **more)
        found.append((error.value.code, error.value.what, error.value.status))
    return found


def test_a_complaint_leaves_no_trace_in_anything_an_agency_can_ask(worker, agency, mission):
    clerk = desk(agency)
    mine = opened(clerk, worker.person, "papers", "Paspor belum kami terima.")
    bare = everything_an_agency_gets(clerk, worker.person, "K10000009")
    number = opened(worker, kind="complaint", text="Upah saya dipotong.")
    matters.say(number=number, text="Kami tangani.", by=desk(mission), at=AT)
    assert everything_an_agency_gets(clerk, worker.person, number) == bare
    assert numbers(clerk) == [mine] and matters.mine(by=clerk).counts == {"open": 1}


def test_ten_complaints_refuse_nothing_that_the_agency_opens(worker, agency):
    for _ in range(10):
        opened(worker, kind="complaint")
    assert refused(opened, by=worker) == "too_many_matters"
    assert opened(desk(agency), worker.person)


def test_the_key_of_a_complaint_is_free_for_the_agency(worker, agency):
    secret = opened(worker, kind="complaint", key="form-1")
    assert opened(desk(agency), worker.person, key="form-1") != secret


@pytest.mark.parametrize("how", ["open", "agency", "table"])
def test_no_complaint_is_ever_one_that_an_agency_sees(worker, agency, how):
    if how == "open":
        assert refused(opened, by=worker, kind="complaint", agency_sees=True) == "complaint_never_to_an_agency"
    elif how == "agency":
        code = refused(opened, by=desk(agency), person=worker.person, kind="complaint")
        assert code == "complaint_not_by_an_agency"
    else:
        opened(worker, kind="complaint")
        with pytest.raises(IntegrityError, match="matter_complaint_hidden_from_agencies"), transaction.atomic():
            Matter.objects.update(agency_sees=True)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(MatterKind.values), st.booleans()), min_size=1, max_size=6))
def test_an_agency_finds_what_it_is_let_see_of_its_own_people_and_nothing_else(worker, agency, wanted):
    with transaction.atomic():
        clerk, let = desk(agency), []
        for kind, sees in wanted:
            agency_sees = sees and kind != "complaint"
            number = opened(worker, kind=kind, agency_sees=agency_sees)
            let += [number] if agency_sees else []
        assert numbers(clerk) == let[::-1]
        assert sum(matters.mine(by=clerk).counts.values()) == len(let)
        transaction.set_rollback(True)


def test_an_agency_sees_nothing_of_a_placement_through_another(worker, agency, mission):
    number = opened(worker, agency_sees=True)
    clerk = desk(agency)
    assert numbers(clerk) == [number]
    other = organisation()
    old = placement(by=other, state="home", starts=dt.date(2022, 1, 1), person=worker.person)
    assert old.pk and numbers(desk(other)) == []
    government = desk(organisation("government"), account="mission")
    assert numbers(government) == []


def test_a_government_body_that_places_reads_like_an_agency():
    body = organisation("government")
    who = account(placement(by=body).person_id)
    desk_ = desk(body, account="mission")
    opened(who, kind="complaint")
    number = opened(who, agency_sees=True)
    assert numbers(desk_) == [number] and matters.view(number=number, by=desk_).row.as_ == "agency"


def test_what_is_said_inside_is_read_by_the_mission_and_the_fund_alone(worker, agency, mission):
    wife = relative(worker.person, may=["speak"])
    number = opened(worker, agency_sees=True)
    staff = desk(mission)
    matters.say(number=number, text="Majikan dihubungi dulu.", by=staff, at=AT, inside=True)
    for by, seen in ((staff, 2), (factories.actor("officer"), 2), (worker, 1), (wife, 1), (desk(agency), 1)):
        assert len(matters.view(number=number, by=by, why="x").entries) == seen
    assert said("matter.answered") == []
    assert refused(matters.say, number=number, text="x", by=worker, at=AT, inside=True) == "matter_not_for_this_role"


def test_an_answer_is_told_to_the_worker_and_to_relatives_who_may_speak_without_what_it_is_about(worker, mission):
    relative(worker.person, may=["speak"])
    relative(worker.person, may=["see", "pay"], phone="+6281200000002")
    number = opened(worker, kind="accident", text="Jari saya terjepit.")
    matters.say(number=number, text="Kirim hasil dokter.", by=desk(mission), at=AT)
    told = said("matter.answered")
    assert told == [(f"Ada jawaban untuk urusan {number}", "Buka halaman Urusan untuk membacanya.")] * 2


def test_who_answers_himself_is_not_told_and_a_worker_tells_nobody(worker, mission):
    number = opened(worker)
    matters.say(number=number, text="Tambahan.", by=worker, at=AT)
    assert said("matter.answered") == []


@pytest.mark.parametrize("kind", ["death", "missing"])
def test_nobody_writes_to_the_dead_or_the_missing_but_the_family_is_answered(worker, mission, kind):
    wife = relative(worker.person, may=["speak"])
    number = opened(wife, worker.person, kind, "Tidak ada kabar sejak 1 Mei.")
    matters.say(number=number, text="Kami cari.", by=desk(mission), at=AT)
    assert said(person=worker.person, kind="matter") == [] and len(said("matter.answered")) == 1


def test_a_matter_that_somebody_else_opens_is_told_to_the_worker(worker, agency):
    number = opened(desk(agency), worker.person, "papers", "Paspor.")
    assert said("matter.opened", person=worker.person) == [
        (f"Urusan {number} dibuka untuk Anda",
         "Dibuka oleh: Perusahaan penempatan. Buka halaman Urusan untuk membacanya.")
    ]  # fmt: skip
    assert matters.view(number=number, by=worker).row.agency_sees


def test_it_is_taken_waits_is_answered_and_done_and_opens_again(worker, mission):
    number, staff = opened(worker), desk(mission)

    def state(by=worker) -> str:
        return matters.view(number=number, by=by).row.state

    matters.take(number=number, by=staff, at=AT)
    assert state() == "taken"
    matters.say(number=number, text="Kirim fotonya.", by=staff, at=AT, state="waiting")
    assert state() == "waiting"
    matters.say(number=number, text="Ini.", by=worker, at=AT)
    assert state() == "taken"
    matters.close(number=number, by=staff, at=AT, text="Beres.")
    assert state() == "done" and Matter.objects.get().closed_on == ON
    assert matters.mine(by=worker, state="done").rows[0].state_name.id == "Selesai"
    matters.say(number=number, text="Belum.", by=worker, at=AT)
    assert state() == "taken" and Matter.objects.get().closed_on is None
    assert [e.state for e in matters.view(number=number, by=staff).entries] == [
        "",
        "taken",
        "waiting",
        "taken",
        "done",
        "taken",
    ]


def test_the_first_answer_takes_it_and_a_colleague_may_take_it_over(worker, mission):
    number, one, other = opened(worker), desk(mission), desk(mission)
    matters.say(number=number, text="Sedang kami cek.", by=one, at=AT)
    assert Matter.objects.get().taken_by_id == one.user
    matters.take(number=number, by=other, at=AT)
    matters.take(number=number, by=other, at=AT)
    assert Matter.objects.get().taken_by_id == other.user and MatterEntry.objects.count() == 3


@pytest.mark.parametrize("who", ["worker", "agency", "viewer"])
def test_only_the_mission_and_officers_take_and_move(worker, agency, mission, who):
    by = {"worker": lambda: worker, "agency": lambda: desk(agency), "viewer": lambda: desk(mission, role="viewer")}[
        who
    ]()
    number = opened(worker, agency_sees=True)
    expected = "not_found" if who == "viewer" else "matter_not_for_this_role"
    assert refused(matters.take, number=number, by=by, at=AT) == expected
    assert refused(matters.say, number=number, text="x", by=by, at=AT, state="waiting") == expected
    assert matters.view(number=number, by=by).may_take is (who == "viewer")


def test_who_opened_it_closes_it_and_what_is_done_cannot_wait(worker, agency, mission):
    number = opened(worker, agency_sees=True)
    assert refused(matters.close, number=number, by=desk(agency), at=AT) == "matter_not_for_this_role"
    matters.close(number=number, by=worker, at=AT)
    assert Matter.objects.get().state == "done"
    staff = desk(mission)
    assert refused(matters.say, number=number, text="x", by=staff, at=AT, state="waiting") == "wrong_state"


def test_entries_are_only_added(worker):
    opened(worker)
    for change in ("UPDATE migrants_matterentry SET inside = TRUE", "DELETE FROM migrants_matterentry"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_form_sent_twice_is_one_matter_and_one_answer(worker, mission):
    assert opened(worker, key="a") == opened(worker, key="a") != opened(worker, key="b")
    number, staff = opened(worker), desk(mission)
    first = matters.say(number=number, text="Ya.", by=staff, at=AT)
    assert matters.say(number=number, text="Ya.", by=staff, at=AT) == first
    assert matters.say(number=number, text="Ya.", by=staff, at=AT, state="done") != first


@pytest.mark.parametrize(("kind", "has"), [
    ("death", "Akta atau surat kematian"), ("missing", "Surat keterangan hilang"), ("accident", "Paspor"),
])  # fmt: skip
def test_death_missing_and_accident_say_at_once_what_to_prepare_with_its_article(worker, kind, has):
    shown = matters.view(number=opened(worker, kind=kind, text="Tolong."), by=worker)
    assert any(has in one.text.id for one in shown.prepare) and shown.soon
    assert all("Permenaker 4/2023 Pasal" in one.article and one.text.en for one in shown.prepare)
    assert [one.id for one in shown.readers][:1] == ["Pekerja"]


def test_a_question_prepares_nothing_and_an_accidents_right_lapses_after_five_years(worker):
    assert matters.view(number=opened(worker), by=worker).prepare == ()
    assert "5 tahun" in matters.view(number=opened(worker, kind="accident"), by=worker).soon.id


def test_the_mission_is_the_one_that_sits_where_he_works_and_its_sisters_read_too(worker, mission):
    from teduh.migrants.models import Serves
    from tests.journeys.migrants.abroad import destination

    sister = organisation("mission", seat="SA")
    Serves.objects.create(organisation=sister, destination=destination("TW"))
    number = opened(worker)
    assert Matter.objects.get(number=number).mission_id == mission.pk
    assert numbers(desk(sister)) == [number]


def test_who_has_no_placement_yet_opens_one_for_the_officers(mission):
    who = account(factories.person())
    number = opened(who)
    assert numbers(desk(mission)) == [] and numbers(factories.actor("officer")) == [number]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\u200b", "x" * 2_001, "x" * 100_000])
def test_what_says_nothing_or_too_much_is_refused(worker, text):
    assert refused(opened, by=worker, text=text) in ("nothing_said", "too_long")


def test_words_keep_their_lines_and_lose_what_no_database_keeps(worker):
    number = opened(worker, text="Satu\r\n\r\nDua\x00 \ud800tiga ")
    assert matters.view(number=number, by=worker).entries[0].text == "Satu\n\nDua tiga"


@pytest.mark.parametrize("number", ["", "K1", "\x00", "K10000009", "x" * 500])
def test_a_number_that_is_none_finds_none(worker, number):
    assert refused(matters.view, number=number, by=worker) == "not_found"


def test_readings_by_others_are_recorded_and_an_officer_says_why(worker, mission):
    number = opened(worker)
    officer = factories.actor("officer")
    assert refused(matters.view, number=number, by=officer) == "purpose_missing"
    matters.view(number=number, by=officer, why="Menjawab keluarga")
    matters.view(number=number, by=desk(mission))
    matters.view(number=number, by=worker)
    read = Event.objects.filter(action="matter.read", subject=f"person:{worker.person}")
    assert sorted(read.values_list("role", "why")) == [("mission", ""), ("officer", "Menjawab keluarga")]
    assert not any("Budi" in str(one.detail) for one in Event.objects.all())


def test_lists_show_short_names_page_by_page_and_count_all_states(worker, mission):
    made = [opened(worker) for _ in range(5)]
    staff = desk(mission)
    matters.take(number=made[0], by=staff, at=AT)
    first = matters.mine(by=staff, limit=2)
    rest = matters.mine(by=staff, limit=5, after=first.after)
    assert [row.number for row in (*first.rows, *rest.rows)] == made[::-1] and rest.after is None
    assert first.rows[0].name == "Budi S." and first.counts == {"open": 4, "taken": 1}
    assert numbers(staff, state="taken") == [made[0]]


def test_a_list_costs_the_same_statements_however_long(mission):
    staff, counts = desk(mission), []
    for size in (1, 15):
        for _ in range(size):
            opened(account(working().person_id))
        with CaptureQueriesContext(connection) as captured:
            matters.mine(by=staff)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6


def test_a_record_merged_into_another_brings_its_matters_along(worker):
    from teduh.registry.models import Person

    number = opened(worker)
    lives = account(factories.person())
    Person.objects.filter(pk=worker.person).update(merged_into=lives.person)
    assert numbers(lives) == [number]
