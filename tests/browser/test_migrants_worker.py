"""A worker joins from abroad on her phone, pays and is protected; a stranger pays by a link; the family helps."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PASSWORD, PHONE, House, Opened, overflow, today

pytestmark = pytest.mark.browser
SIZES = [pytest.param(PHONE, id="360"), pytest.param(DESK, id="1280")]
#: Pictures of the pages are kept where this says.
SHOTS = os.environ.get("SHOTS", "")
NIKS = {360: ("3301215207940003", "+886912345671"), 1280: ("3301215307940004", "+886912345672")}
WORKER = (
    "/saya/migran/", "/saya/migran/bayar/", "/saya/migran/perpanjang/", "/saya/migran/ubah/", "/saya/migran/pulang/",
    "/saya/migran/ubah/pindah/", "/saya/migran/ubah/berakhir/", "/saya/migran/dokumen/", "/saya/migran/keluarga/",
    "/saya/urusan/", "/saya/urusan/baru/",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def worker(house: House) -> Iterator[None]:
    """Made before the browser starts: somebody in Taiwan who has paid, and one whose cover has ended."""
    from teduh.core import clock
    from teduh.journeys.migrants import rates
    from teduh.registry.models import Account
    from teduh.security import actions as security
    from teduh.security.access import SYSTEM
    from tests.portals.migrants import worker_house as made

    made.ready()
    on = clock.today()
    rates.load(content=f"currency,date,rupiah,source\nTWD,{on},512.5,BI\n".encode(), by=SYSTEM, on=on)
    for name, days, paid in (("pmi", 300, True), ("belum", 400, False)):
        placement = made.place(days=days, paid=paid, name="Siti Aminah" if paid else "Rina Wati")
        user = security.create_account(username=name, role="member", password=PASSWORD, name="Siti A.", by=SYSTEM)
        Account.objects.create(user_id=user, person_id=made.people_of(placement))
    yield


def shot(page: Page, name: str) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{width}-{name}.png", full_page=True)
    assert overflow(page) <= 0, f"{page.url} is wider than {width}"


def _next(page: Page, name: str) -> None:
    shot(page, f"join-{name}")
    page.get_by_role("button", name="Lanjut").click()


def _joins(page: Page, width: int) -> None:
    nik, phone = NIKS[width]
    page.goto("/migran/")
    shot(page, "front")
    page.get_by_role("link", name="Daftar dari luar negeri").click()
    page.get_by_label("NIK").fill(nik)
    page.get_by_label("Nama lengkap").fill("Wahyuni Lestari")
    page.get_by_label("Tanggal lahir").fill(f"{int(nik[6:8]) - 40}-7-1994")
    _next(page, "1")
    page.get_by_label("Sekarang Anda di negara mana?").select_option("TW")
    page.get_by_label("Nomor paspor").fill(f"C12345{width:04d}"[:8])
    _next(page, "2")
    page.get_by_label("Mulai").fill((today() - dt.timedelta(days=30)).strftime("%d-%m-%Y"))
    page.get_by_label("Berakhir").fill((today() + dt.timedelta(days=700)).strftime("%d-%m-%Y"))
    page.get_by_label("Majikan atau perusahaan").fill("Chang Family")
    page.get_by_label("Pekerjaan", exact=True).fill("Perawat lansia")
    _next(page, "3")
    page.get_by_label("Nomor HP Anda").fill(phone)
    page.get_by_label("Nama keluarga di rumah").fill("Budi Santoso")
    page.get_by_label("Hubungan").select_option(label="Istri/suami")
    page.get_by_label(re.compile("Boleh membantu saya")).check()
    _next(page, "4")
    expect(page.get_by_text("Sebelum Anda membayar")).to_be_visible()
    page.get_by_label(re.compile("Saya setuju menjadi peserta")).check()
    page.get_by_label("Buat kata sandi").fill(PASSWORD)
    shot(page, "join-5")
    page.get_by_role("button", name="Setuju dan daftar").click()


def _pays(opened: Opened, address: str) -> None:
    bank = opened(DESK, "operator")
    bank.goto(address)
    bank.get_by_role("button", name="Kirim pemberitahuan bank").click()
    expect(bank.get_by_role("status").first).to_contain_text("Dibukukan")


@pytest.mark.parametrize("size", SIZES)
def test_she_joins_from_abroad_pays_and_is_protected_and_her_family_sees_it(
    opened: Opened, size: dict[str, int]
) -> None:
    page = opened(size)
    _joins(page, size["width"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Anda terdaftar")
    code = page.locator(".code").inner_text()
    shot(page, "joined")
    page.get_by_role("link", name="Lanjut membayar").click()
    expect(page.get_by_text("sekitar TWD")).to_be_visible()
    shot(page, "pay")
    page.get_by_role("button", name="Buat kode bayar").click()
    expect(page.get_by_role("img", name="QRIS tagihan ini")).to_be_visible()
    shot(page, "bill")
    _pays(opened, page.get_by_role("link", name="bayar di bank simulasi").get_attribute("href") or "")
    page.reload()
    expect(page.get_by_text("Lunas. Terima kasih.")).to_be_visible()
    shot(page, "bill-paid")
    page.goto("/saya/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terlindungi sampai")
    expect(page.get_by_role("heading", name="Selama bekerja di luar negeri")).to_be_visible()
    shot(page, "home")
    _family(opened(size), code, size["width"])


def _family(page: Page, code: str, width: int) -> None:
    page.goto("/keluarga/daftar/")
    page.get_by_label("Kode keluarga").fill(code)
    page.get_by_label("Nama Anda").fill("Budi Santoso")
    page.get_by_label("Nomor HP Anda").fill(f"0812 3456 {width:04d}")
    page.get_by_label("Buat kata sandi").fill(PASSWORD)
    shot(page, "family-code")
    page.get_by_role("button", name="Buka akun keluarga").click()
    expect(page.get_by_text("Terlindungi sampai")).to_be_visible()
    shot(page, "family")
    page.get_by_role("link", name="Lihat jalannya").click()
    shot(page, "family-home")


@pytest.mark.parametrize("size", SIZES)
def test_an_extension_is_paid_by_a_stranger_through_a_link(opened: Opened, size: dict[str, int]) -> None:
    page = opened(size, "pmi")
    page.goto("/saya/migran/perpanjang/")
    page.get_by_label("12 bulan").check()
    shot(page, "extend")
    page.get_by_role("button", name="Perpanjang dan buat kode bayar").click()
    expect(page.get_by_role("link", name="Kirim lewat WhatsApp")).to_be_visible()
    link = page.locator(".share a.number").get_attribute("href") or ""
    stranger = opened(size)
    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Siti A.")
    shot(stranger, "share")
    assert stranger.context.cookies() == []
    code = re.sub(r"\D", "", stranger.locator(".code").inner_text())
    total = re.sub(r"\D", "", stranger.locator(".total").inner_text())
    _pays(opened, f"/bank/?code={code}&amount={total}")
    stranger.reload()
    expect(stranger.get_by_role("heading", name="Sudah lunas")).to_be_visible()
    shot(stranger, "share-paid")
    page.goto("/saya/migran/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terlindungi sampai")


@pytest.mark.parametrize("size", SIZES)
def test_no_page_of_hers_is_wider_than_its_window(opened: Opened, size: dict[str, int]) -> None:
    page = opened(size, "pmi")
    for address in WORKER:
        page.goto(address)
        shot(page, address.strip("/").replace("/", "_"))
    late = opened(size, "belum")
    late.goto("/saya/migran/")
    shot(late, "unpaid")


def test_without_scripts_a_matter_is_opened_and_read_again(opened: Opened) -> None:
    page = opened(PHONE, "pmi", scripts=False)
    page.goto("/saya/urusan/baru/")
    page.get_by_label("Tentang apa?").select_option("accident")
    page.get_by_label("Ceritakan").fill("Jatuh dari tangga")
    page.get_by_role("button", name="Kirim").click()
    expect(page.get_by_text("Jatuh dari tangga")).to_be_visible()
    shot(page, "matter")


def test_what_was_typed_survives_a_lost_connection(opened: Opened) -> None:
    page = opened(PHONE)
    page.goto("/migran/dari-luar-negeri/siapa/")
    page.get_by_label("Nama lengkap").fill("Wahyuni")
    page.context.set_offline(True)
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_text("Tidak ada sambungan")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Nama lengkap")).to_have_value("Wahyuni")
