"""A shared bill: whoever has the link sees what it is for and pays; nobody sees whose it is, and no cookie is set."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.journeys.migrants import sharing
from teduh.migrants.models import Placement
from teduh.payments.models import Bill
from teduh.security import crypto
from tests.portals.migrants import worker_house as made
from tests.portals.test_html import check

pytestmark = pytest.mark.usefixtures("regions")


def shared(client: Client) -> str:
    bill = Bill.objects.latest("id").pk if Bill.objects.exists() else made.bill(client.placement).id
    return sharing.share(bill=bill, by=made.actor(client), at=clock.now()).path


def test_the_page_says_what_it_is_for_how_much_in_which_money_and_nothing_else_of_the_worker(client: Client):
    worker = made.worker(paid=False, days=360, name="Siti Aminah Rahayu")
    answer = client.get(shared(worker))
    check(answer)
    page = answer.content.decode()
    for word in ("Siti A.", "Rp189.000", "TWD 369", "Selama dan setelah bekerja", "QRIS"):
        assert word in page
    one = Placement.objects.get(pk=worker.placement)
    for secret in ("Rahayu", one.number, crypto.decrypt(bytes(one.passport)) if isinstance(one.passport, bytes)
                   else str(one.passport), "Lin Fu"):  # fmt: skip
        assert secret not in page
    assert not answer.cookies and answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_read_in_english_by_its_link_alone(client: Client):
    worker = made.worker(paid=False)
    answer = client.get(shared(worker) + "?bahasa=en")
    assert 'lang="en"' in answer.content.decode() and "Work protection for" in answer.content.decode()
    assert not answer.cookies and answer.headers["Content-Language"] == "en"


def test_once_paid_it_says_so_and_shows_no_code(client: Client):
    worker = made.worker(days=360)
    page = client.get(shared(worker)).content.decode()
    assert "Sudah lunas" in page and "Jangan" in page or "Tidak perlu membayar lagi" in page
    assert not re.search(r'class="code"', page)


def test_a_link_that_is_not_ours_shows_nobody(client: Client):
    worker = made.worker(paid=False)
    path = shared(worker)
    for wrong in (path[:-2] + ("A/" if path[-2] != "A" else "B/"), reverse("shared_bill", args=["x"])):
        answer = client.get(wrong)
        assert answer.status_code == 404 and "Tautan ini tidak berlaku" in answer.content.decode()
        check(answer)


def test_it_cannot_be_posted_to(client: Client):
    assert client.post(shared(made.worker(paid=False))).status_code == 405
