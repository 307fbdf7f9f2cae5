"""`teduh return` and `teduh employer` at a shell: a sheet is checked, filed once, and read again in both languages."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from teduh.cli import employer, return_
from teduh.employers.models import Employer, WageReturn
from teduh.law.months import Month
from tests import factories
from tests.employers import firms

pytestmark = pytest.mark.usefixtures("db", "regions")
SHEET = """NIK;Nama;Tgl Lahir;L/P;Tgl Masuk;Gaji Pokok
3301014501900011;Sri Rahayu;05-01-1990;P;03-08-2026;5.000.000
3301011203850012;Budi Santoso;12-03-1985;L;03-08-2026;4.000.000
"""
WRONG = SHEET.replace("3301011203850012", "12345")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", "2026-11-05T09:00:00+07:00")


@pytest.fixture
def owner(db):
    return factories.user("employer", "pemilik")


@pytest.fixture
def npp(owner):
    made = firms.employer(from_month=Month(2026, 8), owner=owner, region="33.01")
    return Employer.objects.get(pk=made).npp


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "gaji.csv"
    path.write_text(SHEET)
    return path


def run(command, *words: object, code: int = 0, answer: str = "") -> str:
    said = CliRunner().invoke(command, [str(word) for word in words], input=answer)
    assert said.exit_code == code, f"{said.output}\n{said.exception!r}"
    return said.output


def test_a_sheet_is_checked_without_being_filed_in_both_languages(sheet, npp, tmp_path):
    words = ("check", sheet, "--employer", npp, "--month", "2026-10")
    said = run(return_.command, *words, "--report", tmp_path / "periksa.xlsx")
    assert "2 pekerja, upah Rp9.000.000" in said and "Harus dibayar" in said and "16-11-2026" in said
    assert "2 workers, wages Rp9.000.000" in run(return_.command, *words, "--lang", "en")
    assert (tmp_path / "periksa.xlsx").read_bytes()[:2] == b"PK"
    assert not WageReturn.objects.filter(state="filed").exists()


def test_a_row_to_be_mended_is_named_and_says_so_by_the_exit_code(sheet, npp):
    sheet.write_text(WRONG)
    words = (sheet, "--employer", npp, "--month", "2026-10", "--lang", "en")
    assert "row 3:" in run(return_.command, "check", *words, code=3)
    run(return_.command, "file", *words, "--yes", code=3)
    assert "1 rows were left out" in run(return_.command, "file", *words, "--yes", "--without-stopped")


def test_filed_twice_it_is_one_version_and_one_bill_and_is_shown(sheet, npp):
    words = ("file", sheet, "--employer", npp, "--month", "2026-10", "--yes", "--json")
    first, again = (json.loads(run(return_.command, *words)) for _ in range(2))
    assert first == again and first["version"] == 1 and first["workers"] == 2
    said = run(return_.command, "show", "--employer", npp, "--month", "2026-10")
    assert "versi 1" in said and first["code"] in said
    assert "not reported yet" in run(
        return_.command, "show", "--employer", npp, "--month", "2026-09", "--lang", "en", code=3
    )


def test_without_a_yes_nothing_is_filed(sheet, npp):
    run(return_.command, "file", sheet, "--employer", npp, "--month", "2026-10", answer="n\n")
    assert not WageReturn.objects.filter(state="filed").exists()


def test_an_account_acts_for_its_own_firms_alone(sheet, npp, owner):
    factories.user("employer", "orang-lain")
    words = ("check", sheet, "--employer", npp, "--month", "2026-10")
    assert "pekerja" in run(return_.command, *words, "--as", "pemilik")
    assert "tidak ditemukan" in run(return_.command, *words, "--as", "orang-lain", code=1)
    run(return_.command, *words, "--as", "tidak-ada", code=2)


def test_firms_are_listed_and_one_is_shown_with_its_bill(sheet, npp):
    run(return_.command, "file", sheet, "--employer", npp, "--month", "2026-10", "--yes")
    said = run(employer.command, "list", "Maju")
    assert npp in said and "belum dilaporkan" in said
    assert npp in run(employer.command, "list", "--as", "pemilik", "--lang", "en")
    shown = run(employer.command, "show", npp)
    assert "Laporan upah:" in shown and "2 pekerja" in shown and "JKK, JKM, JHT, JP" in shown and "Lokasi 1" in shown
    assert "2 workers" in run(employer.command, "show", npp, "--lang", "en")
    assert "no such employer" in run(employer.command, "show", "99999999", "--lang", "en", code=1)
