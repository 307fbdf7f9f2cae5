"""Questions to the audit: who looked at a record, and what happened."""

from __future__ import annotations

import pytest

from teduh.core.errors import Refused
from teduh.security import actions, queries
from teduh.security.access import SYSTEM, Actor

OFFICER = Actor(user=7, name="Petugas Satu", role="officer")
MEMBER = Actor(user=8, name="Siti", role="member", person=42)
AUDITOR = Actor(user=9, name="Auditor", role="auditor")


def test_a_member_sees_who_looked_and_why_but_not_her_own_looking(db):
    actions.record(by=OFFICER, action="person.read", subjects=["person:42", "person:43"], why="klaim")
    actions.record(by=OFFICER, action="person.found", subjects=["person:42"], why="telepon masuk")
    actions.record(by=MEMBER, action="person.read", subjects=["person:42"])
    actions.record(by=OFFICER, action="person.enrolled", subjects=["person:42"])
    reads = queries.reads_of(records=[42])
    assert [(read.who, read.role.id, read.why) for read in reads] == [
        ("Petugas Satu", "Petugas", "telepon masuk"),
        ("Petugas Satu", "Petugas", "klaim"),
    ]


def test_person_4_is_not_person_42(db):
    actions.record(by=OFFICER, action="person.read", subjects=["person:42"])
    assert queries.reads_of(records=[4]) == []


def test_the_audit_is_read_page_by_page_newest_first(db):
    for number in range(5):
        actions.record(by=SYSTEM, action="person.read", subjects=[f"person:{number}"])
    first = queries.events(actor=AUDITOR, limit=2)
    second = queries.events(actor=AUDITOR, limit=2, before=first[-1].id)
    assert [event.subject for event in (*first, *second)] == ["person:4", "person:3", "person:2", "person:1"]


def test_the_audit_is_asked_by_subject_actor_and_action(db):
    actions.record(by=OFFICER, action="person.read", subjects=["person:1"])
    actions.record(by=SYSTEM, action="token.created", subjects=["token:1"])
    assert [e.action for e in queries.events(actor=AUDITOR, subject="token:1")] == ["token.created"]
    assert [e.action for e in queries.events(actor=AUDITOR, by=7)] == ["person.read"]
    assert [e.action for e in queries.events(actor=AUDITOR, action="person.")] == ["person.read"]


def test_an_officer_does_not_read_the_audit(db):
    with pytest.raises(Refused):
        queries.events(actor=OFFICER)


def test_many_subjects_are_recorded_in_one_statement(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        actions.record(by=SYSTEM, action="person.enrolled", subjects=[f"person:{number}" for number in range(2_000)])
