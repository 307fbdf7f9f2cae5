"""What a placement abroad has to pay next, stage by stage. Pure: what happened in, amounts with articles and notes out.

Before departure and for the agreement (Permenaker 4/2023 Pasal 18), for each month it is extended (Pasal 20), and
months of voluntary savings. Where the law as held has no fee, it says so instead of guessing one.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from teduh.contributions.assessing import Assessed, Owed
from teduh.contributions.models import Stage
from teduh.core.text import Text
from teduh.law import assessment, migrant_periods
from teduh.law import placements as law
from teduh.law.facts import Migrant
from teduh.law.messages import Note, RulebookError
from teduh.law.months import Month

A_DAY = dt.timedelta(days=1)
MOST_SAVINGS = 24
#: In this order money settles a bill of placements.
STAGES = (Stage.BEFORE, Stage.DURING, Stage.EXTENSION, Stage.SAVINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An agreement as it counts for fees: `last` is its real last day."""

    id: int
    kind: str
    starts: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A placement as it counts for fees; `settled` is what is paid: (stage, agreement, paid until)."""

    placement: int
    person: int
    route: str
    abroad: bool
    departed_on: dt.date | None
    savings_monthly: int
    agreements: tuple[Agreed, ...]
    settled: tuple[tuple[str, int | None, dt.date | None], ...]

    @property
    def paid_until(self) -> dt.date | None:
        """The last day for which fees of the work are paid."""
        return max(
            (until for stage, _, until in self.settled if until and stage in ("during", "extension")), default=None
        )

    def has_paid(self, stage: str, agreement: int | None = None) -> bool:
        return any(s == stage and (agreement is None or a == agreement) for s, a, _ in self.settled)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """One stage of one placement: whole rupiah for so many months until a day, with its assessment and notes."""

    placement: int
    person: int
    stage: str
    agreement: int | None
    months: int
    until: dt.date | None
    amount: int
    articles: tuple[str, ...]
    notes: tuple[Note, ...]
    assessed: Assessed


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFee:
    """A stage for which the law as held names no fee: what, why, and what to do next."""

    placement: int
    stage: str
    code: str
    what: Text
    why: Text
    then: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What is to be paid next, and what could not be priced."""

    lines: tuple[QuoteLine, ...]
    refused: tuple[NoFee, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Step:
    """A stage to be priced, before the law is asked."""

    stage: str
    agreement: int | None
    months: int
    until: dt.date | None


def quote(
    *, placed: Iterable[Placed], on: dt.date, stages: Collection[str] | None = None, savings_months: int = 0
) -> Quote:
    """What these placements have to pay next on this day: all stages that are open, or only the named ones."""
    lines: list[QuoteLine] = []
    refused: list[NoFee] = []
    for one in placed:
        for step in _steps(one, on, savings_months):
            if stages is not None and step.stage not in stages:
                continue
            try:
                lines.append(_line(one, step, on))
            except RulebookError as error:
                refused.append(_no_fee(one, step, error))
    return Quote(lines=tuple(lines), refused=tuple(refused))


def _steps(one: Placed, on: dt.date, savings_months: int) -> Iterator[_Step]:
    """What is open, in the order of time."""
    left = one.abroad or one.departed_on is not None
    if one.route == "implementer" and not left and not one.has_paid("before"):
        yield _Step("before", None, 0, None)
    until = one.paid_until
    working = [agreed for agreed in one.agreements if agreed.last >= on]
    if until is None and working:
        # nothing is paid yet: who has not left pays for the whole agreement, who is abroad for what is left of it
        first = working[0]
        starts = max(first.starts, on) if left else first.starts
        yield _Step("during", first.id, law.months_of(starts, first.last), first.last)
        until, working = first.last, working[1:]
    for agreed in working:
        if until is None or agreed.last <= until:
            continue
        starts = max(until + A_DAY, agreed.starts if agreed.kind == "move" else until + A_DAY)
        starts = starts if on <= _return_month(until) else max(starts, on)
        yield _Step("extension", agreed.id, law.months_of(starts, agreed.last), agreed.last)
        until = agreed.last
    if savings_months and one.savings_monthly:
        yield _Step("savings", None, min(savings_months, MOST_SAVINGS), None)


def _return_month(until: dt.date) -> dt.date:
    """A renewal paid by this day leaves no gap."""
    try:
        return migrant_periods.during(contract_end=until).until or until
    except RulebookError:
        return until


def _line(one: Placed, step: _Step, on: dt.date) -> QuoteLine:
    assessed, notes = _assessed(_facts(one, step), on)
    times = step.months if step.stage == "savings" else 1
    articles = tuple(dict.fromkeys(article for line in assessed.lines for article in line.articles))
    if step.stage == "during" and one.abroad:
        notes = (*notes, law.ABROAD)
    if step.stage in ("during", "extension"):
        notes = (*notes, law.SAME_DAY)
    return QuoteLine(
        placement=one.placement, person=one.person, stage=step.stage, agreement=step.agreement, months=step.months,
        until=step.until, amount=assessed.total * times, articles=articles, notes=notes, assessed=assessed,
    )  # fmt: skip


def _facts(one: Placed, step: _Step) -> Migrant:
    route = one.route
    if step.stage == "before":
        return Migrant(route=route, stage="before")  # type: ignore[arg-type]
    if step.stage == "during":
        return Migrant(route=route, stage="during", contract_months=step.months)  # type: ignore[arg-type]
    if step.stage == "extension":
        return Migrant(route=route, stage="extension", extension_months=step.months)  # type: ignore[arg-type]
    return Migrant(route="individual", stage="before", jht_monthly=one.savings_monthly)


@functools.lru_cache(maxsize=10_000)
def _assessed(facts: Migrant, on: dt.date) -> tuple[Assessed, tuple[Note, ...]]:
    """The law's assessment in the form that is stored, and its notes. `RulebookError` where it has no answer."""
    month = Month.of(on)
    found = assessment.assess(facts, month=month, on=on)
    plain = {"segment": facts.segment, **dict(zip(_NAMES, _values(facts), strict=True))}
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(f"{text}\0{on}\0{found.rulebook}".encode()).digest()
    stored = Assessed(
        digest=digest, month=month, facts=text, result=json.dumps(found.as_dict(), separators=(",", ":")),
        rulebook=found.rulebook,
        lines=tuple(Owed(line.programme, line.amount, line.articles) for line in found.lines if line.amount),
    )  # fmt: skip
    return stored, tuple(found.notes)


_NAMES = ("route", "stage", "contract_months", "extension_months", "jht_monthly")


def _values(facts: Migrant) -> tuple[object, ...]:
    return tuple(getattr(facts, name) for name in _NAMES)


def _no_fee(one: Placed, step: _Step, error: RulebookError) -> NoFee:
    return NoFee(
        placement=one.placement, stage=step.stage, code=error.code, what=Text(error.what.id, error.what.en),
        why=Text(error.why.id, error.why.en), then=Text(error.next.id, error.next.en),
    )  # fmt: skip
