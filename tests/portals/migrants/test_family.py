"""A relative at home: signs up with the code, sees and does what was granted, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.journeys.migrants import family
from teduh.migrants.models import Relative
from teduh.payments.models import Bill
from teduh.security.models import Event, User
from tests.portals import house
from tests.portals.migrants import worker_house as made
from tests.portals.test_html import check

pytestmark = pytest.mark.usefixtures("regions")
ALL = ("see", "pay", "extend", "speak")


def text(answer) -> str:
    return answer.content.decode()


def code_of(client: Client, *may: str) -> str:
    who = made.actor(client)
    return family.name(person=who.person, name="Sri Rahayu", relation="parent", phone=None, may=may or ALL, by=who,
                       on=clock.today(), at=clock.now()).code  # fmt: skip


def test_a_code_opens_an_account_and_shows_the_worker_protected(client: Client):
    worker = made.worker()
    check(client.get(reverse("family_sign_up")))
    told = {"code": code_of(worker).lower(), "name": "Sri Rahayu", "phone": "0812 3456 7222", "password": made.PASSWORD}
    answer = client.post(reverse("family_sign_up"), told)
    assert answer.headers["Location"] == reverse("family")
    page = client.get(reverse("family"))
    check(page)
    assert "Terlindungi sampai" in text(page) and "Taiwan" in text(page)
    assert User.objects.get(username="+6281234567222").role == "family"


def test_a_wrong_code_is_said_at_its_question_and_opens_nothing(client: Client):
    made.worker()
    told = {"code": "AB-CDEF-GHJK", "name": "Sri", "phone": "081234567222", "password": made.PASSWORD}
    answer = client.post(reverse("family_sign_up"), told)
    assert answer.status_code == 422 and "Kode ini tidak cocok" in text(answer)
    assert not User.objects.filter(role="family").exists()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_relative_who_may_all_pays_and_extends(language: str):
    worker = made.worker(days=200)
    home, row = made.relative_of(worker, *ALL)
    home.cookies["bahasa"] = language
    for name in ("family_home", "family_pay", "family_extend"):
        check(home.get(reverse(name, args=[row])))
    for name in ("family", "family_matters", "family_matter_new"):
        check(home.get(reverse(name)))
    answer = home.post(reverse("family_extend", args=[row]), {"months": "6", "key": "six-months-more"})
    bill = Bill.objects.latest("id")
    assert answer.headers["Location"] == reverse("family_bill", args=[row, bill.number])
    assert bill.amount == 6 * 13_500
    check(home.get(answer.headers["Location"]))


def test_who_may_only_pay_sees_neither_cover_nor_country():
    worker = made.worker(paid=False)
    home, row = made.relative_of(worker, "pay")
    page = text(home.get(reverse("family")))
    assert "Taiwan" not in page and "Terlindungi" not in page and reverse("family_pay", args=[row]) in page
    for name in ("family_home", "family_extend"):
        answer = home.get(reverse(name, args=[row]))
        assert answer.status_code == 403 and "belum diizinkan" in text(answer)
    paying = text(home.get(reverse("family_pay", args=[row])))
    assert "Rp" in paying and "TWD" not in paying
    answer = home.post(reverse("family_pay", args=[row]), {"key": "pay-for-her"})
    assert home.get(answer.headers["Location"]).status_code == 200


def test_who_may_only_see_pays_and_speaks_nothing():
    home, row = made.relative_of(made.worker(), "see")
    check(home.get(reverse("family_home", args=[row])))
    assert home.get(reverse("family_pay", args=[row])).status_code == 403
    assert home.get(reverse("family_matter_new")).status_code == 403


def test_who_may_speak_opens_a_matter_that_the_worker_reads():
    worker = made.worker()
    home, _ = made.relative_of(worker, "speak")
    person = made.actor(worker).person
    answer = home.post(reverse("family_matter_new"), {"person": person, "kind": "missing", "text": "Tidak ada kabar"})
    check(home.get(answer.headers["Location"]))
    number = answer.headers["Location"].split("/")[-2]
    assert "Tidak ada kabar" in text(worker.get(reverse("matter", args=[number])))
    assert "Saya sendiri" not in text(home.get(reverse("family_matter_new")))


def test_anothers_relative_and_an_ended_one_see_nothing():
    first, second = made.worker(), made.worker()
    home, row = made.relative_of(first, *ALL)
    stranger, _ = made.relative_of(second, *ALL)
    for name in ("family_home", "family_pay", "family_extend"):
        assert stranger.get(reverse(name, args=[row])).status_code == 404
    first.post(reverse("migrant_relative_end", args=[row]))
    assert home.get(reverse("family_home", args=[row])).status_code == 404


def test_a_relative_may_leave_and_use_another_code():
    worker = made.worker()
    home, row = made.relative_of(worker, "see")
    home.post(reverse("family_leave", args=[row]))
    assert Relative.objects.get(pk=row).ended_on == clock.today()
    assert "Masukkan kode" in text(home.get(reverse("family")))
    assert home.post(reverse("family_code"), {"code": "salah"}).status_code == 422
    assert home.post(reverse("family_code"), {"code": code_of(worker, "see")}).headers["Location"] == reverse("family")
    check(home.get(reverse("family")))


def test_a_member_is_family_too_with_his_own_account():
    worker, other = made.worker(), house.signed_in("member")
    assert other.post(reverse("family_code"), {"code": code_of(worker)}).status_code == 302
    check(other.get(reverse("family")))
    assert "Terlindungi sampai" in text(other.get(reverse("family")))


def test_each_look_of_a_relative_is_recorded():
    worker = made.worker()
    home, row = made.relative_of(worker, "see")
    before = Event.objects.filter(action="placement.view").count()
    home.get(reverse("family_home", args=[row]))
    assert Event.objects.filter(action="placement.view").count() > before


def test_staff_have_no_family_pages():
    assert house.signed_in("officer").get(reverse("family")).status_code == 403
