"""Looking after a house from a shell: doctor, audit, accounts, tokens, runs, backup."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from teduh.cli import main
from teduh.runs import tasks
from teduh.runs.calendar import CALENDAR
from teduh.security import tokens
from teduh.security.models import Event, User


@pytest.fixture
def house(committed_db):
    def run(*words: str, code: int = 0) -> str:
        said = CliRunner().invoke(main.teduh, list(words))
        assert said.exit_code == code, f"{said.output}\n{said.exception!r}"
        return said.output

    return run


def _settle() -> None:
    """Until nothing older runs: a transaction of another test on the same server holds a seal back, as it should."""
    newest = "SELECT coalesce(max(xact), 0) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM security_event"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(newest)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)


def test_accounts_are_made_listed_reset_and_closed(house):
    assert "may sign in" in house("account", "create", "siti", "--role", "officer", "--name", "Siti Aminah")
    assert "siti" in house("account", "list")
    word = house("account", "reset", "siti").rpartition(" ")[2].strip()
    assert User.objects.get(username="siti").check_password(word)
    house("account", "close", "siti", "--why", "left")
    assert "closed" in house("account", "list")


def test_a_token_is_printed_once_and_revoked_by_its_number(house):
    house("account", "create", "bank-bni", "--role", "operator")
    secret = house("token", "create", "bank-bni", "--name", "notices", "--scope", "bank").splitlines()[-1]
    assert tokens.SHAPE.fullmatch(secret)
    listed = house("token", "list")
    assert "notices" in listed and secret not in listed
    house("token", "revoke", listed.split()[0])
    assert house("token", "list") == ""


def test_the_audit_is_sealed_verified_and_shown(house):
    house("account", "create", "siti", "--role", "officer")
    _settle()
    newest = house("audit", "seal").split()[-1]
    assert re.fullmatch("[0-9a-f]{64}", newest)
    assert "the chain holds" in house("audit", "verify", "--hash", newest)
    assert "account.created" in house("audit", "show", "--about", f"user:{User.objects.get().pk}")
    house("audit", "verify", "--hash", "0" * 64, code=1)


def test_doctor_finds_nothing_to_mend_in_a_sound_house(house, regions):
    assert "Everything is in order" in house("doctor")


def test_doctor_names_a_changed_audit_and_what_to_do(house, regions):
    house("account", "create", "siti", "--role", "officer")
    _settle()
    house("audit", "seal")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE security_event DISABLE TRIGGER security_event_append_only")
        cursor.execute("UPDATE security_event SET why = 'nothing'")
    said = house("doctor", code=1)
    assert "WRONG audit: link" in said and "Keep a copy" in said


def test_every_run_of_the_calendar_is_a_task_that_can_be_repeated(house):
    for _ in range(2):
        for name in CALENDAR:
            if name != "free_stalled_jobs":
                getattr(tasks, name)(timestamp=0)
    listed = house("runs")
    assert all(name in listed for name in CALENDAR)


def test_what_is_due_is_done_and_shown(house):
    house("account", "create", "siti", "--role", "officer")
    tasks.seal_audit.defer(timestamp=0)
    tasks.free_stalled_jobs.defer(timestamp=0)
    assert "2 due" in house("runs")
    house("work", "--until-idle")
    said = house("runs")
    assert "seal_audit: every 10 minutes, last done" in said
    assert "0 failed" in said
    assert Event.objects.count() == 1


@pytest.mark.slow
def test_a_backup_is_read_back_with_its_keys_and_the_chain_goes_on():
    with tempfile.TemporaryDirectory(prefix="teduh-backup-", ignore_cleanup_errors=True) as name:
        _back_up_and_restore(Path(name))


def _back_up_and_restore(place: Path) -> None:
    import os
    import subprocess
    import sys

    from tests.architecture import sources

    without = {k: v for k, v in os.environ.items() if k != "DATABASE_URL" and not k.startswith("TEDUH_")}

    def teduh(*words: str, folder: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "teduh", *words, "--data-dir", str(place / folder)],
            cwd=sources.ROOT, env=without, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        return ran.stdout + ran.stderr

    teduh("migrate", folder="one")
    teduh("account", "create", "siti", "--role", "officer", folder="one")
    teduh("audit", "seal", folder="one")
    file = str(place / "house.backup")
    assert "bytes" in teduh("backup", "make", file, folder="one")
    assert "Put the keys" in teduh("backup", "restore", file, folder="two")
    shutil.copytree(place / "one" / "keys", place / "two" / "keys")
    assert "teduh doctor" in teduh("backup", "restore", file, folder="two")
    assert "holds a database already" in teduh("backup", "restore", file, folder="two")
    teduh("account", "create", "budi", "--role", "officer", folder="two")
    assert "1 events sealed" in teduh("audit", "seal", folder="two")
    assert "the chain holds" in teduh("audit", "verify", folder="two")
