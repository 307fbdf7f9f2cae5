"""Files that show somebody's work or a mistake in his data: taken when they are given, opened for a purpose."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from teduh.core.errors import Refused
from teduh.core.text import Text
from teduh.migrants import queries as placements
from teduh.registry.actions import documents
from teduh.registry.queries.documents import Opened, opened
from teduh.security.access import Actor

MOST_BYTES = 8 * 1024 * 1024
#: What a file begins with, and what it therefore is; what its sender calls it does not count.
KINDS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": "application/pdf",
}


def keep(*, content: bytes, by: Actor) -> str:
    """Keep a photo or PDF, encrypted; its SHA-256, which evidence then names. Raises Refused for other files."""
    if len(content) > MOST_BYTES:
        raise _refused("too_large", Text("Berkas ini lebih dari 8 MB.", "This file is larger than 8 MB."))
    with transaction.atomic():
        return documents.keep(content=content, media_type=_kind(content), by=by)


def show(*, person: int, sha256: str, why: str, by: Actor) -> Opened:
    """A person's document, decrypted; the reading is recorded."""
    with transaction.atomic():
        return opened(actor=by, why=why, person=person, sha256=bytes.fromhex(sha256))


def forget_unnamed(*, before: dt.datetime) -> int:
    """Delete files from before then that nobody's evidence, correction or placement came to name; how many."""
    with transaction.atomic():
        left = documents.unnamed(before=before)
        return documents.forget(digests=set(left) - placements.named_files(digests=left))


def _kind(content: bytes) -> str:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    for beginning, kind in KINDS.items():
        if content.startswith(beginning):
            return kind
    raise _refused("not_a_picture", Text("Berkas ini bukan foto atau PDF.", "This file is neither a photo nor a PDF."))


def _refused(code: str, what: Text) -> Refused:
    then = Text("Kirim foto (JPG, PNG, WebP) atau PDF.", "Send a photo (JPG, PNG, WebP) or a PDF.")
    return Refused(code, what, then=then, field="evidence_file")
