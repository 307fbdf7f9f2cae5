"""Opening a file that shows something about a person: for whoever may see the person, and never unrecorded."""

from __future__ import annotations

from dataclasses import dataclass

from teduh.core.errors import not_found
from teduh.core.text import Text
from teduh.registry.models import Correction, Document, Evidence
from teduh.registry.queries.people import is_visible
from teduh.security import actions as security
from teduh.security.access import Actor


@dataclass(frozen=True)
class Opened:
    """A document's bytes and what kind of file they are."""

    content: bytes
    media_type: str


def opened(*, actor: Actor, why: str, person: int, sha256: bytes) -> Opened:
    """The file that a person's evidence or wish for correction names. Raises Refused `not_found` for anybody else's."""
    named = is_visible(actor=actor, person=person) and (
        Evidence.objects.filter(enrolment__person=person, sha256=sha256).exists()
        or Correction.objects.filter(person=person, sha256=sha256).exists()
    )
    found = Document.objects.filter(sha256=sha256).first() if named else None
    if found is None:
        raise not_found(Text("Berkas ini tidak ada.", "There is no such file."))
    security.record(by=actor, action="document.read", subjects=(f"person:{person}",), why=why)
    return Opened(found.content, found.media_type)
