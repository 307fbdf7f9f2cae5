"""Who may act for a firm: accounts put in by an owner, or people who bring the code that an owner gave them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.employers import access, actions, numbers, queries
from teduh.employers.actions import staffing
from teduh.employers.models import StaffRole
from teduh.journeys.joining import activation, sign_up
from teduh.security.access import Actor, actor_of

LIFE = dt.timedelta(days=14)
LENGTH = 12


@dataclass(frozen=True)
class Invited:
    """A code for one place at a firm, known here and never again."""

    employer: int
    npp: str
    role: str
    code: str
    expires_at: dt.datetime


def add_staff(*, employer: int, username: str, role: str, by: Actor, on: dt.date, why: str = "") -> int:
    """Somebody's account acts for this firm from today; with another role than before, in that one."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        user = staffing.account(username=username.strip())
        return actions.place(employer=employer, user=user, role=role, by=by, on=on, why=why)


def remove_staff(*, employer: int, staff: int, by: Actor, on: dt.date, why: str = "") -> None:
    """That account acts for this firm no more. The last owner cannot be removed, nor leave."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        actions.end_place(employer=employer, staff=staff, by=by, on=on, why=why)


def invite_staff(*, employer: int, role: str, key: str, by: Actor, at: dt.datetime, why: str = "") -> Invited:
    """A code for whoever is to have a place here. `key` names the form: sent twice, it gives the same code."""
    access.require(by=by, employer=employer, what="manage", why=why)
    if role not in StaffRole.values:
        raise Refused(
            "role_unknown",
            Text("Perannya belum dipilih.", "The role is missing."),
            then=Text("Pilih dari daftar.", "Choose it from the list."),
            field="role",
        )
    code = activation.make_code(seed=f"staff:{employer}:{role}:{by.user}:{key}", length=LENGTH)
    with transaction.atomic():
        actions.invite(employer=employer, role=role, code=code, by=by, at=at, expires=at + LIFE)
    return Invited(employer, queries.named(employer=employer)[1], role, code, at + LIFE)


def withdraw_invitation(*, employer: int, invitation: int, by: Actor, at: dt.datetime, why: str = "") -> None:
    """The code of somebody who has not come opens nothing from now on."""
    access.require(by=by, employer=employer, what="manage", why=why)
    with transaction.atomic():
        staffing.withdraw(employer=employer, invitation=invitation, by=by, at=at)


def accept_invitation(
    *, npp: str, code: str, name: str, username: str, password: str, on: dt.date, at: dt.datetime, language: str = "id"
) -> int:
    """An account of his own for whoever brings NPP and code, with its place at the firm; gives the account.

    What is wrong with the name or the password undoes everything: the code stays good.
    """
    with transaction.atomic():
        opened = _spent(npp, code, at)
        user = sign_up.open_employer_account(name=name, username=username, password=password, language=language)
        himself = actor_of(user)
        actions.place(employer=opened[0], user=user.pk, role=opened[1], by=himself, on=on)
    return int(user.pk)


def join_by_invitation(*, npp: str, code: str, by: Actor, on: dt.date, at: dt.datetime) -> int:
    """A further firm for somebody who has an account already, such as an accountant; gives the firm."""
    by.require("own_employers")
    with transaction.atomic():
        employer, role = _spent(npp, code, at)
        if by.user is None or by.may("employers"):
            raise _wrong()
        actions.place(employer=employer, user=by.user, role=role, by=by, on=on)
    return employer


def _spent(npp: str, code: str, at: dt.datetime) -> tuple[int, str]:
    opened = actions.spend_invitation(npp=numbers.npp(npp), code=activation.read(code), at=at)
    if opened is None:
        raise _wrong()
    return opened


def _wrong() -> Refused:
    return Refused(
        "invitation_wrong",
        Text("NPP dan kode tidak cocok, atau kodenya sudah tidak berlaku.",
             "NPP and code do not match, or the code is no longer valid."),
        why=Text("Kode undangan berlaku 14 hari dan sekali pakai.", "An invitation lives 14 days and works once."),
        then=Text("Periksa kodenya, atau minta kode baru kepada pengelola akun perusahaan.",
                  "Check the code, or ask an owner of the firm's account for a new one."),
        field="code",
    )  # fmt: skip
