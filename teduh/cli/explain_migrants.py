"""`teduh explain pmi-cover` and `pmi-event`: what a migrant worker's cover gives in a phase, and what an event gives.

Needs no database and no settings. What is unconfirmed says so; what no text gives is refused with its reason.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

import click

from teduh.cli.trace import WORDS
from teduh.law import migrant_benefits, migrant_terms
from teduh.law.migrant_benefits import EVENTS, LEVELS, NOT_FOUND, WAYS, Happening
from teduh.law.migrant_benefits_words import EXCLUDED
from teduh.law.words import number

HEADS = {
    "id": {"gives": "Yang dijamin", "not": "Yang tidak dijamin", "notes": "Perlu diketahui", "none": "tidak diberikan"},
    "en": {
        "gives": "What it gives",
        "not": "What it does not give",
        "notes": "To be known",
        "none": "nothing is given",
    },
}
#: Events as people name them; those inside a phase are found by it.
NAMES = sorted({*EVENTS, *NOT_FOUND} - {"death_outside", "death_accident_outside", "total_disability_2018"})


def cover(*, phase: str, route: str, abroad: bool, on: dt.date, lang: str, as_json: bool) -> str:
    """What the cover of this phase gives and does not give, as text or JSON."""
    gives = migrant_terms.covered(phase=phase, route=route, on=on)
    lacks = migrant_terms.not_covered(phase=phase, route=route, abroad=abroad, on=on)
    if as_json:
        return _json({"covered": [_plain(one) for one in gives], "not_covered": [_plain(one) for one in lacks]})
    heads, words = HEADS[lang], WORDS[lang]
    lines = [heads["gives"]]
    for one in gives:
        lines.append(f"  {getattr(one.name, lang)}: {getattr(one.amount, lang)} [{words[one.status]}]")
        lines += [f"    {getattr(one.note, lang)}"] if one.note else []
    lines += ["", heads["not"], *(f"  {getattr(one, lang)} [{words[one.status]}]" for one in lacks)]
    return "\n".join(lines)


def event(*, facts: Happening, lang: str, as_json: bool) -> str:
    """What this event gives, part by part, as text or JSON. Raises RulebookError where no text gives it."""
    found = migrant_benefits.given(facts)
    if as_json:
        return _json(_plain(found) | {"values": [value.as_dict() for value in found.values]})
    heads, words = HEADS[lang], WORDS[lang]
    lines = [f"Rp{number(found.total, lang)} [{words[found.status]}]" if found.entitled else heads["none"]]
    lines += [f"  {getattr(part.name, lang)}: Rp{number(part.amount, lang)}" for part in found.parts]
    lines += [f"  {getattr(reason, lang)}" for reason in found.because]
    lines.append(f"  {'; '.join(found.articles)}")
    if found.notes:
        lines += ["", heads["notes"], *(f"  {getattr(note, lang)} [{words[note.status]}]" for note in found.notes)]
    return "\n".join(lines)


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _plain(one) for key, one in value._asdict().items()}
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value.isoformat() if isinstance(value, dt.date) else value
    return [_plain(one) for one in value]


def _json(found: Any) -> str:
    return json.dumps(found, indent=2, ensure_ascii=False, default=str)


PHASE = click.Choice(list(migrant_terms.PHASES))
EVENT, WAY, LEVEL, CAUSE = (click.Choice(list(one)) for one in (NAMES, WAYS, LEVELS, EXCLUDED))
