"""The keys that sign cards: made once in the data folder, rotated by adding one, published as a JWKS.

It keeps old public keys, so that a card printed before a rotation is still genuine; it never gives out a private key.
"""

from __future__ import annotations

import base64
import datetime as dt
import functools
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

KID_BYTES = 4


@dataclass(frozen=True)
class Key:
    """One signing key: `kid` is the first 4 bytes of its RFC 7638 thumbprint."""

    kid: bytes
    private: ec.EllipticCurvePrivateKey
    made: dt.date

    def jwk(self) -> dict[str, str]:
        """The public half, as a browser imports it."""
        return {**_public(self.private), "kid": self.kid.hex(), "alg": "ES256", "use": "sig"}


@dataclass(frozen=True)
class Ring:
    """All keys by kid, and the one that signs now."""

    keys: Mapping[bytes, Key]
    current: Key


def ring(*, on: dt.date) -> Ring:
    """The machine's keys; the first is made when nobody has one yet."""
    path = _path()
    if not path.exists():
        _keep(path, _with_new(None, on), replace=False)
    return _read(path, path.stat().st_mtime_ns)


def rotate(*, on: dt.date) -> Ring:
    """Sign with a new key from now on; cards signed by the old ones stay genuine until they expire."""
    path = _path()
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    _keep(path, _with_new(before, on), replace=True)
    return ring(on=on)


def withdraw(*, kid: bytes, on: dt.date) -> Ring:
    """Stop trusting a key that was lost or stolen: every card it signed is refused by verifiers that hear of it."""
    path = _path()
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept["keys"].pop(kid.hex())
    if kept["current"] == kid.hex():
        kept = _with_new(kept, on)
    _keep(path, kept, replace=True)
    return ring(on=on)


def published(*, on: dt.date) -> dict[str, object]:
    """The JWKS of /.well-known/teduh-keys.json; `as_of` says how old a copy of it is."""
    keys = sorted(ring(on=on).keys.values(), key=lambda key: key.made, reverse=True)
    return {"as_of": on.isoformat(), "keys": [{**key.jwk(), "made": key.made.isoformat()} for key in keys]}


def _path() -> Path:
    return Path(os.environ.get("TEDUH_CARD_KEYS_FILE") or Path(settings.DATA_DIR) / "keys" / "cards.json")


@functools.lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Ring:
    kept = json.loads(path.read_text(encoding="utf-8"))
    keys = {}
    for kid, row in kept["keys"].items():
        private = ec.derive_private_key(int(row["d"], 16), ec.SECP256R1())
        keys[bytes.fromhex(kid)] = Key(bytes.fromhex(kid), private, dt.date.fromisoformat(row["made"]))
    return Ring(keys, keys[bytes.fromhex(kept["current"])])


def _with_new(before: dict[str, object] | None, on: dt.date) -> dict[str, object]:
    private = ec.generate_private_key(ec.SECP256R1())
    kid = _thumbprint(private)[:KID_BYTES].hex()
    row = {"d": f"{private.private_numbers().private_value:064x}", "made": on.isoformat()}
    return {"current": kid, "keys": {**(before["keys"] if before else {}), kid: row}}


def _keep(path: Path, what: dict[str, object], *, replace: bool) -> None:
    """Write it readable by its owner alone. When two start at once, the first wins and both use its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_suffix(f".{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(json.dumps(what), encoding="utf-8")
    if replace:
        aside.replace(path)
        return
    try:
        os.link(aside, path)
    except FileExistsError:
        pass
    finally:
        aside.unlink()


def _public(private: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    x, y = (base64.urlsafe_b64encode(n.to_bytes(32, "big")).rstrip(b"=").decode() for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


def _thumbprint(private: ec.EllipticCurvePrivateKey) -> bytes:
    canonical = json.dumps(_public(private), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
