"""Wage sheets as personnel offices make them: what is a worker, what each cell says, what cannot be read."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.employers.returns import findings, reading
from teduh.law.months import Month
from tests.data.returns import workers

APRIL = Month(2026, 4)
ANA, BUDI = "3171014101900002", "3171010101900001"


def read(content, name="upah.csv"):
    return reading.read(content=content, name=name, month=APRIL)


def codes(rows, number=None):
    return {f.code for f in rows.findings if number is None or f.number == number}


MESSY = [
    ("PT MAJU BERSAMA", "", "", "", "", "", "", ""),
    ("Laporan Upah April 2026", "", "", "", "", "", "", ""),
    ("", "", "", "", "", "", "", ""),
    ("No", "Identitas", "", "Gaji Pokok", "Tunjangan", "", "Tgl Masuk", "Ket"),
    ("", "NIK KTP", "Nama", "", "Tetap", "Tidak Tetap", "", ""),
    ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"),
    ("1", ANA, "Ana Wati", "Rp 4.500.000,-", "500.000", "250000", "01/02/2020", ""),
    ("", "", "", "", "", "", "", ""),
    ("2", f"'{BUDI}", "Budi Santoso", "4,500,000.00", "-", "", "12 Mei 2021", ""),
    ("Jumlah", "", "", "9.000.000", "", "", "", ""),
    ("", "", "Jakarta, 30 April 2026", "", "", "", "", ""),
    ("", "", "Mengetahui, HRD", "", "", "", "", ""),
]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_titles_two_rows_of_them_totals_and_signatures_in_any_csv(delimiter, encoding):
    rows = read(workers.table(MESSY, delimiter, encoding))
    assert rows.number == [7, 9]
    assert rows.nik == [ANA, BUDI]
    assert rows.pay == [4_500_000, 4_500_000]
    assert rows.allowances == [500_000, 0]
    assert rows.variable == [250_000, 0]
    assert not rows.stopped
    assert "sum_differs" not in codes(rows)


def test_the_same_sheet_as_a_workbook_with_other_sheets():
    content = workers.as_xlsx(MESSY, others={"Cuti": [("Nama", "Cuti"), ("Ana", 3)], "Rekap": [("Total", 9)]})
    rows = read(content, "upah.xlsx")
    assert rows.nik == [ANA, BUDI]
    assert rows.pay == [4_500_000, 4_500_000]
    assert "sheet_chosen" in codes(rows)


def test_numbers_and_dates_of_a_spreadsheet_are_read_as_they_are():
    lines = [("NIK", "Nama", "Upah", "Tgl Masuk"), (ANA, "Ana", 4_500_000.0, dt.date(2020, 2, 1))]
    rows = read(workers.as_xlsx(lines), "a.xlsx")
    assert rows.pay == [4_500_000]
    assert rows.raw["started_on"] == [dt.date(2020, 2, 1)]


@pytest.mark.parametrize("cell", [3.17101e15, 3171014101900002.0, "3.17101E+15", "3,17101E+15"])
def test_a_nik_that_excel_damaged_stops_the_row_and_says_how_to_mend_it(cell):
    lines = [("NIK", "Nama", "Upah"), (cell, "Ana", 4_500_000), (BUDI, "Budi", 4_500_000)]
    content = workers.as_xlsx(lines) if isinstance(cell, float) else workers.table(lines)
    rows = read(content)
    if cell == 3171014101900002.0:  # all sixteen digits are there
        assert rows.nik[0] == ANA
        return
    assert rows.stopped == {0}
    (found,) = [f for f in rows.findings if f.number == 2 and f.severity == "stop"]
    assert found.code == "nik_excel"
    assert "Teks" in findings.said(found).then.id
    assert "Text" in findings.said(found).then.en


def test_a_member_number_stands_in_for_a_missing_nik():
    rows = read(workers.table([("No. KPJ", "Nama", "GP"), ("123 4567 8901", "Ana", "4500000")]))
    assert rows.member == ["12345678901"]
    assert rows.nik == [None]
    assert not rows.stopped


def test_nik_is_also_what_firms_call_their_own_numbers():
    lines = [
        ("NIK", "No KTP", "Nama", "Upah Pokok"),
        ("K-0012", ANA, "Ana", "4500000"),
        ("K-0013", BUDI, "B", "5000000"),
    ]
    rows = read(workers.table(lines))
    assert rows.nik == [ANA, BUDI]
    assert rows.raw["worker_number"] == ["K-0012", "K-0013"]


def test_several_allowances_are_added_and_it_is_said_which():
    lines = [("NIK", "Nama", "Gaji Pokok", "Tunj. Jabatan", "Tunj. Keluarga", "Uang Makan", "Lembur"),
             (ANA, "Ana", "4000000", "300000", "200000", "500000", "100000")]  # fmt: skip
    rows = read(workers.table(lines))
    assert (rows.allowances, rows.variable) == ([500_000], [600_000])
    assert "several_summed" in codes(rows)


def test_a_gross_wage_stands_in_for_the_basic_one_with_a_warning():
    rows = read(workers.table([("NIK", "Nama", "Total Gaji"), (ANA, "Ana", "4500000")]))
    assert rows.pay == [4_500_000]
    assert "gross_used" in codes(rows)


def test_a_sum_that_is_not_that_of_its_rows_is_pointed_out():
    lines = [("NIK", "Nama", "Upah"), (ANA, "Ana", "4500000"), (BUDI, "Budi", "4500000"), ("Total", "", "9500000")]
    assert "sum_differs" in codes(read(workers.table(lines)))


def test_wages_in_thousands_stop_unless_the_title_says_so():
    lines = [("NIK", "Nama", "Upah"), (ANA, "Ana", "4500"), (BUDI, "Budi", "5000")]
    rows = read(workers.table(lines))
    assert rows.stopped == {0, 1}
    assert "all_in_thousands" in codes(rows)
    rows = read(workers.table([("NIK", "Nama", "Upah (ribuan)"), *lines[1:]]))
    assert rows.pay == [4_500_000, 5_000_000]
    assert not rows.stopped


@pytest.mark.parametrize(
    ("column", "cell", "kind"),
    [("Cara Bayar", "harian", "daily"), ("Cara Bayar", "Borongan", "piece"), ("Cara Bayar", "Bulanan", "monthly"),
     ("Jenis Upah", "borongan cuaca", "weather"), ("Cara Bayar", "", "monthly")],
)  # fmt: skip
def test_how_somebody_is_paid(column, cell, kind):
    rows = read(workers.table([("NIK", "Nama", "Upah", column), (ANA, "Ana", "200000", cell)]))
    assert rows.wage_type == [kind]


@pytest.mark.parametrize(("title", "cell"), [("Upah Harian", "200000"), ("Upah", "Rp 200.000/hari")])
def test_a_daily_wage_by_its_title_or_its_cell(title, cell):
    rows = read(workers.table([("NIK", "Nama", title), (ANA, "Ana", cell)]))
    assert (rows.wage_type, rows.pay) == (["daily"], [200_000])


def test_a_sheet_without_wages_or_workers_is_refused_with_what_to_do():
    for lines, code in (
        ([("NIK", "Nama", "Alamat"), (ANA, "Ana", "Jl. Mawar")], "no_wage_columns"),
        ([("NIK", "Nama", "Upah"), ("", "", "")], "no_workers"),
    ):
        with pytest.raises(Refused) as refused:
            read(workers.table(lines))
        assert refused.value.code == code
        assert refused.value.then.en


def test_a_village_list_may_have_fifty_thousand_rows_and_a_return_a_hundred_and_fifty_thousand():
    lines = [("NIK", "Nama", "Upah"), *((f"317101{n:010d}", "Ana", "4500000") for n in range(51_000))]
    assert len(read(workers.table(lines))) == 51_000


def test_cells_with_nul_bytes_formulas_and_signs_do_no_harm():
    lines = [("NIK", "Nama", "Upah"), (ANA, '=HYPERLINK("x")', "#REF!"), (BUDI, "Budi\u200b", "4500000")]
    rows = read(workers.table(lines))
    assert rows.stopped == {0}
    assert "pay_unreadable" in codes(rows, 2)
