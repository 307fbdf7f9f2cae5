"""Documents that were shown for a placement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.core import sql

ADD = """
INSERT INTO migrants_paper (placement_id, kind, sha256, valid_until, by_id)
SELECT placement, kind, sha256, valid_until, %s
FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::date[]) AS t (placement, kind, sha256, valid_until)
WHERE NOT EXISTS (SELECT FROM migrants_paper p WHERE p.placement_id = t.placement AND p.kind = t.kind
    AND p.sha256 IS NOT DISTINCT FROM t.sha256 AND p.valid_until IS NOT DISTINCT FROM t.valid_until)
"""


def add_papers(*, rows: Sequence[tuple[int, str, bytes | None, dt.date | None]], by: int | None) -> int:
    """Note (placement, kind, digest of its file, last day) of each; what was noted before is not noted twice."""
    return sql.run(ADD, [by, *sql.columns(rows, 4)]) if rows else 0
