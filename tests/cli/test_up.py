"""`teduh up`, as somebody on a fresh machine lives it: start, look, a second start, Ctrl-C; then killed, then again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from teduh.site import embedded
from tests.architecture import sources

PATIENCE = 180
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="teduh-up-", ignore_cleanup_errors=True) as name:
        yield Path(name) / "data"


class House:
    """A running `teduh up`; its words are in a file."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.said = folder.parent / "said.txt"
        without = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("TEDUH_")}
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "teduh", "up", "--data-dir", str(folder), *words],
                cwd=sources.ROOT, env=without, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def wait_open(self) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            found = re.search(r"Teduh is open: (\S+)\n.*Ctrl-C", self.said.read_text(), re.S)
            if found:
                return found.group(1)
            time.sleep(0.1)
        self.end(signal.SIGKILL)
        raise AssertionError(self.said.read_text())

    def end(self, how: signal.Signals) -> int:
        self.process.send_signal(how)
        return self.process.wait(60)


def _status(address: str) -> int:
    with DIRECTLY.open(address, timeout=30) as answer:
        return answer.status


def _has_stopped(folder: Path, address: str) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if not embedded.is_running(folder) and not _answers(address):
            return True
        time.sleep(0.2)
    return False


def _answers(address: str) -> bool:
    try:
        return _status(address) > 0
    except OSError:
        return False


@pytest.mark.slow
def test_a_fresh_start_serves_a_district_and_ctrl_c_stops_everything(folder):
    house = House(folder, "--people", "50")
    address = house.wait_open()
    try:
        assert (_status(address), _status(f"{address}masuk/")) == (200, 200)
        said = house.said.read_text()
        signs = json.loads((folder / "keys" / "sign-ins.json").read_text())
        assert all(name in said and password in said for name, password in signs.items())
        again = House(folder)
        assert again.process.wait(60) == 1
        assert "already" in again.said.read_text()
    finally:
        code = house.end(signal.SIGINT)
    assert code == 0
    assert _has_stopped(folder, address)


@pytest.mark.slow
def test_a_second_start_has_everything_and_a_killed_one_leaves_nothing_running(folder):
    before = json.loads((folder / "keys" / "sign-ins.json").read_text())
    house = House(folder)
    address = house.wait_open()
    assert "made-up district" not in house.said.read_text()
    assert json.loads((folder / "keys" / "sign-ins.json").read_text()) == before
    house.end(signal.SIGKILL)
    assert _has_stopped(folder, address)
    with embedded.running(folder), embedded.connect(folder, database="teduh") as connection:
        (people,) = connection.execute("SELECT count(*) FROM registry_person").fetchone()
    assert people >= 50


@pytest.mark.slow
def test_a_port_that_is_taken_is_said_to_be_when_it_was_asked_for(folder):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        house = House(folder, "--port", str(taken.getsockname()[1]), "--no-demo")
        assert house.process.wait(60) == 1
    assert "Choose another" in house.said.read_text()
