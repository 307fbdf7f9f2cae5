"""Asking the civil registry who people are: after they joined, again while it is away, never inside a transaction."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.registry import actions, civil_registry, queries
from teduh.registry.actions import checking
from teduh.registry.civil_registry import AWAY, MISMATCH, NOT_FOUND, QUOTA, VERIFIED, Answer, CivilRegistry
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security.access import SYSTEM, Actor

FIRST_WAIT = dt.timedelta(minutes=5)
LONGEST_WAIT = dt.timedelta(hours=24)
ANSWERS = (MISMATCH, NOT_FOUND, VERIFIED)


@dataclass(frozen=True)
class Asked:
    """What a round of questions brought: how many were asked, and how many of each answer."""

    asked: int
    answers: dict[str, int]

    @property
    def is_answered(self) -> bool:
        """Whether the registry answered about anybody; otherwise there is no use in asking on now."""
        return any(word in ANSWERS for word in self.answers)


@functools.cache
def _configured(name: str) -> CivilRegistry:
    """One adapter for the process, so that its breaker remembers."""
    return civil_registry.from_settings(name)


def run_due(
    *, at: dt.datetime, limit: int = 200, persons: Sequence[int] | None = None, registry: CivilRegistry | None = None
) -> Asked:
    """Ask about everybody whose check is due, and write the answers down. Two rounds at once never ask twice."""
    registry = registry or _configured(settings.CIVIL_REGISTRY)
    with transaction.atomic():
        taken = checking.take(at=at, limit=limit, persons=persons)
    answered = [(check, registry.ask(check.question, at=at)) for check in taken]
    with transaction.atomic():
        judged = checking.store(
            answers=[(check, answer, _again(answer, check.attempt, at)) for check, answer in answered]
        )
        _record(judged)
    answers = [answer.fault or answer.state for _, answer in answered]
    return Asked(len(answers), {word: answers.count(word) for word in sorted(set(answers))})


def retry(*, on: dt.date, at: dt.datetime, limit: int = 200) -> Asked:
    """The calendar's round: whoever still waits is asked about again."""
    return run_due(at=at, limit=limit)


def verify(*, person: int, on: dt.date, at: dt.datetime, registry: CivilRegistry | None = None) -> str:
    """Ask about one person now, if a check of his is due; gives his identity afterwards."""
    run_due(at=at, limit=1, persons=[person], registry=registry)
    return _identity(person)


def ask_again(*, person: int, why: str, by: Actor, on: dt.date, at: dt.datetime) -> None:
    """An officer wants the registry to be asked anew."""
    by.require("identity")
    people.require_purpose(why)
    with transaction.atomic():
        actions.ask_again(person=person, at=at)
        security.record(by=by, action="identity.ask_again", subjects=[f"person:{person}"], why=why)


def confirm(*, person: int, why: str, by: Actor, on: dt.date, at: dt.datetime) -> None:
    """An officer has seen the papers and says which: the way on for whom the registry does not know rightly."""
    by.require("identity")
    people.require_purpose(why)
    with transaction.atomic():
        if not actions.checked_by_hand(person=person):
            raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
        security.record(by=by, action="identity.by_hand", subjects=[f"person:{person}"], why=why)


def _again(answer: Answer, attempt: int, at: dt.datetime) -> dt.datetime | None:
    """When to ask again: never after an answer, tomorrow after the quota, otherwise later each time."""
    if answer.state != AWAY:
        return None
    if answer.fault == QUOTA:
        return civil_registry.next_day(at)
    return at + min(FIRST_WAIT * 2 ** min(attempt - 1, 12), LONGEST_WAIT)


def _record(judged: dict[int, str]) -> None:
    for identity in sorted(set(judged.values())):
        subjects = [f"person:{person}" for person, judged_as in judged.items() if judged_as == identity]
        security.record(by=SYSTEM, action=f"identity.{identity}", subjects=subjects)


def _identity(person: int) -> str:
    found = queries.identity_of(person=person)
    if found is None:
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    return found
