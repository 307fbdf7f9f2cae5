"""What somebody has answered so far while joining: kept in his session, encrypted, until it is sent or given up."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from teduh.security import crypto

NAME = "joining"


def read(request: HttpRequest) -> dict[str, Any]:
    """The answers by step; empty at the beginning."""
    kept = request.session.get(NAME)
    if not kept:
        return {}
    try:
        answers: dict[str, Any] = json.loads(crypto.decrypt(base64.b64decode(kept)))
    except (InvalidTag, ValueError, KeyError):
        return {}
    return answers


def keep(request: HttpRequest, step: str, answers: dict[str, Any]) -> None:
    """Put one step's answers with the others."""
    everything = {**read(request), step: answers}
    request.session[NAME] = base64.b64encode(crypto.encrypt(json.dumps(everything))).decode()


def forget(request: HttpRequest) -> None:
    """Nothing of it remains."""
    request.session.pop(NAME, None)
