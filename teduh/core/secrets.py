"""Secrets of a machine: made once in the data folder (0600), or given by the environment."""

from __future__ import annotations

import json
import os
import secrets
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


def _kept(path: Path, fresh: str) -> str:
    """The file's text; written first, readable by its owner alone, if it is not there. Safe when two start at once."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = path.with_suffix(f".{os.getpid()}")
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
