"""The verifying page in a real browser: with the network gone, and from a file with no server at all."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

from teduh.core import clock
from teduh.coverage import card, card_pdf
from teduh.portals import verify
from tests.coverage.card_holder import NEVER, cover, part

pytestmark = [pytest.mark.browser, pytest.mark.urls("teduh.portals.verify")]
TODAY = clock.today()
FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def holder(until: dt.date, grace: dt.date) -> card.Card:
    parts = [part(programme, "protected", until, grace) for programme in ("JKK", "JKM")]
    return card.issue(
        person=1, name="Siti Aminah", member_number="26000000017", cover=cover(*parts), on=min(TODAY, until)
    )


def days(n: int) -> dt.date:
    return TODAY + dt.timedelta(n)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Tests print nothing."""


@pytest.fixture
def server(_django_set_urlconf: None):
    """The site without a database: the page must not ask it anything."""
    made = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def one_file(tmp_path: Path) -> str:
    path = tmp_path / "verify.html"
    path.write_text(verify.single_page(on=TODAY), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def from_file(browser: Browser, one_file: str):
    """The downloaded page in a browser without any network, watched for errors."""
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740}, locale="id-ID")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(one_file)
    yield page
    assert said == []
    context.close()


def check(page: Page, text: str) -> None:
    page.get_by_label("Teks kartu").fill(text)
    page.get_by_role("button", name="Periksa").click()


def test_from_a_file_without_network_a_real_card_is_genuine_and_says_until_when(from_file: Page):
    check(from_file, holder(days(40), days(130)).text)
    result = from_file.locator("#result")
    expect(result).to_contain_text("ASLI — masih berlaku hari ini")
    expect(result).to_contain_text("GENUINE — protected today")
    expect(result).to_contain_text("Siti A.")
    expect(result).to_contain_text("26000000017")
    until = days(40)
    expect(result).to_contain_text(f"{until.day} {card_pdf.MONTHS_ID[until.month - 1]} {until.year}")


@pytest.mark.parametrize(
    ("until", "grace", "says"),
    [
        (0, 90, "masih berlaku hari ini"),
        (-1, 90, "dalam masa tenggang"),
        (-91, 0, "dalam masa tenggang"),
        (-91, -1, "sudah lewat"),
    ],
)
def test_it_compares_with_the_date_on_the_device(from_file: Page, until: int, grace: int, says: str):
    check(from_file, holder(days(until), days(grace)).text)
    expect(from_file.locator("#result h2")).to_contain_text(says)


@pytest.mark.parametrize(("grace", "says"), [(0, "masih terlindungi, waktu untuk pulang"), (-1, "sudah lewat")])
def test_a_migrants_card_says_that_it_is_the_time_to_return(from_file: Page, grace: int, says: str):
    parts = [part(programme, "protected", days(-20), days(grace)) for programme in ("JKK", "JKM")]
    made = card.issue(person=1, name="Siti Aminah", member_number="26000000017", cover=cover(*parts),
                      on=days(-40), segment="PMI")  # fmt: skip
    check(from_file, made.text)
    expect(from_file.locator("#result h2")).to_contain_text(says)
    expect(from_file.locator("#result")).to_contain_text("Pekerja migran")


def test_a_card_without_cover_says_so(from_file: Page):
    none = card.issue(person=1, name="Budi", member_number="26000000025", cover=NEVER, on=TODAY)
    check(from_file, none.text)
    expect(from_file.locator("#result h2")).to_contain_text("tidak ada perlindungan aktif")


def test_forged_and_damaged_cards_are_refused(from_file: Page):
    good = holder(days(40), days(130)).text
    raw = bytearray(card.base45.b45decode(good[5:]))
    for at in (5, 30, 60, len(raw) - 1):
        bad = bytes(raw[:at]) + bytes([raw[at] ^ 1]) + bytes(raw[at + 1 :])
        check(from_file, "TDH1:" + card.base45.b45encode(bad).decode())
        expect(from_file.locator("#result")).to_have_class("bad")
        expect(from_file.locator("#result")).not_to_contain_text("ASLI")
    for text, says in (("halo", "bukan kartu"), (good[:-9], "rusak"), (good + "00", "rusak"), ("TDH1:é", "rusak")):
        check(from_file, text)
        expect(from_file.locator("#result h2")).to_contain_text(says)


