"""What banks tell and what we answer: notices, outcomes, and what waits. Plain values, checked when they are made."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from teduh.core.clock import JAKARTA
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.security.fields import UNSTORABLE

MOST_RUPIAH = 10**15
LONGEST = {"bank": 20, "bank_reference": 64, "code": 64}


def wrong(name: str, id_: str, en: str) -> Refused:
    """A notice or request that cannot be read."""
    again = Text("Perbaiki lalu kirim lagi; belum ada yang dibukukan.", "Mend it and send again; nothing was booked.")
    return Refused("bad_notice", Text(id_, en), then=again, status=400, field=name)


@dataclass(frozen=True, slots=True)
class Notice:
    """A bank says that `amount` whole rupiah arrived for `code` at `paid_at` (aware).

    (bank, bank_reference) is the bank's own key. Raises Refused where a part is empty, too long or no text, where the
    amount is not whole rupiah above zero, or where the moment has no time zone.
    """

    bank: str
    bank_reference: str
    code: str
    amount: int
    paid_at: dt.datetime

    def __post_init__(self) -> None:
        for name, longest in LONGEST.items():
            text = getattr(self, name)
            if (
                not isinstance(text, str)
                or not 0 < len(text.strip()) <= len(text) <= longest
                or UNSTORABLE.search(text)
            ):
                raise wrong(name, f"{name}: 1 sampai {longest} karakter.", f"{name}: 1 to {longest} characters.")
        if type(self.amount) is not int or not 0 < self.amount <= MOST_RUPIAH:
            raise wrong("amount", "Jumlah harus rupiah bulat di atas nol.", "The amount is whole rupiah above zero.")
        if not isinstance(self.paid_at, dt.datetime) or self.paid_at.tzinfo is None:
            raise wrong("paid_at", "Waktu bayar perlu zona waktu.", "The moment of payment needs a time zone.")

    @property
    def key(self) -> tuple[str, str]:
        return self.bank, self.bank_reference

    @property
    def paid_on(self) -> dt.date:
        """The day in Jakarta on which the bank took the money."""
        return self.paid_at.astimezone(JAKARTA).date()

    @property
    def digest(self) -> bytes:
        """SHA-256 of what was told: the same key with another digest is another story."""
        moment = self.paid_at.astimezone(dt.UTC).isoformat()
        return hashlib.sha256("\0".join((*self.key, self.code, str(self.amount), moment)).encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A receipt written now."""

    notice: Notice
    receipt: int
    bill: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A receipt that was there before: `same` tells a repetition from a contradiction."""

    receipt: int
    bill: int | None
    state: str
    same: bool
    amount: int
    waiting: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedBill:
    """A bill that this transaction holds."""

    id: int
    number: str
    state: str
    expires_on: dt.date
    person: int | None
    group: int | None
    employer: int | None = None
    kind: str = "contributions"
    organisation: int | None = None

    @property
    def payer(self) -> tuple[int | None, ...]:
        return self.person, self.group, self.employer, self.organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Money of a receipt that waits, and why (a `models.Reason`)."""

    receipt: int
    bill: int | None
    amount: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a notice.

    `state`: allocated (all or part settled contributions), suspense (all of it waits), repeated (told before: what
    follows is the first outcome's), conflict (the bank's key was used for something else: nothing was booked),
    reversed. `allocated` and `waiting` are whole rupiah; `protected`: person -> paid until, of those it paid for.
    """

    state: str
    receipt: int
    bill: int | None
    allocated: int
    waiting: int
    reason: str | None
    text: Text
    first: str | None = None
    protected: dict[int, dt.date] = field(default_factory=dict)
