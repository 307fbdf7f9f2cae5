"""Takes the README's pictures from running pages: `python docs/pictures/take.py http://127.0.0.1:8000 sign-ins.json`.

The second argument is the file of sign-ins that `teduh up` keeps in its data folder's keys.
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
PAPER, FRAME = "#f3ecdf", "#093f39"
PHONE, DESK = (360, 760), (1280, 860)
SHOTS = (
    ("peserta", "/saya/", PHONE), ("peserta", "/saya/kartu/", PHONE), ("peserta", "bill", PHONE),
    ("petugas1", "/petugas/", DESK), ("", "/", DESK),
)  # fmt: skip


def shot(browser: Browser, address: str, who: str, password: str, path: str, size: tuple[int, int]) -> Image.Image:
    """One page as its first screen shows it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="id-ID", device_scale_factor=2, base_url=address
    )
    page = context.new_page()
    if who:
        page.goto("/masuk/")
        page.fill("[name=username]", who)
        page.fill("[name=password]", password)
        page.click("main .button")
        page.wait_for_load_state()
    if path == "bill":
        page.locator("main a[href*='/tagihan/']").first.click()
        page.wait_for_load_state()
    else:
        page.goto(path)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    return picture


def framed(picture: Image.Image, radius: int, edge: int) -> Image.Image:
    """The picture with round corners in a frame."""
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, *picture.size), radius, fill=255)
    whole = Image.new("RGB", (picture.width + 2 * edge, picture.height + 2 * edge), PAPER)
    ImageDraw.Draw(whole).rounded_rectangle((0, 0, *whole.size), radius + edge, fill=FRAME)
    whole.paste(picture, (edge, edge), mask)
    return whole


def main(address: str, sign_ins: str) -> None:
    """Takes every shot, and composes the phone and the desk into one picture."""
    passwords = json.loads(Path(sign_ins).read_text(encoding="utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        taken = [shot(browser, address, who, passwords.get(who, ""), path, size) for who, path, size in SHOTS]
        browser.close()
    phones = [framed(one, 36, 14) for one in taken[:3]]
    desks = [framed(one, 20, 10) for one in taken[3:]]
    gap, width = 60, sum(phone.width for phone in phones) + 60 * 4
    desks = [one.resize(((width - 3 * gap) // 2, one.height * ((width - 3 * gap) // 2) // one.width)) for one in desks]
    whole = Image.new("RGB", (width, phones[0].height + desks[0].height + 3 * gap), PAPER)
    for i, phone in enumerate(phones):
        whole.paste(phone, (gap + i * (phone.width + gap), gap))
    for i, desk in enumerate(desks):
        whole.paste(desk, (gap + i * (desk.width + gap), phones[0].height + 2 * gap))
    whole.resize((whole.width * 3 // 5, whole.height * 3 // 5), Image.Resampling.LANCZOS).quantize(160).save(
        HERE / "teduh.png", optimize=True
    )


if __name__ == "__main__":
    main(*sys.argv[1:3])
