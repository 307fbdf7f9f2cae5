"""A person's messages are his alone: read, marked, chosen; his devices are his until somebody else uses the browser."""

from __future__ import annotations

import datetime as dt

import pytest

from teduh.core.errors import Refused
from teduh.journeys import messages
from teduh.outreach import actions, owning, queries
from teduh.outreach.facts import Wishes
from teduh.outreach.models import Preference, PushSubscription
from teduh.registry.models import Person
from teduh.security.access import SYSTEM
from tests import factories
from tests.outreach.push_service import Browser
from tests.outreach.telling import AT, all_of, deliveries, member, send, subscribed, telling, with_phone

pytestmark = pytest.mark.django_db


def tell(*people: int) -> None:
    actions.tell(messages=[telling(one) for one in people], by=SYSTEM, at=AT)


def test_nobody_else_reads_marks_or_counts_them_as_his():
    mine, other = member(), member()
    tell(mine.person)
    (one,) = queries.inbox(actor=mine)
    assert queries.inbox(actor=other) == () and queries.message(actor=other, message=one.id) is None
    with pytest.raises(Refused) as refused:
        messages.read(message=one.id, by=other, at=AT)
    assert refused.value.status == 404
    assert messages.mark_read(messages=[one.id], by=other, at=AT) == 0
    assert queries.unread(person=mine.person) == 1 and queries.unread(person=other.person) == 0


@pytest.mark.parametrize("role", ["agent", "officer", "auditor", "operator", "employer", "inspector"])
def test_staff_and_employers_cannot_read_anybodys(role):
    with pytest.raises(Refused) as refused:
        queries.inbox(actor=factories.actor(role, person=factories.person()))
    assert refused.value.code == "not_allowed"


def test_an_account_without_a_person_has_none():
    with pytest.raises(Refused) as refused:
        queries.inbox(actor=factories.actor("member"))
    assert refused.value.code == "no_member"


def test_newest_first_page_after_page_and_read_once():
    me = member()
    tell(*[me.person] * 5)
    first = queries.inbox(actor=me, limit=2)
    rest = queries.inbox(actor=me, before=first[-1].id, limit=10)
    ids = [one.id for one in (*first, *rest)]
    assert len(ids) == 5 and ids == sorted(ids, reverse=True)
    assert messages.read(message=ids[0], by=me, at=AT).link == "/saya/"
    assert [one.id for one in queries.inbox(actor=me, unread=True)] == ids[1:]
    later = AT + dt.timedelta(hours=1)
    messages.read(message=ids[0], by=me, at=later)
    assert queries.message(actor=me, message=ids[0]).read_at == AT, "the first reading counts"
    assert messages.mark_read(messages=None, by=me, at=AT) == 4 and queries.unread(person=me.person) == 0


def test_unread_is_counted_to_a_hundred():
    me = member()
    actions.write(messages=[telling(me.person) for _ in range(130)], at=AT)
    assert queries.unread(person=me.person) == 100


def test_a_browser_asked_again_is_the_same_with_its_newest_keys(service):
    me, browser = member(), Browser()
    first = messages.subscribe(endpoint=service.endpoint(browser), **Browser().keys, device="Lama", by=me, at=AT)
    again = messages.subscribe(endpoint=service.endpoint(browser), **browser.keys, device="Baru", by=me, at=AT)
    assert first == again and [one.device for one in queries.devices(actor=me)] == ["Baru"]
    tell(me.person)
    send()
    assert len(service.of(browser)) == 1


def test_a_browser_that_somebody_else_signs_in_with_is_the_old_persons_no_longer(service):
    before, now, browser = member(), member(), Browser()
    subscribed(before, service, browser)
    subscribed(now, service, browser)
    tell(before.person, now.person)
    send()
    assert queries.devices(actor=before) == () and len(service.of(browser)) == 1


