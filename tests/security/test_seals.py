"""The audit's chain: what is sealed cannot be changed, removed or slipped in unseen."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from teduh.security import actions, seals
from teduh.security.access import SYSTEM

IS_SETTLED = """SELECT coalesce(max(xact), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM security_event"""


def _record(count: int = 1, *, why: str = "") -> None:
    for number in range(count):
        actions.record(by=SYSTEM, action="person.read", subjects=[f"person:{number}"], why=why)


def _tamper(statement: str) -> None:
    """What only somebody with the database's own password could do: the guard taken off, a row changed, put back."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE security_event DISABLE TRIGGER security_event_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE security_event ENABLE TRIGGER security_event_append_only")


def _seal() -> seals.Sealed:
    """Once nothing older runs: a transaction of another test on the same server holds a seal back, as it should."""
    until = time.monotonic() + 150
    while not _one(IS_SETTLED) and time.monotonic() < until:
        time.sleep(0.05)
    return _seal_now()


def _seal_now() -> seals.Sealed:
    with transaction.atomic():
        return seals.seal()


def test_an_empty_audit_holds_and_has_nothing_to_seal(committed_db):
    assert _seal() == seals.Sealed(events=0, links=0, head="")
    assert seals.verify().holds


def test_each_seal_follows_the_one_before_it_and_covers_every_event_once(committed_db):
    _record(3)
    first = _seal()
    _record(2)
    second = _seal()
    assert (first.events, second.events, _seal().events) == (3, 2, 0)
    found = seals.verify()
    assert (found.holds, found.links, found.events, found.unsealed, found.head) == (True, 2, 5, 0, second.head)


def test_many_events_are_sealed_in_several_links(committed_db, monkeypatch):
    monkeypatch.setattr(seals, "LINK", 2)
    _record(5)
    assert (_seal().links, seals.verify().holds) == (3, True)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE security_event SET why = 'nothing' WHERE subject = 'person:1'", "changed after it was sealed"),
        ("UPDATE security_event SET at = at + interval '1 microsecond' WHERE subject = 'person:1'", "changed after"),
        ("DELETE FROM security_event WHERE subject = 'person:1'", "sealed 3 events, 2 are there"),
        (
            "INSERT INTO security_event (xact, actor_name, role, action, subject, why, detail) "
            "SELECT min(xact), '', '', '', '', '', '{}' FROM security_event",
            "sealed 3 events, 4 are there",
        ),
    ],
)
def test_the_first_link_that_was_tampered_with_is_named(committed_db, statement, says):
    _record(3)
    _seal()
    _record(2, why="a later link")
    _seal()
    _tamper(statement)
    found = seals.verify()
    first = _one("SELECT min(id) FROM security_seal")
    assert (found.holds, found.broken) == (False, first)
    assert says in found.why


def test_a_chain_made_anew_from_its_beginning_is_shown_by_a_hash_kept_elsewhere(committed_db):
    _record(3)
    kept = _seal().head
    _tamper("UPDATE security_event SET why = 'nothing'")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE security_seal DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM security_seal")
    _seal()
    assert seals.verify().holds
    assert not seals.verify(known_head=kept).holds
    assert "made anew" in seals.verify(known_head=kept).why


def test_a_running_transaction_that_wrote_earlier_is_not_overtaken(committed_db):
    written, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            _record(1, why="slow")
            written.set()
            go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(20)
    _record(2, why="fast")
    assert _seal_now().events == 0
    go_on.set()
    thread.join()
    assert _seal().events == 3
    assert seals.verify().holds


def test_events_and_seals_cannot_be_changed_removed_or_truncated(committed_db):
    _record(1)
    _seal()
    for table in ("security_event", "security_seal"):
        for verb in ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"):
            with pytest.raises(Exception, match="append-only"), connection.cursor() as cursor:
                cursor.execute(verb.format(table))


def _one(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]
