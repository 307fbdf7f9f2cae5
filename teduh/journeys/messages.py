"""Sending messages, between two transactions and never inside one; and what a person does with his own.

A service that is away stops nobody else's messages: after three silences in a row it rests for the round.
"""

from __future__ import annotations

import datetime as dt
import functools
import logging
import threading
import zoneinfo
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.outreach import actions, owning, push, queries, sms, webpush
from teduh.outreach.facts import InHand, Tried, Wishes
from teduh.outreach.models import Sms
from teduh.outreach.wire import Line, Silent
from teduh.security import actions as security
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE

log = logging.getLogger(__name__)
#: At most so many messages are laid out, and so many deliveries tried, in one round.
LAY_OUT, TRY = 20_000, 400
HANDS = 8
SILENCES, SILENT_AFTER = 3, 5.0
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(minutes=1), dt.timedelta(hours=6)
MOST_ATTEMPTS = 8
REST = dt.timedelta(minutes=2)
NO_MESSAGE = Text("Pesan ini tidak ditemukan.", "There is no such message.")


@dataclass(frozen=True)
class Round:
    """What a round brought: messages laid out, deliveries tried, and how many came to each state."""

    laid_out: int
    tried: int
    states: dict[str, int]


@dataclass
class Patience:
    """Who did not answer three times in a row is left alone for the rest of the round."""

    silences: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_over(self, place: str) -> bool:
        return self.silences[place] >= SILENCES

    def heard(self, place: str, *, answered: bool) -> None:
        with self.lock:
            self.silences[place] = 0 if answered else self.silences[place] + 1


@functools.cache
def _gateway(name: str) -> sms.Gateway:
    """One adapter for the process."""
    return sms.from_settings(name)


def send_due(*, at: dt.datetime, limit: int = TRY, gateway: sms.Gateway | None = None) -> Round:
    """Lay out new messages and try what is due; two rounds at once never try the same. Killed, it is tried again:
    push services replace the copy they hold by topic, devices by tag, aggregators refuse a reference twice."""
    gateway = gateway or _gateway(settings.SMS)
    with transaction.atomic():
        laid_out = actions.lay_out(at=at, limit=LAY_OUT)
    with transaction.atomic():
        taken = actions.take(at=at, limit=limit)
    tried = _try(taken, gateway, at)
    with transaction.atomic():
        actions.store(tried=((one, outcome, _due(one, outcome, at)) for one, outcome in tried), at=at)
    return Round(laid_out, len(taken), dict(Counter(outcome.state for _, outcome in tried)))


def _try(taken: Sequence[InHand], gateway: sms.Gateway, at: dt.datetime) -> list[tuple[InHand, Tried]]:
    """Several hands at once, for most of the time is waiting. No hand touches the database."""
    if not taken:
        return []
    patience = Patience()
    shares = [taken[n::HANDS] for n in range(min(HANDS, len(taken)))]
    with ThreadPoolExecutor(len(shares)) as hands:
        done = hands.map(lambda share: _one_hand(share, gateway, patience, at), shares)
        return [pair for share in done for pair in share]


def _one_hand(
    share: Iterable[InHand], gateway: sms.Gateway, patience: Patience, at: dt.datetime
) -> list[tuple[InHand, Tried]]:
    line = Line(SILENT_AFTER)
    post = push.Post(line, at)
    try:
        return [(one, _attempt(one, post, gateway, patience)) for one in share]
    finally:
        line.close()


def _attempt(one: InHand, post: push.Post, gateway: sms.Gateway, patience: Patience) -> Tried:
    place = urlsplit(one.device.endpoint).netloc if one.device else one.channel
    if patience.is_over(place):
        return Tried("resting", "resting", REST)
    try:
        outcome = (
            post.send(one) if one.channel == "push" else sms.send(one, gateway=gateway, line=post.line, at=post.at)
        )
    except Silent as silence:
        patience.heard(place, answered=False)
        return _again(one, Tried("failed", str(silence)))
    except Exception:
        log.exception("a delivery by %s broke", one.channel)
        return _again(one, Tried("failed", "broken"))
    patience.heard(place, answered=True)
    return _again(one, outcome)


def _again(one: InHand, outcome: Tried) -> Tried:
    """What failed too often is given up, with the last word for it."""
    if outcome.state == "failed" and one.attempts >= MOST_ATTEMPTS:
        return Tried("given_up", outcome.error)
    return outcome


def _due(one: InHand, outcome: Tried, at: dt.datetime) -> dt.datetime:
    """When to try again: each time later, and never sooner than was asked of us."""
    later = min(FIRST_WAIT * 4 ** min(one.attempts - 1, 10), LONGEST_WAIT)
    wait = outcome.wait if outcome.state == "resting" and outcome.wait else max(later, outcome.wait or later)
    return at + wait


def subscribe(*, endpoint: str, p256dh: str, auth: str, device: str, by: Actor, at: dt.datetime) -> int:
    """This browser of the member wants to be told."""
    me = queries.own(actor=by)[0]
    if not push.is_trusted(endpoint) or not _are_keys(p256dh, auth):
        raise Refused(
            "push_unknown",
            Text("Layanan pemberitahuan peramban ini tidak dikenal.", "This browser's push service is not known."),
            then=Text("Pakai Chrome, Firefox, Edge atau Safari; SMS tetap dikirim.",
                      "Use Chrome, Firefox, Edge or Safari; SMS are sent all the same."),
            field="endpoint",
        )  # fmt: skip
    name = " ".join(UNSTORABLE.sub("", device).split())[:60] or "?"
    with transaction.atomic():
        made = owning.subscribe(person=me, endpoint=endpoint, p256dh=p256dh, auth=auth, device=name, at=at)
        security.record(by=by, action="device.added", subjects=[f"person:{me}"])
    return made


def _are_keys(p256dh: str, auth: str) -> bool:
    try:
        webpush.reader(p256dh=p256dh[:200], auth=auth[:100])
    except ValueError:
        return False
    return True


def unsubscribe(*, subscription: int, by: Actor, at: dt.datetime) -> None:
    """One of the member's devices is told no more."""
    mine = queries.own(actor=by)
    with transaction.atomic():
        if not owning.unsubscribe(subscription=subscription, persons=mine, at=at):
            raise not_found(Text("Perangkat ini tidak ada.", "There is no such device."))
        security.record(by=by, action="device.removed", subjects=[f"person:{mine[0]}"])


def prefer(*, wishes: Wishes, by: Actor) -> None:
    """How the member wants to be told from now on."""
    if wishes.sms not in Sms.values or wishes.zone not in zoneinfo.available_timezones():
        raise Refused(
            "unknown_wish",
            Text("Pilihan ini tidak dikenal.", "There is no such choice."),
            then=Text("Pilih salah satu yang ditawarkan.", "Choose one of those that are offered."),
        )
    me = queries.own(actor=by)[0]
    with transaction.atomic():
        owning.prefer(person=me, wishes=wishes)


def read(*, message: int, by: Actor, at: dt.datetime) -> queries.MessageRow:
    """Open one of the member's messages; from now on it has been read."""
    found = queries.message(actor=by, message=message)
    if found is None:
        raise not_found(NO_MESSAGE)
    if found.read_at is None:
        mark_read(messages=[message], by=by, at=at)
    return found


def mark_read(*, messages: Sequence[int] | None, by: Actor, at: dt.datetime) -> int:
    """These messages of the member (None: all) have been read; how many were not before."""
    mine = queries.own(actor=by)
    with transaction.atomic():
        return owning.mark_read(persons=mine, messages=messages, at=at)
