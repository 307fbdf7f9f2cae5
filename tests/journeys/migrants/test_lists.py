"""Lists of people whom an agency or a mission enters: checked row by row, done as one."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from teduh.core.errors import Refused
from teduh.journeys.migrants import lists
from teduh.migrants.models import Agreement, Placement, PlacementList, PlacementRow
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.journeys.migrants import listed
from tests.migrants import people

pytestmark = pytest.mark.usefixtures("db", "regions")
ON, AT = listed.ON, listed.AT


@pytest.fixture
def agency():
    of = people.organisation()
    return of, people.desk(of)


@pytest.fixture
def kdei():
    of = people.organisation("mission")
    return of, people.desk(of)


def test_an_agencys_list_registers_its_people_with_their_agreements(agency):
    of, desk = agency
    done = listed.done(of, desk, "enter", *(listed.person(n) for n in range(5)))
    assert (done.entered, done.known, done.mend) == (5, 0, 0)
    made = Placement.objects.filter(organisation=of)
    assert {(one.scheme, one.route, one.entry, one.state) for one in made} == {
        ("agency", "implementer", "before", "registered")
    }
    assert set(Agreement.objects.values_list("starts", "ends")) == {(dt.date(2026, 4, 1), dt.date(2028, 3, 31))}


def test_a_check_writes_nobody(agency):
    of, desk = agency
    before = Person.objects.count()
    said = listed.check(of, desk, "enter", listed.person(1))
    assert (said.ready, said.may_commit) == (1, True)
    assert (Placement.objects.count(), Person.objects.count()) == (0, before)


def test_a_list_done_twice_registers_nobody_twice(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1), listed.person(2))
    first = lists.commit(list=said.list, by=desk, on=ON, at=AT)
    assert lists.commit(list=said.list, by=desk, on=ON, at=AT) == first
    assert listed.check(of, desk, "enter", listed.person(1), listed.person(2)).state == "committed"
    assert Placement.objects.count() == 2


def test_somebody_known_through_the_agency_is_said_to_be_known_and_not_entered_again(agency):
    of, desk = agency
    listed.done(of, desk, "enter", listed.person(1))
    done = listed.done(of, desk, "enter", listed.person(1), listed.person(2))
    assert (done.entered, done.known) == (1, 1)


def test_rows_to_be_mended_stop_the_list_until_they_are_left_out(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1), listed.person(2, nik="3,20E+15"))
    assert (said.ready, said.stopped) == (1, 1)
    with pytest.raises(Refused) as refused:
        lists.commit(list=said.list, by=desk, on=ON, at=AT)
    assert refused.value.code == "rows_stopped"
    assert lists.commit(list=said.list, by=desk, on=ON, at=AT, without_stopped=True).entered == 1


def test_each_row_to_be_mended_says_what_why_and_what_to_do(agency):
    of, desk = agency
    said = listed.check(
        of, desk, "enter", listed.person(1, nik="3,20E+15"), listed.person(2, destination="Wakanda"),
        listed.person(3, starts="besok"), listed.person(4, employer=""), listed.person(5, birth_date="2015-01-01"),
        listed.person(6, agency="PT Lain"),
    )  # fmt: skip
    by_row = {one.number: one for one in said.findings if one.severity == "stop"}
    assert {n: one.code for n, one in by_row.items()} == {
        2: "nik_excel", 3: "destination_unknown", 4: "day_unreadable", 5: "half_agreement", 6: "by_law",
    }  # fmt: skip
    assert all(one.text.id and one.text.en and one.then and one.then.id for one in by_row.values())


def test_a_row_that_names_another_agency_is_not_the_senders(agency):
    of, desk = agency
    other = people.organisation()
    name = lists.sender_of(organisation=other).name
    assert "other_agency" in listed.codes(listed.check(of, desk, "enter", listed.person(1, agency=name)))


def test_somebody_who_has_left_is_registered_from_abroad_and_it_is_said(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1, departs_on=ON))
    assert "left_already" in listed.codes(said)
    lists.commit(list=said.list, by=desk, on=ON, at=AT)
    assert Placement.objects.get().entry == "abroad"


def test_without_an_agreement_he_is_registered_and_it_is_said_what_waits(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1, starts="", ends="", employer="", job=""))
    assert "no_agreement" in listed.codes(said)
    assert lists.commit(list=said.list, by=desk, on=ON, at=AT).entered == 1


def test_a_mission_enters_who_is_in_its_countries_only(kdei):
    of, desk = kdei
    said = listed.check(of, desk, "enter", listed.person(1), listed.person(2, destination="HONG KONG"))
    assert (said.ready, said.stopped, "not_served" in listed.codes(said)) == (1, 1, True)
    lists.commit(list=said.list, by=desk, on=ON, at=AT, without_stopped=True)
    one = Placement.objects.get()
    assert (one.scheme, one.entry, one.organisation_id) == ("own", "abroad", None)


def test_a_mission_may_name_the_agency_that_placed_somebody(kdei):
    of, desk = kdei
    agency = people.organisation()
    name = lists.sender_of(organisation=agency).name
    listed.done(of, desk, "enter", listed.person(1, agency=f"PT. {name}"))
    assert Placement.objects.get().organisation_id == agency


def test_a_check_tells_nothing_of_somebody_elses_people(agency):
    of, desk = agency
    other = people.organisation()
    listed.done(other, people.desk(other), "enter", listed.person(1))
    unknown, theirs = (listed.check(of, desk, "enter", listed.person(n)) for n in (2, 1))
    assert (unknown.counts, unknown.by_match, listed.codes(unknown)) == (
        theirs.counts, theirs.by_match, listed.codes(theirs),
    )  # fmt: skip


def test_who_cannot_be_entered_because_of_others_waits_for_an_officer_whatever_the_cause(agency):
    of, desk = agency
    other = people.organisation()
    listed.done(other, people.desk(other), "enter", listed.person(1))
    people.placed(number=2)
    Placement.objects.filter(organisation=None).update(state="home", home_on=ON)
    said = listed.check(of, desk, "enter", listed.person(1), listed.person(2, name="JOKO WIDIANTO"), listed.person(3))
    done = lists.commit(list=said.list, by=desk, on=ON, at=AT)
    assert (done.entered, done.mend) == (1, 2)
    told = [(one.code, one.text.id) for one in lists.report(list=said.list, by=desk).findings if one.severity == "stop"]
    assert len(set(told)) == 1
    assert told[0][0] == "with_officer"


def test_a_person_on_record_without_a_placement_is_the_same_person(agency):
    of, desk = agency
    people.placed(number=2)
    Placement.objects.update(state="home", home_on=ON)
    persons = Person.objects.count()
    assert listed.done(of, desk, "enter", listed.person(2)).entered == 1
    assert Person.objects.count() == persons


def test_a_list_is_its_organisations_own(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1))
    other = people.organisation()
    stranger = people.desk(other)
    for ask in (
        lambda: lists.report(list=said.list, by=stranger),
        lambda: lists.commit(list=said.list, by=stranger, on=ON, at=AT),
        lambda: lists.mended_sheet(list=said.list, by=stranger),
        lambda: lists.discard(list=said.list, by=stranger),
        lambda: listed.check(of, stranger, "enter", listed.person(1)),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.status == 404
    assert lists.lists_of(by=stranger) == ()
    assert [one.list for one in lists.lists_of(by=desk)] == [said.list]


def test_a_viewer_reads_and_enters_nothing(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1))
    viewer = people.desk(of, role="viewer")
    assert lists.report(list=said.list, by=viewer).ready == 1
    with pytest.raises(Refused) as refused:
        lists.commit(list=said.list, by=viewer, on=ON, at=AT)
    assert refused.value.status == 403


def test_an_officer_says_why(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1))
    officer = factories.actor("officer")
    with pytest.raises(Refused) as refused:
        lists.report(list=said.list, by=officer)
    assert refused.value.code == "purpose_missing"
    assert lists.report(list=said.list, by=officer, why="Diminta P3MI").ready == 1


def test_nothing_of_a_person_is_kept_in_the_open(agency):
    of, desk = agency
    listed.check(of, desk, "enter", listed.person(1))
    one = people.newcomer(1)
    kept = str(PlacementList.objects.values().get()["understood"]) + PlacementList.objects.get().name
    assert one.nik not in kept and one.name not in kept
    assert one.nik in PlacementRow.objects.get().values


def test_findings_speak_of_a_person_with_his_name_masked(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1, employer=""))
    assert {one.who for one in said.findings} == {"Siti R. B."}


def test_the_mended_sheet_can_be_sent_back_as_it_is(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1), listed.person(2, employer=""))
    content = lists.mended_sheet(list=said.list, by=desk)
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0][-2:] == ("Status baris", "Yang harus diperbaiki")
    assert "Pemberi kerja" in rows[2][-1]
    again = lists.check(organisation=of, purpose="enter", content=content, name="b.xlsx", as_of=ON, by=desk, on=ON,
                        at=AT)  # fmt: skip
    assert again.counts == said.counts


@pytest.mark.parametrize("purpose", ["enter", "compare"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_is_read_when_it_is_filled_in(agency, purpose, language):
    of, desk = agency
    book = openpyxl.load_workbook(io.BytesIO(lists.template(purpose=purpose, language=language)))
    page = book.worksheets[0]
    titles = [cell.value for cell in page[1]]
    row = listed.person(1)
    labels = {"Tanggal lahir": "birth_date", "Birth date": "birth_date", "Nama": "name", "Name": "name", "NIK": "nik"}
    page.append([row.get(labels.get(title, ""), "") for title in titles])
    out = io.BytesIO()
    book.save(out)
    said = lists.check(organisation=of, purpose=purpose, content=out.getvalue(), name="t.xlsx", as_of=ON, by=desk,
                       on=ON, at=AT)  # fmt: skip
    assert all(column.field for column in said.columns)
    assert said.rows == 1


def test_a_discarded_list_is_gone_and_can_be_sent_again(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", listed.person(1))
    assert lists.discard(list=said.list, by=desk).state == "discarded"
    assert PlacementRow.objects.count() == 0
    again = listed.check(of, desk, "enter", listed.person(1))
    assert (again.list, again.state, again.ready) == (said.list, "checked", 1)


def test_the_day_of_a_list_is_not_tomorrow(agency):
    of, desk = agency
    with pytest.raises(Refused) as refused:
        listed.check(of, desk, "enter", listed.person(1), as_of=ON + dt.timedelta(days=1))
    assert refused.value.field == "as_of"


def test_the_system_may_do_it_for_an_organisation(agency):
    of, _ = agency
    assert listed.done(of, SYSTEM, "enter", listed.person(1)).entered == 1


def test_rows_are_shown_in_pages_and_by_state(agency):
    of, desk = agency
    said = listed.check(of, desk, "enter", *(listed.person(n) for n in (1, 2, 3)), listed.person(4, employer=""))
    first = lists.rows(list=said.list, by=desk, limit=3)
    rest = lists.rows(list=said.list, by=desk, after=first[-1].number)
    assert [row.number for row in (*first, *rest)] == [2, 3, 4, 5]
    (stopped,) = lists.rows(list=said.list, by=desk, only=["mend"])
    assert (stopped.number, stopped.nik[6:12]) == (5, "••••••")
