"""A firm's workers: the list, one of them, telling that he left, answering his own word; the officer's decision."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.employers.models import Employment, Leaving, RiskClass, WorkerReport
from teduh.journeys.employers import leaving
from teduh.journeys.worker import worker_report
from tests import factories
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
    made = firms.firm(owner)
    firms.filed(owner, made)
    return made


def said(answer) -> str:
    return answer.content.decode()


def test_a_worker_is_found_by_name_and_his_nik_is_masked(owner: Client, firm: int) -> None:
    page = owner.get(reverse("employer_workers", args=[firm]), {"q": "pekerja nomor"})
    assert page.status_code == 200 and "Pekerja N." in said(page)
    employment = Employment.objects.order_by("id").first()
    one = owner.get(reverse("employer_worker", args=[firm, employment.pk]))
    assert employment.person.nik not in said(one) and "April 2026" in said(one)
    check(one)


def test_what_follows_is_said_before_an_end_is_told(owner: Client, firm: int) -> None:
    employment = Employment.objects.order_by("id").first()
    page = reverse("employer_end", args=[firm, employment.pk])
    told = {"ended_on": "30-04-2026", "cause": "dismissed", "text": ""}
    look = owner.post(page, {**told, "do": "look"})
    assert look.status_code == 200 and "Yang terjadi kemudian" in said(look) and "JHT" in said(look)
    check(look)
    employment.refresh_from_db()
    assert employment.ended_on is None, "looking tells nothing"
    owner.post(page, {**told, "do": "tell"})
    employment.refresh_from_db()
    assert (employment.ended_on, employment.cause) == (dt.date(2026, 4, 30), "dismissed")


def test_who_only_prepares_tells_no_end(owner: Client, firm: int) -> None:
    preparer = firms.place(firm, "preparer", owner)
    employment = Employment.objects.order_by("id").first()
    assert preparer.get(reverse("employer_end", args=[firm, employment.pk])).status_code == 403


def test_a_worker_of_another_firm_is_not_found(owner: Client, firm: int, signed_in) -> None:
    other = signed_in("employer")
    own = firms.firm(other, "CV Lain", nib="9999999999999")
    employment = Employment.objects.order_by("id").first()
    for name in ("employer_worker", "employer_end"):
        assert other.get(reverse(name, args=[own, employment.pk])).status_code == 404


def told_by_worker(firm: int) -> int:
    employment = Employment.objects.filter(employer=firm).order_by("id").first()
    worker = factories.actor("member", person=employment.person_id)
    leaving.tell(employment=employment.pk, ended_on=dt.date(2026, 4, 30), cause="resigned", by=worker, on=clock.today())
    return Leaving.objects.get(employment=employment).pk


def test_a_workers_own_word_waits_on_the_firms_page_and_is_confirmed(owner: Client, firm: int) -> None:
    word = told_by_worker(firm)
    assert "tanggapi" in said(owner.get(reverse("employer_home", args=[firm])))
    page = owner.get(reverse("employer_leavings", args=[firm]))
    check(page)
    owner.post(reverse("employer_leaving_answer", args=[firm, word]), {"do": "accept"})
    assert Leaving.objects.get(pk=word).state == "accepted"


def test_what_the_firm_disputes_an_officer_decides_with_a_reason(owner: Client, firm: int, signed_in) -> None:
    word = told_by_worker(firm)
    owner.post(reverse("employer_leaving_answer", args=[firm, word]), {"do": "dispute", "why": "Masih masuk kerja"})
    assert Leaving.objects.get(pk=word).state == "disputed"
    officer = signed_in("officer")
    page = officer.get(reverse("officer_leavings"))
    assert "Masih masuk kerja" in said(page)
    check(page)
    assert officer.post(reverse("officer_leaving", args=[word]), {"do": "accept", "why": ""}).status_code == 422
    officer.post(reverse("officer_leaving", args=[word]), {"do": "accept", "why": "Surat pengunduran diri dilihat"})
    assert Leaving.objects.get(pk=word).state == "accepted"


def test_an_officer_finds_a_firm_and_confirms_its_risk_class(owner: Client, firm: int, signed_in) -> None:
    officer = signed_in("officer")
    found = officer.post(reverse("officer_employers"), {"sought": "kayu jati", "why": "Memeriksa kelas risiko"})
    assert "Bengkel Kayu Jati" in said(found)
    check(found)
    page = officer.get(reverse("officer_risks"))
    check(page)
    declared = RiskClass.objects.get(state="declared")
    officer.post(reverse("officer_risk", args=[declared.pk]), {"risk_class": "3", "why": "Bengkel dilihat"})
    assert RiskClass.objects.filter(worksite=declared.worksite, state="confirmed", risk_class=3).exists()


def test_no_page_of_a_firm_shows_a_workers_report_or_that_there_is_one(owner: Client, firm: int) -> None:
    employment = Employment.objects.filter(employer=firm).order_by("id").first()
    pages = [reverse(name, args=[firm]) for name in (
        "employer_home", "employer_workers", "employer_leavings", "employer_data", "employer_bills",
        "employer_returns", "employer_cases",
    )]  # fmt: skip
    pages.append(reverse("employer_worker", args=[firm, employment.pk]))
    owner.get(pages[0])
    tokens = [_without_token(said(owner.get(page))) for page in pages]
    worker = factories.actor("member", person=employment.person_id)
    worker_report.tell(
        person=employment.person_id, kind="wrong_wage", employer=firm, month=None, wage=5_000_000,
        text="Upah saya lebih besar", by=worker, on=clock.today(),
    )  # fmt: skip
    assert WorkerReport.objects.count() == 1
    assert [_without_token(said(owner.get(page))) for page in pages] == tokens


def _without_token(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
