"""Web Push: which push services are trusted, and one message handed to one of them for one device (RFC 8030).

Push services answer 201 when they have taken a message, 404 or 410 when the device is gone for good.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings

from teduh.outreach import webpush
from teduh.outreach.facts import InHand, Tried
from teduh.outreach.wire import Line, Reply

#: How long a push service keeps a message for a phone that is off.
KEEP = dt.timedelta(days=3)
SIGNED_FOR = dt.timedelta(hours=12)
LONGEST_ENDPOINT = 1_000
OPEN = {"id": "Buka Teduh untuk membacanya.", "en": "Open Teduh to read it."}


def is_trusted(endpoint: str) -> bool:
    """Whether this is an address of a push service we know. Browsers name it, so anything could be asked of us."""
    try:
        parts = urlsplit(endpoint)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return False
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    if parts.username or parts.password or not host:
        return False
    if f"http://{parts.netloc}" in settings.PUSH_HOSTS:
        return parts.scheme == "http"
    known = any(host == one or (one.startswith(".") and host.endswith(one)) for one in settings.PUSH_HOSTS)
    return parts.scheme == "https" and known


def contact() -> str:
    """Whom a push service can write to about us: TEDUH_PUSH_CONTACT, `mailto:` or `https:`."""
    return os.environ.get("TEDUH_PUSH_CONTACT") or "mailto:operator@localhost"


@dataclass
class Post:
    """Hands messages to push services; one for each thread. A signature is made once for each service."""

    line: Line
    at: dt.datetime
    signed: dict[str, str] = field(default_factory=dict)

    def send(self, one: InHand) -> Tried:
        """What became of it. Raises `wire.Silent` if nothing was answered."""
        if one.device is None:
            return Tried("given_up", "gone")
        if not is_trusted(one.device.endpoint):
            return Tried("given_up", "not_trusted")
        try:
            body = webpush.encrypt(plain=shown(one), p256dh=one.device.p256dh, auth=one.device.auth)
        except ValueError:
            return Tried("given_up", "bad_keys")
        return read(self.line.post(one.device.endpoint, body, self._headers(one), at=self.at))

    def _headers(self, one: InHand) -> dict[str, str]:
        """With a topic, a push service that still holds the first copy of a message replaces it by the second."""
        parts = urlsplit(one.device.endpoint if one.device else "")
        audience = f"{parts.scheme}://{parts.netloc}"
        if audience not in self.signed:
            expires = int((self.at + SIGNED_FOR).timestamp())
            self.signed[audience] = webpush.authorization(audience=audience, expires=expires, contact=contact())
        return {
            "Authorization": self.signed[audience], "TTL": str(int(KEEP.total_seconds())), "Urgency": "normal",
            "Topic": one.reference[:32], "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream",
        }  # fmt: skip


def shown(one: InHand) -> bytes:
    """What the device shows: the title, and the text only if the person wants amounts on his lock screen."""
    language = "en" if one.language == "en" else "id"
    title, body = (one.title.en, one.body.en) if language == "en" else (one.title.id, one.body.id)
    said = {"title": title, "body": body if one.show_amounts else OPEN[language], "lang": language, "id": one.message}
    return json.dumps(said, ensure_ascii=False).encode()


def read(reply: Reply) -> Tried:
    """What a push service's answer means."""
    if reply.status in (200, 201, 202):
        return Tried("sent")
    if reply.status in (404, 410):
        return Tried("given_up", "gone")
    if reply.status == 429 or reply.status >= 500:
        return Tried("failed", f"http_{reply.status}", reply.wait)
    return Tried("given_up", f"http_{reply.status}")
