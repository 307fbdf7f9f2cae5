"""Work agreements as rows: added with the next number, ended early, and their dates put right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.core import sql
from teduh.security import crypto

#: Employer and address not told are those of the placement's agreement before.
ADD = """
INSERT INTO migrants_agreement (placement_id, number, kind, starts, ends, ended_why, destination_id, employer,
    employer_address, job, sha256, by_id)
SELECT t.placement, coalesce(last.number, 0) + 1, t.kind, t.starts, t.ends, '', t.destination,
    coalesce(t.employer, last.employer),
    coalesce(t.address, CASE WHEN t.employer IS NULL THEN last.employer_address END),
    coalesce(t.job, last.job), t.sha256, %s
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::date[], %s::text[], %s::bytea[], %s::bytea[], %s::text[],
    %s::bytea[]) WITH ORDINALITY AS t (placement, kind, starts, ends, destination, employer, address, job, sha256, n)
LEFT JOIN LATERAL (
    SELECT number, employer, employer_address, job FROM migrants_agreement WHERE placement_id = t.placement
    ORDER BY number DESC LIMIT 1
) last ON TRUE
ORDER BY t.n RETURNING placement_id, id
"""
CHANGE = """
UPDATE migrants_agreement a SET starts = t.starts, ends = t.ends, ended_on = t.ended, ended_why = t.why
FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[], %s::text[]) AS t (id, starts, ends, ended, why)
WHERE a.id = t.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """An agreement to be added; employer and job None: those of the agreement before."""

    placement: int
    kind: str
    starts: dt.date
    ends: dt.date
    destination: str
    employer: str | None = None
    employer_address: str | None = None
    job: str | None = None
    sha256: bytes | None = None


def add_agreements(*, rows: Sequence[AgreementRow], by: int | None) -> dict[int, int]:
    """Add these, one for each placement: placement -> agreement. One statement."""
    if not rows:
        return {}
    values = [
        (row.placement, row.kind, row.starts, row.ends, row.destination, _sealed(row.employer),
         _sealed(row.employer_address), row.job, row.sha256)
        for row in rows
    ]  # fmt: skip
    return dict(sql.rows(ADD, [by, *sql.columns(values, 9)]))


def change_agreements(*, rows: Sequence[tuple[int, dt.date, dt.date, dt.date | None, str]]) -> None:
    """Set (agreement, first day, last day, ended early on, why) of each. One statement."""
    if rows:
        sql.run(CHANGE, sql.columns(rows, 5))


def _sealed(text: str | None) -> bytes | None:
    return crypto.encrypt(text) if text else None
