"""Keys of machines to the API. The secret is shown once; only its SHA-256 is kept, so nobody can read it back."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from teduh.core.errors import Refused, not_found
from teduh.core.text import Text
from teduh.security import access, actions
from teduh.security.access import MAY, Actor
from teduh.security.models import Token, User

SHAPE = re.compile(r"teduh_[\w-]{43}", re.ASCII)
#: Everything a token may open: never more than its account's role allows.
SCOPES: tuple[str, ...] = tuple(sorted(frozenset[str]().union(*MAY.values())))
LONGEST_DAYS = 366
OWN_FIRMS = "own_employers"
OF_DESKS = frozenset({"own_placements", "mission", "gate"})


@dataclass(frozen=True, kw_only=True)
class NewToken:
    """`secret` is known here and never again."""

    id: int
    secret: str
    expires_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds a token, and which."""

    actor: Actor
    token: int
    last_used_on: dt.date | None


def create(
    *, username: str, name: str, scopes: Iterable[str], days: int, at: dt.datetime, by: Actor, firm: str = "",
    organisation: str = "",
) -> NewToken:  # fmt: skip
    """A key for the account's machine, for so many days, opening only these scopes; with `firm` (an NPP) or
    `organisation` (the code of an agency or mission) only there."""
    by.require("accounts")
    return _create(username, name, scopes, firm, days, at, by, organisation)


def create_for_firm(*, username: str, firm: str, name: str, days: int, at: dt.datetime, by: Actor) -> NewToken:
    """A key to one employer alone. Whoever calls has asked whether `by` manages it and the account acts for it."""
    return _create(username, name, (OWN_FIRMS,), firm, days, at, by)


def _create(
    username: str, name: str, scopes: Iterable[str], firm: str, days: int, at: dt.datetime, by: Actor,
    organisation: str = "",
) -> NewToken:  # fmt: skip
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise not_found(Text("Akun itu tidak ada.", "There is no such account."))
    wanted = tuple(dict.fromkeys(scopes))
    _check(wanted, user.role, days)
    wanted += _narrowed(wanted, firm) + _narrowed_to_desk(wanted, organisation)
    secret = f"teduh_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        user=user, name=name[:80], digest=_digest(secret), scopes=list(wanted), expires_at=at + dt.timedelta(days=days)
    )
    actions.record(by=by, action="token.created", subjects=[f"token:{token.pk}"], detail={"scopes": list(wanted)})
    return NewToken(id=token.pk, secret=secret, expires_at=token.expires_at)


def authenticate(secret: str, *, at: dt.datetime) -> Actor | None:
    """Who holds this secret; nobody if it is unknown, expired, revoked, or its account is closed."""
    found = holder(text=secret, at=at)
    return found.actor if found else None


def holder(*, text: str, at: dt.datetime) -> Holder | None:
    """The same, with the number of the token."""
    if not SHAPE.fullmatch(text):
        return None
    token = Token.objects.select_related("user").filter(digest=_digest(text), revoked_at=None).first()
    if token is None or not token.user.is_active or (token.expires_at and token.expires_at <= at):
        return None
    actor = access.actor_of(token.user, scopes=frozenset(token.scopes))
    return Holder(actor=actor, token=token.pk, last_used_on=token.last_used_on)


def used(*, holder: Holder, on: dt.date) -> None:
    """Notes the day of use, once a day."""
    if holder.last_used_on != on:
        Token.objects.filter(pk=holder.token).update(last_used_on=on)


def revoke(*, token: int, at: dt.datetime, by: Actor) -> None:
    """The key opens nothing from now on."""
    by.require("accounts")
    _revoke(Q(pk=token), token, at, by)


def revoke_of_firm(*, token: int, firm: str, at: dt.datetime, by: Actor) -> None:
    """The same, of a key to one employer alone. Whoever calls has asked whether `by` manages it."""
    _revoke(Q(pk=token, scopes__contains=[access.FIRM + firm]), token, at, by)


def _revoke(which: Q, token: int, at: dt.datetime, by: Actor) -> None:
    if not Token.objects.filter(which, revoked_at=None).update(revoked_at=at):
        raise not_found(Text("Token itu tidak ada atau sudah dicabut.", "No such token, or it is revoked already."))
    actions.record(by=by, action="token.revoked", subjects=[f"token:{token}"])


def usable(*, at: dt.datetime) -> list[Token]:
    """The keys that open something now."""
    alive = Q(expires_at=None) | Q(expires_at__gt=at)
    return list(Token.objects.select_related("user").filter(alive, revoked_at=None).order_by("id"))


def of_firm(*, firm: str, at: dt.datetime) -> list[Token]:
    """The keys that open this employer (an NPP) alone, now."""
    return [token for token in usable(at=at) if access.FIRM + firm in token.scopes]


def _check(scopes: tuple[str, ...], role: str, days: int) -> None:
    allowed = MAY.get(role, frozenset())
    wrong = [scope for scope in scopes if scope not in allowed]
    if wrong or not scopes:
        raise Refused(
            "bad_scopes",
            Text(
                f"Cakupan tidak berlaku bagi peran {role}: {', '.join(wrong) or '(kosong)'}.",
                f"Not open to the role {role}: {', '.join(wrong) or '(none given)'}.",
            ),
            then=Text(f"Pilih dari: {', '.join(sorted(allowed))}.", f"Choose from: {', '.join(sorted(allowed))}."),
            field="scopes",
        )
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            "bad_days",
            Text("Masa berlaku token 1 sampai 366 hari.", "A token lives from 1 to 366 days."),
            then=Text("Pilih masa berlaku yang lebih pendek.", "Choose a shorter life."),
            field="days",
        )


def _narrowed(scopes: tuple[str, ...], firm: str) -> tuple[str, ...]:
    """The scope that names the one employer, if there is one to name."""
    if not firm:
        return ()
    if scopes != (OWN_FIRMS,) or not re.fullmatch("[0-9]{8}", firm):
        raise Refused(
            "bad_firm",
            Text("Token untuk satu perusahaan: cakupan own_employers saja, dan NPP 8 angka.",
                 "A token for one firm has the scope own_employers alone, and an NPP of 8 digits."),
            then=Text("Periksa NPP dan cakupannya.", "Check the NPP and the scope."), field="firm",
        )  # fmt: skip
    return (access.FIRM + firm,)


def _narrowed_to_desk(scopes: tuple[str, ...], organisation: str) -> tuple[str, ...]:
    """The scope that names the one agency or mission, if there is one to name."""
    if not organisation:
        return ()
    if not set(scopes) <= OF_DESKS or not re.fullmatch("[A-Z0-9-]{3,12}", organisation):
        raise Refused(
            "bad_organisation",
            Text("Token untuk satu lembaga: cakupan own_placements, mission, gate, dan kode lembaga.",
                 "A token for one organisation has the scopes own_placements, mission, gate, and its code."),
            then=Text("Periksa kode lembaga dan cakupannya.", "Check the code and the scopes."), field="organisation",
        )  # fmt: skip
    return (access.DESK + organisation,)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
