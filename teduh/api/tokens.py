"""Who asks: a bearer token becomes an actor, its scopes are checked, and it may ask only so often."""

from __future__ import annotations

import dataclasses
import os
import time
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from ninja.security import HttpBearer

from teduh.api import errors
from teduh.core import clock
from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.registry.models import Account
from teduh.security import tokens
from teduh.security.access import Actor
from teduh.security.models import Role

WINDOW = 60


def most_per_minute() -> int:
    """Requests of one token in a minute; each server process counts for itself."""
    return int(os.environ.get("TEDUH_API_PER_MINUTE", "1200"))


class Token(HttpBearer):
    """A bearer token that may do at least one of `needs`."""

    def __init__(self, *needs: str):
        super().__init__()
        self.needs = needs

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The token's actor, or a refusal: 429, 401 or 403."""
        holder = tokens.holder(text=token, at=clock.now()) if len(token) <= 200 else None
        if holder is None:
            _count(f"nobody:{request.META.get('REMOTE_ADDR', '')}")
            raise errors.no_token()
        _count(f"token:{holder.token}")
        tokens.used(holder=holder, on=clock.today())
        asking = _as_person(holder.actor)
        if self.needs:
            self._require(asking)
        return asking

    def _require(self, actor: Actor) -> None:
        if not any(actor.may(what) for what in self.needs):
            needs = " / ".join(self.needs)
            raise Refused(
                "scope_missing",
                Text(f"Token ini tidak mencakup: {needs}.", f"This token does not have the scope: {needs}."),
                then=Text("Minta token dengan cakupan itu dari operator.", "Ask an operator for a token that has it."),
                status=403,
            )


def _as_person(asking: Actor) -> Actor:
    """A member's account speaks for the person it belongs to."""
    if asking.role != Role.MEMBER:
        return asking
    person = Account.objects.filter(user=asking.user).values_list("person", flat=True).first()
    return dataclasses.replace(asking, person=person)


def _count(who: str) -> None:
    now = int(time.time())
    key = f"api:{who}:{now // WINDOW}"
    cache.add(key, 0, WINDOW * 2)
    if cache.incr(key) > most_per_minute():
        raise TooOften(WINDOW - now % WINDOW)


class TooOften(Refused):
    """Refused for now; `wait` seconds until it may ask again."""

    def __init__(self, wait: int):
        self.wait = wait
        super().__init__(
            "too_often",
            Text("Terlalu banyak permintaan.", "Too many requests."),
            then=Text(f"Coba lagi dalam {wait} detik.", f"Try again in {wait} seconds."),
            status=429,
        )


def actor(request: HttpRequest) -> Actor:
    """The actor that `Token` put into the request."""
    found: Any = request.auth  # type: ignore[attr-defined]
    return found
