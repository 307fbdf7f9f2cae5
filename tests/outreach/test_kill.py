"""The sender is killed at random moments; afterwards every message has arrived, and each device shows it once."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from django.db import connection, connections, transaction

from teduh.outreach import actions, sms_simulator
from teduh.outreach.models import Message
from teduh.security.access import SYSTEM
from tests import factories
from tests.outreach.push_service import Browser
from tests.outreach.telling import AT, all_of, deliveries, member, send, subscribed, telling

pytestmark = pytest.mark.usefixtures("committed_db")
PEOPLE, KILLS = 400, 12


def test_what_is_rolled_back_is_never_said(service):
    who = member()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        actions.tell(messages=[telling(who.person)], by=SYSTEM, at=AT)
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)
    assert send().laid_out == 0 and not Message.objects.exists()


def test_killed_a_dozen_times_it_tells_everybody_and_each_device_shows_it_once(service):
    browsers = [Browser() for _ in range(PEOPLE)]
    for person, browser in zip(factories.people(PEOPLE), browsers, strict=True):
        subscribed(member(person), service, browser)
        actions.tell(messages=all_of([person]), by=SYSTEM, at=AT)
    chance = random.Random(20260504)
    connections.close_all()
    kills = sum(one_life(minute * 11, chance.uniform(0.01, 0.12)) for minute in range(KILLS))
    assert kills >= KILLS // 2, f"only {kills} lives ended by force"
    service.at = AT.timestamp() + 3600
    while send(minutes=(KILLS + 1) * 11).tried:
        pass
    assert {row[:2] for row in deliveries()} == {("push", "sent")} and len(deliveries()) == PEOPLE
    for browser in browsers:
        got = service.of(browser)
        topics = {one.headers["topic"] for one in service.pushed if one.name == browser.name}
        assert got and len({one["id"] for one in got}) == 1 and len(topics) == 1


def one_life(minutes: float, seconds: float) -> bool:
    """A child that sends small rounds until it is killed; whether it was killed before it was done."""
    child = os.fork()
    if child == 0:
        try:
            while send(sms_simulator.Simulator(), minutes=minutes, limit=8).tried:
                pass
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
