"""Where PostgreSQL is: DATABASE_URL, or the embedded server of the data folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from teduh.site import embedded

#: Connections are kept: reopening one for each request halves what a server does.
REUSE_SECONDS = 600


def settings(data_dir: Path) -> dict[str, Any]:
    """Django's entry for the default database."""
    url = (
        os.environ.get("DATABASE_URL")
        or f"postgresql:///teduh?user=postgres&host={quote(str(embedded.socket(data_dir)))}"
    )
    return from_url(url)


def from_url(url: str) -> dict[str, Any]:
    """A postgresql:// address, socket folders in `?host=` included, as Django wants it."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise SystemExit(
            f"DATABASE_URL starts with {parts.scheme!r}; Teduh keeps its books in PostgreSQL 15 or newer. "
            "Write it as postgresql://user:password@host:5432/database."
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or query.pop("dbname", "teduh"),
        "USER": unquote(parts.username or "") or query.pop("user", ""),
        "PASSWORD": unquote(parts.password or "") or query.pop("password", ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": REUSE_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {k: v for k, v in query.items() if k not in ("host", "user", "port")},
    }
