"""What a person does with his own messages: reads them, chooses how to be told, adds and removes devices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from teduh.core import sql
from teduh.outreach.facts import Wishes
from teduh.outreach.models import Preference
from teduh.security import crypto

#: More live devices than this one person has not; the oldest makes room.
MOST_DEVICES = 8

#: A browser that somebody else used before is his no longer.
SUBSCRIBE = """
WITH others AS (
    UPDATE outreach_pushsubscription SET revoked_at = %(at)s
    WHERE revoked_at IS NULL AND endpoint_index = %(index)s AND person_id <> %(person)s
), crowd AS (
    UPDATE outreach_pushsubscription SET revoked_at = %(at)s WHERE id IN (
        SELECT id FROM outreach_pushsubscription
        WHERE person_id = %(person)s AND revoked_at IS NULL AND endpoint_index <> %(index)s
        ORDER BY id DESC OFFSET %(most)s - 1)
)
SELECT 1
"""
ADD = """
INSERT INTO outreach_pushsubscription (person_id, endpoint, endpoint_index, p256dh, auth, device, created_at)
VALUES (%(person)s, %(endpoint)s, %(index)s, %(p256dh)s, %(auth)s, %(device)s, %(at)s)
ON CONFLICT (endpoint_index) WHERE revoked_at IS NULL
DO UPDATE SET p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device
RETURNING id
"""
REVOKE = """
UPDATE outreach_pushsubscription SET revoked_at = %s WHERE id = %s AND person_id = ANY(%s) AND revoked_at IS NULL
"""
PREFER = """
INSERT INTO outreach_preference (person_id, push, sms, quiet_from, quiet_until, zone, show_amounts)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (person_id) DO UPDATE SET push = excluded.push, sms = excluded.sms, quiet_from = excluded.quiet_from,
    quiet_until = excluded.quiet_until, zone = excluded.zone, show_amounts = excluded.show_amounts
"""
#: Columns that are not named keep what the person chose.
MOVE = """
INSERT INTO outreach_preference (person_id, push, sms, quiet_from, quiet_until, zone, show_amounts)
SELECT DISTINCT ON (p.id) p.id, %(push)s, %(sms)s, %(from)s, %(until)s, t.zone, %(show)s
FROM unnest(%(persons)s::bigint[], %(zones)s::text[]) AS t(person, zone)
JOIN registry_person o ON o.id = t.person JOIN registry_person p ON p.id = coalesce(o.merged_into_id, o.id)
ORDER BY p.id
ON CONFLICT (person_id) DO UPDATE SET zone = excluded.zone
WHERE NOT %(only_new)s AND outreach_preference.zone <> excluded.zone
"""


def subscribe(*, person: int, endpoint: str, p256dh: str, auth: str, device: str, at: dt.datetime) -> int:
    """This browser is told from now on. Asked again, it is the same subscription with its newest keys."""
    given = {
        "person": person, "endpoint": crypto.encrypt(endpoint), "index": crypto.blind("push", endpoint),
        "p256dh": crypto.encrypt(p256dh), "auth": crypto.encrypt(auth), "device": device, "at": at,
        "most": MOST_DEVICES,
    }  # fmt: skip
    sql.rows(SUBSCRIBE, given)
    return sql.rows(ADD, given)[0][0]


def unsubscribe(*, subscription: int, persons: Sequence[int], at: dt.datetime) -> bool:
    """This device is told no more; False if it is none of theirs."""
    return bool(sql.run(REVOKE, [at, subscription, list(persons)]))


def prefer(*, person: int, wishes: Wishes) -> None:
    """How this person wants to be told from now on."""
    w = wishes
    sql.run(PREFER, [person, w.push, w.sms, w.quiet_from, w.quiet_until, w.zone, w.show_amounts])


def live_in(*, zones: Mapping[int, str], only_new: bool = False) -> int:
    """These people live by these time zones now; what else they wish stays. `only_new`: only who has no wishes yet."""
    none = Preference()
    given = {
        "push": none.push,
        "sms": str(none.sms),
        "from": none.quiet_from,
        "until": none.quiet_until,
        "show": none.show_amounts,
        "persons": list(zones),
        "zones": list(zones.values()),
        "only_new": only_new,
    }
    return sql.run(MOVE, given) if zones else 0


def mark_read(*, persons: Sequence[int], messages: Sequence[int] | None, at: dt.datetime) -> int:
    """These messages (None: all) have been read, if they are theirs; how many were not before."""
    return sql.run(
        "UPDATE outreach_message SET read_at = %s WHERE person_id = ANY(%s) AND read_at IS NULL "
        "AND (%s::bigint[] IS NULL OR id = ANY(%s::bigint[]))",
        [at, list(persons), *[None if messages is None else list(messages)] * 2],
    )
