"""Somebody who is not on record is told by SMS alone: no inbox, no device, once, in his daytime."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from teduh.core.clock import JAKARTA
from teduh.core.text import Text
from teduh.outreach import actions, queries
from teduh.outreach.facts import Telling
from teduh.outreach.models import Delivery, Message
from teduh.security.access import SYSTEM
from tests.outreach.telling import AT, deliveries, member, send, telling, with_phone

pytestmark = pytest.mark.django_db
PHONE = "+6281298765432"


def outside(key: str = "k", phone: str = PHONE) -> Telling:
    return Telling(person=None, phone=phone, kind="pmi.ending", title=Text("Perlindungan Budi S. sampai 2 Mei", "x"),
                   body=Text("Rp13.500", "x"), link="/keluarga/", key=key)  # fmt: skip


def tell(*messages: Telling, at: dt.datetime = AT) -> int:
    return actions.tell(messages=messages, by=SYSTEM, at=at)


def test_it_goes_by_sms_once_and_nowhere_else(simulator):
    assert [tell(outside()), tell(outside())] == [1, 0]
    send(simulator)
    send(simulator, minutes=5)
    (one,) = simulator.outbox
    assert one.to == PHONE
    assert one.text == (
        "Teduh: Perlindungan Budi S. sampai 2 Mei. Rincian: buka Teduh. Kami tak pernah meminta kata sandi."
    )
    assert deliveries() == [("sms", "sent", 1, "")] and Delivery.objects.count() == 1


def test_people_and_phones_go_in_one_batch_and_each_gets_his_own(simulator):
    who = member(with_phone())
    assert tell(telling(who.person, key="a"), outside("b"), outside("c", "+6281298760000")) == 3
    send(simulator)
    assert sorted(one.to for one in simulator.outbox) == ["+6281234567890", "+6281298760000", PHONE]
    assert len(queries.inbox(actor=who)) == 1


@pytest.mark.parametrize(("hour", "due"), [(5, 6), (6, 6), (20, 20), (21, 30), (23, 30)])
def test_it_waits_for_his_morning(hour, due):
    at = dt.datetime(2026, 5, 4, hour, tzinfo=JAKARTA)
    tell(outside(), at=at)
    with transaction.atomic():
        actions.lay_out(at=at, limit=10)
    expected = dt.datetime(2026, 5, 4, 0, tzinfo=JAKARTA) + dt.timedelta(hours=due)
    assert Delivery.objects.get().due_at == expected


def test_a_number_that_fails_is_tried_again_and_one_that_is_refused_is_given_up(simulator):
    tell(outside("a", "+6281200009901"), outside("b", "+6281200009902"))
    send(simulator)
    assert sorted(deliveries()) == [("sms", "failed", 1, "http_429"), ("sms", "given_up", 1, "rejected_number")]


def test_the_number_is_not_readable_in_the_table():
    tell(outside())
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, words FROM outreach_message")
        phone, words = cursor.fetchone()
    assert b"9876" not in bytes(phone) and b"Budi" not in bytes(words)


def test_it_goes_to_one_of_both_and_the_table_holds_to_it():
    for wrong in ({"person": None, "phone": ""}, {"person": 1, "phone": PHONE}):
        with pytest.raises(ValueError, match="to a person or to a phone"):
            Telling(kind="x", title=Text("a", "a"), body=Text("", ""), link="", key="k", **wrong)
    with pytest.raises(IntegrityError, match="message_goes_to_a_person_or_a_phone"), transaction.atomic():
        Message.objects.create(kind="x", words="[]", key="k", created_at=AT)
