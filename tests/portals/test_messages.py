"""The inbox on its pages: what is unread stands out, opening reads, choices are kept, staff see numbers alone."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import reverse

from teduh.core import clock
from teduh.core.text import Text
from teduh.outreach import actions, queries
from teduh.outreach.facts import Telling
from teduh.outreach.models import Message, Preference, PushSubscription
from teduh.security.access import SYSTEM
from tests import factories
from tests.outreach.push_service import Browser
from tests.portals.house import person_of

ENDPOINT = "https://fcm.googleapis.com/fcm/send/{}"


def told(person: int, count: int = 1, body: str = "PT Samudra melaporkan <b>Rp4.321.000</b>.") -> list[int]:
    before = Message.objects.count()
    actions.tell(
        messages=[
            Telling(person=person, kind="wage.reported", title=Text(f"Upah {n}", f"Wage {n}"), link="/saya/catatan/",
                    body=Text(body, "A wage was reported."), key=f"{before}:{n:03d}")
            for n in range(count)
        ],
        by=SYSTEM, at=clock.now(),
    )  # fmt: skip
    return list(Message.objects.filter(person=person).order_by("id").values_list("id", flat=True))[-count:]


def page(client: Client, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status
    return answer.content.decode()


def subscription(browser: Browser, **more: object) -> str:
    return json.dumps({"endpoint": ENDPOINT.format(browser.name), "keys": browser.keys, "device": "Chrome", **more})


def add(client: Client, body: str | bytes):
    return client.post(reverse("message_device_add"), body, content_type="application/json")


def test_the_menu_counts_what_is_unread_and_opening_reads_it(signed_in):
    member = signed_in("member")
    (one, two) = told(person_of(member), 2)
    assert '<span class="count">2<' in page(member, "member")
    shown = page(member, "message", two)
    assert "Rp4.321.000" in shown and "&lt;b&gt;" in shown and 'href="/saya/catatan/"' in shown
    inbox = page(member, "messages")
    assert '<span class="count">1<' in inbox and inbox.count("is-unread") == 1
    assert inbox.index("Upah 1") < inbox.index("Upah 0")
    member.post(reverse("messages"))
    assert 'class="count"' not in page(member, "messages")
    assert queries.unread(person=person_of(member)) == 0 and one < two


def test_an_empty_inbox_says_what_will_come(signed_in):
    assert "Belum ada pesan" in page(signed_in("member"), "messages")


def test_another_members_message_does_not_exist(signed_in):
    mine, other = signed_in("member"), signed_in("member")
    (one,) = told(person_of(other))
    page(mine, "message", one, status=404)
    assert queries.unread(person=person_of(other)) == 1


@pytest.mark.parametrize("role", ["agent", "officer", "auditor", "operator"])
def test_no_staff_opens_an_inbox(signed_in, role):
    client = signed_in(role)
    (one,) = told(factories.person())
    for name, args in (("messages", ()), ("message", (one,)), ("message_wishes", ())):
        page(client, name, *args, status=403)
    assert add(client, subscription(Browser())).status_code == 403


def test_older_messages_are_on_the_next_page(signed_in):
    member = signed_in("member")
    ids = told(person_of(member), 35)
    first = page(member, "messages")
    assert f"?before={ids[5]}" in first and "Upah 4<" not in first
    older = member.get(reverse("messages"), {"before": ids[5]}).content.decode()
    assert older.count("<li class") >= 5 and "Upah 34" not in older
    assert member.get(reverse("messages"), {"before": "x" * 50}).status_code == 200


def test_in_english_for_who_chose_it(signed_in):
    member = signed_in("member")
    told(person_of(member))
    member.cookies["bahasa"] = "en"
    shown = page(member, "messages")
    assert "Wage 0" in shown and "Mark all as read" in shown and "Upah 0" not in shown


def test_choices_are_kept_and_wrong_ones_are_asked_again(signed_in):
    member = signed_in("member")
    sent = {
        "show_amounts": "on",
        "sms": "never",
        "quiet_from": "22.30",
        "quiet_until": "05:00",
        "zone": "Asia/Jayapura",
    }
    assert member.post(reverse("message_wishes"), sent).status_code == 302
    kept = Preference.objects.get(person=person_of(member))
    assert (kept.push, kept.sms, str(kept.quiet_from), kept.zone, kept.show_amounts) == (
        False, "never", "22:30:00", "Asia/Jayapura", True,
    )  # fmt: skip
    for wrong in ({"zone": "Mars"}, {"sms": "x"}, {"quiet_from": "25:00"}):
        assert member.post(reverse("message_wishes"), {**sent, **wrong}).status_code == 422
    assert 'value="22:30"' in page(member, "message_wishes")


def test_a_device_is_added_shown_and_removed(signed_in):
    member, browser = signed_in("member"), Browser()
    assert add(member, subscription(browser)).status_code == 201
    assert add(member, subscription(browser, device="Firefox · Linux")).status_code == 201
    device = PushSubscription.objects.get()
    assert "Firefox · Linux" in page(member, "message_wishes")
    assert signed_in("member").post(reverse("message_device", args=[device.id])).status_code == 404
    assert member.post(reverse("message_device", args=[device.id])).status_code == 302
    assert "Firefox" not in page(member, "message_wishes")


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b'{"endpoint": 1, "keys": {}}', b'{"endpoint": "x", "keys": []}', b"\xff\xfe",
    b'{"endpoint": "https://evil.example/", "keys": {"p256dh": "x", "auth": "y"}}', b"[" * 5_000,
])  # fmt: skip
def test_what_is_no_subscription_is_refused(signed_in, body):
    answer = add(signed_in("member"), body)
    assert answer.status_code == 422 and set(answer.json()["what"]) == {"id", "en"}
    assert not PushSubscription.objects.exists()


def test_a_device_is_added_from_our_own_pages_only(signed_in):
    client = Client(enforce_csrf_checks=True)
    client.force_login(signed_in("member").account, backend="django.contrib.auth.backends.ModelBackend")
    assert add(client, subscription(Browser())).status_code == 403


def test_operators_see_numbers_and_no_words(signed_in):
    told(factories.person(), 3)
    actions.lay_out(at=clock.now(), limit=10)
    operator = signed_in("operator")
    shown = page(operator, "message_state")
    assert "Kotak pesan" in shown and "Samudra" not in shown and "Upah" not in shown
    page(signed_in("officer"), "message_state", status=403)


def test_the_worker_is_a_script_under_its_own_address(client: Client):
    answer = client.get(reverse("message_worker"))
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/javascript")
    assert reverse("message_worker").startswith(reverse("messages"))
