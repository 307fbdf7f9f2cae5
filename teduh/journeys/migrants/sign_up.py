"""Joining by oneself as a migrant worker: person, account and placement in one step, or none of them.

Who is on record already gets no account here, so that nobody takes another's record by knowing the NIK.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining.sign_up import TAKEN
from teduh.journeys.migrants import placement_refusals as refusals
from teduh.journeys.migrants import register
from teduh.journeys.migrants.register import Registered
from teduh.migrants.facts import NewMigrant
from teduh.registry import actions as registry
from teduh.registry.facts import Admitted
from teduh.security import actions as security
from teduh.security import masking
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import Role, User

PHONE_MISSING = Refused(
    "phone_missing",
    Text("Nomor HP belum diisi.", "The mobile number is missing."),
    then=Text(
        "Isi nomor HP dari negara mana pun; dengan itu Anda masuk.", "Give one of any country; you sign in with it."
    ),
    field="phone",
)
KNOWN = Refused(
    "already_on_record",
    Text("NIK ini sudah terdaftar.", "This NIK is on record already."),
    why=Text("Mungkin P3MI, Perwakilan RI, atau Anda sendiri sudah mendaftarkannya.",
             "Your agency, a mission or you yourself may have registered it."),
    then=Text("Masuk dengan nomor HP yang terdaftar, atau minta kode aktivasi kepada petugas atau Perwakilan RI.",
              "Sign in with the number on record, or ask an officer or the mission for an activation code."),
    status=409,
    field="nik",
)  # fmt: skip


def register_and_open(
    *, newcomer: NewMigrant, password: str, on: dt.date, at: dt.datetime, language: str = "id", key: str | None = None
) -> tuple[User, Registered]:
    """Register a visitor as a migrant worker and give him the account of his mobile number."""
    if not newcomer.phone:
        raise PHONE_MISSING
    if not newcomer.consent:
        raise refusals.consent_missing()
    decision = register.decide(newcomer=newcomer, on=on)
    if decision.outcome == "refused":
        raise refusals.by_law(reasons=decision.reasons)
    with transaction.atomic():
        user = _account(newcomer, password, language)
        name = masking.name(newcomer.name)
        opening = Actor(user=user, name=name, role=Role.MEMBER)
        person = _admitted(newcomer, opening, on)
        registry.link_account(user=user, person=person, by=opening)
        member = Actor(user=user, name=name, role=Role.MEMBER, person=person)
        made = register.register(newcomer=newcomer, by=member, on=on, at=at, key=key)
    return User.objects.get(pk=user), made


def _admitted(newcomer: NewMigrant, by: Actor, on: dt.date) -> int:
    told = Admitted(
        nik=newcomer.nik, name=newcomer.name, birth_date=newcomer.birth_date, sex=newcomer.sex or "F",
        phone=newcomer.phone, email=newcomer.email, lives_in=newcomer.home_region,
    )  # fmt: skip
    ((person, is_new),) = registry.admit(people=[told], by=by, on=on)
    if not is_new:
        raise KNOWN
    return person


def _account(newcomer: NewMigrant, password: str, language: str) -> int:
    phone = newcomer.phone or ""
    if User.objects.filter(username=phone).exists():
        raise TAKEN
    try:
        with transaction.atomic():
            return security.create_account(
                username=phone, role=Role.MEMBER, password=password, by=SYSTEM, name=masking.name(newcomer.name),
                language=language,
            )  # fmt: skip
    except IntegrityError as error:
        raise TAKEN from error
