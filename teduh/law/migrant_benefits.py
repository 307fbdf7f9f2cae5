"""What a migrant worker (PMI) or the heirs are given for one event: amounts with their articles, and how sure they are.

Facts in, an answer with its reasons out; where no text held names the amount, the question is refused with what is
missing (`RulebookError`), never guessed. `benefits.migrant` holds the rules, the parameters the sums and limits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from teduh.law import migrant_benefits_words as words
from teduh.law import rulebook
from teduh.law.benefits import migrant as rules
from teduh.law.messages import FactsError, Message, Note, Reason, RulebookError
from teduh.law.migrant_terms import NEW_LAW, PHASES, weakest

LEVELS = ("kindergarten", "primary", "junior_high", "senior_high", "higher")
WAYS = ("land", "sea", "air")


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a migrant worker. Costs are what was really paid; `percentage` is in hundredths of a per cent.

    `excluded` is a cause that the regulation leaves out: a key of `words.EXCLUDED`, or empty.
    """

    event: str
    on: dt.date
    phase: str = ""
    own_fault: bool = False
    excluded: str = ""
    cost: int = 0
    insured: int = 0
    transport_cost: int = 0
    way: str = "land"
    months: int = 0
    service_months: int = 0
    percentage: int = 0
    level: str = "primary"
    children: int = 1
    cases: int = 1


class Part(NamedTuple):
    """One sum of the answer."""

    code: str  # cash, transport, refund, death, periodic, funeral, scholarship
    name: Message
    amount: int


class Given(NamedTuple):
    """What is given: parts and total, why not where nothing is, the values read, the notes and the weakest status."""

    event: str
    phase: str
    entitled: bool
    parts: tuple[Part, ...]
    total: int
    because: tuple[Reason, ...]
    articles: tuple[str, ...]
    values: tuple[rulebook.Value, ...]
    notes: tuple[Note, ...]
    status: str


class _Event(NamedTuple):
    """How one event is reckoned: its phases, articles, and what turns facts and values into parts."""

    phases: tuple[str, ...]
    articles: tuple[str, ...]
    values: tuple[str, ...]
    parts: Callable[[Happening, list[int]], tuple[tuple[str, int], ...]]
    blameless: bool = False  # nothing is given for what was one's own fault or wish


def _refund(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("refund", rules.pmi_up_to(facts.cost, read[0])),)


def _sum(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("cash", rules.pmi_blameless(read[0], facts.own_fault)),)


