"""Idempotency keys: the same request is done once, by however many at once."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from teduh.api.models import Answer
from teduh.registry.models import Group
from tests.api import machines

GROUP = {"name": "Koperasi Maju", "kind": "cooperative", "funding": "members"}
KEY = "group-2026-0001"


def test_a_post_that_changes_something_needs_a_key(officer):
    said = officer.post("/groups", GROUP, 422, key=None)
    assert said["code"] == "idempotency_key" and said["field"] == "Idempotency-Key"
    for key in ("short", "x" * 81, "with space in it", "böse-schlüssel", "semi;colon-12"):
        assert officer.post("/groups", GROUP, 422, key=key)["code"] == "idempotency_key"


def test_the_same_key_and_input_give_the_same_answer(officer):
    first = officer.post("/groups", GROUP, 201, key=KEY)
    Group.objects.update(name="Nama Baru")
    answer = officer.ask("POST", "/groups", GROUP, key=KEY)
    assert officer.said == first and answer["Idempotent-Replay"] == "true" and answer.status_code == 201
    assert Group.objects.count() == 1


def test_the_same_key_with_another_input_is_refused(officer):
    officer.post("/groups", GROUP, 201, key=KEY)
    assert officer.post("/groups", {**GROUP, "name": "Lain"}, 409, key=KEY)["code"] == "key_used_otherwise"
    assert officer.post("/groups/1/members", GROUP, 422, key=KEY)["code"] == "invalid"
    assert Group.objects.count() == 1


def test_two_accounts_may_use_the_same_key(officer, second_officer):
    officer.post("/groups", GROUP, 201, key=KEY)
    second_officer.post("/groups", {**GROUP, "name": "Lain"}, 201, key=KEY)
    assert Group.objects.count() == 2


def test_a_refusal_is_not_kept_because_nothing_was_done(officer):
    wrong = {"people": ["26000000017"]}
    made = officer.post("/groups", GROUP, 201)
    assert officer.post(f"/groups/{made['id']}/members", wrong, 404, key=KEY)
    assert not Answer.objects.filter(key=KEY).exists()


@pytest.mark.usefixtures("committed_db")
def test_ten_at_once_do_it_once_and_are_all_told_the_same():
    one = machines.machine("officer")
    answers, start = [], threading.Barrier(10)

    def ask() -> None:
        mine = machines.Machine(one.token, one.user, one.role)
        start.wait()
        try:
            answers.append((mine.ask("POST", "/groups", GROUP, key=KEY).status_code, mine.said["id"]))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 10 and set(answers) == {(201, answers[0][1])}
    assert Group.objects.count() == 1 and Answer.objects.count() == 1
