"""Evidence that somebody gives when joining is kept, encrypted, and opened only by who may see him."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.db import connection
from django.urls import reverse

from teduh.core.errors import Refused
from teduh.journeys.joining import documents
from teduh.registry.models import Document, Enrolment, Evidence
from teduh.security.access import SYSTEM
from teduh.security.models import Event
from tests import factories

PHOTO = b"\x89PNG\r\n\x1a\n" + b"a boat" * 40
DIGEST = hashlib.sha256(PHOTO).hexdigest()


def given(agent) -> int:
    """A person of this agent whose evidence names the photo."""
    person = factories.person(agent=agent.account)
    documents.keep(content=PHOTO, by=SYSTEM)
    enrolment = Enrolment.objects.get(person=person)
    Evidence.objects.create(enrolment=enrolment, kind="photo", text="Perahu", sha256=bytes.fromhex(DIGEST))
    return person


def test_a_photo_is_kept_once_and_unreadable_at_rest(db) -> None:
    assert documents.keep(content=PHOTO, by=SYSTEM) == documents.keep(content=PHOTO, by=SYSTEM) == DIGEST
    assert bytes(Document.objects.get().content) == PHOTO
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM registry_document")
        assert b"a boat" not in bytes(cursor.fetchone()[0])


def test_its_agent_opens_it_and_the_reading_is_recorded(signed_in) -> None:
    agent = signed_in("agent")
    person = given(agent)
    assert reverse("paper", args=[person, DIGEST]) in agent.get(reverse("person", args=[person])).content.decode()
    answer = agent.get(reverse("paper", args=[person, DIGEST]))
    assert answer.content == PHOTO
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Event.objects.filter(action="document.read", subject=f"person:{person}").count() == 1


def test_nobody_else_opens_it_and_no_other_person_leads_to_it(signed_in) -> None:
    agent = signed_in("agent")
    person = given(agent)
    other = factories.person(agent=agent.account)
    assert agent.get(reverse("paper", args=[other, DIGEST])).status_code == 404
    assert signed_in("agent").get(reverse("paper", args=[person, DIGEST])).status_code == 404
    assert signed_in("member").get(reverse("paper", args=[person, DIGEST])).status_code == 403


def test_what_is_neither_photo_nor_pdf_is_refused_with_what_to_send(db) -> None:
    with pytest.raises(Refused) as refused:
        documents.keep(content=b"<html><script>alert(1)</script>", by=SYSTEM)
    assert refused.value.field == "evidence_file"
    assert "PDF" in refused.value.then.id


def test_a_photo_that_nobody_came_to_name_is_forgotten_and_a_named_one_stays(signed_in) -> None:
    given(signed_in("agent"))
    documents.keep(content=b"%PDF-1.7 given up", by=SYSTEM)
    later = Document.objects.latest("at").at + dt.timedelta(days=1)
    assert documents.forget_unnamed(before=later) == 1
    assert documents.forget_unnamed(before=later) == 0
    assert bytes(Document.objects.get().sha256).hex() == DIGEST
