"""A placement's pages for the worker: timeline, paying, extending, telling what changed, family, papers, matters."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teduh.core import clock, dates
from teduh.migrants.models import Agreement, Paper, Placement, Relative
from teduh.payments.models import Bill
from tests import factories
from tests.portals import house
from tests.portals.migrants import worker_house as made
from tests.portals.test_html import check

pytestmark = pytest.mark.usefixtures("regions")
DAY = dt.timedelta(days=1)
PAGES = ("migrant_home", "migrant_pay", "migrant_extend", "migrant_change", "migrant_onward", "migrant_papers",
         "migrant_family", "matters", "matter_new", "migrant_joined")  # fmt: skip


def text(answer) -> str:
    return answer.content.decode()


def said(client: Client, name: str, *args: object) -> str:
    return text(client.get(reverse(name, args=args)))


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_of_a_placement_is_sound(language: str):
    client = made.worker()
    client.cookies["bahasa"] = language
    for name in PAGES:
        check(client.get(reverse(name)))
    for kind in ("pindah", "berakhir", "cuti", "tiba", "rumah"):
        check(client.get(reverse("migrant_change_one", args=[kind])))


def test_the_home_says_until_when_and_shows_the_time_to_return_and_what_is_not_confirmed():
    client = made.worker(days=400)
    home = said(client, "migrant_home")
    until = clock.today() + dt.timedelta(days=400)
    assert "Terlindungi sampai" in home and str(dates.day(until)) in home
    assert "waktu untuk menyiapkan kepulangan" in home and "belum dikonfirmasi" in home
    assert 'aria-label="Jalannya perlindungan"' in home and "(Taipei)" in home


def test_the_home_of_who_has_not_paid_asks_for_the_fee_of_the_months_that_are_left():
    home = said(made.worker(paid=False, days=360), "migrant_home")
    assert "Belum terlindungi" in home and "Bayar Rp189.000" in home


def test_paying_makes_one_bill_with_code_link_and_the_sum_in_local_money():
    client = made.worker(paid=False, days=360)
    page = client.get(reverse("migrant_pay"))
    assert "sekitar TWD 369" in text(page)
    for _ in range(2):
        answer = client.post(reverse("migrant_pay"), {"key": "a-key-of-one-form"})
    bill = Bill.objects.get()
    assert answer.headers["Location"] == reverse("migrant_bill", args=[bill.number])
    shown = client.get(answer.headers["Location"])
    check(shown)
    assert "https://wa.me/?text=" in text(shown) and "/kirim/" in text(shown) and "Rp189.000" in text(shown)
    assert client.get(reverse("bill", args=[bill.number])).headers["Location"] == answer.headers["Location"]


def test_a_paid_bill_says_until_when_it_protects():
    client = made.worker(days=360)
    shown = text(client.get(reverse("migrant_bill", args=[Bill.objects.get().number])))
    assert "Lunas. Terima kasih." in shown and str(dates.day(clock.today() + 360 * DAY)) in shown


def test_extending_by_months_is_one_step_to_the_bill():
    client = made.worker(days=200)
    answer = client.post(reverse("migrant_extend"), {"months": "12", "key": "extend-by-a-year"})
    bill = Bill.objects.latest("id")
    assert answer.headers["Location"] == reverse("migrant_bill", args=[bill.number])
    assert bill.amount == 12 * 13_500
    assert "Perpanjangan" in text(client.get(answer.headers["Location"]))
    assert client.post(reverse("migrant_extend"), {"months": "12", "key": "extend-by-a-year"}).status_code == 302
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "wrong"), [({"months": "day"}, "Isi tanggalnya"), ({"months": "day", "ends": "1-1-2020"}, "harus sesudah")]
)
def test_an_extension_that_cannot_be_is_refused_at_its_question(told: dict, wrong: str):
    answer = made.worker(days=200).post(reverse("migrant_extend"), told)
    assert answer.status_code == 422 and wrong in text(answer)


def test_returning_is_told_and_the_way_on_at_home_is_offered_and_taken_at_once():
    client = made.worker(days=200)
    today = clock.today().strftime("%d-%m-%Y")
    answer = client.post(reverse("migrant_change_one", args=["tiba"]), {"event_on": today})
    assert answer.headers["Location"] == reverse("migrant_onward")
    page = text(client.get(answer.headers["Location"]))
    assert "Mandiri (BPU)" in page and "pemberi kerja (PU)" in page
    factories.occupation()
    told = {"occupation": "nelayan", "income": "1.200.000", "evidence": "Melaut lagi dari Cilacap", "key": "way-home"}
    taken = client.post(reverse("migrant_onward"), told)
    assert taken.status_code == 302 and taken.headers["Location"].startswith("/tagihan/")


def test_another_employer_takes_cover_along_and_leads_to_what_is_still_to_pay():
    client = made.worker(days=200)
    on = clock.today()
    told = {"agreement_starts": (on + DAY).isoformat(), "agreement_ends": (on + 565 * DAY).isoformat(),
            "employer": "Chen Co.", "job": "Perawat", "destination": "HK"}  # fmt: skip
    answer = client.post(reverse("migrant_change_one", args=["pindah"]), told)
    assert answer.headers["Location"] == reverse("migrant_pay")
    assert Placement.objects.get().destination_id == "HK"
    assert "Perpanjangan" in said(client, "migrant_pay")


def test_an_early_end_is_told_with_its_cause_and_can_be_put_right():
    client = made.worker(days=200)
    told = {"event_on": clock.today().isoformat(), "cause": "dismissed"}
    assert client.post(reverse("migrant_change_one", args=["berakhir"]), told).status_code == 302
    assert Placement.objects.get().state == "ended"
    check(client.get(reverse("migrant_correct")))
    client.post(reverse("migrant_correct"), {"kind": "ended", "event_on": "", "why": "Salah tekan"})
    assert Placement.objects.get().state == "working"


def test_what_cannot_follow_is_refused_and_says_where_the_placement_stands():
    answer = made.worker().get(reverse("migrant_change_one", args=["gagal"]))
    assert answer.status_code == 409 and "Penempatan Anda: bekerja." in text(answer)


def test_an_agreement_found_later_opens_the_way_to_pay():
    client = made.worker(paid=False, agreement=None)
    assert "Perjanjian kerja" in said(client, "migrant_pay")
    starts, ends = clock.today() - DAY, clock.today() + 364 * DAY
    told = {"agreement_starts": starts.isoformat(), "agreement_ends": ends.isoformat(), "employer": "Lin", "job": "ART"}
    assert client.post(reverse("migrant_agreement"), told).headers["Location"] == reverse("migrant_pay")
    assert "Rp189.000" in said(client, "migrant_pay")


def test_a_relative_is_named_with_a_code_shown_once_changed_and_ended():
    client = made.worker()
    told = {"name": "Budi Santoso", "relation": "spouse", "phone": "0812 3456 7999", "may": ["see", "extend"]}
    assert client.post(reverse("migrant_family"), told).status_code == 302
    first = said(client, "migrant_family")
    assert '<span class="code">' in first and "Budi Santoso" in first
    assert '<span class="code">' not in said(client, "migrant_family")
    row = Relative.objects.get()
    assert row.may == ["see", "pay", "extend"], "whoever extends may also pay"
    check(client.get(reverse("migrant_relative", args=[row.pk])))
    client.post(reverse("migrant_relative", args=[row.pk]), {"may": ["see"]})
    assert Relative.objects.get().may == ["see"]
    assert client.post(reverse("migrant_relative_code", args=[row.pk])).status_code == 302
    assert '<span class="code">' in said(client, "migrant_family")
    client.post(reverse("migrant_relative_end", args=[row.pk]))
    assert Relative.objects.get().ended_on == clock.today()


def test_nobody_changes_the_relative_of_another():
    mine, other = made.worker(), made.worker()
    made.relative_of(mine, "see")
    row = Relative.objects.get()
    for name in ("migrant_relative_end", "migrant_relative_code", "migrant_relative"):
        assert other.post(reverse(name, args=[row.pk])).status_code == 404
    assert Relative.objects.get().ended_on is None


def test_a_paper_is_noted_with_its_last_day_and_a_file_that_is_none_is_refused(tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = made.worker()
    answer = client.post(reverse("migrant_papers"), {"kind": "visa", "valid_until": "31-12-2027"})
    assert answer.status_code == 302 and Paper.objects.filter(kind="visa").exists()
    assert "Visa kerja" in said(client, "migrant_papers")
    bad = SimpleUploadedFile("x.exe", b"MZ not a picture")
    answer = client.post(reverse("migrant_papers"), {"kind": "visa", "file": bad})
    assert answer.status_code == 422 and "bukan foto atau PDF" in text(answer)


def test_a_matter_has_one_number_is_answered_and_closed():
    client = made.worker()
    person = made.actor(client).person
    told = {
        "person": person,
        "kind": "accident",
        "text": "Jatuh dari tangga.\nTangan kanan patah.",
        "key": "m-12345678",
    }
    answer = client.post(reverse("matter_new"), told)
    assert client.post(reverse("matter_new"), told).headers["Location"] == answer.headers["Location"]
    page = client.get(answer.headers["Location"])
    check(page)
    assert "Tangan kanan patah." in text(page) and "Formulir laporan kecelakaan" in text(page)
    client.post(answer.headers["Location"], {"text": "Sudah ke rumah sakit"})
    assert "Sudah ke rumah sakit" in text(client.get(answer.headers["Location"]))
    client.post(answer.headers["Location"], {"do": "close"})
    assert "Selesai" in said(client, "matters")


def test_others_placements_bills_and_matters_are_not_found():
    mine, other = made.worker(), made.worker()
    number = Bill.objects.earliest("id").number
    assert other.get(reverse("migrant_bill", args=[number])).status_code == 404
    opened = mine.post(reverse("matter_new"), {"person": made.actor(mine).person, "kind": "question", "text": "Tanya"})
    assert other.get(opened.headers["Location"]).status_code == 404
    assert other.post(reverse("matter_new"), {"person": made.actor(mine).person, "kind": "question",
                                              "text": "Tanya"}).status_code == 422  # fmt: skip


def test_a_member_without_a_placement_is_led_to_the_doors_and_sees_no_such_menu():
    client = house.signed_in("member")
    assert client.get(reverse("migrant_home")).headers["Location"] == reverse("migrants")
    assert client.get(reverse("migrant_pay")).status_code == 404
    assert "Di luar negeri" not in said(client, "member")


def test_who_is_also_self_employed_keeps_his_page_and_finds_the_placement_there():
    person = factories.person()
    made.ready()
    client = house.signed_in("member", person=person)
    from teduh.registry.models import Person
    from teduh.security import crypto

    one = Person.objects.get(pk=person)
    nik = crypto.decrypt(bytes(one.nik)) if isinstance(one.nik, bytes | memoryview) else one.nik
    name = crypto.decrypt(bytes(one.name)) if isinstance(one.name, bytes | memoryview) else one.name
    made.people.placed(on=clock.today(), nik=nik, name=name, birth_date=one.birth_date, abroad=True,
                       agreement=made.NewAgreement(starts=clock.today() - DAY, ends=clock.today() + 365 * DAY,
                                                   employer="Lin", job="ART"))  # fmt: skip
    home = said(client, "member")
    assert "Bekerja di luar negeri" in home and "Di luar negeri" in home
