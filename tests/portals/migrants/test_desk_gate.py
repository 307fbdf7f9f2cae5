"""The departure gate, the officer's pages for migrants, and the picture."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from teduh.core import clock
from teduh.migrants.models import Desk, Organisation, Placement
from teduh.registry.models import Person
from tests.portals import house
from tests.portals.migrants import desk_house as desks


def day(ahead: int = 0) -> str:
    return f"{clock.today() + dt.timedelta(days=ahead):%d-%m-%Y}"


def asked(client, sought: str, **more) -> str:
    return client.post("/gerbang/", {"sought": sought, "departs_on": day(), **more}).content.decode()


def test_who_has_not_paid_is_answered_no_and_a_stranger_too():
    gate = desks.desk("mission")
    one = Placement.objects.get(pk=desks.place(desks.people.organisation("agency")))
    assert "TIDAK" in asked(gate, one.number)
    assert "TIDAK" in asked(gate, "3301124107950099")


def test_the_gate_finds_by_nik_number_and_passport():
    gate = desks.desk("mission")
    one = Placement.objects.get(pk=desks.place(passport="C7654321"))
    nik = Person.objects.get(pk=one.person_id).nik
    for sought in (nik, one.number, "c 7654321", f"{nik[:4]} {nik[4:8]} {nik[8:]}"):
        assert one.number in asked(gate, sought)


def test_a_departure_list_is_answered_row_by_row():
    gate = desks.desk("mission")
    one = Placement.objects.get(pk=desks.place())
    pasted = f"1\tSiti\t{one.number}\n2\tBudi\t3301124107950099\n"
    answer = gate.post("/gerbang/", {"do": "many", "rows": pasted, "departs_on": day()})
    shown = answer.content.decode()
    assert answer.status_code == 200 and "Baris 1" in shown and "Baris 2" in shown and one.number in shown


def test_an_agency_asks_about_its_own_people_only():
    agency = desks.desk()
    mine, other = desks.place(agency.organisation), desks.place()
    assert Placement.objects.get(pk=mine).number in asked(agency, Placement.objects.get(pk=mine).number)
    shown = asked(agency, Placement.objects.get(pk=other).number)
    assert "Tidak ada penempatan dengan data ini" in shown


def test_a_day_out_of_reach_and_an_empty_form_are_refused_at_the_field():
    gate = desks.desk("mission")
    far = gate.post("/gerbang/", {"sought": "3301124107950001", "departs_on": "1-1-2099"})
    assert far.status_code == 422 and "terlalu jauh" in far.content.decode()
    assert gate.post("/gerbang/", {"sought": "", "departs_on": ""}).status_code == 422
    empty = gate.post("/gerbang/", {"do": "many", "rows": "tidak ada", "departs_on": day()})
    assert empty.status_code == 422 and "Tidak ada baris" in empty.content.decode()


@pytest.mark.parametrize("role", ["member", "agent", "employer"])
def test_the_gate_is_closed_for_others(role):
    assert house.signed_in(role).get("/gerbang/").status_code == 403


def test_an_officer_registers_a_mission_and_its_accounts():
    desks.reference.load_reference()
    officer = house.signed_in("officer")
    told = {"kind": "mission", "name": "KDEI Taipei", "code": "KDEITPE", "seat": "TW"}
    page = officer.post("/petugas/migran/lembaga/", told)["Location"]
    made = Organisation.objects.get(code="KDEITPE")
    account = house.account("mission", "kdei-1")
    assert officer.post(page, {"do": "add", "username": "kdei-1", "role": "clerk"}).status_code == 302
    assert Desk.objects.get(organisation=made).user_id == account.pk
    assert "kdei-1" in officer.get(page).content.decode()
    wrong = officer.post(page, {"do": "add", "username": "tidak-ada", "role": "clerk"})
    assert wrong.status_code == 422 and "tidak ditemukan" in wrong.content.decode()
    officer.post(page, {"do": "remove", "user": account.pk})
    assert not Desk.objects.filter(organisation=made, until_day=None).exists()


def test_rates_are_kept_whole_or_not_at_all():
    officer = house.signed_in("officer")
    good = SimpleUploadedFile("kurs.csv", b"currency,date,rupiah\nTWD,2026-01-05,510\n")
    assert officer.post("/petugas/migran/kurs/", {"file": good, "source": "BI"}).status_code == 302
    bad = SimpleUploadedFile("kurs.csv", b"currency,date,rupiah\nTWDX,2026-01-05,510\n")
    answer = officer.post("/petugas/migran/kurs/", {"file": bad, "source": "BI"})
    assert answer.status_code == 422 and "Baris 2" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "lembaga/", "kurs/"])
def test_officers_pages_are_for_officers(page):
    assert house.signed_in("officer").get(f"/petugas/migran/{page}").status_code == 200
    assert desks.desk().get(f"/petugas/migran/{page}").status_code == 403


def test_anybody_reads_the_picture_with_source_and_traps(client):
    desks.place()
    shown = client.get("/migran/gambaran/").content.decode()
    assert "Sumber" in shown and "dengan hati-hati" in shown and "Taiwan" in shown
    assert (
        "Agreements that end" in client.get("/migran/gambaran/", headers={"accept-language": "en"}).content.decode()
        or "Perjanjian yang berakhir" in shown
    )
