"""SMS through an aggregator over HTTP: what is written, in which letters, and what the aggregator's answers mean.

A text says the title and no more, in Bahasa, in the 160 characters of one SMS. It names no amount and no NIK.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import unicodedata
from dataclasses import dataclass, field
from typing import Protocol

from teduh.outreach.facts import InHand, Tried
from teduh.outreach.wire import Line, Reply

LONGEST = 160
#: GSM 03.38's basic alphabet: one character of it takes one place; anything else would halve what an SMS holds.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
PLAINER = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "`": "'"})
ENDS = (
    ". Rincian: halaman Pesan di Teduh. Kami tak pernah meminta kata sandi.",
    ". Rincian: halaman Pesan di Teduh.",
    "",
)
#: For who has no inbox: a migrant's relative opens Teduh instead.
ENDS_OUTSIDE = (". Rincian: buka Teduh. Kami tak pernah meminta kata sandi.", ". Rincian: buka Teduh.", "")
#: What an aggregator's word for a refusal means for us; others are tried again.
FINAL = frozenset({"invalid_number", "rejected_number", "blocked_number"})


def text(title: str, *, has_inbox: bool = True) -> str:
    """A title as an SMS: `Teduh: ...`, as much of the closing words as fits, never more than one SMS."""
    plain = "".join(_letter(c) for c in title.translate(PLAINER))
    start = f"Teduh: {plain.rstrip('. ')}"
    ends = ENDS if has_inbox else ENDS_OUTSIDE
    return next((start + end for end in ends if len(start + end) <= LONGEST), start[:LONGEST])


def _letter(c: str) -> str:
    if c in GSM:
        return c
    bare = "".join(part for part in unicodedata.normalize("NFKD", c) if part in GSM)
    return bare or " "


class Gateway(Protocol):
    """Whoever carries SMS: an aggregator, or the simulator. `reference` told twice is carried once."""

    def send(self, *, line: Line, to: str, text: str, reference: str, at: dt.datetime) -> Tried: ...


@dataclass(frozen=True)
class HttpGateway:
    """An aggregator: POST of {to, from, text, reference} with a bearer key."""

    address: str
    key: str = field(default="", repr=False)
    sender: str = "TEDUH"

    def send(self, *, line: Line, to: str, text: str, reference: str, at: dt.datetime) -> Tried:
        """What became of it. Raises `wire.Silent` if nothing was answered."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"}
        said = request(to=to, text=text, reference=reference, sender=self.sender)
        return read(line.post(self.address, said, headers, at=at))


def request(*, to: str, text: str, reference: str, sender: str) -> bytes:
    """What an aggregator is asked."""
    return json.dumps({"to": to, "from": sender, "text": text, "reference": reference}).encode()


def read(reply: Reply) -> Tried:
    """What an answer means: 2xx is taken, 409 was taken before; a number that cannot be reached is final."""
    if reply.status == 409:
        return Tried("sent", "repeated")
    word = _word(reply.body)
    if 200 <= reply.status < 300:
        return Tried("failed", "garbage") if word is None else Tried("sent")
    if word in FINAL:
        return Tried("given_up", word)
    return Tried("failed", f"http_{reply.status}", reply.wait)


def _word(body: bytes) -> str | None:
    """The answer's `error`, or nothing; None if it is no such answer."""
    try:
        said = json.loads(body)
        return str(said.get("error") or "")
    except (ValueError, AttributeError, RecursionError):
        return None


def send(one: InHand, *, gateway: Gateway, line: Line, at: dt.datetime) -> Tried:
    """One delivery by SMS."""
    if not one.phone:
        return Tried("given_up", "no_number")
    said = text(one.title.id, has_inbox=one.has_inbox)
    return gateway.send(line=line, to=one.phone, text=said, reference=one.reference, at=at)


def from_settings(name: str) -> Gateway:
    """`simulator`, or an aggregator's address whose key is in TEDUH_SMS_KEY and whose sender in TEDUH_SMS_SENDER."""
    if name == "simulator":
        from teduh.outreach import sms_simulator

        return sms_simulator.IN_PROCESS
    return HttpGateway(name, os.environ.get("TEDUH_SMS_KEY", ""), os.environ.get("TEDUH_SMS_SENDER", "TEDUH"))
