"""The audit's chain: each seal hashes the events since the last seal, together with that seal's own hash.

An event is sealed once no running transaction can still slip another in before it. Whoever keeps the newest hash
elsewhere can prove later that nothing before it was changed, removed or added: `verify` says where a chain breaks.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

#: Events of one seal; more are sealed in several links.
LINK = 100_000
BEGIN = b"\0" * 32
LOCK = 0x7EDC_5EA1

#: One event as bytes, always the same: a JSON array with the moment in UTC to the microsecond.
ROW = """sha256(convert_to(jsonb_build_array(id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), xact,
    actor, actor_name, role, action, subject, why, detail)::text, 'UTF8'))"""

SEAL = f"""
WITH last AS (
    SELECT upto_xact, upto_id, digest FROM security_seal ORDER BY id DESC LIMIT 1
), start AS (
    SELECT * FROM last UNION ALL SELECT -1, 0, %(begin)s::bytea WHERE NOT EXISTS (SELECT FROM last)
), fresh AS (
    SELECT event.id, event.xact, {ROW} AS row FROM security_event AS event, start
    WHERE (event.xact, event.id) > (start.upto_xact, start.upto_id)
        AND event.xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY event.xact, event.id LIMIT %(link)s
), whole AS (
    SELECT count(*) AS events, string_agg(row, ''::bytea ORDER BY xact, id) AS rows,
        (array_agg(xact ORDER BY xact DESC, id DESC))[1] AS xact, (array_agg(id ORDER BY xact DESC, id DESC))[1] AS id
    FROM fresh
)
INSERT INTO security_seal (upto_xact, upto_id, events, previous, digest)
SELECT whole.xact, whole.id, whole.events, start.digest, sha256(start.digest || whole.rows)
FROM whole, start WHERE whole.events > 0
RETURNING events, digest
"""

VERIFY = f"""
WITH link AS (
    SELECT id, at, upto_xact, upto_id, events, previous, digest,
        lag(upto_xact, 1, -1::bigint) OVER w AS from_xact, lag(upto_id, 1, 0::bigint) OVER w AS from_id,
        lag(digest, 1, %(begin)s::bytea) OVER w AS expected
    FROM security_seal WINDOW w AS (ORDER BY id)
), told AS (
    SELECT link.*, now.events AS found, sha256(link.previous || coalesce(now.rows, ''::bytea)) AS computed
    FROM link CROSS JOIN LATERAL (
        SELECT count(*) AS events, string_agg({ROW}, ''::bytea ORDER BY xact, id) AS rows FROM security_event
        WHERE (xact, id) > (link.from_xact, link.from_id) AND (xact, id) <= (link.upto_xact, link.upto_id)
    ) AS now
)
SELECT id, at, events, found, previous = expected AS linked, digest = computed AS holds, digest FROM told ORDER BY id
"""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What a sealing did: how many events in how many links, and the newest hash (hex), to be kept elsewhere."""

    events: int
    links: int
    head: str


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a verification found. `broken` names the first link that does not hold; `unsealed` events wait."""

    holds: bool
    links: int
    events: int
    head: str
    unsealed: int
    broken: int | None = None
    why: str = ""


def seal() -> Sealed:
    """Seals what can be sealed. Inside a transaction: two at once follow one another."""
    events = links = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        while True:
            cursor.execute(SEAL, {"begin": BEGIN, "link": LINK})
            row = cursor.fetchone()
            if row is None:
                break
            events, links = events + row[0], links + 1
    return Sealed(events=events, links=links, head=head())


def head() -> str:
    """The newest link's hash; empty if nothing was sealed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(digest, 'hex') FROM security_seal ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def verify(*, known_head: str = "") -> Verified:
    """Recomputes every link. `known_head`, kept elsewhere, shows whether the whole chain was made anew."""
    with connection.cursor() as cursor:
        cursor.execute(VERIFY, {"begin": BEGIN})
        links = cursor.fetchall()
        cursor.execute("SELECT count(*) FROM security_event")
        total = cursor.fetchone()[0]
    sealed = sum(link[2] for link in links)
    head_now = bytes(links[-1][6]).hex() if links else ""
    heads = {bytes(link[6]).hex() for link in links}
    broken, why = _first_break(links)
    if not why and known_head and known_head.lower() not in heads:
        why = "the chain holds in itself, but the hash that was kept is not in it: the whole chain was made anew"
    return Verified(
        holds=not why, links=len(links), events=sealed, head=head_now, unsealed=total - sealed, broken=broken, why=why
    )


def _first_break(links: list[tuple]) -> tuple[int | None, str]:  # type: ignore[type-arg]
    for number, at, events, found, linked, holds, _ in links:
        if not linked:
            return number, f"link {number} of {at:%Y-%m-%d %H:%M} does not follow the link before it"
        if found != events:
            return number, f"link {number} of {at:%Y-%m-%d %H:%M} sealed {events} events, {found} are there"
        if not holds:
            return number, f"link {number} of {at:%Y-%m-%d %H:%M}: an event was changed after it was sealed"
    return None, ""
