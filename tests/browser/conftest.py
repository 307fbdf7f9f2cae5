"""A house with people in it, served to a real browser: made once for the module, gone afterwards."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "perahu-kecil-di-teluk"
STAFF = {"agen": "agent", "petugas": "officer", "auditor": "auditor", "operator": "operator", "peserta": "member"}
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


@dataclass(frozen=True)
class House:
    """A served Teduh: where it is, who can sign in (with PASSWORD), and some numbers of its rows."""

    address: str
    people: tuple[int, ...]
    group: int
    bill: str
    suspense: int


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    _require_chromium()
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield made
        made.close()


def _require_chromium() -> None:
    if not CHROMIUM.exists():
        pytest.skip("there is no /usr/bin/chromium here: apt-get install chromium")


@pytest.fixture(scope="module")
def house(own_database) -> Iterator[House]:
    """Made before the browser starts: Playwright's loop has connections to the database of its own."""
    _require_chromium()
    with own_database():
        found = _furnished()
        with _served() as address:
            yield House(address, *found)


def _furnished() -> tuple[tuple[int, ...], int, str, int]:
    from teduh.contributions import bills
    from teduh.core import clock
    from teduh.journeys import demo
    from teduh.payments import queries
    from teduh.registry.models import Group, Person
    from teduh.security import actions as security
    from teduh.security.access import SYSTEM

    accounts = {
        role: security.create_account(username=name, role=role, password=PASSWORD, name=name.title(), by=SYSTEM)
        for name, role in STAFF.items()
    }
    demo.create(people=60, seed=7, on=clock.today(), accounts=accounts, progress=lambda *_: None)
    people = tuple(Person.objects.filter(agent=accounts["agent"]).order_by("id").values_list("id", flat=True)[:3])
    group = Group.objects.order_by("id").values_list("id", flat=True)[0]
    bill = bills.bills(on=clock.today(), group=group, limit=1)[0].number
    return people, group, bill, queries.waiting(limit=1)[0].id


class _served:
    """The pages on a free port, one thread for each request."""

    def __enter__(self) -> str:
        from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
        from django.core.wsgi import get_wsgi_application

        class Quiet(WSGIRequestHandler):
            def log_message(self, *_args: object) -> None:
                """Tests print nothing."""

        self.server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
        self.server.set_app(get_wsgi_application())
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


Opened = Callable[..., Page]


@pytest.fixture
def opened(house: House, browser: Browser) -> Iterator[Opened]:
    """`opened(width, "agen")`: a page in a browser of its own, signed in if somebody is named."""
    made: list[BrowserContext] = []

    def open_(size: dict[str, int] = PHONE, who: str = "", *, scripts: bool = True, language: str = "id-ID") -> Page:
        context = browser.new_context(
            viewport=size, locale=language, java_script_enabled=scripts, base_url=house.address
        )
        context.set_default_timeout(10_000)
        made.append(context)
        page = context.new_page()
        if who:
            sign_in(page, who)
        return page

    yield open_
    for context in made:
        context.close()


def sign_in(page: Page, who: str) -> None:
    page.goto("/masuk/")
    page.get_by_label("Nomor HP atau nama akun").fill(who)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Masuk").click()


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(_loaded(page).evaluate(f"() => {wider}"))


def _loaded(page: Page) -> Locator:
    """The body of the page that is coming, once all of it is there: after a click its navigation may be under way, and
    a new document has nothing in it at first. (`wait_for_function` would not do: the pages forbid `eval`.)"""
    body = page.locator("body")
    body.wait_for(state="attached")
    page.wait_for_load_state()
    return body


def today() -> dt.date:
    from teduh.core import clock

    return clock.today()


def csv(people: list[tuple[str, str, str]]) -> bytes:
    """A village's sheet: NIK, name, birth date."""
    lines = ["NIK;Nama;Tgl Lahir;No HP;Pekerjaan;Penghasilan", *(f"{';'.join(p)};;nelayan;1.200.000" for p in people)]
    return "\n".join(lines).encode()


__all__ = ["DESK", "PASSWORD", "PHONE", "House", "Opened", "csv", "overflow", "sign_in", "today"]