def test_every_changed_byte_is_refused_by_the_script_too(from_file: Page):
    raw = list(card.base45.b45decode(holder(days(40), days(130)).text[5:]))
    texts = []
    for at in range(len(raw)):
        changed = bytes([*raw[:at], raw[at] ^ 0x55, *raw[at + 1 :]])
        texts.append("TDH1:" + card.base45.b45encode(changed).decode())
    read = """async (texts) => { const keys = JSON.parse(document.getElementById('keys').textContent); const found = [];
        for (const text of texts)
            found.push(await Card.read(text, keys).then(() => 'genuine', (error) => error.code || error.name));
        return found; }"""
    found = from_file.evaluate(read, texts)
    assert set(found) <= {"damaged", "unknown_key", "forged"} and len(found) == len(raw)


def test_a_signature_of_another_fund_is_refused(from_file: Page, tmp_path, monkeypatch):
    monkeypatch.setenv("TEDUH_CARD_KEYS_FILE", str(tmp_path / "other.json"))
    check(from_file, holder(days(40), days(130)).text)
    expect(from_file.locator("#result h2")).to_contain_text("kunci penanda tangan tidak dikenal")


def test_after_one_visit_the_page_works_without_the_network(browser: Browser, server: str):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server}/verifikasi/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.open('teduh-verify-1').then((c) => c.keys()).then((k) => k.length >= 6)")
    context.set_offline(True)
    page.reload()
    check(page, holder(days(40), days(130)).text)
    expect(page.locator("#result h2")).to_contain_text("masih berlaku hari ini")
    page.goto("about:blank")
    page.goto(f"{server}/verifikasi/#{quote(holder(days(-200), days(-100)).text)}")
    expect(page.locator("#result h2")).to_contain_text("sudah lewat")
    context.close()


def test_the_served_page_lets_no_inline_script_run_and_sends_nothing(browser: Browser, server: str):
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(f"{server}/verifikasi/", wait_until="networkidle")
    assert "script-src 'self';" in answer.headers["content-security-policy"]
    before = len(asked)
    check(page, holder(days(40), days(130)).text)
    expect(page.locator("#result")).to_have_class("good")
    assert len(asked) == before and all(address.startswith(server) for address in asked)
    context.close()


def test_the_download_is_the_one_file_and_the_keys_are_published(browser: Browser, server: str):
    context = browser.new_context()
    got = context.request.get(f"{server}/verifikasi/unduh")
    assert "attachment" in got.headers["content-disposition"] and "Card.read" in got.text()
    keys = context.request.get(f"{server}/.well-known/teduh-keys.json").json()["keys"]
    assert keys and all("d" not in key for key in keys)
    assert context.request.get(f"{server}/verifikasi/berkas/nothing.js").status == 404
    context.close()


DETECTOR = """window.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code']; }
  async detect() { return [{ rawValue: %s }]; }
};"""


@pytest.fixture
def phone(browser: Browser, one_file: str):
    """A phone's browser: a camera (a test picture), and a detector that sees a real card in whatever it is shown."""
    context = browser.new_context(offline=True, permissions=["camera"])
    page = context.new_page()
    page.add_init_script(DETECTOR % json.dumps(holder(days(40), days(130)).text))
    page.goto(one_file)
    yield page
    context.close()


def test_a_card_is_scanned_with_the_camera_where_the_browser_can(phone: Page):
    phone.get_by_role("button", name="Pindai dengan kamera").click()
    expect(phone.locator("#result h2")).to_contain_text("masih berlaku hari ini")
    expect(phone.locator("#video")).to_be_hidden()


def test_a_card_is_read_from_a_photo_where_the_browser_can(phone: Page, tmp_path: Path):
    card.qr(holder(days(40), days(130)).text).save(str(tmp_path / "qr.png"), scale=4, border=4)
    phone.get_by_label("pilih foto").set_input_files(tmp_path / "qr.png")
    expect(phone.locator("#result h2")).to_contain_text("masih berlaku hari ini")


def test_where_the_browser_cannot_scan_it_offers_only_what_works(from_file: Page):
    expect(from_file.locator("#scan")).to_be_hidden()
    expect(from_file.locator("#photo-row")).to_be_hidden()


def test_the_script_that_checks_stays_small():
    assert len((verify.FILES / "card.js").read_bytes()) < 6_000


def test_no_control_runs_over_the_edge_of_a_small_phone(from_file: Page):
    check(from_file, holder(days(40), days(130)).text)
    expect(from_file.locator("#result")).to_be_visible()
    assert from_file.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert from_file.get_by_role("button", name="Periksa").bounding_box()["height"] >= 48
