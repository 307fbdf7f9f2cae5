"""A message is a row first, goes out after the commit, and reaches each channel once; nobody away stops the others."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teduh.core.text import Text
from teduh.journeys import messages
from teduh.outreach import actions, queries
from teduh.outreach.facts import Telling
from teduh.outreach.models import Delivery, PushSubscription
from teduh.registry.models import Person
from teduh.runs import tasks
from teduh.security.access import SYSTEM
from tests import factories
from tests.outreach.push_service import Browser
from tests.outreach.telling import AT, all_of, deliveries, member, send, subscribed, telling, with_phone

pytestmark = pytest.mark.django_db


def tell(*messages_: Telling) -> int:
    return actions.tell(messages=messages_, by=SYSTEM, at=AT)


def waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo'")
        return [name for (name,) in cursor.fetchall()]


def test_a_batch_leaves_one_job_and_nothing_goes_out_before_it(service, simulator):
    who = [member(with_phone()) for _ in range(3)]
    (browser,) = subscribed(who[0], service)
    assert tell(*all_of([one.person for one in who])) == 3
    assert waiting() == ["teduh.runs.send_messages"] and service.tried == [] and simulator.asked == 0
    send(simulator)
    assert len(service.of(browser)) == 1 and len(simulator.outbox) == 2


def test_the_same_key_is_said_once_with_its_first_words(service):
    who = member()
    (browser,) = subscribed(who, service)
    assert tell(telling(who.person, key="k", title="Yang pertama"), telling(who.person, key="l")) == 2
    assert tell(telling(who.person, key="k", title="Yang kedua")) == 0
    assert actions.tell(messages=[telling(who.person, key="m")] * 3, by=SYSTEM, at=AT) == 1
    send()
    assert [one["title"] for one in service.of(browser)].count("Yang pertama") == 1
    assert len(queries.inbox(actor=who)) == 3 and len(service.of(browser)) == 3


def test_every_device_gets_it_once_and_a_second_round_sends_nothing(service):
    who = member()
    browsers = subscribed(who, service, Browser(), Browser(), Browser())
    tell(telling(who.person))
    assert send().states == {"sent": 3}
    assert send(minutes=600).tried == 0
    assert [len(service.of(one)) for one in browsers] == [1, 1, 1]


def test_a_lock_screen_says_no_amount_and_no_employer_unless_the_person_wants_it(service):
    who = member()
    (browser,) = subscribed(who, service)
    tell(telling(who.person))
    send()
    wishes = queries.wishes(actor=who)
    messages.prefer(wishes=wishes.__class__(**{**_as_dict(wishes), "show_amounts": True}), by=who)
    tell(telling(who.person))
    send()
    plain, full = service.of(browser)
    assert (plain["title"], plain["body"]) == ("Upah April dilaporkan", "Buka Teduh untuk membacanya.")
    assert full["body"] == "PT Samudra Jaya melaporkan upah Rp4.321.000." and full["id"] > plain["id"]


def _as_dict(wishes) -> dict:
    return {name: getattr(wishes, name) for name in wishes.__slots__}


def test_a_device_speaks_the_language_of_the_account(service):
    who = member(language="en")
    (browser,) = subscribed(who, service)
    tell(telling(who.person))
    send()
    assert service.of(browser)[0]["title"] == "April wage reported" and service.of(browser)[0]["lang"] == "en"


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_the_text_comes_by_sms_instead(service, simulator, status):
    who = member(with_phone())
    (browser,) = subscribed(who, service)
    service.answers[browser.name] = [status]
    tell(telling(who.person), telling(who.person))
    send(simulator)
    assert PushSubscription.objects.get().revoked_at is not None
    assert {row[:2] for row in deliveries("push")} == {("push", "given_up")}
    send(simulator, minutes=1)
    assert len(simulator.outbox) == 2 and {row[1] for row in deliveries("sms")} == {"sent"}
    tell(telling(who.person))
    send(simulator, minutes=2)
    assert len(service.tried) <= 2 and len(simulator.outbox) == 3


def test_one_device_gone_and_another_told_needs_no_sms(service, simulator):
    who = member(with_phone())
    gone, alive = subscribed(who, service, Browser(), Browser())
    service.answers[gone.name] = [410]
    tell(telling(who.person))
    send(simulator)
    send(simulator, minutes=1)
    assert len(service.of(alive)) == 1 and simulator.asked == 0


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_service_is_asked_again_later_each_time_and_tells_once(service, status):
    who = member()
    (browser,) = subscribed(who, service)
    service.answers[browser.name] = [status, status, 201]
    tell(telling(who.person))
    send()
    assert deliveries() == [("push", "failed", 1, f"http_{status}")]
    assert send(minutes=0.9).tried == 0
    send(minutes=1.1)
    assert send(minutes=4).tried == 0, "the second wait is longer"
    send(minutes=6)
    assert deliveries() == [("push", "sent", 3, "")] and len(service.of(browser)) == 1


def test_a_service_that_asks_for_time_gets_it(service):
    who = member()
    (browser,) = subscribed(who, service)
    service.answers[browser.name], service.retry_after = [429, 201], "1800"
    tell(telling(who.person))
    send()
    assert send(minutes=29).tried == 0
    assert send(minutes=31).states == {"sent": 1}


def test_after_eight_attempts_it_is_given_up_with_the_last_word(service):
    who = member()
    (browser,) = subscribed(who, service)
    service.answers[browser.name] = [500]
    tell(telling(who.person))
    for day in range(12):
        service.at = AT.timestamp() + day * 86_400
        send(minutes=day * 24 * 60)
    assert deliveries() == [("push", "given_up", 8, "http_500")] and len(service.tried) == 8


@pytest.mark.parametrize("status", [302, 400, 403, 413])
def test_a_refusal_for_good_is_not_asked_again(service, status):
    who = member()
    (browser,) = subscribed(who, service)
    service.answers[browser.name] = [status]
    tell(telling(who.person))
    send()
    assert send(minutes=600).tried == 0 and deliveries() == [("push", "given_up", 1, f"http_{status}")]


def test_an_answer_that_got_lost_leads_to_a_second_copy_with_the_same_topic_and_tag(service):
    who = member()
    (browser,) = subscribed(who, service)
    service.answers[browser.name] = [0, 201]
    tell(telling(who.person))
    send()
    assert deliveries() == [("push", "failed", 1, "unreachable")]
    send(minutes=2)
    topics = {one.headers["topic"] for one in service.pushed}
    tags = {one["id"] for one in service.of(browser)}
    assert len(service.pushed) == 2 and len(topics) == 1 and len(tags) == 1, (
        "the service and the device keep one of both"
    )


def test_a_silent_service_stops_nobody_elses_messages(service, simulator, monkeypatch):
    monkeypatch.setattr(messages, "SILENT_AFTER", 0.15)
    members = [member() for _ in range(30)]
    for one in members:
        (browser,) = subscribed(one, service)
        service.answers[browser.name] = [-1]
    phones = [with_phone() for _ in range(20)]
    tell(*all_of([one.person for one in members]), *all_of(phones, key="sms"))
    done = send(simulator)
    assert done.states["sent"] == 20 and len(simulator.outbox) == 20
    assert len(service.tried) < 30 and done.states["resting"] == 30 - len(service.tried)
    assert {row[1:3] for row in deliveries("push")} <= {("failed", 1), ("queued", 0)}


def test_what_was_in_hand_when_its_process_died_is_tried_again_later_and_by_one_hand_at_a_time(service):
    who = member()
    (browser,) = subscribed(who, service)
    tell(telling(who.person))
    actions.lay_out(at=AT, limit=10)
    assert len(actions.take(at=AT, limit=10)) == 1
    assert actions.take(at=AT, limit=10) == [] and send(minutes=9).tried == 0
    assert send(minutes=11).states == {"sent": 1} and len(service.of(browser)) == 1
    assert deliveries() == [("push", "sent", 2, "")]


def test_the_run_of_the_calendar_sends_all_that_is_due(service, simulator, monkeypatch):
    monkeypatch.setenv("TEDUH_NOW", AT.isoformat())
    monkeypatch.setattr(messages, "_gateway", lambda name: simulator)
    monkeypatch.setattr(messages.send_due, "__kwdefaults__", {"limit": 3, "gateway": None})
    tell(*all_of([with_phone() for _ in range(10)]))
    tasks.send_messages(0)
    assert len(simulator.outbox) == 10


@pytest.mark.parametrize(("hour", "minute", "due"), [
    (20, 59, (4, 20, 59)), (21, 0, (5, 6, 0)), (23, 59, (5, 6, 0)), (0, 0, (4, 6, 0)), (5, 59, (4, 6, 0)),
    (6, 0, (4, 6, 0)), (12, 0, (4, 12, 0)),
])  # fmt: skip
def test_nothing_rings_in_quiet_hours(hour, minute, due):
    person = with_phone()
    at = AT.replace(hour=hour, minute=minute)
    actions.tell(messages=[telling(person)], by=SYSTEM, at=at)
    actions.lay_out(at=at, limit=10)
    found = Delivery.objects.get(channel="sms").due_at.astimezone(AT.tzinfo)
    assert (found.day, found.hour, found.minute) == due
    assert Delivery.objects.get(channel="inbox").state == "sent"


@pytest.mark.parametrize(("zone", "start", "end", "hour"), [
    ("Asia/Jayapura", dt.time(21), dt.time(6), 10), ("Asia/Jayapura", dt.time(12), dt.time(14), 12),
    ("Asia/Jakarta", dt.time(9), dt.time(17), 17), ("Asia/Jakarta", dt.time(10), dt.time(10), 10),
    ("Asia/Riyadh", dt.time(21), dt.time(6, 30), 10),
])  # fmt: skip
def test_quiet_hours_are_the_persons_own_where_he_is(zone, start, end, hour):
    who = member(with_phone())
    wishes = queries.wishes(actor=who)
    wanted = {**_as_dict(wishes), "zone": zone, "quiet_from": start, "quiet_until": end}
    messages.prefer(wishes=wishes.__class__(**wanted), by=who)
    tell(telling(who.person))
    actions.lay_out(at=AT, limit=10)
    assert Delivery.objects.get(channel="sms").due_at.astimezone(AT.tzinfo).hour == hour


@pytest.mark.parametrize(("sms", "push", "device", "channels"), [
    ("otherwise", True, True, ["push"]), ("otherwise", True, False, ["sms"]), ("otherwise", False, True, ["sms"]),
    ("always", True, True, ["push", "sms"]), ("never", True, True, ["push"]), ("never", True, False, []),
])  # fmt: skip
def test_each_is_told_as_he_wishes(service, sms, push, device, channels):
    who = member(with_phone())
    if device:
        subscribed(who, service)
    wishes = queries.wishes(actor=who)
    messages.prefer(wishes=wishes.__class__(**{**_as_dict(wishes), "sms": sms, "push": push}), by=who)
    tell(telling(who.person))
    send()
    assert [row[0] for row in deliveries()] == channels and len(queries.inbox(actor=who)) == 1


def test_who_has_no_phone_and_no_device_finds_it_in_the_inbox(simulator):
    who = member()
    tell(telling(who.person))
    assert send(simulator).tried == 0 and simulator.asked == 0
    assert [one.title.id for one in queries.inbox(actor=who)] == ["Upah April dilaporkan"]


def test_what_is_older_than_three_days_does_not_ring_any_more(simulator):
    for hours in (71, 73):
        at = AT - dt.timedelta(hours=hours)
        actions.tell(messages=[telling(with_phone(), key=str(hours))], by=SYSTEM, at=at)
    send(simulator)
    assert len(simulator.outbox) == 1 and Delivery.objects.filter(channel="inbox").count() == 2


def test_whoever_was_merged_is_told_as_who_he_is_now(service):
    old, new = factories.person(), factories.person()
    before = member(old)
    (browser,) = subscribed(before, service)
    tell(telling(old, key="before"))
    Person.objects.filter(pk=old).update(merged_into=new)
    tell(telling(old, key="after"))
    send()
    assert len(service.of(browser)) == 2
    assert len(queries.inbox(actor=before)) == 2 and queries.unread(person=old) == queries.unread(person=new) == 2


def test_the_statements_do_not_grow_with_the_messages(service, simulator):
    counts = []
    for size in (10, 10_000):
        people = factories.people(size)
        for one in people[:5]:
            subscribed(member(one), service)
        Person.objects.filter(pk__in=people[5:9]).update(phone="+6281234567890")
        with CaptureQueriesContext(connection) as telling_:
            assert actions.tell(messages=all_of(people), by=SYSTEM, at=AT) == size
        with CaptureQueriesContext(connection) as writing:
            assert actions.write(messages=all_of(people, key=f"more-{size}"), at=AT) == size
        with CaptureQueriesContext(connection) as sending:
            done = send(simulator)
        assert (done.laid_out, done.tried) == (2 * size, 18)
        counts.append((len(telling_), len(writing), len(sending)))
        connection.cursor().execute("DELETE FROM procrastinate_jobs")
    assert counts[0] == counts[1] and counts[0][1] == 1


@pytest.mark.parametrize("wrong", [
    {"title": Text("", "x")}, {"title": Text("x" * 81, "x")}, {"title": Text("Upah Rp4.000.000", "x")},
    {"title": Text("x", "Wage Rp 4")}, {"title": Text("NIK 3273014107900007", "x")}, {"body": Text("x" * 1001, "x")},
    {"kind": "Wage"}, {"kind": "wage..x"}, {"link": "https://evil.example/"}, {"link": "//evil.example"},
    {"link": "saya/"}, {"link": "/a\\b"}, {"link": "/a b"}, {"key": ""}, {"key": "k" * 121}, {"key": "a\x00"},
])  # fmt: skip
def test_what_cannot_be_said_is_refused_before_it_is_written(wrong):
    right = {"person": 1, "kind": "a.b", "title": Text("a", "a"), "body": Text("b", "b"), "link": "/saya/", "key": "k"}
    with pytest.raises(ValueError):
        Telling(**{**right, **wrong})


def test_what_is_said_stands_encrypted_in_the_table():
    tell(telling(with_phone()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM outreach_message")
        assert b"Samudra" not in bytes(cursor.fetchone()[0])


def test_unstorable_letters_are_left_out():
    who = member()
    one = telling(who.person)
    tell(Telling(person=who.person, kind=one.kind, title=Text("a\x00b", "a\ud800b"), body=one.body, link="", key="n"))
    assert queries.inbox(actor=who)[0].title == Text("ab", "ab")
