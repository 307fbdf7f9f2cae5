"""Writing down who did or read what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from teduh.security.access import Actor
from teduh.security.models import Event


def record(
    *,
    by: Actor,
    action: str,
    subjects: Iterable[str] = ("",),
    why: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one audit row per subject (`person:42`), in one statement. Reads of personal data are recorded this way too.

    `detail` never holds a NIK, a name or a phone number: only what was done.
    """
    Event.objects.bulk_create(
        [
            Event(
                actor=by.user, actor_name=by.name, role=by.role, action=action, subject=subject, why=why[:200],
                detail=dict(detail or {}),
            )
            for subject in subjects
        ],
        batch_size=5_000,
    )  # fmt: skip
