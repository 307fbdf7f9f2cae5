"""Places at a firm that wait for whoever brings their code. The code itself is nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from teduh.employers import access
from teduh.employers.models.firms import Invitation
from teduh.security import masking
from teduh.security.access import Actor

MOST = 100


@dataclass(frozen=True)
class InvitationRow:
    """A place that waits: in which role, who gave its code, and until when it opens."""

    id: int
    role: str
    given_by: str
    given_at: dt.datetime
    expires_at: dt.datetime


def invitations(*, by: Actor, employer: int, at: dt.datetime, why: str = "") -> tuple[InvitationRow, ...]:
    """What this firm gave out and nobody used yet, the newest first; for whoever manages it."""
    access.require(by=by, employer=employer, what="manage", why=why)
    rows = Invitation.objects.filter(employer=employer, spent_at=None, expires_at__gt=at).select_related("by")
    return tuple(
        InvitationRow(
            row.id, row.role, masking.name(row.by.get_full_name()) if row.by else "", row.given_at, row.expires_at
        )
        for row in rows.order_by("-id")[:MOST]
    )
