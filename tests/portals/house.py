"""What the pages' tests share: accounts with a password, bills, and whose account it is."""

from __future__ import annotations

from django.test import Client

from teduh.core import clock
from teduh.journeys.money import pay
from teduh.registry.models import Account
from teduh.security.models import User
from tests import factories

PASSWORD = "perahu-kecil-di-teluk"


def account(role: str, name: str) -> User:
    return User.objects.create_user(username=name, password=PASSWORD, role=role)


def signed_in(role: str, person: int | None = None, name: str = "") -> Client:
    """A client with an account of that role; a member is given a person."""
    user = account(role, name or f"{role}-{User.objects.count()}")
    if role == "member":
        Account.objects.create(user=user, person_id=person or factories.person(on=clock.today()))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.account = user  # type: ignore[attr-defined]
    return client


def bill_for(person: int, months: int = 1) -> pay.BillView:
    return pay.bill(people=[person], months=months, by=factories.actor("officer"), on=clock.today())


def person_of(client: Client) -> int:
    return int(Account.objects.get(user=client.account).person_id)  # type: ignore[attr-defined]
