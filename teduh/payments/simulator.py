"""A bank that behaves as real ones do: pays, tells twice, late or wrongly, and takes money back.

It makes notices and hands them to `deliver` (page and command pass `journeys.money.pay.receive`); what was not
acknowledged stays in its outbox and is told again, as banks do. References depend on what is paid, so that a walk can
be repeated. It moves no money and knows no clock: the moment comes in.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from teduh.core.text import Text
from teduh.payments import codes, qris
from teduh.payments.facts import Notice, Outcome

Deliver = Callable[[Sequence[Notice]], Sequence[Outcome]]
Reverse = Callable[[str, str, str], Outcome]

#: What can be asked of the simulator, in the words of its page.
MISCHIEF = {
    "pay": Text("Bayar tepat", "Pay exactly"),
    "twice": Text("Bayar, diberitahukan dua kali", "Pay, told twice"),
    "again": Text("Bayar dua kali (dua transaksi)", "Pay twice (two transactions)"),
    "late": Text("Bayar setelah kode kedaluwarsa", "Pay after the code expired"),
    "too_little": Text("Kurang bayar", "Pay too little"),
    "too_much": Text("Lebih bayar", "Pay too much"),
    "wrong_code": Text("Salah ketik kode", "Mistype the code"),
    "unknown_code": Text("Kode yang tidak ada", "A code that does not exist"),
    "reverse": Text("Tarik kembali", "Take it back"),
}


@dataclass(slots=True)
class Bank:
    """One bank. `deliver` books notices and answers with outcomes; an exception means: not acknowledged, tell again."""

    name: str
    deliver: Deliver
    take_back: Reverse | None = None
    outbox: list[Notice] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)

    def notice(self, *, code: str, amount: int, at: dt.datetime) -> Notice:
        """A transaction of its own: the same payment at the same moment again is the bank's next reference."""
        story = f"{self.name}|{code}|{amount}|{at.astimezone(dt.UTC).isoformat()}"
        self.told[story] = n = self.told.get(story, 0) + 1
        digest = hashlib.sha256(f"{story}|{n}".encode()).hexdigest()[:12].upper()
        return Notice(self.name, f"{at:%Y%m%d}{digest}", code, amount, at)

    def tell(self, *notices: Notice) -> list[Outcome]:
        """Deliver what is new and what was not acknowledged before. Raises what `deliver` raises; nothing is lost."""
        self.outbox.extend(notices)
        outcomes = list(self.deliver(tuple(self.outbox)))
        self.outbox.clear()
        return outcomes

    def pay(self, *, code: str, amount: int, at: dt.datetime) -> list[Outcome]:
        """Pay this amount to this code."""
        return self.tell(self.notice(code=code, amount=amount, at=at))

    def scan(self, *, payload: str, at: dt.datetime) -> list[Outcome]:
        """Pay what a QRIS payload of the simulator asks for. Raises qris.NotQris."""
        asked = qris.parse(payload)
        if asked.acquirer != qris.ACQUIRER or asked.amount is None:
            raise qris.NotQris("this QR belongs to another acquirer")
        return self.pay(code=asked.reference, amount=asked.amount, at=at)

    def pay_twice(self, *, code: str, amount: int, at: dt.datetime) -> list[Outcome]:
        """One transaction, told twice."""
        notice = self.notice(code=code, amount=amount, at=at)
        return [*self.tell(notice), *self.tell(notice)]

    def pay_again(self, *, code: str, amount: int, at: dt.datetime) -> list[Outcome]:
        """Two transactions for the same bill."""
        return [*self.pay(code=code, amount=amount, at=at), *self.pay(code=code, amount=amount, at=at)]

    def pay_late(self, *, code: str, amount: int, expires_on: dt.date, days: int, at: dt.datetime) -> list[Outcome]:
        """Pay `days` after the code's last day; `at` gives the hour and the zone."""
        day = expires_on + dt.timedelta(days=days)
        return self.pay(code=code, amount=amount, at=at.replace(year=day.year, month=day.month, day=day.day))

    def too_little(self, *, code: str, amount: int, short: int, at: dt.datetime) -> list[Outcome]:
        """Pay `short` less than asked, but something."""
        return self.pay(code=code, amount=max(1, amount - short), at=at)

    def too_much(self, *, code: str, amount: int, extra: int, at: dt.datetime) -> list[Outcome]:
        """Pay `extra` more than asked."""
        return self.pay(code=code, amount=amount + extra, at=at)

    def wrong_code(self, *, code: str, amount: int, at: dt.datetime) -> list[Outcome]:
        """Swap two digits: the check digit makes sure that it is nobody's code."""
        digits = codes.normal(code)
        i = next((i for i in range(len(digits) - 2, 0, -1) if digits[i] != digits[i + 1]), 0)
        return self.pay(code=digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], amount=amount, at=at)

    def unknown_code(self, *, amount: int, at: dt.datetime) -> list[Outcome]:
        """A well-formed code that was never given out: the last serial there is."""
        return self.pay(code=codes.code(10**codes.SERIAL - 1), amount=amount, at=at)

    def contradict(self, *, notice: Notice, amount: int) -> list[Outcome]:
        """Tell the same reference with another amount."""
        return self.tell(replace(notice, amount=amount))

    def reverse(self, *, bank_reference: str) -> Outcome:
        """Take a payment back, under a reference that belongs to it."""
        if self.take_back is None:
            raise ValueError("this bank was not told how to take money back")
        return self.take_back(self.name, bank_reference, f"R{bank_reference}"[:64])
