"""When a migrant is told something of his own accord: which placements, on which of his days, and for which time.

Days are counted where he lives (his wish, or the destination's zone). A placement is found only while its message has
not been told (`outreach_message.key`), so that a run that is missed is made good and one done twice finds nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from teduh.core import sql


class Occasion(NamedTuple):
    """A placement to be told of. `day` is the end or the beginning it is about, `until` the last day of what is left,
    `days` how many are left (or have passed); `zone` is new where the person has said no wishes yet."""

    placement: int
    person: int
    kind: str
    stage: int
    key: str
    day: dt.date
    until: dt.date | None
    days: int
    detail: bool
    zone: str
    has_wishes: bool


#: Reminders before the paid time ends, each with the first day on which a missed one is still made good.
LEFT = "CASE WHEN {n} BETWEEN 0 AND 7 THEN 7 WHEN {n} BETWEEN 8 AND 14 THEN 14 WHEN {n} BETWEEN 24 AND 30 THEN 30 " \
    "WHEN {n} BETWEEN 54 AND 60 THEN 60 WHEN {n} BETWEEN 84 AND 90 THEN 90 END"  # fmt: skip
ABROAD = "pl.state IN ('departed', 'working', 'ended') AND pl.debarked_on IS NULL"

#: One occasion: of `found` (placement, person, stage, day, until, days, detail, zone) those not told yet, by placement.
PAGE = """
WITH here AS (
    SELECT pl.*, s.id AS lives, coalesce(w.zone, CASE WHEN pl.state IN ('registered', 'returning', 'home')
            THEN 'Asia/Jakarta' ELSE d.zone END) AS zone, w.zone IS NOT NULL AS has_wishes
    FROM migrants_placement pl JOIN registry_person p ON p.id = pl.person_id
    JOIN registry_person s ON s.id = coalesce(p.merged_into_id, p.id)
    JOIN migrants_destination d ON d.code = pl.destination_id
    LEFT JOIN outreach_preference w ON w.person_id = s.id
    WHERE pl.id > %(after)s AND {which}
), now_there AS (
    SELECT pl.*, (%(at)s::timestamptz AT TIME ZONE pl.zone)::date AS today FROM here pl
), found AS (
    {found}
)
SELECT f.placement, f.person, %(kind)s, f.stage, k.key, f.day, f.until, f.days, f.detail, f.zone, f.has_wishes
FROM found f CROSS JOIN LATERAL (SELECT %(kind)s || ':' || f.placement || ':' || f.day || ':' || f.stage AS key) k
WHERE f.stage IS NOT NULL AND NOT EXISTS (SELECT 1 FROM outreach_message m WHERE m.key = k.key)
ORDER BY f.placement LIMIT %(limit)s
"""
GIVES = "SELECT pl.id AS placement, pl.lives AS person, {stage} AS stage, {day} AS day, {until} AS until, " \
    "{days} AS days, {detail} AS detail, pl.zone, pl.has_wishes FROM now_there pl "  # fmt: skip
#: The last span of a phase; JKM is in every phase and route, JKK in an individual's wait is not.
LAST = """JOIN LATERAL (SELECT s.* FROM coverage_span s WHERE s.placement_id = pl.id AND s.phase = '{phase}'
    AND s.programme = 'JKM' ORDER BY s.starts DESC LIMIT 1) s ON TRUE """
#: A stretch of this phase ends near today: keeps a run to who may be concerned.
NEAR = """EXISTS (SELECT FROM coverage_span s WHERE s.placement_id = pl.id AND s.phase = '{phase}'
    AND s.programme = 'JKM' AND s.{end} BETWEEN %(on)s::date + {first} AND %(on)s::date + {last})"""
DURING_PAID = """EXISTS (SELECT FROM contributions_placementdue u WHERE u.placement_id = pl.id
    AND u.stage IN ('during', 'extension') AND u.settled_on IS NOT NULL)"""


def _page(which: str, found: str) -> str:
    return PAGE.format(which=which, found=found)


#: `detail`: the agreement goes on beyond what is paid.
ENDING = _page(
    f"{ABROAD} AND " + NEAR.format(phase="during", end="paid_until", first=-1, last=91),
    GIVES.format(stage=LEFT.format(n="(s.paid_until - pl.today)"), day="s.paid_until", until="s.grace_until",
                 days="s.paid_until - pl.today", detail="coalesce(pl.ends_on > s.paid_until, FALSE)")
    + LAST.format(phase="during"),
)  # fmt: skip
#: A wait of a month is not told of 30 days before: it has only begun. `detail`: the time of work is paid.
WAITING = _page(
    "pl.state = 'registered' AND " + NEAR.format(phase="before", end="paid_until", first=-31, last=31),
    GIVES.format(
        stage="CASE WHEN s.paid_until - pl.today BETWEEN 0 AND 7 THEN 7 WHEN s.paid_until - pl.today BETWEEN 24 AND 30 "
        "AND s.paid_until - s.starts > 31 THEN 30 WHEN pl.today - s.paid_until BETWEEN 1 AND 30 THEN 0 END",
        day="s.paid_until", until="NULL::date", days="s.paid_until - pl.today", detail=DURING_PAID)
    + LAST.format(phase="before"),
)  # fmt: skip
#: The agreement begins soon and the time of work is not paid.
NEAR_DEPARTURE = _page(
    f"pl.state = 'registered' AND NOT {DURING_PAID}",
    GIVES.format(stage="CASE WHEN a.starts - pl.today BETWEEN 0 AND 14 THEN 14 END", day="a.starts", until="NULL::date",
                 days="a.starts - pl.today", detail="FALSE")
    + "JOIN LATERAL (SELECT min(a.starts) AS starts FROM migrants_agreement a WHERE a.placement_id = pl.id "
    "AND a.withdrawn_at IS NULL) a ON TRUE",
)  # fmt: skip
#: From the first day without cover abroad (`day`), and once more after 30 days. `detail`: nothing was ever paid for the
#: time of work. Who has no agreement yet has no `until`.
GAP = _page(
    ABROAD,
    GIVES.format(stage="CASE WHEN pl.today - g.since BETWEEN 0 AND 29 THEN 0 "
                 "WHEN pl.today - g.since BETWEEN 30 AND 120 THEN 30 END",
                 day="g.since", until="pl.ends_on", days="pl.today - g.since", detail="g.is_first")
    + """JOIN LATERAL (SELECT coalesce(max(s.grace_until) + 1, pl.departed_on, pl.registered_on) AS since,
        count(s.id) = 0 AS is_first FROM coverage_span s
        WHERE s.placement_id = pl.id AND s.phase = 'during' AND s.programme = 'JKM') g ON TRUE
    """,
)  # fmt: skip
#: The month to return: when it has begun (31) and when a week of it is left. `detail`: the agreement goes on.
RETURN = _page(
    f"{ABROAD} AND " + NEAR.format(phase="during", end="paid_until", first=-63, last=1),
    GIVES.format(stage="CASE WHEN s.paid_until >= pl.today THEN NULL "
                 "WHEN s.grace_until - pl.today BETWEEN 0 AND 7 THEN 7 WHEN s.grace_until - pl.today > 7 THEN 31 END",
                 day="s.paid_until", until="s.grace_until", days="s.grace_until - pl.today",
                 detail="coalesce(pl.ends_on > s.paid_until, FALSE)")
    + LAST.format(phase="during"),
)  # fmt: skip
#: Back in Indonesia: at once, and in the last week of the 30 days; not who is covered by other work by now.
HOME = _page(
    "pl.state IN ('returning', 'home') AND pl.debarked_on BETWEEN %(on)s::date - 31 AND %(on)s::date + 1",
    GIVES.format(stage="CASE WHEN pl.today - pl.debarked_on BETWEEN 0 AND 22 THEN 0 "
                 "WHEN pl.today - pl.debarked_on BETWEEN 23 AND 30 THEN 7 END", day="pl.debarked_on",
                 until="s.grace_until", days="pl.today - pl.debarked_on", detail="FALSE")
    + LAST.format(phase="after").replace("JOIN LATERAL", "LEFT JOIN LATERAL", 1)
    + """WHERE NOT EXISTS (SELECT FROM coverage_span o WHERE o.person_id = pl.lives AND o.segment <> 'PMI'
        AND o.starts <= pl.today AND o.grace_until >= pl.today AND (o.ends IS NULL OR o.ends >= pl.today))""",
)  # fmt: skip

STATEMENTS = {
    "pmi.ending": ENDING,
    "pmi.waiting": WAITING,
    "pmi.departing": NEAR_DEPARTURE,
    "pmi.gap": GAP,
    "pmi.returning": RETURN,
    "pmi.home": HOME,
}


def pages(*, kind: str, on: dt.date, at: dt.datetime, limit: int) -> Iterator[Sequence[Occasion]]:
    """Placements to be told of one kind of occasion, by number, so many at once."""
    after = 0
    while page := [
        Occasion(*row)
        for row in sql.rows(STATEMENTS[kind], {"kind": kind, "on": on, "at": at, "after": after, "limit": limit})
    ]:
        yield page
        after = page[-1].placement
