"""The card says what is so, is read by an independent reader, and not one byte of it can be changed."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import json
from dataclasses import asdict

import cbor2
import pytest
import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from teduh.core.errors import Refused
from teduh.coverage import card, card_keys
from tests.coverage.card_holder import GRACE, NEVER, ON, PROTECTED, UNTIL, cover, part

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@pytest.fixture(autouse=True)
def own_keys(tmp_path, monkeypatch):
    monkeypatch.setenv("TEDUH_CARD_KEYS_FILE", str(tmp_path / "keys" / "cards.json"))
    return tmp_path / "keys" / "cards.json"


def siti(of=PROTECTED, on=ON, name="Siti Aminah"):
    return card.issue(person=1, name=name, member_number="26000000017", cover=of, on=on)


def by_hand(text: str, jwks: dict) -> dict:
    """A verifier written from the RFCs alone: it shares nothing with `card.verify`."""
    assert text[:5] == "TDH1:"
    body, data = text[5:], bytearray()
    for i in range(0, len(body), 3):
        value = sum(ALPHABET.index(c) * 45**n for n, c in enumerate(body[i : i + 3]))
        data += value.to_bytes(2 if len(body[i : i + 3]) == 3 else 1, "big")
    assert data[:2] == bytes([0xD2, 0x84]), "tag 18, array of four"
    protected, unprotected, payload, signature = cbor2.loads(bytes(data)).value
    header = cbor2.loads(protected)
    assert header[1] == -7 and unprotected == {}
    (jwk,) = [key for key in jwks["keys"] if key["kid"] == header[4].hex()]
    x, y = (int.from_bytes(base64.urlsafe_b64decode(jwk[c] + "="), "big") for c in "xy")
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    der = encode_dss_signature(int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big"))
    public.verify(der, cbor2.dumps(["Signature1", protected, b"", payload]), ec.ECDSA(hashes.SHA256()))
    return cbor2.loads(payload)


def test_a_reader_written_from_the_standards_alone_reads_what_was_signed():
    claims = by_hand(siti().text, card_keys.published(on=ON))
    midnight = int(dt.datetime(2026, 11, 22, tzinfo=card.JAKARTA).timestamp())
    days = [(day - dt.date(1970, 1, 1)).days for day in (UNTIL, GRACE)]
    end = int(dt.datetime(2027, 5, 18, tzinfo=card.JAKARTA).timestamp())
    assert claims == {1: "TEDUH", 2: "26000000017", 6: midnight, 4: end, -70001: ["Siti A.", 1, 3, *days]}


def test_that_reader_refuses_a_changed_claim():
    made = siti().text
    changed = made[:100] + ("A" if made[100] != "A" else "B") + made[101:]
    with pytest.raises((InvalidSignature, AssertionError, ValueError, OverflowError, cbor2.CBORError)):
        by_hand(changed, card_keys.published(on=ON))


def test_the_card_says_who_by_what_until_when_and_nothing_more():
    assert asdict(siti().claims) == {
        "member_number": "26000000017", "name": "Siti A.", "segment": "BPU", "programmes": ("JKK", "JKM"),
        "protected_until": UNTIL, "grace_until": GRACE, "issued_on": ON, "expires_on": GRACE,
        "kid": card_keys.ring(on=ON).current.kid.hex(),
    }  # fmt: skip
    assert card.verify(text=siti().text, on=ON).claims == siti().claims


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (UNTIL - dt.timedelta(1), "protected"), (UNTIL, "protected"), (UNTIL + dt.timedelta(1), "grace"),
        (GRACE - dt.timedelta(1), "grace"), (GRACE, "grace"), (GRACE + dt.timedelta(1), "past"),
    ],
)  # fmt: skip
def test_a_card_means_protected_then_grace_then_past(on, standing):
    assert card.verify(text=siti().text, on=on).standing == standing


def test_a_card_without_cover_says_so_and_holds_a_month():
    made = siti(NEVER)
    assert made.claims.programmes == () and made.claims.protected_until is None
    assert made.claims.expires_on == ON + dt.timedelta(31)
    assert card.verify(text=made.text, on=ON + dt.timedelta(31)).standing == "never"
    assert card.verify(text=made.text, on=ON + dt.timedelta(32)).standing == "expired"


def test_a_card_never_holds_longer_than_a_year():
    far = cover(part("JKK", "protected", dt.date(2028, 12, 31), dt.date(2029, 4, 16)))
    made = siti(far)
    assert made.claims.expires_on == ON + dt.timedelta(365)
    assert card.verify(text=made.text, on=ON + dt.timedelta(366)).standing == "expired"


def test_savings_alone_are_no_protection_and_the_earliest_end_counts():
    assert siti(cover(part("JHT", "protected"))).claims.programmes == ()
    earlier = dt.date(2026, 12, 31)
    mixed = cover(part("JKK", "protected"), part("JKM", "grace", earlier), part("JHT", "protected"))
    assert siti(mixed).claims.protected_until == earlier
    assert siti(mixed).claims.programmes == ("JKK", "JKM", "JHT")


def test_a_card_is_not_made_from_somebody_elses_cover():
    with pytest.raises(ValueError, match="person 1"):
        card.issue(person=2, name="Budi", member_number="26000000025", cover=PROTECTED, on=ON)


@settings(max_examples=250, deadline=None)
@given(data=st.data())
def test_changing_any_byte_makes_it_false(data):
    text = siti().text
    raw = bytearray(card.base45.b45decode(text[5:]))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Refused, match="card_not_genuine"):
        card.verify(text="TDH1:" + card.base45.b45encode(bytes(raw)).decode(), on=ON)


def test_changing_any_character_makes_it_false():
    text = siti().text
    for at in range(len(text)):
        other = ALPHABET[(ALPHABET.index(text[at]) + 7) % 45]
        with pytest.raises(Refused):
            card.verify(text=text[:at] + other + text[at + 1 :], on=ON)


@pytest.mark.parametrize("more", ["0", "00", "000", " A", "TDH1:"])
def test_text_added_behind_makes_it_false(more):
    with pytest.raises(Refused):
        card.verify(text=siti().text + more, on=ON)


@settings(max_examples=200, deadline=None)
@given(text=st.one_of(st.text(max_size=400), st.text(ALPHABET, max_size=300).map("TDH1:".__add__)))
def test_no_text_breaks_the_reader(text):
    with pytest.raises(Refused):
        card.verify(text=text, on=ON)


def test_unprotected_headers_and_another_algorithm_are_refused():
    tag = cbor2.loads(card.base45.b45decode(siti().text[5:]))
    protected, _, payload, signature = tag.value
    for parts in (
        [protected, {4: b"more"}, payload, signature],
        [cbor2.dumps({**cbor2.loads(protected), 1: -8}), {}, payload, signature],
        [cbor2.dumps({**cbor2.loads(protected), 3: 0}), {}, payload, signature],
    ):
        forged = cbor2.dumps(cbor2.CBORTag(18, parts), canonical=True)
        with pytest.raises(Refused):
            card.verify(text="TDH1:" + card.base45.b45encode(forged).decode(), on=ON)


def test_the_qr_is_small_and_another_reader_reads_it_from_the_drawing():
    made = siti(name="Muhammad Abdurrahman Wahid Hasyim")
    code = card.qr(made.text)
    assert code.version <= 10 and code.error == "M" and code.mode == "alphanumeric"
    png = io.BytesIO()
    code.save(png, kind="png", scale=4, border=4)
    (read,) = zxingcpp.read_barcodes(Image.open(png))
    assert read.text == made.text


def test_the_longest_name_still_fits():
    code = card.qr(siti(name="Nurul‌hidayatullahwatiningsihrahayu " * 3).text)
    assert code.version <= 10


def test_the_svg_reads_back():
    made = siti()
    (read,) = zxingcpp.read_barcodes(painted(made.qr_svg))
    assert read.text == made.text
    assert "style" not in made.qr_svg and "<script" not in made.qr_svg


def painted(svg: str, scale: int = 4) -> Image.Image:
    """Draws the two paths of our SVG: a white ground and strokes one module high."""
    import re

    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    image = Image.new("L", (side * scale, side * scale), 255)
    draw, x, y = ImageDraw.Draw(image), 0.0, 0.0
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.search(r'stroke="#000" d="([^"]+)"', svg)[1]):
        values = [float(n) for n in numbers.split()]
        if verb == "M":
            x, y = values
        elif verb == "m":
            x, y = x + values[0], y + values[1]
        else:
            box = (x * scale, (y - 0.5) * scale, (x + values[0]) * scale - 1, (y + 0.5) * scale - 1)
            draw.rectangle(box, fill=0)
            x += values[0]
    return image


def test_names_are_short_and_printable():
    assert card.short_name("  Siti   Aminah\u202e\x00 binti ") == "Siti A. b."
    assert card.short_name("I Gusti Ngurah Rai") == "I G. N."
    assert len(card.short_name("é" * 60).encode()) <= 32


def test_keys_are_made_once_and_only_their_owner_reads_them(own_keys):
    first = card_keys.ring(on=ON).current
    assert card_keys.ring(on=ON).current.kid == first.kid
    assert own_keys.stat().st_mode & 0o777 == 0o600


def test_the_kid_is_the_thumbprint_of_rfc_7638():
    (key,) = card_keys.published(on=ON)["keys"]
    canonical = json.dumps({c: key[c] for c in ("crv", "kty", "x", "y")}, sort_keys=True, separators=(",", ":"))
    assert key["kid"] == hashlib.sha256(canonical.encode()).hexdigest()[:8]
    assert set(key) == {"kty", "crv", "x", "y", "kid", "alg", "use", "made"}


def test_cards_of_the_old_key_stay_genuine_after_a_rotation_until_it_is_withdrawn():
    old = siti()
    card_keys.rotate(on=ON)
    new = siti()
    assert new.claims.kid != old.claims.kid
    assert len(card_keys.published(on=ON)["keys"]) == 2
    assert card.verify(text=old.text, on=ON).standing == "protected"
    card_keys.withdraw(kid=bytes.fromhex(old.claims.kid), on=ON)
    with pytest.raises(Refused, match="unknown key"):
        card.verify(text=old.text, on=ON)
    assert card.verify(text=new.text, on=ON).standing == "protected"


def test_withdrawing_the_signing_key_makes_another():
    stolen = siti()
    card_keys.withdraw(kid=bytes.fromhex(stolen.claims.kid), on=ON)
    assert siti().claims.kid != stolen.claims.kid
