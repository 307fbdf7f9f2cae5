"""Joining by oneself: an account and a member in one step, so that neither is there without the other; and the account
of somebody who acts for employers."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.journeys.joining import join
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
USERNAME_TAKEN = Refused(
    "username_taken",
    Text("Nomor atau surel ini sudah punya akun.", "This number or e-mail has an account already."),
    then=Text(
        "Masuk dengan akun itu. Bila itu akun peserta Anda, pakai surel atau nomor lain untuk urusan usaha.",
        "Sign in with it. If it is your member's account, use an e-mail or another number for the firm.",
    ),
    status=409,
    field="username",
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


def open_employer_account(*, name: str, username: str, password: str, language: str = "id") -> User:
    """An account for somebody who acts for firms: he registers one, or an owner gives him a place at his."""
    if User.objects.filter(username=username).exists():
        raise USERNAME_TAKEN
    try:
        with transaction.atomic():
            user = security.create_account(
                username=username, role=Role.EMPLOYER, password=password, by=SYSTEM, name=name, language=language
            )
    except IntegrityError as error:
        raise USERNAME_TAKEN from error
    return User.objects.get(pk=user)
