"""Amounts, days and words as clerks write them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teduh.core.text import rupiah
from teduh.employers.models import Cause, Contract
from teduh.employers.returns import columns, findings, messages, values
from teduh.law.facts import MOST_WAGE


@pytest.mark.parametrize(
    "cell",
    ["4500000", "4.500.000", "4,500,000.00", "4500000.0", "Rp 4.500.000", "Rp4.500.000,-", "IDR 4,500,000", "4,5 jt",
     "4.500.000,00", "4 500 000", 4_500_000, 4_500_000.0, "Rp. 4.500.000,00", "4500 ribu", "Rp 4.500.000 / bulan"],
)  # fmt: skip
def test_four_and_a_half_million_however_it_is_written(cell):
    assert values.amount(cell) == 4_500_000


@pytest.mark.parametrize(
    ("cell", "code"),
    [("lihat lampiran 2", "pay_unreadable"), ("-500.000", "pay_negative"), ("(500.000)", "pay_negative"),
     (-1.0, "pay_negative"), (float("nan"), "pay_unreadable"), (float("inf"), "pay_unreadable"),
     ("9" * 30, "pay_too_much"), (True, "pay_unreadable"), (dt.date(2026, 4, 1), "pay_unreadable"),
     ("4.500.000 / 2", "pay_unreadable"), ("#REF!", "pay_unreadable")],
)  # fmt: skip
def test_what_is_no_amount_is_said_and_not_guessed(cell, code):
    assert values.amount(cell) == code


@pytest.mark.parametrize("cell", ["", None, "-", "n/a"])
def test_an_empty_cell_is_no_amount_and_no_zero(cell):
    assert values.amount(cell) is None


def test_zero_is_an_amount():
    assert values.amount("0") == values.amount(0.0) == 0


@given(st.integers(0, MOST_WAGE))
def test_what_is_shown_as_rupiah_is_read_as_the_same_amount(amount):
    assert values.amount(rupiah(amount)) == values.amount(str(amount)) == amount
    assert values.amount(f"{amount:,}.00") == amount


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fall(text):
    assert values.amount(text) is None or isinstance(values.amount(text), (int, str))
    assert values.day(text, 2030) is None or values.day(text, 2030)
    columns.field_of(text)


@pytest.mark.parametrize(
    ("cell", "day"),
    [("01/02/2020", dt.date(2020, 2, 1)), ("1 Feb 20", dt.date(2020, 2, 1)), ("2020-02-01", dt.date(2020, 2, 1)),
     (43862.0, dt.date(2020, 2, 1)), ("43862", dt.date(2020, 2, 1)),
     (dt.datetime(2020, 2, 1, 8, tzinfo=dt.UTC), dt.date(2020, 2, 1)),
     ("12 Mei 1998", dt.date(1998, 5, 12)), ("31/12/99", dt.date(1999, 12, 31)), ("", None), ("-", None),
     ("kemarin", "day_unreadable"), ("31-02-2026", "day_unreadable")],
)  # fmt: skip
def test_days_of_starting_and_leaving(cell, day):
    assert values.day(cell, 2032) == day


@pytest.mark.parametrize(
    ("word", "cause"),
    [("Resign", Cause.RESIGNED), ("mengundurkan diri", Cause.RESIGNED), ("PHK efisiensi", Cause.DISMISSED),
     ("Kontrak berakhir", Cause.CONTRACT_ENDED), ("habis kontrak", Cause.CONTRACT_ENDED), ("Pensiun", Cause.RETIRED),
     ("meninggal dunia", Cause.DIED), ("cacat total tetap", Cause.DISABLED), ("pindah cabang", Cause.MOVED),
     ("dismissed", Cause.DISMISSED), ("", ""), ("apa ya", "?"), ("permanently_disabled", Cause.DISABLED)],
)  # fmt: skip
def test_why_somebody_left(word, cause):
    assert values.cause(word) == cause


@pytest.mark.parametrize(
    ("word", "contract"),
    [("PKWTT", Contract.PERMANENT), ("PKWT", Contract.FIXED), ("Tetap", Contract.PERMANENT),
     ("kontrak", Contract.FIXED),
     ("Harian Lepas", Contract.DAILY), ("magang", Contract.PARTNER), ("", ""), ("zzz", "?")],
)  # fmt: skip
def test_contracts(word, contract):
    assert values.contract(word) == contract


@pytest.mark.parametrize(
    ("title", "field"),
    [("Gaji Pokok", "pay"), ("GP", "pay"), ("Upah", "pay"), ("Upah Pokok (Rp)", "pay"), ("Tunj. Tetap", "allowances"),
     ("Tunjangan Tidak Tetap", "variable"), ("NIK KTP", "nik"), ("No. KPJ", "member_number"),
     ("Tgl Masuk", "started_on"),
     ("TMT Kerja", "started_on"), ("Tgl. Keluar", "ended_on"), ("Nama Karyawan", "name"), ("Basic Salary", "pay"),
     ("Take Home Pay", "net"), ("Gaji Bersih", "net"), ("Jabatan", "unused"), ("Tempat Kerja", "worksite"),
     ("Gaji Pokok per bulan (Rp)", "pay"), ("Nomor BPJS Ketenagakerjaan", "member_number"), ("Zodiak", "")],
)  # fmt: skip
def test_titles_of_columns(title, field):
    assert columns.field_of(title) == field


class Anything(dict):
    def __missing__(self, key):
        return "x"


def test_every_sentence_is_whole_in_both_languages():
    for code, message in messages.MESSAGES.items():
        assert message.severity in ("stop", "warn", "note")
        for id_, en in ((message.id, message.en), (message.then_id, message.then_en)):
            assert bool(id_) == bool(en), code
            assert id_.format_map(Anything()) != en.format_map(Anything()) or not id_, code
        if message.severity == "stop":
            assert message.then_id, f"{code} says what to do"


def test_the_laws_remarks_are_said_with_source_and_status():
    found = findings.Finding(
        3, "below_minimum", "pay", {"amounts": (4_000_000, 5_396_761), "source": "Kepgub 1/2025", "status": "secondary"}
    )
    said = findings.said(found)
    assert found.severity == "warn"
    assert "Rp5.396.761" in said.text.id
    assert "Kepgub 1/2025" in said.text.id
    assert "second-hand" in said.text.en
