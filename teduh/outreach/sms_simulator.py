"""An SMS aggregator that fails in every documented way: in this process, or as a real HTTP server. Nothing is sent.

What it does hangs on the number's last four digits (`BY_NUMBER`), or on a fault switched on for everybody (`fault`).
"""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from teduh.outreach import sms
from teduh.outreach.facts import Tried
from teduh.outreach.wire import Line, Reply, Silent

BUSY, REJECTED, TIMEOUT, LOST, NO_CREDIT, GARBAGE = (
    "busy",
    "rejected_number",
    "timeout",
    "lost_answer",
    "credit",
    "garbage",
)
#: The last four digits of a phone number that make the simulator fail, for demonstrations and tests.
BY_NUMBER = {"9901": BUSY, "9902": REJECTED, "9903": TIMEOUT, "9904": LOST, "9905": NO_CREDIT, "9906": GARBAGE}
STATUS = {BUSY: 429, REJECTED: 422, NO_CREDIT: 402}
KEPT = 1_000


@dataclass(frozen=True)
class Carried:
    """An SMS that a phone would have got."""

    to: str
    text: str
    reference: str


@dataclass
class Simulator:
    """`outbox`: what was carried, newest last. `LOST` carries a text, but its answer never arrives: asked again with
    the same reference it says 409 and carries nothing twice. `asked` counts every question."""

    fault: str | None = None
    asked: int = 0
    outbox: collections.deque[Carried] = field(default_factory=lambda: collections.deque(maxlen=KEPT))
    known: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, *, line: Line, to: str, text: str, reference: str, at: dt.datetime) -> Tried:
        """Answer within this process, through the same reading of the same words."""
        status, body = self.say(sms.request(to=to, text=text, reference=reference, sender="TEDUH"))
        if status is None:
            raise Silent("timeout")
        return sms.read(Reply(status, body, dt.timedelta(seconds=60) if status == 429 else None))

    def say(self, body: bytes) -> tuple[int | None, bytes]:
        """The answer to a request; no status means that none comes."""
        asked = json.loads(body)
        with self.lock:
            self.asked += 1
            if asked["reference"] in self.known:
                return 409, b'{"error": "duplicate_reference"}'
            fault = self.fault or BY_NUMBER.get(asked["to"][-4:])
            if fault in STATUS:
                return STATUS[fault], json.dumps({"error": fault}).encode()
            if fault == TIMEOUT:
                return None, b""
            if fault == GARBAGE:
                return 200, b"<html><body>OK</body></html>"
            self.outbox.append(Carried(asked["to"], asked["text"], asked["reference"]))
            self.known.add(asked["reference"])
            return (None, b"") if fault == LOST else (202, json.dumps({"id": f"SIM-{self.asked}"}).encode())


#: The one that `teduh up` and the tests use when no aggregator is configured.
IN_PROCESS = Simulator()


@contextlib.contextmanager
def serving(simulator: Simulator, *, silence: float = 3.0) -> Iterator[str]:
    """Serve it over HTTP on a free port of this machine; gives the address. `silence`: how long a timeout lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, answer = simulator.say(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            if status is None:
                time.sleep(silence)
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status == 429:
                self.send_header("Retry-After", "60")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing: a phone number must not reach a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/sms"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
