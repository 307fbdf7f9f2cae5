"""Keeping files that show something. Who may open them is the queries' business."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection

from django.db import connection

from teduh.core import sql
from teduh.security import crypto
from teduh.security.access import Actor

KEEP = """
INSERT INTO registry_document (sha256, media_type, size, content, by_id)
VALUES (%(sha256)s, %(media_type)s, %(size)s, %(content)s, %(by)s)
ON CONFLICT (sha256) DO NOTHING
"""

UNNAMED = """
SELECT d.sha256 FROM registry_document d WHERE d.at < %s
    AND NOT EXISTS (SELECT FROM registry_evidence e WHERE e.sha256 = d.sha256)
    AND NOT EXISTS (SELECT FROM registry_correction c WHERE c.sha256 = d.sha256)
"""


def keep(*, content: bytes, media_type: str, by: Actor) -> str:
    """Keep the bytes, encrypted, once; their SHA-256 in hexadecimal, by which evidence names them."""
    digest = hashlib.sha256(content)
    row = {"sha256": digest.digest(), "media_type": media_type, "size": len(content), "by": by.user}
    with connection.cursor() as cursor:
        cursor.execute(KEEP, row | {"content": crypto.seal(content)})
    return digest.hexdigest()


def unnamed(*, before: dt.datetime) -> list[bytes]:
    """Digests of files handed in before then that no evidence and no correction names: joining was given up."""
    return [bytes(row[0]) for row in sql.rows(UNNAMED, [before])]


def forget(*, digests: Collection[bytes]) -> int:
    """Delete these files; how many there were."""
    return sql.run("DELETE FROM registry_document WHERE sha256 = ANY(%s)", [list(digests)]) if digests else 0
