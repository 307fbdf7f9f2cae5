"""What is said of a row of a placement list: a code with its words, kept small, shown as sentences.

In a list that is only compared, what cannot be read is passed over: a row stops only where it names nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from teduh.core import dates
from teduh.core.text import Text
from teduh.migrants.exchange.messages import LABELS, MESSAGES
from teduh.migrants.models import ListPurpose
from teduh.registry.sheets import findings as sheets
from teduh.registry.sheets.messages import MESSAGES as SHEET

STOP, WARN, NOTE = "stop", "warn", "note"
LEVELS = {"mend": STOP, "warn": WARN, "note": NOTE}
ORDER = {STOP: 0, WARN: 1, NOTE: 2}
#: What stops a row also where lists are only compared.
NAMES_NOBODY = frozenset({"nobody"})
#: What reading says of every second cell, and nobody needs to be told.
QUIET = frozenset(
    {"date_read", "date_century", "phone_read", "phone_missing", "nik_cleaned", "place_read", "date_day_first",
     "sex_from_nik", "place_default", "destination_read", "passport_read", "date_no_column"}
)  # fmt: skip


class Finding(NamedTuple):
    """One thing to say of a row, or of the list."""

    code: str
    field: str = ""
    words: Mapping[str, str] = {}

    def severity(self, purpose: str) -> str:
        """How grave it is for what the list is for."""
        grave = MESSAGES[self.code].severity if self.code in MESSAGES else LEVELS[SHEET[self.code][0]]
        if grave == STOP and purpose == ListPurpose.COMPARE and self.code not in NAMES_NOBODY:
            return WARN
        return grave

    @property
    def text(self) -> Text:
        """What is so."""
        if self.code not in MESSAGES:
            return sheets.Finding(self.code, self.field, self.words).what
        message = MESSAGES[self.code]
        return self._filled(message.id, message.en)

    @property
    def then(self) -> Text | None:
        """What to do about it; None where nothing need be done."""
        if self.code not in MESSAGES:
            return sheets.Finding(self.code, self.field, self.words).then
        message = MESSAGES[self.code]
        return self._filled(message.then_id, message.then_en) if message.then_id else None

    def _filled(self, id_: str, en: str) -> Text:
        label = LABELS.get(self.field, Text(self.field, self.field))
        return Text(id_.format(**{"field": label.id, **self.words}), en.format(**{"field": label.en, **self.words}))

    def packed(self) -> list[Any]:
        return [self.code, self.field, dict(self.words)]


def find(code: str, field: str = "", **words: object) -> Finding:
    """A finding whose words are short and visible, whatever stood in the cell; days in full."""
    said = {name: _shown(name, word) for name, word in words.items()}
    return Finding(code, field, said)


def _shown(name: str, word: object) -> str:
    if isinstance(word, dt.date):
        return dates.day(word).id
    return sheets.shown(word, sheets.CLIP if name == "cell" else sheets.LONGER)


def unpacked(packed: list[Any]) -> Finding:
    """The finding again, from `packed()`."""
    code, field, words = packed
    return Finding(code, field, words)


def of_sheet(found: sheets.Finding) -> Finding:
    """What the reading of cells says, as said here."""
    return Finding(found.code, found.field, dict(found.words))


def worst(found: list[Finding], purpose: str) -> str:
    """The gravest of them, "" if there is none."""
    return min((one.severity(purpose) for one in found), key=ORDER.__getitem__, default="")
