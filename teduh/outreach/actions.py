"""Verbs of messages: say something to many, lay out its deliveries, take them in hand, write down what came of it.

Nothing here goes out: `journeys.messages` does, between two transactions. Each verb is a constant number of statements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from teduh.core import jobs, sql
from teduh.outreach.facts import Device, InHand, Telling, Tried, read_words
from teduh.outreach.models import Preference
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import Actor

#: The run of the calendar that sends.
SENDING = "send_messages"
#: What is older than this when its turn comes is kept in the inbox only: yesterday's news does not ring.
STALE = dt.timedelta(days=3)
#: How long an attempt may be in hand before it counts as lost with its process, and is made again.
LEASE = dt.timedelta(minutes=10)

WRITE = """
WITH made AS (
    INSERT INTO outreach_message (person_id, kind, words, link, key, created_at)
    SELECT coalesce(p.merged_into_id, p.id), t.kind, t.words, t.link, t.key, %s::timestamptz
    FROM unnest(%b::bigint[], %s::text[], %b::bytea[], %s::text[], %s::text[]) WITH ORDINALITY
        AS t(person, kind, words, link, key, n)
    JOIN registry_person p ON p.id = t.person ORDER BY t.n
    ON CONFLICT (key) DO NOTHING RETURNING 1
)
SELECT count(*) FROM made
"""

#: To phones of people who are not on record: another path than the busiest one.
WRITE_OUTSIDE = """
WITH made AS (
    INSERT INTO outreach_message (phone, kind, words, link, key, created_at)
    SELECT t.phone, t.kind, t.words, t.link, t.key, %s::timestamptz
    FROM unnest(%b::bytea[], %s::text[], %b::bytea[], %s::text[], %s::text[]) WITH ORDINALITY
        AS t(phone, kind, words, link, key, n) ORDER BY t.n
    ON CONFLICT (key) DO NOTHING RETURNING 1
)
SELECT count(*) FROM made
"""

#: Quiet hours are the person's own; a moment within them waits for their end. `lives`: he and who was merged into him.
LAY_OUT = """
WITH taken AS (
    SELECT id FROM outreach_message WHERE laid_out_at IS NULL ORDER BY id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), marked AS (
    UPDATE outreach_message m SET laid_out_at = %(at)s FROM taken t WHERE m.id = t.id
    RETURNING m.id, m.person_id, m.phone, m.created_at
), wishes AS (
    SELECT m.id, m.person_id, m.created_at < %(stale)s AS stale, coalesce(m.phone, p.phone) IS NOT NULL AS has_phone,
        coalesce(w.push, TRUE) AS push, coalesce(w.sms, %(sms)s) AS sms, coalesce(w.quiet_from, %(from)s) AS quiet_from,
        coalesce(w.quiet_until, %(until)s) AS quiet_until, z.zone, %(at)s AT TIME ZONE z.zone AS here,
        ARRAY(SELECT s.id FROM (SELECT m.person_id AS id UNION ALL
                SELECT id FROM registry_person WHERE merged_into_id = m.person_id) lives
            JOIN outreach_pushsubscription s ON s.person_id = lives.id AND s.revoked_at IS NULL) AS devices
    FROM marked m LEFT JOIN registry_person p ON p.id = m.person_id
    LEFT JOIN outreach_preference w ON w.person_id = m.person_id
    CROSS JOIN LATERAL (SELECT coalesce(w.zone, %(zone)s) AS zone) z
), timed AS (
    SELECT *, CASE
        WHEN quiet_from = quiet_until
          OR (quiet_from < quiet_until AND (here::time < quiet_from OR here::time >= quiet_until))
          OR (quiet_from > quiet_until AND here::time < quiet_from AND here::time >= quiet_until) THEN %(at)s
        ELSE (here::date + CASE WHEN here::time >= quiet_until THEN 1 ELSE 0 END + quiet_until) AT TIME ZONE zone
        END AS due
    FROM wishes
), out AS (
    INSERT INTO outreach_delivery (message_id, channel, subscription_id, state, attempts, error, due_at, at)
    SELECT id, 'inbox', NULL::bigint, 'sent', 0, '', %(at)s, %(at)s FROM timed WHERE person_id IS NOT NULL
    UNION ALL
    SELECT id, 'push', device, 'queued', 0, '', due, %(at)s FROM timed CROSS JOIN unnest(devices) device
    WHERE push AND NOT stale
    UNION ALL
    SELECT id, 'sms', NULL, 'queued', 0, '', due, %(at)s FROM timed
    WHERE has_phone AND NOT stale
      AND (sms = 'always' OR (sms = 'otherwise' AND NOT (push AND cardinality(devices) > 0)))
    ON CONFLICT DO NOTHING
)
SELECT count(*) FROM marked
"""

TAKE = """
WITH ready AS (
    SELECT id FROM outreach_delivery WHERE state IN ('queued', 'failed') AND due_at <= %(at)s
    ORDER BY due_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE outreach_delivery d SET attempts = d.attempts + 1, due_at = %(lost)s, at = %(at)s
    FROM ready r WHERE d.id = r.id RETURNING d.id, d.message_id, d.channel, d.subscription_id, d.attempts
)
SELECT t.id, t.message_id, t.channel, t.attempts, m.words, m.key, coalesce(u.language, 'id'),
    coalesce(w.show_amounts, FALSE), coalesce(m.phone, p.phone), m.person_id IS NOT NULL, s.id, s.endpoint, s.p256dh,
    s.auth
