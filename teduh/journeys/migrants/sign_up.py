"""Joining abroad or before departure by oneself: account, person and placement in one step, or none of them; and what
it will cost, said before anything is stored. Whoever is on record opens no account here by knowing a NIK."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from teduh.contributions import placements
from teduh.contributions.placements import Agreed, Placed, Quote
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining.sign_up import TAKEN
from teduh.journeys.migrants import family_refusals, register
from teduh.journeys.migrants.register import Registered
from teduh.law import migrant_entry
from teduh.migrants.facts import NewMigrant
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
    why=Text("Mungkin P3MI, Perwakilan RI, atau Anda sendiri yang mendaftarkannya; akunnya hanya untuk pemilik NIK.",
             "Your agency, a mission or you yourself may have registered it; its account is the holder's alone."),
    then=Text("Masuk dengan akun Anda dan daftar dari sana. Belum punya akun: minta kode aktivasi kepada petugas.",
              "Sign in with your account and join from there. No account yet: ask an officer for an activation code."),
    status=409,
    field="nik",
)  # fmt: skip


def price(*, newcomer: NewMigrant, on: dt.date) -> Quote:
    """What this newcomer would have to pay next. Nothing is written; of whoever waits for papers nothing is asked."""
    if register.decide(newcomer=newcomer, on=on).waits_for:
        return Quote(lines=(), refused=())
    one = newcomer.agreement
    agreed = (Agreed(id=0, kind="first", starts=one.starts, last=one.ends),) if one else ()
    placed = Placed(
        placement=0, person=0, route=migrant_entry.route(scheme=newcomer.scheme), abroad=newcomer.abroad,
        departed_on=None, savings_monthly=newcomer.savings_monthly, agreements=agreed, settled=(),
    )  # fmt: skip
    return placements.quote(placed=[placed], on=on)


def register_and_open(
    *, newcomer: NewMigrant, password: str, on: dt.date, at: dt.datetime, key: str | None = None, language: str = "id"
) -> tuple[User, Registered]:
    """Register a visitor and give him the account of his phone number.

    Raises Refused: phone_missing, phone_has_account, known_already, and what registering refuses.
    """
    if not newcomer.phone:
        raise family_refusals.phone_missing()
    if User.objects.filter(username=newcomer.phone).exists():
        raise TAKEN
    name = masking.name(newcomer.name)
    try:
        with transaction.atomic():
            user = security.create_account(
                username=newcomer.phone, role=Role.MEMBER, password=password, by=SYSTEM, name=name, language=language
            )
            person = _admitted(newcomer, Actor(user=user, name=name, role=Role.MEMBER), on)
            himself = Actor(user=user, name=name, role=Role.MEMBER, person=person)
            accounts.link_account(user=user, person=person, by=himself)
            made = register.register(newcomer=newcomer, by=himself, on=on, at=at, key=key)
    except IntegrityError as error:
        raise TAKEN from error
    return User.objects.get(pk=user), made


def _admitted(one: NewMigrant, by: Actor, on: dt.date) -> int:
    who = Admitted(
        nik=one.nik, name=one.name, birth_date=one.birth_date, sex=one.sex or "F", phone=one.phone, email=one.email,
        lives_in=one.home_region,
    )  # fmt: skip
    (person, is_new), *_ = registry.admit(people=[who], by=by, on=on)
    if not is_new:
        raise KNOWN
    return person
