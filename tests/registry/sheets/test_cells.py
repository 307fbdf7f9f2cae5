"""Cells as people type them: what each is read as, and what is said where something was doubtful."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.registry.sheets import amounts, cells, dates, headers
from teduh.registry.sheets.findings import Understood, unpacked

NIK = "3271011205880001"
BORN = dt.date(1988, 5, 12)
ON = dt.date(2026, 11, 22)
ANYTHING = st.one_of(
    st.text(), st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times(),
    st.text(alphabet=string.digits + " .,-/'eE+Rp\x00\u202ejutarb", max_size=40),
    st.from_regex(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{1,4}", fullmatch=True),
)  # fmt: skip


def codes(read: Understood) -> list[str]:
    return [finding.code for finding in read.findings]


@pytest.mark.parametrize(
    "typed",
    [NIK, " 3271 0112 0588 0001 ", f"'{NIK}'", f'="{NIK}"', "３２７１０１１２０５８８０００１", "3271.0112.0588.0001",
     f"NIK: {NIK}", f"{NIK}.0", "3.271011205880001E+15", f"\u202e{NIK}\u202c", "٣٢٧١٠١١٢٠٥٨٨٠٠٠١", f"’{NIK}",
     "3271\u00a00112\u00a00588\u00a00001", float(NIK), int(NIK)],
)  # fmt: skip
def test_a_nik_is_its_sixteen_digits_however_it_was_typed(typed):
    read = cells.nik(typed)
    assert read.value == NIK
    assert read.is_usable


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3.27E+15", "nik_scientific"), ("3,27101E+15", "nik_scientific"), ("3.27101120588E+15", "nik_scientific"),
        (3271011205880010.0, "nik_last_digit"), (9171011205880001, "nik_last_digit"), (327101120588001, "nik_length"),
        ("327101120588000", "nik_length"), (f"{NIK}7", "nik_length"), ("32710112****0001", "nik_masked"),
        ("tidak punya", "nik_letters"), ("", "nik_missing"), ("-", "nik_missing"), (None, "nik_missing"),
        ("'", "nik_missing"), (True, "nik_letters"), (float("nan"), "nik_length"), (float("inf"), "nik_length"),
    ],
)  # fmt: skip
def test_a_nik_that_is_not_whole_must_be_mended(typed, code):
    read = cells.nik(typed)
    assert read.value is None
    assert codes(read) == [code]
    assert read.findings[0].then.id


def test_letters_that_look_like_digits_are_read_and_said():
    read = cells.nik("327l0112O588OOO1")
    assert (read.value, codes(read)) == (NIK, ["nik_look_alike"])


@pytest.mark.parametrize(
    "typed",
    ["12-05-1988", "12/5/88", "12 Mei 1988", "12-Mei-88", "May 12, 1988", "1988-05-12", "19880512", "12051988", 32275,
     32275.0, "32275", "12.05.1988", "Cilacap, 12-05-1988", "Cilacap 12 Mei 1988", "CILACAP/12-05-1988", "12 mey 1988",
     "1988-05-12 00:00:00", BORN, dt.datetime.fromisoformat("1988-05-12"), "12 – 05 – 1988", "12th May 1988",
     "05/12/1988", dt.date(1988, 12, 5), "1988", "31/02/1988", "", None, "-"],
)  # fmt: skip
def test_a_birth_date_is_read_in_any_form_and_settled_by_the_nik(typed):
    assert dates.birth(typed, by_nik=(BORN,), on=ON).value == BORN


@pytest.mark.parametrize(
    ("typed", "read"),
    [("05/12/1988", dt.date(1988, 12, 5)), ("5/13/1988", dt.date(1988, 5, 13)), ("01-02-03", dt.date(2003, 2, 1)),
     ("01-02-30", dt.date(1930, 2, 1)), ("12 Nopember 1970", dt.date(1970, 11, 12)),
     ("29/2/2000", dt.date(2000, 2, 29))],
)  # fmt: skip
def test_without_a_nik_the_day_comes_first_and_the_century_is_that_of_somebody_who_works(typed, read):
    assert dates.birth(typed, by_nik=(), on=ON).value == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [("31/02/1980", "date_not_possible"), ("00/00/0000", "date_not_possible"), ("29/02/1999", "date_not_possible"),
     ("besok", "date_unreadable"), ("12-05-1888", "date_too_old"), ("12-05-2030", "date_future"), ("", "date_missing")],
)  # fmt: skip
def test_a_day_that_cannot_be_must_be_mended(typed, code):
    assert codes(dates.birth(typed, by_nik=(), on=ON)) == [code]


@pytest.mark.parametrize(
    ("day", "ok"), [(ON - dt.timedelta(days=1), True), (ON, True), (ON + dt.timedelta(days=1), False)]
)
def test_nobody_is_born_after_today(day, ok):
    assert dates.birth(day, by_nik=(), on=ON).is_usable is ok


def test_day_and_month_swapped_by_excel_are_turned_back_and_said():
    assert codes(dates.birth(dt.date(1988, 12, 5), by_nik=(BORN,), on=ON)) == ["date_swapped"]
    assert codes(dates.birth("05/12/1988", by_nik=(BORN,), on=ON)) == ["date_by_nik"]


@pytest.mark.parametrize(
    ("typed", "rupiah"),
    [
        ("1.500.000", 1_500_000), ("Rp 1.500.000,-", 1_500_000), ("Rp1.500.000,00", 1_500_000), ("1,5jt", 1_500_000),
        ("1.5 juta", 1_500_000), ("1-2 juta", 1_500_000), ("500rb", 500_000), ("50.000/hari", 1_250_000),
        ("< 1 juta", 1_000_000), ("1 jt s/d 2 jt", 1_500_000), ("1.000.000 s.d 2.000.000", 1_500_000),
        ("Rp1.000.000-Rp2.000.000", 1_500_000), (1_500_000.0, 1_500_000), (1.5, 1_500_000), (1500, 1_500_000),
        ("12jt/tahun", 1_000_000), ("1,250,000", 1_250_000), ("Rp. 750.000 per bulan", 750_000), ("0", 0), (0, 0),
        ("IDR 2,000,000", 2_000_000), ("±1.000.000", 1_000_000), ("1500000,00", 1_500_000), ("2 million", 2_000_000),
    ],
)  # fmt: skip
def test_income_is_whole_rupiah_a_month_however_it_is_written(typed, rupiah):
    read = amounts.income(typed)
    assert read.value == rupiah
    assert type(read.value) is int


@pytest.mark.parametrize("typed", ["UMR", "cukup", "-500", "9" * 30, -1, 1e300])
def test_income_that_is_no_amount_must_be_mended(typed):
    assert not amounts.income(typed).is_usable


@pytest.mark.parametrize("typed", ["", None, "-", "tidak tentu", "Tidak menentu"])
def test_income_that_is_not_said_is_none(typed):
    assert amounts.income(typed) == Understood(None)


def test_a_title_in_thousands_or_millions_scales_short_amounts_only():
    assert headers.scale_of("Penghasilan (ribu)") == 1_000
    assert amounts.income("1500", 1_000).value == 1_500_000
    assert amounts.income("1,5", 1_000_000).value == 1_500_000
    assert amounts.income("1500000", 1_000).value == 1_500_000


@pytest.mark.parametrize(
    ("typed", "sex"),
    [("L", "M"), ("P", "F"), ("Lk", "M"), ("Pr", "F"), ("laki-laki", "M"), ("PEREMPUAN", "F"), ("M", "M"), ("F", "F"),
     ("Wanita", "F"), (" l ", "M"), ("", None), ("?", None)],
)  # fmt: skip
def test_sex_in_the_words_people_use(typed, sex):
    assert cells.sex(typed).value == sex


@pytest.mark.parametrize(
    ("typed", "read"),
    [("JKK, JKM", ("JKK", "JKM")), ("2 program", ("JKK", "JKM")), ("3", ("JKK", "JKM", "JHT")), (2.0, ("JKK", "JKM")),
     ("JKK+JKM+JHT", ("JKK", "JKM", "JHT")), ("JKM", ("JKK", "JKM")), ("lengkap", ("JKK", "JKM", "JHT")),
     ("jkk jkm jp", ("JKK", "JKM")), ("Hari Tua", ("JKK", "JKM", "JHT"))],
)  # fmt: skip
def test_programmes_always_hold_what_is_mandatory(typed, read):
    assert cells.programmes(typed).value == read


@pytest.mark.parametrize(
    ("typed", "phone"),
    [("0812-3456-7890", "+6281234567890"), ("WA: 081234567890", "+6281234567890"), (81234567890, "+6281234567890"),
     ("0812-3456-7890 / 0813 3333 4444", "+6281234567890"), ("+62 812 3456 7890", "+6281234567890"), ("", None),
     ("8,12E+10", None), ("tidak ada", None)],
)  # fmt: skip
def test_phones_in_all_shapes(typed, phone):
    read = cells.phone(typed)
    assert read.value == phone
    assert read.is_usable


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("NIK", "nik"), ("No. KTP", "nik"), ("Nomor Induk Kependudukan", "nik"), ("ID number", "nik"),
        ("Nama Lengkap (sesuai KTP)", "name"), ("Full name", "name"), ("TTL", "birth"), ("Tempat/Tgl. Lahir", "birth"),
        ("Date of birth", "birth_date"), ("Tanggal Lhair", "birth_date"), ("L/P", "sex"), ("JK", "sex"),
        ("No. HP / WA", "phone"), ("Kecamtan", "district"), ("Desa/Kel.", "village"), ("Penghasilan (juta)", "income"),
        ("Nama Ahli Waris", "heir_name"), ("Hubungan", "heir_relation"), ("HP Ahli Waris", "heir_phone"),
        ("NIK Ahli Waris", "unused"), ("No. KK", "family_card"), ("Warna favorit", ""), ("", ""), ("💥", ""),
        ("Kepala Desa", ""), ("Occupation", "occupation"), ("Ket.", "note"), ("IURAN/BLN", "due"),
    ],
)  # fmt: skip
def test_titles_in_several_spellings_and_languages(title, field):
    assert headers.field_of(title)[0] == field


@given(ANYTHING)
def test_no_cell_makes_a_reader_fail_and_what_it_says_is_short_and_visible(value):
    reads = [
        cells.nik(value), cells.name(value), cells.line(value, "note"), cells.sex(value), cells.phone(value),
        cells.email(value), cells.programmes(value), cells.relation(value), cells.working(value), amounts.income(value),
        dates.birth(value, by_nik=(BORN,), on=ON), dates.birth(value, by_nik=(), on=ON),
    ]  # fmt: skip
    amounts.plain(value)
    cells.ticked(value)
    for read in reads:
        for finding in read.findings:
            assert unpacked(finding.packed()) == finding
            for text in (finding.what, finding.then):
                assert text is None or (len(text.id) < 900 and "\x00" not in text.id and "\u202e" not in text.en)
    assert reads[0].value is None or (len(reads[0].value) == 16 and reads[0].value.isascii())
    assert reads[9].value is None or (type(reads[9].value) is int and 0 <= reads[9].value <= amounts.MOST)


@given(st.text(max_size=60))
def test_no_title_makes_the_reader_fail(title):
    headers.field_of(title)
    headers.scale_of(title)
