"""A change of the law that somebody wants to look at before it is one: values beside today's, approved as a scenario.

A scenario names its title, who approved it when and why, and dated values of parameters that rules read. It changes
nothing: today's rulebook stays what it is, and everything a scenario gives says whose it is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from typing import Any, NamedTuple

from teduh.law import rulebook
from teduh.law.messages import Message, RulebookError
from teduh.law.record import Record

#: Parameters that columns read beside the record.
BESIDE = ("arrears_months", "pmi_return_months", "jp_benefit_min", "jp_benefit_max")
NEEDED = ("title_id", "title_en", "why", "approved_by", "approved_on")


class Change(NamedTuple):
    """A parameter's value from a day on, as the number that rules read; `shown` as the file gives it."""

    name: str
    since: dt.date
    number: Any
    shown: Any


class Scenario(NamedTuple):
    """An approved scenario. `digest` names its whole text."""

    title: Message
    why: str
    approved_by: str
    approved_on: dt.date
    changes: tuple[Change, ...]
    digest: str
    text: str


def _wrong(id: str, en: str) -> RulebookError:
    return RulebookError(
        "not_a_scenario",
        what=Message("Berkas skenario tidak dapat dipakai.", "The scenario file cannot be used."),
        why=Message(id, en),
        next=Message("Lihat contohnya di docs/national.md.", "See the example in docs/national.md."),
    )


def read(text: str) -> Scenario:
    """A scenario from TOML: the table `scenario`, and a table for each changed parameter with `values`.

    Raises RulebookError for a file without an approval, an unknown parameter, or a value of another shape.
    """
    try:
        doc = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(f"Bukan TOML: {error}", f"It is no TOML: {error}") from error
    head = doc.pop("scenario", {})
    missing = [name for name in NEEDED if not head.get(name)]
    if missing or not isinstance(head["approved_on"], dt.date):
        names = ", ".join(missing) or "approved_on"
        raise _wrong(f"[scenario] tanpa {names}.", f"[scenario] lacks {names}.")
    changes = tuple(change for name, table in doc.items() for change in _changes(name, table))
    if not changes:
        raise _wrong("Tidak ada nilai yang diubah.", "It changes no value.")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    title = Message(head["title_id"], head["title_en"])
    return Scenario(title, head["why"], head["approved_by"], head["approved_on"], changes, digest, text)


def _changes(name: str, table: Any) -> list[Change]:
    if name not in (*Record._fields, *BESIDE):
        raise _wrong(f"Tidak ada parameter “{name}”.", f"There is no parameter “{name}”.")
    like = rulebook.values(name)[-1]
    rows = table.get("values") if isinstance(table, dict) else None
    if not isinstance(rows, list) or not rows:
        raise _wrong(f"“{name}” tanpa values.", f"“{name}” lacks values.")
    return [_change(name, row, like) for row in rows]


def _change(name: str, row: Any, like: rulebook.Value) -> Change:
    since, value = row.get("from"), row.get("value")
    try:
        number = rulebook.number(value, like.unit)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise _wrong(f"“{name}”: {error}", f"“{name}”: {error}") from error
    same = isinstance(number, tuple) == isinstance(like.number, tuple)
    if not isinstance(since, dt.date) or not same or (isinstance(number, tuple) and len(number) != len(like.number)):
        raise _wrong(f"“{name}” perlu from dan value seperti {like.value!r}.",
                     f"“{name}” needs from, and a value like {like.value!r}.")  # fmt: skip
    return Change(name, since, number, value)


def number(scenario: Scenario | None, name: str, day: dt.date) -> Any:
    """A parameter's number on a day: the scenario's where it has one by then, otherwise today's law."""
    found = [c for c in (scenario.changes if scenario else ()) if c.name == name and c.since <= day]
    return max(found, key=lambda change: change.since).number if found else rulebook.in_force(name, day).number


def record(scenario: Scenario | None, day: dt.date) -> Record:
    """Everything in force on a day, with the scenario's values in their places."""
    base = rulebook.record(day)
    changed = {c.name: number(scenario, c.name, day) for c in (scenario.changes if scenario else ())
               if c.name in Record._fields and c.since <= day}  # fmt: skip
    return base._replace(**changed)


def breaks(scenario: Scenario | None) -> list[dt.date]:
    """Each day on which a value that rules read changes."""
    days = set(rulebook.breaks()) | {change.since for change in (scenario.changes if scenario else ())}
    return sorted(day for day in days if day >= rulebook.LAW_START)
