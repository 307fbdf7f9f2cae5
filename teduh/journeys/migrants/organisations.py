"""Agencies, missions and the government's placement: registered by an officer, with the accounts that act for them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.migrants import access, actions, reference
from teduh.migrants.models import DeskRole, OrganisationKind
from teduh.registry import cleaning
from teduh.security.access import Actor
from teduh.security.models import Role, User


def register(
    *, code: str, kind: str, name: str, by: Actor, on: dt.date, licence: str = "", licence_until: dt.date | None = None,
    seat: str | None = None, serves: Sequence[str] = (), region: str | None = None, address: str = "", phone: str = "",
    email: str = "",
) -> int:  # fmt: skip
    """A new organisation; a mission serves the country of its seat, and whatever else `serves` names."""
    by.require("migrants", "accounts")
    if kind not in OrganisationKind.values:
        raise Refused("kind_unknown", Text("Jenis lembaga belum dipilih.", "The kind of organisation is missing."),
                      then=Text("Pilih dari daftar.", "Choose it from the list."), field="kind")  # fmt: skip
    for one in (*serves, *([seat] if seat else [])):
        if reference.destination(one) is None:
            raise refusals.unknown_destination()
    if kind == "mission" and not seat:
        raise refusals.unknown_destination()
    shown = cleaning.line(name, field="name", most=120)
    plain = cleaning.line(code, field="code", most=12).upper()
    if not shown or not re.fullmatch("[A-Z0-9-]{3,12}", plain):
        raise Refused("code_unreadable", Text("Nama atau kode lembaga belum benar.", "The name or code is not right."),
                      then=Text("Kode: 3 sampai 12 huruf besar, angka, atau tanda hubung.",
                                "Code: 3 to 12 capitals, digits or hyphens."),
                      field="name" if not shown else "code")  # fmt: skip
    with transaction.atomic():
        return actions.make_organisation(
            code=plain, kind=kind, name=shown, licence=licence[:60], licence_until=licence_until, seat=seat,
            serves=tuple(dict.fromkeys((*([seat] if seat and kind == "mission" else []), *serves))), region=region,
            address=address[:300], phone=phone[:20], email=email[:254], by=by, on=on,
        )  # fmt: skip


def add_desk(*, organisation: int, username: str, role: str, by: Actor, on: dt.date, why: str = "") -> int:
    """Let an account act for the organisation: an officer, an operator, or an owner of it."""
    _may_manage(organisation, by, why)
    if role not in DeskRole.values:
        raise Refused("role_unknown", Text("Peran belum dipilih.", "The role is missing."),
                      then=Text("Pilih pengelola, petugas, atau pembaca.", "Choose owner, clerk or viewer."),
                      field="role")  # fmt: skip
    user = User.objects.filter(username=username, is_active=True, role__in=(Role.AGENCY, Role.MISSION)).first()
    if user is None:
        raise Refused("account_unknown", Text("Akun ini tidak ditemukan.", "There is no such account."),
                      then=Text("Minta operator membuat akun P3MI atau Perwakilan lebih dulu.",
                                "Ask an operator to make an agency's or mission's account first."),
                      field="username", status=404)  # fmt: skip
    with transaction.atomic():
        return actions.open_desk(organisation=organisation, user=user.pk, role=role, by=by, on=on)


def remove_desk(*, organisation: int, user: int, by: Actor, on: dt.date, why: str = "") -> bool:
    """The account no longer acts for the organisation."""
    _may_manage(organisation, by, why)
    with transaction.atomic():
        return actions.close_desk(organisation=organisation, user=user, by=by, on=on)


def _may_manage(organisation: int, by: Actor, why: str) -> None:
    if by.role != "system" and not by.may("accounts"):
        access.require(by=by, what="manage", organisation=organisation, why=why)