def test_the_ninth_device_takes_the_place_of_the_oldest(service):
    me = member()
    subscribed(me, service, *[Browser() for _ in range(owning.MOST_DEVICES + 1)])
    live = PushSubscription.objects.filter(revoked_at=None).order_by("id")
    assert len(live) == owning.MOST_DEVICES == len(queries.devices(actor=me))
    assert PushSubscription.objects.order_by("id").first().revoked_at is not None


def test_a_removed_device_is_told_no_more_even_what_waits(service):
    me, other = member(), member()
    (browser,) = subscribed(me, service)
    tell(me.person)
    (device,) = queries.devices(actor=me)
    with pytest.raises(Refused):
        messages.unsubscribe(subscription=device.id, by=other, at=AT)
    actions.lay_out(at=AT, limit=10)
    messages.unsubscribe(subscription=device.id, by=me, at=AT)
    send()
    assert service.tried == [] and deliveries() == [("push", "given_up", 1, "gone")]


@pytest.mark.parametrize("wrong", [
    {"endpoint": "https://evil.example/x"}, {"endpoint": "http://169.254.169.254/"}, {"auth": "x"}, {"p256dh": "x"},
    {"p256dh": "x" * 10_000}, {"auth": "\ud800"}, {"endpoint": "a\x00b"},
])  # fmt: skip
def test_a_browser_that_names_no_known_push_service_or_no_keys_is_refused(service, wrong):
    right = {"endpoint": service.endpoint(Browser()), **Browser().keys, "device": "x"}
    with pytest.raises(Refused) as refused:
        messages.subscribe(**{**right, **wrong}, by=member(), at=AT)
    assert refused.value.code == "push_unknown"


@pytest.mark.parametrize("wrong", [{"sms": "sometimes"}, {"zone": "Mars/Olympus"}, {"zone": "'; DROP TABLE x"}])
def test_a_wish_that_is_none_is_refused(wrong):
    right = {"push": True, "sms": "never", "quiet_from": dt.time(22), "quiet_until": dt.time(5), "zone": "Asia/Jakarta",
             "show_amounts": False}  # fmt: skip
    with pytest.raises(Refused):
        messages.prefer(wishes=Wishes(**{**right, **wrong}), by=member())


def test_staff_see_counts_and_states_and_no_words_and_no_numbers(service, simulator):
    me = member(with_phone())
    (browser,) = subscribed(me, service)
    service.answers[browser.name] = [410]
    actions.tell(messages=all_of([me.person, with_phone("+6281234569902")]), by=SYSTEM, at=AT)
    send(simulator)
    send(simulator, minutes=1)
    found = queries.counts(since=AT - dt.timedelta(days=7))
    assert (found.devices, found.gone, found.to_lay_out, found.waiting) == (0, 1, 0, 0)
    assert {(c.channel, c.state, c.error, c.count) for c in found.deliveries} == {
        ("inbox", "sent", "", 2), ("push", "given_up", "gone", 1), ("sms", "sent", "", 1),
        ("sms", "given_up", "rejected_number", 1),
    }  # fmt: skip
    assert not any(word in repr((found, queries.outbox())) for word in ("Upah", "Samudra", "+628"))


def test_who_lives_elsewhere_has_its_hours_and_keeps_what_else_he_wishes():
    mover, new, merged = factories.person(), factories.person(), factories.person()
    Person.objects.filter(pk=merged).update(merged_into=new)
    Preference.objects.create(person_id=mover, sms="never")
    assert owning.live_in(zones={mover: "Asia/Taipei", merged: "Asia/Riyadh"}) == 2
    assert owning.live_in(zones={mover: "Asia/Tokyo"}, only_new=True) == 0
    assert owning.live_in(zones={}) == 0
    kept = Preference.objects.order_by("person").values_list("person", "zone", "sms")
    assert list(kept) == [(mover, "Asia/Taipei", "never"), (new, "Asia/Riyadh", "otherwise")]
