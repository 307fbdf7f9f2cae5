"""What the law says one set of facts owes for one month, in the form that is stored and shown. Knows no person."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.law import assessment
from teduh.law.facts import SelfEmployed, relief_sector
from teduh.law.messages import RulebookError
from teduh.law.months import Month


@dataclass(frozen=True, slots=True)
class Owed:
    """One line that the participant pays: whole rupiah, and the articles it rests on."""

    programme: str
    amount: int
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessed:
    """An assessment ready to be stored: `digest` names its facts, month and rulebook."""

    digest: bytes
    month: Month
    facts: str
    result: str
    rulebook: str
    lines: tuple[Owed, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


def facts_of(*, income: int, sector: str, programmes: tuple[str, ...], paid_by_government: bool) -> SelfEmployed:
    """The law's facts of an enrolment; the law tells transport from all other sectors."""
    return SelfEmployed(
        income=income,
        sector=relief_sector(sector),
        programmes=programmes,
        paid_by_government=paid_by_government,
    )


@functools.lru_cache(maxsize=20_000)
def assessed(facts: SelfEmployed, month: Month) -> Assessed:
    """The assessment of one month, by that month's law. Refused where the law as held has no answer."""
    try:
        found = assessment.assess(facts, month=month)
    except RulebookError as error:
        raise refused(error) from error
    plain = _facts(facts)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(f"{text}\0{month}\0{found.rulebook}".encode()).digest()
    return Assessed(
        digest=digest,
        month=month,
        facts=text,
        result=json.dumps(found.as_dict(), separators=(",", ":")),
        rulebook=found.rulebook,
        lines=tuple(
            Owed(line.programme, line.amount, line.articles)
            for line in found.lines
            if line.payer == "participant" and line.amount
        ),
    )


def _facts(facts: SelfEmployed) -> dict[str, Any]:
    return {
        "segment": facts.segment,
        "income": facts.income,
        "sector": facts.sector,
        "programmes": list(facts.programmes),
        "paid_by_government": facts.paid_by_government,
    }


def refused(error: RulebookError) -> Refused:
    """The law's own words as a refusal."""
    return Refused(
        error.code,
        Text(error.what.id, error.what.en),
        why=Text(error.why.id, error.why.en),
        then=Text(error.next.id, error.next.en),
    )
