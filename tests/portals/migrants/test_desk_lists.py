"""Lists and differences on the desk's pages: uploaded, read row by row, processed or thrown away."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from teduh.core import clock
from teduh.migrants.models import Placement, PlacementList
from tests.portals.migrants import desk_house as desks

HEAD = "NIK;Nama;Tanggal Lahir;Negara Tujuan;No Paspor;Mulai Kontrak;Akhir Kontrak;Pemberi Kerja;Jabatan\n"


def rows(count: int, wrong: int = 0) -> bytes:
    starts = clock.today() + dt.timedelta(days=60)
    lines = [
        f"330112410795{n + 1:04d};Siti Rahayu {chr(65 + n)}nwar;01-07-1995;Taiwan;C12345{n:02d};{starts:%d-%m-%Y};"
        f"{starts + dt.timedelta(days=730):%d-%m-%Y};Lin Fu;Perawat"
        for n in range(count)
    ]
    lines += [f"12{n};Tanpa NIK;01-07-1995;Taiwan;;;;;" for n in range(wrong)]
    return (HEAD + "\n".join(lines)).encode()


def upload(client, content: bytes, purpose: str = "enter", **more):
    told = {"purpose": purpose, "file": SimpleUploadedFile("daftar.csv", content),
            "as_of": f"{clock.today():%d-%m-%Y}", **more}  # fmt: skip
    return client.post("/penempatan/daftar/", told)


def test_a_list_is_checked_first_and_registers_when_told():
    mine = desks.desk()
    page = upload(mine, rows(2))["Location"]
    assert Placement.objects.count() == 0
    assert "Baris 2" in mine.get(page).content.decode()
    assert mine.post(page, {"do": "commit"}).status_code == 302
    assert Placement.objects.filter(organisation_id=mine.organisation).count() == 2
    mine.post(page, {"do": "commit"})
    assert Placement.objects.count() == 2


def test_rows_to_be_mended_stop_the_list_unless_left_out():
    mine = desks.desk()
    page = upload(mine, rows(1, wrong=1))["Location"]
    assert mine.post(page, {"do": "commit"}).status_code >= 400
    assert Placement.objects.count() == 0
    assert mine.get(f"{page}perbaikan.xlsx").content[:2] == b"PK"
    assert mine.post(page, {"do": "without"}).status_code == 302
    assert Placement.objects.count() == 1


def test_a_list_is_thrown_away_and_is_nobody_elses():
    mine, other = desks.desk(), desks.desk()
    page = upload(mine, rows(1))["Location"]
    assert other.get(page).status_code == 404 and other.post(page, {"do": "commit"}).status_code == 404
    mine.post(page, {"do": "discard"})
    assert PlacementList.objects.get().state == "discarded"


def test_without_a_file_the_form_says_so():
    answer = desks.desk().post("/penempatan/daftar/", {"purpose": "enter", "as_of": "1-1-2026"})
    assert answer.status_code == 422


@pytest.mark.parametrize("purpose", ["enter", "compare"])
def test_empty_sheets_can_be_downloaded(purpose):
    assert desks.desk().get(f"/penempatan/daftar/lembar-{purpose}.xlsx").content[:2] == b"PK"


def test_a_difference_is_shown_with_both_sides_and_settled():
    mine = desks.desk()
    desks.reference.load_reference()
    page = upload(mine, rows(1), "compare", whole="on")["Location"]
    assert mine.post(page, {"do": "commit"}).status_code == 302
    shown = mine.get("/penempatan/selisih/").content.decode()
    assert "Ada di sana, tidak di sini" in shown and "Pakai data dari daftar" in shown
    number = shown.split('name="difference" value="')[1].split('"')[0]
    assert desks.desk().post("/penempatan/selisih/", {"difference": number, "how": "noted"}).status_code == 404
    assert mine.post("/penempatan/selisih/", {"difference": number, "how": "noted"}).status_code == 302
    assert "Tidak ada selisih" in mine.get("/penempatan/selisih/").content.decode()


def test_our_side_is_given_as_csv_with_the_own_people_only():
    mine, other = desks.desk(), desks.desk()
    desks.place(mine.organisation)
    assert len(mine.get("/penempatan/data-kami.csv").content.splitlines()) == 2
    assert len(other.get("/penempatan/data-kami.csv").content.splitlines()) == 1
