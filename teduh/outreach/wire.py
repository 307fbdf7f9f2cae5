"""One POST after another to services outside, over connections that are kept open; redirects are never followed.

A silence has a name (`Silent`), so that whoever sends knows it from an answer.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

LONGEST = 16 * 1024
LONGEST_WAIT = dt.timedelta(days=1)


class Silent(Exception):
    """No answer came: `timeout`, `unreachable` or `garbage`."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered; `wait` is its Retry-After."""

    status: int
    body: bytes
    wait: dt.timedelta | None


@dataclass
class Line:
    """Connections of one thread. Not to be shared."""

    timeout: float
    open: dict[str, http.client.HTTPConnection] = field(default_factory=dict)

    def post(self, address: str, body: bytes, headers: Mapping[str, str], *, at: dt.datetime) -> Reply:
        """The answer, or `Silent`. A kept connection that the other side had closed is opened once more."""
        parts = urlsplit(address)
        place, kept = f"{parts.scheme}://{parts.netloc}", f"{parts.scheme}://{parts.netloc}" in self.open
        try:
            return self._post(place, parts, body, headers, at)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError) as error:
            if not kept:
                raise Silent("unreachable") from error
        except TimeoutError as error:
            raise Silent("timeout") from error
        except OSError as error:
            raise Silent("unreachable") from error
        except (http.client.HTTPException, ValueError) as error:
            raise Silent("garbage") from error
        return self.post(address, body, headers, at=at)

    def _post(self, place: str, parts: SplitResult, body: bytes, headers: Mapping[str, str], at: dt.datetime) -> Reply:
        connection = self.open.pop(place, None)
        if connection is None:
            kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
            connection = kind(parts.hostname or "", parts.port, timeout=self.timeout)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, dict(headers))
            answer = connection.getresponse()
            said = answer.read(LONGEST)
            if answer.isclosed() and not answer.will_close:
                self.open[place] = connection
            return Reply(answer.status, said, _wait(answer.getheader("Retry-After"), at))
        finally:
            if place not in self.open:
                connection.close()

    def close(self) -> None:
        """Hang up everywhere."""
        while self.open:
            self.open.popitem()[1].close()


def _wait(said: str | None, at: dt.datetime) -> dt.timedelta | None:
    """Seconds or a date; never more than a day."""
    if not said:
        return None
    try:
        if said.strip().isdigit():
            wait = dt.timedelta(seconds=min(int(said), 10**6))
        else:
            wait = email.utils.parsedate_to_datetime(said) - at
    except (ValueError, TypeError, OverflowError):
        return None
    return max(dt.timedelta(), min(wait, LONGEST_WAIT))
