"""A member asks a real browser to tell him, reads what he was told, and the device shows it: phone and desk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PHONE, House, Opened, overflow
from tests.outreach import push_service

pytestmark = pytest.mark.browser
#: Chromium's own push service is far away: the browser's half is real keys and this test's service.
SUBSCRIBE = """
([endpoint, p256dh, auth]) => {
  PushManager.prototype.subscribe = async function (wanted) {
    if (wanted.applicationServerKey.length !== 65 || !wanted.userVisibleOnly) throw new TypeError("no server key");
    return { toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh, auth } }) };
  };
}
"""


@pytest.fixture
def service(settings) -> Iterator[push_service.Service]:
    from teduh.core import clock

    with push_service.serving() as made:
        settings.PUSH_HOSTS = (made.address,)
        made.at = clock.now().timestamp()
        yield made


def in_another_thread(work) -> object:
    """Playwright's loop runs in this thread, and Django refuses to ask its database beside one."""
    from concurrent.futures import ThreadPoolExecutor

    def then() -> object:
        from django.db import connections

        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as hand:
        return hand.submit(then).result()


def tell(count: int, key: str) -> None:
    from teduh.core import clock
    from teduh.core.text import Text
    from teduh.outreach import actions
    from teduh.outreach.facts import Telling
    from teduh.registry.models import Account
    from teduh.security.access import SYSTEM

    def work() -> None:
        person = Account.objects.get(user__username="peserta").person_id
        body = Text("PT Samudra Jaya melaporkan upah Anda untuk April 2026 sebesar Rp4.321.000. Iuran Anda dihitung "
                    "dari jumlah itu.", "PT Samudra Jaya reported your wage for April 2026: Rp4,321,000.")  # fmt: skip
        said = [
            Telling(person=person, kind="wage.reported", link="/saya/catatan/",
                    title=Text(f"Upah April 2026 dilaporkan ({n + 1})", "April wage"),
                    body=body, key=f"{key}:{n}")
            for n in range(count)
        ]  # fmt: skip
        actions.tell(messages=said, by=SYSTEM, at=clock.now())

    in_another_thread(work)


def send() -> None:
    from teduh.core import clock
    from teduh.journeys import messages
    from teduh.outreach import sms_simulator
    from teduh.outreach.models import Delivery

    def work() -> None:
        messages.send_due(at=clock.now(), gateway=sms_simulator.Simulator())
        Delivery.objects.filter(state="queued").update(due_at=clock.now())
        messages.send_due(at=clock.now(), gateway=sms_simulator.Simulator())

    in_another_thread(work)


def shot(page: Page, name: str) -> None:
    """Kept in the folder that SHOTS names, to be looked at."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_inbox_is_read_and_answered_on_a_phone_and_at_a_desk(opened: Opened, size: dict[str, int]) -> None:
    tell(4, f"inbox-{size['width']}")
    page = opened(size, "peserta")
    shot(page, f"home-{size['width']}")
    page.get_by_role("link", name="Pesan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pesan")
    unread = page.locator(".inbox .is-unread")
    expect(unread.first).to_be_visible()
    before = unread.count()
    assert overflow(page) <= 0
    shot(page, f"inbox-{size['width']}")
    unread.first.get_by_role("link").click()
    expect(page.get_by_text("Rp4.321.000")).to_be_visible()
    assert overflow(page) <= 0
    shot(page, f"message-{size['width']}")
    page.get_by_role("link", name="← Pesan").click()
    assert page.locator(".inbox .is-unread").count() == before - 1
    page.get_by_role("link", name="Cara diberi tahu").click()
    page.get_by_label("Tampilkan jumlah di layar kunci").check()
    page.get_by_label("Jangan ganggu mulai pukul").fill("22:00")
    assert overflow(page) <= 0
    shot(page, f"wishes-{size['width']}")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_role("status").first).to_contain_text("disimpan")
    page.goto("/pesan/")
    page.get_by_role("button", name="Tandai semua sudah dibaca").click()
    expect(page.locator(".menu .count")).to_have_count(0)


def test_a_device_is_told_what_only_it_can_read_and_shows_it(
    opened: Opened, house: House, service: push_service.Service
) -> None:
    reader = push_service.Browser()
    page = opened(PHONE, "peserta")
    page.context.grant_permissions(["notifications"], origin=house.address)
    page.goto("/pesan/")
    page.evaluate(SUBSCRIBE, [service.endpoint(reader), reader.keys["p256dh"], reader.keys["auth"]])
    page.get_by_role("button", name="Beri tahu saya di perangkat ini").click()
    expect(page.get_by_text("Perangkat ini sekarang memberi tahu Anda.")).to_be_visible()
    tell(1, "device")
    send()
    said = max(service.of(reader), key=lambda one: one["id"])
    assert said["title"] == "Upah April 2026 dilaporkan (1)"
    shown = _push(page, house.address, said)
    assert shown == [{"title": said["title"], "body": said["body"], "tag": f"message-{said['id']}"}]
    assert _push(page, house.address, said) == shown, "a copy replaces the first"
    page.goto("/pesan/cara/")
    expect(page.get_by_text("Chrome · Linux", exact=True)).to_be_visible()
    shot(page, "devices-360")
    page.get_by_role("button", name="Lepas").click()
    expect(page.get_by_role("status").first).to_contain_text("tidak diberi tahu lagi")


def _push(page: Page, origin: str, said: dict) -> list[dict[str, str]]:
    """Hand it to the page's worker as Chromium does with what a push service brings; what the device then shows."""
    devtools = page.context.new_cdp_session(page)
    known: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda e: known.extend(r["registrationId"] for r in e["registrations"]),
    )
    devtools.send("ServiceWorker.enable")
    for _ in range(50):
        if known:
            break
        page.wait_for_timeout(100)
    registration = known[-1]
    devtools.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registration, "data": json.dumps(said)},
    )
    page.wait_for_timeout(500)
    devtools.detach()
    shown = page.evaluate(
        """async () => {
          const one = await navigator.serviceWorker.getRegistration("/pesan/");
          return (await one.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }));
        }"""
    )
    return list(shown)


def test_without_scripts_the_inbox_is_all_there(opened: Opened) -> None:
    tell(1, "no-scripts")
    page = opened(PHONE, "peserta", scripts=False)
    page.goto("/pesan/")
    expect(page.locator(".inbox .is-unread").first).to_be_visible()
    expect(page.get_by_role("button", name="Beri tahu saya")).to_be_hidden()


def test_the_operator_sees_numbers_on_a_phone_and_at_a_desk(opened: Opened) -> None:
    for size in (PHONE, DESK):
        page = opened(size, "operator")
        page.goto("/pesan/keadaan/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Keadaan pesan")
        assert overflow(page) <= 0
        shot(page, f"state-{size['width']}")
