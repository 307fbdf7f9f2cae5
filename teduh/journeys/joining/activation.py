"""An account for somebody whom others enrolled: a code given to him on paper, and what he does with it at home."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.migrants import standing
from teduh.registry import queries
from teduh.registry.actions import accounts, activating
from teduh.registry.queries import people
from teduh.security import actions as security
from teduh.security import crypto
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import Role

LIFE = dt.timedelta(days=14)
LENGTH = 10
#: Letters and digits that nobody confuses when he reads or hears them.
LETTERS = "ABCDEFGHJKMNPQRTUVWXY346789"


@dataclass(frozen=True)
class Given:
    """A code, known here and never again."""

    person: int
    member_number: str
    code: str
    expires_at: dt.datetime


def give(*, person: int, by: Actor, key: str, at: dt.datetime) -> Given:
    """A code for a person of one's own; an older one ends. `key` names the form: sent twice, it gives the same code.

    An agent for his people, an officer, and a mission for those in the countries it serves. Never an agency: whoever
    holds the code could read what the worker says in confidence.
    """
    by.require("own_people", "everyone", "mission")
    person = queries.lives_on_as(persons=[person]).get(person, person)
    number = _number_of(person, by)
    if number is None:
        raise not_found(Text("Peserta ini tidak ditemukan.", "There is no such member."))
    if queries.has_account(person=person):
        raise Refused(
            "has_account",
            Text("Peserta ini sudah punya akun.", "This member has an account already."),
            then=Text("Ia masuk dengan nomor HP dan kata sandinya.", "He signs in with his number and password."),
            status=409,
        )
    code = make_code(seed=f"{person}:{by.user}:{key}")
    with transaction.atomic():
        if activating.give_code(person=person, code=code, by=by.user, at=at, expires=at + LIFE):
            security.record(by=by, action="account.code_given", subjects=[f"person:{person}"])
    return Given(person, number, code, at + LIFE)


def _number_of(person: int, by: Actor) -> str | None:
    """The member number of somebody for whom `by` may make a code; the look is recorded."""
    if by.may("mission") and by.role != "system":
        if standing.to_person(person=person, by=by, writing=True).as_ != standing.MISSION:
            return None
        return queries.member_number(person=person)
    row = people.rows(actor=by, why="Kode aktivasi akun", persons=[person]).get(person)
    return row.member_number if row else None


def open_account(
    *, member_number: str, code: str, birth_date: dt.date, username: str, password: str, at: dt.datetime,
    language: str = "id",
) -> int:  # fmt: skip
    """An account for whoever brings number, code and birth date of one person; gives its id. Each wrong try counts.

    What is wrong with the name or the password is said only to who has the right code, and costs no try.
    """
    person = queries.by_member_number(number=member_number)
    with transaction.atomic():
        if person is None or not activating.try_code(person=person, code=read(code), birth_date=birth_date, at=at):
            opened = None
        else:
            opened = _opened(person, username, password, language, at)
    if opened is None:
        raise _wrong()
    return opened


def read(code: str) -> str:
    """A code as it was typed: small letters, spaces and dashes do not matter."""
    return "".join(c for c in code[:40].upper() if c.isascii() and c.isalnum())


def _opened(person: int, username: str, password: str, language: str, at: dt.datetime) -> int:
    name = people.masked_name(person=person)
    try:
        with transaction.atomic():
            user = security.create_account(
                username=username, role=Role.MEMBER, password=password, by=SYSTEM, name=name, language=language
            )
    except IntegrityError as error:
        raise _taken() from error
    himself = Actor(user=user, name=name, role=Role.MEMBER, person=person)
    accounts.link_account(user=user, person=person, by=himself)
    activating.spend_code(person=person, at=at)
    return user


def make_code(*, seed: str, length: int = LENGTH) -> str:
    """Nobody without the house's key can make it from its seed."""
    number = int.from_bytes(crypto.blind("activation code", seed), "big")
    letters = []
    for _ in range(length):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def _taken() -> Refused:
    return Refused(
        "username_taken",
        Text("Nomor HP atau nama akun ini sudah dipakai.", "This number or account name is in use."),
        then=Text("Pakai nomor lain, atau pilih nama.", "Use another number, or choose a name."),
        status=409,
        field="username",
    )


def _wrong() -> Refused:
    return Refused(
        "activation_wrong",
        Text(
            "Nomor peserta, kode dan tanggal lahir tidak cocok, atau kodenya sudah tidak berlaku.",
            "Member number, code and birth date do not match, or the code is no longer valid.",
        ),
        why=Text(
            "Kode berlaku 14 hari, sekali pakai, dan mati setelah 5 kali salah.",
            "A code lives 14 days, works once, and dies after 5 wrong tries.",
        ),
        then=Text(
            "Periksa slipnya; bila tetap tidak bisa, minta kode baru kepada agen atau petugas.",
            "Check the slip; if it still fails, ask the agent or an officer for a new code.",
        ),
    )
