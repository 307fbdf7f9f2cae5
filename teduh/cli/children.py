"""The processes that `teduh up` looks after: each ends with its parent, even one that was killed."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from teduh.site.embedded import Trouble

PR_SET_PDEATHSIG = 1
PATIENCE = 60
FAREWELL = 15
#: To ourselves, whatever proxy the environment names.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Child:
    """`teduh <words>` in a process of its own; what it says goes to a log in the data folder."""

    def __init__(self, *words: str, log: Path) -> None:
        self.name, self.log = words[0], log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "teduh", *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_end_with_parent,
                cwd=Path(__file__).resolve().parents[2],
            )

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self) -> None:
        """Asks it to finish; insists when it does not."""
        if self.has_ended():
            return
        self.process.terminate()
        try:
            self.process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        """The end of its log, for a message."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_for_pages(child: Child, address: str) -> None:
    """Returns when the pages answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if child.has_ended():
            raise Trouble(f"The pages did not start. The end of {child.log}:\n{child.last_words()}")
        try:
            DIRECTLY.open(address, timeout=PATIENCE).close()
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
            raise Trouble(
                f"The pages answer with an error ({error.code}). Their log is {child.log}:\n{child.last_words()}"
            ) from error
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Trouble(f"The pages do not answer at {address}. Their log is {child.log}.")


def free_port(host: str, wanted: int | None, first: int = 8000) -> int:
    """The port asked for, or the first free one from `first` on."""
    for port in [wanted] if wanted else range(first, first + 100):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if wanted:
                    raise Trouble(
                        f"Port {wanted} on {host}: {os.strerror(error.errno or 0)}. Choose another."
                    ) from error
            else:
                return port
    raise Trouble(f"No port from {first} to {first + 99} is free on {host}; name one with --port.")
