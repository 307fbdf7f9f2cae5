"""Secrets of a machine: made once in the data folder (0600), or given by the environment."""

from __future__ import annotations

import json
import os
import secrets
import threading
from pathlib import Path


def django_key(data_dir: Path) -> str:
    """Django's own signing key."""
    return os.environ.get("TEDUH_SECRET_KEY") or _kept(data_dir / "keys" / "django.key", secrets.token_urlsafe(50))


def key_ring(data_dir: Path) -> dict[str, str]:
    """The field keys: {"current": "k1", "k1": hex of 32 bytes, "index": hex of 32 bytes}.

    TEDUH_KEYS_FILE names another file, so that keys can live apart from the data they open.
    """
    path = Path(os.environ.get("TEDUH_KEYS_FILE") or data_dir / "keys" / "fields.json")
    fresh = {"current": "k1", "k1": secrets.token_hex(32), "index": secrets.token_hex(32)}
    ring: dict[str, str] = json.loads(_kept(path, json.dumps(fresh)))
    return ring


def push_key(data_dir: Path) -> str:
    """The key that push services know this server by (VAPID, RFC 8292), as PEM. Lost, every device asks anew."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    path = Path(os.environ.get("TEDUH_PUSH_KEY_FILE") or data_dir / "keys" / "push.pem")
    made = ec.generate_private_key(ec.SECP256R1())
    plain = serialization.NoEncryption()
    pem = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return _kept(path, pem.decode())


def surrogate_key(data_dir: Path) -> bytes:
    """The key that scrambles rows' numbers in what leaves the database for whole populations (32 bytes).

    Lost, snapshots and results made with it can no longer be booked or traced back. TEDUH_SURROGATE_KEY_FILE names
    another file.
    """
    path = Path(os.environ.get("TEDUH_SURROGATE_KEY_FILE") or data_dir / "keys" / "surrogates.key")
    return bytes.fromhex(_kept(path, secrets.token_hex(32)))


def _kept(path: Path, fresh: str) -> str:
    """The file's text; written first, readable by its owner alone, if it is not there. Safe when two start at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
    if not path.exists():
        aside.touch(mode=0o600)
        aside.write_text(fresh, encoding="utf-8")
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_text(encoding="utf-8")
