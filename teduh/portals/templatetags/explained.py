"""The parts of an explanation of the law in the reader's language; one stored long ago reads like today's."""

from __future__ import annotations

from typing import Any

from django import template

from teduh.law import words as law
from teduh.portals.templatetags.words import language, tanggal

register = template.Library()


def _part(whole: Any, name: str) -> Any:
    return whole.get(name) if isinstance(whole, dict) else getattr(whole, name, None)


@register.filter
def sentence(step: Any) -> str:
    """What the rule's article says."""
    return str((language() == "id" and _part(step, "says_id")) or _part(step, "says") or "")


@register.filter
def inputs(step: Any) -> str:
    """What went into the rule, in words."""
    return law.inputs(_part(step, "inputs") or (), language())


@register.filter
def outcome(step: Any) -> str:
    """What came out of the rule."""
    return law.result(_part(step, "rule"), _part(step, "result"), language())


@register.filter
def valued(value: Any) -> str:
    """A value of the law with its unit: `0,24 persen`, `30 Juni 2026`."""
    if _part(value, "unit") == "date":
        return tanggal(_part(value, "value"))
    return law.amount(_part(value, "value"), _part(value, "unit") or "", language())


@register.filter
def source(value: Any) -> str:
    """Where a value was read."""
    return str((language() == "id" and _part(value, "source_id")) or _part(value, "source") or "")


@register.filter
def cited(articles: Any) -> str:
    """The articles, or whose decision it is."""
    return "; ".join(law.citation(str(article), language()) for article in articles or ())
