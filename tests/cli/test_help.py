"""`teduh` explains itself to a stranger, quickly, and says in words what went wrong."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from teduh.cli import main
from tests.architecture import sources

HEAVY = ("django", "psycopg", "numpy", "numba", "teduh.law", "reportlab")


def _teduh(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "teduh", *words],
        cwd=sources.ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_help_tells_every_command_in_the_order_of_the_story():
    said = CliRunner().invoke(main.teduh, ["--help"]).output
    places = [said.index(f"\n  {name} ") for name in main.EVERY]
    assert places == sorted(places)


def test_help_loads_nothing_heavy():
    program = (
        "import sys; from click.testing import CliRunner; from teduh.cli.main import teduh; "
        "CliRunner().invoke(teduh, ['--help']); print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=sources.ROOT, capture_output=True, text=True, check=True)
    assert not set(ran.stdout.split()).intersection(HEAVY)


@pytest.mark.parametrize("name", main.EVERY)
def test_every_command_exists_and_explains_itself_and_its_options(name):
    command = main.teduh.get_command(click.Context(main.teduh), name)
    assert command is not None
    for part in command.commands.values() if isinstance(command, click.Group) else [command]:
        assert part.help
        assert [p.name for p in part.params if isinstance(p, click.Option) and not p.help] == []


def test_explaining_leaves_no_trace_on_disk(tmp_path):
    _teduh("explain", "bpu", "--income", "1000000", HOME=str(tmp_path), TEDUH_DATA_DIR=str(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_without_data_a_command_says_what_to_do_first(tmp_path):
    said = _teduh("doctor", "--data-dir", str(tmp_path / "nothing"))
    assert said.returncode == 1
    assert "teduh up" in said.stderr and "Traceback" not in said.stderr


def test_an_unknown_command_and_a_wrong_database_address_are_said_in_words(tmp_path):
    assert "No such command" in _teduh("sell").stderr
    wrong = _teduh("doctor", DATABASE_URL="mysql://localhost/x", TEDUH_DATA_DIR=str(tmp_path))
    assert wrong.returncode == 1 and "PostgreSQL 15 or newer" in wrong.stderr
    nobody = _teduh("migrate", DATABASE_URL="postgresql://127.0.0.1:1/x", TEDUH_DATA_DIR=str(tmp_path))
    assert nobody.returncode == 1 and "does not answer" in nobody.stderr and "Traceback" not in nobody.stderr