FROM taken t JOIN outreach_message m ON m.id = t.message_id LEFT JOIN registry_person p ON p.id = m.person_id
LEFT JOIN outreach_preference w ON w.person_id = m.person_id
LEFT JOIN registry_account a ON a.person_id = m.person_id LEFT JOIN security_user u ON u.id = a.user_id
LEFT JOIN outreach_pushsubscription s ON s.id = t.subscription_id AND s.revoked_at IS NULL
ORDER BY t.id
"""

STORE = """
UPDATE outreach_delivery d SET state = t.state, error = t.error, attempts = t.attempts, due_at = t.due_at, at = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::smallint[], %s::timestamptz[])
    AS t(id, state, error, attempts, due_at)
WHERE d.id = t.id AND d.state IN ('queued', 'failed')
"""

REVOKE = """
WITH dead AS (
    UPDATE outreach_pushsubscription SET revoked_at = %(at)s WHERE id = ANY(%(ids)s) AND revoked_at IS NULL
)
UPDATE outreach_delivery SET state = 'given_up', error = 'gone', at = %(at)s
WHERE subscription_id = ANY(%(ids)s) AND state IN ('queued', 'failed')
"""

#: Whose last device is gone gets those of his messages by SMS that no device got, unless he wants none.
INSTEAD = """
INSERT INTO outreach_delivery (message_id, channel, state, attempts, error, due_at, at)
SELECT DISTINCT d.message_id, 'sms', 'queued', 0, '', %(at)s, %(at)s
FROM outreach_delivery d JOIN outreach_message m ON m.id = d.message_id JOIN registry_person p ON p.id = m.person_id
LEFT JOIN outreach_preference w ON w.person_id = m.person_id
WHERE d.subscription_id = ANY(%(ids)s) AND d.error = 'gone' AND d.at = %(at)s AND p.phone IS NOT NULL
  AND coalesce(w.sms, %(sms)s) <> 'never'
  AND NOT EXISTS (SELECT 1 FROM outreach_delivery o WHERE o.message_id = d.message_id AND o.channel = 'push'
                  AND o.state <> 'given_up')
ON CONFLICT DO NOTHING
"""


def tell(*, messages: Sequence[Telling], by: Actor, at: dt.datetime) -> int:
    """Say this to these people and have it sent soon after the commit; how many were new.

    A key that was said before is not said again. A constant number of statements and one job, however many people.
    """
    made = write(messages=messages, at=at)
    if made:
        security.record(
            by=by, action="message.told", detail={"count": made, "kinds": sorted({m.kind for m in messages})}
        )
        jobs.soon(SENDING, at=at)
    return made


def write(*, messages: Sequence[Telling], at: dt.datetime) -> int:
    """The same in one statement, for the busiest paths: the calendar's next minute sends it. One more statement if
    some of them go to phones of people who are not on record."""
    told = {one.key: one for one in messages}
    ordered = [told[key] for key in sorted(told)]
    made = 0
    if inside := [_row(m, m.person) for m in ordered if m.person is not None]:
        made += sql.often(WRITE, [at, *sql.columns(inside, 5)])[0][0]
    if outside := [_row(m, crypto.encrypt(m.phone)) for m in ordered if m.person is None]:
        made += sql.often(WRITE_OUTSIDE, [at, *sql.columns(outside, 5)])[0][0]
    return made


def _row(m: Telling, to: int | bytes) -> tuple[object, ...]:
    return to, m.kind, crypto.encrypt(m.words), m.link, m.key


def lay_out(*, at: dt.datetime, limit: int) -> int:
    """Make the deliveries of messages that have none yet, as each person wishes; how many messages."""
    given = {"at": at, "limit": limit, "stale": at - STALE, **_defaults()}
    return sql.rows(LAY_OUT, given)[0][0]


def take(*, at: dt.datetime, limit: int) -> list[InHand]:
    """Deliveries whose time has come, each in one hand at a time; lost with its process, one is taken again."""
    return [_in_hand(row) for row in sql.rows(TAKE, {"at": at, "limit": limit, "lost": at + LEASE})]


def store(*, tried: Iterable[tuple[InHand, Tried, dt.datetime]], at: dt.datetime) -> None:
    """Write down what came of attempts, each with the moment of the next; forget devices that are gone."""
    rows, gone = [], []
    for one, outcome, due in tried:
        rested = outcome.state == "resting"
        attempts = one.attempts - rested
        state = ("failed" if attempts else "queued") if rested else outcome.state
        rows.append((one.delivery, state, outcome.error, attempts, due))
        if one.device and outcome.error == "gone":
            gone.append(one.device.subscription)
    if rows:
        sql.run(STORE, [at, *sql.columns(rows, 5)])
    if gone:
        sql.run(REVOKE, {"ids": gone, "at": at})
        sql.run(INSTEAD, {"ids": gone, "at": at, "sms": _defaults()["sms"]})


def _in_hand(row: tuple[Any, ...]) -> InHand:
    delivery, message, channel, attempts, words, key, language, show, phone, inbox, subscription, *keys = row
    title, body = read_words(crypto.decrypt(words))
    device = None
    if subscription is not None:
        endpoint, p256dh, auth = (crypto.decrypt(part) for part in keys)
        device = Device(subscription=subscription, endpoint=endpoint, p256dh=p256dh, auth=auth)
    return InHand(
        delivery=delivery, message=message, channel=channel, attempts=attempts, title=title, body=body,
        reference=crypto.blind("message", f"{channel}:{key}").hex()[:32], language=language, show_amounts=show,
        phone=crypto.decrypt(phone) if phone is not None else None, device=device, has_inbox=inbox,
    )  # fmt: skip


def _defaults() -> dict[str, Any]:
    none = Preference()
    return {"sms": str(none.sms), "from": none.quiet_from, "until": none.quiet_until, "zone": none.zone}
