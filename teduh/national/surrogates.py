"""Surrogate keys: a secret one-to-one scrambling of rows' numbers, stable for a fund, undone only with its key.

A Feistel network of eight rounds whose round function is AES; over columns. What leaves PostgreSQL in a snapshot bears
these numbers and nothing else that names a person.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

ROUNDS = 8

#: What a row's number is of; a surrogate key hides both. The number that is scrambled is `row * KINDS + kind`.
PERSON, ENROLMENT, EMPLOYMENT, PROJECT_WORKER, PLACEMENT, DUE, WAGE_LINE = range(7)
NAMES = ("person", "enrolment", "employment", "project_worker", "placement", "due", "wage_line")
KINDS = 8


class Domain(NamedTuple):
    """A set of numbers that is scrambled within itself: below 2^(2 * half)."""

    name: str
    half: int


ROWS = Domain("rows", 31)
FIRMS = Domain("firms", 15)


class Keys:
    """The fund's key. `fingerprint` tells two keys apart and gives nothing away."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self.fingerprint = hashlib.sha256(b"teduh surrogates\0" + secret).hexdigest()[:16]

    def close(self, numbers: np.ndarray, domain: Domain = ROWS) -> np.ndarray:
        """Surrogate keys of numbers. Raises ValueError for a number beyond the domain."""
        return self._turned(numbers, domain, range(ROUNDS))

    def open(self, keys: np.ndarray, domain: Domain = ROWS) -> np.ndarray:
        """The numbers behind surrogate keys."""
        return self._turned(keys, domain, range(ROUNDS - 1, -1, -1))

    def _turned(self, numbers: np.ndarray, domain: Domain, rounds: range) -> np.ndarray:
        """A round keeps one half and scrambles the other with it; undone by the same rounds backwards."""
        wide = np.ascontiguousarray(numbers, np.int64)
        if len(wide) and (int(wide.min()) < 0 or int(wide.max()) >> (2 * domain.half)):
            raise ValueError(f"a number is outside 0 to 2^{2 * domain.half} - 1")
        bits, mask = np.uint64(domain.half), np.uint64((1 << domain.half) - 1)
        halves = [wide.astype(np.uint64) >> bits, wide.astype(np.uint64) & mask]
        cipher = self._cipher(domain)
        for number in rounds:
            kept = 1 - number % 2
            halves[1 - kept] = halves[1 - kept] ^ (_round(cipher, halves[kept], number) & mask)
        return ((halves[0] << bits) | halves[1]).astype(np.int64)

    def _cipher(self, domain: Domain) -> Any:
        key = hashlib.sha256(b"\0".join((b"teduh surrogates", domain.name.encode(), self._secret))).digest()
        return Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - a block function, no message


def _round(cipher: Any, half: np.ndarray, number: int) -> np.ndarray:
    block = np.empty((len(half), 2), ">u8")
    block[:, 0], block[:, 1] = number, half
    return np.frombuffer(cipher.update(block.tobytes()), ">u8")[::2].astype(np.uint64)


def numbered(kind: int, row: int) -> int:
    """The number of a row of a kind."""
    return row * KINDS + kind


def named(number: int) -> tuple[str, int]:
    """What a number is of, and the row's own number."""
    return NAMES[number % KINDS], number // KINDS
