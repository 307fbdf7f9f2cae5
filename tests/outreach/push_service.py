"""A push service of our own: a real HTTP server that checks signatures (RFC 8292), and a browser that decrypts."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import itertools
import json
import os
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
_number = itertools.count(1)


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Browser:
    """The reader's half of RFC 8291, written from the reader's side of the standard."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    secret: bytes = field(default_factory=lambda: os.urandom(16))
    name: str = field(default_factory=lambda: f"device-{next(_number)}")

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": b64(self.point), "auth": b64(self.secret)}

    def read(self, body: bytes) -> Any:
        return json.loads(self.plain(body))

    def plain(self, body: bytes) -> bytes:
        salt, length, theirs, sealed = body[:16], body[20], body[21 : 21 + body[20]], body[21 + body[20] :]
        assert int.from_bytes(body[16:20], "big") >= len(sealed) and length == 65
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
        first = hmac.digest(self.secret, shared, hashlib.sha256)
        keying = hmac.digest(first, b"WebPush: info\0" + self.point + theirs + b"\x01", hashlib.sha256)
        second = hmac.digest(salt, keying, hashlib.sha256)
        key = hmac.digest(second, b"Content-Encoding: aes128gcm\0\x01", hashlib.sha256)[:16]
        nonce = hmac.digest(second, b"Content-Encoding: nonce\0\x01", hashlib.sha256)[:12]
        padded = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert padded.endswith(b"\x02"), "the last record ends with 2"
        return padded[:-1]


@dataclass
class Pushed:
    """A message as it lay with the service."""

    name: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Service:
    """`answers` names what a device's address answers (201 unless named; 0 breaks off, -1 is silent)."""

    address: str = ""
    answers: dict[str, list[int]] = field(default_factory=dict)
    pushed: list[Pushed] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    silence: float = 0.5
    at: float = 0
    retry_after: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def endpoint(self, browser: Browser) -> str:
        return f"{self.address}/push/{browser.name}"

    def of(self, browser: Browser) -> list[Any]:
        """What this device got, decrypted by its own keys."""
        return [browser.read(one.body) for one in self.pushed if one.name == browser.name]

    def answer(self, name: str, headers: dict[str, str], body: bytes) -> int:
        with self.lock:
            self.tried.append(name)
            planned = self.answers.get(name) or [201]
            status = planned.pop(0) if len(planned) > 1 else planned[0]
            wrong = self.why_not(headers)
            if wrong:
                return wrong
            if status in (201, 0):
                self.pushed.append(Pushed(name, headers, body))
            return status

    def why_not(self, headers: dict[str, str]) -> int | None:
        """400 for a message that is none, 403 for one not signed for this service by the key it names."""
        if headers.get("content-encoding") != "aes128gcm" or not headers.get("ttl", "").isdigit():
            return 400
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers.get("topic", "-")):
            return 400
        found = re.fullmatch(r"vapid t=([^,\s]+), k=([^,\s]+)", headers.get("authorization", ""))
        return None if found and self.is_signed(*found.groups()) else 403

    def is_signed(self, token: str, key: str) -> bool:
        signed, _, signature = token.rpartition(".")
        head, said = (json.loads(unb64(part)) for part in signed.split("."))
        raw = unb64(signature)
        der = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, unb64(key))
        try:
            public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        in_time = 0 < said["exp"] - self.at <= 24 * 3600
        to_us = said["aud"] == self.address and said["sub"].startswith(("mailto:", "https:"))
        return head == {"typ": "JWT", "alg": "ES256"} and to_us and in_time


@contextlib.contextmanager
def serving() -> Iterator[Service]:
    """The service on a free port of this machine."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:
                self.close_connection = True
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = service.answer(self.path.rpartition("/")[2], headers, body)
            if status <= 0:
                time.sleep(service.silence if status < 0 else 0)
                self.close_connection = True
                return
            self.send_response(status)
            if service.retry_after and status == 429:
                self.send_header("Retry-After", service.retry_after)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests print nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A sender that was killed leaves broken connections."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    service.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
