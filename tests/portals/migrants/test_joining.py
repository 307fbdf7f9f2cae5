"""Joining as a migrant worker on the pages: what is asked, kept and said before anything is stored."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from teduh.migrants.models import Placement, Relative
from teduh.registry.models import Person
from teduh.security.models import User
from tests import factories
from tests.portals import house
from tests.portals.migrants import worker_house as made
from tests.portals.test_html import check

pytestmark = pytest.mark.usefixtures("regions")


@pytest.fixture(autouse=True)
def _ready(db: None) -> None:
    made.ready()


def text(answer) -> str:
    return answer.content.decode()


def test_the_first_page_says_what_it_costs_and_what_it_never_covers(client: Client):
    said = text(client.get(reverse("migrants")))
    for word in ("Daftar dari luar negeri", "Daftar sebelum berangkat", "Rp37.500", "Rp332.500", "Rp13.500",
                 "hari yang sudah lewat tidak dapat dibeli"):  # fmt: skip
        assert word in said


@pytest.mark.parametrize("door", [made.ABROAD, made.BEFORE])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_of_both_doors_is_sound(client: Client, door: str, language: str):
    client.cookies["bahasa"] = language
    check(client.get(reverse("migrants")))
    for name in ("siapa", "negara", "perjanjian", "kontak", "periksa"):
        check(client.get(reverse(door, args=[name])))
        if name != "periksa":
            made.joins(client, door, until=name)


def test_who_joins_from_abroad_hears_price_here_and_there_and_what_is_not_covered_before_anything_is_stored(
    client: Client,
):
    made.joins(client, until="kontak")
    said = text(client.get(reverse(made.ABROAD, args=["periksa"])))
    assert "Rp332.500" in said and "sekitar TWD 649" in said and "Sebelum Anda membayar" in said
    assert "Manfaat sebelum bekerja" in said and "belum dikonfirmasi" in said
    assert not Person.objects.exists() and not User.objects.exists()


def test_joining_from_abroad_makes_account_placement_and_a_code_for_the_family_shown_once(client: Client):
    answer = made.joins(client)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("migrant_joined"))
    said = text(client.get(reverse("migrant_joined")))
    code = said.split('<span class="code">')[1].split("<")[0]
    assert "Budi Santoso" in said and len(code) > 8
    assert code not in text(client.get(reverse("migrant_joined")))
    one = Placement.objects.get()
    assert (one.entry, one.state, one.destination_id, one.scheme) == ("abroad", "working", "TW", "own")
    assert User.objects.get().username == "+886912345678"
    assert Relative.objects.get().may == ["see", "pay", "extend", "speak"]


def test_before_departure_through_an_agency_its_name_is_asked(client: Client):
    agency = made.people.organisation("agency")
    told = {"destination": "HK", "scheme": "agency", "passport": "", "passport_until": ""}
    answer = made.joins(client, made.BEFORE, until="negara", negara=told)
    assert answer.status_code == 422 and "Pilih namanya" in text(answer)
    made.joins(client, made.BEFORE, negara=told | {"organisation": str(agency)})
    one = Placement.objects.get()
    assert (one.entry, one.state, one.route, one.organisation_id) == ("before", "registered", "implementer", agency)


def test_without_agreement_and_passport_abroad_one_is_registered_and_told_what_is_waited_for(client: Client):
    answer = made.joins(client, until="kontak", perjanjian={"has": "no", "agreement_starts": "bukan tanggal"},
                        negara={"destination": "MY", "scheme": "own", "passport": ""})  # fmt: skip
    assert answer.status_code == 302
    said = text(client.get(reverse(made.ABROAD, args=["periksa"])))
    assert "Anda dapat dicatat sekarang" in said and "surat keterangan Perwakilan RI" in said
    assert "Belum ada yang perlu dibayar" in said
    client.post(reverse(made.ABROAD, args=["periksa"]), made.ANSWERS["periksa"])
    assert "Yang masih ditunggu" in text(client.get(reverse("migrant_joined")))
    home = text(client.get(reverse("migrant_home")))
    assert "Belum terlindungi" in home and "Isi perjanjian kerja" in home and "Minta bantuan Perwakilan" in home


def test_what_was_answered_is_kept_when_the_connection_drops(client: Client):
    made.joins(client, until="negara")
    said = text(client.get(reverse("migrants")))
    assert "jawaban Anda masih tersimpan" in said and reverse(made.ABROAD, args=["perjanjian"]) in said
    assert client.get(reverse("migrant_abroad")).headers["Location"] == reverse(made.ABROAD, args=["perjanjian"])
    assert 'value="12-07-1994"' in text(client.get(reverse(made.ABROAD, args=["siapa"])))


def test_the_last_page_sent_again_after_its_answer_was_lost_finds_the_account(client: Client):
    made.joins(client, until="kontak")
    lost = Client()
    lost.cookies = client.cookies.copy()
    again = Client()
    made.joins(again, until="kontak")
    assert lost.post(reverse(made.ABROAD, args=["periksa"]), made.ANSWERS["periksa"]).status_code == 302
    answer = again.post(reverse(made.ABROAD, args=["periksa"]), made.ANSWERS["periksa"])
    assert answer.headers["Location"] == reverse("migrant_home")
    assert Placement.objects.count() == 1


def test_nobody_takes_the_record_of_a_nik_that_is_known(client: Client):
    made.people.placed(nik=made.NIK, name="Wahyuni", birth_date="1994-07-12")
    answer = made.joins(client)
    assert answer.status_code == 422 and "NIK ini sudah tercatat" in text(answer)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("step", "told", "said"),
    [
        ("siapa", {"nik": "123", "name": "Wahyuni", "birth_date": made.BORN}, "Harus 16 angka"),
        ("negara", {"destination": "TW", "scheme": "own", "passport": "??"}, "Salin dari halaman foto"),
        ("negara", {"destination": "XX", "scheme": "own"}, "XX"),
        ("perjanjian", {"has": "yes", "agreement_starts": "1-5-2026", "agreement_ends": "1-4-2026",
                        "employer": "Lin", "job": "Perawat"}, "Tanggal perjanjian kerja terbalik"),
        ("kontak", {"phone": "12", "family_name": "Budi"}, "Pilih hubungannya"),
        ("periksa", {"password": made.PASSWORD}, "Tanpa persetujuan ini"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_plain_words_at_its_question(client: Client, step: str, told: dict, said: str):
    answer = made.joins(client, until=step, **{step: told})
    assert answer.status_code == 422 and said in text(answer)
    check(answer)


def test_a_member_joins_with_his_own_account_and_is_not_asked_for_a_password(regions: None):
    person = factories.person()
    client = house.signed_in("member", person=person)
    made.joins(client, until="siapa")
    assert "kata sandi" not in text(client.get(reverse(made.ABROAD, args=["siapa"]))).lower()
    answer = made.joins(client, kontak={"family_name": ""})
    assert answer.status_code == 422 and "NIK ini bukan milik akun Anda" in text(answer)


def test_who_has_a_placement_is_led_to_it():
    client = made.worker()
    assert client.get(reverse("migrant_abroad")).headers["Location"] == reverse("migrant_home")
    assert client.get(reverse("member")).headers["Location"] == reverse("migrant_home")


def test_staff_join_nobody_here():
    client = house.signed_in("officer")
    assert client.get(reverse("migrant_abroad")).headers["Location"] == reverse("front")
