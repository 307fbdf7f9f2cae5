"""Organisations and the accounts that act for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.migrants.models import Desk, Organisation, Serves
from teduh.security import actions as security
from teduh.security.access import Actor


def make_organisation(
    *, code: str, kind: str, name: str, licence: str, licence_until: dt.date | None, seat: str | None,
    serves: Sequence[str], region: str | None, address: str, phone: str, email: str, by: Actor, on: dt.date,
) -> int:  # fmt: skip
    """A new organisation; `Refused` if its code is taken."""
    try:
        with transaction.atomic():
            made = Organisation.objects.create(
                code=code, kind=kind, name=name, licence=licence, licence_until=licence_until, seat_id=seat,
                region_id=region, address=address, phone=phone, email=email, registered_on=on, by_id=by.user,
            )  # fmt: skip
    except IntegrityError as error:
        if "code" not in str(error):
            raise
        raise Refused(
            "organisation_exists",
            Text(f"Kode {code} sudah dipakai lembaga lain.", f"The code {code} is another organisation's."),
            then=Text("Periksa apakah lembaga ini sudah terdaftar.", "Check whether it is registered already."),
            field="code", status=409,
        ) from None  # fmt: skip
    Serves.objects.bulk_create(Serves(organisation=made, destination_id=one) for one in dict.fromkeys(serves))
    security.record(by=by, action="organisation.registered", subjects=[f"organisation:{made.pk}"])
    return made.pk


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
