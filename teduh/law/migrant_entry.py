"""Who may join as a migrant worker, before departure or from abroad: decided at entry, with what is waited for and what
the cover will not give.

Dates and codes in, reasons out; knows no persons. The departure gate asks for more (UU 18/2017 Pasal 5, 13): that is
not this question.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from teduh.law import migrant_entry_words as words
from teduh.law import migrant_terms, placements, rulebook
from teduh.law.messages import FactsError, Reason
from teduh.law.months import months_after

SCHEMES = {"agency": "implementer", "government": "implementer", "own": "individual", "company": "company"}
PAPERS = ("passport", "agreement", "placement", "visa", "permission", "competence", "health", "marriage", "family_card",
          "mission")  # fmt: skip


class Decision(NamedTuple):
    """The answer at entry. `reasons`: why, and what an officer should look at; `waits_for`: what must come before the
    fee can be paid (somebody who waits is registered, not refused); `not_covered`: to be said before payment."""

    outcome: str  # eligible, conditional, refused
    reasons: tuple[Reason, ...]
    waits_for: tuple[Reason, ...]
    not_covered: tuple[Reason, ...]


class _Facts(NamedTuple):
    route: str
    birth_date: dt.date
    abroad: bool
    agreement: placements.Agreement | None
    passport_until: dt.date | None
    papers: frozenset[str]
    on: dt.date


def route(*, scheme: str) -> str:
    """Permenaker 4/2023 Pasal 5: placed by an implementer (P3MI or government), or individual."""
    if SCHEMES.get(scheme, "company") == "company":
        raise FactsError(f"Skema “{scheme}” tidak mempunyai jalur.", f"The scheme “{scheme}” has no route.")
    return SCHEMES[scheme]


def decide(
    *,
    scheme: str,
    birth_date: dt.date,
    abroad: bool,
    agreement: placements.Agreement | None,
    passport_until: dt.date | None,
    papers: frozenset[str],
    on: dt.date,
) -> Decision:
    """Permenaker 4/2023 Pasal 4 to 8 and UU 18/2017 Pasal 5: every worker placed abroad joins JKK and JKM, before he
    leaves or from where he works; one sent by his own company does so as a wage earner at home.
    """
    if scheme not in SCHEMES:
        raise FactsError(f"Skema “{scheme}” tidak dikenal.", f"The scheme “{scheme}” is not known.")
    rulebook.in_force("pmi_before_fee", on)  # no text before 10 December 2018
    if scheme == "company":
        return Decision("refused", (migrant_terms.cited(words.COMPANY, on),), (), ())
    facts = _Facts(SCHEMES[scheme], birth_date, abroad, agreement, passport_until, frozenset(papers), on)
    no, look = _age(facts)
    waits = () if no else _waits(facts)
    look += _look(facts)
    outcome = "refused" if no else "conditional" if look or waits else "eligible"
    why = no + look or ((words.FROM_ABROAD,) if abroad else (words.BEFORE,))
    return Decision(outcome, _cited(why, on), _cited(waits, on), () if no else _not_covered(facts))


def _cited(reasons: tuple[Reason, ...], on: dt.date) -> tuple[Reason, ...]:
    return tuple(migrant_terms.cited(one, on) for one in reasons)


def _age(facts: _Facts) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """UU 18/2017 Pasal 5: whoever will leave for work must be 18; who is already abroad is not turned away."""
    years = rulebook.in_force("pmi_age", facts.on).value
    of_age = months_after(facts.birth_date, 12 * years)
    if facts.on >= of_age:
        return (), ()
    if facts.abroad:
        return (), (words.YOUNG_ABROAD,)
    leaves = max(facts.on, facts.agreement.starts) if facts.agreement else facts.on
    return ((), (words.OF_AGE_BY_THEN,)) if leaves >= of_age else ((words.TOO_YOUNG,), ())


def _waits(facts: _Facts) -> tuple[Reason, ...]:
    """What must come before anything can be paid. An implementer's people pay for the wait without an agreement."""
    needs_agreement = facts.abroad or facts.route == "individual"
    found = []
    if needs_agreement:
        if facts.agreement is None:
            found.append(words.AGREEMENT_ABROAD if facts.abroad else words.AGREEMENT)
        elif facts.agreement.last < facts.on:
            found.append(words.AGREEMENT_OVER)
        elif _months_left(facts) < _shortest(facts.on):
            found.append(words.UNDER_SIX)
    if facts.abroad and not _has_passport(facts) and "mission" not in facts.papers:
        found.append(words.IDENTITY_ABROAD)
    return tuple(found)


def _look(facts: _Facts) -> tuple[Reason, ...]:
    """What does not stop the registration, and should be looked at."""
    found = []
    one = facts.agreement
    if facts.abroad:
        found += [words.NO_PASSPORT] if not _has_passport(facts) and "mission" in facts.papers else []
    elif facts.route == "implementer":
        if one is None:
            found.append(words.AGREEMENT_LATER)
        elif one.last < facts.on:
            found.append(words.AGREEMENT_OVER)
        elif _months_left(facts) < _shortest(facts.on):
            found.append(words.UNDER_SIX)
    if not facts.abroad and not _has_passport(facts):
        found.append(words.PASSPORT_LATER)
    if facts.passport_until and facts.passport_until < facts.on:
        found.append(words.PASSPORT_OVER)
    elif facts.passport_until and one and facts.passport_until < one.last:
        found.append(words.PASSPORT_SHORT)
    return tuple(found)


def _has_passport(facts: _Facts) -> bool:
    return facts.passport_until is not None or "passport" in facts.papers


def _months_left(facts: _Facts) -> int:
    assert facts.agreement
    starts = max(facts.on, facts.agreement.starts) if facts.abroad else facts.agreement.starts
    return placements.months_of(starts, facts.agreement.last)


def _shortest(on: dt.date) -> int:
    """The shortest agreement the law names a fee for; under Permenaker 18/2018 one sum covered any."""
    packages = rulebook.in_force("pmi_package_months", on)
    return 0 if packages.neutral else int(packages.value[0])


def _not_covered(facts: _Facts) -> tuple[Reason, ...]:
    """What to say before payment: of every phase this person still has before him, each once."""
    found: dict[str, Reason] = {}
    for phase in migrant_terms.PHASES[facts.abroad :]:
        for one in migrant_terms.not_covered(phase=phase, route=facts.route, abroad=facts.abroad, on=facts.on):
            found.setdefault(one.code, one)
    return tuple(found.values())
