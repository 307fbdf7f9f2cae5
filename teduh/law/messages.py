"""What the law says to a person, always in Bahasa Indonesia (`id`) and English (`en`)."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """One sentence in both languages."""

    id: str
    en: str


class Note(NamedTuple):
    """A point to show with a result: what is unconfirmed, conflicting or easily misread."""

    code: str
    id: str
    en: str
    articles: tuple[str, ...]
    status: str


class Reason(NamedTuple):
    """Why something is so, with its articles and how sure we are."""

    code: str
    id: str
    en: str
    articles: tuple[str, ...]
    status: str


class FactsError(ValueError):
    """Facts that cannot be, or do not fit together; said in both languages."""

    def __init__(self, id: str, en: str) -> None:
        self.id, self.en = id, en
        super().__init__(en)


class RulebookError(ValueError):
    """A question the law as held here does not answer: what, why, and what to do next, in both languages."""

    def __init__(self, code: str, *, what: Message, why: Message, next: Message) -> None:
        self.code, self.what, self.why, self.next = code, what, why, next
        self.id = " ".join(m.id for m in (what, why, next))
        self.en = " ".join(m.en for m in (what, why, next))
        super().__init__(self.en)
