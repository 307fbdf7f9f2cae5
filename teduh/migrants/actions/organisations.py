"""Organisations and the accounts that act for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from teduh.core import sql
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.migrants.models import Desk, Serves
from teduh.security import actions as security
from teduh.security.access import Actor

MAKE = """
INSERT INTO migrants_organisation (code, kind, name, licence, licence_until, seat_id, region_id, address, phone, email,
    registered_on, by_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (code) DO NOTHING RETURNING id
"""


def make_organisation(
    *, code: str, kind: str, name: str, licence: str, licence_until: dt.date | None, seat: str | None,
    serves: Sequence[str], region: str | None, address: str, phone: str, email: str, by: Actor, on: dt.date,
) -> int:  # fmt: skip
    """A new organisation; `Refused` if its code is taken."""
    made = sql.rows(MAKE, [code, kind, name, licence, licence_until, seat, region, address, phone, email, on, by.user])
    if not made:
        raise Refused(
            "organisation_exists",
            Text(f"Kode {code} sudah dipakai lembaga lain.", f"The code {code} is another organisation's."),
            then=Text("Periksa apakah lembaga ini sudah terdaftar.", "Check whether it is registered already."),
            field="code", status=409,
        )  # fmt: skip
    id_ = made[0][0]
    Serves.objects.bulk_create(Serves(organisation_id=id_, destination_id=one) for one in dict.fromkeys(serves))
    security.record(by=by, action="organisation.registered", subjects=[f"organisation:{id_}"])
    return id_


def open_desk(*, organisation: int, user: int, role: str, by: Actor, on: dt.date) -> int:
    """Let this account act for the organisation; one that does gets the new role."""
    Desk.objects.filter(organisation=organisation, user=user, until_day=None).update(until_day=on)
    made = Desk.objects.create(organisation_id=organisation, user_id=user, role=role, from_day=on, by_id=by.user)
    security.record(by=by, action="desk.opened", subjects=[f"organisation:{organisation}"],
                    detail={"user": user, "role": role})  # fmt: skip
    return made.pk


def close_desk(*, organisation: int, user: int, by: Actor, on: dt.date) -> bool:
    """End it; whether there was one."""
    ended = Desk.objects.filter(organisation=organisation, user=user, until_day=None).update(until_day=on)
    security.record(by=by, action="desk.closed", subjects=[f"organisation:{organisation}"], detail={"user": user})
    return bool(ended)
