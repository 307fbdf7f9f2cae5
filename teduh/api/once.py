"""Idempotency keys: the same request sent twice is done once, and answered twice alike."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from teduh.api import errors
from teduh.api.models import Answer
from teduh.core.errors import Refused
from teduh.core.text import Text

HEADER = "Idempotency-Key"
PATTERN = r"^[A-Za-z0-9_.:-]{8,80}$"
PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": True,
    "description": "Your own name for this request, 8 to 80 letters, digits or _ . : -. Sent again with the same "
    "input, it is not done again: the first answer comes back. With another input it is refused (409).",
    "schema": {"type": "string", "pattern": PATTERN, "minLength": 8, "maxLength": 80},
    "example": "join-2026-04-17-0001",
}


def key_of(request: HttpRequest) -> str:
    """The request's key, or a refusal that says how to make one."""
    key = request.headers.get(HEADER, "")
    if not re.fullmatch(PATTERN, key):
        raise Refused(
            "idempotency_key",
            Text("Header Idempotency-Key tidak ada atau tidak sesuai.", "No valid header Idempotency-Key."),
            why=Text(
                "Tanpa itu, kiriman ulang dapat terjadi dua kali.", "Without it, what is sent again is done twice."
            ),
            then=Text(
                "Kirim kunci Anda sendiri, 8-80 huruf, angka atau _ . : -, satu untuk setiap pekerjaan.",
                "Send a key of your own, 8 to 80 letters, digits or _ . : -, one for each thing you do.",
            ),
            field=HEADER,
        )
    return key


def run(request: HttpRequest, *, user: int, status: int, do: Callable[[], Any]) -> HttpResponse:
    """Do it, or give the stored answer. Two at once: one does it, the other waits and gets the same answer.

    What is done and its answer are stored together or not at all. A refusal is not stored, because nothing was done.
    """
    key, told = key_of(request), told_by(request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"answer:{user}:{key}"])
        kept = Answer.objects.filter(user_id=user, key=key).first()
        if kept is not None:
            return _again(kept, told)
        try:
            body = do()
        except Refused as refused:  # a journey has undone its own work; what it wrote down of the refusal stays
            return errors.answer(refused)
        Answer.objects.create(user_id=user, key=key, input_hash=told, status=status, body=body)
    return JsonResponse(body, status=status, safe=False)


def told_by(request: HttpRequest) -> bytes:
    """SHA-256 of what was asked; a multipart body by its parts, as its boundary differs each time."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\0".encode())
    if request.content_type == "multipart/form-data":
        for name, sent in sorted(request.FILES.items()):
            digest.update(f"{name}\0{sent.name}\0".encode() + hashlib.sha256(sent.read()).digest())
            sent.seek(0)
        for name, values in sorted(request.POST.lists()):
            digest.update("\0".join((name, *values)).encode())
    else:
        digest.update(request.body)
    return digest.digest()


def _again(kept: Answer, told: bytes) -> HttpResponse:
    if bytes(kept.input_hash) != told:
        raise Refused(
            "key_used_otherwise",
            Text("Kunci ini sudah dipakai untuk permintaan lain.", "This key was used for another request."),
            then=Text("Pakai kunci baru untuk pekerjaan baru.", "Use a new key for a new piece of work."),
            status=409,
            field=HEADER,
        )
    response = JsonResponse(kept.body, status=kept.status, safe=False)
    response["Idempotent-Replay"] = "true"
    return response