def _sum_and_way(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    way = rules.pmi_blameless(rules.pmi_up_to(facts.transport_cost, read[1]), facts.own_fault)
    return (("cash", rules.pmi_blameless(read[0], facts.own_fault)), ("transport", way))


def _abroad(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("refund", rules.pmi_treatment_excess(facts.cost, facts.insured, read[0])),)


def _moved(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    most: tuple[int, ...] = read[0]  # type: ignore[assignment]
    return (("transport", rules.pmi_up_to(facts.transport_cost or facts.cost, most[WAYS.index(facts.way)])),)


def _partial(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("cash", rules.pmi_partial_disability(facts.percentage, read[0])),)


def _total(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("cash", read[0]), ("periodic", read[1]))


def _death_outside(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("death", read[0]), ("periodic", read[1]), ("funeral", read[2]))


def _death(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    return (("death", read[0]),)


def _dismissed(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    tiers: list[tuple[int, ...]] = read[:2]  # type: ignore[assignment]
    if facts.service_months >= read[2] and not facts.excluded:
        raise words.refused("dismissed_accident_long")
    return (("cash", rules.pmi_dismissed_cash(facts.service_months, bool(facts.excluded), *tiers)),)


def _scholarship(facts: Happening, read: list[int]) -> tuple[tuple[str, int], ...]:
    per_year: tuple[int, ...] = read[0]  # type: ignore[assignment]
    row = LEVELS.index(facts.level)
    return (("scholarship", rules.pmi_scholarship_year(row, facts.children, read[2], per_year)),)


_A, _B = "Permenaker 4/2023 Pasal 27(1)", "Permenaker 4/2023 Pasal 34(1)"
_DURING, _OUTSIDE = ("during",), ("before", "after")
EVENTS: dict[str, _Event] = {
    "failed_to_depart": _Event(("before",), (f"{_A}g", "Permenaker 4/2023 Pasal 27(3)"), ("pmi_failed_to_depart",),
                               _sum, True),
    "failed_placement": _Event(_DURING, (f"{_B}d",), ("pmi_failed_placement", "pmi_failed_placement_transport"),
                               _sum_and_way, True),
    "misplaced": _Event(_DURING, (f"{_B}e",), ("pmi_misplaced", "pmi_misplaced_transport"), _sum_and_way, True),
    "rape": _Event(PHASES, (f"{_A}i", f"{_B}k"), ("pmi_rape",), _sum),
    "dismissed": _Event(_DURING, (f"{_B}m",), ("pmi_dismissed",), _sum, True),
    "dismissed_accident": _Event(_DURING, (f"{_B}l",),
                                 ("pmi_dismissed_accident_months", "pmi_dismissed_accident",
                                  "pmi_dismissed_accident_end"), _dismissed),
    "treatment_abroad": _Event(_DURING, ("Permenaker 4/2023 Pasal 30", "Permenaker 4/2023 Pasal 50(2)"),
                               ("pmi_treatment_abroad",), _abroad),
    "home_care": _Event(PHASES, ("Permenaker 4/2023 Pasal 25", "Permenaker 4/2023 Pasal 30"),
                        ("pmi_home_care", "pmi_home_care_months"), _refund),
    "hearing_aid": _Event(PHASES, (f"{_A}f", f"{_B}j"), ("pmi_hearing_aid",), _refund),
    "glasses": _Event(PHASES, (f"{_A}f", f"{_B}j"), ("pmi_glasses",), _refund),
    "dentures": _Event(PHASES, (f"{_A}f", f"{_B}j"), ("pmi_dentures",), _refund),
    "transport": _Event(_OUTSIDE, (f"{_A}a",), ("pmi_transport",), _moved),
    "repatriation": _Event(_DURING, (f"{_B}c",), ("pmi_repatriation",), _refund),
    "repatriation_accident": _Event(_DURING, (f"{_B}b",), ("pmi_repatriation_accident",), _refund),
    "loss_on_the_way": _Event(("after",), (f"{_A}h",), ("pmi_loss_on_the_way",), _refund),
    "partial_disability": _Event(PHASES, (f"{_A}b", f"{_B}f"), ("pmi_partial_disability",), _partial),
    "total_disability": _Event(PHASES, (f"{_A}b", f"{_A}d", f"{_B}f", f"{_B}h"),
                               ("pmi_total_disability", "pmi_periodic"), _total),
    "total_disability_2018": _Event(PHASES, ("Permenaker 18/2018",), ("pmi_total_disability",), _sum),
    "death_accident": _Event(_DURING, (f"{_B}g",), ("pmi_death_accident",), _death),
    "death": _Event(_DURING, ("Permenaker 4/2023 Lampiran",), ("pmi_death_during",), _death),
    "death_outside": _Event(_OUTSIDE, ("Permenaker 4/2023 Lampiran",),
                            ("pmi_death_outside", "pmi_death_outside_periodic", "pmi_death_outside_funeral"),
                            _death_outside),
    "scholarship": _Event(PHASES, (f"{_A}j",),
                          ("pmi_scholarship", "pmi_scholarship_years", "pmi_scholarship_children"), _scholarship),
}  # fmt: skip
#: In the regulation's list or named by the press, but without an amount anywhere: always refused.
NOT_FOUND = ("transport_abroad", "rehabilitation", "death_accident_outside", "body_home", "legal_aid", "companion")


def given(facts: Happening) -> Given:
    """Permenaker 4/2023 Pasal 25 to 34: what is given for an event of a phase on a day, if the person was covered."""
    event = _named(facts)
    if event in NOT_FOUND:
        raise words.refused(event)
    kind = EVENTS[event]
    phase = facts.phase or kind.phases[0]
    rulebook.in_force("pmi_before_fee", facts.on)  # no text before 10 December 2018
    articles = kind.articles if facts.on >= NEW_LAW else ("Permenaker 18/2018",)
    if no := _refusals(facts, event, kind, phase):
        return Given(event, phase, False, (), 0, no, articles, (), (), no[0].status)
    values = _values(event, kind, facts.on)
    if any(value.neutral for value in values):
        why = (words.NEW_IN_2023,)
        return Given(event, phase, False, (), 0, why, articles, tuple(values), (), why[0].status)
    found = kind.parts(facts, [value.number for value in values])
    parts = tuple(Part(code, words.PARTS[code], amount) for code, amount in found)
    notes = tuple(dict.fromkeys(value.note for value in values if value.note)) + _notes(facts, event, values)
    status = max([weakest(values), *(note.status for note in notes)], key=rulebook.STATUSES.index)
    total = sum(part.amount for part in parts)
    return Given(event, phase, total > 0, parts, total, (), articles, tuple(values), notes, status)


def _named(facts: Happening) -> str:
    """Deaths are reckoned by phase; whatever is not an event is said to be none."""
    event = facts.event
    if event == "death" and facts.phase in _OUTSIDE:
        event = "death_outside"
    if event.startswith("total_disability"):
        event = "total_disability" if facts.on >= NEW_LAW else "total_disability_2018"
    if event == "death_accident" and facts.phase in _OUTSIDE:
        event = "death_accident_outside"
    if event not in EVENTS and event not in NOT_FOUND:
        raise FactsError(f"Kejadian “{event}” tidak dikenal.", f"The event “{event}” is not known.")
    if facts.phase and facts.phase not in PHASES:
        raise FactsError(f"Tahap “{facts.phase}” tidak dikenal.", f"The phase “{facts.phase}” is not known.")
    if facts.way not in WAYS or facts.level not in LEVELS or (facts.excluded and facts.excluded not in words.EXCLUDED):
        raise FactsError("Angkutan, jenjang, atau sebab tidak dikenal.", "The way, level or cause is not known.")
    return event


def _refusals(facts: Happening, event: str, kind: _Event, phase: str) -> tuple[Reason, ...]:
    found = [words.OTHER_PHASE] if phase not in kind.phases else []
    found += [words.OWN_FAULT] if kind.blameless and facts.own_fault else []
    if event in words.EXCLUDED_FROM and facts.excluded in words.EXCLUDED_FROM[event]:
        found.append(words.EXCLUDED[facts.excluded])
    return tuple(found)


def _values(event: str, kind: _Event, on: dt.date) -> list[rulebook.Value]:
    try:
        return [rulebook.in_force(name, on) for name in kind.values]
    except RulebookError as error:
        raise words.refused(event if on >= NEW_LAW else f"{event}_old", error) from error


def _notes(facts: Happening, event: str, values: list[rulebook.Value]) -> tuple[Note, ...]:
    if event == "home_care" and facts.months > values[1].number:
        return (words.OVER_A_YEAR,)
    if event == "total_disability_2018":
        return (words.PERIODIC_UNKNOWN,)
    if event == "dismissed_accident" and facts.service_months < values[0].number[0]:
        return (words.UNDER_THREE_MONTHS,)
    return ()
