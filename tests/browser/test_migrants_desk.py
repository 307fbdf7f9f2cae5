"""An agency registers somebody, bills her, the bank pays, and the gate says yes; on a phone and on a desk's screen."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PASSWORD, PHONE, House, Opened, overflow, today

SIZES = [pytest.param(PHONE, id="360"), pytest.param(DESK, id="1280")]
#: Pictures of the pages are kept where this says.
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture(scope="module", autouse=True)
def agency(house: House) -> Iterator[None]:
    """Made before the browser starts: an agency, a mission and people of theirs, in this module's house."""
    from teduh.core import clock
    from teduh.journeys.migrants import life, matters, organisations, register
    from teduh.migrants import reference
    from teduh.migrants.facts import NewAgreement
    from teduh.migrants.models import Placement
    from teduh.security import actions as security
    from teduh.security.access import SYSTEM
    from tests.migrants.people import newcomer

    reference.load_reference()
    on, at = clock.today(), clock.now()
    told = {"by": SYSTEM, "on": on}
    p3mi = organisations.register(code="P3MI01", kind="agency", name="PT Bahari Karya Mandiri", **told)
    kdei = organisations.register(code="KDEITPE", kind="mission", name="KDEI Taipei", seat="TW", **told)
    for name, role, organisation in (("p3mi", "agency", p3mi), ("kdei", "mission", kdei)):
        security.create_account(username=name, role=role, password=PASSWORD, name=name.title(), by=SYSTEM)
        organisations.add_desk(organisation=organisation, username=name, role="owner", **told)
    starts = on - dt.timedelta(days=680)
    for n in range(8):
        one = register.register(
            newcomer=newcomer(
                4000 + n, scheme="agency", organisation=p3mi, passport_until=on + dt.timedelta(days=900),
                agreement=NewAgreement(starts=starts, ends=on + dt.timedelta(days=12 + 9 * n), employer="Lin Fu Co.",
                                       job="Perawat lansia"),
            ), by=SYSTEM, on=on, at=at,
        )  # fmt: skip
        if n < 6:
            life.tell(placement=one.placement, kind="departed", event_on=on - dt.timedelta(days=5), by=SYSTEM, on=on,
                      at=at)  # fmt: skip
        if n < 2:
            kind = ("question", "complaint")[n]
            matters.open_(person=Placement.objects.get(pk=one.placement).person_id, kind=kind, by=SYSTEM, on=on, at=at,
                          text="Bagaimana memperpanjang?", agency_sees=kind == "question")  # fmt: skip
    yield


