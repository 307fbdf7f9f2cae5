"""Privacy classes: every model says of each of its fields whether it is public, personal or special.

`personal` is what tells who somebody is; `special` is what could hurt (health, family, work evidence). Masking, export
and the architecture tests read this; a field that no class names is refused by a test.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Privacy:
    """Names of a model's fields by class; what is not named is public."""

    personal: frozenset[str] = field(default_factory=frozenset)
    special: frozenset[str] = field(default_factory=frozenset)


def personal(*names: str, special: tuple[str, ...] = ()) -> Privacy:
    """`privacy = personal("name", "nik", special=("evidence",))`."""
    return Privacy(personal=frozenset(names), special=frozenset(special))


#: For tables that hold nothing about a natural person.
PUBLIC = Privacy()
