"""Writing down who did or read what; making accounts, giving them a new password, closing them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils import translation

from teduh.core import sql
from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.security.access import Actor
from teduh.security.fields import UNSTORABLE
from teduh.security.models import Role, User

RECORD = """
INSERT INTO security_event (actor, actor_name, role, action, why, detail, subject)
SELECT %s::bigint, %s, %s, %s, %s, %s::jsonb, subject FROM unnest(%s::text[]) WITH ORDINALITY AS s (subject, place)
ORDER BY place
"""
USERNAME = re.compile(r"[\w.@+-]{3,150}", re.ASCII)


def record(
    *,
    by: Actor,
    action: str,
    subjects: Iterable[str] = ("",),
    why: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add one audit row per subject (`person:42`), in one statement. Reads of personal data are recorded this way too.

    `detail` never holds a NIK, a name or a phone number: only what was done.
    """
    said = UNSTORABLE.sub("", why)[:200]
    sql.run(
        RECORD,
        [by.user, by.name, by.role, action, said, json.dumps(dict(detail or {})), list(subjects)],
    )


def create_account(*, username: str, role: str, password: str, by: Actor, name: str = "", language: str = "id") -> int:
    """A new account of one role; gives its id."""
    by.require("accounts")
    _check_name(username)
    if role not in Role.values:
        raise Refused(
            "unknown_role",
            Text(f"Peran {role!r} tidak dikenal.", f"There is no role {role!r}."),
            then=Text(f"Pilih salah satu: {', '.join(Role.values)}.", f"Choose one of {', '.join(Role.values)}."),
            field="role",
        )
    first, _, last = name.partition(" ")
    user = User(username=username, role=role, first_name=first[:150], last_name=last[:150], language=language)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    record(by=by, action="account.created", subjects=[f"user:{user.pk}"], detail={"role": role})
    return int(user.pk)


def set_password(*, username: str, password: str, by: Actor) -> None:
    """A new password; whoever was signed in with the old one is signed out."""
    by.require("accounts")
    user = _named(username)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(by=by, action="account.password_reset", subjects=[f"user:{user.pk}"])


def close(*, username: str, by: Actor, why: str) -> None:
    """The account signs in no more; what it did stays attributed to it."""
    by.require("accounts")
    user = _named(username)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(by=by, action="account.closed", subjects=[f"user:{user.pk}"], why=why)


def _named(username: str) -> User:
    user: User | None = User.objects.filter(username=username).first()
    if user is None:
        raise not_found(
            Text("Akun itu tidak ada.", "There is no such account."),
            Text("Lihat daftarnya dengan `teduh account list`.", "See them with `teduh account list`."),
        )
    return user


def _check_name(username: str) -> None:
    if not USERNAME.fullmatch(username):
        raise Refused(
            "bad_username",
            Text("Nama akun tidak dapat dipakai.", "That account name cannot be used."),
            then=Text(
                "Gunakan 3 sampai 150 huruf, angka, atau . @ + - _", "Use 3 to 150 letters, digits, or . @ + - _"
            ),
            field="username",
        )
    if User.objects.filter(username=username).exists():
        raise Refused(
            "username_taken",
            Text(f"Akun {username!r} sudah ada.", f"The account {username!r} exists already."),
            then=Text("Pilih nama lain.", "Choose another name."),
            status=409,
            field="username",
        )


def _check_password(password: str, user: User) -> None:
    """Django's checks, said in both languages."""
    said = {}
    for language in ("id", "en"):
        with translation.override(language):
            try:
                password_validation.validate_password(password, user)
            except ValidationError as error:
                said[language] = " ".join(error.messages)
    if said:
        raise Refused(
            "weak_password",
            Text(said["id"], said["en"]),
            then=Text("Buat kata sandi yang lebih panjang.", "Make a longer password."),
            field="password",
        )
