"""Joining by oneself: an account and a member in one step, so that neither is there without the other."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys import join
from teduh.registry.facts import Newcomer
from teduh.security import actions as security
from teduh.security import masking
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import Role, User

TAKEN = Refused(
    "phone_has_account",
    Text("Nomor HP ini sudah punya akun.", "This mobile number has an account already."),
    then=Text(
        "Masuk dengan nomor ini, atau daftar dengan nomor lain.", "Sign in with it, or join with another number."
    ),
    status=409,
    field="phone",
)


def join_and_open(
    *, newcomer: Newcomer, password: str, by: Actor, on: dt.date, at: dt.datetime, language: str = "id"
) -> User:
    """Enrol a visitor and give him the account of his mobile number. Whoever is on record already gets no account here.

    The account's shown name is short: the full name is kept encrypted with the person alone.
    """
    if not newcomer.phone:
        raise Refused(
            "phone_missing",
            Text("Nomor HP belum diisi.", "The mobile number is missing."),
            then=Text("Isi nomor HP; dengan itu Anda masuk.", "Give a mobile number; you sign in with it."),
            field="phone",
        )
    join.require_eligible(newcomer=newcomer, by=by, on=on)
    with transaction.atomic():
        user = _account(newcomer, password, language)
        member = Actor(user=user, name=masking.name(newcomer.name), role=Role.MEMBER)
        join.join(newcomer=newcomer, by=member, on=on, channel="self", at=at)
    return User.objects.get(pk=user)


def _account(newcomer: Newcomer, password: str, language: str) -> int:
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
