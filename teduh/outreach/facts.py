"""What goes in and out of `outreach`: something to be told, a delivery in hand, and what came of trying."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field

from teduh.core.text import Text
from teduh.security.fields import UNSTORABLE

#: A title is read over somebody's shoulder and goes into an SMS: no amount, no NIK.
TELLS_TOO_MUCH = re.compile(r"\bRp\s?\d|\bIDR\s?\d|\d{16}")
KIND = re.compile(r"[a-z][a-z_]*(\.[a-z_]+)*")
LINK = re.compile(r"(/[A-Za-z0-9._~?=&%-][A-Za-z0-9._~?=&%/-]*|/)?", re.ASCII)
LONGEST_TITLE, LONGEST_BODY = 80, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Something to be told. The title alone goes to lock screens and into SMS, so it names no amount and no number;
    the body may. `link` is a page of ours; `key` makes saying it again harmless. Who is not on record has no `person`
    and gets the title by SMS at `phone`; he has no inbox."""

    person: int | None
    kind: str
    title: Text
    body: Text
    link: str
    key: str
    phone: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if (self.person is None) == (not self.phone):
            raise ValueError(f"something is told to a person or to a phone, to one of both ({self.kind})")
        for title in (self.title.id, self.title.en):
            if not 1 <= len(title) <= LONGEST_TITLE or TELLS_TOO_MUCH.search(title):
                raise ValueError(
                    f"a title has 1 to {LONGEST_TITLE} characters and names no amount or NIK ({self.kind})"
                )
        if max(len(self.body.id), len(self.body.en)) > LONGEST_BODY:
            raise ValueError(f"a body has at most {LONGEST_BODY} characters ({self.kind})")
        if len(self.kind) > 40 or not KIND.fullmatch(self.kind):
            raise ValueError(f"a kind is a slug such as wage.reported, not {self.kind!r}")
        if len(self.link) > 200 or not LINK.fullmatch(self.link):
            raise ValueError(f"a link is the address of a page of ours, not {self.link!r}")
        if not 1 <= len(self.key) <= 120 or UNSTORABLE.search(self.key):
            raise ValueError("a key has 1 to 120 characters")

    @property
    def words(self) -> str:
        """Title and body as they are kept."""
        said = [UNSTORABLE.sub("", part) for part in (self.title.id, self.title.en, self.body.id, self.body.en)]
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def read_words(kept: str) -> tuple[Text, Text]:
    """Title and body again."""
    title_id, title_en, body_id, body_en = json.loads(kept)
    return Text(title_id, title_en), Text(body_id, body_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """Where a push goes, and the keys that only this device can read with."""

    subscription: int
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """A delivery that is being tried for the `attempts`-th time."""

    delivery: int
    message: int
    channel: str
    attempts: int
    title: Text
    body: Text
    reference: str
    language: str
    show_amounts: bool
    phone: str | None
    device: Device | None
    has_inbox: bool = True


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of an attempt: `sent`, `failed` (again, not before `wait`), `given_up`; `resting` was no attempt."""

    state: str
    error: str = ""
    wait: dt.timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """How somebody wants to be told."""

    push: bool
    sms: str
    quiet_from: dt.time
    quiet_until: dt.time
    zone: str
    show_amounts: bool
