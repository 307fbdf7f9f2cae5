"""The civil registry (Dukcapil), asked over HTTP: is there such a NIK, and do name, birth date and sex agree?

Only match flags and the trace id come out of here, never the registry's record. It can be away in many ways; each has a
name, and none stops anybody from joining. Gateway, account and password come with an agreement (hak akses).
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from teduh.core.clock import JAKARTA

VERIFIED, MISMATCH, NOT_FOUND, AWAY = "verified", "mismatch", "not_found", "away"
#: Why it was away; each is also what the check keeps as its answer.
LOGIN_FAILED, IP_UNKNOWN, QUOTA, TIMEOUT, REFUSED, GARBAGE, RESTING = (
    "login_failed", "ip_unknown", "quota_used_up", "timeout", "connection_refused", "garbage", "resting",
)  # fmt: skip
#: Fields that are compared, by the registry's name.
FIELDS = {"NAMA_LGKP": "name", "TGL_LHR": "birth_date", "JENIS_KLMIN": "sex"}
#: What its answers say in words, in lower case, and what that means.
SAYINGS = (
    ("kuota", QUOTA), ("quota", QUOTA), ("ip anda", IP_UNKNOWN), ("ip tidak", IP_UNKNOWN), ("ip address", IP_UNKNOWN),
    ("user id", LOGIN_FAILED), ("password", LOGIN_FAILED), ("login", LOGIN_FAILED), ("autentikasi", LOGIN_FAILED),
    ("tidak ditemukan", NOT_FOUND), ("not found", NOT_FOUND), ("tidak ada", NOT_FOUND),
)  # fmt: skip
LONGEST = 64 * 1024


@dataclass(frozen=True)
class Question:
    """What is asked: this NIK, and whether these agree with it."""

    nik: str
    name: str
    birth_date: dt.date
    sex: str


@dataclass(frozen=True)
class Answer:
    """What came of it. `matches` holds a flag for each field compared; `fault` says why it was away."""

    state: str
    matches: Mapping[str, bool] = field(default_factory=dict)
    trace: str = ""
    fault: str = ""


class CivilRegistry(Protocol):
    """Whoever answers: the real gateway, or the simulator."""

    def ask(self, question: Question, *, at: dt.datetime) -> Answer: ...


@dataclass(frozen=True)
class Access:
    """The agreement's account. `threshold`: how alike a name must be, in percent, to count as the same."""

    user: str = ""
    password: str = ""
    ip: str = ""
    threshold: int = 90


@dataclass
class Breaker:
    """Stops asking somebody who cannot answer: until midnight when the quota is used up, an hour when locked out,
    five minutes after three silences in a row."""

    rests_until: dt.datetime | None = None
    silences: int = 0

    def is_open(self, at: dt.datetime) -> bool:
        return self.rests_until is not None and at < self.rests_until

    def heard(self, answer: Answer, at: dt.datetime) -> None:
        self.silences = self.silences + 1 if answer.fault in (TIMEOUT, REFUSED, GARBAGE) else 0
        if answer.fault == QUOTA:
            self.rests_until = next_day(at)
        elif answer.fault in (LOGIN_FAILED, IP_UNKNOWN):
            self.rests_until = at + dt.timedelta(hours=1)
        elif self.silences >= 3:
            self.rests_until = at + dt.timedelta(minutes=5)
        elif answer.state != AWAY:
            self.rests_until = None


def next_day(at: dt.datetime) -> dt.datetime:
    """Five past midnight in Jakarta, when a new day's quota is there."""
    tomorrow = at.astimezone(JAKARTA).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(0, 5), JAKARTA)


def request(question: Question, access: Access) -> bytes:
    """The question as the gateway wants it: JSON with upper-case keys."""
    return json.dumps(
        {
            "USER_ID": access.user, "PASSWORD": access.password, "IP_USER": access.ip, "TRESHOLD": access.threshold,
            "NIK": question.nik, "NAMA_LGKP": question.name.upper(),
            "TGL_LHR": question.birth_date.strftime("%d-%m-%Y"),
            "JENIS_KLMIN": "Perempuan" if question.sex == "F" else "Laki-Laki",
        }
    ).encode()  # fmt: skip


def understand(body: bytes, trace: str = "") -> Answer:
    """What an answer means. Whatever is no such answer is `garbage`: away, not a verdict on anybody."""
    try:
        said = json.loads(body)
        content = said.get("content", said)
        first: dict[str, Any] = content[0] if isinstance(content, list) else content
        words = str(first.get("RESPON") or first.get("RESPONSE_DESC") or said.get("RESPON") or "").lower()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return Answer(AWAY, trace=trace, fault=GARBAGE)
    meant = next((meaning for saying, meaning in SAYINGS if saying in words), "")
    if meant == NOT_FOUND:
        return Answer(NOT_FOUND, trace=trace)
    if meant:
        return Answer(AWAY, trace=trace, fault=meant)
    flags = {name: _agrees(first[key]) for key, name in FIELDS.items() if key in first}
    if "name" not in flags or "birth_date" not in flags or None in flags.values():
        return Answer(AWAY, trace=trace, fault=GARBAGE)
    matches = {name: bool(flag) for name, flag in flags.items()}
    return Answer(VERIFIED if all(matches.values()) else MISMATCH, matches, trace)


def _agrees(value: object) -> bool | None:
    """`Sesuai`, `Sesuai (95)` and `Tidak Sesuai`; None for anything else."""
    words = str(value).strip().lower()
    return True if words.startswith("sesuai") else False if words.startswith("tidak sesuai") else None


@dataclass
class HttpCivilRegistry:
    """The gateway at an address, with an account; one connection for each question."""

    address: str
    access: Access = field(default_factory=Access)
    timeout: float = 5.0
    breaker: Breaker = field(default_factory=Breaker)

    def ask(self, question: Question, *, at: dt.datetime) -> Answer:
        """The registry's answer, or why there is none."""
        if self.breaker.is_open(at):
            return Answer(AWAY, fault=RESTING)
        answer = self._ask(question)
        self.breaker.heard(answer, at)
        return answer

    def _ask(self, question: Question) -> Answer:
        parts = urlsplit(self.address)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        try:
            connection.request(
                "POST", parts.path or "/", request(question, self.access), {"Content-Type": "application/json"}
            )
            response = connection.getresponse()
            body, trace = response.read(LONGEST), (response.getheader("X-Trace-Id") or "")[:80]
        except TimeoutError:
            return Answer(AWAY, fault=TIMEOUT)
        except OSError:
            return Answer(AWAY, fault=REFUSED)
        except (http.client.HTTPException, ValueError):
            return Answer(AWAY, fault=GARBAGE)
        finally:
            connection.close()
        return understand(body, "".join(c for c in trace if c.isprintable()))


def from_settings(name: str) -> CivilRegistry:
    """`simulator`, or the address of a gateway whose account is in TEDUH_DUKCAPIL_USER, _PASSWORD and _IP."""
    if name == "simulator":
        from teduh.registry import civil_registry_simulator

        return civil_registry_simulator.IN_PROCESS
    access = Access(*(os.environ.get(f"TEDUH_DUKCAPIL_{key}", "") for key in ("USER", "PASSWORD", "IP")))
    return HttpCivilRegistry(name, access)
