"""Placement lists as people make them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teduh.core.errors import Refused
from teduh.migrants.exchange import reading
from teduh.migrants.exchange.rows import Sender
from teduh.migrants.models import RowState

ON = dt.date(2026, 5, 4)
AGENCY = Sender(organisation=1, kind="agency", name="PT Karya Maju")
KDEI = Sender(organisation=2, kind="mission", name="KDEI Taipei", serves=("TW",), seat="TW")
TITLES = ["NO", "NIK", "NAMA", "NO PASPOR", "TGL LAHIR", "NEGARA TUJUAN", "MAJIKAN/PENGGUNA", "JABATAN",
          "MULAI KONTRAK", "AKHIR KONTRAK", "STATUS BPJS", "NO HP"]  # fmt: skip
SITI = ["1", "3301014305900001", "SITI AMINAH", "c 123 4567", "03-05-1990", "TAIWAN", "Lin Fu", "Perawat",
        "01/03/2026", "28-02-2029", "LUNAS", "0812-3456-7890"]  # fmt: skip
BUDI = ["2", "3301011205910002", "BUDI SANTOSO", "C7654321", "12 Mei 1991", "Hongkong", "Wong", "Sopir",
        "1 April 2026", "31 Maret 2028", "belum", ""]  # fmt: skip


def sheet(*rows: list, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def book(*rows: list, merge: tuple[str, ...] = ()) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for cells in merge:
        made.active.merge_cells(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(content: bytes, sender: Sender = AGENCY, purpose: str = "compare") -> reading.Read:
    return reading.read(content=content, name="daftar", sender=sender, purpose=purpose, agencies={}, on=ON)


def said(found: reading.Read, number: int = 0) -> set[str]:
    return {finding.code for finding in found.rows[number].findings}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_separator_and_encoding_reads_the_same(delimiter, encoding):
    found = read(sheet(TITLES, SITI, BUDI, delimiter=delimiter, encoding=encoding))
    siti, budi = (row.values for row in found.rows)
    assert (siti["nik"], siti["name"], siti["passport"]) == ("3301014305900001", "SITI AMINAH", "C1234567")
    assert (siti["birth_date"], siti["starts"], siti["ends"]) == ("1990-05-03", "2026-03-01", "2029-02-28")
    assert (siti["destination"], siti["paid"], siti["phone"]) == ("TW", True, "+6281234567890")
    assert (budi["destination"], budi["birth_date"], budi["ends"]) == ("HK", "1991-05-12", "2028-03-31")
    assert budi["paid"] is False


def test_title_rows_above_and_totals_below_are_no_people():
    found = read(sheet(["DAFTAR CPMI BULAN MEI"], ["PT KARYA MAJU"], [], TITLES, SITI, BUDI, ["JUMLAH", "2 orang"],
                       [], ["", "Mengetahui", "", "", "Direktur"]))  # fmt: skip
    assert [row.number for row in found.rows] == [5, 6]


def test_headings_over_two_rows_with_merged_cells_are_one_title():
    upper = ["NO", "NIK", "NAMA", "KONTRAK", None, None, "PASPOR", None]
    lower = [None, None, None, "MULAI", "AKHIR", "LAMA (BULAN)", "NOMOR", "BERLAKU S/D"]
    row = [1, "3301014305900001", "SITI AMINAH", "01-03-2026", "28-02-2029", 36, "C1234567", dt.date(2031, 1, 1)]
    found = read(book(["DAFTAR"], upper, lower, row, merge=("D2:F2", "G2:H2", "A2:A3", "B2:B3", "C2:C3")))
    got = found.rows[0].values
    assert (got["starts"], got["ends"], got["months"]) == ("2026-03-01", "2029-02-28", 36)
    assert (got["passport"], got["passport_until"]) == ("C1234567", "2031-01-01")


def test_english_titles_are_read_too():
    titles = ["National ID", "Full Name", "Passport No.", "Date of Birth", "Country", "Employer", "Position",
              "Contract Start", "Contract End", "Departure Date", "Paid", "Mobile"]  # fmt: skip
    row = ["3301014305900001", "Siti Aminah", "C1234567", "1990-05-03", "Saudi Arabia", "Al Rashid", "Nurse",
           "2026-03-01", "2028-02-29", "Mar 2, 2026", "Yes", "081234567890"]  # fmt: skip
    got = read(sheet(titles, row)).rows[0].values
    assert (got["destination"], got["departs_on"], got["paid"]) == ("SA", "2026-03-02", True)


def test_a_merged_cell_speaks_for_all_the_rows_it_covers():
    titles = ["NIK", "NAMA", "NEGARA TUJUAN"]
    found = read(book(titles, ["3301014305900001", "SITI", "TAIWAN"], ["3301011205910002", "BUDI", None],
                      merge=("C2:C3",)))  # fmt: skip
    assert [row.values["destination"] for row in found.rows] == ["TW", "TW"]


@pytest.mark.parametrize("nik", ["3,30E+15", "3.30E+15", 3301014305900000.0])
def test_a_nik_that_excel_shortened_is_noticed_and_said_and_never_guessed(nik):
    content = book(["NIK", "NAMA", "NO PASPOR"], [nik, "SITI", "C1234567"])
    found = read(content)
    assert found.rows[0].values["nik"] is None
    assert "nik_excel" in said(found)
    assert "nik_excel_column" in {one.code for one in found.findings}


def test_taiwans_years_are_read_in_a_row_to_taiwan_and_refused_in_another():
    rows = [[*SITI[:8], "115/03/01", "118/02/28", "LUNAS", ""], [*BUDI[:8], "115/04/01", "117/03/31", "belum", ""]]
    found = read(sheet(TITLES, *rows))
    assert (found.rows[0].values["starts"], found.rows[0].values["ends"]) == ("2026-03-01", "2029-02-28")
    assert found.rows[1].values["starts"] is None
    assert "day_minguo_here" in said(found, 1)


def test_a_list_of_the_mission_in_taipei_is_taiwans_without_a_column_of_countries():
    titles = ["NAMA", "NO PASPOR", "TGL LAHIR", "MULAI KONTRAK"]
    got = read(sheet(titles, ["SITI AMINAH", "C1234567", "79/05/03", "1150301"]), KDEI).rows[0].values
    assert (got["birth_date"], got["starts"], got["destination"]) == ("1990-05-03", "2026-03-01", "TW")


@pytest.mark.parametrize(
    ("length", "ends"), [("24", "2028-02-29"), ("2 tahun", "2028-02-29"), ("36 bln", "2029-02-28")]
)
def test_the_last_day_is_reckoned_from_the_length_where_it_is_not_written(length, ends):
    found = read(sheet(["NIK", "NAMA", "MULAI KONTRAK", "LAMA KONTRAK (BULAN)"],
                       ["3301014305900001", "SITI", "01-03-2026", length]))  # fmt: skip
    assert (found.rows[0].values["ends"], found.rows[0].values["reckoned"]) == (ends, True)


def test_a_length_written_under_the_end_is_taken_for_a_length():
    found = read(sheet(["NIK", "NAMA", "MULAI KONTRAK", "AKHIR KONTRAK"],
                       ["3301014305900001", "SITI", "01-03-2026", "2 tahun"]))  # fmt: skip
    assert found.rows[0].values["ends"] == "2028-02-29"


def test_a_contract_that_ends_before_it_starts_is_said_and_not_used():
    found = read(sheet(TITLES, [*SITI[:8], "28-02-2029", "01/03/2026", "", ""]))
    assert "dates_turned" in said(found)
    assert found.rows[0].values["starts"] is None


@pytest.mark.parametrize(
    ("status", "paid", "until"),
    [
        ("LUNAS", True, None), ("Aktif", True, None), ("sudah bayar", True, None), ("v", True, None),
        ("370.000", True, None), ("BELUM LUNAS", False, None), ("tidak aktif", False, None), ("Non Aktif", False, None),
        ("-", False, None), ("unpaid", False, None), ("Aktif s/d 31-12-2026", True, "2026-12-31"),
        ("31-12-2026", True, "2026-12-31"), ("31-12-2025", False, "2025-12-31"), ("", None, None), ("??", None, None),
    ],
)  # fmt: skip
def test_whether_it_is_paid_is_read_from_what_people_write(status, paid, until):
    got = read(sheet(TITLES, [*SITI[:10], status, ""])).rows[0].values
    assert (got["paid"], got["paid_until"]) == (paid, until)


def test_one_person_twice_is_one_person_and_two_names_under_a_nik_are_to_be_mended():
    found = read(sheet(TITLES, SITI, [*SITI[:2], "Siti Aminah, S.Pd", *SITI[3:]], BUDI,
                       [*BUDI[:2], "JOKO WIDIANTO", *BUDI[3:]]), purpose="compare")  # fmt: skip
    assert found.rows[1].state == RowState.REPEATED
    assert "two_names" in said(found, 2) & said(found, 3)


def test_a_passport_of_two_niks_is_said_on_both_rows():
    found = read(sheet(TITLES, SITI, [*BUDI[:3], SITI[3], *BUDI[4:]]))
    assert "passport_two_people" in said(found, 0) & said(found, 1)


def test_a_row_that_names_nobody_stops_and_one_with_a_passport_alone_does_not():
    titles = ["NIK", "NAMA", "NO PASPOR", "TGL LAHIR", "NEGARA TUJUAN"]
    found = read(sheet(titles, ["", "SITI", "", "", "TAIWAN"], ["123", "WATI", "", "", "TAIWAN"],
                       ["", "", "C1234567", "", "TAIWAN"]))  # fmt: skip
    states = {row.values["name"]: row.state for row in found.rows}
    assert states["WATI"] == RowState.MEND
    assert states[None] != RowState.MEND


def test_a_sheet_without_people_is_refused_with_what_was_read():
    with pytest.raises(Refused) as refused:
        read(sheet(["Tanggal", "Uraian", "Debit"], ["01-01-2026", "Setoran", "100"]))
    assert refused.value.code == "no_columns"
    assert "Uraian" in refused.value.why.id


def test_a_list_with_titles_and_no_rows_is_refused():
    with pytest.raises(Refused) as refused:
        read(sheet(TITLES))
    assert refused.value.code == "no_people"


@given(st.permutations(range(len(TITLES))), st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_the_order_of_columns_and_rows_makes_no_difference(order, seed):
    rows = [SITI, BUDI, [*SITI[:1], "3301015206930003", "WATI", "C1111111", "12-06-1993", *SITI[5:]]]
    random.Random(seed).shuffle(rows)
    found = read(sheet([TITLES[i] for i in order], *([row[i] for i in order] for row in rows)))
    plain = read(sheet(TITLES, SITI, BUDI, rows[0]))
    wanted = {row.values["nik"]: row.values for row in plain.rows}
    got = {row.values["nik"]: row.values for row in found.rows}
    assert {nik: got[nik] for nik in wanted} == wanted


ODD = ["115/03/01", "3,20E+15", "=1+1", "C 123 4567", "LUNAS", "TAIWAN", "\x00", "\ud800"]
JUNK = st.one_of(
    st.text(max_size=30), st.integers(-(10**18), 10**18), st.floats(allow_nan=False), st.dates(), st.none(),
    st.sampled_from(ODD),
)  # fmt: skip


@given(st.lists(st.lists(JUNK, min_size=12, max_size=12), min_size=1, max_size=6), st.sampled_from([AGENCY, KDEI]))
@settings(max_examples=120, deadline=None)
def test_junk_under_the_titles_never_breaks_the_reading_and_each_row_has_a_state(rows, sender):
    plain = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    content = _bytes(TITLES, plain)
    try:
        found = read(content, sender)
    except Refused as refused:
        assert refused.code in ("no_people", "no_columns", "file_broken", "sheet_too_large")
        return
    for row in found.rows:
        assert row.state in RowState.values
        for finding in row.findings:
            assert finding.text.id and finding.text.en


def _bytes(titles: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([titles, *rows])
    return out.getvalue().encode("utf-8", "replace")


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_bytes_that_are_no_list_are_refused_with_a_sentence(content):
    with pytest.raises(Refused) as refused:
        read(content)
    assert refused.value.what.id and refused.value.then.id
