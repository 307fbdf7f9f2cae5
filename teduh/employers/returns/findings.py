"""What is said of a row of a wage return, or of the whole of it: kept as a code with its words, shown as sentences.

`stop`: the row cannot be filed; `warn`: look at it; `note`: how it was read or how it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from teduh.core import dates as days
from teduh.core.text import Text, rupiah
from teduh.employers.returns.labels import LABELS
from teduh.employers.returns.messages import MESSAGES
from teduh.law import wage_base
from teduh.registry.sheets import findings as sheets
from teduh.registry.sheets.messages import MESSAGES as SHEET

STOP, WARN, NOTE = "stop", "warn", "note"
LEVELS = {"mend": STOP, "warn": WARN, "note": NOTE}
#: What the law's own check of a wage says; its words are the amounts.
LAW: Mapping[str, Callable[..., wage_base.Remark]] = {
    "below_minimum": lambda base, minimum, *_: wage_base.below_minimum(base, minimum),
    "no_wage": lambda *_: wage_base.no_wage(),
    "variable_only": lambda amount, *_: wage_base.variable_only(amount),
}
LAW_LEVELS = {"below_minimum": WARN, "no_wage": STOP, "variable_only": STOP}


class Finding(NamedTuple):
    """One thing to say of row `number` (0: of the file). `words` fill its sentences."""

    number: int
    code: str
    field: str = ""
    words: Mapping[str, Any] = {}

    @property
    def severity(self) -> str:
        if self.code in LAW_LEVELS:
            return LAW_LEVELS[self.code]
        return MESSAGES[self.code].severity if self.code in MESSAGES else LEVELS[SHEET[self.code][0]]


class Said(NamedTuple):
    """A finding in words: what is so, what to do, the articles it rests on and how sure we are."""

    text: Text
    then: Text | None
    articles: tuple[str, ...]
    status: str


def said(finding: Finding) -> Said:
    """The finding's sentences."""
    if finding.code in LAW:
        return _by_law(finding)
    if finding.code not in MESSAGES:
        old = sheets.find(finding.code, finding.field, **finding.words)
        return Said(old.what, old.then, (), "")
    message = MESSAGES[finding.code]
    id_, en = _words(finding.words, "id"), _words(finding.words, "en")
    label = LABELS.get(finding.field, Text(finding.field, finding.field))
    text = Text(message.id.format(field=label.id, **id_), message.en.format(field=label.en, **en))
    then = Text(message.then_id.format(**id_), message.then_en.format(**en)) if message.then_id else None
    return Said(text, then, message.articles, message.status)


def of_sheet(number: int, found: sheets.Finding) -> Finding:
    """What the reading of sheets says, as said here."""
    return Finding(number, found.code, found.field, dict(found.words))


def _by_law(finding: Finding) -> Said:
    remark = LAW[finding.code](*finding.words.get("amounts", ()))
    text, source = Text(remark.what.id, remark.what.en), finding.words.get("source")
    if source:
        status = finding.words.get("status", "")
        sure = STATUS.get(status, Text(status, status))
        text = Text(f"{text.id} Sumber upah minimum: {source} ({sure.id}).",
                    f"{text.en} Source of the minimum wage: {source} ({sure.en}).")  # fmt: skip
    then = THEN.get(finding.code)
    return Said(text, then, remark.articles, finding.words.get("status") or remark.status)


STATUS = {
    "gazette": Text("lembaran negara", "gazette"),
    "official": Text("resmi", "official"),
    "secondary": Text("sumber kedua", "second-hand"),
    "unconfirmed": Text("belum dikonfirmasi", "unconfirmed"),
}
THEN = {
    "below_minimum": Text(
        "Bila upahnya memang kurang (misalnya masuk di tengah bulan), biarkan; bila salah ketik, perbaiki.",
        "If the wage is lower for a reason (such as starting mid-month), leave it; if mistyped, correct it.",
    ),
    "no_wage": Text(
        "Isi upahnya. Bila sudah berhenti, isi tanggal keluar dan alasannya.",
        "Fill in the wage. If the worker has left, give the last day and the reason.",
    ),
}


def _words(words: Mapping[str, Any], language: str) -> dict[str, str]:
    return {name: _word(value, language) for name, value in words.items()}


def _word(value: Any, language: str) -> str:
    if isinstance(value, Text):
        return value.id if language == "id" else value.en
    if isinstance(value, Rp):
        return rupiah(value)
    if hasattr(value, "isoformat"):
        return _word(days.day(value), language)
    return sheets.shown(value, sheets.LONGER)


class Rp(int):
    """An amount, to be shown as rupiah."""
