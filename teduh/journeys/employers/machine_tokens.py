"""Keys of an employer's own machines (payroll software): made and taken back by who manages the firm, for it alone.

A key acts as an account that has a place at the firm, and so can never do more there than that place allows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.employers import access
from teduh.employers.models import Employer, Staff
from teduh.security import tokens
from teduh.security.access import Actor
from teduh.security.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that opens one employer. Its secret is kept nowhere."""

    id: int
    name: str
    username: str
    role: str
    expires_at: dt.datetime | None
    last_used_on: dt.date | None


def create(
    *, employer: int, username: str, name: str, days: int, by: Actor, at: dt.datetime, why: str = ""
) -> tokens.NewToken:
    """A key for a machine that acts as this account, at this firm alone. Its secret is shown once.

    Refused where the account has no place at the firm. A key that is narrowed to a firm makes no further keys.
    """
    access.require(by=by, employer=employer, what="manage", why=why)
    if by.scopes is not None:
        raise access.not_yours()
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not Staff.objects.filter(employer=employer, user=user, until_day=None).exists():
        raise not_found(
            Text("Akun itu tidak terdaftar pada perusahaan ini.", "That account has no place at this firm."),
            Text("Tambahkan dulu akun itu sebagai staf.", "Add the account to the firm's staff first."),
        )
    with transaction.atomic():
        return tokens.create_for_firm(username=username, firm=_npp(employer), name=name, days=days, at=at, by=by)


def revoke(*, employer: int, token: int, by: Actor, at: dt.datetime, why: str = "") -> None:
    """The key opens nothing from now on."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        tokens.revoke_of_firm(token=token, firm=_npp(employer), at=at, by=by)


def keys(*, employer: int, by: Actor, at: dt.datetime, why: str = "") -> tuple[Key, ...]:
    """The keys that open this firm now."""
    access.require(by=by, employer=employer, what="manage", why=why)
    roles = dict(Staff.objects.filter(employer=employer, until_day=None).values_list("user", "role"))
    return tuple(
        Key(
            id=token.pk, name=token.name, username=token.user.username, role=roles.get(token.user_id, ""),
            expires_at=token.expires_at, last_used_on=token.last_used_on,
        )
        for token in tokens.of_firm(firm=_npp(employer), at=at)
    )  # fmt: skip


def _npp(employer: int) -> str:
    return str(Employer.objects.values_list("npp", flat=True).get(pk=employer))
