"""What is said of a cell, a row or a sheet: a code, and sentences in both languages that tell how to mend it.

A finding keeps its code and the words that fill its sentences: it is stored small and shown in either language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, NamedTuple

from teduh.core.text import Text
from teduh.registry.sheets.messages import LABELS, MESSAGES

MEND, WARN, NOTE = "mend", "warn", "note"
#: How much of a cell is quoted, and how much of anything else.
CLIP, LONGER = 60, 240


class Finding(NamedTuple):
    """One thing to say. `level`: mend (the row waits until it is), warn (look at it), note (how it was read)."""

    code: str
    field: str = ""
    words: Mapping[str, str] = {}

    @property
    def level(self) -> str:
        return MESSAGES[self.code][0]

    @property
    def what(self) -> Text:
        """What is so, and why."""
        _, id_, en, *_ = MESSAGES[self.code]
        return self._filled(id_, en)

    @property
    def then(self) -> Text | None:
        """What to do about it; None where nothing need be done."""
        _, _, _, *mend = MESSAGES[self.code]
        return self._filled(*mend) if mend else None

    @property
    def label(self) -> Text:
        """The field's name for people."""
        return LABELS.get(self.field, Text(self.field, self.field))

    def _filled(self, id_: str, en: str) -> Text:
        label = self.label
        return Text(id_.format(field=label.id, **self.words), en.format(field=label.en, **self.words))

    def packed(self) -> list[Any]:
        return [self.code, self.field, dict(self.words)]

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the code, the level and the sentences."""
        then = self.then
        return {
            "code": self.code,
            "level": self.level,
            "field": self.field,
            "what": self.what.as_dict(),
            "then": then.as_dict() if then else None,
        }


def find(code: str, field: str = "", **words: object) -> Finding:
    """A finding whose words are short and visible, whatever stood in the cell."""
    return Finding(code, field, {name: shown(word, CLIP if name == "cell" else LONGER) for name, word in words.items()})


def unpacked(packed: list[Any]) -> Finding:
    """The finding again, from `packed()`."""
    code, field, words = packed
    return Finding(code, field, words)


def shown(value: object, most: int = CLIP) -> str:
    """A cell as it can be quoted in a sentence: one visible line, not too long."""
    text = " ".join(str(value)[: 4 * most].split())
    if not text.isprintable():
        text = "".join(c if c.isprintable() and unicodedata.category(c) != "Co" else "�" for c in text)
    return text if len(text) <= most else text[: most - 1] + "…"


class Understood(NamedTuple):
    """What a cell was understood as, and what there is to say about it."""

    value: Any
    findings: tuple[Finding, ...] = ()

    @property
    def is_usable(self) -> bool:
        return not any(finding.level == MEND for finding in self.findings)


NOTHING = Understood(None)
