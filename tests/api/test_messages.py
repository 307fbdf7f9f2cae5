"""A member's own app reads his messages and marks them read; no token of anybody else's does."""

from __future__ import annotations

import pytest

from teduh.outreach import actions
from teduh.registry.models import Account
from teduh.security.access import SYSTEM
from tests import factories
from tests.api import machines
from tests.outreach.telling import AT, telling


def member(person: int) -> machines.Machine:
    made = machines.machine("member")
    Account.objects.create(user_id=made.user, person_id=person)
    return made


def test_a_member_reads_marks_and_goes_on(db):
    person = factories.person()
    actions.tell(messages=[telling(person) for _ in range(3)], by=SYSTEM, at=AT)
    app = member(person)
    said = app.get("/me/messages?limit=2")
    assert said["unread"] == 3 and len(said["rows"]) == 2
    first = said["rows"][0]
    assert first["title"] == {"id": "Upah April dilaporkan", "en": "April wage reported"} and first["read_at"] is None
    assert len(app.get(f"/me/messages?before={said['rows'][1]['id']}")["rows"]) == 1
    for _ in range(2):
        assert app.post("/me/messages/read", {"messages": [first["id"]]}, key="read-0001") == {"marked": 1}
    assert app.get("/me/messages?unread=true")["unread"] == 2
    assert app.post("/me/messages/read", {}) == {"marked": 2}


def test_others_messages_are_passed_over(db):
    person, other = factories.person(), factories.person()
    actions.tell(messages=[telling(other)], by=SYSTEM, at=AT)
    theirs = member(other).get("/me/messages")["rows"][0]["id"]
    assert member(person).post("/me/messages/read", {"messages": [theirs]}) == {"marked": 0}


@pytest.mark.parametrize("role", ["agent", "officer", "auditor", "operator"])
def test_no_other_role_has_the_scope(db, role):
    machines.machine(role).get("/me/messages", 403)
