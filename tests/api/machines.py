"""A machine at the door: an account with a token, and a client that speaks JSON."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from teduh.core import clock
from teduh.security import tokens
from teduh.security.access import MAY, SYSTEM
from teduh.security.models import User

KEYS = itertools.count(1)


@dataclass
class Machine:
    """Somebody with a token. `said` is the last answer's JSON."""

    token: str
    user: int
    role: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))
    said: Any = None

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = "auto", **headers: str) -> Any:
        """The answer; `key` is the Idempotency-Key of a POST (a fresh one unless named, none if None)."""
        sent = {"Authorization": f"Bearer {self.token}", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if method == "POST" and key:
            sent["Idempotency-Key"] = f"test-key-{next(KEYS):06d}" if key == "auto" else key
        raw = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body)
        answer = self.client.generic(method, f"/api/v1{path}", raw, "application/json", headers=sent)
        self.said = json.loads(answer.content) if "json" in answer["Content-Type"] else answer.content
        return answer

    def get(self, path: str, expect: int = 200) -> Any:
        answer = self.ask("GET", path)
        assert answer.status_code == expect, (answer.status_code, self.said)
        return self.said

    def post(self, path: str, body: Any, expect: int = 200, key: str | None = "auto") -> Any:
        answer = self.ask("POST", path, body, key=key)
        assert answer.status_code == expect, (answer.status_code, self.said)
        return self.said


def machine(role: str, *scopes: str, name: str = "") -> Machine:
    user = User.objects.create(username=name or f"{role}-{User.objects.count() + 1}", role=role)
    made = tokens.create(
        username=user.username, name="test", scopes=scopes or sorted(MAY[role]), days=30, at=clock.now(), by=SYSTEM
    )
    return Machine(made.secret, user.pk, role)
