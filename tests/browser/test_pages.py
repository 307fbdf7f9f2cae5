"""The pages as people meet them: on a small phone, at a desk, with the keyboard alone, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, PASSWORD, PHONE, House, Opened, csv, overflow

pytestmark = pytest.mark.browser
EVERYBODY = (
    "/", "/bantuan/", "/masuk/", "/daftar/", "/daftar/who/", "/hitung/", "/hitung/nilai/",
    "/hitung/?segment=bpu&income=1000000&sector=other&jht=on&month=2026-04",
    "/hitung/?segment=pu&wage=5000000&risk_class=2&programmes=JKK&programmes=JKM&programmes=JHT&month=2026-04",
    "/hitung/?segment=jakon&contract_value=1000000000&month=2026-04",
    "/hitung/?segment=pmi&route=implementer&stage=all&months=24&jht_monthly=0&month=2026-04",
    "/hitung/?segment=bpu&income=1000000&sector=other&month=2015-06", "/tidak-ada/",
    "/aktivasi/", "/api/v1/", "/verifikasi/",
)  # fmt: skip
MEMBER = ("/saya/", "/saya/bayar/", "/saya/kartu/", "/saya/catatan/", "/saya/data/", "/saya/pembaca/", "/akun/",
          "/pesan/", "/pesan/cara/", "/akun/sandi/", "/akun/pengaman/")  # fmt: skip
AGENT = (
    "/agen/",
    "/berkas/",
    "/kelompok/",
    "/kelompok/baru/",
    "/daftar/",
    "/orang/{person}/",
    "/orang/{person}/bayar/",
    "/orang/{person}/data/",
    "/orang/{person}/aktivasi/",
)
OFFICER = (
    "/petugas/", "/petugas/cari/", "/petugas/cek/", "/petugas/dana/", "/petugas/dana/{suspense}/",
    "/petugas/pengembalian/", "/petugas/ganda/", "/petugas/identitas/", "/petugas/perbaikan/", "/kelompok/{group}/",
    "/kelompok/{group}/tambah/", "/kelompok/{group}/akhiri/", "/orang/{person}/aktivasi/",
    "/tagihan/{bill}/", "/tagihan/{bill}/kenapa/",
)  # fmt: skip


def test_somebody_joins_pays_and_is_protected_on_a_phone(opened: Opened) -> None:
    page = opened(PHONE)
    page.goto("/")
    page.get_by_role("link", name="Daftar sekarang").click()
    page.get_by_role("link", name="Mulai").click()
    page.get_by_label("NIK").fill("3301214503900007")
    page.get_by_label("Nama lengkap").fill("Siti Aminah")
    page.get_by_label("Tanggal lahir").fill("05-03-1990")
    _go_on(page)
    page.get_by_label("Nomor HP").fill("0812 3456 7001")
    lives = page.locator("[data-region=lives_in]")
    lives.get_by_label("Provinsi").select_option(label="Jawa Tengah")
    lives.get_by_label("Kabupaten/kota").select_option(label="Kabupaten Cilacap")
    expect(lives.get_by_label("Kecamatan")).to_be_visible()
    _go_on(page)
    page.get_by_label("Pekerjaan", exact=True).select_option("nelayan")
    page.get_by_label("Penghasilan rata-rata sebulan").fill("1.200.000")
    page.get_by_label("Saya sedang bekerja atau berusaha").check()
    page.get_by_label("Ceritakan singkat").fill("Melaut dengan perahu sendiri sejak 2015")
    _go_on(page)
    expect(page.get_by_text("Selalu termasuk")).to_be_visible()
    _go_on(page)
    page.get_by_label("Nama 1").fill("Budi Santoso")
    page.get_by_label("Hubungan").first.select_option(label="Istri/suami")
    _go_on(page)
    expect(page.get_by_text("yang mengakhiri atau membatasi perlindungan")).to_be_visible()
    page.get_by_label("Buat kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Setuju dan daftar").click()
    page.get_by_label("3 bulan").check()
    page.get_by_role("button", name="Buat tagihan").click()
    expect(page.get_by_role("img", name="QRIS tagihan ini")).to_be_visible()
    assert overflow(page) <= 0
    bill = page.url
    _pays(opened, page.get_by_role("link", name="bayar di bank simulasi").get_attribute("href") or "")
    page.goto(bill)
    expect(page.get_by_text("Lunas. Terima kasih.")).to_be_visible()
    page.goto("/saya/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Terlindungi sampai")
    page.goto("/saya/kartu/")
    expect(page.get_by_role("img", name="Kode QR kartu")).to_be_visible()
    assert page.request.get("/saya/kartu.pdf").body().startswith(b"%PDF")


def _go_on(page: Page) -> None:
    assert overflow(page) <= 0, f"{page.url} is wider than the phone"
    page.get_by_role("button", name="Lanjut").click()


def _pays(opened: Opened, address: str) -> None:
    bank = opened(DESK, "operator")
    bank.goto(address)
    bank.get_by_role("button", name="Kirim pemberitahuan bank").click()
    expect(bank.get_by_role("status").first).to_contain_text("Dibukukan")


def test_one_signs_in_and_out_with_the_keyboard_alone(opened: Opened) -> None:
    page = opened(DESK)
    page.goto("/masuk/")
    for typed in ("agen", PASSWORD):
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('main input')"):
                break
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Peserta saya")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    page.get_by_role("button", name="Keluar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Masuk").first).to_be_visible()


def test_an_agent_checks_a_sheet_first_and_enrols_from_it_afterwards(opened: Opened) -> None:
    page = opened(PHONE, "agen")
    page.goto("/berkas/")
    sheet = csv([
        ("3301211203840011", "Joko Susilo", "12-03-1984"), ("3301215304910012", "Rina Wati", "13-04-1991"),
        ("330121", "Nomor Pendek", "01-01-1980"),
    ])  # fmt: skip
    page.get_by_label("Berkas", exact=True).set_input_files(
        {"name": "warga desa.csv", "mimeType": "text/csv", "buffer": sheet}
    )
    page.get_by_label("Orang-orang dalam berkas ini setuju didaftarkan").check()
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.get_by_text("Belum ada yang disimpan sebagai peserta.")).to_be_visible()
    expect(page.get_by_text("Perlu diperbaiki").first).to_be_visible()
    assert overflow(page) <= 0
    with page.expect_download() as mended:
        page.get_by_role("link", name="Unduh lembar untuk diperbaiki").click()
    assert mended.value.suggested_filename.endswith(".xlsx")
    page.get_by_role("button", name="Daftarkan 2 orang").click()
    expect(page.get_by_text("2 orang terdaftar")).to_be_visible()


def test_a_large_sheet_is_enrolled_in_the_background_while_one_watches(opened: Opened) -> None:
    page = opened(DESK, "agen")
    page.goto("/berkas/")
    days = [f"{1 + n % 28:02d}" for n in range(320)]
    sheet = csv([(f"330121{day}0388{5000 + n}", f"Nelayan {n}", f"{day}-03-1988") for n, day in enumerate(days)])
    page.get_by_label("Berkas", exact=True).set_input_files(
        {"name": "sedesa.csv", "mimeType": "text/csv", "buffer": sheet}
    )
    page.get_by_label("Orang-orang dalam berkas ini setuju didaftarkan").check()
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_role("button", name="Daftarkan 320 orang").click()
    expect(page.get_by_text("320 orang terdaftar")).to_be_visible(timeout=30_000)


def test_choosing_a_region_works_without_scripts(opened: Opened) -> None:
    page = opened(PHONE, scripts=False)
    page.goto("/daftar/who/")
    page.get_by_label("NIK").fill("3301214503900008")
    page.get_by_label("Nama lengkap").fill("Tanpa Skrip")
    page.get_by_label("Tanggal lahir").fill("5/3/1990")
    page.get_by_role("button", name="Lanjut").click()
    lives = page.locator("[data-region=lives_in]")
    for label, region in (("Provinsi", "Jawa Tengah"), ("Kabupaten/kota", "Kabupaten Cilacap")):
        lives.get_by_label(label).select_option(label=region)
        lives.get_by_role("button", name="Tampilkan daftar berikutnya").click()
    expect(lives.get_by_label("Kecamatan")).to_be_visible()
    expect(lives.get_by_label("Provinsi")).to_have_value("33")


@pytest.mark.parametrize(
    ("who", "paths"),
    [("", EVERYBODY), ("peserta", MEMBER), ("agen", AGENT), ("petugas", OFFICER),
     ("operator", ("/bank/", "/pesan/keadaan/")), ("auditor", ("/buku/", "/buku/audit/"))],
)  # fmt: skip
def test_no_page_is_wider_than_a_small_phone_or_breaks_its_own_policy(
    opened: Opened, house: House, who: str, paths: tuple[str, ...]
) -> None:
    page = opened(PHONE, who)
    broken: list[str] = []
    page.on("console", lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None)
    if who == "petugas":
        _purpose(page)
    for path in paths:
        address = path.format(person=house.people[0], suspense=house.suspense, group=house.group, bill=house.bill)
        page.goto(address)
        assert overflow(page) <= 0, f"{address} is wider than 360 pixels"
    assert not broken


def _purpose(page: Page) -> None:
    page.goto("/petugas/cari/")
    page.get_by_label("NIK, nama, nomor HP atau nomor peserta").fill("nama yang tidak ada")
    page.get_by_label("Untuk apa").fill("Pemeriksaan data")
    page.get_by_role("button", name="Cari").click()
