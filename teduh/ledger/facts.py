"""What is handed to the books: a move of money, and the drafts of entries that hold moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from teduh.law.months import Month


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` whole rupiah from account `credit` to account `debit`, both of one fund ("JHT:members").

    `party` is a person on members' accounts, a receipt on the collection fund's suspense accounts.
    """

    debit: str
    credit: str
    amount: int
    party: int | None = None
    month: Month | None = None
    articles: tuple[str, ...] = ()

    @property
    def fund(self) -> str:
        return self.debit.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Many moves of one kind in one entry: the same accounts, month and articles; a party and an amount for each."""

    debit: str
    credit: str
    parties: Sequence[int]
    amounts: Sequence[int]
    month: Month | None = None
    articles: tuple[str, ...] = ()

    @property
    def fund(self) -> str:
        return self.debit.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry to be booked. `reference` is the event's own key: an event told twice is booked once.

    `columns` hold what is booked for very many parties at once (the JHT of a firm's workers).
    """

    on: dt.date
    kind: str
    reference: str
    why: str
    moves: tuple[Move, ...] = ()
    columns: tuple[Column, ...] = ()
