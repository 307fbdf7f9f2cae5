"""A firm's invitations from code to place, closing a site, ending a contact; the officer's correction of an end."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.employers import queries
from teduh.employers.models import Contact, Employment, Leaving, Staff, Worksite
from teduh.journeys.employers import employers, leaving
from tests.portals import employer_house as firms
from tests.portals.test_html import check

pytestmark = pytest.mark.usefixtures("regions")


@pytest.fixture(autouse=True)
def _in_may(monkeypatch) -> None:
    monkeypatch.setenv("TEDUH_NOW", firms.NOW)


@pytest.fixture
def owner(signed_in) -> Client:
    return signed_in("employer", name="pemilik")


@pytest.fixture
def firm(owner: Client) -> int:
    return firms.firm(owner)


def said(answer) -> str:
    return answer.content.decode()


def code_of(owner: Client, firm: int, role: str = "filer") -> tuple[str, str]:
    page = reverse("employer_invitations", args=[firm])
    shown = owner.post(page, {"role": role, "key": "a-form-key-1"}, follow=True)
    check(shown)
    code = re.search(r'class="code code--long">([^<]+)<', said(shown)).group(1)
    assert code not in said(owner.get(page)), "a code is shown once"
    return queries.named(employer=firm)[1], code


def test_somebody_without_an_account_opens_one_with_the_code_and_acts_for_the_firm(owner, firm) -> None:
    npp, code = code_of(owner, firm)
    newcomer, page = Client(), reverse("employer_invited")
    check(newcomer.get(page))
    told = {"npp": npp, "code": code, "name": "Sari Wulandari", "username": "sari@contoh.id"}
    told["password"] = "Kayu-jati-77"
    wrong = newcomer.post(page, {**told, "code": "SALAH"})
    assert wrong.status_code == 422
    check(wrong)
    assert newcomer.post(page, told).status_code == 302
    assert newcomer.get(reverse("employer_home", args=[firm])).status_code == 200
    assert Staff.objects.filter(employer=firm, role="filer", until_day=None).count() == 1
    assert Client().post(page, {**told, "username": "lain@contoh.id"}).status_code == 422, "it works once"


def test_an_accountant_with_an_account_takes_a_further_firm(owner, firm, signed_in) -> None:
    npp, code = code_of(owner, firm, "viewer")
    accountant = signed_in("employer", name="akuntan")
    page = reverse("employer_invited")
    check(accountant.get(page))
    assert accountant.post(page, {"npp": npp, "code": code})["Location"] == reverse("employer_home", args=[firm])


def test_a_withdrawn_code_opens_nothing(owner, firm, signed_in) -> None:
    npp, code = code_of(owner, firm)
    page = owner.get(reverse("employer_invitations", args=[firm]))
    owner.post(re.search(r'action="([^"]+/tarik/)"', said(page)).group(1))
    assert "/tarik/" not in said(owner.get(reverse("employer_invitations", args=[firm])))
    answer = signed_in("employer", name="terlambat").post(reverse("employer_invited"), {"npp": npp, "code": code})
    assert answer.status_code == 422


def test_only_a_manager_invites_closes_and_ends(owner, firm) -> None:
    filer = firms.place(firm, "filer", owner)
    for name in ("employer_invitations", "employer_site_close", "employer_contact_end"):
        places = [firm] if name == "employer_invitations" else [firm, 1]
        assert filer.get(reverse(name, args=places)).status_code == 403


def test_a_site_is_closed_on_its_last_day_and_the_seat_is_not(owner, firm) -> None:
    owner.post(reverse("employer_site", args=[firm]), {
        "name": "Gudang", "works_in_1": "33", "works_in_2": "33.20", "address": "", "opened_on": "01-03-2026",
    })  # fmt: skip
    if not Worksite.objects.filter(employer=firm, number=2).exists():
        employers.open_site(
            employer=firm, name="Gudang", region="33.20", opened_on=clock.today(), by=firms.actor_of(owner),
            on=clock.today(),
        )  # fmt: skip
    page = reverse("employer_site_close", args=[firm, 2])
    assert page in said(owner.get(reverse("employer_data", args=[firm])))
    check(owner.get(page))
    assert owner.post(page, {"closed_on": "06-05-2026"}).status_code == 302
    assert f"{Worksite.objects.get(employer=firm, number=2).closed_on}" == "2026-05-06"
    assert owner.get(page).status_code == 404
    seat = owner.post(reverse("employer_site_close", args=[firm, 1]), {"closed_on": "06-05-2026"})
    assert seat.status_code == 422


def test_a_contact_is_taken_off_the_list(owner, firm) -> None:
    employers.add_contact(
        employer=firm, name="Budi Santoso", position="HRD", by=firms.actor_of(owner), on=clock.today()
    )
    contact = Contact.objects.get(employer=firm, until_day=None)
    page = reverse("employer_contact_end", args=[firm, contact.id])
    assert page in said(owner.get(reverse("employer_data", args=[firm])))
    assert owner.post(page).status_code == 302
    assert not Contact.objects.filter(employer=firm, until_day=None).exists()
    assert owner.post(page).status_code == 404


def test_an_officer_corrects_an_accepted_end_and_sees_both_words(owner, firm, signed_in) -> None:
    firms.filed(owner, firm)
    row = Employment.objects.order_by("id").first()
    day = clock.today()
    leaving.tell(employment=row.id, ended_on=day, cause="resigned", by=firms.actor_of(owner), on=day)
    officer = signed_in("officer")
    assert reverse("officer_ends") in said(officer.get(reverse("officer_leavings")))
    found = officer.post(reverse("officer_ends"), {"number": row.person.member_number, "why": "Surat PHK"})
    page = reverse("officer_end", args=[row.id])
    assert page in said(found)
    check(found)
    told = {"ended_on": "30-04-2026", "cause": "dismissed", "why": "Surat PHK bertanggal 30 April"}
    look = officer.post(page, {**told, "do": "look"})
    assert "Yang terjadi kemudian" in said(look)
    check(look)
    assert Employment.objects.get(id=row.id).cause == "resigned", "looking corrects nothing"
    done = officer.post(page, {**told, "do": "correct"})
    check(done)
    assert "Dibetulkan petugas" in said(done) and "Surat PHK bertanggal 30 April" in said(done)
    assert Employment.objects.get(id=row.id).cause == "dismissed"
    assert Leaving.objects.filter(employment=row.id).count() == 2
    assert owner.get(page).status_code in (403, 404)
