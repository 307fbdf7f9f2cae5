"""Bytes of any kind become a grid of cells, or a refusal that says what to do; places and occupations are found."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.registry.queries.places import OccupationRow
from teduh.registry.sheets import gazetteer, headers, mended, reading, trades
from teduh.registry.sheets.gazetteer import Region, Written
from teduh.registry.sheets.grid import Sheet
from teduh.registry.sheets.rows import Defaults, Reader
from tests.data.sheets import nasty, people

REGIONS = [
    Region("33", None, 1, "Jawa Tengah", "jawatengah"),
    Region("33.01", "33", 2, "Kabupaten Cilacap", "cilacap"),
    Region("33.01.09", "33.01", 3, "Kawunganten", "kawunganten"),
    Region("33.01.09.2003", "33.01.09", 4, "Ujungmanik", "ujungmanik"),
    Region("33.01.10", "33.01", 3, "Gandrungmangu", "gandrungmangu"),
    Region("33.01.10.2001", "33.01.10", 4, "Karanganyar", "karanganyar"),
    Region("32", None, 1, "Jawa Barat", "jawabarat"),
    Region("32.04", "32", 2, "Kabupaten Bandung", "bandung"),
    Region("32.73", "32", 2, "Kota Bandung", "bandung"),
    Region("32.04.05", "32.04", 3, "Cicalengka", "cicalengka"),
    Region("32.04.05.2009", "32.04.05", 4, "Karanganyar", "karanganyar"),
]


def found(near: str | None = None, **said: str):
    read = gazetteer.Gazetteer(REGIONS, near).find(Written(**said))
    return read.value, [finding.code for finding in read.findings]


def test_a_village_within_its_district_is_found():
    assert found(village="Ds. Ujungmanik", district="Kec. Kawunganten", regency="Kab. Cilacap") == (
        "33.01.09.2003", ["place_read"],
    )  # fmt: skip


def test_a_code_is_enough_with_dots_or_without():
    assert found(code="3301092003")[0] == found(code="33.01.09.2003")[0] == "33.01.09.2003"


def test_a_misspelt_village_is_found_by_likeness_within_its_district_and_said():
    assert found(village="Ujung Mannik", district="Kawunganten") == ("33.01.09.2003", ["place_similar"])


def test_two_villages_of_one_name_are_listed_and_none_is_chosen():
    value, codes = found(village="Karanganyar")
    assert (value, codes) == (None, ["place_ambiguous"])
    read = gazetteer.Gazetteer(REGIONS).find(Written(village="Karanganyar"))
    assert "33.01.10.2001" in read.findings[0].what.id


def test_where_the_file_comes_from_settles_a_common_name():
    assert found("33.01.09.2003", village="Karanganyar")[0] == "33.01.10.2001"


def test_a_city_is_not_the_regency_of_the_same_name():
    assert found(regency="Kota Bandung")[0] == "32.73"
    assert found(regency="Kab. Bandung")[0] == "32.04"


def test_an_unknown_village_leaves_its_district():
    assert found(village="Entah", district="Kawunganten") == ("33.01.09", ["place_part"])
    assert found(village="Entah") == (None, ["place_unknown"])


def test_places_named_inside_an_address_are_taken_from_it():
    written = gazetteer.in_address("Jl. Melati 3 RT 01/02, Desa Ujungmanik Kec. Kawunganten Kab. Cilacap")
    assert (written.village, written.district, written.regency) == ("Ujungmanik", "Kawunganten", "Cilacap")
    assert gazetteer.in_address("Jl. Desa Sejahtera").village == "Sejahtera"


@pytest.mark.usefixtures("db", "regions")
@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [("nelayan", "nelayan", []), ("Ojol", "ojek-online", ["occupation_read"]), ("IRT", None, ["not_working"]),
     ("Pelajar/Mahasiswa", None, ["not_working"]), ("astronot", "pekerja-lain", ["occupation_other"]),
     ("IRT / penjahit", "penjahit", None), ("PNS", "pekerja-lain", ["wage_work"]), ("", None, [])],
)  # fmt: skip
def test_occupations_are_found_by_the_words_people_use(typed, code, said):
    read, _ = trades.load().find(typed)
    assert read.value == code
    if said is not None:
        assert [finding.code for finding in read.findings] == said


@pytest.mark.usefixtures("db", "regions")
def test_two_occupations_in_one_cell_are_two_occupations():
    first, second = trades.load().find("nelayan, penjahit")
    assert (first.value, second.value) == ("nelayan", "penjahit")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_any_encoding_and_with_any_delimiter(encoding, delimiter):
    rows = [["NIK", "Nama", "Alamat"], ["3271011205880001", "José Ñandú", "Jl. A, no. 1; RT 2"]]
    sheet = reading.read(people.csv_of(rows, delimiter=delimiter, encoding=encoding))
    assert sheet.grid == rows


def test_the_titles_may_stand_over_two_rows_under_headings():
    layout = headers.layout(reading.read(nasty.village_form()).grid)
    assert (layout.header, layout.first) == (3, 6)
    assert set(layout.by_field) >= {"nik", "name", "birth_date", "sex_male", "sex_female", "rt", "rw", "village", "due"}


def test_the_sheet_that_looks_like_people_is_chosen_and_the_others_are_named():
    sheet = reading.read(nasty.two_sheets())
    assert sheet.name == "Dusun Krajan"
    assert {finding.code for finding in sheet.findings} == {"sheet_chosen", "sheet_hidden"}
    assert reading.read(nasty.two_sheets(), sheet="rekap").name == "Rekap"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes_are_a_sheet_or_are_refused_in_both_languages(content):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"NIK,Nama\n"):
        try:
            sheet = reading.read(start + content)
        except Refused as refused:
            assert refused.what.id and refused.what.en and refused.then.id and refused.then.en
        else:
            headers.layout(sheet.grid)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates()), max_size=6), max_size=6
    )
)
def test_any_cells_can_be_given_back_as_a_sheet(grid):
    layout = headers.Layout((), None, 0, ())
    assert mended.write(sheet=Sheet("csv", "", grid), layout=layout, rows={}).startswith(b"PK")


ANY_CELL = st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.times())
TITLES = ["No", "NIK", "Nama", "TTL", "L/P", "HP", "Alamat", "Desa", "Kec", "Pekerjaan", "Penghasilan", "Program",
          "Iuran", "Ahli Waris", "Hubungan", "Tgl Lahir Ahli Waris", "Keterangan", "JHT", "Masih bekerja"]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY_CELL, min_size=1, max_size=len(TITLES)), st.booleans())
def test_whatever_stands_in_a_row_it_is_read_as_a_person_or_as_none_and_can_be_kept(row, has_nik):
    if has_nik and len(row) > 2:
        row[1:3] = ["3301011205880001", "Budi Santoso"]
    layout = headers.layout([TITLES, row])
    fisher = trades.Trades(lambda _: OccupationRow("nelayan", "fishing", "Nelayan", "Fisher"))
    reader = Reader(layout, gazetteer.Gazetteer(REGIONS), fisher, Defaults(), dt.date(2026, 11, 22))
    read = reader.read(2, row)
    assert read.state in ("ready", "warned", "mend", "blank")
    assert (read.state == "mend") == any(finding.level == "mend" for finding in read.findings)
    assert json.loads(json.dumps(read.values)) == read.values
    if read.is_usable:
        assert all(read.values[name] for name in ("nik", "name", "birth_date", "sex", "occupation", "programmes"))