def shot(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def day(ahead: int) -> str:
    return f"{today() + dt.timedelta(days=ahead):%d-%m-%Y}"


@pytest.mark.parametrize("size", SIZES)
def test_register_bill_pay_and_pass_the_gate(opened: Opened, size: dict[str, int]) -> None:
    width = size["width"]
    page = opened(size, "p3mi", scripts=width > 400)
    page.goto("/penempatan/orang/baru/")
    shot(page, f"{width}-new")
    page.get_by_label("NIK", exact=True).fill(f"33011241079{width % 90 + 10}001")
    page.get_by_label("Nama seperti di KTP").fill(f"Dewi Lestari {'Ayu' if width > 400 else 'Wulan'}")
    page.get_by_label("Tanggal lahir").fill(f"1-7-19{width % 90 + 10}")
    page.get_by_label("Negara tujuan", exact=True).select_option("TW")
    page.get_by_label("Nomor paspor").fill(f"E{width:07d}")
    page.get_by_label("Paspor berlaku sampai").fill(day(1500))
    page.get_by_label("Perjanjian kerja mulai").fill(day(40))
    page.get_by_label("Perjanjian kerja berakhir").fill(day(769))
    page.get_by_label("Pemberi kerja di luar negeri").fill("Lin Fu Co.")
    page.get_by_label("Pekerjaan").fill("Perawat lansia")
    page.get_by_label("Orang ini menyetujui").check()
    page.get_by_role("button", name="Daftarkan").click()
    number = re.search(r"M\d{11}", page.locator("main").inner_text())
    assert number and "Tidak terlindungi hari ini" in page.locator("main").inner_text()
    shot(page, f"{width}-person-unpaid")
    page.get_by_role("link", name="Buat tagihan").click()
    shot(page, f"{width}-bill-ask")
    page.get_by_role("button", name="Buat tagihan").click()
    code = re.sub(r"\D", "", page.locator(".code").first.inner_text())
    bill = page.url
    shot(page, f"{width}-bill")
    assert overflow(page) <= 0
    _pay(opened, code, re.sub(r"\D", "", page.locator(".total").first.inner_text()))
    page.goto(bill)
    assert "Lunas" in page.locator("main").inner_text()
    page.goto("/gerbang/")
    page.get_by_label("NIK, nomor paspor, atau nomor penempatan").fill(number.group())
    page.get_by_label("Berangkat tanggal").first.fill(day(0))
    page.get_by_role("button", name="Periksa", exact=True).click()
    shot(page, f"{width}-gate")
    assert page.locator(".gate__word").inner_text() == "YA"
    assert overflow(page) <= 0


def _pay(opened: Opened, code: str, amount: str) -> None:
    bank = opened(DESK, "operator")
    bank.goto(f"/bank/?code={code}&amount={amount}")
    bank.get_by_role("button", name="Kirim pemberitahuan bank").click()
    assert "Menunggu" in bank.locator("main").inner_text()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_fits_its_screen(opened: Opened, size: dict[str, int]) -> None:
    width = size["width"]
    page = opened(size, "p3mi")
    for name, address in (
        ("home", "/penempatan/"), ("people", "/penempatan/orang/"), ("ending", "/penempatan/orang/?only=ending"),
        ("lists", "/penempatan/daftar/"), ("differences", "/penempatan/selisih/"), ("bills", "/penempatan/tagihan/"),
        ("matters", "/penempatan/urusan/"), ("gate-empty", "/gerbang/"), ("picture", "/migran/gambaran/"),
    ):  # fmt: skip
        page.goto(address)
        shot(page, f"{width}-{name}")
        assert overflow(page) <= 0, name
    assert "Pengaduan" not in page.locator("main").inner_text()


@pytest.mark.parametrize("size", SIZES)
def test_a_mission_extends_many_at_once(opened: Opened, size: dict[str, int]) -> None:
    width = size["width"]
    page = opened(size, "kdei")
    page.goto("/penempatan/")
    shot(page, f"{width}-kdei-home")
    page.goto("/penempatan/orang/?only=abroad")
    boxes = page.locator("input[name=placement]")
    for n in range(2):
        boxes.nth(n + (0 if width > 400 else 2)).check()
    page.get_by_role("button", name="Perpanjang").click()
    page.get_by_label("Perpanjang berapa bulan").fill("12")
    shot(page, f"{width}-kdei-extend")
    page.get_by_role("button", name=re.compile("Perpanjang 2")).click()
    shot(page, f"{width}-kdei-extended")
    assert "diperpanjang" in page.locator("main").inner_text()
    assert overflow(page) <= 0
    page.goto("/penempatan/urusan/")
    shot(page, f"{width}-kdei-matters")
    assert "Pengaduan" in page.locator("main").inner_text()
    page.locator("main").get_by_role("link", name="Pengaduan").first.click()
    shot(page, f"{width}-kdei-matter")
    assert overflow(page) <= 0


def test_an_officer_looks_with_a_purpose(opened: Opened) -> None:
    page = opened(DESK, "petugas")
    page.goto("/petugas/migran/")
    shot(page, "1280-officer")
    page.get_by_label("Untuk apa").fill("Telepon keluarga")
    page.get_by_role("button", name="Cari").click()
    shot(page, "1280-officer-people")
    page.goto("/petugas/migran/lembaga/")
    shot(page, "1280-officer-organisations")
    assert "KDEI Taipei" in page.locator("main").inner_text()
