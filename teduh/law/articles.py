"""Every article known to us: which function puts it into words, what is administrative, what is a blind spot
and why.
"""

from __future__ import annotations

import functools
import re
import tomllib
from typing import NamedTuple

from teduh.law.messages import Message
from teduh.law.rulebook import HERE, instrument


class Article(NamedTuple):
    """One article: `state` is implemented, later, blind or administrative."""

    instrument: str
    name: str
    state: str
    by: str
    because: Message | None


@functools.cache
def articles() -> tuple[Article, ...]:
    """All articles, in the order of the file."""
    doc = tomllib.loads((HERE / "articles.toml").read_text(encoding="utf-8"))
    found: list[Article] = []
    for name, table in doc.items():
        found += [Article(name, one, "implemented", by, None) for one, by in table.get("implemented", {}).items()]
        found += [Article(name, one, "later", by, None) for one, by in table.get("later", {}).items()]
        found += [
            Article(name, one, "blind", "", Message(row["id"], row["en"]))
            for one, row in table.get("blind", {}).items()
        ]
        found += [Article(name, one, "administrative", "", None) for one in table.get("administrative", ())]
    return tuple(found)


def blind_spots() -> tuple[Article, ...]:
    """What the law as held here cannot answer."""
    return tuple(article for article in articles() if article.state == "blind")


def cited(citation: str) -> list[tuple[str, str]]:
    """The articles a citation names: `PP 44/2015 Pasal 54(2), 55(2)` is two; a bare instrument is cited
    whole.
    """
    found = []
    for part in citation.split(";"):
        name, rest = instrument(part.strip()), part.strip().removeprefix(instrument(part.strip()))
        names = re.findall(r"Lampiran(?: I{1,3})?", rest)
        for first, suffix, last in re.findall(r"(?<![(\d])(\d+)([A-Z]?)(?:\([^)]*\)[a-z]?)?(?:-(\d+)\b(?!\)))?", rest):
            numbers = range(int(first), int(last) + 1) if last else [int(first)]
            names += [f"Pasal {number}{suffix}" for number in numbers]
        found += [(name, one) for one in names or ["seluruhnya"]]
    return found
