"""What the tests of messages share: a moment, something to say, people with phones and devices."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence

from django.db import connection

from teduh.core.clock import JAKARTA
from teduh.core.text import Text
from teduh.journeys import messages
from teduh.outreach import sms_simulator
from teduh.outreach.facts import Telling
from teduh.registry.models import Account, Person
from teduh.security.access import SYSTEM, Actor
from teduh.security.models import User
from tests import factories
from tests.outreach.push_service import Browser, Service

AT = dt.datetime(2026, 5, 4, 10, tzinfo=JAKARTA)
_key = itertools.count(1)


def telling(
    person: int, *, key: str = "", title: str = "Upah April dilaporkan", kind: str = "wage.reported"
) -> Telling:
    return Telling(
        person=person, kind=kind, title=Text(title, "April wage reported"), link="/saya/",
        body=Text("PT Samudra Jaya melaporkan upah Rp4.321.000.", "PT Samudra Jaya reported a wage of Rp4,321,000."),
        key=key or f"test:{next(_key)}",
    )  # fmt: skip


def with_phone(phone: str = "+6281234567890", **wanted: object) -> int:
    person = factories.person(**wanted)
    Person.objects.filter(pk=person).update(phone=phone)
    return person


def member(person: int | None = None, *, language: str = "id") -> Actor:
    """An account of this person."""
    person = person or factories.person()
    user = factories.user("member")
    User.objects.filter(pk=user.pk).update(language=language)
    Account.objects.create(user=user, person_id=person)
    return Actor(user=user.pk, name="Siti", role="member", person=person)


def subscribed(who: Actor, service: Service, *browsers: Browser) -> list[Browser]:
    made = list(browsers) or [Browser()]
    for one in made:
        messages.subscribe(endpoint=service.endpoint(one), **one.keys, device="Chrome · Android", by=who, at=AT)
    return made


def send(simulator: sms_simulator.Simulator | None = None, *, minutes: float = 0, limit: int = 400) -> messages.Round:
    """One round, some minutes after AT."""
    at = AT + dt.timedelta(minutes=minutes)
    return messages.send_due(at=at, limit=limit, gateway=simulator or sms_simulator.Simulator())


def deliveries(channel: str = "") -> list[tuple]:
    """(channel, state, attempts, error) of every delivery but the inbox's, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT channel, state, attempts, error FROM outreach_delivery "
            "WHERE channel <> 'inbox' AND (%s = '' OR channel = %s) ORDER BY id",
            [channel, channel],
        )
        return cursor.fetchall()


def all_of(people: Sequence[int], *, key: str = "all") -> list[Telling]:
    return [telling(person, key=f"{key}:{person}") for person in people]


__all__ = ["AT", "SYSTEM", "all_of", "deliveries", "member", "send", "subscribed", "telling", "with_phone"]
