"""A civil registry that fails in every way the real one is known to: in this process, or as a real HTTP server.

What it says hangs on the NIK's last four digits (`BY_SERIAL`), on people it was told of (`people`), or on a fault that
was switched on for everybody (`fault`). It has no data of its own and agrees with everything else.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from teduh.registry import names
from teduh.registry.civil_registry import (
    AWAY,
    GARBAGE,
    IP_UNKNOWN,
    LOGIN_FAILED,
    NOT_FOUND,
    QUOTA,
    REFUSED,
    TIMEOUT,
    Access,
    Answer,
    Question,
    request,
    understand,
)  # fmt: skip

#: The last four digits of a NIK that make the simulator fail, for demonstrations and tests.
BY_SERIAL = {
    "9901": NOT_FOUND, "9902": "name", "9903": "birth_date", "9904": "sex", "9905": LOGIN_FAILED, "9906": IP_UNKNOWN,
    "9907": QUOTA, "9908": TIMEOUT, "9909": REFUSED, "9910": GARBAGE,
}  # fmt: skip
SAYINGS = {
    NOT_FOUND: "Data Tidak Ditemukan",
    LOGIN_FAILED: "User ID atau Password Salah",
    IP_UNKNOWN: "IP Anda tidak terdaftar",
    QUOTA: "Kuota Akses Hari ini telah Habis",
}
KEYS = {"name": "NAMA_LGKP", "birth_date": "TGL_LHR", "sex": "JENIS_KLMIN"}
FAULTS = (*SAYINGS, *KEYS, TIMEOUT, REFUSED, GARBAGE)


@dataclass
class Simulator:
    """`fault` (one of `FAULTS`) holds for everybody until it is set to None; `people` are known as they are given."""

    fault: str | None = None
    people: dict[str, Question] = field(default_factory=dict)
    asked: int = 0

    def ask(self, question: Question, *, at: dt.datetime) -> Answer:
        """Answer within this process, through the same reading of the same words."""
        self.asked += 1
        fault = self.fault_of(question.nik)
        if fault in (TIMEOUT, REFUSED):
            return Answer(AWAY, fault=fault)
        return understand(self.say(request(question, Access())), trace(question.nik))

    def fault_of(self, nik: str) -> str | None:
        return self.fault or BY_SERIAL.get(nik[-4:])

    def say(self, body: bytes) -> bytes:
        """The gateway's answer to a request, as bytes."""
        asked = json.loads(body)
        fault = self.fault_of(asked["NIK"])
        if fault == GARBAGE:
            return b"<html><body>502 Bad Gateway</body></html>"
        if fault in SAYINGS:
            return json.dumps({"content": [{"RESPON": SAYINGS[fault]}]}).encode()
        agrees = {key: fault != name and self._agrees(name, asked) for name, key in KEYS.items()}
        flags = {key: "Sesuai" if agree else "Tidak Sesuai" for key, agree in agrees.items()}
        return json.dumps({"content": [flags], "lastPage": True, "numberOfElements": 1}).encode()

    def _agrees(self, name: str, asked: dict[str, str]) -> bool:
        known = self.people.get(asked["NIK"])
        if known is None:
            return True
        if name == "name":
            return names.compare(known.name, asked["NAMA_LGKP"]).is_alike
        told = json.loads(request(known, Access()))
        return told[KEYS[name]] == asked[KEYS[name]]


def trace(nik: str) -> str:
    """The same trace id for the same NIK, from which the NIK cannot be read by eye."""
    return f"SIM-{hashlib.sha256(nik.encode()).hexdigest()[:16]}"


#: The one that `teduh up` and the tests use when no gateway is configured.
IN_PROCESS = Simulator()


@contextlib.contextmanager
def serving(simulator: Simulator, *, silence: float = 3.0) -> Iterator[str]:
    """Serve it over HTTP on a free port of this machine; gives the address. `silence`: how long a timeout lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            simulator.asked += 1
            nik = json.loads(body)["NIK"]
            fault = simulator.fault_of(nik)
            if fault == REFUSED:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            if fault == TIMEOUT:
                time.sleep(silence)
                return
            answer = simulator.say(body)
            self.send_response(502 if fault == GARBAGE else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-Trace-Id", trace(nik))
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing: a NIK must not reach a log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/dukcapil/get_json/TEDUH/CALL_VERIFY_BY_ELEMEN"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
