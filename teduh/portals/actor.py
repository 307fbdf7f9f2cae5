"""Who is asking: the signed-in account as an `Actor`, with the person it belongs to."""

from __future__ import annotations

from django.http import HttpRequest

from teduh.registry.models import Account
from teduh.security.access import Actor
from teduh.security.models import Role

#: Somebody who has not signed in: may look at public pages and join, nothing else.
VISITOR = Actor(user=None, name="pengunjung", role="visitor")


def of(request: HttpRequest) -> Actor:
    """The request's actor; asked twice, made once."""
    known: Actor | None = getattr(request, "actor", None)
    if known is None:
        known = _made(request)
        request.actor = known  # type: ignore[attr-defined]
    return known


def _made(request: HttpRequest) -> Actor:
    user = request.user
    if not user.is_authenticated:
        return VISITOR
    person = None
    if user.role == Role.MEMBER:
        person = Account.objects.filter(user=user).values_list("person", flat=True).first()
    return Actor(user=user.pk, name=user.get_full_name() or user.get_username(), role=user.role, person=person)
