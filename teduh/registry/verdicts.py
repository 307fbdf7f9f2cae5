"""A decision of the law as it is kept: outcome, reasons, limits, the facts it rested on, the rulebook. Names nobody."""

from __future__ import annotations

import datetime as dt
import functools
import json
from typing import Any

from teduh.law import eligibility, rulebook
from teduh.registry.facts import Newcomer


def age(birth_date: dt.date, on: dt.date) -> int:
    """Completed years; somebody born on 29 February is a year older on 1 March."""
    return on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))


def frozen(newcomer: Newcomer, verdict: eligibility.Verdict, *, on: dt.date) -> str:
    """The verdict as JSON text; the same text for all who share facts and answer."""
    facts = (
        age(newcomer.birth_date, on), newcomer.is_working, 1 + bool(newcomer.second_occupation), newcomer.citizenship,
        newcomer.programmes, newcomer.is_employer, newcomer.has_other_employer,
    )  # fmt: skip
    return _text(facts, verdict, on)


@functools.lru_cache(maxsize=4_096)
def _text(facts: tuple[Any, ...], verdict: eligibility.Verdict, on: dt.date) -> str:
    names = ("age", "is_working", "occupations", "citizenship", "programmes", "is_employer", "has_other_employer")
    return json.dumps(
        {
            "outcome": verdict.outcome,
            "because": [reason._asdict() for reason in verdict.because],
            "limits": [reason._asdict() for reason in verdict.limits],
            "on": on.isoformat(),
            "facts": dict(zip(names, facts, strict=True)),
            "rulebook": rulebook.version(),
        }
    )
