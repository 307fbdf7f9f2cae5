"""A push message as the standards want it: encrypted for one browser (RFC 8291, aes128gcm of RFC 8188), signed (VAPID).

The push service that carries it can read neither title nor text. It knows no network and no person.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import json
import os

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from teduh.core import secrets

CURVE = ec.SECP256R1()
RECORD = 4096
#: What fits into one record: a record less its tag, its padding mark and the header before it.
LONGEST = RECORD - 16 - 1 - 86


def b64(data: bytes) -> str:
    """base64url without padding, as web standards write bytes."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """The bytes again; raises ValueError if it is none."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def reader(*, p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    """A browser's keys; raises ValueError if they are none: a point of the curve, and 16 bytes."""
    secret = unb64(auth)
    if len(secret) != 16:
        raise ValueError("the authentication secret has 16 bytes")
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unb64(p256dh)), secret


def encrypt(
    *,
    plain: bytes,
    p256dh: str,
    auth: str,
    private: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push message. `private` and `salt` are fresh each time; only the standard's example names them."""
    if len(plain) > LONGEST:
        raise ValueError(f"a push message holds at most {LONGEST} bytes")
    theirs, secret = reader(p256dh=p256dh, auth=auth)
    mine, salt = private or ec.generate_private_key(CURVE), salt or os.urandom(16)
    shared = hmac.digest(secret, mine.exchange(ec.ECDH(), theirs), hashlib.sha256)
    ikm = _expand(shared, b"WebPush: info\0" + _point(theirs) + _point(mine.public_key()), 32)
    prk = hmac.digest(salt, ikm, hashlib.sha256)
    key, nonce = _expand(prk, b"Content-Encoding: aes128gcm\0", 16), _expand(prk, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([65]) + _point(mine.public_key())
    return head + AESGCM(key).encrypt(nonce, plain + b"\x02", None)


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return hmac.digest(key, info + b"\x01", hashlib.sha256)[:length]


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@functools.cache
def _server() -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(secrets.push_key(settings.DATA_DIR).encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != CURVE.name:
        raise ValueError("the push key is a private key of the curve P-256, as PEM")
    return key


def server_key() -> str:
    """What a browser is given when it subscribes (`applicationServerKey`): only this server may push to it then."""
    return b64(_point(_server().public_key()))


def authorization(*, audience: str, expires: int, contact: str) -> str:
    """The `Authorization` of RFC 8292 for one push service (its origin), until a moment within the next 24 hours."""
    said = {"aud": audience, "exp": expires, "sub": contact}
    parts = [b64(json.dumps(part, separators=(",", ":")).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, said)]
    der = _server().sign(".".join(parts).encode(), ec.ECDSA(hashes.SHA256()))
    r, s = utils.decode_dss_signature(der)
    token = ".".join([*parts, b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))])
    return f"vapid t={token}, k={server_key()}"
