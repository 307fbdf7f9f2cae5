"""A clerk of a small workshop on a phone and on a laptop: registers, types or uploads a month, files it, is billed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PASSWORD, PHONE, Opened, overflow
from tests.portals.employer_house import PEOPLE, nik, sheet

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES_DIR", "")


@pytest.fixture(scope="module", autouse=True)
def _lists(house) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def load() -> None:
        from django.db import connections

        from teduh.employers import reference

        reference.load_reference()
        connections.close_all()

    with ThreadPoolExecutor(1) as beside:
        beside.submit(load).result()


def seen(page: Page, name: str) -> None:
    """Nothing sticks out; with PICTURES_DIR set, what it looks like is kept there."""
    page.wait_for_load_state()
    page.wait_for_selector("footer")
    assert overflow(page) <= 0, f"{page.url} is wider than its window"
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png"), full_page=True)


def registered(page: Page, name: str, username: str) -> str:
    """A new account registers a firm; the firm's address."""
    page.goto("/usaha/akun/")
    page.get_by_label("Nama Anda").fill("Sri Lestari")
    page.get_by_label("Nomor HP atau surel").fill(username)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    seen(page, "employer-account")
    page.get_by_role("button", name="Buat akun").click()
    page.get_by_role("link", name="Mulai").click()
    page.get_by_label("Nama usaha").fill(name)
    page.get_by_label("Bentuk usaha").select_option("UD")
    page.get_by_label("Provinsi").select_option(label="Jawa Tengah")
    page.get_by_label("Kabupaten/kota").select_option(label="Kabupaten Jepara")
    seen(page, "employer-firm")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Cari kegiatan usaha").fill("kayu")
    page.get_by_role("button", name="Cari").click()
    page.locator("main label.choice").first.click()
    page.get_by_label("Apa yang menunjukkan").fill("NIB")
    seen(page, "employer-activity")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Penjualan setahun").fill("3.000.000.000")
    seen(page, "employer-size")
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Nama", exact=True).fill("Sri Lestari")
    page.get_by_label("Jabatan").fill("Pemilik")
    seen(page, "employer-agree")
    page.get_by_role("button", name="Daftarkan usaha ini").click()
    page.get_by_text("Terdaftar. NPP").wait_for()
    return page.url


def this_month() -> str:
    from teduh.core import clock
    from teduh.law.months import Month

    return str(Month.of(clock.today()))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_clerk_registers_types_a_month_and_gets_the_bill(opened: Opened, size: dict[str, int]) -> None:
    page = opened(size)
    home = registered(page, f"UD Jati {size['width']}", f"sri.{size['width']}@contoh.id")
    seen(page, "employer-home")
    page.goto(f"{home}laporan/{this_month()}/ketik/")
    for n in (1, 2):
        row = page.locator("[data-row]").nth(n - 1)
        row.get_by_label("NIK").fill(nik(size["width"] + n))
        row.get_by_label("Nama").fill(f"Pekerja Nomor {n}")
        row.get_by_label("Tanggal lahir").fill("17-05-1990")
        row.get_by_label("Mulai bekerja").fill(f"{this_month()}-01")
        row.get_by_label("Upah pokok").fill("3.000.000")
        if n == 1:
            page.get_by_role("button", name="Tambah pekerja").click()
    assert "Rp6.000.000" in page.locator("[data-running]").inner_text()
    seen(page, "employer-typing")
    page.get_by_role("button", name="Periksa laporan").click()
    seen(page, "employer-check")
    page.get_by_role("button", name="Laporkan").click()
    page.locator(".code").wait_for()
    seen(page, "employer-filed")
    page.get_by_role("link", name="Rincian tagihan").click()
    seen(page, "employer-bill")


def test_a_sheet_is_uploaded_and_filed(opened: Opened, tmp_path: Path) -> None:
    page = opened(PHONE)
    home = registered(page, "UD Tanpa Skrip", "tanpa.skrip@contoh.id")
    file = tmp_path / "upah.csv"
    file.write_bytes(sheet(PEOPLE).replace(b"01-02-2026", f"{this_month()}-01".encode()))
    page.goto(f"{home}laporan/{this_month()}/")
    seen(page, "employer-month")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_role("button", name="Laporkan 12 pekerja").click()
    page.locator(".code").wait_for()
    page.goto(f"{home}pekerja/")
    seen(page, "employer-workers")
    page.goto(f"{home}data/")
    seen(page, "employer-data")
