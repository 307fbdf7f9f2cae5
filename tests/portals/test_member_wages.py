"""The pages of a wage earner: his months, the way of his money, his report, and what no employer's page may show."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from teduh.core import clock
from teduh.employers.models import WageFile, WageReturn, WorkerReport
from teduh.law.months import Month
from teduh.registry.models import Account, Occupation, Person
from teduh.security.models import Event, User
from tests.journeys import employed as work
from tests.journeys.worker.test_worker import book
from tests.portals import house

WAGE = 5_000_000


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", "2026-11-03T10:00:00+07:00")


@pytest.fixture
def job():
    return work.job(work.firm(), work.worker(), since=dt.date(2026, 8, 1))


@pytest.fixture
def filed(job):
    """September, from a file with two people, paid and booked."""
    nik = Person.objects.get(id=job.person_id).nik
    content = f"NIK,Nama,Upah Pokok\n3174019999999999,Orang Lain,9999999\n{nik},Pekerja,{WAGE}\n".encode()
    month = Month(2026, 9)
    kept = WageFile.objects.create(
        employer=job.employer, month=month, sha256=b"\1" * 32, name="gaji.csv", source="file", content=content
    )
    made, bill = work.filed(job.employer, month, {job: WAGE}, row=3)
    WageReturn.objects.filter(pk=made.pk).update(file=kept)
    book(job, bill, work.settle(bill, dt.date(2026, 10, 12)), month, 285_000)
    return made


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_today_is_fixed():
    assert clock.today() == dt.date(2026, 11, 3)


def test_the_member_reads_months_shares_gaps_and_balance(job, filed):
    client = house.signed_in("member", person=job.person_id)
    shown = page(client, "member_wages")
    for words in ("September 2026", "PT Maju Jaya", "Rp5.000.000", "Rp477.000", "Rp285.000", "Lunas", "Belum dilapor"):
        assert words in shown
    home = page(client, "member")
    assert "Terlindungi selama bekerja" in home
    assert "PT Maju Jaya" in home
    assert "Kartu bulan" not in home


def test_the_way_of_the_money_ends_at_his_own_row_and_shows_no_other(job, filed):
    client = house.signed_in("member", person=job.person_id)
    shown = page(client, "member_wage_trail", filed.lines.get().id)
    assert "Upah Pokok" in shown
    assert Person.objects.get(id=job.person_id).nik in shown
    assert "Orang Lain" not in shown
    assert "9999999" not in shown
    assert Event.objects.filter(action="wage_file.read", subject=f"person:{job.person_id}").count() == 1
    posting = page(client, "member_wages").split("/saya/upah/saldo/")[1].split("/")[0]
    assert "masuk rekening JHT Anda" in page(client, "member_posting", posting)


def test_a_row_that_is_not_his_is_not_shown(job, filed):
    WageReturn.objects.get(pk=filed.pk)
    other = work.job(job.employer, work.worker())
    made, _ = work.filed(job.employer, Month(2026, 9), {other: WAGE}, row=2)
    WageReturn.objects.filter(pk=made.pk).update(file=filed.file_id or WageFile.objects.get())
    client = house.signed_in("member", person=other.person_id)
    shown = page(client, "member_wage_trail", made.lines.get().id)
    assert "Orang Lain" not in shown
    assert "tidak ditunjukkan" in shown


def test_another_members_lines_do_not_exist_for_him(job, filed):
    stranger = house.signed_in("member", person=work.worker())
    for name in ("member_wage_trail", "member_wage_why"):
        assert stranger.get(reverse(name, args=[filed.lines.get().id])).status_code == 404
    assert stranger.get(reverse("member_leave", args=[job.id])).status_code == 404


def test_why_shows_the_rules(job, filed):
    client = house.signed_in("member", person=job.person_id)
    shown = page(client, "member_wage_why", filed.lines.get().id)
    assert "PP 44/2015 Pasal 16" in shown
    assert "berbeda dari hitungan" not in shown


def test_an_officer_walks_it_for_a_purpose(job, filed):
    client = house.signed_in("officer")
    address = reverse("person_wages", args=[job.person_id])
    assert client.get(address).status_code == 302
    session = client.session
    session["purpose"] = "Pengaduan 7"
    session.save()
    assert "Pengaduan 7" in client.get(address).content.decode()
    page(client, "person_wage_trail", job.person_id, filed.lines.get().id)
    actions = Event.objects.filter(subject=f"person:{job.person_id}", why="Pengaduan 7").values_list(
        "action", flat=True
    )
    assert {"wages.read", "wage_trail.read", "wage_file.read"} <= set(actions)
    for role in ("agent", "employer", "auditor"):
        assert house.signed_in(role).get(address).status_code in (403, 404)


def test_a_report_gets_a_number_and_stays_in_his_page(job):
    client = house.signed_in("member", person=job.person_id)
    told = {
        "kind": "wrong_wage",
        "employer": job.employer_id,
        "month": "2026-09",
        "wage": "6.500.000",
        "text": "Slip beda",
    }
    answer = client.post(reverse("member_report"), told, follow=True)
    row = WorkerReport.objects.get()
    assert (row.number[:3], row.wage, row.employer_id, row.person_id) == (
        "LP-",
        6_500_000,
        job.employer_id,
        job.person_id,
    )
    assert row.number in answer.content.decode()
    assert "Slip beda" in answer.content.decode()
    assert not Event.objects.filter(subject__startswith="employer").exists()


def test_an_employer_that_never_listed_him_is_named_in_words(job):
    client = house.signed_in("member", person=job.person_id)
    told = {"kind": "not_listed", "employer": "0", "employer_name": ""}
    assert client.post(reverse("member_report"), told).status_code == 422
    client.post(reverse("member_report"), told | {"employer_name": "Warung Bu Tini, Pasar Baru"})
    assert WorkerReport.objects.get().employer_name == "Warung Bu Tini, Pasar Baru"


UNLISTED = {
    "nik": "3174015505900001", "name": "Rini Astuti", "birth_date": "15-05-1990", "phone": "081298765432",
    "password": "gunung tinggi sekali", "kind": "not_listed", "employer_name": "PT Gelap, Bekasi", "wage": "4000000",
}  # fmt: skip


def test_somebody_nobody_listed_makes_himself_known_and_tells_it_in_one_step(client, regions):
    assert client.get(reverse("report_start")).status_code == 200
    answer = client.post(reverse("report_start"), UNLISTED, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("member_report"), answer.content.decode()[:3000]
    person = WorkerReport.objects.get().person
    assert person.enrolments.count() == 0
    assert Account.objects.get(person=person).user == User.objects.get(username="+6281298765432")


def test_whose_nik_is_on_record_gets_no_account_this_way(client, regions):
    client.post(reverse("report_start"), UNLISTED)
    client.logout()
    again = client.post(reverse("report_start"), UNLISTED | {"phone": "081211112222"})
    assert again.status_code == 422
    assert "kode aktivasi" in again.content.decode()
    assert User.objects.filter(role="member").count() == 1


def test_an_officer_takes_a_report_down_for_somebody_without_a_phone(regions):
    client = house.signed_in("officer")
    told = {name: value for name, value in UNLISTED.items() if name not in ("phone", "password")}
    assert client.post(reverse("report_for"), told).status_code == 302
    assert WorkerReport.objects.get().person.identity == "waiting"
    assert house.signed_in("employer").get(reverse("report_for")).status_code == 403


def test_he_says_that_he_left_sees_what_follows_first_and_goes_on_alone_in_one_step(job, filed, regions):
    client = house.signed_in("member", person=job.person_id)
    address = reverse("member_leave", args=[job.id])
    told = {"ended_on": "31-10-2026", "cause": "resigned", "text": "Kontrak tidak diperpanjang"}
    shown = client.post(address, told | {"do": "look"}).content.decode()
    assert "Yang terjadi kemudian" in shown
    assert "JKK" in shown
    assert not job.leavings.exists()
    answer = client.post(address, told | {"do": "tell"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("member_go_on")
    assert [one.state for one in job.leavings.all()] == ["waiting"]
    code = Occupation.objects.values_list("code", flat=True).first()
    work_now = {"occupation": code, "income": "1500000", "evidence": "Berjualan di pasar", "programmes": ["JHT"]}
    answer = client.post(reverse("member_go_on"), work_now, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/tagihan/")
    assert Person.objects.get(id=job.person_id).enrolments.get().programmes == ["JKK", "JKM", "JHT"]


def test_when_the_job_has_ended_the_front_page_says_since_when_he_is_unprotected(job, filed):
    work.end(job, dt.date(2026, 10, 31))
    client = house.signed_in("member", person=job.person_id)
    shown = page(client, "member")
    assert "Perlindungan berakhir" in shown
    assert "Tidak ada perlindungan sejak 1 November 2026" in shown
    assert reverse("member_go_on") in shown


def test_a_members_machine_reads_his_own_wages(job, filed):
    from tests.api.machines import machine

    caller = machine("member")
    Account.objects.create(user_id=caller.user, person_id=job.person_id)
    number = Person.objects.get(id=job.person_id).member_number
    said = caller.get(f"/people/{number}/wages?why=cek")
    assert [(one["month"], one["state"]) for one in said["months"] if one["versions"]] == [("2026-09", "paid")]
    assert said["jht"]["balance"] == 285_000
    other = Person.objects.get(id=work.worker()).member_number
    caller.get(f"/people/{other}/wages?why=cek", expect=404)
