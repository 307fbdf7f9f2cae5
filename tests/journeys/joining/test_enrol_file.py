"""A village's file: every row is answered before anybody is enrolled, and whoever is enrolled is enrolled once."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from teduh.core.errors import Refused
from teduh.journeys.joining import enrol_file
from teduh.journeys.joining.enrol_file import Defaults
from teduh.registry.models import Enrolment, EnrolmentFile, EnrolmentRow, Evidence, Heir, Membership, Person
from teduh.security.models import Event, Role
from tests import factories
from tests.data.sheets import nasty, people

ON = dt.date(2026, 11, 22)
AT = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("db", "regions")


def check(content: bytes, by=None, **more):
    return enrol_file.check(content=content, name="warga.csv", by=by or factories.actor(Role.AGENT), on=ON, **more)


def states(report) -> list[str]:
    return [row.state for row in sorted(report.rows, key=lambda row: row.number)]


def codes(report) -> list[set[str]]:
    return [{f.code for f in row.findings} for row in sorted(report.rows, key=lambda row: row.number)]


def test_a_tidy_file_is_understood_whole_and_enrols_nobody_before_the_commit():
    report = check(people.plain_csv(people.make(20)))
    assert report.people == report.usable == 20
    assert {c.field for c in report.columns} >= {"nik", "name", "birth_date", "sex", "phone", "village", "income"}
    assert not Person.objects.exists()


def test_the_commit_enrols_each_person_once_with_evidence_consent_and_place():
    by = factories.actor(Role.AGENT)
    made = people.make(30)
    report = enrol_file.commit(file=check(people.plain_csv(made), by).id, by=by, on=ON, at=AT)
    assert report.counts == {"enrolled": 30}
    assert report.is_committed
    assert Person.objects.count() == Enrolment.objects.count() == Evidence.objects.count() == 30
    one = Person.objects.get(id=report.rows[0].person)
    assert one.nik == made[0].nik
    assert one.name == made[0].name
    assert (one.birth_date, one.sex, one.lives_in_id) == (made[0].birth, made[0].sex, "33.01.09.2003")
    assert one.agent_id == by.user
    assert one.enrolments.get().channel == "file"
    assert "membership" in one.consents.get().purposes
    assert "baris 2" in one.enrolments.get().evidence.get().text


def test_the_same_bytes_again_are_the_same_file_and_enrol_nobody_twice():
    by = factories.actor(Role.AGENT)
    content = people.plain_csv(people.make(10))
    first = check(content, by)
    assert check(content, by).id == first.id
    enrol_file.commit(file=first.id, by=by, on=ON, at=AT)
    again = check(content, by)
    assert (again.id, again.counts) == (first.id, {"enrolled": 10})
    assert enrol_file.commit(file=first.id, by=by, on=ON, at=AT).counts == {"enrolled": 10}
    assert Person.objects.count() == Enrolment.objects.count() == 10


def test_another_agent_with_the_same_people_finds_them_enrolled_and_learns_no_name():
    content = people.plain_csv(people.make(5))
    first = factories.actor(Role.AGENT)
    enrol_file.commit(file=check(content, first).id, by=first, on=ON, at=AT)
    second = factories.actor(Role.AGENT)
    report = check(content, second)
    assert report.counts == {"known": 5}
    number = Person.objects.first().member_number
    assert number not in str(report)
    assert enrol_file.commit(file=report.id, by=second, on=ON, at=AT).counts == {"known": 5}
    assert Person.objects.filter(agent_id=first.user).count() == 5


def test_a_nik_on_record_under_another_name_is_to_be_mended_and_writes_nothing():
    one = people.make(1)[0]
    by = factories.actor(Role.AGENT)
    enrol_file.commit(file=check(people.plain_csv([one]), by).id, by=by, on=ON, at=AT)
    other = people.Made(one.nik, "Zulkifli Tanjung", one.birth, one.sex, one.phone, one.work, one.income)
    report = check(people.plain_csv([other]), by)
    assert states(report) == ["mend"]
    assert "known_other_name" in codes(report)[0]
    assert enrol_file.commit(file=report.id, by=by, on=ON, at=AT).counts == {"mend": 1}
    assert Person.objects.get().name == one.name


@pytest.mark.parametrize(
    "make", [nasty.windows_semicolons, nasty.utf16_tabs, nasty.bom_and_sep, nasty.two_sheets, nasty.swapped_dates,
             nasty.stray_quote, nasty.libreoffice, nasty.blanks_and_titles_again],
)  # fmt: skip
def test_everybody_in_an_odd_but_whole_sheet_is_understood(make):
    report = check(make(), defaults=Defaults(occupation="petani-padi"))
    assert report.people == report.usable == len(nasty.PEOPLE), codes(report)
    by_row = {row.number: row for row in report.rows if row.state != "blank"}
    born = [{label.id: value for label, value in by_row[n].understood}["Tanggal lahir"] for n in sorted(by_row)]
    assert born == [one.birth.isoformat() for one in nasty.PEOPLE]


def test_the_printed_form_of_a_village_is_understood_with_its_merged_cells_ticks_totals_and_signatures():
    report = check(nasty.village_form())
    people_rows = [row for row in report.rows if row.state != "blank"]
    assert [row.number for row in sorted(people_rows, key=lambda r: r.number)] == [7, 8, 9, 10, 11, 12]
    for row, one in zip(sorted(people_rows, key=lambda r: r.number), nasty.PEOPLE, strict=True):
        said = {label.id: value for label, value in row.understood}
        assert said["Jenis kelamin"] == one.lp
        assert said["Tempat tinggal"] == "33.01.09.2003"
        assert "RT 01 RW 02" in said["Alamat"]
    assert "row_filled_down" in codes(report)[1]
    notes = {finding.code for finding in report.notes}
    assert {"sum_due", "sum_people", "sum_law"} <= notes
    assert all("due_differs" in found for found in codes(report)[:6])


def test_a_nik_that_excel_damaged_must_be_mended_and_is_told_how():
    for content in (nasty.numeric_niks(), nasty.scientific_csv()):
        report = check(content)
        worst = [f for row in report.rows for f in row.findings if f.field == "nik" and f.level == "mend"]
        assert worst
        assert all("Teks" in f.then.id and "Text" in f.then.en for f in worst)
        assert report.counts["mend"] >= 3
    assert not Person.objects.exists()


def test_a_whole_number_that_lost_nothing_is_taken_as_it_is():
    report = check(nasty.numeric_niks())
    last = max(report.rows, key=lambda row: row.number)
    assert last.state in ("ready", "warned")
    assert "nik_number" in {f.code for f in last.findings}


def test_one_person_twice_is_enrolled_once_and_two_people_with_one_nik_are_not():
    by = factories.actor(Role.AGENT)
    report = check(nasty.repeated_people(), by)
    assert [s.replace("warned", "ready") for s in states(report)] == ["ready", "mend", "repeated", "ready", "mend"]
    repeated = next(row for row in report.rows if row.state == "repeated")
    assert any(f.code == "repeated" and "2" in f.what.id for f in repeated.findings)
    assert enrol_file.commit(file=report.id, by=by, on=ON, at=AT).counts["enrolled"] == 2


def test_a_sheet_without_titles_is_read_by_its_contents():
    report = check(nasty.no_titles(), defaults=Defaults(occupation="nelayan"))
    assert report.usable == len(nasty.PEOPLE)
    assert {c.field for c in report.columns} >= {"nik", "name", "birth_date", "sex", "phone"}
    assert nasty.PEOPLE[0].name not in str(EnrolmentFile.objects.get().understood)


def test_nul_a_name_of_a_megabyte_emoji_and_sql_do_no_harm():
    by = factories.actor(Role.AGENT)
    report = check(nasty.hostile(), by)
    done = enrol_file.commit(file=report.id, by=by, on=ON, at=AT)
    assert done.counts.get("enrolled", 0) >= 3
    names = {person.name for person in Person.objects.all()}
    assert "Budi" in names
    assert any("DROP TABLE" in name for name in names)
    assert all("\x00" not in name and "\u202e" not in name and len(name) <= 200 for name in names)
    assert all(len(str(f.what)) < 600 for row in done.rows for f in row.findings)
    assert enrol_file.mended_sheet(file=report.id, by=by)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", "file_empty"),
        (lambda: b"\xef\xbb\xbf \r\n", "file_empty"),
        (lambda: b"%PDF-1.7 x", "not_a_sheet"),
        (lambda: b"\x89PNG\r\n", "not_a_sheet"),
        (nasty.html_as_xls, "not_a_sheet"),
        (nasty.word_document, "not_a_sheet"),
        (lambda: b"PK\x03\x04 cut short", "file_broken"),
        (nasty.far_cell, "sheet_too_large"),
        (nasty.bomb, "sheet_too_large"),
        (nasty.ods_far_cell, "sheet_too_large"),
        (nasty.ods_repeated, "sheet_too_large"),
        (lambda: b"NIK,Nama\n" + b"," * 5_000_000, "sheet_too_large"),
        (lambda: b"NIK,Nama\n" + b"\n" * 10_000_000 + b"x", "too_many_rows"),
        (lambda: b"x" * 20_000_001, "file_too_large"),
        (lambda: b"satu,dua\n1,2\n", "no_people"),
        (lambda: b"NIK,Nama\n", "no_people"),
        (lambda: b"NIK,Nama\n" + b"x,y\n" * 50_001, "too_many_rows"),
    ],
)
def test_what_is_no_sheet_of_people_is_refused_with_what_to_do(make, code):
    with pytest.raises(Refused) as refused:
        check(make())
    assert refused.value.code == code
    assert refused.value.then.id
    assert refused.value.then.en
    assert not EnrolmentFile.objects.exists()


def test_columns_can_be_named_by_hand():
    one = people.make(1)[0]
    content = people.csv_of([["Kode A", "Kode B", "Kerja"], [one.nik, one.name, one.work]])
    with pytest.raises(Refused):
        check(content)
    report = check(content, mapping={"Kode A": "nik", "kode b": "name"})
    assert report.usable == 1
    assert {c.how for c in report.columns} == {"given", "exact"}


def test_somebody_who_does_not_work_is_not_enrolled():
    one = people.make(1)[0]
    report = check(people.csv_of([["NIK", "Nama", "Pekerjaan"], [one.nik, one.name, "Pelajar/Mahasiswa"]]))
    assert states(report) == ["mend"]
    assert codes(report)[0] >= {"not_working"}


def test_heirs_are_taken_with_their_relation_and_left_out_without_it():
    one, two = people.make(2)
    rows = [["NIK", "Nama", "Pekerjaan", "Nama Ahli Waris", "Hubungan"], [one.nik, one.name, "petani", "Siti", "Istri"],
            [two.nik, two.name, "petani", "Joko", ""]]  # fmt: skip
    by = factories.actor(Role.AGENT)
    report = check(people.csv_of(rows), by)
    assert "heir_relation_missing" in codes(report)[1]
    enrol_file.commit(file=report.id, by=by, on=ON, at=AT)
    heir = Heir.objects.get()
    assert (heir.name, heir.relation) == ("Siti", "spouse")


def test_a_group_gets_everybody_of_its_file_those_enrolled_before_too():
    by = factories.actor(Role.OFFICER)
    content = people.plain_csv(people.make(4))
    group = factories.group()
    first = enrol_file.commit(file=check(people.plain_csv(people.make(2)), by).id, by=by, on=ON, at=AT)
    assert first.counts == {"enrolled": 2}
    report = check(content, by, defaults=Defaults(group=group))
    assert report.counts.get("known") == 2
    done = enrol_file.commit(file=report.id, by=by, on=ON, at=AT)
    assert done.counts == {"enrolled": 2, "known": 2}
    assert Membership.objects.filter(group=group).count() == 4


def test_somebody_elses_file_is_not_there():
    report = check(people.plain_csv(people.make(2)))
    stranger = factories.actor(Role.AGENT)
    for ask in (
        lambda: enrol_file.show(file=report.id, by=stranger),
        lambda: enrol_file.commit(file=report.id, by=stranger, on=ON, at=AT),
        lambda: enrol_file.mended_sheet(file=report.id, by=stranger),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.status == 404
    with pytest.raises(Refused):
        check(people.plain_csv(people.make(2)), factories.actor(Role.MEMBER))
    officer = factories.actor(Role.OFFICER)
    assert enrol_file.show(file=report.id, by=officer).people == 2
    assert Event.objects.get(action="file.read").actor == officer.user


def test_what_is_kept_of_a_file_says_nothing_to_whoever_reads_the_table():
    made = people.make(3)
    check(people.plain_csv(made))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text || coalesce(r::text, '') FROM registry_enrolmentfile f "
                       "JOIN registry_enrolmentrow r ON r.file_id = f.id")  # fmt: skip
        kept = " ".join(row[0] for row in cursor.fetchall())
    for one in made:
        for secret in (one.nik, one.name, one.phone):
            assert secret not in kept
            assert secret.encode().hex() not in kept


def test_the_mended_sheet_keeps_every_row_and_says_beside_it_what_to_do():
    by = factories.actor(Role.AGENT)
    report = check(nasty.repeated_people(), by)
    book = load_workbook(io.BytesIO(enrol_file.mended_sheet(file=report.id, by=by)))
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert rows[0][:4] == ["NIK", "Nama", "Tanggal lahir", "Pekerjaan"]
    assert rows[0][4:] == ["Status", "Dipahami sebagai", "Yang harus diperbaiki"]
    assert [row[4] for row in rows[1:]][1] == "Perlu diperbaiki"
    assert "KTP" in rows[2][6]
    assert rows[1][0] == nasty.PEOPLE[0].nik


def test_the_mended_sheet_runs_no_formula_and_can_be_uploaded_again():
    one = people.make(1)[0]
    by = factories.actor(Role.AGENT)
    evil = '=HYPERLINK("http://x")'
    content = people.csv_of([["NIK", "Nama", "Pekerjaan", "Keterangan"], [one.nik, one.name, "petani", evil]])
    report = check(content, by)
    sheet = enrol_file.mended_sheet(file=report.id, by=by)
    cells = [cell for row in load_workbook(io.BytesIO(sheet)).active.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    again = check(sheet, by)
    assert again.usable == 1
    assert again.id != report.id


def test_progress_is_told_in_both_languages_and_never_goes_back():
    told = []
    by = factories.actor(Role.AGENT)
    watch = lambda done, total, what: told.append((done, total, what))  # noqa: E731
    report = check(people.plain_csv(people.make(1_200)), by, progress=watch)
    enrol_file.commit(file=report.id, by=by, on=ON, at=AT, progress=watch)
    assert {what.id for *_, what in told} >= {"Membaca baris", "Memutuskan menurut hukum", "Mendaftarkan"}
    assert all(0 <= done <= total and what.en for done, total, what in told)


def test_who_checked_and_enrolled_a_file_is_on_record():
    by = factories.actor(Role.AGENT)
    report = check(people.plain_csv(people.make(2)), by)
    enrol_file.commit(file=report.id, by=by, on=ON, at=AT)
    kept = Event.objects.filter(subject=f"file:{report.id}").values_list("action", "actor")
    assert set(kept) == {("file.checked", by.user), ("file.enrolled", by.user)}


def test_a_file_checked_again_after_the_register_changed_says_what_is_so_now():
    by = factories.actor(Role.AGENT)
    made = people.make(3)
    content = people.plain_csv(made)
    assert check(content, by).usable == 3
    other = factories.actor(Role.AGENT)
    enrol_file.commit(file=check(people.plain_csv(made[:1]), other).id, by=other, on=ON, at=AT)
    report = check(content, by)
    assert (report.usable, report.counts["known"]) == (2, 1)
    assert EnrolmentRow.objects.filter(file=report.id).count() == 3


def test_what_was_free_at_the_check_may_be_taken_at_the_commit_and_is_then_known():
    by, other = factories.actor(Role.AGENT), factories.actor(Role.AGENT)
    made = people.make(3)
    report = check(people.plain_csv(made), by)
    enrol_file.commit(file=check(people.plain_csv(made[:1]), other).id, by=other, on=ON, at=AT)
    assert enrol_file.commit(file=report.id, by=by, on=ON, at=AT).counts == {"enrolled": 2, "known": 1}
    assert Person.objects.count() == 3


def test_what_is_said_of_a_file_may_hold_nul_and_does_no_harm():
    content = people.plain_csv(people.make(2))
    assert check(content, mapping={"\x00 Kolom \ud800": "note"}).usable == 2
    assert check(content, defaults=Defaults(consent=("membership", "\x00"))).usable == 2
    for wrong in ({"region": "33\x00"}, {"occupation": "x\x00"}, {"programmes": ("\x00",)}):
        with pytest.raises(Refused):
            check(content, defaults=Defaults(**wrong))
    with pytest.raises(Refused):
        check(content, mapping={"NIK": "\x00"})


def test_an_officer_who_enrols_an_agents_file_leaves_the_people_with_the_agent():
    agent, officer = factories.actor(Role.AGENT), factories.actor(Role.OFFICER)
    report = check(people.plain_csv(people.make(2)), agent)
    enrol_file.commit(file=report.id, by=officer, on=ON, at=AT)
    assert set(Person.objects.values_list("agent", flat=True)) == {agent.user}
