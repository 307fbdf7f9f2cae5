"""Encryption of single fields (AES-256-GCM with a key id) and blind indexes (HMAC-SHA256) to find them again.

A value is stored as `key id, 0x00, nonce (12), ciphertext and tag`; a new key is added to the ring and made current,
old values stay readable. A blind index is keyed and depends on its purpose, so that a phone never matches a NIK.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from teduh.core import secrets

NONCE = 12


@functools.cache
def _ring() -> tuple[str, dict[str, AESGCM], bytes]:
    ring = secrets.key_ring(settings.DATA_DIR)
    ciphers = {name: AESGCM(bytes.fromhex(key)) for name, key in ring.items() if name not in ("current", "index")}
    return ring["current"], ciphers, bytes.fromhex(ring["index"])


def seal(data: bytes) -> bytes:
    """The bytes as bytes that say nothing; the same bytes never give the same."""
    current, ciphers, _ = _ring()
    nonce = os.urandom(NONCE)
    return current.encode() + b"\0" + nonce + ciphers[current].encrypt(nonce, data, None)


def unseal(data: bytes) -> bytes:
    """The bytes again; raises `cryptography.exceptions.InvalidTag` if one was changed."""
    name, _, rest = data.partition(b"\0")
    _, ciphers, _ = _ring()
    return ciphers[name.decode()].decrypt(rest[:NONCE], rest[NONCE:], None)


def encrypt(text: str) -> bytes:
    """Text, sealed."""
    return seal(text.encode())


def decrypt(data: bytes) -> str:
    """The text again; raises as `unseal` does."""
    return unseal(bytes(data)).decode()


def blind(purpose: str, text: str) -> bytes:
    """32 bytes by which equal values of one purpose are found without being read."""
    *_, key = _ring()
    return hmac.digest(key, f"{purpose}\0{text}".encode(), hashlib.sha256)


def blind_word(purpose: str, word: str) -> int:
    """A signed 64-bit blind index of a word, for arrays that PostgreSQL can search."""
    return int.from_bytes(blind(purpose, word)[:8], "big", signed=True)
