"""The embedded PostgreSQL: several may use it, the last one stops it, a killed one is survived."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from pathlib import Path

import pytest

from teduh.site import embedded

OPTIONS = {**embedded.FORGETFUL, "max_connections": "20"}


@pytest.fixture(scope="module")
def folder():
    with tempfile.TemporaryDirectory(prefix="teduh-embedded-") as name:
        yield Path(name) / "data"


def _process(folder: Path) -> int:
    return int((embedded.cluster(folder) / "postmaster.pid").read_text().splitlines()[0])


def _write(folder: Path, value: int) -> None:
    with embedded.connect(folder) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (value int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [value])


def _kept(folder: Path) -> list[int]:
    with embedded.connect(folder) as connection:
        return [value for (value,) in connection.execute("SELECT value FROM kept ORDER BY value")]


def test_it_runs_inside_the_block_and_not_after_it(folder):
    with embedded.running(folder, options=OPTIONS):
        _write(folder, 1)
    assert not embedded.is_running(folder)
    with embedded.running(folder, options=OPTIONS):
        assert _kept(folder) == [1]


def test_the_last_one_to_leave_stops_it(folder):
    with embedded.running(folder, options=OPTIONS):
        first = _process(folder)
        with embedded.running(folder):
            assert _process(folder) == first
        assert embedded.is_running(folder)
    assert not embedded.is_running(folder)


def test_a_server_that_was_killed_is_started_again_with_everything_it_had(folder):
    with embedded.running(folder, options={**OPTIONS, "fsync": "on", "synchronous_commit": "on"}):
        _write(folder, 2)
        os.kill(_process(folder), signal.SIGKILL)
        time.sleep(0.2)
    with embedded.running(folder, options=OPTIONS):
        assert _kept(folder) == [1, 2]


def test_a_note_of_a_dead_server_whose_number_somebody_else_has_now_is_forgotten(folder):
    note = embedded.cluster(folder) / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{embedded.cluster(folder)}\n0\n5432\n\n\n")
    with embedded.running(folder, options=OPTIONS):
        assert _kept(folder) == [1, 2]


def test_nobody_else_may_enter_the_folder_of_the_socket(folder):
    with embedded.running(folder, options=OPTIONS):
        assert embedded.socket(folder).stat().st_mode & 0o077 == 0


def test_a_path_too_long_for_a_socket_and_one_with_odd_signs_get_a_short_private_folder():
    for name in ("x" * 120, "with a space, and 'quotes'"):
        place = embedded.socket(Path("/somewhere") / name)
        assert len(str(place)) < embedded.LONGEST
        assert place != embedded.cluster(Path("/somewhere") / name)


def test_a_half_made_database_is_made_again(folder):
    other = folder.parent / "other"
    (embedded.cluster(other) / "new" / "base").mkdir(parents=True)
    with embedded.running(other, options=OPTIONS):
        assert embedded.is_running(other)


def test_files_of_another_major_version_are_refused_in_words(tmp_path):
    cluster = embedded.cluster(tmp_path / "data")
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(embedded.Trouble, match="PostgreSQL 14"), embedded.running(tmp_path / "data"):
        pass
