"""The encryption of a push message is the standard's own, byte by byte, and a browser reads what we wrote."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from teduh.outreach import push, webpush
from tests.outreach.push_service import Browser, Service, b64, unb64

#: RFC 8291, Appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
READER_PRIVATE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
READER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(unb64(text), "big"), ec.SECP256R1())


def test_the_example_of_the_standard_comes_out_byte_by_byte():
    made = webpush.encrypt(
        plain=PLAIN, p256dh=READER_PUBLIC, auth=AUTH, private=private(SENDER_PRIVATE), salt=unb64(SALT)
    )
    assert b64(made) == MESSAGE


def test_the_browser_of_these_tests_reads_the_example_of_the_standard():
    assert Browser(private(READER_PRIVATE), unb64(AUTH)).plain(unb64(MESSAGE)) == PLAIN


@given(st.binary(max_size=webpush.LONGEST))
def test_a_browser_reads_what_was_written_for_it(plain: bytes):
    reader = Browser()
    made = webpush.encrypt(plain=plain, **reader.keys)
    assert reader.plain(made) == plain and len(made) <= 4096


def test_the_same_message_twice_never_looks_alike():
    reader = Browser()
    assert webpush.encrypt(plain=PLAIN, **reader.keys) != webpush.encrypt(plain=PLAIN, **reader.keys)


def test_a_message_that_no_record_holds_is_refused():
    with pytest.raises(ValueError, match="at most"):
        webpush.encrypt(plain=b"x" * (webpush.LONGEST + 1), **Browser().keys)


@pytest.mark.parametrize("wrong", [
    {"auth": "short"}, {"auth": "!!!"}, {"p256dh": b64(b"\x04" + b"\x01" * 64)}, {"p256dh": ""}, {"auth": "é" * 22},
])  # fmt: skip
def test_keys_that_are_none_are_refused(wrong: dict[str, str]):
    with pytest.raises(ValueError):
        webpush.reader(**{**Browser().keys, **wrong})


def test_a_push_service_believes_our_signature_and_no_other_key_and_no_other_service():
    service = Service(address="https://push.example", at=1_000_000)
    made = webpush.authorization(audience="https://push.example", expires=1_040_000, contact="mailto:a@b.id")
    token, key = made.removeprefix("vapid t=").split(", k=")
    assert key == webpush.server_key() and len(unb64(key)) == 65
    assert service.is_signed(token, key)
    assert not service.is_signed(token, b64(Browser().point))
    assert not Service(address="https://other.example", at=1_000_000).is_signed(token, key)


@pytest.mark.parametrize(("endpoint", "trusted"), [
    ("https://fcm.googleapis.com/fcm/send/abc", True),
    ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
    ("https://wns2-sg2p.notify.windows.com/w/?token=abc", True),
    ("https://web.push.apple.com/abc", True),
    ("http://fcm.googleapis.com/fcm/send/abc", False),
    ("https://fcm.googleapis.com.evil.example/abc", False),
    ("https://evilfcm.googleapis.com/abc", False),
    ("https://notify.windows.com.evil/", False),
    ("https://user:pass@fcm.googleapis.com/abc", False),
    ("https://127.0.0.1/abc", False), ("http://169.254.169.254/latest/meta-data", False), ("https://[::1]/", False),
    ("https://fcm.googleapis.com:bad/", False), ("https://", False), ("javascript:alert(1)", False), ("", False),
    ("https://fcm.googleapis.com/a b", False), ("https://fcm.googleapis.com/\r\nHost: x", False),
    ("https://fcm.googleapis.com/" + "x" * 1_000, False), ("https://fcm.googleapis.com/é", False),
])  # fmt: skip
def test_only_known_push_services_are_asked(endpoint: str, trusted: bool):
    assert push.is_trusted(endpoint) is trusted
