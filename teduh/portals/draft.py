"""What somebody has answered so far while joining, and what the next page shows once: in his session, encrypted."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from django.http import HttpRequest

from teduh.security import crypto

NAME = "joining"


def read(request: HttpRequest, name: str = NAME) -> dict[str, Any]:
    """The answers by step; empty at the beginning."""
    return _opened(request.session.get(name))


def _opened(kept: str | None) -> dict[str, Any]:
    if not kept:
        return {}
    try:
        answers: dict[str, Any] = json.loads(crypto.decrypt(base64.b64decode(kept)))
    except (InvalidTag, ValueError, KeyError):
        return {}
    return answers


def _closed(answers: dict[str, Any]) -> str:
    return base64.b64encode(crypto.encrypt(json.dumps(answers))).decode()


def keep(request: HttpRequest, step: str, answers: dict[str, Any], name: str = NAME) -> None:
    """Put one step's answers with the others."""
    request.session[name] = _closed({**read(request, name), step: answers})


def forget(request: HttpRequest, name: str = NAME) -> None:
    """Nothing of it remains."""
    request.session.pop(name, None)


def hand_over(request: HttpRequest, name: str, told: dict[str, Any]) -> None:
    """Leave something for the page that follows a POST."""
    request.session[f"once:{name}"] = _closed(told)


def take(request: HttpRequest, name: str) -> dict[str, Any]:
    """What was left for this page; shown again, it is gone."""
    return _opened(request.session.pop(f"once:{name}", None))
