"""A sponsor's group from nothing to a bill, and an account from a slip, on a small phone."""

from __future__ import annotations

import datetime as dt
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, House, Opened, overflow

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES_DIR", "")


def seen(page: Page, name: str) -> None:
    """Nothing sticks out; with PICTURES_DIR set, what it looks like is kept there."""
    assert overflow(page) <= 0, f"{page.url} is wider than its window"
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png"), full_page=True)


def known(house: House) -> list[tuple[int, str, dt.date]]:
    """Number, member number and birth date of the agent's people, asked beside the browser's loop."""
    from django.db import connections

    from teduh.registry.models import Person

    def ask() -> list[tuple[int, str, dt.date]]:
        try:
            found = Person.objects.filter(pk__in=house.people, account=None).order_by("id")
            return list(found.values_list("id", "member_number", "birth_date"))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as beside:
        return beside.submit(ask).result()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_an_agent_makes_a_sponsors_group_fills_it_from_a_list_and_bills_it(
    opened: Opened, house: House, size: dict[str, int]
) -> None:
    numbers = [number for _, number, _ in known(house)]
    page = opened(size, "agen")
    page.goto("/kelompok/")
    seen(page, "groups")
    page.get_by_role("link", name="Buat kelompok").click()
    page.get_by_label("Nama kelompok").fill(f"Sponsor Pelabuhan {size['width']}")
    page.get_by_label("Sponsor", exact=True).check()
    page.get_by_label("APBD").check()
    seen(page, "group-new")
    page.get_by_role("button", name="Buat kelompok").click()
    page.get_by_label("Tempel nomor").fill("\n".join([*numbers, "3301010101010101", "Pak Budi"]))
    page.get_by_label("3 bulan iuran").check()
    seen(page, "group-add")
    page.get_by_role("button", name="Tambahkan").click()
    main = page.locator("main")
    assert main.get_by_text("Masuk", exact=True).count() == len(numbers)
    assert main.get_by_text("Tidak ditemukan").count() == 1
    seen(page, "group")
    page.get_by_role("link", name="Akhiri keanggotaan").click()
    seen(page, "group-end")
    page.get_by_role("link", name="←").click()
    page.get_by_role("button", name="Buat tagihan").click()
    assert "/tagihan/" in page.url
    seen(page, "group-bill")


def test_a_slip_opens_an_account_on_a_borrowed_phone(opened: Opened, house: House) -> None:
    person, number, born = known(house)[0]
    agent, visitor = opened(DESK, "agen"), opened(PHONE)
    agent.goto(f"/orang/{person}/aktivasi/")
    seen(agent, "slip-before")
    agent.get_by_role("button", name="Buat kode").click()
    seen(agent, "slip")
    code = agent.locator(".code").inner_text()
    agent.set_viewport_size(PHONE)
    seen(agent, "slip")
    visitor.goto("/masuk/")
    visitor.get_by_role("link", name="Aktifkan akun").click()
    seen(visitor, "activate")
    visitor.get_by_label("Nomor peserta").fill(number)
    visitor.get_by_label("Kode aktivasi").fill(code.lower())
    visitor.get_by_label("Tanggal lahir").fill(f"{born:%d-%m-%Y}")
    visitor.get_by_label("Nomor HP untuk masuk").fill("siti.pelabuhan")
    visitor.get_by_label("Kata sandi baru").fill("sawah-hijau-sore-hari")
    visitor.get_by_role("button", name="Aktifkan").click()
    assert visitor.url.endswith("/saya/")
    seen(visitor, "activated")
