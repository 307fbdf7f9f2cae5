"""Marks a function as a rule of law and notes what one call did; compiling the same functions is
`compiled`'s work.

A rule is a plain function over integers that may call other rules by name. Traced, each call is noted with
its inputs and result, and each parameter read; untraced, it is ordinary Python.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Rule(NamedTuple):
    """One rule: its function, the articles it puts into words, and its name and its sentence in both languages."""

    name: str
    function: Any  # a plain Python function
    articles: tuple[str, ...]
    id: str
    en: str
    says: str  # what the article says: the docstring's first sentence
    says_id: str  # the same in Bahasa Indonesia
    kind: str  # "article", "part", "relief" or "decision"


RULES: dict[str, Rule] = {}


def rule(*articles: str, id: str, en: str, says_id: str, kind: str = "article") -> Callable[[F], F]:
    """Mark a function as a rule; the function itself stays as written.

    `says_id` is what the article says in Bahasa Indonesia; the docstring's first sentence says it in English.
    """

    def mark(function: F) -> F:
        assert isinstance(function, types.FunctionType)
        says = inspect.cleandoc(function.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        name = function.__name__
        if name in RULES and RULES[name].function.__module__ != function.__module__:
            raise ValueError(f"two rules are called {name}")
        if not (says.endswith(".") and says_id.endswith(".")):
            raise ValueError(f"{name} must say its article in one sentence: docstring and says_id, each with its stop")
        RULES[name] = Rule(name, function, articles, id, en, says, says_id, kind)
        return function

    return mark


class Call(NamedTuple):
    """One noted call of a rule."""

    rule: Rule
    depth: int
    arguments: tuple[Any, ...]
    result: Any


@dataclass(slots=True)
class Log:
    """What one traced evaluation did, in the order in which the rules were entered."""

    calls: list[Call | None] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)  # parameter -> how many rules had been entered
    depth: int = 0


_LOG: ContextVar[Log] = ContextVar("teduh_law_log")


class Reading:
    """A parameter record that notes which values are read."""

    __slots__ = ("_log", "_record")

    def __init__(self, record: Any, log: Log) -> None:
        object.__setattr__(self, "_record", record)
        object.__setattr__(self, "_log", log)

    def __getattr__(self, name: str) -> Any:
        self._log.read.setdefault(name, len(self._log.calls))
        return getattr(self._record, name)


def _noted(entry: Rule, function: types.FunctionType) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        log = _LOG.get()
        at = len(log.calls)
        log.calls.append(None)
        log.depth += 1
        try:
            result = function(*arguments)
        finally:
            log.depth -= 1
        log.calls[at] = Call(entry, log.depth, arguments, result)
        return result

    return call


_TRACED: dict[str, Callable[..., Any]] = {}


def _traced() -> dict[str, Callable[..., Any]]:
    if len(_TRACED) != len(RULES):
        spaces = []
        for entry in RULES.values():
            space = dict(entry.function.__globals__)
            copy = types.FunctionType(entry.function.__code__, space, entry.name, entry.function.__defaults__)
            _TRACED[entry.name] = _noted(entry, copy)
            spaces.append(space)
        for space in spaces:
            space.update(_TRACED)
    return _TRACED


def trace(name: str, arguments: tuple[Any, ...], record: Any) -> tuple[Any, Log]:
    """Evaluate the rule `name` with the parameters of `record`; return its result and what was done."""
    log = Log()
    token = _LOG.set(log)
    try:
        return _traced()[name](*arguments, Reading(record, log)), log
    finally:
        _LOG.reset(token)
