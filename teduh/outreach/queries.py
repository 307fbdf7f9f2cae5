"""Questions about messages. What is said is read by the person alone; everybody else gets counts and states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.outreach.facts import Wishes, read_words
from teduh.outreach.models import Channel, Preference, State
from teduh.registry.queries import members
from teduh.security import crypto
from teduh.security.access import Actor

#: Beyond this many, unread is simply many.
MANY = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a message went out by a channel: to how many devices, in which state, when last."""

    channel: str
    state: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRow:
    """A message as its reader sees it."""

    id: int
    kind: str
    title: Text
    body: Text
    link: str
    created_at: dt.datetime
    read_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow:
    """A device that is told."""

    id: int
    device: str
    created_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many deliveries of the last days stand so, by the last attempt's word."""

    channel: str
    state: str
    error: str
    count: int
    last: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Messages by numbers: not laid out yet, live and gone devices, deliveries by channel and state, the oldest due."""

    to_lay_out: int
    devices: int
    gone: int
    deliveries: tuple[Count, ...]
    waiting: int
    oldest_due: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """An SMS without its words and without its number."""

    id: int
    kind: str
    state: str
    attempts: int
    error: str
    at: dt.datetime


def own(*, actor: Actor) -> tuple[int, ...]:
    """All records of the person who asks. Nobody else's messages can be asked for."""
    actor.require("self")
    if actor.person is None:
        raise Refused(
            "no_member",
            Text("Akun ini belum terhubung dengan seorang peserta.", "This account belongs to no member yet."),
            then=Text(
                "Daftar dahulu, atau minta petugas menghubungkannya.", "Join first, or ask an officer to link it."
            ),
            status=404,
        )
    return members.same_person(person=actor.person)


def inbox(*, actor: Actor, before: int | None = None, limit: int = 30, unread: bool = False) -> tuple[MessageRow, ...]:
    """The asker's own messages, newest first; `before` is the last id seen."""
    rows = sql.rows(
        "SELECT id, kind, words, link, created_at, read_at FROM outreach_message WHERE person_id = ANY(%s) "
        "AND (%s::bigint IS NULL OR id < %s) AND (NOT %s OR read_at IS NULL) ORDER BY id DESC LIMIT %s",
        [list(own(actor=actor)), before, before, unread, limit],
    )
    return tuple(_row(row) for row in rows)


def message(*, actor: Actor, message: int) -> MessageRow | None:
    """One of the asker's own messages; None if it is not his."""
    rows = sql.rows(
        "SELECT id, kind, words, link, created_at, read_at FROM outreach_message WHERE id = %s AND person_id = ANY(%s)",
        [message, list(own(actor=actor))],
    )
    return _row(rows[0]) if rows else None


def _row(row: tuple) -> MessageRow:
    id_, kind, words, link, created_at, read_at = row
    title, body = read_words(crypto.decrypt(words))
    return MessageRow(id=id_, kind=kind, title=title, body=body, link=link, created_at=created_at, read_at=read_at)


def sent(*, message: int) -> tuple[Sent, ...]:
    """By which channels a message went out."""
    rows = sql.rows(
        "SELECT channel, state, max(at) FROM outreach_delivery WHERE message_id = %s AND channel <> 'inbox' "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        [message],
    )
    return tuple(Sent(channel=channel, state=state, at=at) for channel, state, at in rows)


def unread(*, person: int) -> int:
    """How many messages of this person, by any of his records, are unread; counted up to `MANY` and one more."""
    return sql.rows(
        "SELECT count(*) FROM (SELECT 1 FROM registry_person p JOIN outreach_message m ON m.person_id = p.id "
        "WHERE p.id IN (SELECT %s UNION SELECT merged_into_id FROM registry_person WHERE id = %s "
        "UNION SELECT id FROM registry_person WHERE merged_into_id = %s) AND m.read_at IS NULL LIMIT %s) AS found",
        [person, person, person, MANY + 1],
    )[0][0]


def wishes(*, actor: Actor) -> Wishes:
    """How the asker wants to be told."""
    found = Preference.objects.filter(person__in=own(actor=actor)).order_by("-person").first() or Preference()
    return Wishes(
        push=found.push, sms=str(found.sms), quiet_from=found.quiet_from, quiet_until=found.quiet_until,
        zone=found.zone, show_amounts=found.show_amounts,
    )  # fmt: skip


def devices(*, actor: Actor) -> tuple[DeviceRow, ...]:
    """The asker's live devices, newest first."""
    rows = sql.rows(
        "SELECT id, device, created_at FROM outreach_pushsubscription WHERE person_id = ANY(%s) AND revoked_at IS NULL "
        "ORDER BY id DESC",
        [list(own(actor=actor))],
    )
    return tuple(DeviceRow(id=id_, device=device, created_at=at) for id_, device, at in rows)


def counts(*, since: dt.datetime) -> Counts:
    """Messages by numbers, deliveries since a moment; nobody is named and nothing that was said is read."""
    made, live, gone, waiting, oldest = sql.rows(
        "SELECT (SELECT count(*) FROM outreach_message WHERE laid_out_at IS NULL), "
        "count(*) FILTER (WHERE revoked_at IS NULL), count(*) FILTER (WHERE revoked_at IS NOT NULL), "
        "(SELECT count(*) FROM outreach_delivery WHERE state IN ('queued', 'failed')), "
        "(SELECT min(due_at) FROM outreach_delivery WHERE state IN ('queued', 'failed')) FROM outreach_pushsubscription"
    )[0]
    rows = sql.rows(
        "SELECT channel, state, error, count(*), max(at) FROM outreach_delivery WHERE at >= %s GROUP BY 1, 2, 3 "
        "ORDER BY 1, 2, 3",
        [since],
    )
    deliveries = tuple(Count(channel=c, state=s, error=e, count=n, last=at) for c, s, e, n, at in rows)
    return Counts(
        to_lay_out=made, devices=live, gone=gone, deliveries=deliveries, waiting=waiting, oldest_due=oldest
    )  # fmt: skip


def outbox(*, limit: int = 30) -> tuple[OutboxRow, ...]:
    """The SMS that went last or failed last, without words and numbers."""
    rows = sql.rows(
        "SELECT d.id, m.kind, d.state, d.attempts, d.error, d.at FROM outreach_delivery d "
        "JOIN outreach_message m ON m.id = d.message_id WHERE d.channel = 'sms' ORDER BY d.id DESC LIMIT %s",
        [limit],
    )
    return tuple(OutboxRow(id=i, kind=k, state=s, attempts=n, error=e, at=at) for i, k, s, n, e, at in rows)


__all__ = [
    "Channel", "Count", "Counts", "DeviceRow", "MessageRow", "OutboxRow", "Sent", "State", "counts", "devices", "inbox",
    "message", "outbox", "own", "sent", "unread", "wishes",
]  # fmt: skip
