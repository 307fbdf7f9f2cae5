"""Questions to the audit: who read or changed something, and what somebody did."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from teduh.core.text import Text
from teduh.security.access import Actor
from teduh.security.models import Event, Role, User

MOST = 500
#: How actions end that only look.
LOOKING = ("read", "found", "listed", "exported")
ROLES: dict[str, Text] = {
    Role.MEMBER: Text("Peserta", "Member"),
    Role.AGENT: Text("Agen", "Agent"),
    Role.OFFICER: Text("Petugas", "Officer"),
    Role.EMPLOYER: Text("Pemberi kerja", "Employer"),
    Role.INSPECTOR: Text("Pengawas", "Inspector"),
    Role.AUDITOR: Text("Auditor", "Auditor"),
    Role.OPERATOR: Text("Operator", "Operator"),
    "system": Text("Sistem", "System"),
}


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing somebody did or read, as the audit holds it."""

    id: int
    at: dt.datetime
    who: str
    role: Text
    action: str
    subject: str
    why: str
    detail: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Read:
    """Somebody looked at a person's record: who, in which role, when, and for what purpose.

    A search or a list that showed the person is a look as well: `kind` is read, found, listed or exported.
    """

    at: dt.datetime
    who: str
    role: Text
    action: str
    why: str

    @property
    def kind(self) -> str:
        return self.action.rpartition(".")[2]


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    id: int
    username: str
    name: str
    role: str
    is_active: bool
    last_sign_in: dt.datetime | None


def reads_of(*, records: Sequence[int], limit: int = 100, before: int | None = None) -> list[Read]:
    """Who looked at a person's records (all that were merged), newest first; the person's own looking is left out."""
    looked = functools.reduce(operator.or_, (Q(action__endswith=f".{verb}") for verb in LOOKING))
    found = Event.objects.filter(looked, subject__in=[f"person:{record}" for record in records])
    found = found.exclude(role=Role.MEMBER)
    if before:
        found = found.filter(id__lt=before)
    return [
        Read(at=event.at, who=event.actor_name, role=_role(event.role), action=event.action, why=event.why)
        for event in found.order_by("-id")[: min(limit, MOST)]
    ]


def events(
    *,
    actor: Actor,
    subject: str = "",
    by: int | None = None,
    action: str = "",
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Happened]:
    """The audit, newest first; `before` is the id that the last page ended with."""
    actor.require("audit")
    wanted = {
        "subject": subject,
        "actor": by,
        "action__startswith": action,
        "at__gte": since,
        "at__lt": until,
        "id__lt": before,
    }
    found = Event.objects.filter(**{name: value for name, value in wanted.items() if value not in ("", None)})
    return [
        Happened(
            id=event.id, at=event.at, who=event.actor_name, role=_role(event.role), action=event.action,
            subject=event.subject, why=event.why, detail=event.detail,
        )
        for event in found.order_by("-id")[: min(limit, MOST)]
    ]  # fmt: skip


def accounts(*, actor: Actor, role: str = "") -> list[AccountRow]:
    """Accounts of staff and machines, or of one role. Members are not listed unless asked for."""
    actor.require("accounts")
    found = User.objects.filter(role=role) if role else User.objects.exclude(role=Role.MEMBER)
    return [
        AccountRow(
            id=user.pk, username=user.username, name=user.get_full_name(), role=user.role, is_active=user.is_active,
            last_sign_in=user.last_login,
        )
        for user in found.order_by("role", "username")[:MOST]
    ]  # fmt: skip


def _role(role: str) -> Text:
    return ROLES.get(role, Text(role, role))
