"""The printed card: its QR is read back from the drawing, its NIK cannot be."""

from __future__ import annotations

import base64
import re
import zlib

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from teduh.core.text import Text
from teduh.coverage import card, card_pdf
from tests.coverage.card_holder import NEVER, ON, PROTECTED

NIK = "3273014107900007"


@pytest.fixture(autouse=True)
def own_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("TEDUH_CARD_KEYS_FILE", str(tmp_path / "cards.json"))


def drawn(of=PROTECTED, name="Siti Aminah", **more) -> tuple[card.Card, bytes, str]:
    made = card.issue(person=1, name=name, member_number="26000000017", cover=of, on=ON)
    pdf = card_pdf.draw(card=made, name=name, nik=NIK, **more)
    (stream,) = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    packed = b"<~" + stream.strip().removesuffix(b"~>") + b"~>"
    return made, pdf, zlib.decompress(base64.a85decode(packed, adobe=True)).decode("latin-1")


def words(page: str) -> str:
    """The text shown, with PDF's octal escapes undone."""
    shown = "\n".join(re.findall(r"\(((?:[^()\\]|\\.)*)\) Tj", page))
    plain = re.sub(r"\\(\d{3})", lambda found: bytes([int(found[1], 8)]).decode("cp1252"), shown)
    return re.sub(r"\\(.)", r"\1", plain)


def test_the_qr_is_drawn_as_shapes_and_reads_back():
    made, pdf, page = drawn()
    assert b"/Subtype /Image" not in pdf
    boxes = [[float(n) for n in box] for box in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) (-?[\d.]+) re", page)]
    ground = max(boxes, key=lambda box: box[2])
    scale, side = 8, ground[2]
    image = Image.new("L", (int(side * scale), int(side * scale)), 255)
    draw = ImageDraw.Draw(image)
    for x, y, width, height in boxes:
        if (x, y, width, height) != tuple(ground):
            left, top = (x - ground[0]) * scale, (ground[1] + side - y - height) * scale
            draw.rectangle((left, top, left + width * scale, top + height * scale), fill=0)
    (read,) = zxingcpp.read_barcodes(image)
    assert read.text == made.text


def test_the_nik_is_masked_whatever_is_given():
    _, pdf, page = drawn()
    assert NIK.encode() not in pdf and NIK not in words(page)
    assert re.search("NIK 327301[^0-9]{6}0007", words(page))


def test_it_says_until_when_and_what_to_do_next_in_both_languages():
    _, _, page = drawn(next_step=Text("Bayar Februari.", "Pay February."))
    text = words(page)
    for part in (
        "31 Januari 2027",
        "JKK · JKM",
        "No. 2600 0000 017",
        "Bayar Februari.",
        "Pay February.",
        "2 x 24 hours",
    ):
        assert part in text


def test_without_cover_the_card_says_so_plainly():
    text = words(drawn(NEVER)[2])
    assert "BELUM ADA PERLINDUNGAN AKTIF" in text and "NO ACTIVE PROTECTION" in text
    assert "Terlindungi sampai" not in text


@pytest.mark.parametrize("name", ["العربية اسم", "Ni Luh 😀 Ayu", "Đặng Thị", "A" * 90, "x\x00y\u202e"])
def test_any_name_is_drawn(name):
    assert drawn(name=name)[1].startswith(b"%PDF")


def test_the_same_card_gives_the_same_page():
    made = drawn()[0]
    pages = {card_pdf.draw(card=made, name="Siti Aminah", nik=NIK) for _ in range(2)}
    assert len(pages) == 1
