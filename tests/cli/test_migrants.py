"""`teduh migrants` at a shell: the gate's exit codes, from registering to a paid bill, lists, differences."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from teduh.cli import migrants
from teduh.core.clock import JAKARTA
from teduh.journeys import demo_migrants
from teduh.journeys.money import pay
from teduh.migrants.models import Placement
from teduh.outreach.models import Message
from teduh.payments.models import Bill
from teduh.security.access import SYSTEM
from teduh.security.models import User

ON = dt.date(2026, 8, 20)
AT = dt.datetime(2026, 8, 20, 8, 30, tzinfo=JAKARTA)
WAHYU = ("--nik", "3301125207940003", "--name", "Wahyuni Lestari", "--born", "1994-07-12", "--to", "TW", "--passport",
         "C7654321", "--passport-until", "2029-12-31", "--employer", "Chang Family", "--job", "Perawat lansia",
         "--starts", "2026-09-15", "--ends", "2028-09-14", "--consent")  # fmt: skip


@pytest.fixture(scope="module")
def world(own_database, regions):
    with own_database():
        users = {"agency": "agency", "mission": "mission", "gate": "mission"}
        accounts = {name: User.objects.create(username=f"{name}1", role=role).pk for name, role in users.items()}
        demo_migrants.create(people=20, seed=5, on=ON, at=AT, accounts=accounts)
        yield


@pytest.fixture(autouse=True)
def _day(monkeypatch, world):
    monkeypatch.setenv("TEDUH_NOW", "2026-08-20T10:00:00+07:00")


def run(*words: object, code: int = 0) -> str:
    said = CliRunner().invoke(migrants.command, [str(word) for word in words])
    assert said.exit_code == code, f"{said.output}\n{said.exception!r}"
    return said.output


def test_from_registering_to_a_paid_bill_the_gate_says_no_then_yes():
    number = run("register", *WAHYU).split()[0]
    gate = ("gate", "--passport", "c 7654321", "--departs", "2026-09-10")
    assert run(*gate, code=3).startswith("TIDAK") and run(*gate, "--lang", "en", code=3).startswith("NO")
    assert "Rp" in run("bill", number, "--quote")
    assert not Bill.objects.filter(person=Placement.objects.get(number=number).person_id).exists()
    said = run("bill", number, "--lang", "en")
    bill = Bill.objects.get(number=said.split()[0])
    assert bill.code in said and number in said
    notice = pay.Notice("BNI", "CLI-1", bill.code, bill.amount, AT)
    pay.receive(notices=[notice], on=ON, at=AT, by=SYSTEM)
    assert json.loads(run(*gate, "--json"))["answer"] == "yes"
    assert "Terlindungi" in run("show", number)


def test_nobody_is_known_at_the_gate_is_no_yes_and_nothing_asked_is_a_wrong_call():
    run("gate", "--nik", "3301125207940999", code=3)
    run("gate", code=2)


def test_the_list_is_masked_and_counts_every_kind():
    said = run("list", "--only", "ending", "--lang", "en")
    row = Placement.objects.filter(state="working").select_related("person").first()
    assert "all " in said and "unprotected " in said and row.person.nik not in said
    assert row.person.name not in said


def test_an_agency_s_account_sees_its_own_and_is_refused_anothers_in_words():
    own = run("list", "--as", "agency1")
    other = Placement.objects.filter(organisation__code=demo_migrants.BODIES["second"][0]).first()
    assert other.number not in own
    assert "tidak ditemukan" in run("show", other.number, "--as", "agency1", code=1)


def test_what_happened_is_told_and_extended_with_a_bill():
    one = Placement.objects.filter(state="working", organisation__isnull=False, ends_on__gt=ON).latest("ends_on")
    assert "1 " in run("tell", one.number, "--kind", "leave", "--on", "2026-08-19", "--note", "cuti lebaran")
    said = run("extend", one.number, "--months", 12, "--lang", "en")
    assert "1 agreements extended, 1 bills" in said and "Rp" in said
    assert run("tell", one.number, "--kind", "working", code=1)


def test_a_list_is_checked_mended_and_committed_once(tmp_path):
    sheet = tmp_path / "daftar.csv"
    sheet.write_text(
        "NIK;Nama PMI;Tgl Lahir;No Paspor;Paspor Berlaku Sampai;Negara Tujuan;Majikan;Jabatan;Mulai Kontrak;"
        "Akhir Kontrak\n"
        "3301125207940777;Rina Wulandari;12/07/1994;C7000001;31/12/2029;Taiwan;Lin Co;Perawat;01/10/2026;30/09/2028\n"
        "12345;Salah NIK;12/07/1994;C7000002;31/12/2029;Taiwan;Lin Co;Perawat;01/10/2026;30/09/2028\n"
    )
    words = ("lists", "check", sheet, "--organisation", demo_migrants.BODIES["first"][0], "--lang", "en")
    said = run(*words, "--report", tmp_path / "mend.xlsx", code=3)
    assert "row 3" in said and (tmp_path / "mend.xlsx").read_bytes()[:2] == b"PK"
    number = said.split()[1].rstrip(":")
    run("lists", "commit", number, code=1)
    first = run("lists", "commit", number, "--without-stopped")
    assert "entered 1" in first and run("lists", "commit", number, "--without-stopped") == first
    run("lists", "template", tmp_path / "kosong.xlsx", "--purpose", "compare")


def test_differences_are_listed_and_settled_and_our_side_is_exported(tmp_path):
    said = run("differences", "--kind", "not_here", "--lang", "en")
    number = said.split()[0]
    assert "settled" in run("differences", "--settle", number, "--how", "noted")
    assert "not_here" not in run("differences", "--kind", "not_here")
    run("differences", "--settle", number, code=2)
    out = tmp_path / "kdei.csv"
    run("export", demo_migrants.BODIES["taipei"][0], out)
    assert "Taiwan" in out.read_text("utf-8-sig") or "TW" in out.read_text("utf-8-sig")
    run("export", demo_migrants.BODIES["taipei"][0], tmp_path / "kdei.xlsx")
    assert (tmp_path / "kdei.xlsx").read_bytes()[:2] == b"PK"


def test_rates_reminders_organisations_and_the_picture(tmp_path):
    sheet = tmp_path / "kurs.csv"
    sheet.write_text("currency,date,rupiah,source\nTWD,2026-08-19,515.25,contoh\n")
    assert run("rates", sheet).startswith("1 ") and run("rates", sheet).startswith("0 ")
    before = Message.objects.count()
    run("remind")
    assert Message.objects.count() > before
    said = run(
        "organisation", "KJRI-JED", "--kind", "mission", "--name", "KJRI Jeddah", "--seat", "SA", "--desk", "mission1"
    )
    assert "KJRI-JED" in said and "SA" in said
    assert "Taiwan" in run("picture", "--lang", "en")
