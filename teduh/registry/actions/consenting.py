"""Consents of people who join otherwise than by enrolling as self-employed: the same words, the same table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from teduh.core import sql
from teduh.registry import consents
from teduh.registry.actions import statements
from teduh.security.access import Actor


def consent(*, persons: Iterable[int], purposes: Sequence[str], channel: str, by: Actor) -> None:
    """Note that these people agreed to these purposes, in today's words. One statement, however many."""
    agreed = [{"person": person, "purposes": list(purposes)} for person in persons]
    if agreed:
        sql.run(
            statements.CONSENTS,
            {"rows": json.dumps(agreed), "version": consents.VERSION, "channel": channel, "by": by.user},
        )
