"""A wage earner whom nobody listed makes himself known: a record and an account, no enrolment as self-employed.

PP 44/2015 Pasal 10 lets a worker register himself when his employer neglects it; the employer's part is settled after a
report, by inspectors. Whoever is on record already opens his account with an activation code instead.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining.sign_up import TAKEN
from teduh.registry import actions as registry
from teduh.registry.actions import accounts
from teduh.registry.facts import Admitted
from teduh.security import actions as security
from teduh.security import masking
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import Role, User

KNOWN = Refused(
    "known_already",
    Text("NIK ini sudah tercatat.", "This NIK is on record already."),
    why=Text("Akun hanya dibuka untuk pemilik NIK itu sendiri.", "Only the holder of the NIK may open its account."),
    then=Text(
        "Masuk dengan akun Anda, atau minta kode aktivasi kepada petugas atau agen.",
        "Sign in with your account, or ask an officer or agent for an activation code.",
    ),
    status=409,
    field="nik",
)


def open_account(*, who: Admitted, password: str, on: dt.date, language: str = "id") -> User:
    """A record and an account for a worker who is not on record yet; he signs in with his mobile number.

    Raises Refused: known_already, phone_taken, phone_missing and what reading the fields refuses.
    """
    if not who.phone:
        raise Refused(
            "phone_missing",
            Text("Nomor HP belum diisi.", "The mobile number is missing."),
            then=Text("Isi nomor HP; dengan itu Anda masuk.", "Give a mobile number; you sign in with it."),
            field="phone",
        )
    if User.objects.filter(username=who.phone).exists():
        raise TAKEN
    name = masking.name(who.name)
    try:
        with transaction.atomic():
            user = security.create_account(
                username=who.phone, role=Role.MEMBER, password=password, by=SYSTEM, name=name, language=language
            )
            himself = Actor(user=user, name=name, role=Role.MEMBER)
            (person, is_new), *_ = registry.admit(people=[who], by=himself, on=on)
            if not is_new:
                raise KNOWN
            accounts.link_account(user=user, person=person, by=himself)
    except IntegrityError as error:
        raise TAKEN from error
    return User.objects.get(pk=user)


def admit_for(*, who: Admitted, by: Actor, on: dt.date) -> int:
    """The same record made by an officer for a worker at the counter, or the one that there is already."""
    by.require("enrol")
    by.require("everyone")
    with transaction.atomic():
        return registry.admit(people=[who], by=by, on=on)[0][0]
